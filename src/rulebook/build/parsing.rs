//! The plan files of a pack, read and parsed.

use std::sync::Arc;

use super::cases::{is_case, tests_only};
use super::files::{Loader, Pack};
use super::limits;
use super::lost::Texts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::Dialect;
use crate::syntax::lexer::{Lexed, lex};
use crate::syntax::parser::parse_lexed;
use crate::syntax::tree::PlanFile;
use crate::text::{FileId, Sources, Span};

/// The plan files of a pack, as they are written.
pub(super) struct PlanFiles {
    /// Those that are to be parsed, in the order of their names.
    texts: Vec<(FileId, Arc<str>)>,
    /// Whether a file could not be read at all.
    is_partial: bool,
}

/// What parsing the plan files gave.
pub(super) struct Parsed<'t> {
    pub(super) dialect: Dialect,
    pub(super) trees: Vec<PlanFile>,
    /// What was passed over after a fault.
    pub(super) lost: Vec<Span>,
    /// Whether a file could not be read at all.
    pub(super) is_partial: bool,
    pub(super) texts: Texts<'t>,
}

impl PlanFiles {
    /// Reads every plan file. `None` if the folder cannot be read.
    pub(super) fn read(pack: &dyn Pack, loader: &mut Loader<'_>, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let names = names(pack, sink)?;
        let ids: Vec<FileId> =
            names.iter().filter_map(|name| loader.file(name, limits::PLAN_BYTES, None, sink)).collect();
        let is_partial = ids.len() < names.len();
        let text = |id: FileId| {
            let file = loader.files.get(id).filter(|file| !pack.is_proved(&file.name))?;
            Some((id, Arc::clone(&file.text)))
        };
        Some(Self { texts: ids.into_iter().filter_map(text).collect(), is_partial })
    }

    /// Parses them; `files` has their names.
    pub(super) fn parsed(&self, files: &Sources, sink: &mut Vec<Diagnostic>) -> Parsed<'_> {
        let lexed: Vec<Lexed<'_>> = self.texts.iter().map(|(id, text)| lex(*id, text)).collect();
        let dialect = Dialect::gather(&lexed);
        let is_partial = self.is_partial;
        let mut parsed = Parsed { dialect, trees: Vec::new(), lost: Vec::new(), is_partial, texts: Texts(&self.texts) };
        // Each file's tokens make room for the trees of the next.
        for (lexed, (id, text)) in lexed.into_iter().zip(&self.texts) {
            let mut one = parse_lexed(&lexed, text, &parsed.dialect);
            // Units and languages may be declared in the file that could not be read.
            let hangs_on_others = |code: &str| matches!(code, "rules/unknown-unit" | "rules/unknown-language");
            sink.extend(one.diagnostics.into_iter().filter(|one| !(is_partial && hangs_on_others(one.code))));
            if is_case(files.name(*id)) {
                tests_only(&mut one.tree, sink);
            }
            parsed.lost.extend(one.lost);
            parsed.trees.push(one.tree);
        }
        parsed
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
