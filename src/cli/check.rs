//! `plancheck check`: finds proposals, judges them, reports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::Exit;
use super::judging::{Judging, ProgressWord};
use super::progress::{Bar, BesideBar};
use super::settings::Settings;
use super::shared;
use super::steering::Steering;
use super::terminal::Terminal;
use crate::checker::Checker;
use crate::checker::output::{FileOutput, NoProgress, Output, PendingFile, Progress, StreamOutput, remove_unfinished};
use crate::checker::report::Failure;
use crate::report;
use crate::text::nearest::nearest;

/// The exit code of a process that was interrupted.
const INTERRUPTED: i32 = 130;

/// What standard output is called in complaints.
const STANDARD_OUTPUT: &str = "standard output";

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
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// human, concise, json or jsonl; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Check {
    pub(super) fn run(&self, settings: &Settings, terminal: &mut Terminal) -> Exit {
        let Some(as_of) = self.judging.as_of.or(terminal.environment.today) else {
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
        let Ok(files) = Steering::read(&self.judging, settings, &book, terminal) else { return Exit::Failed };
        let options = files.add_to(self.judging.options(as_of, terminal));
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
        let new_baseline = match self.judging.new_baseline().map(|path| PendingFile::create(&path)).transpose() {
            Ok(file) => file,
            Err(failure) => return failed(&[failure], terminal),
        };
        let mut closing = checker.run(&self.paths, &mut outputs, progress);
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
        for failure in closing.failures.iter().filter(|failure| failure.code == "io/unwritable") {
            terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
        }
        Exit::of(closing.exit)
    }

    fn shows_progress(&self, terminal: &Terminal) -> bool {
        self.judging.progress == ProgressWord::Auto
            && terminal.environment.error_is_terminal
            && !terminal.environment.dumb
            && !self.shared.quiet
    }

    /// What goes where: the format's name, and the file, if it is one.
    fn destinations(&self, terminal: &Terminal) -> Result<Vec<(String, Option<PathBuf>)>, String> {
        if self.format.is_empty() {
            let name = if terminal.environment.out_is_terminal { "human" } else { "concise" };
            return Ok(vec![(name.to_owned(), None)]);
        }
        let mut out: Vec<(String, Option<PathBuf>)> = Vec::new();
        for written in &self.format {
            let (name, file) = destination(written)?;
            if out.iter().any(|(_, other)| same_place(other.as_deref(), file.as_deref())) {
                let place = file.map_or_else(|| STANDARD_OUTPUT.to_owned(), |file| format!("`{}`", file.display()));
                return Err(format!("two formats cannot both go to {place}; give one of them a file: --format F=FILE"));
            }
            out.push((name, file));
        }
        Ok(out)
    }

    fn open(
        &self,
        destinations: Vec<(String, Option<PathBuf>)>,
        bar: Option<&Arc<Bar>>,
        terminal: &Terminal,
    ) -> Result<Vec<Box<dyn Output>>, Failure> {
        let outputs = destinations.into_iter().filter_map(|(name, file)| {
            let settings = if file.is_some() { terminal.file_settings() } else { terminal.settings() };
            let settings = report::Settings { statistics: self.judging.statistics, ..settings };
            let format = report::format(&name, settings)?;
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

/// What a format goes to: its name, and the file, if it is one.
pub(super) fn destination(written: &str) -> Result<(String, Option<PathBuf>), String> {
    let (name, file) = match written.split_once('=') {
        Some((_, "")) => return Err(format!("`--format {written}` names no file after the `=`")),
        Some((name, "-")) => (name, None),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (written, None),
    };
    match report::names().any(|known| known == name) {
        true => Ok((name.to_owned(), file)),
        false => Err(unknown_format(name)),
    }
}

fn unknown_format(name: &str) -> String {
    let known: Vec<&str> = report::names().collect();
    match nearest(name, known.iter().map(|known| (*known, *known))) {
        Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
        None => format!("there is no format `{name}`; there are {}", known.join(", ")),
    }
}

/// Whether two outputs would end up in one place.
fn same_place(one: Option<&Path>, other: Option<&Path>) -> bool {
    let settled = |path: &Path| {
        let whole = std::fs::canonicalize(path).ok();
        whole.or_else(|| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(std::fs::canonicalize(parent).ok()?.join(path.file_name()?))
        })
    };
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one == other || settled(one).is_some_and(|one| Some(one) == settled(other)),
        _ => false,
    }
}

fn failed(failures: &[Failure], terminal: &mut Terminal) -> Exit {
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
