//! Whole runs of the command beside their goals, all in one run on one machine: speed, memory, and how both grow.
//!
//! `cargo bench --bench goals` prints a table of ratios; `-- --plots DIR` draws pictures too, `-- --quick` takes small
//! corpora, `-- --corpus FILE MANY BREACHES` only writes proposals, of which so many in a hundred break a rule. No time is
//! asserted: a loaded machine is no fault of the program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::exit,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a bench stops at what it did not foresee"
)]

#[path = "support/by_hand.rs"]
mod by_hand;
#[path = "support/child.rs"]
mod child;
#[path = "support/packs.rs"]
mod packs;
#[path = "support/plot.rs"]
mod plot;
#[path = "support/proposals.rs"]
mod proposals;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use child::{check, peak_memory, run_alone};

/// Rounds of each measurement; the commands of one are run in turn, after a round that is not counted.
const ROUNDS: usize = 5;

/// Makes a document of a size.
type Maker = fn(usize) -> String;

/// What is measured, and with what.
struct Bench {
    folder: tempfile::TempDir,
    plots: Option<PathBuf>,
    many: u64,
    table: String,
}

fn main() {
    if run_alone() {
        return;
    }
    let arguments: Vec<String> = std::env::args().collect();
    let after = |word: &str| arguments.iter().position(|argument| argument == word).map(|at| &arguments[at + 1]);
    if let Some(at) = arguments.iter().position(|argument| argument == "--corpus") {
        let number = |of: usize| arguments[at + of].parse().unwrap();
        return fs::write(&arguments[at + 1], proposals::lines(number(2), number(3))).unwrap();
    }
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let mut bench = Bench {
        folder: tempfile::tempdir().unwrap(),
        plots: after("--plots").map(|folder| {
            fs::create_dir_all(folder).unwrap();
            PathBuf::from(folder)
        }),
        many: if quick { 10_000 } else { 100_000 },
        table: String::from("| work | goal | measured |\n| --- | --- | --- |\n"),
    };
    bench.lines_of_proposals();
    bench.tree_of_files();
    bench.more_directives();
    bench.findings();
    bench.start_to_finish();
    bench.large_pack();
    bench.memory();
    bench.keys();
    bench.doubling();
    println!("\n{}", bench.table);
}

