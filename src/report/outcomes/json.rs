//! Outcomes of tests as JSON.

use serde::Serialize;
use serde_json::Number;

use super::{TestReport, plain, steps};
use crate::checker::report::{TestFailure, verdict_word};
use crate::checker::tests::{ConditionMeasure, DirectiveMeasure};
use crate::engine::truth::Truth;
use crate::report::Settings;
use crate::report::safe::document_bytes;
use crate::rulebook::Rulebook;

/// `{"schema": 1, "passed": 3, "failed": 1, "tests": […], "coverage": {…}}`
pub(super) fn json(report: &TestReport<'_>, settings: Settings) -> Vec<u8> {
    let files = &report.book.files;
    let tests = report.outcomes.iter().map(|outcome| Entry {
        name: &outcome.name,
        file: files.name(outcome.span.file),
        line: files.position(outcome.span).line,
        passed: outcome.failures.is_empty(),
        failures: outcome.failures.iter().map(|failure| FailureEntry::new(failure, report, settings)).collect(),
    });
    let tests: Vec<Entry<'_>> = tests.collect();
    let failed = report.failed();
    let (tested, directives) = report.measure.directives_tested();
    let (seen, outcomes) = report.measure.outcomes();
    let coverage = Coverage {
        percent: report.measure.percent().and_then(|_| report.measure.percent_text().parse().ok()),
        directives: Figures { covered: tested, total: directives },
        outcomes: Figures { covered: seen, total: outcomes },
        by_directive: report.measure.directives.iter().map(|one| DirectiveEntry::new(one, report.book)).collect(),
    };
    document_bytes(&Document { schema: 1, passed: tests.len() - failed, failed, tests, coverage })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    passed: usize,
    failed: usize,
    tests: Vec<Entry<'a>>,
    coverage: Coverage<'a>,
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
    /// A line each.
    steps: Vec<String>,
}

#[derive(Serialize)]
struct ActualEntry<'a> {
    #[serde(rename = "for")]
    of: Option<&'a str>,
    verdict: &'static str,
    missing: &'a [String],
}

impl<'a> FailureEntry<'a> {
    fn new(failure: &'a TestFailure, report: &TestReport<'_>, settings: Settings) -> Self {
        let position = report.book.files.position(failure.span);
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
            steps: steps(failure, report, plain(settings)).lines().map(str::to_owned).collect(),
        }
    }
}

#[derive(Serialize)]
struct Coverage<'a> {
    percent: Option<Number>,
    directives: Figures,
    outcomes: Figures,
    by_directive: Vec<DirectiveEntry<'a>>,
}

#[derive(Serialize)]
struct Figures {
    covered: usize,
    total: usize,
}

#[derive(Serialize)]
struct DirectiveEntry<'a> {
    name: &'a str,
    file: &'a str,
    line: u32,
    verdicts: Vec<&'static str>,
    conditions: Vec<ConditionEntry<'a>>,
}

#[derive(Serialize)]
struct ConditionEntry<'a> {
    clause: &'static str,
    words: &'a str,
    line: u32,
    column: u32,
    seen: Vec<Truth>,
    lacking: Vec<Truth>,
}

impl<'a> DirectiveEntry<'a> {
    fn new(directive: &'a DirectiveMeasure, book: &'a Rulebook) -> Self {
        let condition = |condition: &'a ConditionMeasure| {
            let position = book.files.position(condition.span);
            ConditionEntry {
                clause: condition.clause.word(),
                words: book.files.slice(condition.span),
                line: position.line,
                column: position.column,
                seen: condition.seen.iter().copied().collect(),
                lacking: condition.lacking().collect(),
            }
        };
        Self {
            name: &directive.name,
            file: book.files.name(directive.span.file),
            line: book.files.position(directive.span).line,
            verdicts: directive.verdicts.iter().map(|verdict| verdict_word(*verdict)).collect(),
            conditions: directive.conditions.iter().map(condition).collect(),
        }
    }
}
