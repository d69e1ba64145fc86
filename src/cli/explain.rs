//! `plancheck explain`: what a directive or a diagnostic code means.

use clap::Args;

use super::Exit;
use super::shared;
use super::terminal::Terminal;
use crate::catalogue::{self, Entry};
use crate::report::{Language, rules};
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// Say what a directive or a diagnostic code means
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck explain endpoint-roles
  plancheck explain proposal/unknown-term")]
pub(super) struct Explain {
    /// A directive of the rule pack, or a code such as `proposal/syntax`
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Explain {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let name = self.name.as_str();
        if let Some(entry) = catalogue::find(name) {
            return terminal.print_or_fail(page(entry, terminal.language).as_bytes());
        }
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        if let Some(page) = rules::explain(&book, name, terminal.settings()) {
            return terminal.print_or_fail(page.as_bytes());
        }
        let known = rules::names(&book).map(str::to_owned).chain(catalogue::names().map(str::to_owned));
        let message = match nearest(name, known.map(|known| (known.clone(), known))) {
            Some(near) => {
                format!("there is no directive and no code `{}`; did you mean `{near}`?", shown(name))
            },
            None => {
                format!("there is no directive and no code `{}`; `plancheck rules` lists the directives", shown(name))
            },
        };
        terminal.error("run/unknown-name", &message);
        Exit::Failed
    }
}

/// The page of a code: the sentence in the reader's language, then the page itself.
fn page(entry: &Entry, language: Language) -> String {
    let severity = language.words().severity(entry.severity);
    format!("{} [{severity}]\n{}\n\n{}", entry.name, entry.summary(language.tag()), entry.text)
}
