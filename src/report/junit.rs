//! The format `junit`: a proposal is a suite, and a directive a case in it. What is violated is a failure, what is
//! undetermined an error, what is idle or waived is skipped.

use std::io::{self, Write};
use std::sync::Arc;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::human::paint::one_line;
use super::labels::{self, Labels, waiver};
use super::words::Words;
use super::{Settings, frame};
use crate::checker::report::{
    Assembly, Closing, Excerpt, Failure, FindingVerdict, Format, Header, Judgement, Pieces, ProposalReport, Verdict,
    verdict_word,
};
use crate::diagnostic::Severity;
use crate::text::Position;

/// JUnit's XML.
#[derive(Debug)]
pub(super) struct Junit {
    words: &'static Words,
    labels: &'static Labels,
}

/// How many cases a suite has, and how many of them are failures, errors and skipped.
type Counts = [usize; 4];

impl Junit {
    pub(super) fn new(settings: Settings) -> Self {
        Self { words: settings.language.words(), labels: labels::labels(settings.language) }
    }
}

impl Format for Junit {
    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        let name = match report.index {
            0 => held(&report.path),
            index => format!("{}#{index}", held(&report.path)),
        };
        let mut suite = TestSuite::new(&name);
        for (key, value) in [("id", &report.id), ("title", &report.title)] {
            if let Some(value) = value {
                suite.add_property(Property::new(key, held(value)));
            }
        }
        suite.add_property(Property::new("status", report.status.word()));
        for finding in &report.findings {
            let place = place(&report.path, finding.start);
            suite.add_test_case(case(&name, &finding.judgement.code, self.status(&finding.judgement, Some(&place))));
        }
        for (code, verdict) in report.verdicts.iter().flatten() {
            if !report.findings.iter().any(|finding| &finding.judgement.code == code) {
                suite.add_test_case(case(&name, code, without_finding(*verdict)));
            }
        }
        keep(suite, out);
    }

    fn needs_verdicts(&self) -> bool {
        true
    }

    fn portfolio(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let mut suite = TestSuite::new("portfolio");
        for finding in &closing.portfolio {
            let judgement = &finding.judgement;
            let name = match &finding.value {
                Some(value) => format!("{} ({} {value})", judgement.code, self.words.for_value),
                None => judgement.code.to_string(),
            };
            let status = match judgement.verdict {
                FindingVerdict::Of(verdict) if !judgement.verdict.is_finding() => without_finding(verdict),
                _ => {
                    let places: Vec<String> =
                        finding.members.iter().map(|member| place(&member.path, member.start)).collect();
                    self.status(judgement, Some(&places.join("\n")))
                },
            };
            suite.add_test_case(case("portfolio", &name, status));
        }
        if !closing.portfolio.is_empty() {
            keep(suite, out);
        }
        keep(run(header, closing), out);
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

impl Assembly for Junit {
    fn assemble(
        &self,
        header: &Header,
        _closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut report = Report::new(held(&header.plan));
        while let Some(([tests, failures, errors, skipped], _)) = frame::read::<Counts>(pieces)? {
            report.tests += tests;
            report.failures += failures;
            report.errors += errors;
            report.skipped += skipped;
        }
        let shell = xml(&report);
        let (head, tail) = shell.split_at(shell.rfind("</testsuites>").unwrap_or(shell.len()));
        out.write_all(head.as_bytes())?;
        pieces.rewind()?;
        while let Some((_, suite)) = frame::read::<Counts>(pieces)? {
            out.write_all(&suite)?;
        }
        out.write_all(tail.as_bytes())
    }
}

impl Junit {
    /// How a finding stands in the report; `places` are where it points to.
    fn status(&self, judgement: &Judgement, places: Option<&str>) -> TestCaseStatus {
        if let Some(waiver) = waiver(judgement, self.words, self.labels) {
            let mut status = TestCaseStatus::skipped();
            status.set_message(held(&waiver));
            status.set_description(self.description(judgement, places));
            return status;
        }
        let kind = match judgement.verdict {
            FindingVerdict::Of(Verdict::Undetermined) => NonSuccessKind::Error,
            _ => NonSuccessKind::Failure,
        };
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(held(&judgement.message));
        status.set_type(judgement.severity.word());
        status.set_description(self.description(judgement, places));
        status
    }

    fn description(&self, judgement: &Judgement, places: Option<&str>) -> String {
        let words = self.words;
        let mut lines: Vec<String> =
            places.filter(|places| !places.is_empty()).map(str::to_owned).into_iter().collect();
        lines.push(held(&judgement.message));
        for cite in &judgement.cites {
            let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            let quote = format!("{clause}{}{}{}", words.open_quote, cite.text, words.close_quote);
            lines.push(format!("{}{}{}", words.plan, words.colon, held(&quote)));
        }
        if !judgement.missing.is_empty() {
            let missing = held(&judgement.missing.join(words.list_comma));
            lines.push(format!("{}{}{missing}", words.missing, words.colon));
        }
        if let Some(help) = &judgement.help {
            lines.push(format!("{}{}{}", words.help, words.colon, held(help)));
        }
        lines.join("\n")
    }
}

/// What stands for a verdict that is no finding. What is broken and still no finding was not selected, does not count,
/// or was left out by `--max-findings`: it did not pass.
fn without_finding(verdict: Verdict) -> TestCaseStatus {
    match verdict {
        Verdict::Satisfied => TestCaseStatus::success(),
        other => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(verdict_word(other));
            status
        },
    }
}

