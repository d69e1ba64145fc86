//! What a run says, as data. Every output format is written from these values and nothing else.

use std::io::{self, BufRead, Seek, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::atlas::{Atlas, Facets};
use super::baseline::KnownFinding;
use super::explain::{Explanation, PortfolioExplanation};
pub use super::pack::{Pack, PackCite, PackDirective, PackPassage};
pub use super::run_record::{Digest, InputDigest, RunRecord, SteeringFile, SteeringRole};
pub use super::waivers::{Waiver, WaiverScope};
use crate::diagnostic::Severity;
use crate::engine::portfolio::Tally;
use crate::rulebook::Basis;
pub use crate::rulebook::Verdict;
use crate::text::{Position, Span};

/// What is known before the first proposal is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The plan's name.
    pub plan: String,
    /// The plan's version.
    pub version: String,
    /// `sha256:…` of the rule pack.
    pub digest: String,
    /// The day that proposals are judged as of, `2026-11-23`.
    pub as_of: String,
    /// Every option that relaxes the check, as given: `--ignore code-*`.
    pub relaxations: Vec<String>,
    /// The folder that relative paths start from, with `/`, for formats that say where a file is to others; `None`
    /// where that is not known.
    pub root: Option<Arc<str>>,
    /// What there is to say of the rule pack; empty if no report shows it.
    pub pack: Arc<Pack>,
    /// The pack's map, places and clauses; empty if no report shows them.
    pub atlas: Arc<Atlas>,
}

/// What one proposal got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalReport {
    /// The file, with `/`, as found from the path given.
    pub path: Arc<str>,
    /// Its number in the file, from 0.
    pub index: u64,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// Its identifier: the text of the field `id`, if it has one.
    pub id: Option<String>,
    /// The text of the field `title`, if it has one; for people.
    pub title: Option<String>,
    /// The sum of its findings.
    pub status: Status,
    /// In order of place, then code.
    pub findings: Vec<Finding>,
    /// With `--verdicts`: the verdict of every directive, sorted by name.
    pub verdicts: Option<Vec<(Arc<str>, Verdict)>>,
    /// Where it belongs and what it claims, for formats that are browsed.
    pub facets: Option<Facets>,
}

/// The sum of a proposal's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// No JSON, or breaks the declared shape with an error.
    Invalid,
    /// Has an error.
    Violating,
    /// Has an undetermined `must` that counts as an error.
    Undetermined,
    /// None of these.
    Compliant,
}

impl Status {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Violating => "violating",
            Self::Undetermined => "undetermined",
            Self::Compliant => "compliant",
        }
    }
}

/// Verdict of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingVerdict {
    /// Of a directive.
    Of(Verdict),
    /// Of the declared shape.
    Invalid,
    /// Whatever it was, it does not count: see [`Judgement::waived`].
    Waived,
}

impl FindingVerdict {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Of(verdict) => verdict_word(verdict),
            Self::Invalid => "invalid",
            Self::Waived => "waived",
        }
    }

    /// Whether it is something to act on: reports with every verdict also list what is satisfied or idle.
    pub fn is_finding(self) -> bool {
        matches!(self, Self::Invalid | Self::Waived | Self::Of(Verdict::Violated | Verdict::Undetermined))
    }
}

/// The word that reports use for a directive's verdict.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotInForce => "not-in-force",
        Verdict::NotApplicable => "not-applicable",
        Verdict::SetAside => "set-aside",
        Verdict::Satisfied => "satisfied",
        Verdict::Violated => "violated",
        Verdict::Undetermined => "undetermined",
    }
}

/// The word that reports use for what a directive rests on.
pub fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Practice => "practice",
    }
}

/// What findings on one proposal and on a portfolio share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Name of the directive, or `proposal/…`, `rules/…`.
    pub code: Arc<str>,
    /// What was found.
    pub verdict: FindingVerdict,
    /// How grave it is, or would be if it were not waived.
    pub severity: Severity,
    /// By what it is waived, and what was found; `None` if it counts.
    pub waived: Option<Box<Waived>>,
    /// What the directive rests on; `None` for findings on the shape.
    pub basis: Option<Basis>,
    /// What the matter is.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Message and help in the other of the tool's two languages, for formats that are browsed.
    pub translation: Option<Translation>,
    /// The passages of the plan.
    pub cites: Vec<Cite>,
    /// Where the rule stands.
    pub rule: Option<RulePlace>,
    /// JSON pointers of the fields whose absence left it open.
    pub missing: Vec<String>,
    /// Stays the same when lines move, keys are reordered or files are renamed.
    pub fingerprint: String,
}

