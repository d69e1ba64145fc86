//! How the `test` items of a rule pack came out, and how much of it they exercise.

mod human;
mod json;
mod junit;
mod tap;
mod words;

use super::Settings;
use super::human::paint::Painter;
use crate::checker::report::{ActualVerdict, Explained, TestFailure, TestOutcome};
use crate::checker::tests::Measure;
use crate::report::words::Words;
use crate::rulebook::Rulebook;

/// All that there is to say of a run of tests.
#[derive(Debug, Clone, Copy)]
pub struct TestReport<'a> {
    /// The rule pack.
    pub book: &'a Rulebook,
    /// The tests that were run, in the order of the pack.
    pub outcomes: &'a [TestOutcome],
    /// What they exercise.
    pub measure: &'a Measure,
}

impl TestReport<'_> {
    /// How many tests failed.
    pub fn failed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count()
    }
}

/// What writes a format.
type Writer = fn(&TestReport<'_>, Settings) -> Vec<u8>;

/// Every format of `test`.
pub const FORMATS: &[(&str, Writer)] =
    &[("human", human::human), ("json", json::json), ("junit", junit::junit), ("tap", tap::tap)];

/// A report in the format of that name, if there is one.
pub fn write(name: &str, report: &TestReport<'_>, settings: Settings) -> Option<Vec<u8>> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, write)| write(report, settings))
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
    out.push_str(words.came_out);
    out.push(' ');
    out.push_str(&actual.join(words.list_comma));
    out
}

fn came_out(actual: &ActualVerdict, words: &Words) -> String {
    let mut out = words.verdict(actual.verdict).to_owned();
    if let Some(of) = &actual.of {
        out.push_str(&format!(" {} {of}", words.for_value));
    }
    if !actual.missing.is_empty() {
        let missing = actual.missing.join(words.list_comma);
        out.push_str(&format!("{}{} {missing}{}", words.open_bracket, words.missing, words.close_bracket));
    }
    out
}

/// The steps that led to a verdict that was not expected.
fn steps(failure: &TestFailure, report: &TestReport<'_>, settings: Settings) -> String {
    match &failure.explanation {
        Some(Explained::Proposal(explanation)) => super::explain::steps(explanation, report.book, settings),
        Some(Explained::Portfolio(explanation)) => super::explain::portfolio_steps(explanation, report.book, settings),
        None => String::new(),
    }
}

/// Settings for a text inside another format.
fn plain(settings: Settings) -> Settings {
    Settings { color: false, ..settings }
}

/// Writes for people.
fn painter(settings: Settings) -> Painter {
    Painter { settings }
}
