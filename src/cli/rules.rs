//! `plancheck rules`: lists the directives of a rule pack.

use clap::Args;

use super::Exit;
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::report::rules;

/// List the directives: name, modality, basis, passage, title
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck rules
  plancheck rules --format json --rules my-pack/")]
pub(super) struct Rules {
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Rules {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        match self.format {
            ListFormat::Human => terminal.print_or_fail(rules::human(&book, terminal.settings()).as_bytes()),
            ListFormat::Json => terminal.print_or_fail(&rules::json(&book, terminal.settings())),
        }
    }
}
