//! Outcomes of tests as JUnit's XML: a file is a suite, a test a case.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{TestReport, plain, sentence, steps};
use crate::checker::report::TestOutcome;
use crate::report::Settings;
use crate::report::human::paint::one_line;
use crate::text::FileId;

/// One document.
pub(super) fn junit(report: &TestReport<'_>, settings: Settings) -> Vec<u8> {
    let files = &report.book.files;
    let mut by_file: BTreeMap<FileId, Vec<&TestOutcome>> = BTreeMap::new();
    for outcome in report.outcomes {
        by_file.entry(outcome.span.file).or_default().push(outcome);
    }
    let mut document = Report::new(one_line(&report.book.plan.name).into_owned());
    for (file, outcomes) in by_file {
        let name = one_line(files.name(file)).into_owned();
        let mut suite = TestSuite::new(name.clone());
        for outcome in outcomes {
            let mut case = TestCase::new(one_line(&outcome.name).into_owned(), status(outcome, report, settings));
            case.set_classname(name.clone());
            case.extra.insert("file".into(), name.as_str().into());
            case.extra.insert("line".into(), files.position(outcome.span).line.to_string().into());
            suite.add_test_case(case);
        }
        document.add_test_suite(suite);
    }
    let mut out = Vec::new();
    let _infallible = document.serialize(&mut out);
    out
}

fn status(outcome: &TestOutcome, report: &TestReport<'_>, settings: Settings) -> TestCaseStatus {
    if outcome.failures.is_empty() {
        return TestCaseStatus::success();
    }
    let words = settings.language.words();
    let sentences: Vec<String> =
        outcome.failures.iter().map(|failure| one_line(&sentence(failure, words)).into_owned()).collect();
    let mut description = String::new();
    for (failure, sentence) in outcome.failures.iter().zip(&sentences) {
        description.push_str(sentence);
        description.push('\n');
        description.push_str(&steps(failure, report, plain(settings)));
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(sentences.join("; "));
    status.set_type("verdict");
    status.set_description(description);
    status
}
