//! Baselines: a table of small cases.

use std::sync::Arc;

use super::{Baseline, KnownFinding};
use crate::checker::Checker;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::report::Report;
use crate::configuration::Speech;
use crate::rulebook::Rulebook;
use crate::value::Day;

const PACK: &str = r#"
plan small { language en }
proposal { id text  open boolean required }
directive is-open { basis practice  must open  message "not open" }
portfolio directive enough { basis practice  must count(p in proposals) >= 9  message "too few" }
"#;

const CLOSED: &str = r#"{"id": "A", "open": false}"#;
const OPEN: &str = r#"{"id": "A", "open": true}"#;
const OTHER: &str = r#"{"id": "B", "open": false}"#;
const BROKEN: &str = "{";

fn check(baseline: Option<&[KnownFinding]>, texts: &[(&str, &str)], select: &str) -> Report {
    let book = Rulebook::from_texts(&[("small.plan", PACK)]).unwrap();
    let baseline = baseline.map(|known| {
        let text = String::from_utf8(written(known)).unwrap();
        Arc::new(Baseline::read("b.json", &text, Speech::of("en")).unwrap())
    });
    let options = Options {
        baseline,
        records_findings: true,
        select: vec![select.to_owned()],
        portfolio: PortfolioMode::On,
        ..Options::new(Day(20_000))
    };
    Checker::new(&book, options).unwrap().check_texts(texts)
}

/// A baseline as text; the real writer belongs to reports.
fn written(known: &[KnownFinding]) -> Vec<u8> {
    let findings = serde_json::to_string(known).unwrap();
    format!(r#"{{"schema": 1, "plan": "small", "findings": {findings}}}"#).into_bytes()
}

fn counts(report: &Report) -> (u64, u64, u64, u8) {
    let summary = report.closing.summary;
    (summary.errors, summary.waived, summary.known, report.closing.exit)
}

fn codes(report: &Report) -> Vec<(&str, &str)> {
    report.closing.failures.iter().map(|failure| (failure.path.as_str(), failure.code)).collect()
}

#[test]
fn what_is_known_stays_and_does_not_count() {
    let texts = [("a.json", CLOSED), ("b.json", BROKEN)];
    let before = check(None, &texts, "*");
    assert_eq!(counts(&before), (3, 0, 0, 1));
    let found = before.closing.found;
    let places: Vec<(&str, &str)> = found.iter().map(|one| (one.path.as_str(), one.code.as_str())).collect();
    assert_eq!(places, [("", "enough"), ("a.json", "is-open"), ("b.json", "proposal/syntax")]);
    let after = check(Some(&found), &texts, "*");
    assert_eq!(counts(&after), (0, 3, 3, 0));
    assert_eq!(after.proposals.iter().map(|one| one.status.word()).collect::<Vec<_>>(), ["compliant", "invalid"]);
    assert_eq!(after.closing.found, found, "what is known goes into a new baseline too");
}

#[test]
fn a_file_may_be_renamed_and_lines_may_move() {
    let found = check(None, &[("a.json", CLOSED)], "is-open").closing.found;
    let moved = check(Some(&found), &[("z.json", "{\n\n\"open\": false, \"id\": \"A\"}")], "is-open");
    assert_eq!((counts(&moved), codes(&moved)), ((0, 1, 1, 0), vec![]));
}

#[test]
fn of_equal_fingerprints_as_many_are_known_as_were_counted() {
    let found = check(None, &[("a.json", CLOSED), ("b.json", CLOSED)], "is-open").closing.found;
    assert_eq!((found.len(), found[0].count, found[0].path.as_str()), (1, 2, "a.json"));
    let three = check(Some(&found), &[("a.json", CLOSED), ("b.json", CLOSED), ("c.json", CLOSED)], "is-open");
    assert_eq!(counts(&three), (1, 2, 2, 1));
    assert!(three.proposals[2].findings[0].judgement.waived.is_none(), "the last is the new one");
    let one = check(Some(&found), &[("a.json", CLOSED)], "is-open");
    assert_eq!((counts(&one), codes(&one)), ((0, 1, 1, 0), vec![("a.json", "baseline/vanished")]));
}

#[test]
fn what_vanished_is_told_if_the_run_looked() {
    let found = check(None, &[("a.json", CLOSED), ("Cargo.toml", OTHER)], "*").closing.found;
    let vanished = |texts: &[(&str, &str)], select| {
        codes(&check(Some(&found), texts, select)).into_iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(vanished(&[("a.json", OPEN)], "*"), ["a.json"], "set right");
    assert_eq!(vanished(&[("b.json", OPEN)], "*"), ["a.json"], "its file is gone");
    assert_eq!(vanished(&[("a.json", OPEN)], "enough"), Vec::<String>::new(), "its directive was not judged");
}

#[test]
fn what_is_no_baseline_is_told() {
    let table = [
        ("", "this is no baseline: EOF while parsing a value at line 1 column 0; write it anew with --write-baseline"),
        (
            "{\"schema\": 1}",
            "this is no baseline: missing field `findings` at line 1 column 13; write it anew with --write-baseline",
        ),
        (
            "{\"schema\": 2, \"findings\": []}",
            "this baseline has schema 2, and this version of plancheck reads 1; write it anew with --write-baseline",
        ),
    ];
    for (text, message) in table {
        let failure = Baseline::read("b.json", text, Speech::of("en")).unwrap_err();
        assert_eq!((failure.code, failure.message.as_str()), ("baseline/syntax", message));
        assert!(Baseline::read("b.json", text, Speech::of("zh")).unwrap_err().message.contains("请用"));
    }
}
