//! What the documentation shows is what the program prints, and what it writes as rules is sound.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what it did not foresee")]

use std::fs;
use std::path::Path;
use std::process::Command;

use plancheck::checker::tests::run_tests;
use plancheck::rulebook::Rulebook;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced blocks of a page that are marked as `kind`.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let mut rest = page;
    let mut found = Vec::new();
    let opening = format!("```{kind}\n");
    while let Some(at) = rest.find(&opening) {
        let body = &rest.get(at + opening.len()..).unwrap();
        let end = body.find("\n```").unwrap();
        found.push(body.get(..=end).unwrap().to_owned());
        rest = body.get(end..).unwrap();
    }
    found
}

#[test]
fn the_transcript_in_the_readme_is_what_the_program_prints() {
    let readme = read("README.md");
    let transcripts = blocks(&readme, "console");
    assert!(!transcripts.is_empty());
    for transcript in transcripts {
        let (command, shown) = transcript.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ plancheck ").unwrap().split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_plancheck"))
            .args(arguments)
            .args(["--lang", "en", "--color", "never"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("COLUMNS")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), shown.trim_end());
    }
}

#[test]
fn the_pack_of_the_tutorial_is_sound_and_its_tests_pass() {
    let page = read("docs/tutorial.md");
    let source = blocks(&page, "markdown").concat();
    let rules = blocks(&page, "plan").concat();
    let book =
        Rulebook::from_texts(&[("plan.plan", &rules), ("source.md", &source)]).map_err(|error| error.diagnostics);
    let book = book.unwrap();
    let outcomes = run_tests(&book);
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes.iter().all(|test| test.failures.is_empty()), "{outcomes:?}");
}
