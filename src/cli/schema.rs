//! `plancheck schema`: the JSON Schema of a proposal.

use clap::Args;

use super::Exit;
use super::shared;
use super::terminal::Terminal;
use crate::report::schema;

/// Print the JSON Schema (2020-12) of a proposal
///
/// Editors that know it complete fields and terms while a proposal is written. It says what can be said in JSON Schema;
/// `plancheck check` reads spellings more leniently and judges more.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck schema > proposal.schema.json
  plancheck schema --lang zh")]
pub(super) struct Schema {
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Schema {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        terminal.print_or_fail(&schema::schema(&book, terminal.language))
    }
}
