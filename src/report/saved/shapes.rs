//! The shapes of a saved report, and what they stand for. An unknown key is an error: nothing is passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, de};

use super::{Saved, pack, record};
use crate::catalogue;
use crate::checker::report::{
    self, Closing, CodeCount, FindingVerdict, Header, Member, PortfolioFinding, ProposalReport, Report, RulePlace,
    Verdict, WaivedBy, Waiver, WaiverScope,
};
use crate::diagnostic;
use crate::rulebook;
use crate::text;
use crate::value::{Day, Days};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    #[serde(rename = "schema")]
    _schema: u64,
    tool: Tool,
    plan: Plan,
    as_of: Written<Day>,
    relaxations: Vec<String>,
    proposals: Vec<Proposal>,
    portfolio: Vec<Portfolio>,
    #[serde(default)]
    ungrouped: BTreeMap<Arc<str>, u64>,
    unapplied: Unapplied,
    failures: Vec<Failure>,
    statistics: Option<Vec<Count>>,
    #[serde(default)]
    omitted: u64,
    record: Option<record::Record>,
    #[serde(default)]
    inputs: Vec<record::Input>,
    summary: Summary,
    exit: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    #[serde(rename = "name")]
    _name: String,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    name: String,
    version: String,
    digest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unapplied {
    directives: Vec<Arc<str>>,
    proposals: u64,
}

