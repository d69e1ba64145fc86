//! `plancheck explain`: what a directive or a diagnostic code means, and why a directive has its verdict on a proposal.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::catalogue::{self, Entry};
use crate::checker::explain::{Which, explain, explain_portfolio, subject};
use crate::checker::report::Failure;
use crate::diagnostic::Severity;
use crate::report::{Language, explain as report, rules};
use crate::rulebook::{DirectiveId, Heading, Rulebook};
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::Day;

/// Say what a directive or a diagnostic code means, or why a proposal gets its verdict
///
/// With a proposal, every part of the directive is shown with its value and the place that it came from, the facts that
/// were looked up, what set it aside, and what would decide it. A portfolio directive is explained over all proposals of
/// the files and folders named.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck explain endpoint-roles
  plancheck explain proposal/unknown-term
  plancheck explain endpoint-roles anyang.json
  plancheck explain endpoint-roles batch.jsonl:12
  plancheck explain endpoints-all-open proposals/

Exit codes: 0 it was explained, whatever the verdict, 2 it could not be.")]
pub(super) struct Explain {
    /// A directive of the rule pack, or a code such as `proposal/syntax`
    #[arg(value_name = "NAME")]
    name: String,
    /// A proposal, `-` for standard input, or FILE:LINE; of a portfolio directive files and folders
    #[arg(value_name = "PROPOSAL")]
    proposals: Vec<PathBuf>,
    /// Which proposal of a file that holds several, from 0
    #[arg(long, value_name = "N", requires = "proposals")]
    index: Option<u64>,
    /// Judge as of this day, `2026-03-01`; without it, today (in UTC)
    #[arg(long, value_name = "DATE", value_parser = super::check::day, requires = "proposals")]
    as_of: Option<Day>,
    /// human or json; json with a proposal only
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Explain {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let name = self.name.as_str();
        if let Some(entry) = catalogue::find(name) {
            return if self.proposals.is_empty() {
                terminal.print_or_fail(page(entry, terminal.language).as_bytes())
            } else {
                refuse(
                    terminal,
                    &format!("`{}` is a code of the tool; only directives are explained on proposals", entry.name),
                )
            };
        }
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        let is_called = |heading: &Heading| heading.name == name || heading.formerly.iter().any(|old| old == name);
        let ordinary = book.directives.iter().position(|one| is_called(&one.heading));
        let portfolio = book.portfolio.iter().position(|one| is_called(&one.heading));
        match (ordinary, portfolio) {
            (None, None) => {
                terminal.error("run/unknown-name", &unknown_name(&book, name));
                Exit::Failed
            },
            _ if self.proposals.is_empty() => self.directive(&book, terminal),
            (Some(number), _) => self.proposal(&book, number, terminal),
            (None, Some(number)) => self.portfolio(&book, number, terminal),
        }
    }

    /// The page of a directive.
    fn directive(&self, book: &Rulebook, terminal: &mut Terminal) -> Exit {
        if self.format == ListFormat::Json {
            return refuse(
                terminal,
                "`--format json` needs a proposal; `plancheck rules --format json` lists the directives",
            );
        }
        let page = rules::explain(book, &self.name, terminal.settings()).unwrap_or_default();
        terminal.print_or_fail(page.as_bytes())
    }

    fn proposal(&self, book: &Rulebook, number: usize, terminal: &mut Terminal) -> Exit {
        let [path] = self.proposals.as_slice() else {
            let message = format!("`{}` judges one proposal at a time: name one", self.name);
            return refuse(terminal, &message);
        };
        let Some(as_of) = self.day(terminal) else { return Exit::Failed };
        let which = self.index.map_or(Which::Only, Which::Index);
        let subject = match subject(path, which) {
            Ok(subject) => subject,
            Err(failure) => return failed(&[failure], terminal),
        };
        let id = DirectiveId(u32::try_from(number).unwrap_or(u32::MAX));
        let tag = terminal.language.tag();
        match explain(book, id, as_of, tag, subject) {
            Ok(explanation) => match self.format {
                ListFormat::Human => {
                    terminal.print_or_fail(report::human(&explanation, book, terminal.settings()).as_bytes())
                },
                ListFormat::Json => terminal.print_or_fail(&report::json(&explanation, book, book.plan.language(tag))),
            },
            Err(error) => {
                let (line, column) = (error.position.line, error.position.column);
                terminal.error("proposal/syntax", &format!("{}:{line}:{column}: {}", error.path, error.message));
                Exit::Failed
            },
        }
    }

    fn portfolio(&self, book: &Rulebook, number: usize, terminal: &mut Terminal) -> Exit {
        if self.index.is_some() {
            let message = format!("`{}` judges all proposals together: leave out --index", self.name);
            return refuse(terminal, &message);
        }
        let Some(as_of) = self.day(terminal) else { return Exit::Failed };
        let tag = terminal.language.tag();
        let explanation = match explain_portfolio(book, number, as_of, tag, &self.proposals) {
            Ok(explanation) => explanation,
            Err(failures) => return failed(&failures, terminal),
        };
        let unread = failed(&explanation.failures, terminal);
        let is_in_force = book.portfolio.get(number).is_some_and(|one| one.heading.effective.contains(as_of));
        if explanation.proposals == 0 && is_in_force {
            terminal.error("run/no-proposal", "no proposal was found: there is nothing to explain");
            return Exit::Failed;
        }
        let is_short = explanation.failures.iter().any(|failure| failure.severity == Severity::Error);
        let printed = match self.format {
            ListFormat::Human => {
                terminal.print_or_fail(report::portfolio_human(&explanation, book, terminal.settings()).as_bytes())
            },
            ListFormat::Json => {
                terminal.print_or_fail(&report::portfolio_json(&explanation, book, book.plan.language(tag)))
            },
        };
        if is_short { unread } else { printed }
    }

    fn day(&self, terminal: &mut Terminal) -> Option<Day> {
        let day = self.as_of.or(terminal.environment.today);
        if day.is_none() {
            refuse(terminal, "this machine does not tell what day it is; say it with --as-of");
        }
        day
    }
}

fn refuse(terminal: &mut Terminal, message: &str) -> Exit {
    terminal.error("run/bad-arguments", message);
    Exit::Failed
}

fn failed(failures: &[Failure], terminal: &mut Terminal) -> Exit {
    for failure in failures {
        let place = if failure.path.is_empty() { String::new() } else { format!("{}: ", failure.path) };
        terminal.error(failure.code, &format!("{place}{}", failure.message));
    }
    Exit::Failed
}

fn unknown_name(book: &Rulebook, name: &str) -> String {
    let known = rules::names(book).map(str::to_owned).chain(catalogue::names().map(str::to_owned));
    match nearest(name, known.map(|known| (known.clone(), known))) {
        Some(near) => format!("there is no directive and no code `{}`; did you mean `{near}`?", shown(name)),
        None => format!("there is no directive and no code `{}`; `plancheck rules` lists the directives", shown(name)),
    }
}

/// The page of a code: the sentence in the reader's language, then the page itself.
fn page(entry: &Entry, language: Language) -> String {
    let severity = language.words().severity(entry.severity);
    format!("{} [{severity}]\n{}\n\n{}", entry.name, entry.summary(language.tag()), entry.text)
}