/// A finding's words in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// What the matter is.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Judgement {
    /// Marks it as one that does not count.
    pub fn waive(&mut self, by: WaivedBy) {
        let verdict = std::mem::replace(&mut self.verdict, FindingVerdict::Waived);
        self.waived = Some(Box::new(Waived { verdict, by }));
    }

    /// Marks it as one that counts, whatever waived it.
    pub fn reinstate(&mut self) {
        if let Some(waived) = self.waived.take() {
            self.verdict = waived.verdict;
        }
    }
}

/// What was found before it was waived, and by what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// What was found.
    pub verdict: FindingVerdict,
    /// Why it does not count.
    pub by: WaivedBy,
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaivedBy {
    /// An official act.
    Waiver(Arc<Waiver>),
    /// It was known before: the baseline of this name lists it.
    Baseline(Arc<str>),
}

/// A finding on one proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code, message and so on.
    pub judgement: Judgement,
    /// JSON pointer within the proposal.
    pub pointer: String,
    /// First character of the place in the file.
    pub start: Position,
    /// After the last character of the place.
    pub end: Position,
}

/// A passage of the plan that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// `3.9`
    pub clause: Option<String>,
    /// Its words in the reader's language.
    pub text: Arc<str>,
    /// The source's name within the pack.
    pub source: Arc<str>,
    /// The line in the source, from 1.
    pub line: u32,
}

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePlace {
    /// The file's name within the pack.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

/// What a portfolio directive says of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioFinding {
    /// Code, message and so on.
    pub judgement: Judgement,
    /// The value of `for each`: a term's name or a group's key; `None` without `for each`.
    pub value: Option<String>,
    /// The first ten members of the group.
    pub members: Vec<Member>,
    /// How many more members there are.
    pub more: u64,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Member {
    /// Its file.
    pub path: Arc<str>,
    /// Its number in the file.
    pub index: u64,
    /// Its identifier.
    pub id: Option<String>,
    /// JSON pointer of the place that the directive points to.
    pub pointer: String,
    /// That place.
    pub start: Position,
    /// See `start`.
    pub end: Position,
}

/// Something that kept the run from judging what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path, or the option.
    pub path: String,
    /// `io/…` or `run/…`
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
    /// Whether it makes the run fail (exit code 2); a warning does not.
    pub severity: Severity,
}

impl From<Failure> for Vec<Failure> {
    fn from(failure: Failure) -> Self {
        vec![failure]
    }
}

/// Counts over the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each field counts what it is called")]
pub struct Summary {
    pub files: u64,
    pub proposals: u64,
    pub compliant: u64,
    pub violating: u64,
    pub undetermined: u64,
    pub invalid: u64,
    pub unreadable: u64,
    pub errors: u64,
    pub warnings: u64,
    pub notes: u64,
    pub waived: u64,
    /// Of those waived, by a baseline.
    pub known: u64,
}

/// How often a directive was broken or left open, for the human summary and `--statistics`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// The finding's code.
    pub code: Arc<str>,
    /// The directive's title in the reader's language; of a shape code its meaning.
    pub title: String,
    /// Findings with verdict violated or invalid.
    pub broken: u64,
    /// Findings with verdict undetermined.
    pub undetermined: u64,
}

/// What is known after the last proposal was judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closing {
    /// Findings of portfolio directives (with `--verdicts`, of every value).
    pub portfolio: Vec<PortfolioFinding>,
    /// For each portfolio directive with groups: how many proposals were in no group.
    pub ungrouped: Vec<(Arc<str>, u64)>,
    /// Names of the directives that applied to no proposal.
    pub unapplied_directives: Vec<Arc<str>>,
    /// How many proposals no directive applied to.
    pub unapplied_proposals: u64,
    /// What could not be read or done.
    pub failures: Vec<Failure>,
    /// Counts.
    pub summary: Summary,
    /// Most broken first.
    pub counts: Vec<CodeCount>,
    /// Findings that `--max-findings` left out of the report (they are counted).
    pub omitted: u64,
    /// What was found, for a new baseline; empty unless that was asked for.
    pub found: Vec<KnownFinding>,
    /// What the whole needs of a run over a part of it; `None` unless that was asked for.
    pub part: Option<Part>,
    /// What it takes to repeat the run; `None` if no format keeps it.
    pub record: Option<RunRecord>,
    /// The exit code that the run comes to: 0, 1 or 2.
    pub exit: u8,
}

