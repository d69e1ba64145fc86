//! The format `json`: one document, written as it comes, with what is known last at its end.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::SerializeMap as _;

use super::Settings;
use super::safe::append;
use crate::checker::report::{
    Cite, Closing, CodeCount, Excerpt, Failure, Finding, Format, Header, Judgement, Member, PortfolioFinding,
    ProposalReport, RulePlace, Summary, basis_word, verdict_word,
};
use crate::text;

/// One JSON document.
#[derive(Debug)]
pub(super) struct Json {
    statistics: bool,
}

impl Json {
    pub(super) fn new(settings: Settings) -> Self {
        Self { statistics: settings.statistics }
    }
}

impl Format for Json {
    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\n");
        entry(out, "schema", &1);
        entry(out, "tool", &Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") });
        entry(out, "plan", &Plan { name: &header.plan, version: &header.version, digest: &header.digest });
        entry(out, "as_of", &header.as_of);
        entry(out, "relaxations", &header.relaxations);
        out.extend_from_slice(b"  \"proposals\": [\n");
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"    ");
        append(out, &Proposal::from(report));
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n  ],\n");
        list(out, "portfolio", closing.portfolio.iter().map(Portfolio::from));
        let ungrouped: BTreeMap<&str, u64> = closing.ungrouped.iter().map(|(name, count)| (&**name, *count)).collect();
        entry(out, "ungrouped", &ungrouped);
        let directives = closing.unapplied_directives.iter().map(AsRef::as_ref).collect();
        entry(out, "unapplied", &Unapplied { directives, proposals: closing.unapplied_proposals });
        list(out, "failures", closing.failures.iter().map(FailureEntry::from));
        if self.statistics {
            list(out, "statistics", closing.counts.iter().map(Count::from));
        }
        entry(out, "omitted", &closing.omitted);
        out.extend_from_slice(b"  \"summary\": ");
        append(out, &Counts::from(&closing.summary));
        out.extend_from_slice(b"\n}\n");
    }
}

/// Writes a key of the document and its value on a line.
fn entry(out: &mut Vec<u8>, key: &str, value: &impl Serialize) {
    out.extend_from_slice(b"  ");
    append(out, &key);
    out.extend_from_slice(b": ");
    append(out, value);
    out.extend_from_slice(b",\n");
}

/// Writes a key of the document and a list, one element a line.
fn list(out: &mut Vec<u8>, key: &str, values: impl Iterator<Item = impl Serialize>) {
    out.extend_from_slice(b"  ");
    append(out, &key);
    out.extend_from_slice(b": [");
    let mut before = "\n    ";
    for value in values {
        out.extend_from_slice(before.as_bytes());
        append(out, &value);
        before = ",\n    ";
    }
    out.extend_from_slice(if before.starts_with(',') { b"\n  ],\n" } else { b"],\n" });
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Unapplied<'a> {
    directives: Vec<&'a str>,
    proposals: u64,
}

/// A proposal, as in `json` and in `jsonl`.
#[derive(Serialize)]
pub(super) struct Proposal<'a> {
    path: &'a str,
    index: u64,
    line: u32,
    id: Option<&'a str>,
    status: &'static str,
    findings: Vec<FindingEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdicts: Option<Verdicts<'a>>,
}

impl<'a> From<&'a ProposalReport> for Proposal<'a> {
    fn from(report: &'a ProposalReport) -> Self {
        Self {
            path: &report.path,
            index: report.index,
            line: report.line,
            id: report.id.as_deref(),
            status: report.status.word(),
            findings: report.findings.iter().map(FindingEntry::from).collect(),
            verdicts: report.verdicts.as_deref().map(Verdicts),
        }
    }
}

/// Verdicts by directive.
struct Verdicts<'a>(&'a [(std::sync::Arc<str>, crate::rulebook::Verdict)]);

impl Serialize for Verdicts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, verdict) in self.0 {
            map.serialize_entry(name.as_ref(), verdict_word(*verdict))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    #[serde(flatten)]
    judgement: JudgementEntry<'a>,
    pointer: &'a str,
    span: Span,
}

impl<'a> From<&'a Finding> for FindingEntry<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            judgement: JudgementEntry::from(&finding.judgement),
            pointer: &finding.pointer,
            span: Span::new(finding.start, finding.end),
        }
    }
}

#[derive(Serialize)]
struct JudgementEntry<'a> {
    code: &'a str,
    verdict: &'static str,
    severity: &'static str,
    basis: Option<&'static str>,
    message: &'a str,
    help: Option<&'a str>,
    cites: Vec<CiteEntry<'a>>,
    rule: Option<RuleEntry<'a>>,
    missing: &'a [String],
    fingerprint: &'a str,
}

