//! `plancheck test`: runs the `test` items of a rule pack.

use clap::Args;

use super::Exit;
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::checker::tests::run_tests;
use crate::report::outcomes;

/// Run the tests of a rule pack and say which failed and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck test
  plancheck test --rules my-pack/

Exit codes: 0 every test passed, 1 one failed, 2 the pack is faulty or has no test.")]
pub(super) struct Test {
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Test {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        let outcomes = run_tests(&book);
        let printed = match self.format {
            ListFormat::Human => {
                terminal.print_or_fail(outcomes::human(&outcomes, &book.files, terminal.settings()).as_bytes())
            },
            ListFormat::Json => terminal.print_or_fail(&outcomes::json(&outcomes, &book.files)),
        };
        if outcomes.is_empty() {
            terminal.error("run/no-tests", "the rule pack has no test: nothing was tested");
            return Exit::Failed;
        }
        match printed {
            Exit::Good if outcomes.iter().any(|outcome| !outcome.failures.is_empty()) => Exit::Found,
            other => other,
        }
    }
}