fn case(suite: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(held(name), status);
    case.set_classname(suite);
    case
}

/// The run itself: what kept it from its work, and what was relaxed.
fn run(header: &Header, closing: &Closing) -> TestSuite {
    let mut suite = TestSuite::new("run");
    let facts = [
        ("plan", header.plan.as_str()),
        ("version", &header.version),
        ("digest", &header.digest),
        ("as-of", &header.as_of),
    ];
    suite.add_properties(facts.map(|(key, value)| Property::new(key, held(value))));
    for relaxation in &header.relaxations {
        suite.add_property(Property::new("relaxed", held(relaxation)));
    }
    if closing.omitted > 0 {
        suite.add_property(Property::new("omitted-findings", closing.omitted.to_string()));
    }
    for name in &closing.unapplied_directives {
        suite.add_property(Property::new("unapplied-directive", held(name)));
    }
    if closing.unapplied_proposals > 0 {
        suite.add_property(Property::new("unapplied-proposals", closing.unapplied_proposals.to_string()));
    }
    for failure in &closing.failures {
        suite.add_test_case(case("run", failure.code, status_of_failure(failure)));
    }
    suite
}

fn status_of_failure(failure: &Failure) -> TestCaseStatus {
    let message = match failure.path.is_empty() {
        true => held(&failure.message),
        false => format!("{}: {}", held(&failure.path), held(&failure.message)),
    };
    let mut status = match failure.severity {
        Severity::Error => TestCaseStatus::non_success(NonSuccessKind::Error),
        Severity::Warning | Severity::Note => TestCaseStatus::skipped(),
    };
    status.set_message(message);
    status.set_type(failure.severity.word());
    status
}

fn place(path: &Arc<str>, start: Position) -> String {
    format!("{}:{}:{}", held(path), start.line, start.column)
}

/// A text as XML can hold it: on one line, with nothing that XML has no way to write.
fn held(text: &str) -> String {
    one_line(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

/// Keeps a suite as XML, behind its counts.
fn keep(suite: TestSuite, out: &mut Vec<u8>) {
    let counts: Counts = [suite.tests, suite.failures, suite.errors, suite.skipped];
    let mut report = Report::unnamed();
    report.add_test_suite(suite);
    let whole = xml(&report);
    // The suite is what stands between the root's two tags.
    let start = whole.find("<testsuites").and_then(|at| Some(at + whole.get(at..)?.find('\n')? + 1));
    let body = start.and_then(|start| whole.get(start..whole.rfind("</testsuites>")?)).unwrap_or_default();
    frame::write(out, &counts, body.as_bytes());
}

fn xml(report: &Report) -> String {
    report.to_string().unwrap_or_default()
}
