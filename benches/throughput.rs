//! How fast proposals are judged, beside `serde_json::from_slice::<Value>` on the same bytes, in one run.
//!
//! `cargo bench --bench throughput [FILE]` reads proposals, one a line, from FILE, or makes them from the examples. Rounds
//! alternate, and medians are printed with their ratio.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    clippy::manual_try_fold,
    clippy::iter_over_hash_type,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plancheck::checker::Checker;
use plancheck::checker::options::{Options, PortfolioMode};
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;

const ROUNDS: usize = 7;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every example that complies, on one line.
fn compliant(checker: &Checker<'_>) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals");
    let texts = files(&root).into_iter().map(|path| std::fs::read_to_string(path).unwrap());
    let lines = texts.map(|text| {
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value.to_string()
    });
    lines.filter(|line| line.starts_with('{') && checker.check_str("x", line).findings.is_empty()).collect()
}

fn median(mut times: Vec<Duration>) -> u128 {
    times.sort();
    times[times.len() / 2].as_nanos()
}

fn main() {
    let book = Rulebook::henan().unwrap();
    let options = Options { portfolio: PortfolioMode::Off, ..Options::new(Day::new(2026, 11, 24).unwrap()) };
    let checker = Checker::new(&book, options).unwrap();
    let lines: Vec<String> = match std::env::args().nth(1).filter(|argument| !argument.starts_with("--")) {
        Some(file) => std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect(),
        None => compliant(&checker).into_iter().cycle().take(20_000).collect(),
    };
    let bytes: usize = lines.iter().map(String::len).sum();
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for line in &lines {
            let value: serde_json::Value = serde_json::from_slice(line.as_bytes()).unwrap();
            std::hint::black_box(value);
        }
        times[0].push(start.elapsed());
        let start = Instant::now();
        let mut session = checker.session();
        for line in &lines {
            std::hint::black_box(session.check("x.jsonl", line));
        }
        times[1].push(start.elapsed());
    }
    let [value, check] = times.map(median);
    let speed = |nanoseconds: u128| bytes as u128 * 1000 / nanoseconds;
    println!("{} proposals, {} bytes each", lines.len(), bytes / lines.len());
    println!("serde_json Value  {:6} MB/s", speed(value));
    println!("plancheck         {:6} MB/s, {}% of the above", speed(check), value * 100 / check);
}
