//! `plancheck recheck`: runs the check of a saved report again and holds the report against what comes out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::{Args, ValueHint};

use super::Exit;
use super::check::failed;
use super::recorded::Recorded;
use super::render::read_report;
use super::settings::Settings;
use super::shared::{self, ListFormat};
use super::steering::{Named, Steering};
use super::terminal::Terminal;
use crate::checker::Checker;
use crate::checker::again::Places;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::output::{NoProgress, Output, StreamOutput};
use crate::checker::report::{Closing, Digest, RunRecord, SteeringRole};
use crate::report;
use crate::report::recheck::{Cause, Outcome, Recheck as Rechecked, compare, human, json};
use crate::report::saved::{Saved, read_as_it_is};
use crate::rulebook::Rulebook;
use crate::text::display::shown;
use crate::value::Days;

/// Run the check of a saved JSON report again and confirm that it comes out the same
///
/// REPORT is what `plancheck check --format json` wrote, or `-` for standard input. The check is run as the report's own
/// record says: options, as-of date, waivers, baseline, and the inputs that it lists. They are looked for where the report
/// was made from: in the current folder, or in the folders and among the files that are named by PATH. What came from
/// standard input is given again with `-`, or as a file.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck recheck report.json
  plancheck recheck report.json archive/2026-11/ --rules rules-2025/
  plancheck recheck report.json - < proposal.json

Exit codes: 0 the report stands, byte for byte, 1 something else comes out,
2 the report was edited, or it could not be run again.")]
pub(super) struct Recheck {
    /// A saved report, or `-`
    #[arg(value_name = "REPORT", value_hint = ValueHint::FilePath)]
    report: PathBuf,
    /// Folders in which the inputs lie, the inputs themselves, or `-`; without it, the current folder
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

/// It could not be run again, and the user was told.
struct Told(Exit);

impl Recheck {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        match self.rechecked(terminal) {
            Err(Told(exit)) => exit,
            Ok(rechecked) => {
                let printed = match self.format {
                    ListFormat::Human => terminal.print_or_fail(human(&rechecked, terminal.settings()).as_bytes()),
                    ListFormat::Json => terminal.print_or_fail(&json(&rechecked)),
                };
                match (printed, rechecked.outcome) {
                    (Exit::Failed, _) => Exit::Failed,
                    (_, Outcome::Stands) => Exit::Good,
                    // What was edited is no report of a run.
                    _ if rechecked.is_edited() => Exit::Failed,
                    _ => Exit::Found,
                }
            },
        }
    }

    fn rechecked(&self, terminal: &mut Terminal) -> Result<Rechecked, Told> {
        if self.report == Path::new("-") && self.paths.iter().any(|path| path == Path::new("-")) {
            return Err(told("the report and an input cannot both come from standard input", terminal));
        }
        let (name, before) = read_report(&self.report, terminal).ok_or(Told(Exit::Failed))?;
        let bad_report = |message: String, terminal: &mut Terminal| {
            terminal.error("run/bad-report", &format!("{name}:{message}"));
            Told(Exit::Failed)
        };
        let saved = read_as_it_is(&before).map_err(|error| bad_report(error.to_string(), terminal))?;
        let Some(record) = &saved.report.closing.record else {
            let message = "/record: it holds no record of its run and cannot be checked again: make it anew";
            return Err(bad_report(message.to_owned(), terminal));
        };
        let recorded = Recorded::read(&record.options).map_err(|number| {
            let message = match record.options.get(number) {
                Some(option) => format!("`{}` is no option that a record holds", shown(option)),
                None => "an option is lacking".to_owned(),
            };
            bad_report(format!("/record/options/{number}: {message}"), terminal)
        })?;
        let places = Places::new(&self.paths).map_err(|failure| Told(failed(&[failure], terminal)))?;
        let book = self.shared.rulebook_to_judge(terminal).ok_or(Told(Exit::Failed))?;
        let inputs = places.inputs(record, &saved.report.closing.failures);
        let inputs = inputs.map_err(|failures| Told(failed(&failures, terminal)))?;
        let options = options(&saved, record, &recorded, &places, &book, terminal)?;
        let causes = causes(&saved, record, &options, &book);
        let as_of = options.as_of.to_string();
        let checker = Checker::new(&book, options).map_err(|failures| Told(failed(&failures, terminal)))?;
        let kept = Kept::default();
        let settings = report::Settings { statistics: recorded.judging.statistics, ..terminal.file_settings() };
        let settings = report::Settings { language: recorded.language(), ..settings };
        let format = report::format("json", settings).ok_or(Told(Exit::Failed))?;
        let output: Box<dyn Output> = Box::new(StreamOutput::new("memory", format, kept.clone()));
        let closing = checker.run_over(inputs.into_iter(), false, &mut [output], &NoProgress);
        let after = kept.take();
        let causes: Vec<Cause> = causes.into_iter().chain(changed_inputs(record, &closing)).collect();
        let (outcome, differences, turns) = compare(&before, &after, &causes);
        Ok(Rechecked { report: name, inputs: record.inputs.len() as u64, as_of, outcome, causes, turns, differences })
    }
}