/// What a run over a part of the portfolio leaves to be said of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What was gathered for each portfolio directive.
    pub tallies: Vec<Tally<Member>>,
    /// Whether a folder was checked, and not files alone.
    pub saw_folder: bool,
}

/// A whole run in memory, for callers of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Before.
    pub header: Header,
    /// Each proposal in order.
    pub proposals: Vec<ProposalReport>,
    /// After.
    pub closing: Closing,
}

/// How a `test` item of a rule pack came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// What the test shows.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The expectations that were not met; none if the test passed.
    pub failures: Vec<TestFailure>,
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFailure {
    /// Name of the directive.
    pub directive: Arc<str>,
    /// What the test expects.
    pub expected: Verdict,
    /// What came instead, for each proposal or value that came out otherwise; empty if there was none to judge.
    pub actual: Vec<ActualVerdict>,
    /// Where the expectation stands.
    pub span: Span,
    /// How the first verdict that was not expected came about.
    pub explanation: Option<Explained>,
}

/// How a verdict came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explained {
    /// Of a directive on one proposal.
    Proposal(Box<Explanation>),
    /// Of a portfolio directive, for the values that were not expected.
    Portfolio(Box<PortfolioExplanation>),
}

/// A verdict that a test did not expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActualVerdict {
    /// The number of the proposal given, from 1, or the value of `for each`; `None` where there is only one.
    pub of: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// JSON pointers of the fields whose absence left it open.
    pub missing: Vec<String>,
}

/// The text around a proposal, for excerpts.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'a> {
    /// Text that holds the whole proposal: the file, or its line. Positions of findings are of the file.
    pub text: &'a str,
    /// The offset of `text` in the file.
    pub offset: u64,
    /// The line of `text`'s first character in the file, from 1.
    pub line: u32,
}

/// An output format. Proposals are written by the thread that judged them, and put together in order.
pub trait Format: Send + Sync {
    /// Writes what stands before the first proposal.
    fn begin(&self, _header: &Header, _out: &mut Vec<u8>) {}
    /// Writes one proposal; must not hang on what was written before it. Without `excerpt` its text is not at hand.
    fn proposal(&self, header: &Header, report: &ProposalReport, excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>);
    /// What stands between two proposals that both wrote something.
    fn separator(&self) -> &'static str {
        ""
    }
    /// Writes what is said of the portfolio where that is a piece like those of proposals: it follows the last of them.
    fn portfolio(&self, _header: &Header, _closing: &Closing, _out: &mut Vec<u8>) {}
    /// Writes what stands after the last piece.
    fn end(&self, _header: &Header, _closing: &Closing, _out: &mut Vec<u8>) {}
    /// Whether it shows the verdict of every directive even where nobody asked for verdicts.
    fn needs_verdicts(&self) -> bool {
        false
    }
    /// Whether readers browse it: then proposals come with their facets, and findings in both of the tool's languages.
    fn is_browsed(&self) -> bool {
        false
    }
    /// Whether it shows the rule pack itself, from [`Header::pack`] and [`Header::atlas`]: to make them takes time.
    fn shows_pack(&self) -> bool {
        true
    }
    /// Whether it tells what it takes to repeat the run: then inputs are digested.
    fn keeps_record(&self) -> bool {
        false
    }
    /// Of a format that cannot be written before the run is over: what puts it together. Neither `begin` nor `end` is
    /// called then; what `proposal` and `portfolio` wrote is kept, on disk if it is much.
    fn assembly(&self) -> Option<&dyn Assembly> {
        None
    }
}

/// Puts a report together when the run is over.
pub trait Assembly {
    /// Writes the report from the pieces that [`Format::proposal`] wrote, one after the other in order.
    ///
    /// # Errors
    /// Only what `pieces` and `out` give.
    fn assemble(
        &self,
        header: &Header,
        closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()>;
}

/// What was kept of a run. It can be read several times.
pub trait Pieces: BufRead + Seek {}

impl<R: BufRead + Seek> Pieces for R {}
