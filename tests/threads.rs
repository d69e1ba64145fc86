//! The report is the same bytes with any number of threads, from a file and from standard input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_types,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use walkdir::WalkDir;

/// Every example on a line of its own, with what else may stand in a file of lines: nothing, no JSON, no UTF-8, and a
/// line that is longer than what one thread reads at once.
fn lines() -> Vec<u8> {
    let files = WalkDir::new("examples/proposals").sort_by_file_name().into_iter().map(Result::unwrap);
    let json = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "json"));
    let mut proposals: Vec<Vec<u8>> =
        json.map(|file| fs::read_to_string(file.path()).unwrap().replace(['\r', '\n'], " ").into_bytes()).collect();
    proposals.push(b" \t".to_vec());
    proposals.push(b"{\"id\": ".to_vec());
    proposals.push(b"{\"id\": \"\xFF\"}".to_vec());
    proposals.push(format!("{{\"title\": \"{}\"}}", "长".repeat(150_000)).into_bytes());
    let many = proposals.len() * 12;
    let mut text = b"\xEF\xBB\xBF".to_vec();
    for proposal in proposals.iter().cycle().take(many) {
        text.extend_from_slice(proposal);
        text.push(b'\n');
    }
    text.pop();
    text
}

fn report(folder: &Path, format: &str, jobs: &str, from_standard_input: bool) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command.args(["check", "--as-of", "2026-01-01", "--portfolio", "on", "--format", format, "--jobs", jobs]);
    if from_standard_input {
        command.args(["--stdin-filename", "lines.jsonl", "-"]).stdin(File::open(folder.join("lines.jsonl")).unwrap());
    } else {
        command.arg("lines.jsonl");
    }
    command.output().unwrap().stdout
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lines.jsonl"), lines()).unwrap();
    for format in ["json", "jsonl", "human"] {
        let one = report(folder.path(), format, "1", false);
        assert!(one.len() > 100_000, "{format}: {} bytes", one.len());
        for jobs in ["2", "3", "16"] {
            assert!(report(folder.path(), format, jobs, false) == one, "{format}: {jobs} threads write something else");
        }
        let piped = String::from_utf8(report(folder.path(), format, "2", true)).unwrap();
        // The record of the run tells where it came from.
        let piped = piped.replace(r#""--stdin-filename=lines.jsonl","#, "").replace(r#","standard_input":true"#, "");
        assert!(piped.as_bytes() == one, "{format}: standard input gives something else");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_ends_the_run_of_all_threads() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lines.jsonl"), lines()).unwrap();
    for jobs in ["1", "2", "16"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
        command.current_dir(folder.path()).env_clear().stdin(Stdio::null()).stderr(Stdio::piped());
        command.args(["check", "--format", "jsonl=/dev/full", "--jobs", jobs, "lines.jsonl"]);
        let full = command.output().unwrap();
        let told = String::from_utf8(full.stderr).unwrap();
        assert_eq!(full.status.code(), Some(2));
        assert!(told.contains("/dev/full: the report could not be written: the disk is full"), "{told}");

        let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
        command.current_dir(folder.path()).env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.args(["check", "--format", "jsonl", "--jobs", jobs, "lines.jsonl"]).spawn().unwrap();
        drop(process.stdout.take());
        assert!(matches!(process.wait().unwrap().code(), Some(0 | 1)), "nobody reads on: the run ends quietly");
    }
}
