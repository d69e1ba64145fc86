//! Runs the `test` items of a rule pack.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Checker;
use super::options::{Options, PortfolioMode};
use super::report::{ActualVerdict, FindingVerdict, Report, TestFailure, TestOutcome, Verdict};
use crate::rulebook::{Expectation, ExpectedOf, Rulebook, Test};

/// The outcome of every test item, in the order of the pack.
pub fn run_tests(book: &Rulebook) -> Vec<TestOutcome> {
    book.tests.iter().map(|test| run_test(book, test)).collect()
}

fn run_test(book: &Rulebook, test: &Test) -> TestOutcome {
    let options = Options { verdicts: true, portfolio: PortfolioMode::On, ..Options::new(test.as_of) };
    let failures = match Checker::new(book, options) {
        Ok(checker) => {
            let names: Vec<String> = (1..=test.given.len()).map(|number| number.to_string()).collect();
            let texts: Vec<(&str, &str)> =
                names.iter().map(String::as_str).zip(test.given.iter().map(|span| book.files.slice(*span))).collect();
            let report = checker.check_texts(&texts);
            test.expect.iter().filter_map(|expected| unmet(book, expected, &report)).collect()
        },
        // Nothing is in force on that day: every verdict is `not-in-force`.
        Err(_) => test
            .expect
            .iter()
            .filter(|one| one.verdict != Verdict::NotInForce)
            .map(|one| all_unmet(book, one))
            .collect(),
    };
    TestOutcome { name: test.name.clone(), span: test.span, failures }
}

fn all_unmet(book: &Rulebook, expected: &Expectation) -> TestFailure {
    let actual = ActualVerdict { of: None, verdict: Verdict::NotInForce, missing: Vec::new() };
    TestFailure {
        directive: name_of(book, expected),
        expected: expected.verdict,
        actual: vec![actual],
        span: expected.span,
    }
}

fn name_of(book: &Rulebook, expected: &Expectation) -> Arc<str> {
    let heading = match &expected.directive {
        ExpectedOf::Directive(id) => book.directives.get(id.0 as usize).map(|one| &one.heading),
        ExpectedOf::Portfolio(number, _) => book.portfolio.get(*number).map(|one| &one.heading),
    };
    Arc::from(heading.map(|heading| heading.name.as_str()).unwrap_or_default())
}

/// How an expectation was not met; `None` if it was.
fn unmet(book: &Rulebook, expected: &Expectation, report: &Report) -> Option<TestFailure> {
    let directive = name_of(book, expected);
    let (actual, is_met) = match &expected.directive {
        ExpectedOf::Directive(_) => {
            let all = of_proposals(&directive, report);
            let is_met = !all.is_empty() && all.iter().all(|one| one.verdict == expected.verdict);
            (all, is_met)
        },
        ExpectedOf::Portfolio(_, values) => {
            let all = of_values(&directive, values, report);
            let found: BTreeSet<&str> = all.iter().filter_map(|one| one.of.as_deref()).collect();
            let are_there = values.iter().all(|value| found.contains(value.as_str()));
            let is_met = are_there && !all.is_empty() && all.iter().all(|one| one.verdict == expected.verdict);
            (all, is_met)
        },
    };
    let actual = actual.into_iter().filter(|one| one.verdict != expected.verdict).collect();
    (!is_met).then_some(TestFailure { directive, expected: expected.verdict, actual, span: expected.span })
}

/// The verdict of a directive on each proposal given.
fn of_proposals(directive: &str, report: &Report) -> Vec<ActualVerdict> {
    let single = report.proposals.len() == 1;
    let verdicts = report.proposals.iter().filter_map(|proposal| {
        let (_, verdict) = proposal.verdicts.as_ref()?.iter().find(|(name, _)| name.as_ref() == directive)?;
        let finding = proposal.findings.iter().find(|finding| finding.judgement.code.as_ref() == directive);
        Some(ActualVerdict {
            of: (!single).then(|| proposal.path.to_string()),
            verdict: *verdict,
            missing: finding.map(|finding| finding.judgement.missing.clone()).unwrap_or_default(),
        })
    });
    verdicts.collect()
}

/// The verdict of a portfolio directive for the values asked for, or for every one.
fn of_values(directive: &str, values: &[String], report: &Report) -> Vec<ActualVerdict> {
    let own = report.closing.portfolio.iter().filter(|one| one.judgement.code.as_ref() == directive);
    let asked = own.filter(|one| values.is_empty() || one.value.as_ref().is_some_and(|value| values.contains(value)));
    let verdicts = asked.filter_map(|one| match one.judgement.verdict {
        FindingVerdict::Of(verdict) => {
            Some(ActualVerdict { of: one.value.clone(), verdict, missing: one.judgement.missing.clone() })
        },
        FindingVerdict::Invalid | FindingVerdict::Waived => None,
    });
    verdicts.collect()
}
