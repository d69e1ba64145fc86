//! How the `test` items of a rule pack came out.

use std::fmt::Write as _;

use serde::Serialize;

use super::Settings;
use super::human::paint::{Painter, Style, one_line};
use super::human::snippet::{Renderer, Source};
use super::safe::append_pretty;
use crate::checker::report::{ActualVerdict, TestFailure, TestOutcome, verdict_word};
use crate::diagnostic::Severity;
use crate::report::words::Words;
use crate::text::Sources;

/// The tests that failed and why, then how many passed and failed.
pub fn human(outcomes: &[TestOutcome], files: &Sources, settings: Settings) -> String {
    let painter = Painter { settings };
    let renderer = Renderer::new(settings);
    let words = settings.language.words();
    let mut out = String::new();
    for outcome in outcomes.iter().filter(|outcome| !outcome.failures.is_empty()) {
        painter.put(&mut out, Style::Bold, &one_line(&outcome.name));
        out.push('\n');
        for failure in &outcome.failures {
            let source = files.get(failure.span.file).map(|file| {
                let at = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
                Source::of_file(file, std::iter::once((at(failure.span.start), at(failure.span.end), String::new())))
            });
            renderer.draw(&mut out, Severity::Error, &one_line(&sentence(failure, words)), source.as_ref());
        }
        out.push('\n');
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    let (failed, all) = (u64::try_from(failed).unwrap_or(u64::MAX), u64::try_from(outcomes.len()).unwrap_or(u64::MAX));
    let passed = all - failed;
    let text = format!("{passed} {}", words.test_passed.form(passed));
    painter.put(&mut out, if failed == 0 { Style::Green } else { Style::Bold }, &text);
    if failed > 0 {
        out.push_str(words.comma);
        painter.put(&mut out, Style::Red, &format!("{failed} {}", words.test_failed.form(failed)));
    }
    out.push('\n');
    out
}

/// `endpoint-roles: expected violated, but it came out satisfied`
fn sentence(failure: &TestFailure, words: &Words) -> String {
    let expected = words.verdict(failure.expected);
    let mut out = format!("{}{}{} {expected}{}", failure.directive, words.colon, words.expected, words.comma);
    if failure.actual.is_empty() {
        out.push_str(words.nothing_to_judge);
        return out;
    }
    let actual: Vec<String> = failure.actual.iter().map(|actual| came_out(actual, words)).collect();
    let _infallible = write!(out, "{} {}", words.came_out, actual.join(words.list_comma));
    out
}

fn came_out(actual: &ActualVerdict, words: &Words) -> String {
    let mut out = words.verdict(actual.verdict).to_owned();
    if let Some(of) = &actual.of {
        let _infallible = write!(out, " {} {of}", words.for_value);
    }
    if !actual.missing.is_empty() {
        let missing = actual.missing.join(words.list_comma);
        let _infallible = write!(out, "{}{} {missing}{}", words.open_bracket, words.missing, words.close_bracket);
    }
    out
}

/// `{"schema": 1, "passed": 3, "failed": 1, "tests": […]}`
pub fn json(outcomes: &[TestOutcome], files: &Sources) -> Vec<u8> {
    let tests = outcomes.iter().map(|outcome| Entry {
        name: &outcome.name,
        file: files.name(outcome.span.file),
        line: files.position(outcome.span).line,
        passed: outcome.failures.is_empty(),
        failures: outcome.failures.iter().map(|failure| FailureEntry::new(failure, files)).collect(),
    });
    let tests: Vec<Entry<'_>> = tests.collect();
    let failed = tests.iter().filter(|test| !test.passed).count();
    let mut out = Vec::new();
    append_pretty(&mut out, &Document { schema: 1, passed: tests.len() - failed, failed, tests });
    out.push(b'\n');
    out
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    passed: usize,
    failed: usize,
    tests: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    file: &'a str,
    line: u32,
    passed: bool,
    failures: Vec<FailureEntry<'a>>,
}

#[derive(Serialize)]
struct FailureEntry<'a> {
    directive: &'a str,
    expected: &'static str,
    actual: Vec<ActualEntry<'a>>,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct ActualEntry<'a> {
    #[serde(rename = "for")]
    of: Option<&'a str>,
    verdict: &'static str,
    missing: &'a [String],
}

impl<'a> FailureEntry<'a> {
    fn new(failure: &'a TestFailure, files: &Sources) -> Self {
        let position = files.position(failure.span);
        let actual = failure.actual.iter().map(|actual| ActualEntry {
            of: actual.of.as_deref(),
            verdict: verdict_word(actual.verdict),
            missing: &actual.missing,
        });
        Self {
            directive: &failure.directive,
            expected: verdict_word(failure.expected),
            actual: actual.collect(),
            line: position.line,
            column: position.column,
        }
    }
}
