//! Runs the `test` items of a rule pack.

mod measure;
mod shape;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use measure::{Clause, ConditionMeasure, DirectiveMeasure, Measure, measure};
pub use shape::shape_faults;

use super::Checker;
use super::explain::{explain, explain_texts, subject_of};
use super::options::{Options, PortfolioMode};
use super::report::{
    ActualVerdict, Explained, FindingVerdict, ProposalReport, Report, TestFailure, TestOutcome, Verdict,
};
use crate::rulebook::{Expectation, ExpectedOf, Rulebook, Test};

/// Which tests are meant.
pub type Selected<'s> = &'s dyn Fn(&Test) -> bool;

/// The outcome of every test item, in the order of the pack.
pub fn run_tests(book: &Rulebook) -> Vec<TestOutcome> {
    run_selected(book, &|_| true, "en")
}

/// The outcomes of the tests that are meant, in the order of the pack; failures are explained in that language.
pub fn run_selected(book: &Rulebook, is_selected: Selected<'_>, language: &str) -> Vec<TestOutcome> {
    book.tests.iter().filter(|test| is_selected(test)).map(|test| run_test(book, test, language)).collect()
}

fn run_test(book: &Rulebook, test: &Test, language: &str) -> TestOutcome {
    let options = Options { verdicts: true, portfolio: PortfolioMode::On, ..Options::new(test.as_of) };
    let names: Vec<String> = (1..=test.given.len()).map(|number| number.to_string()).collect();
    let texts: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(test.given.iter().map(|span| book.files.slice(*span))).collect();
    let report = Checker::new(book, options).ok().map(|checker| checker.check_texts(&texts));
    let unmet = |expected: &Expectation| {
        let failure = match &report {
            Some(report) => unmet(book, expected, report)?,
            // Nothing is in force on that day: every verdict is `not-in-force`.
            None if expected.verdict == Verdict::NotInForce => return None,
            None => all_unmet(book, expected),
        };
        let explanation = explanation(book, test, expected, report.as_ref(), &texts, language);
        Some(TestFailure { explanation, ..failure })
    };
    TestOutcome { name: test.name.clone(), span: test.span, failures: test.expect.iter().filter_map(unmet).collect() }
}

/// How the first verdict that was not expected came about.
fn explanation(
    book: &Rulebook,
    test: &Test,
    expected: &Expectation,
    report: Option<&Report>,
    texts: &[(&str, &str)],
    language: &str,
) -> Option<Explained> {
    match &expected.directive {
        ExpectedOf::Directive(id) => {
            let name = name_of(book, expected);
            let is_other = |proposal: &&ProposalReport| {
                let verdicts = proposal.verdicts.iter().flatten();
                verdicts.into_iter().any(|(own, verdict)| *own == name && *verdict != expected.verdict)
            };
            let first = report.and_then(|report| report.proposals.iter().find(is_other));
            let given: usize = first.map_or(Some(1), |first| first.path.parse().ok())?;
            let index = first.map_or(0, |first| first.index);
            let subject = subject_of(book, *test.given.get(given.checked_sub(1)?)?, index)?;
            explain(book, *id, test.as_of, language, subject).ok().map(Box::new).map(Explained::Proposal)
        },
        ExpectedOf::Portfolio(number, values) => {
            let names: Vec<String> = (1..=texts.len()).map(|number| format!("given {number}")).collect();
            let texts: Vec<(&str, &str)> =
                names.iter().map(String::as_str).zip(texts.iter().map(|(_, text)| *text)).collect();
            let mut explained = explain_texts(book, *number, test.as_of, language, &texts).ok()?;
            explained.values.retain(|one| {
                let is_asked = values.is_empty() || one.value.as_ref().is_some_and(|value| values.contains(value));
                is_asked && one.verdict != expected.verdict
            });
            Some(Explained::Portfolio(Box::new(explained)))
        },
    }
}

fn all_unmet(book: &Rulebook, expected: &Expectation) -> TestFailure {
    let actual = ActualVerdict { of: None, verdict: Verdict::NotInForce, missing: Vec::new() };
    TestFailure {
        directive: name_of(book, expected),
        expected: expected.verdict,
        actual: vec![actual],
        span: expected.span,
        explanation: None,
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
    (!is_met).then_some(TestFailure {
        directive,
        expected: expected.verdict,
        actual,
        span: expected.span,
        explanation: None,
    })
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
