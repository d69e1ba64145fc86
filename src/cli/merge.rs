//! `plancheck merge`: the results of runs over parts of a portfolio, as the one report on the whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::Exit;
use super::check::{failed, mind_interrupts, tell_unwritten};
use super::destination::{self, Destination};
use super::judging::{Judging, day};
use super::recorded::Recorded;
use super::reopened::Reopened;
use super::reporting::Reporting;
use super::settings::Settings;
use super::shared::{self, Lang};
use super::steering::{Named, Steering};
use super::terminal::Terminal;
use crate::checker::report::{Closing, Failure, RunRecord, SteeringRole};
use crate::checker::{Checker, Merger};
use crate::diagnostic::Severity;
use crate::report::partial::{PartialReader, Setup};
use crate::report::words::Language;
use crate::rulebook::Rulebook;
use crate::text::display::shown;

/// Merge the results of runs over parts of a portfolio into the one report
///
/// PARTIAL is what `plancheck check --partials FILE` wrote of a part. All parts were checked with the same rule pack,
/// options and day; the report is the one that a single run over all of them would give, portfolio directives and exit
/// code included, whatever the order of the parts. Excerpts of proposals are left out.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck check --partials east.part east/
  plancheck check --partials west.part west/
  plancheck merge east.part west.part --format json=report.json --format html=report.html

Exit codes: those of `plancheck check` over the whole.")]
pub(super) struct Merge {
    /// Files that `plancheck check --partials` wrote
    #[arg(value_name = "PARTIAL", required = true, value_hint = ValueHint::FilePath)]
    partials: Vec<PathBuf>,
    #[command(flatten)]
    reporting: Reporting,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

type Part = PartialReader<Reopened>;

impl Merge {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let destinations = match self.reporting.destinations(terminal) {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        match self.merge(destinations, terminal) {
            Ok(closing) => {
                tell_unwritten(&closing, terminal);
                Exit::of(closing.exit)
            },
            Err(failures) => failed(&failures, terminal),
        }
    }

    /// Merges the parts. The list of failures is empty where they were told already.
    fn merge(&self, destinations: Vec<Destination>, terminal: &mut Terminal) -> Result<Closing, Vec<Failure>> {
        let mut parts = self.open()?;
        let Some(setup) = parts.first().map(|part| part.setup().clone()) else { return Err(Vec::new()) };
        let recorded = Recorded::read(&setup.record.options).map_err(|_| changed(&parts, "its options"))?;
        let as_of = day(&setup.as_of).map_err(|_| changed(&parts, "its day"))?;
        terminal.language = self.language(&recorded)?;
        let Some(book) = self.shared.rulebook_to_judge(terminal) else { return Err(Vec::new()) };
        is_of_pack(&setup, &book, &parts)?;
        let (judging, files) = steering(&setup.record, recorded.judging, &book, terminal)?;
        let checker = Checker::new(&book, files.add_to(judging.options(as_of, terminal)))?;
        let mut merger = Merger::new(&checker);
        for part in &mut parts {
            if !merger.add(part.closing()?) {
                return Err(bad(
                    part.name(),
                    "its tallies are not those of this rule pack: the file was changed since it was written; check this part again",
                ));
            }
        }
        let idle: Arc<[_]> = checker.idle_verdicts().into();
        let proposals = parts.into_iter().map(|part| {
            let name = part.name().to_owned();
            part.proposals(Arc::clone(&idle)).map(|proposals| (name, proposals))
        });
        let proposals = proposals.collect::<Result<Vec<_>, Failure>>()?;
        mind_interrupts(terminal);
        let settings = |settings| self.reporting.settings(judging.statistics, settings);
        let mut outputs = destination::open(destinations, settings, terminal)?;
        Ok(merger.finish(proposals, &mut outputs)?)
    }

