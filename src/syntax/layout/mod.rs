//! The one canonical layout of a plan file, and its words in either tongue.
//!
//! A pen goes through the tokens along the tree and makes entries of them; comments stay with what they stand at; the
//! renderer sets columns and breaks lines. What comes out is read again and compared with what went in: if it does not
//! mean the same, nothing comes out.

mod bare;
mod clause;
mod directive;
mod entry;
mod expression;
mod field;
mod item;
mod map;
mod meaning;
mod part;
mod pen;
mod render;
mod source;
mod spelling;
#[cfg(test)]
mod tests;

pub use spelling::Tongue;

use self::pen::Pen;
use self::source::Source;
use super::lexer::lex;
use super::parser::{Dialect, parse_lexed};
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Span};

/// Lays a plan file out; with `tongue`, its words are turned into that tongue. The text has no byte-order mark. Lines end
/// as the first one does.
///
/// # Errors
/// What keeps the file from being read, or the place that cannot be laid out without changing what it means.
pub fn lay_out(file: FileId, text: &str, dialect: &Dialect, tongue: Option<Tongue>) -> Result<String, Vec<Diagnostic>> {
    let lexed = lex(file, text);
    let parsed = parse_lexed(&lexed, text, dialect);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    let source = Source::new(text, &lexed);
    let mut pen = Pen::new(&source, dialect, tongue);
    let (items, closing) = pen.file(&parsed.tree);
    let lost = pen.lost();
    if let Some(at) = lost {
        let span = lexed.tokens.get(at).map_or(Span { file, start: 0, end: 0 }, |token| token.span);
        return Err(vec![unchanged(span)]);
    }
    let laid_out = render::file(&items, &closing);
    if let Some(span) = meaning::difference(file, text, (&lexed, &parsed.tree), &laid_out, dialect) {
        return Err(vec![unchanged(span)]);
    }
    Ok(if has_carriage_returns(text) { laid_out.replace('\n', "\r\n") } else { laid_out })
}

fn has_carriage_returns(text: &str) -> bool {
    text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'))
}

fn unchanged(span: Span) -> Diagnostic {
    let message = "the layout would change what the file means from here on, so it is left as it is";
    let help =
        "write this place in a plainer way: an entry a line, each option once, a name that is a word in backquotes";
    Diagnostic::error("rules/layout", span, message, "cannot be laid out").help(help)
}
