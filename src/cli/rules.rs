//! `plancheck rules`: lists the directives of a rule pack, or writes a page on each.

use clap::Args;

use super::Exit;
use super::destination;
use super::shared;
use super::terminal::Terminal;
use crate::analysis::Analysis;
use crate::report::rules;

/// The formats.
const FORMATS: [&str; 3] = ["human", "json", "markdown"];

/// List the directives: name, modality, basis, passage, title
///
/// `markdown` is a page beside the plan: clause by clause, what each directive asks in words, and smallest proposals that break
/// and that meet it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck rules
  plancheck rules --format json --rules my-pack/
  plancheck rules --format markdown=rules.md --lang zh")]
pub(super) struct Rules {
    /// human, json or markdown; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Rules {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let destinations = match destination::read(&self.format, &FORMATS, "human") {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        destination::write(&destinations, terminal, |name, settings| match name {
            "json" => rules::json(&book, settings),
            "markdown" => {
                let examples = Analysis::new(&book, None).examples(settings.language.tag());
                rules::markdown(&book, &examples, settings).into_bytes()
            },
            _ => rules::human(&book, settings).into_bytes(),
        })
    }
}