impl Bench {
    fn row(&mut self, work: &str, goal: &str, measured: &str) {
        println!("{work}: {measured} (goal: {goal})");
        let _infallible = writeln!(self.table, "| {work} | {goal} | {measured} |");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file of proposals, one a line.
    fn corpus(&self, name: &str, many: u64, breaches: u64) -> PathBuf {
        let path = self.path(name);
        if !path.exists() {
            fs::write(&path, proposals::lines(many, breaches)).unwrap();
        }
        path
    }

    fn lines_of_proposals(&mut self) {
        let corpus = self.corpus("proposals.jsonl", self.many, 30);
        let (pack, out) = (packs::bench(), self.path("report.json"));
        let one = check(Some(&pack), &[&corpus], "json", &out, 1);
        let two = check(Some(&pack), &[&corpus], "json", &out, 2);
        let times = in_turn(&mut [
            &mut || clocked(|| assert!(by_hand::read_all(&fs::read_to_string(&corpus).unwrap()) > 0)),
            &mut || child::time(&one),
            &mut || child::time(&two),
        ]);
        let size = fs::metadata(&corpus).unwrap().len();
        let speed = |time: Duration| size as f64 / time.as_secs_f64() / 1e6;
        self.row(
            "jsonl file, one thread, beside a struct of all fields read from it by hand with serde_json",
            "at least 1.0 times",
            &format!("{:.2} times ({:.0} and {:.0} MB/s)", ratio(times[0], times[1]), speed(times[1]), speed(times[0])),
        );
        self.row("the same, two threads", "at least 1.8 times one", &format!("{:.2} times", ratio(times[1], times[2])));
        if let Some(folder) = &self.plots {
            let rows = [
                ("serde_json, all fields, by hand".to_owned(), speed(times[0])),
                ("plancheck, one thread".to_owned(), speed(times[1])),
                ("plancheck, two threads".to_owned(), speed(times[2])),
            ];
            plot::bars(&folder.join("throughput.svg"), "Proposals a line, report to a json file", "MB/s", &rows);
        }
    }

    fn tree_of_files(&mut self) {
        let many = self.many / 10;
        let tree = self.tree("tree", many);
        let (pack, out) = (packs::bench(), self.path("report.json"));
        let command = check(Some(&pack), &[&tree], "json", &out, 2);
        let times = in_turn(&mut [&mut || clocked(|| read_tree_by_hand(&tree)), &mut || child::time(&command)]);
        self.row(
            &format!("{many} files in a tree, beside walk, read and serde_json by hand on one thread"),
            "at least 1.5 times",
            &format!("{:.2} times ({:.0} files/s)", ratio(times[0], times[1]), many as f64 / times[1].as_secs_f64()),
        );
    }

    /// A tree of files, a folder a city.
    fn tree(&self, name: &str, many: u64) -> PathBuf {
        let tree = self.path(name);
        for number in 0..many {
            let (text, city) = proposals::proposal(number, 30);
            let folder = tree.join(city);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{number:06}.json")), text).unwrap();
        }
        tree
    }

    fn more_directives(&mut self) {
        let many = self.many / 5;
        let corpus = self.path("counties.jsonl");
        fs::write(&corpus, packs::proposals_of_counties(many)).unwrap();
        let out = self.path("report.json");
        let sizes = [12, 120, 1_200];
        let commands: Vec<_> = sizes
            .map(|directives| check(Some(&self.pack_of_counties(directives)), &[&corpus], "json", &out, 1))
            .into_iter()
            .collect();
        let single = self.path("one.jsonl");
        fs::write(&single, packs::proposals_of_counties(1)).unwrap();
        let starts: Vec<_> = sizes
            .map(|directives| check(Some(&self.pack_of_counties(directives)), &[&single], "json", &out, 1))
            .into_iter()
            .collect();
        let mut runs: Vec<Box<dyn FnMut() -> Duration>> = Vec::new();
        for command in commands.iter().chain(&starts) {
            runs.push(Box::new(|| child::time(command)));
        }
        let times =
            in_turn(&mut runs.iter_mut().map(|run| &mut **run as &mut dyn FnMut() -> Duration).collect::<Vec<_>>());
        let a_proposal: Vec<f64> =
            (0..3).map(|at| times[at].saturating_sub(times[at + 3]).as_nanos() as f64 / (many - 1) as f64).collect();
        self.row(
            "12 → 1,200 directives, of which the same few apply, start-up taken off",
            "at most 1.5 times the time",
            &format!(
                "{:.2} times ({:.0} → {:.0} ns a proposal)",
                a_proposal[2] / a_proposal[0],
                a_proposal[0],
                a_proposal[2]
            ),
        );
        if let Some(folder) = &self.plots {
            let points = sizes.iter().zip(&a_proposal).map(|(size, time)| (f64::from(*size), *time)).collect();
            let line = plot::Line { name: "plancheck", points };
            plot::lines(
                &folder.join("directives.svg"),
                "Time a proposal against directives",
                "directives",
                "ns a proposal",
                &[line],
            );
        }
    }

    fn pack_of_counties(&self, directives: u32) -> PathBuf {
        let folder = self.path(&format!("counties-{directives}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("pack.plan"), packs::of_counties(directives)).unwrap();
        folder
    }

    fn findings(&mut self) {
        let many = self.many / 2;
        let (none, some) = (self.corpus("none.jsonl", many, 0), self.corpus("some.jsonl", many, 30));
        let (pack, out) = (packs::bench(), self.path("report.json"));
        let all = self.corpus("all.jsonl", self.many / 10, 100);
        let commands = [
            check(Some(&pack), &[&none], "json", &out, 1),
            check(Some(&pack), &[&some], "json", &out, 1),
            check(Some(&pack), &[&all], "json", &out, 1),
            check(Some(&pack), &[&all], "human", &out, 1),
        ];
        let times = in_turn(&mut [
            &mut || child::time(&commands[0]),
            &mut || child::time(&commands[1]),
            &mut || child::time(&commands[2]),
            &mut || child::time(&commands[3]),
        ]);
        self.row(
            "30% of proposals with findings, beside none",
            "at most 1.3 times the time",
            &format!("{:.2} times", ratio(times[1], times[0])),
        );
        self.row(
            &format!("one finding each in {} proposals: `human` to a file, beside `json`", self.many / 10),
            "at most 2 times the time",
            &format!("{:.2} times", ratio(times[3], times[2])),
        );
    }

    fn start_to_finish(&mut self) {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals/anyang/inland-port.json");
        let command = check(None, &[&example], "json", &self.path("report.json"), 1);
        let times: Vec<Duration> = (0..21).map(|_| child::time(&command)).collect();
        let time = median(times);
        self.row(
            "one file with the Henan pack, start to finish",
            "at most 5 ms",
            &format!("{:.1} ms", time.as_secs_f64() * 1e3),
        );
    }

    fn large_pack(&mut self) {
        let folder = self.pack_of_counties(5_000);
        let command: Vec<String> =
            [env!("CARGO_BIN_EXE_plancheck"), "lint", "--rules", folder.to_str().unwrap()].map(str::to_owned).into();
        let time = median((0..ROUNDS).map(|_| child::time(&command)).collect());
        self.row("a rule pack of 5,000 directives: lint", "at most 1 s", &format!("{:.2} s", time.as_secs_f64()));
    }

    fn memory(&mut self) {
        let (pack, out) = (packs::bench(), self.path("report.json"));
        let sizes = [self.many / 4, self.many / 2, self.many];
        let peaks: Vec<u64> = sizes
            .iter()
            .map(|many| {
                let corpus = self.corpus(&format!("memory-{many}.jsonl"), *many, 30);
                peak_memory(&check(Some(&pack), &[&corpus], "json", &out, 2))
            })
            .collect();
        let shown: Vec<String> = peaks.iter().map(|peak| format!("{:.1}", *peak as f64 / 1024.0)).collect();
        self.row("memory, jsonl of 1, 2 and 4 parts", "at most 32 MiB", &format!("{} MiB", shown.join(", ")));
        let tree = self.tree("large-tree", self.many);
        let peak = peak_memory(&check(Some(&pack), &[&tree], "json", &out, 2));
        self.row(
            &format!("memory, tree of {} files", self.many),
            "at most 64 MiB",
            &format!("{:.1} MiB", peak as f64 / 1024.0),
        );
        if let Some(folder) = &self.plots {
            let points = sizes.iter().zip(&peaks).map(|(many, peak)| (*many as f64, *peak as f64 / 1024.0)).collect();
            let line = plot::Line { name: "plancheck, two threads", points };
            plot::lines(
                &folder.join("memory.svg"),
                "Peak memory against proposals",
                "proposals in one file",
                "MiB",
                &[line],
            );
        }
    }

    /// What a portfolio directive keeps of each proposal.
    fn keys(&mut self) {
        let (pack, out) = (self.path("keys"), self.path("report.json"));
        fs::create_dir_all(&pack).unwrap();
        fs::write(pack.join("pack.plan"), packs::of_unique_titles()).unwrap();
        let sizes = [self.many / 4, self.many];
        let peaks = sizes.map(|many| {
            let corpus = self.path(&format!("keys-{many}.jsonl"));
            fs::write(&corpus, packs::proposals_of_counties(many)).unwrap();
            peak_memory(&check(Some(&pack), &[&corpus], "json", &out, 2))
        });
        let a_proposal = (peaks[1] - peaks[0]) as f64 * 1024.0 / (sizes[1] - sizes[0]) as f64;
        let measured = format!("{a_proposal:.0} bytes");
        self.row("memory, a portfolio directive that keeps keys", "at most 1,024 bytes a proposal", &measured);
    }

    /// Hostile documents, each twice as large as the one before: time must not grow faster than size.
    fn doubling(&mut self) {
        let pack = packs::bench();
        let keys: Maker = |size| {
            let keys: Vec<String> = (0..size).map(|key| format!("\"key{key}\":0")).collect();
            format!("{{{}}}", keys.join(","))
        };
        let kinds: [(&str, &str, Maker); 6] = [
            ("keys of one object", "json", keys),
            ("the same with excerpts for people", "human", keys),
            ("the same as a page", "html", keys),
            ("bytes of one string, in hundreds", "json", |size| {
                format!("{{\"summary\":\"{}\"}}", "x".repeat(size * 100))
            }),
            ("proposals of one array on one line", "json", |size| {
                let many: Vec<String> = (0..size / 10).map(|number| proposals::proposal(number as u64, 30).0).collect();
                format!("[{}]", many.join(","))
            }),
            ("elements of one list", "json", |size| {
                let many = vec![r#"{"city":"hebi"}"#; size];
                format!("{{\"partners\":[{}]}}", many.join(","))
            }),
        ];
        let sizes = [12_500, 25_000, 50_000, 100_000];
        let mut lines = Vec::new();
        for (name, format, make) in kinds {
            let times: Vec<f64> = sizes
                .iter()
                .map(|size| {
                    let file = self.path("hostile.json");
                    fs::write(&file, make(*size)).unwrap();
                    let command = check(Some(&pack), &[&file], format, &self.path("report"), 1);
                    median((0..ROUNDS).map(|_| child::time(&command)).collect()).as_secs_f64()
                })
                .collect();
            let steps: Vec<String> = times.windows(2).map(|pair| format!("{:.2}", pair[1] / pair[0])).collect();
            self.row(&format!("{name}, 12,500 to 100,000, doubled"), "about 2 a step at most", &steps.join(", "));
            lines.push(plot::Line {
                name,
                points: sizes.iter().map(|size| *size as f64).zip(times.iter().map(|time| time * 1e3)).collect(),
            });
        }
        if let Some(folder) = &self.plots {
            plot::lines(&folder.join("doubling.svg"), "Hostile documents: time against size", "size", "ms", &lines);
        }
    }
}

fn read_tree_by_hand(tree: &Path) {
    let mut buffer = String::new();
    for entry in walkdir::WalkDir::new(tree).sort_by_file_name().into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            buffer.clear();
            std::io::Read::read_to_string(&mut fs::File::open(entry.path()).unwrap(), &mut buffer).unwrap();
            by_hand::read_all(&buffer);
        }
    }
}

fn clocked(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The median time of each work, all of them run in turn.
fn in_turn(works: &mut [&mut dyn FnMut() -> Duration]) -> Vec<Duration> {
    let mut times = vec![Vec::new(); works.len()];
    for round in 0..=ROUNDS {
        for (work, times) in works.iter_mut().zip(&mut times) {
            let time = work();
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