/// A proposal of a report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct Proposal {
    path: Arc<str>,
    index: u64,
    line: u32,
    id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    status: Status,
    findings: Vec<Finding>,
    verdicts: Option<BTreeMap<Arc<str>, PlainVerdict>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    code: Arc<str>,
    verdict: AnyVerdict,
    severity: Severity,
    waived: Option<Waived>,
    basis: Option<Basis>,
    message: String,
    help: Option<String>,
    cites: Vec<Cite>,
    rule: Option<Rule>,
    missing: Vec<String>,
    fingerprint: String,
    pointer: String,
    span: Span,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Portfolio {
    #[serde(rename = "for")]
    value: Option<String>,
    code: Arc<str>,
    verdict: AnyVerdict,
    severity: Severity,
    waived: Option<Waived>,
    basis: Option<Basis>,
    message: String,
    help: Option<String>,
    cites: Vec<Cite>,
    rule: Option<Rule>,
    missing: Vec<String>,
    fingerprint: String,
    /// Those of the first member, again.
    #[serde(default, rename = "path")]
    _path: Option<String>,
    #[serde(default, rename = "pointer")]
    _pointer: Option<String>,
    #[serde(default, rename = "span")]
    _span: Option<Span>,
    members: Vec<MemberEntry>,
    #[serde(default)]
    more: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberEntry {
    path: Arc<str>,
    index: u64,
    id: Option<String>,
    pointer: String,
    span: Span,
}

#[derive(Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
enum Waived {
    Baseline {
        verdict: PlainOrInvalid,
        file: Arc<str>,
    },
    Waiver {
        verdict: PlainOrInvalid,
        reason: String,
        authority: String,
        document: String,
        issued: Written<Day>,
        expires: Written<Day>,
        file: Arc<str>,
        line: u32,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cite {
    clause: Option<String>,
    text: Arc<str>,
    source: Arc<str>,
    line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    file: Arc<str>,
    line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    start: Position,
    end: Position,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    line: u32,
    column: u32,
    offset: u64,
}

impl From<Position> for text::Position {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

/// A failure of a report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct Failure {
    path: String,
    code: KnownCode,
    message: String,
    #[serde(default)]
    severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    code: Arc<str>,
    title: String,
    broken: u64,
    undetermined: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Summary {
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
    #[serde(default)]
    known: u64,
}

/// A value that is written as a text.
struct Written<T>(T);

impl<'de> Deserialize<'de> for Written<Day> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let days = Days::parse(&text).filter(|days| days.is_day());
        days.map(|days| Self(days.first)).ok_or_else(|| de::Error::custom(format!("`{text}` is no day")))
    }
}

/// A code of the tool's own.
struct KnownCode(&'static str);

impl<'de> Deserialize<'de> for KnownCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = catalogue::find(&code).map(|entry| Self(entry.name));
        known.ok_or_else(|| de::Error::custom(format!("there is no code `{code}`")))
    }
}

/// Makes an enumeration of the words of a report, and what each stands for.
macro_rules! words {
    ($name:ident => $of:ty: $($word:ident => $value:expr),+ $(,)?) => {
        #[derive(Deserialize, Clone, Copy)]
        #[serde(rename_all = "kebab-case")]
        enum $name { $($word),+ }

        impl From<$name> for $of {
            fn from(word: $name) -> Self {
                match word { $($name::$word => $value),+ }
            }
        }
    };
}

words!(Status => report::Status:
    Invalid => Self::Invalid, Violating => Self::Violating, Undetermined => Self::Undetermined,
    Compliant => Self::Compliant);
words!(Basis => rulebook::Basis:
    Stated => Self::Stated, Derived => Self::Derived, Assumed => Self::Assumed, Practice => Self::Practice);
words!(PlainVerdict => Verdict:
    Violated => Self::Violated, Undetermined => Self::Undetermined, Satisfied => Self::Satisfied,
    NotApplicable => Self::NotApplicable, SetAside => Self::SetAside, NotInForce => Self::NotInForce);
words!(PlainOrInvalid => FindingVerdict:
    Violated => Self::Of(Verdict::Violated), Undetermined => Self::Of(Verdict::Undetermined), Invalid => Self::Invalid);
words!(AnyVerdict => FindingVerdict:
    Violated => Self::Of(Verdict::Violated), Undetermined => Self::Of(Verdict::Undetermined),
    Satisfied => Self::Of(Verdict::Satisfied), NotApplicable => Self::Of(Verdict::NotApplicable),
    SetAside => Self::Of(Verdict::SetAside), NotInForce => Self::Of(Verdict::NotInForce),
    Invalid => Self::Invalid, Waived => Self::Waived);

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
enum Severity {
    #[default]
    Error,
    Warning,
    Note,
}

impl From<Severity> for diagnostic::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// What findings on a proposal and on the portfolio share, out of the shape of either.
macro_rules! judgement {
    ($shape:ident) => {
        report::Judgement {
            waived: $shape.waived.map(|waived| Box::new(waived.into_waived(&$shape.code))),
            code: $shape.code,
            verdict: $shape.verdict.into(),
            severity: $shape.severity.into(),
            basis: $shape.basis.map(Into::into),
            message: $shape.message,
            help: $shape.help,
            translation: None,
            cites: $shape.cites.into_iter().map(Cite::into_cite).collect(),
            rule: $shape.rule.map(|rule| RulePlace { file: rule.file, line: rule.line }),
            missing: $shape.missing,
            fingerprint: $shape.fingerprint,
        }
    };
}

impl Waived {
    fn into_waived(self, code: &str) -> report::Waived {
        match self {
            Self::Baseline { verdict, file } => {
                report::Waived { verdict: verdict.into(), by: WaivedBy::Baseline(file) }
            },
            Self::Waiver { verdict, reason, authority, document, issued, expires, file, line } => {
                let waiver = Waiver {
                    directive: code.to_owned(),
                    directives: vec![code.to_owned()],
                    // What it spoke of in full is not in the report, and nobody asks for it there.
                    scope: WaiverScope::Portfolio,
                    reason,
                    authority,
                    document,
                    issued: issued.0,
                    expires: expires.0,
                    file,
                    line,
                };
                report::Waived { verdict: verdict.into(), by: WaivedBy::Waiver(Arc::new(waiver)) }
            },
        }
    }
}

impl Cite {
    fn into_cite(self) -> report::Cite {
        report::Cite { clause: self.clause, text: self.text, source: self.source, line: self.line }
    }
}

impl Finding {
    fn into_finding(self) -> report::Finding {
        let (pointer, start, end) = (self.pointer, self.span.start.into(), self.span.end.into());
        report::Finding { judgement: judgement!(self), pointer, start, end }
    }
}

impl Portfolio {
    fn into_finding(self) -> PortfolioFinding {
        let members = self.members.into_iter().map(|member| Member {
            path: member.path,
            index: member.index,
            id: member.id,
            pointer: member.pointer,
            start: member.span.start.into(),
            end: member.span.end.into(),
        });
        PortfolioFinding { members: members.collect(), value: self.value, more: self.more, judgement: judgement!(self) }
    }
}

impl Failure {
    pub(in crate::report) fn into_failure(self) -> report::Failure {
        report::Failure { path: self.path, code: self.code.0, message: self.message, severity: self.severity.into() }
    }
}

impl Proposal {
    pub(in crate::report) fn into_report(self) -> ProposalReport {
        let verdicts =
            self.verdicts.map(|verdicts| verdicts.into_iter().map(|(name, verdict)| (name, verdict.into())).collect());
        ProposalReport {
            path: self.path,
            index: self.index,
            line: self.line,
            id: self.id,
            title: self.title,
            status: self.status.into(),
            findings: self.findings.into_iter().map(Finding::into_finding).collect(),
            verdicts,
            facets: None,
        }
    }
}

impl Document {
    /// What the report says.
    pub(super) fn into_saved(self) -> Saved {
        let summary = report::Summary {
            files: self.summary.files,
            proposals: self.summary.proposals,
            compliant: self.summary.compliant,
            violating: self.summary.violating,
            undetermined: self.summary.undetermined,
            invalid: self.summary.invalid,
            unreadable: self.summary.unreadable,
            errors: self.summary.errors,
            warnings: self.summary.warnings,
            notes: self.summary.notes,
            waived: self.summary.waived,
            known: self.summary.known,
        };
        let statistic = |count: Count| CodeCount {
            code: count.code,
            title: count.title,
            broken: count.broken,
            undetermined: count.undetermined,
        };
        let has_statistics = self.statistics.is_some();
        let failures: Vec<report::Failure> = self.failures.into_iter().map(Failure::into_failure).collect();
        let is_failed = failures.iter().any(|failure| failure.severity == diagnostic::Severity::Error);
        // A report that does not say its exit code has the one that `--fail-on must` gives.
        let exit = self.exit.unwrap_or(if is_failed { 2 } else { u8::from(summary.errors > 0) });
        let closing = Closing {
            portfolio: self.portfolio.into_iter().map(Portfolio::into_finding).collect(),
            ungrouped: self.ungrouped.into_iter().collect(),
            unapplied_directives: self.unapplied.directives,
            unapplied_proposals: self.unapplied.proposals,
            failures,
            summary,
            counts: self.statistics.into_iter().flatten().map(statistic).collect(),
            omitted: self.omitted,
            // What a new baseline would hold goes to a file of its own.
            found: Vec::new(),
            part: None,
            record: self.record.map(|record| record.into_record(self.inputs)),
            exit,
        };
        let proposals: Vec<ProposalReport> = self.proposals.into_iter().map(Proposal::into_report).collect();
        let header = Header {
            plan: self.plan.name,
            version: self.plan.version,
            digest: self.plan.digest,
            as_of: self.as_of.0.to_string(),
            relaxations: self.relaxations,
            root: None,
            pack: Arc::new(pack::of(&proposals, &closing)),
            // Which proposal lies where on the map is not in the report.
            atlas: Arc::default(),
        };
        let mut report = Report { header, proposals, closing };
        count(&mut report, has_statistics);
        Saved { report, tool: self.tool.version, has_statistics }
    }
}

/// Counts findings by code, where the report does not say the counts itself.
pub(super) fn count(report: &mut Report, has_statistics: bool) {
    if has_statistics {
        return;
    }
    let mut counts: BTreeMap<Arc<str>, (u64, u64)> = BTreeMap::new();
    let own = report.proposals.iter().flat_map(|proposal| &proposal.findings).map(|finding| &finding.judgement);
    let judgements = own.chain(report.closing.portfolio.iter().map(|finding| &finding.judgement));
    for judgement in judgements.filter(|judgement| judgement.verdict.is_finding() && judgement.waived.is_none()) {
        let (broken, undetermined) = counts.entry(Arc::clone(&judgement.code)).or_default();
        match judgement.verdict {
            FindingVerdict::Of(Verdict::Undetermined) => *undetermined += 1,
            _ => *broken += 1,
        }
    }
    let pack = &report.header.pack;
    let entry = |(code, (broken, undetermined)): (Arc<str>, (u64, u64))| CodeCount {
        title: pack.directive(&code).map(|one| pack.text(&one.title).to_owned()).unwrap_or_default(),
        code,
        broken,
        undetermined,
    };
    let mut all: Vec<CodeCount> = counts.into_iter().map(entry).collect();
    all.sort_by(|a, b| (b.broken, b.undetermined, &a.code).cmp(&(a.broken, a.undetermined, &b.code)));
    report.closing.counts = all;
}