    /// Opens the parts, each once, and sees to it that they were checked alike.
    fn open(&self) -> Result<Vec<Part>, Vec<Failure>> {
        let mut parts: Vec<Part> = Vec::new();
        let mut seen = BTreeSet::new();
        for path in &self.partials {
            let name = path.display().to_string();
            if name == "-" {
                return Err(bad(
                    &name,
                    "partial results are not read from standard input; write this one to a file first",
                ));
            }
            let part = PartialReader::open(&name, Reopened::new(path.clone()))?;
            if !seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())) {
                return Err(bad(&name, "it is named twice: each part of the portfolio can be merged once"));
            }
            if let Some(difference) =
                parts.first().and_then(|first| part.setup().difference(first.setup(), first.name()))
            {
                return Err(bad(&name, &difference));
            }
            parts.push(part);
        }
        Ok(parts)
    }

    /// The language of the findings, which are in words already.
    fn language(&self, recorded: &Recorded) -> Result<Language, Vec<Failure>> {
        let language = recorded.language();
        let asked = self.shared.lang.map(|lang| match lang {
            Lang::En => Language::English,
            Lang::Zh => Language::Chinese,
        });
        match asked.filter(|asked| *asked != language) {
            None => Ok(language),
            Some(asked) => {
                let (asked, own) = (asked.tag(), language.tag());
                let message = format!(
                    "the parts speak `{own}`, not `{asked}`: leave out --lang, or check each part with --lang {asked}"
                );
                Err(vec![Failure {
                    path: "--lang".to_owned(),
                    code: "run/bad-arguments",
                    message,
                    severity: Severity::Error,
                }])
            },
        }
    }
}

fn is_of_pack(setup: &Setup, book: &Rulebook, parts: &[Part]) -> Result<(), Vec<Failure>> {
    let digest = format!("sha256:{}", book.plan.digest);
    if setup.digest == digest {
        return Ok(());
    }
    let (plan, its, own) = (shown(&setup.plan), shown(&setup.digest), &book.plan.name);
    let message = format!(
        "it was checked with the rule pack `{plan}` ({its}), and this is `{own}` ({digest}): name the pack that the parts were checked with, as it was then: --rules DIR"
    );
    Err(bad(name_of_first(parts), &message))
}

/// The options with the waivers and the baseline that the parts were checked with.
fn steering(
    record: &RunRecord,
    mut judging: Judging,
    book: &Rulebook,
    terminal: &mut Terminal,
) -> Result<(Judging, Steering), Vec<Failure>> {
    let of = |role: SteeringRole| {
        let files = record.files.iter().filter(move |file| file.role == role);
        files.map(|file| Named::of(Path::new(&file.path)))
    };
    let (waivers, baseline): (Vec<Named>, _) = (of(SteeringRole::Waivers).collect(), of(SteeringRole::Baseline).next());
    judging.waivers = waivers.iter().map(|named| named.path.clone()).collect();
    judging.baseline = baseline.as_ref().map(|named| named.path.clone());
    let settings = match of(SteeringRole::Settings).next() {
        Some(named) => Settings::read_file(&named, terminal),
        None => Ok(Settings::default()),
    };
    let read = settings.and_then(|settings| Steering::read(&waivers, baseline.as_ref(), &settings, book, terminal));
    let Ok(steering) = read else { return Err(Vec::new()) };
    match record.files.iter().find(|file| !steering.files.contains(file)) {
        None => Ok((judging, steering)),
        Some(file) => {
            let message = "it is not as it was when the parts were checked: check them again, or bring it back";
            Err(bad(&file.path, message))
        },
    }
}

fn changed(parts: &[Part], what: &str) -> Vec<Failure> {
    let message = format!("{what} cannot be read: the file was changed since it was written; check this part again");
    bad(name_of_first(parts), &message)
}

fn name_of_first(parts: &[Part]) -> &str {
    parts.first().map(Part::name).unwrap_or_default()
}

fn bad(name: &str, message: &str) -> Vec<Failure> {
    let (path, message) = (name.to_owned(), message.to_owned());
    vec![Failure { path, code: "run/bad-partial", message, severity: Severity::Error }]
}
