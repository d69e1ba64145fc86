//! The format `sarif`: SARIF 2.1.0, as code scanning takes it. Each directive is a rule of its own.

pub(in crate::report) mod log;
mod rules;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use self::log::{
    Descriptor, Fingerprints, Invocation, LogicalLocation, Notification, Outcome, Place, RULES_ROOT, Region,
    SOURCE_ROOT, Suppression, Text, level,
};
use super::Settings;
use super::human::paint::one_line;
use super::labels::{self, Labels, waiver};
use super::location::{Location, encoded};
use super::words::Words;
use crate::checker::report::{
    Closing, Excerpt, Failure, Finding, Format, Header, Judgement, Member, PortfolioFinding, ProposalReport, basis_word,
};
use crate::text::Position;

/// SARIF 2.1.0.
#[derive(Debug)]
pub(super) struct Sarif {
    words: &'static Words,
    labels: &'static Labels,
    language: &'static str,
}

impl Sarif {
    pub(super) fn new(settings: Settings) -> Self {
        let (words, labels) = (settings.language.words(), labels::labels(settings.language));
        Self { words, labels, language: settings.language.tag() }
    }
}

impl Format for Sarif {
    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        log::begin(out, &header.plan, &rules::rules(header, self.words, self.language));
    }

    fn proposal(&self, header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        if report.findings.is_empty() {
            return;
        }
        let location = Location::of(&report.path, header.root.as_deref());
        for (number, finding) in report.findings.iter().enumerate() {
            if number > 0 {
                out.extend_from_slice(log::SEPARATOR.as_bytes());
            }
            self.finding(header, report, finding, &location).write(out);
        }
    }

    fn separator(&self) -> &'static str {
        log::SEPARATOR
    }

    fn portfolio(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let findings = closing.portfolio.iter().filter(|finding| finding.judgement.verdict.is_finding());
        for (number, finding) in findings.enumerate() {
            if number > 0 {
                out.extend_from_slice(log::SEPARATOR.as_bytes());
            }
            self.of_portfolio(header, finding).write(out);
        }
    }

    fn end(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let invocation = Invocation {
            execution_successful: closing.exit != 2,
            exit_code: closing.exit,
            tool_execution_notifications: closing.failures.iter().map(|one| notification(header, one)).collect(),
        };
        log::end(out, &invocation, &Properties::new(header, closing));
    }
}

impl Sarif {
    fn finding(&self, header: &Header, report: &ProposalReport, finding: &Finding, location: &Location) -> Outcome {
        let mut place = place(location, finding.start, finding.end);
        if !finding.pointer.is_empty() {
            place.logical_locations = vec![LogicalLocation { fully_qualified_name: finding.pointer.clone() }];
        }
        let mut outcome = self.outcome(header, &finding.judgement, vec![place], Vec::new());
        let mut add = |key, value: &str| outcome.properties.insert(key, Value::from(value));
        if let Some(id) = &report.id {
            add("proposal", id);
        }
        add("status", report.status.word());
        outcome
    }

    /// A finding on the portfolio: at its first member, the others beside it; without members, at the rule.
    fn of_portfolio(&self, header: &Header, finding: &PortfolioFinding) -> Outcome {
        let member =
            |member: &Member| place(&Location::of(&member.path, header.root.as_deref()), member.start, member.end);
        let mut members = finding.members.iter();
        let first = members.next().map(member);
        let (file, line) = match &finding.judgement.rule {
            Some(rule) => (encoded(&rule.file), rule.line),
            None => ("plan.plan".to_owned(), 1),
        };
        let first = first.unwrap_or_else(|| Place::new(file, Some(RULES_ROOT), Some(line_region(line))));
        let others = members.map(|one| {
            let text = one.id.as_deref().map(one_line).unwrap_or_default();
            Place { message: (!text.is_empty()).then(|| Text::plain(&text)), ..member(one) }
        });
        let mut outcome = self.outcome(header, &finding.judgement, vec![first], others.collect());
        if let Some(value) = &finding.value {
            outcome.properties.insert("for", Value::from(value.as_str()));
        }
        outcome
    }

