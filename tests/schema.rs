//! The JSON Schema of a proposal, held by a validator that others wrote against what the checker says of every example.

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

use plancheck::checker::Checker;
use plancheck::checker::options::Options;
use plancheck::checker::report::{FindingVerdict, ProposalReport};
use plancheck::diagnostic::Severity;
use plancheck::report::{Language, schema::schema};
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;
use serde_json::Value;

/// Faults of shape that JSON Schema cannot say, or not in every case.
const UNSAID: &[&str] = &[
    "proposal/bad-date",
    "proposal/duplicate-key",
    "proposal/out-of-range",
    "proposal/too-deep",
    "proposal/too-large",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json" || ending == "jsonl") {
            found.push(path);
        }
    }
    found.sort();
}

/// The proposals of a file that are JSON.
fn proposals(path: &Path) -> Vec<Value> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    if path.extension().is_some_and(|ending| ending == "jsonl") {
        return text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    }
    match serde_json::from_str(&text) {
        Ok(Value::Array(proposals)) => proposals,
        Ok(proposal) => vec![proposal],
        Err(_) => Vec::new(),
    }
}

fn faults(report: &ProposalReport) -> Vec<&str> {
    let findings = report.findings.iter().map(|finding| &finding.judgement);
    let shape = findings.filter(|one| one.verdict == FindingVerdict::Invalid && one.severity == Severity::Error);
    shape.map(|one| &*one.code).collect()
}

#[test]
fn the_schema_and_the_checker_agree_on_every_example() {
    let book = Rulebook::henan().unwrap();
    let checker = Checker::new(&book, Options::new(Day::new(2026, 11, 23).unwrap())).unwrap();
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut found);
    let (mut valid, mut invalid, mut differences) = (0, 0, Vec::new());
    for language in [Language::English, Language::Chinese] {
        let schema: Value = serde_json::from_slice(&schema(&book, language)).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for path in &found {
            for proposal in proposals(path) {
                let report = checker.check_str("a.json", &proposal.to_string());
                let errors: Vec<String> =
                    validator.iter_errors(&proposal).map(|error| format!("{error:.200}")).collect();
                let faults = faults(&report);
                if faults.is_empty() {
                    valid += 1
                } else {
                    invalid += 1
                }
                let must_refuse = faults.iter().any(|code| !UNSAID.contains(code));
                let may_refuse = !faults.is_empty();
                if errors.is_empty() && must_refuse || !errors.is_empty() && !may_refuse {
                    differences.push(format!("{}: {faults:?} against {errors:?}", path.display()));
                }
            }
        }
    }
    assert!(valid > 80 && invalid > 20, "{valid} valid, {invalid} invalid");
    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn the_schema_is_one() {
    let book = Rulebook::henan().unwrap();
    let schema: Value = serde_json::from_slice(&schema(&book, Language::English)).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["properties"]["title"]["maxLength"], 200);
    assert_eq!(schema["properties"]["programmes"]["default"], Value::Array(Vec::new()));
}
