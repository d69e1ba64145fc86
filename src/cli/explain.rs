//! `plancheck explain`: what a directive or a diagnostic code means.

use clap::Args;

use super::Exit;
use super::shared;
use super::terminal::Terminal;
use crate::catalogue;
use crate::report::rules;
use crate::text::display::shown;

/// Say what a directive or a diagnostic code means
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck explain endpoint-roles
  plancheck explain proposal/unknown-term
  plancheck --help")]
pub(super) struct Arguments {
    /// A directive of the rule pack, or a code such as `proposal/syntax`
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    pub(super) shared: shared::Arguments,
}

impl Arguments {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let name = self.name.as_str();
        if let Some(entry) = catalogue::find(name) {
            return terminal.print_or_fail(entry.page(terminal.language).as_bytes());
        }
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        if let Some(page) = rules::explain(&book, name, terminal.settings()) {
            return terminal.print_or_fail(page.as_bytes());
        }
        let mut known: Vec<&str> = rules::names(&book).collect();
        for code in catalogue::names() {
            known.push(code);
        }
        let near = known.into_iter().map(|known| (strsim::damerau_levenshtein(known, name), known.to_owned())).min();
        let message = match near {
            Some((distance, near)) if distance <= name.chars().count().div_ceil(2) => {
                format!("there is no directive and no code `{}`; did you mean `{near}`?", shown(name))
            },
            _ => format!("there is no directive and no code `{}`; `plancheck rules` lists the directives", shown(name)),
        };
        terminal.error("run/unknown-name", &message);
        Exit::Failed
    }
}