    fn outcome(&self, header: &Header, judgement: &Judgement, locations: Vec<Place>, members: Vec<Place>) -> Outcome {
        let mut text = one_line(&judgement.message).into_owned();
        if let Some(help) = &judgement.help {
            let _infallible = write!(text, "\n{}{}{}", self.words.help, self.words.colon, one_line(help));
        }
        let passages = judgement.cites.iter().map(|cite| {
            let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            let words = format!("{clause}{}{}{}", self.words.open_quote, cite.text, self.words.close_quote);
            let place = Place::new(encoded(&cite.source), Some(RULES_ROOT), Some(line_region(cite.line)));
            Place { message: Some(Text::plain(&one_line(&words))), ..place }
        });
        let related = members.into_iter().chain(passages).enumerate();
        let mut properties = BTreeMap::from([("verdict", Value::from(judgement.verdict.word()))]);
        if let Some(basis) = judgement.basis {
            properties.insert("basis", Value::from(basis_word(basis)));
        }
        if !judgement.missing.is_empty() {
            properties.insert("missing", Value::from(judgement.missing.as_slice()));
        }
        Outcome {
            rule_id: judgement.code.to_string(),
            rule_index: rules::number(header, &judgement.code),
            level: level(judgement.severity),
            message: Text::plain(&text),
            locations,
            related_locations: related.map(|(number, place)| Place { id: Some(number + 1), ..place }).collect(),
            partial_fingerprints: Fingerprints::of(&judgement.fingerprint),
            suppressions: waiver(judgement, self.words, self.labels).map(Suppression::accepted).into_iter().collect(),
            properties,
        }
    }
}

/// A stretch of a file, by lines and columns.
pub(super) fn place(location: &Location, start: Position, end: Position) -> Place {
    let (uri, is_relative) = location.uri();
    let region = Region {
        start_line: start.line,
        start_column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    };
    Place::new(uri, is_relative.then_some(SOURCE_ROOT), Some(region))
}

fn line_region(line: u32) -> Region {
    Region { start_line: line, start_column: None, end_line: None, end_column: None }
}

fn notification(header: &Header, failure: &Failure) -> Notification {
    let is_file = failure.code.starts_with("io/") && !failure.path.is_empty();
    let location = is_file.then(|| {
        let (uri, is_relative) = Location::of(&failure.path, header.root.as_deref()).uri();
        Place::new(uri, is_relative.then_some(SOURCE_ROOT), None)
    });
    let text = match failure.path.is_empty() {
        true => one_line(&failure.message).into_owned(),
        false => format!("{}: {}", one_line(&failure.path), one_line(&failure.message)),
    };
    Notification {
        descriptor: Descriptor { id: failure.code.to_owned() },
        level: level(failure.severity),
        message: Text::plain(&text),
        locations: location.into_iter().collect(),
    }
}

/// What a reader must know to trust the run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    plan: &'a str,
    plan_version: &'a str,
    digest: &'a str,
    as_of: &'a str,
    relaxations: &'a [String],
    files: u64,
    proposals: u64,
    compliant: u64,
    violating: u64,
    undetermined: u64,
    invalid: u64,
    unreadable: u64,
    waived: u64,
    omitted_findings: u64,
    unapplied_directives: Vec<&'a str>,
    unapplied_proposals: u64,
}

impl<'a> Properties<'a> {
    fn new(header: &'a Header, closing: &'a Closing) -> Self {
        let summary = &closing.summary;
        Self {
            plan: &header.plan,
            plan_version: &header.version,
            digest: &header.digest,
            as_of: &header.as_of,
            relaxations: &header.relaxations,
            files: summary.files,
            proposals: summary.proposals,
            compliant: summary.compliant,
            violating: summary.violating,
            undetermined: summary.undetermined,
            invalid: summary.invalid,
            unreadable: summary.unreadable,
            waived: summary.waived,
            omitted_findings: closing.omitted,
            unapplied_directives: closing.unapplied_directives.iter().map(AsRef::as_ref).collect(),
            unapplied_proposals: closing.unapplied_proposals,
        }
    }
}