impl<'a> From<&'a Judgement> for JudgementEntry<'a> {
    fn from(judgement: &'a Judgement) -> Self {
        Self {
            code: &judgement.code,
            verdict: judgement.verdict.word(),
            severity: judgement.severity.word(),
            basis: judgement.basis.map(basis_word),
            message: &judgement.message,
            help: judgement.help.as_deref(),
            cites: judgement.cites.iter().map(CiteEntry::from).collect(),
            rule: judgement.rule.as_ref().map(RuleEntry::from),
            missing: &judgement.missing,
            fingerprint: &judgement.fingerprint,
        }
    }
}

#[derive(Serialize)]
struct CiteEntry<'a> {
    clause: Option<&'a str>,
    text: &'a str,
    source: &'a str,
    line: u32,
}

impl<'a> From<&'a Cite> for CiteEntry<'a> {
    fn from(cite: &'a Cite) -> Self {
        Self { clause: cite.clause.as_deref(), text: &cite.text, source: &cite.source, line: cite.line }
    }
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    file: &'a str,
    line: u32,
}

impl<'a> From<&'a RulePlace> for RuleEntry<'a> {
    fn from(rule: &'a RulePlace) -> Self {
        Self { file: &rule.file, line: rule.line }
    }
}

#[derive(Serialize)]
struct Span {
    start: Position,
    end: Position,
}

impl Span {
    fn new(start: text::Position, end: text::Position) -> Self {
        Self { start: start.into(), end: end.into() }
    }
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    offset: u64,
}

impl From<text::Position> for Position {
    fn from(position: text::Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

/// A finding on a portfolio; its place is that of its first member.
#[derive(Serialize)]
struct Portfolio<'a> {
    #[serde(rename = "for")]
    value: Option<&'a str>,
    #[serde(flatten)]
    judgement: JudgementEntry<'a>,
    #[serde(flatten)]
    place: Option<MemberPlace<'a>>,
    members: Vec<MemberEntry<'a>>,
    more: u64,
}

impl<'a> From<&'a PortfolioFinding> for Portfolio<'a> {
    fn from(finding: &'a PortfolioFinding) -> Self {
        Self {
            value: finding.value.as_deref(),
            judgement: JudgementEntry::from(&finding.judgement),
            place: finding.members.first().map(|member| MemberPlace { path: &member.path, at: member.into() }),
            members: finding.members.iter().map(MemberEntry::from).collect(),
            more: finding.more,
        }
    }
}

#[derive(Serialize)]
struct MemberPlace<'a> {
    path: &'a str,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    pointer: &'a str,
    span: Span,
}

impl<'a> From<&'a Member> for Place<'a> {
    fn from(member: &'a Member) -> Self {
        Self { pointer: &member.pointer, span: Span::new(member.start, member.end) }
    }
}

#[derive(Serialize)]
struct MemberEntry<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    #[serde(flatten)]
    at: Place<'a>,
}

impl<'a> From<&'a Member> for MemberEntry<'a> {
    fn from(member: &'a Member) -> Self {
        Self { path: &member.path, index: member.index, id: member.id.as_deref(), at: member.into() }
    }
}

#[derive(Serialize)]
struct FailureEntry<'a> {
    path: &'a str,
    code: &'a str,
    message: &'a str,
    severity: &'static str,
}

impl<'a> From<&'a Failure> for FailureEntry<'a> {
    fn from(failure: &'a Failure) -> Self {
        Self { path: &failure.path, code: failure.code, message: &failure.message, severity: failure.severity.word() }
    }
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    title: &'a str,
    broken: u64,
    undetermined: u64,
}

impl<'a> From<&'a CodeCount> for Count<'a> {
    fn from(count: &'a CodeCount) -> Self {
        Self { code: &count.code, title: &count.title, broken: count.broken, undetermined: count.undetermined }
    }
}

#[derive(Serialize)]
struct Counts {
    files: u64,
    proposals: u64,
    compliant: u64,
    violating: u64,
    undetermined: u64,
    invalid: u64,
    unreadable: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    waived: u64,
}

impl From<&Summary> for Counts {
    fn from(summary: &Summary) -> Self {
        Self {
            files: summary.files,
            proposals: summary.proposals,
            compliant: summary.compliant,
            violating: summary.violating,
            undetermined: summary.undetermined,
            invalid: summary.invalid,
            unreadable: summary.unreadable,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            waived: summary.waived,
        }
    }
}
