//! A process of its own: how long it took, and how much memory it had at its peak.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The word that makes the bench start one process for itself and tell of its memory.
const ALONE: &str = "--run-alone";

/// How long a command takes from start to finish; its exit code may be 0 or 1. It writes its report where none stands: to take
/// away an old one costs what the disk asks for, here up to a thirtieth of a run over 10,000 files.
pub fn time(command: &[String]) -> Duration {
    let report = command.iter().find_map(|argument| argument.strip_prefix("--format=")?.split_once('='));
    if let Some((_, report)) = report {
        let _there_may_be_none = std::fs::remove_file(report);
    }
    let mut process = prepared(command);
    let start = Instant::now();
    let status = process.status().unwrap();
    let time = start.elapsed();
    assert!(matches!(status.code(), Some(0 | 1)), "{command:?}: {status}");
    time
}

/// The most memory that a command had, in KiB, by the operating system's account.
pub fn peak_memory(command: &[String]) -> u64 {
    let alone = [std::env::current_exe().unwrap().to_string_lossy().into_owned(), ALONE.to_owned()];
    let out = prepared(&[&alone[..], command].concat()).stdout(Stdio::piped()).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
}

/// Does what [`peak_memory`] asks of a fresh process, if this is it.
pub fn run_alone() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let Some((_, command)) = arguments.get(1..).and_then(|rest| rest.split_first()).filter(|(word, _)| *word == ALONE)
    else {
        return false;
    };
    prepared(command).status().unwrap();
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap();
    println!("{}", usage.max_rss());
    true
}

fn prepared(command: &[String]) -> Command {
    let mut process = Command::new(&command[0]);
    process.args(&command[1..]).env("LANG", "C").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    process
}

/// `plancheck check` of these paths with a rule pack, to a json file, with that many threads.
pub fn check(pack: Option<&Path>, paths: &[&Path], format: &str, out: &Path, jobs: u8) -> Vec<String> {
    let mut command = vec![env!("CARGO_BIN_EXE_plancheck").to_owned(), "check".to_owned()];
    command.extend(paths.iter().map(|path| path.display().to_string()));
    if let Some(pack) = pack {
        command.push(format!("--rules={}", pack.display()));
    }
    command.push(format!("--format={format}={}", out.display()));
    command.push(format!("--jobs={jobs}"));
    command.push("--as-of=2026-01-01".to_owned());
    command
}
