//! The options of `check` that say what is judged, and how: every one of them may also stand in `plancheck.toml`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::recorded::arguments;
use super::terminal::Terminal;
use crate::checker::options::{FailOn, Options, PortfolioMode, Undetermined};
use crate::checker::run_record::DigestKind;
use crate::value::{Day, Days};

/// Where a baseline is written if nothing else is said.
const BASELINE: &str = "plancheck-baseline.json";

/// What is judged, and how.
#[derive(Debug, Clone, Args)]
pub(super) struct Judging {
    /// Judge as of this day, `2026-03-01`; without it, today (in UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Day>,
    /// Judge only directives whose name or tag matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) select: Vec<String>,
    /// Do not judge directives whose name or tag matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) ignore: Vec<String>,
    /// The weakest kind of directive that makes the run fail if it is broken
    #[arg(long, value_name = "WHAT", default_value = "must")]
    pub(super) fail_on: FailOnWord,
    /// What a `must` counts as that cannot be decided
    #[arg(long, value_name = "AS", default_value = "error")]
    pub(super) undetermined: UndeterminedWord,
    /// Judge the portfolio; `auto`: if a folder or more than one proposal is checked
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) portfolio: PortfolioWord,
    /// A file of waivers: official acts by which findings do not count. May be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) waivers: Vec<PathBuf>,
    /// A file of findings that were known before: they stay in the report and do not count
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found as a baseline; without FILE to that of --baseline, else to plancheck-baseline.json
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 0..=1, require_equals = true)]
    pub(super) write_baseline: Option<Option<PathBuf>>,
    /// Also list what is satisfied, set aside, not applicable or not in force
    #[arg(long)]
    pub(super) verdicts: bool,
    /// Show no more findings than this; the others are counted
    #[arg(long, value_name = "N")]
    pub(super) max_findings: Option<u64>,
    /// Count a directive that applies to nothing, and a proposal that none applies to, as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Take it as good if there is no proposal
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// Count how often each directive was broken or left open
    #[arg(long)]
    pub(super) statistics: bool,
    /// Threads; without it, as many as the machine has
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Pass over paths that match; a glob without `/` matches at any depth. May be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// What standard input is called in reports; its ending says how proposals stand in it
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
    /// The encoding of all files, such as gb18030; without it, UTF-8
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// How a `json` report tells which inputs it was made from: `fast`, which costs next to nothing, or `sha256` for evidence
    #[arg(long, value_name = "HOW", default_value = "fast")]
    pub(super) digests: DigestsWord,
    /// When to show how far a long run is; `auto`: on a terminal
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) progress: ProgressWord,
    /// Check again whenever a proposal, a rule or a file of settings changes, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOnWord {
    Must,
    Should,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UndeterminedWord {
    Error,
    Warning,
    Note,
    Ignore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PortfolioWord {
    Auto,
    On,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressWord {
    Auto,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DigestsWord {
    Fast,
    Sha256,
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    let days = Days::parse(text).filter(|days| days.is_day());
    days.map(|days| days.first).ok_or_else(|| "not a day of the calendar; write it as 2026-03-01".to_owned())
}

impl Judging {
    /// The options of a run; what is read from files is not among them yet.
    pub(super) fn options(&self, as_of: Day, terminal: &Terminal) -> Options {
        Options {
            as_of,
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            fail_on: match self.fail_on {
                FailOnWord::Must => FailOn::Must,
                FailOnWord::Should => FailOn::Should,
                FailOnWord::Never => FailOn::Never,
            },
            undetermined: match self.undetermined {
                UndeterminedWord::Error => Undetermined::Error,
                UndeterminedWord::Warning => Undetermined::Warning,
                UndeterminedWord::Note => Undetermined::Note,
                UndeterminedWord::Ignore => Undetermined::Ignore,
            },
            portfolio: match self.portfolio {
                PortfolioWord::Auto => PortfolioMode::Auto,
                PortfolioWord::On => PortfolioMode::On,
                PortfolioWord::Off => PortfolioMode::Off,
            },
            verdicts: self.verdicts,
            max_findings: self.max_findings,
            strict: self.strict,
            allow_empty: self.allow_empty,
            jobs: self.jobs,
            exclude: self.exclude.clone(),
            stdin_filename: self.stdin_filename.clone(),
            encoding: self.encoding.clone(),
            waivers: None,
            baseline: None,
            records_findings: self.write_baseline.is_some(),
            shows_pack: true,
            is_part: false,
            language: terminal.language.tag().to_owned(),
            root: terminal.environment.folder.clone(),
            relaxations: self.relaxations(),
            digests: match self.digests {
                DigestsWord::Fast => DigestKind::Fast,
                DigestsWord::Sha256 => DigestKind::Sha256,
            },
            arguments: arguments(self, terminal.language),
            files: Vec::new(),
        }
    }

    /// Where a new baseline is written, if one is.
    pub(super) fn new_baseline(&self) -> Option<PathBuf> {
        let named = self.write_baseline.as_ref()?;
        Some(named.clone().or_else(|| self.baseline.clone()).unwrap_or_else(|| PathBuf::from(BASELINE)))
    }

    /// Every option by which less is checked, or less of it counts.
    fn relaxations(&self) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(day) = self.as_of {
            out.push(format!("--as-of {day}"));
        }
        out.extend(self.select.iter().map(|glob| format!("--select {glob}")));
        out.extend(self.ignore.iter().map(|glob| format!("--ignore {glob}")));
        if self.fail_on == FailOnWord::Never {
            out.push("--fail-on never".to_owned());
        }
        match self.undetermined {
            UndeterminedWord::Error => {},
            UndeterminedWord::Warning => out.push("--undetermined warning".to_owned()),
            UndeterminedWord::Note => out.push("--undetermined note".to_owned()),
            UndeterminedWord::Ignore => out.push("--undetermined ignore".to_owned()),
        }
        if self.portfolio == PortfolioWord::Off {
            out.push("--portfolio off".to_owned());
        }
        if self.allow_empty {
            out.push("--allow-empty".to_owned());
        }
        out.extend(self.waivers.iter().map(|file| format!("--waivers {}", file.display())));
        out.extend(self.baseline.iter().map(|file| format!("--baseline {}", file.display())));
        out.extend(self.exclude.iter().map(|glob| format!("--exclude {glob}")));
        out
    }
}
