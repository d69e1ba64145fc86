//! The command line as a process: mistakes in arguments, exit codes, what goes to which door.

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

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plancheck"))
        .args(arguments)
        .env_clear()
        .env("LANG", "C")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn mistakes_in_arguments_are_exit_code_2_with_a_message() {
    let table: &[(&[&str], &str)] = &[
        (&[], "Usage: plancheck <COMMAND>"),
        (&["chek"], "'check'"),
        (&["check", "--jobs", "0"], "number would be zero"),
        (&["check", "--jobs", "many"], "invalid digit"),
        (&["check", "--as-of", "2026-02-30"], "not a day of the calendar"),
        (&["check", "--as-of", "2026-02"], "write it as 2026-03-01"),
        (&["check", "--fail-on", "may"], "possible values: must, should, never"),
        (&["check", "--undetermined", "maybe"], "possible values: error, warning, note, ignore"),
        (&["check", "--max-findings=-1"], "--max-findings"),
        (&["check", "--format", "jsn"], "there is no format `jsn`; did you mean `json`?"),
        (&["check", "--format", "spreadsheet"], "there are human, concise, json, jsonl"),
        (&["check", "--format", "json="], "names no file"),
        (&["check", "--format", "json", "--format", "human"], "cannot both go to standard output"),
        (&["check", "--format", "json=x.json", "--format", "human=./x.json"], "cannot both go to `./x.json`"),
        (&["check", "--format", "json\u{1b}[31m"], "json\\u{1b}[31m"),
        (&["check", "--watch", "-"], "cannot watch standard input"),
        (&["check", "--watch", "--write-baseline"], "exclude each other"),
        (&["check", "--lang", "fr"], "possible values: en, zh"),
        (&["check", "--color", "sometimes"], "possible values: auto, always, never"),
        (&["check", "--quiet", "--verbose"], "cannot be used with"),
        (&["check", "--no-such-option"], "--no-such-option"),
        (&["explain"], "<NAME>"),
        (&["rules", "--format", "xlsx"], "there is no format `xlsx`; there are human, json, markdown"),
        (&["verify", "--witness", "endpoint-role", "violated"], "did you mean `endpoint-roles`?"),
        (&["verify", "--witness", "endpoint-roles", "set-side"], "did you mean `set-aside`?"),
        (&["verify", "--witness", "regions-covered", "violated"], "is a portfolio directive"),
        (&["verify", "--witness", "endpoint-roles"], "2 values required"),
        (&["verify", "--select", "no-such"], "is the name or tag of no directive"),
        (&["verify", "--as-of", "tomorrow"], "not a day of the calendar"),
        (&["verify", "--format", "sarif"], "possible values: human, json"),
        (&["diff", "henan"], "<NEW>"),
        (&["diff", "henan", "no-such-folder"], "the rule pack `no-such-folder` has errors"),
        (&["diff", "henan", "henan", "--rules", "x"], "leave out --rules"),
    ];
    for (arguments, message) in table {
        let output = run(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert!(complaint.contains(message), "{arguments:?}: {complaint}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
    }
}

#[test]
fn a_path_that_there_is_not_fails_a_comparison_and_what_was_proved_is_still_told() {
    let output = run(&["diff", "henan", "henan", "no-such-path"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-path"));
    assert!(String::from_utf8(output.stdout).unwrap().contains("give equal verdicts"));
}

#[test]
fn help_goes_to_standard_output() {
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["explain", "--help"]] {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn codes_are_explained_in_the_language_of_the_locale() {
    let output = run(&["explain", "proposal/unknown-term"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("the text is no term of the vocabulary"));
    let output = run(&["explain", "proposal/unknown-term", "--lang", "zh"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("该写法不是词表中的术语"));
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no/report.json");
    let output = run(&["check", "--format", &format!("json={}", file.display()), folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("io/unwritable") || complaint.contains("run/faulty-rules"), "{complaint}");
}
