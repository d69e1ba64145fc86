//! What a run is asked to do.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::baseline::Baseline;
use super::run_record::{DigestKind, SteeringFile};
use super::waivers::Waivers;
use crate::value::Day;

/// Options of a check; every field has the default of the command line but `as_of`, which has no default here:
/// the library never asks the clock.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day that proposals are judged as of.
    pub as_of: Day,
    /// Globs of directive names and tags; empty selects all.
    pub select: Vec<String>,
    /// Globs of directive names and tags that are not judged.
    pub ignore: Vec<String>,
    /// What makes the run fail.
    pub fail_on: FailOn,
    /// What an undetermined `must` counts as.
    pub undetermined: Undetermined,
    /// Whether portfolio directives are judged.
    pub portfolio: PortfolioMode,
    /// Whether every verdict is listed, not only findings.
    pub verdicts: bool,
    /// The most findings that the report shows.
    pub max_findings: Option<u64>,
    /// Whether a directive that applies to nothing, and a proposal that none applies to, are errors.
    pub strict: bool,
    /// Whether a run without any proposal is good.
    pub allow_empty: bool,
    /// Threads; left out: as many as the machine has.
    pub jobs: Option<NonZeroUsize>,
    /// Globs of paths that are passed over.
    pub exclude: Vec<String>,
    /// What standard input is called in reports.
    pub stdin_filename: Option<String>,
    /// The encoding of all files, if not UTF-8.
    pub encoding: Option<String>,
    /// Official acts by which findings do not count; costs nothing if there are none.
    pub waivers: Option<Arc<Waivers>>,
    /// Findings that were known before and do not count.
    pub baseline: Option<Arc<Baseline>>,
    /// Whether findings are gathered for a new baseline.
    pub records_findings: bool,
    /// Whether a report shows the rule pack itself, see [`Format::shows_pack`](super::report::Format::shows_pack).
    pub shows_pack: bool,
    /// Whether the run is over a part of the portfolio: what only the whole can tell is left to [`super::Merger`].
    pub is_part: bool,
    /// The reader's language, `en` or `zh`.
    pub language: String,
    /// The folder that relative paths start from, with `/`: the library never asks where it runs.
    pub root: Option<String>,
    /// Every option that relaxes the check, as given; for the record.
    pub relaxations: Vec<String>,
    /// How inputs are digested, for reports that keep a record of the run.
    pub digests: DigestKind,
    /// What the record says of these options, see [`super::run_record::RunRecord::options`].
    pub arguments: Vec<String>,
    /// What the record says of the files that waivers and the baseline were read from.
    pub files: Vec<SteeringFile>,
}

impl Options {
    /// The defaults, as of a day.
    pub fn new(as_of: Day) -> Self {
        Self {
            as_of,
            select: Vec::new(),
            ignore: Vec::new(),
            fail_on: FailOn::Must,
            undetermined: Undetermined::Error,
            portfolio: PortfolioMode::Auto,
            verdicts: false,
            max_findings: None,
            strict: false,
            allow_empty: false,
            jobs: None,
            exclude: Vec::new(),
            stdin_filename: None,
            encoding: None,
            waivers: None,
            baseline: None,
            records_findings: false,
            shows_pack: true,
            is_part: false,
            language: "en".to_owned(),
            root: None,
            relaxations: Vec::new(),
            digests: DigestKind::Fast,
            arguments: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// What makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// Errors.
    Must,
    /// Errors and warnings.
    Should,
    /// Nothing that was found.
    Never,
}

/// What an undetermined `must` counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the word of the option")]
pub enum Undetermined {
    Error,
    Warning,
    Note,
    Ignore,
}

/// Whether portfolio directives are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortfolioMode {
    /// If a folder or more than one proposal is checked.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}
