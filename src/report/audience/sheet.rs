//! What a memo keeps of a proposal until the run is over, and the decision that it comes to.

use serde::{Deserialize, Serialize};

use crate::checker::report::{Finding, FindingVerdict, Header, ProposalReport, Status, Verdict};
use crate::diagnostic::Severity;
use crate::report::labels::{Labels, waiver};
use crate::report::words::Words;

/// What is to become of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Decision {
    Reject,
    SendBack,
    Remarks,
    Pass,
}

impl Decision {
    pub(super) const ALL: [Self; 4] = [Self::Reject, Self::SendBack, Self::Remarks, Self::Pass];

    fn of(report: &ProposalReport) -> Self {
        match report.status {
            Status::Violating => Self::Reject,
            Status::Invalid | Status::Undetermined => Self::SendBack,
            Status::Compliant if report.findings.is_empty() => Self::Pass,
            Status::Compliant => Self::Remarks,
        }
    }
}

/// A proposal, as a memo has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    pub path: String,
    pub line: u32,
    pub id: Option<String>,
    pub title: Option<String>,
    pub decision: Decision,
    /// The label of its place, or where places are not known the folder of its file.
    pub place: Option<String>,
    pub points: Vec<Point>,
}

/// A finding, as a memo has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Point {
    pub code: String,
    pub message: String,
    pub line: u32,
    pub rank: Rank,
    /// The words for how it stands.
    pub verdict: String,
    /// Clauses with their words.
    pub clauses: Vec<(String, String)>,
    pub missing: Vec<String>,
    /// By what it is waived.
    pub waiver: Option<String>,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Rank {
    Waived,
    Note,
    Warning,
    Error,
}

impl Sheet {
    pub(super) fn of(header: &Header, report: &ProposalReport, words: &Words, labels: &Labels) -> Self {
        let point = |finding: &Finding| Point::of(finding, words, labels);
        let mut points: Vec<Point> = report.findings.iter().map(point).collect();
        points.sort_by_key(|point| std::cmp::Reverse(point.rank));
        Self {
            path: report.path.to_string(),
            line: report.line,
            id: report.id.clone(),
            title: report.title.clone(),
            decision: Decision::of(report),
            place: match header.atlas.places {
                Some(_) => place(header, report),
                None => report.path.rsplit_once('/').map(|(folder, _)| folder.to_owned()),
            },
            points,
        }
    }
}

/// The label of the place that a proposal belongs to.
fn place(header: &Header, report: &ProposalReport) -> Option<String> {
    let number = report.facets.as_ref()?.place?;
    let term = header.atlas.places.as_ref()?.terms.get(usize::from(number))?;
    let label = header.pack.text(&term.label);
    Some(if label.is_empty() { term.name.clone() } else { label.to_owned() })
}

impl Point {
    fn of(finding: &Finding, words: &Words, labels: &Labels) -> Self {
        let judgement = &finding.judgement;
        let rank = match judgement.severity {
            _ if judgement.waived.is_some() => Rank::Waived,
            Severity::Error => Rank::Error,
            Severity::Warning => Rank::Warning,
            Severity::Note => Rank::Note,
        };
        let clauses =
            judgement.cites.iter().map(|cite| (cite.clause.clone().unwrap_or_default(), cite.text.to_string()));
        Self {
            code: judgement.code.to_string(),
            message: judgement.message.clone(),
            line: finding.start.line,
            rank,
            verdict: match judgement.verdict {
                FindingVerdict::Of(Verdict::Violated) => String::new(),
                verdict => crate::report::labels::verdict(verdict, words).to_owned(),
            },
            clauses: clauses.collect(),
            missing: judgement.missing.clone(),
            waiver: waiver(judgement, words, labels),
        }
    }

    /// Whether it says that something was broken, and counts.
    pub(super) fn is_broken(&self) -> bool {
        self.verdict.is_empty() && self.rank > Rank::Note
    }
}
