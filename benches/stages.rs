//! How long each stage takes: parsing the language, making a rulebook, reading, judging, reporting.
//!
//! `cargo bench --bench stages` prints a table, with allocations. The numbers hold on one machine only: compare two commits with
//! `benches/instructions.sh`, which counts instructions and not time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a bench stops at what it did not foresee"
)]

#[path = "support/by_hand.rs"]
mod by_hand;
#[path = "support/proposals.rs"]
mod proposals;

use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use plancheck::checker::Checker;
use plancheck::checker::options::Options;
use plancheck::engine::judge::{Bench, judge};
use plancheck::engine::program::Program;
use plancheck::engine::reading::Reader;
use plancheck::engine::record::Record;
use plancheck::report::{Settings, format};
use plancheck::rulebook::Rulebook;
use plancheck::syntax::{Dialect, lexer, parser};
use plancheck::text::FileId;
use plancheck::value::Day;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

/// Proposals a round.
const MANY: u64 = 1_000;

/// Breaches in a hundred proposals.
const BREACHES: u64 = 30;

const TODAY: Day = Day(20_000);

fn main() {
    divan::main();
}

fn pack() -> Rulebook {
    Rulebook::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack")).unwrap()
}

fn henan_text() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/henan/directives");
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

#[divan::bench]
fn parse_the_directives_of_henan(bencher: Bencher) {
    let text = henan_text();
    let lexed = lexer::lex(FileId(0), &text);
    let dialect = Dialect::gather([&lexed]);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parser::parse(FileId(0), &text, &dialect));
}

#[divan::bench]
fn load_the_henan_pack(bencher: Bencher) {
    bencher.bench(|| Rulebook::henan().unwrap());
}

#[divan::bench]
fn compile_the_henan_pack(bencher: Bencher) {
    let book = Rulebook::henan().unwrap();
    bencher.bench(|| Checker::new(&book, Options::new(TODAY)).unwrap());
}

#[divan::bench]
fn read_by_hand(bencher: Bencher) {
    let lines = proposals::lines(MANY, BREACHES);
    let counter = (BytesCount::of_str(&lines), ItemsCount::new(MANY));
    bencher.counter(counter.0).counter(counter.1).bench(|| by_hand::read_all(&lines));
}

#[divan::bench]
fn read(bencher: Bencher) {
    let (book, lines) = (pack(), proposals::lines(MANY, BREACHES));
    let reader = Reader::new(&book);
    let (mut record, mut faults) = (Record::default(), Vec::new());
    bencher.counter(BytesCount::of_str(&lines)).counter(ItemsCount::new(MANY)).bench_local(|| {
        for line in lines.lines() {
            reader.read(line, &mut record, &mut faults).unwrap();
        }
    });
}

#[divan::bench]
fn judge_what_was_read(bencher: Bencher) {
    let (book, lines) = (pack(), proposals::lines(MANY, BREACHES));
    let (reader, program) = (Reader::new(&book), Program::new(&book, TODAY, |_| true));
    let read = |line: &'_ str| {
        let mut record = Record::default();
        reader.read(line, &mut record, &mut Vec::new()).unwrap();
        record
    };
    let records: Vec<(&str, Record)> = lines.lines().map(|line| (line, read(line))).collect();
    let (mut bench, mut judged) = (Bench::default(), Vec::new());
    bencher.counter(ItemsCount::new(MANY)).bench_local(|| {
        for (line, record) in &records {
            judge(&book, &program, record, line, &mut bench, &mut judged);
        }
    });
}

#[divan::bench(args = ["json", "jsonl", "concise", "human"])]
fn report(bencher: Bencher, name: &str) {
    let (book, lines) = (pack(), proposals::lines(MANY, BREACHES));
    let checker = Checker::new(&book, Options::new(TODAY)).unwrap();
    let (format, header) = (format(name, Settings::default()).unwrap(), checker.check_texts(&[]).header);
    let reports: Vec<_> = lines.lines().map(|line| (checker.check_str("proposals.jsonl", line), line)).collect();
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(MANY)).bench_local(|| {
        out.clear();
        for (report, text) in &reports {
            let excerpt = plancheck::checker::report::Excerpt { text, offset: 0, line: 1 };
            format.proposal(&header, report, Some(excerpt), &mut out);
        }
        out.len()
    });
}

#[divan::bench]
fn check_from_text_to_report(bencher: Bencher) {
    let (book, lines) = (pack(), proposals::lines(MANY, BREACHES));
    let checker = Checker::new(&book, Options::new(TODAY)).unwrap();
    let mut session = checker.session();
    bencher
        .counter(BytesCount::of_str(&lines))
        .counter(ItemsCount::new(MANY))
        .bench_local(|| lines.lines().map(|line| session.check("proposals.jsonl", line).findings.len()).sum::<usize>());
}
