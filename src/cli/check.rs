//! `plancheck check`: finds proposals, judges them, reports.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::Exit;
use super::destination::{Destination, STANDARD_OUTPUT, boxed, same_place};
use super::judging::{Judging, ProgressWord};
use super::progress::{Bar, BesideBar};
use super::recorded;
use super::reporting::Reporting;
use super::settings::{self, Settings};
use super::shared;
use super::steering::{Named, Steering, ToldAlready};
use super::terminal::Terminal;
use crate::checker::Checker;
use crate::checker::options::Options;
use crate::checker::output::{FileOutput, NoProgress, Output, PendingFile, Progress, StreamOutput, remove_unfinished};
use crate::checker::report::{Closing, Failure, Format, RunRecord};
use crate::report;
use crate::report::partial::PartialWriter;
use crate::rulebook::Rulebook;

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
  plancheck check --partials east.part east/  a part of a portfolio, for `plancheck merge`

Exit codes: 0 everything was judged and nothing at or above --fail-on was found, 1 something was found,
2 the run itself failed (what could be judged is still reported).")]
pub(super) struct Check {
    /// Files, folders, or `-`
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    reporting: Reporting,
    /// Check a part of a portfolio: write what `plancheck merge` needs of it to FILE (`-` is standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["max_findings", "write_baseline", "watch"])]
    partials: Option<PathBuf>,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

/// What a check needs before anything is judged: a rule pack and options that fit each other.
pub(super) struct Prepared {
    pub(super) book: Rulebook,
    pub(super) options: Options,
    /// How proposals are judged, for the record of a run over a part; `None` if the run is over a whole.
    pub(super) setup: Option<RunRecord>,
}

impl Check {
    pub(super) fn run(&self, settings: &Settings, terminal: &mut Terminal) -> Exit {
        let destinations = match self.destinations(terminal) {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let Ok(Prepared { book, options, setup }) = self.prepare(settings, terminal) else { return Exit::Failed };
        // To take a pack and what is made of it apart when the process ends anyway would take a twentieth of a small check.
        let book = ManuallyDrop::new(book);
        let shows_pack = |one: &Destination| self.format(one, terminal).is_some_and(|format| format.shows_pack());
        let shows_pack = self.partials.is_some() || destinations.iter().any(shows_pack);
        let checker = match Checker::new(&book, Options { shows_pack, ..options }) {
            Ok(checker) => ManuallyDrop::new(checker),
            Err(failures) => return failed(&failures, terminal),
        };
        mind_interrupts(terminal);
        let bar = self.shows_progress(terminal).then(|| Arc::new(Bar::new(terminal.language)));
        let to_terminal = terminal.environment.out_is_terminal;
        let standard = || -> Box<dyn Write + Send> {
            match &bar {
                Some(bar) if to_terminal => Box::new(BesideBar::new(Arc::clone(bar), std::io::stdout())),
                _ => Box::new(std::io::stdout()),
            }
        };
        let mut outputs = match self.open(&destinations, standard, terminal) {
            Ok(outputs) => outputs,
            Err(failure) => return failed(&[failure], terminal),
        };
        match setup.and_then(|setup| self.open_partials(setup, &checker)).transpose() {
            // Before all others, so that what goes wrong with a report is not taken for something about the part.
            Ok(partials) => outputs.splice(0..0, partials).for_each(drop),
            Err(failure) => return failed(&[failure], terminal),
        }
        let progress: &dyn Progress = match &bar {
            Some(bar) => bar.as_ref(),
            None => &NoProgress,
        };
        let new_baseline = match self.judging.new_baseline().map(|path| PendingFile::create(&path)).transpose() {
            Ok(file) => file,
            Err(failure) => return failed(&[failure], terminal),
        };
        let mut closing = ManuallyDrop::new(checker.run(&self.paths, &mut outputs, progress));
        if let Some(bar) = &bar {
            bar.clear();
        }
        if let Some(file) = new_baseline {
            let bytes = report::baseline::baseline(&book.plan.name, &closing.found);
            if let Err(failure) = file.finish(&bytes) {
                closing.failures.push(failure);
                closing.exit = 2;
            }
        }
        tell_unwritten(&closing, terminal);
        Exit::of(closing.exit)
    }

    /// Whether it is checked again and again.
    pub(super) fn is_watching(&self) -> bool {
        self.judging.watch
    }

    /// Reads the rule pack and the files that steer the run; what is wrong with them is told.
    pub(super) fn prepare(&self, settings: &Settings, terminal: &mut Terminal) -> Result<Prepared, ToldAlready> {
        let Some(as_of) = self.judging.as_of.or(terminal.environment.today) else {
            terminal.error("run/bad-arguments", "this machine does not tell what day it is; say it with --as-of");
            return Err(ToldAlready);
        };
        let book = self.shared.rulebook_to_judge(terminal).ok_or(ToldAlready)?;
        let waivers: Vec<Named> = self.judging.waivers.iter().map(|path| Named::of(path)).collect();
        let baseline = self.judging.baseline.as_deref().map(Named::of);
        let files = Steering::read(&waivers, baseline.as_ref(), settings, &book, terminal)?;
        let options = files.add_to(self.judging.options(as_of, terminal));
        if self.partials.is_none() {
            return Ok(Prepared { book, options, setup: None });
        }
        // What standard input is called is another thing in each part.
        let arguments =
            recorded::arguments(&Judging { stdin_filename: None, ..self.judging.clone() }, terminal.language);
        let record = RunRecord { options: arguments, files: options.files.clone(), ..RunRecord::default() };
        Ok(Prepared { book, options: Options { is_part: true, ..options }, setup: Some(record) })
    }

    fn open_partials(&self, setup: RunRecord, checker: &Checker<'_>) -> Option<Result<Box<dyn Output>, Failure>> {
        let path = self.partials.as_ref()?;
        let format = Arc::new(PartialWriter::new(setup, checker.idle_verdicts()));
        Some(match path.as_os_str() == "-" {
            true => Ok(boxed(StreamOutput::new(STANDARD_OUTPUT, format, std::io::stdout()))),
            false => FileOutput::create(path, format).map(boxed),
        })
    }

    fn shows_progress(&self, terminal: &Terminal) -> bool {
        self.judging.progress == ProgressWord::Auto
            && terminal.environment.error_is_terminal
            && !terminal.environment.dumb
            && !self.shared.quiet
    }

    /// What goes where.
    pub(super) fn destinations(&self, terminal: &Terminal) -> Result<Vec<Destination>, String> {
        let partials = self.partials.as_deref().map(|path| Some(path).filter(|path| path.as_os_str() != "-"));
        if partials == Some(None) && self.reporting.format.is_empty() {
            return Ok(Vec::new());
        }
        let destinations = self.reporting.destinations(terminal)?;
        let is_taken = |one: &Destination| partials.is_some_and(|partials| same_place(one.file.as_deref(), partials));
        match destinations.iter().any(is_taken) {
            true => {
                Err("a format and --partials cannot both go to one place; give one of them a file of its own"
                    .to_owned())
            },
            false => Ok(destinations),
        }
    }

    /// The format of a destination.
    pub(super) fn format(&self, destination: &Destination, terminal: &Terminal) -> Option<Arc<dyn Format>> {
        let settings = if destination.file.is_some() { terminal.file_settings() } else { terminal.settings() };
        report::format(&destination.format, self.reporting.settings(self.judging.statistics, settings))
    }

    /// Opens what is written to; `standard` is the way to standard output.
    pub(super) fn open(
        &self,
        destinations: &[Destination],
        standard: impl Fn() -> Box<dyn Write + Send>,
        terminal: &Terminal,
    ) -> Result<Vec<Box<dyn Output>>, Failure> {
        let outputs = destinations.iter().filter_map(|destination| {
            let format = self.format(destination, terminal)?;
            Some(match &destination.file {
                Some(file) => FileOutput::create(file, format).map(boxed),
                None => Ok(boxed(StreamOutput::new(STANDARD_OUTPUT, format, standard()))),
            })
        });
        outputs.collect()
    }

    /// The files and folders that steer the run.
    pub(super) fn steering_paths(&self, settings: &Settings) -> Vec<PathBuf> {
        let shared::Shared { rules, no_config, config, .. } = &self.shared;
        let found = settings.file().map(PathBuf::from).or_else(|| config.clone());
        let file = found.or_else(|| (!no_config).then(|| PathBuf::from(settings::NAME)));
        rules.iter().chain(&self.judging.waivers).chain(&self.judging.baseline).chain(&file).cloned().collect()
    }
}

/// Tells what could not be written; the report itself may not say it.
pub(super) fn tell_unwritten(closing: &Closing, terminal: &mut Terminal) {
    for failure in closing.failures.iter().filter(|failure| failure.code == "io/unwritable") {
        terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
    }
}

/// Sees to it that an interrupt leaves nothing half-written.
pub(super) fn mind_interrupts(terminal: &mut Terminal) {
    if ctrlc::set_handler(interrupted).is_err() {
        terminal.complain("warning: an interrupted run may leave temporary files behind\n");
    }
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
pub(super) fn interrupted() {
    remove_unfinished();
    std::process::exit(INTERRUPTED);
}