fn told(message: &str, terminal: &mut Terminal) -> Told {
    terminal.error("run/bad-arguments", message);
    Told(Exit::Failed)
}

/// The options of the run, as its record has them.
fn options(
    saved: &Saved,
    record: &RunRecord,
    recorded: &Recorded,
    places: &Places,
    book: &Rulebook,
    terminal: &mut Terminal,
) -> Result<Options, Told> {
    let mut judging = recorded.judging.clone();
    let of = |role: SteeringRole| record.files.iter().filter(move |file| file.role == role);
    let named = |path: &String| Named { name: path.clone(), path: places.path(path) };
    let waivers: Vec<Named> = of(SteeringRole::Waivers).map(|file| named(&file.path)).collect();
    let baseline = of(SteeringRole::Baseline).next().map(|file| named(&file.path));
    judging.waivers = waivers.iter().map(|named| PathBuf::from(&named.name)).collect();
    judging.baseline = baseline.as_ref().map(|named| PathBuf::from(&named.name));
    let settings = match of(SteeringRole::Settings).next() {
        Some(file) => Settings::read_file(&named(&file.path), terminal).map_err(|_| Told(Exit::Failed))?,
        None => Settings::default(),
    };
    // Messages in the report are in its own language, whatever that of its reader is.
    let own_language = std::mem::replace(&mut terminal.language, recorded.language());
    let steering = Steering::read(&waivers, baseline.as_ref(), &settings, book, terminal);
    let as_of = judging.as_of.or_else(|| Days::parse(&saved.report.header.as_of).map(|days| days.first));
    let options = as_of.map(|as_of| judging.options(as_of, terminal));
    terminal.language = own_language;
    let (Ok(steering), Some(options)) = (steering, options) else { return Err(Told(Exit::Failed)) };
    // Which inputs there are, and whether they were a portfolio, was settled when the report was made.
    let portfolio = if record.portfolio { PortfolioMode::On } else { PortfolioMode::Off };
    Ok(Options { portfolio, arguments: record.options.clone(), ..steering.add_to(options) })
}

/// What of all that the report was made from is another now, but for its inputs.
fn causes(saved: &Saved, record: &RunRecord, options: &Options, book: &Rulebook) -> Vec<Cause> {
    let mut causes = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    if saved.tool != version {
        causes.push(Cause::Version(saved.tool.clone(), version.to_owned()));
    }
    let digest = format!("sha256:{}", book.plan.digest);
    if saved.report.header.digest != digest {
        causes.push(Cause::Rules(saved.report.header.digest.clone(), digest));
    }
    for before in &record.files {
        let after = options.files.iter().find(|after| (after.role, &after.path) == (before.role, &before.path));
        if let Some(after) = after.filter(|after| after.digest != before.digest) {
            causes.push(Cause::File(before.role, before.path.clone(), before.digest, after.digest));
        }
    }
    causes
}

/// Inputs that hold something else now, or cannot be read.
fn changed_inputs(record: &RunRecord, closing: &Closing) -> Vec<Cause> {
    let now = closing.record.iter().flat_map(|record| &record.inputs);
    let now: BTreeMap<&str, Digest> = now.map(|input| (input.path.as_ref(), input.digest)).collect();
    let changed = record.inputs.iter().filter_map(|before| {
        let after = now.get(before.path.as_ref()).copied();
        (after != Some(before.digest)).then(|| Cause::Input(before.path.to_string(), before.digest, after))
    });
    changed.collect()
}

/// Keeps what is written.
#[derive(Debug, Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
