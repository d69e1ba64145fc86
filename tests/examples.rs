//! Every example has the result that stands beside it.

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

use std::fs;
use std::path::{Path, PathBuf};

use plancheck::checker::Checker;
use plancheck::checker::options::{Options, PortfolioMode};
use plancheck::checker::output::{NoProgress, Output, StreamOutput};
use plancheck::checker::tests::run_tests;
use plancheck::report::{Language, Settings, format};
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;
use serde_json::{Value, json};

fn expected_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(expected_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "expected") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The file that an expectation stands beside.
fn subject(expected: &Path) -> PathBuf {
    let stem = expected.file_stem().unwrap();
    let mut beside = fs::read_dir(expected.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    beside.find(|path| path != expected && path.file_stem() == Some(stem)).expect("a file beside the expectation")
}

/// The `json` report on one file.
fn report(checker: &Checker<'_>, file: &Path) -> Value {
    let settings = Settings {
        language: Language::of("en"),
        color: false,
        unicode: true,
        width: 100,
        quiet: false,
        verbose: false,
        statistics: false,
        audience: None,
    };
    let (reader, writer) = std::io::pipe().unwrap();
    let output = StreamOutput::new("report", format("json", settings).unwrap(), writer);
    let mut outputs: Vec<Box<dyn Output>> = vec![Box::new(output)];
    let reading = std::thread::spawn(move || std::io::read_to_string(reader).unwrap());
    checker.run(&[file.to_owned()], &mut outputs, &NoProgress);
    drop(outputs);
    serde_json::from_str(&reading.join().unwrap()).unwrap()
}

/// Status and findings of each proposal, as far as expectations tell them.
fn outline(report: &Value) -> Value {
    let proposals = report["proposals"].as_array().unwrap().iter().map(|proposal| {
        let findings = proposal["findings"].as_array().unwrap().iter().map(
            |finding| json!({ "code": finding["code"], "verdict": finding["verdict"], "pointer": finding["pointer"] }),
        );
        json!({ "status": proposal["status"], "findings": findings.collect::<Vec<_>>() })
    });
    json!({ "proposals": proposals.collect::<Vec<_>>() })
}

#[test]
fn every_example_has_the_result_beside_it() {
    let book = Rulebook::henan().unwrap();
    let options = Options { portfolio: PortfolioMode::Off, ..Options::new(Day::new(2026, 11, 24).unwrap()) };
    let checker = Checker::new(&book, options).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut wrong = Vec::new();
    let expected = expected_files(&root);
    assert!(expected.len() > 80);
    for expectation in expected {
        let wanted: Value = serde_json::from_str(&fs::read_to_string(&expectation).unwrap()).unwrap();
        let found = report(&checker, &subject(&expectation));
        if outline(&found) != outline(&wanted) {
            wrong.push(format!("{}: {}", expectation.display(), outline(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_henan_pack_is_sound_and_its_tests_pass() {
    let book = Rulebook::henan().unwrap();
    let warnings: Vec<&str> = book.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, Vec::<&str>::new());
    let outcomes = run_tests(&book);
    assert!(outcomes.len() > 100);
    let failed: Vec<&str> =
        outcomes.iter().filter(|test| !test.failures.is_empty()).map(|test| test.name.as_str()).collect();
    assert_eq!(failed, Vec::<&str>::new());
}
