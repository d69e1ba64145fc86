//! `plancheck coverage`: the plan's source, passage by passage, and what encodes it.

use clap::Args;

use super::Exit;
use super::destination;
use super::percent::percent;
use super::shared;
use super::terminal::Terminal;
use crate::report::Language;
use crate::report::coverage::{FORMATS, write};
use crate::rulebook::coverage::Coverage as Ledger;
use crate::value::Number;

/// Show the plan's source passage by passage, and what encodes each
///
/// A passage is a clause (`§3.9`), or a sentence where the source has no clause marks. It is covered if a directive, a
/// group, a fact or a term cites it, or if it is on record as uncheckable. Citations whose words no longer stand in the
/// source are listed with a word diff.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck coverage
  plancheck coverage --rules my-pack/ --fail-under 90
  plancheck coverage --format human --format markdown=coverage.md

Exit codes: 0 the source was gone through, 1 less than --fail-under is covered or a citation no longer stands,
2 the pack is faulty or names no source.")]
pub(super) struct Coverage {
    /// human, markdown or json; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    /// Fail if a smaller share of the passages is covered, from 0 to 100
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    fail_under: Option<Number>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Coverage {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let destinations = match destination::read(&self.format, &names, "human") {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let Some(book) = self.shared.drifted_rulebook(terminal) else { return Exit::Failed };
        let ledger = Ledger::of(&book);
        let Some(percent) = ledger.figures().percent() else {
            let message = match book.plan.sources.iter().any(Option::is_some) {
                true => "the plan's source holds no text: there is nothing to cover",
                false => "the plan item names no `source`: there is nothing to cover; add `source \"path\"` to it",
            };
            terminal.error("run/no-source", message);
            return Exit::Failed;
        };
        let written = destination::write(&destinations, terminal, |name, settings| {
            write(name, &ledger, &book, settings).unwrap_or_default()
        });
        if written == Exit::Failed {
            return Exit::Failed;
        }
        if let Some(wanted) = self.fail_under.filter(|wanted| percent < *wanted) {
            let covered = ledger.figures().percent_text();
            terminal.complain(&match terminal.language {
                Language::English => format!("covered: {covered}%, less than the {wanted}% of --fail-under\n"),
                Language::Chinese => format!("覆盖率 {covered}%，低于 --fail-under 要求的 {wanted}%\n"),
            });
            return Exit::Found;
        }
        if ledger.drifted.is_empty() { written } else { Exit::Found }
    }
}
