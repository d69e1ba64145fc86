//! `plancheck schema`: the JSON Schema of a proposal.

use clap::Args;

use super::Exit;
use super::settings;
use super::shared;
use super::terminal::Terminal;
use crate::report::schema;
use crate::report::settings::schema as settings_schema;

/// Print the JSON Schema (2020-12) of a proposal
///
/// Editors that know it complete fields and terms while a proposal is written. It says what can be said in JSON Schema;
/// `plancheck check` reads spellings more leniently and judges more.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck schema > proposal.schema.json
  plancheck schema --settings > plancheck.schema.json
  plancheck schema --lang zh")]
pub(super) struct Schema {
    /// The schema of plancheck.toml instead
    #[arg(long)]
    settings: bool,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Schema {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        if self.settings {
            return terminal.print_or_fail(&settings_schema(&settings::table()));
        }
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        terminal.print_or_fail(&schema::schema(&book, terminal.language))
    }
}
