//! The plan files of a pack, read and parsed.

use super::cases::{is_case, tests_only};
use super::files::{Loader, Pack};
use super::limits;
use super::lost::Tokens;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::Dialect;
use crate::syntax::lexer::{Lexed, lex};
use crate::syntax::parser::parse_lexed;
use crate::syntax::tree::PlanFile;
use crate::text::{FileId, Span};

/// What parsing the plan files gave.
pub(super) struct Parsed {
    pub(super) dialect: Dialect,
    pub(super) trees: Vec<PlanFile>,
    /// What was passed over after a fault.
    pub(super) lost: Vec<Span>,
    /// Whether a file could not be read at all.
    pub(super) is_partial: bool,
    lexed: Vec<(FileId, Lexed)>,
}

impl Parsed {
    /// Reads and parses every plan file, in the order of their names. `None` if the folder cannot be read.
    pub(super) fn of(pack: &dyn Pack, loader: &mut Loader<'_>, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let names = names(pack, sink)?;
        let ids: Vec<FileId> =
            names.iter().filter_map(|name| loader.file(name, limits::PLAN_BYTES, None, sink)).collect();
        let text = |id: &FileId| loader.files.get(*id).map(|file| file.text.clone()).unwrap_or_default();
        let is_partial = ids.len() < names.len();
        let read = ids.iter().filter(|id| !pack.is_proved(loader.files.name(**id)));
        let lexed: Vec<(FileId, Lexed)> = read.map(|id| (*id, lex(*id, &text(id)))).collect();
        let dialect = Dialect::gather(lexed.iter().map(|(_, lexed)| lexed));
        let mut parsed = Self { dialect, trees: Vec::new(), lost: Vec::new(), is_partial, lexed: Vec::new() };
        for (id, lexed) in &lexed {
            let mut one = parse_lexed(lexed, &text(id), &parsed.dialect);
            // Units and languages may be declared in the file that could not be read.
            let hangs_on_others = |code: &str| matches!(code, "rules/unknown-unit" | "rules/unknown-language");
            sink.extend(one.diagnostics.into_iter().filter(|one| !(is_partial && hangs_on_others(one.code))));
            if is_case(loader.files.name(*id)) {
                tests_only(&mut one.tree, sink);
            }
            parsed.lost.extend(one.lost);
            parsed.trees.push(one.tree);
        }
        Some(Self { lexed, ..parsed })
    }

    /// The tokens of all files.
    pub(super) fn tokens(&self) -> Tokens<'_> {
        Tokens::new(self.lexed.iter().map(|(id, lexed)| (*id, lexed)))
    }
}

/// The names of the plan files, sorted; `None` if there is none, or if the folder cannot be read.
fn names(pack: &dyn Pack, sink: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    let mut names = match pack.plan_files() {
        Ok(names) => names,
        Err((path, error)) => {
            let message = format!("the rule pack `{}` cannot be read: {error}", path.display());
            sink.push(without_place("rules/file-not-found", message, "name the folder that holds the `*.plan` files"));
            return None;
        },
    };
    names.sort();
    if names.is_empty() {
        let message = "the rule pack holds no `*.plan` file".to_owned();
        sink.push(without_place("rules/missing-plan", message, "name the folder that holds the `*.plan` files"));
        return None;
    }
    if names.len() > limits::PLAN_FILES {
        let message = format!("the rule pack has more than {} plan files", limits::PLAN_FILES);
        sink.push(without_place("rules/too-large", message, "join some of them"));
        return None;
    }
    Some(names)
}

fn without_place(code: &'static str, message: String, help: &str) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, labels: Vec::new(), help: Some(help.to_owned()) }
}
