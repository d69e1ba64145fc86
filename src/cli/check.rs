//! `plancheck check`: finds proposals, judges them, reports.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::Exit;
use super::destination::{self, Destination, STANDARD_OUTPUT};
use super::progress::{Bar, BesideBar};
use super::shared;
use super::steering;
use super::terminal::Terminal;
use crate::checker::Checker;
use crate::checker::options::{FailOn, Options, PortfolioMode, Undetermined};
use crate::checker::output::{FileOutput, NoProgress, Output, Progress, StreamOutput, remove_unfinished};
use crate::checker::report::Failure;
use crate::report;
use crate::value::{Day, Days};

/// The exit code of a process that was interrupted.
const INTERRUPTED: i32 = 130;

/// Judge proposals and report what is found
///
/// PATH is a file, a folder (`*.json`, `*.jsonl` and `*.ndjson` below it) or `-` for standard input; without one, the
/// current folder. A `.json` file holds one proposal or an array of them, the other two hold one a line.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck check proposals/
  plancheck check --format human --format json=report.json proposals/
  plancheck check --ignore 'portfolio-*' --fail-on should a.json b.json
  cat a.json | plancheck check --stdin-filename a.json -

Exit codes: 0 everything was judged and nothing at or above --fail-on was found, 1 something was found,
2 the run itself failed (what could be judged is still reported).")]
pub(super) struct Check {
    /// Files, folders, or `-`
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// human, concise, json, jsonl, sarif, junit, github, gitlab, markdown, csv or xlsx; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    /// Judge as of this day, `2026-03-01`; without it, today (in UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// Judge only directives whose name or tag matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    select: Vec<String>,
    /// Do not judge directives whose name or tag matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    ignore: Vec<String>,
    /// The weakest kind of directive that makes the run fail if it is broken
    #[arg(long, value_name = "WHAT", default_value = "must")]
    fail_on: FailOnWord,
    /// What a `must` counts as that cannot be decided
    #[arg(long, value_name = "AS", default_value = "error")]
    undetermined: UndeterminedWord,
    /// Judge the portfolio; `auto`: if a folder or more than one proposal is checked
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    portfolio: PortfolioWord,
    /// A file of waivers: official acts by which findings do not count. May be given several times
    #[arg(long, value_name = "FILE")]
    waivers: Vec<PathBuf>,
    /// Also list what is satisfied, set aside, not applicable or not in force
    #[arg(long)]
    verdicts: bool,
    /// Show no more findings than this; the others are counted
    #[arg(long, value_name = "N")]
    max_findings: Option<u64>,
    /// Count a directive that applies to nothing, and a proposal that none applies to, as errors
    #[arg(long)]
    strict: bool,
    /// Take it as good if there is no proposal
    #[arg(long)]
    allow_empty: bool,
    /// Count how often each directive was broken or left open
    #[arg(long)]
    statistics: bool,
    /// Threads; without it, as many as the machine has
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Pass over paths that match; a glob without `/` matches at any depth. May be given several times
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// What standard input is called in reports; its ending says how proposals stand in it
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// The encoding of all files, such as gb18030; without it, UTF-8
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// When to show how far a long run is; `auto`: on a terminal
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    progress: ProgressWord,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOnWord {
    Must,
    Should,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UndeterminedWord {
    Error,
    Warning,
    Note,
    Ignore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PortfolioWord {
    Auto,
    On,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressWord {
    Auto,
    Never,
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    let days = Days::parse(text).filter(|days| days.is_day());
    days.map(|days| days.first).ok_or_else(|| "not a day of the calendar; write it as 2026-03-01".to_owned())
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(as_of) = self.as_of.or(terminal.environment.today) else {
            terminal.error("run/bad-arguments", "this machine does not tell what day it is; say it with --as-of");
            return Exit::Failed;
        };
        let destinations = match self.destinations(terminal) {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        let Ok(waivers) = steering::waivers(&self.waivers, &book, terminal) else { return Exit::Failed };
        let options = Options { waivers, ..self.options(as_of, terminal) };
        let checker = match Checker::new(&book, options) {
            Ok(checker) => checker,
            Err(failures) => return failed(&failures, terminal),
        };
        if ctrlc::set_handler(interrupted).is_err() {
            terminal.complain("warning: an interrupted run may leave temporary files behind\n");
        }
        let bar = self.shows_progress(terminal).then(|| Arc::new(Bar::new(terminal.language)));
        let mut outputs = match self.open(destinations, bar.as_ref(), terminal) {
            Ok(outputs) => outputs,
            Err(failure) => return failed(&[failure], terminal),
        };
        let progress: &dyn Progress = match &bar {
            Some(bar) => bar.as_ref(),
            None => &NoProgress,
        };
        let closing = checker.run(&self.paths, &mut outputs, progress);
        if let Some(bar) = &bar {
            bar.clear();
        }
        for failure in closing.failures.iter().filter(|failure| failure.code == "io/unwritable") {
            terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
        }
        Exit::of(closing.exit)
    }

    fn shows_progress(&self, terminal: &Terminal) -> bool {
        self.progress == ProgressWord::Auto
            && terminal.environment.error_is_terminal
            && !terminal.environment.dumb
            && !self.shared.quiet
    }

    fn options(&self, as_of: Day, terminal: &Terminal) -> Options {
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
            language: terminal.language.tag().to_owned(),
            root: terminal.environment.folder.clone(),
            relaxations: self.relaxations(),
        }
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
        out.extend(self.exclude.iter().map(|glob| format!("--exclude {glob}")));
        out
    }

    /// What goes where.
    fn destinations(&self, terminal: &Terminal) -> Result<Vec<Destination>, String> {
        let otherwise = if terminal.environment.out_is_terminal { "human" } else { "concise" };
        destination::read(&self.format, &report::names().collect::<Vec<_>>(), otherwise)
    }

    fn open(
        &self,
        destinations: Vec<Destination>,
        bar: Option<&Arc<Bar>>,
        terminal: &Terminal,
    ) -> Result<Vec<Box<dyn Output>>, Failure> {
        let outputs = destinations.into_iter().filter_map(|Destination { format, file }| {
            let settings = if file.is_some() { terminal.file_settings() } else { terminal.settings() };
            let settings = report::Settings { statistics: self.statistics, ..settings };
            let format = report::format(&format, settings)?;
            Some(match (file, bar) {
                (Some(file), _) => FileOutput::create(&file, format).map(boxed),
                (None, Some(bar)) if terminal.environment.out_is_terminal => Ok(boxed(StreamOutput::new(
                    STANDARD_OUTPUT,
                    format,
                    BesideBar::new(Arc::clone(bar), std::io::stdout()),
                ))),
                (None, _) => Ok(boxed(StreamOutput::new(STANDARD_OUTPUT, format, std::io::stdout()))),
            })
        });
        outputs.collect()
    }
}

fn boxed(output: impl Output + 'static) -> Box<dyn Output> {
    Box::new(output)
}

pub(super) fn failed(failures: &[Failure], terminal: &mut Terminal) -> Exit {
    for failure in failures {
        let place = if failure.path.is_empty() { String::new() } else { format!("{}: ", failure.path) };
        terminal.error(failure.code, &format!("{place}{}", failure.message));
    }
    Exit::Failed
}

/// Ends the process, leaving nothing half-written.
#[expect(clippy::exit, reason = "an interrupt ends the process from a thread of its own")]
fn interrupted() {
    remove_unfinished();
    std::process::exit(INTERRUPTED);
}
