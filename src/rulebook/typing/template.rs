//! Messages with holes (details 32).

use super::typed::Typed;
use super::{Pack, Typer};
use crate::diagnostic::Diagnostic;
use crate::rulebook::build::by_language;
use crate::rulebook::{Piece, Template};
use crate::syntax::parse_expression;
use crate::syntax::tree::{LocalText, Text};
use crate::text::Span;

impl Typer<'_> {
    /// The pieces of a text in each language; `None` if it was not given.
    pub(super) fn template(&mut self, pack: &Pack<'_>, local: &LocalText) -> Option<Template> {
        if local.entries.is_empty() {
            return None;
        }
        let texts = by_language(self.names, local, self.sink);
        Some(Template(texts.into_iter().map(|text| text.map(|text| self.pieces(pack, text))).collect()))
    }

    fn pieces(&mut self, pack: &Pack<'_>, text: &Text) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut rest = text.value.as_str();
        // Where in the file the holes found so far end: they stand there in the same order.
        let mut from = text.span.start as usize;
        while let Some(at) = memchr::memchr2(b'{', b'}', rest.as_bytes()) {
            words.push_str(rest.get(..at).unwrap_or_default());
            let here = rest.get(at..).unwrap_or_default();
            if let Some(after) = here.strip_prefix("{{").or_else(|| here.strip_prefix("}}")) {
                words.push_str(here.get(..1).unwrap_or_default());
                rest = after;
                continue;
            }
            let inside = here.strip_prefix('{').and_then(hole_length);
            let Some(length) = inside else {
                let message = "a brace in a message opens or closes a hole, and its twin is missing";
                let help = "write `{{` or `}}` for a brace itself";
                self.fault(Diagnostic::error("rules/bad-hole", text.span, message, "in this text").help(help));
                return pieces;
            };
            if !words.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut words)));
            }
            let (hole, after) = here.split_at_checked(length + 2).unwrap_or_default();
            let (piece, end) = self.hole(pack, hole, text, from);
            pieces.extend(piece);
            from = end;
            rest = after;
        }
        words.push_str(rest);
        if !words.is_empty() {
            pieces.push(Piece::Text(words));
        }
        pieces
    }

    /// One hole with its braces; it is read from the file if it stands there letter by letter, so that its faults have their place.
    fn hole(&mut self, pack: &Pack<'_>, braced: &str, text: &Text, from: usize) -> (Option<Piece>, usize) {
        let hole = braced.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        if hole.trim().is_empty() {
            let help = "name in it what is to be shown, or write `{{` and `}}` for braces";
            self.fault(Diagnostic::error("rules/bad-hole", text.span, "a hole is empty", "in this text").help(help));
            return (None, from);
        }
        let file = text.span.file;
        let source = pack.files.get(file).map(|file| std::sync::Arc::clone(&file.text)).unwrap_or_default();
        let literal = source.get(from..text.span.end as usize).unwrap_or_default();
        // It is mostly the first brace that follows; to search for more than that takes preparation.
        let next = literal.find('{').filter(|at| literal.get(*at..).is_some_and(|rest| rest.starts_with(braced)));
        let exact = next.or_else(|| literal.find(braced)).map(|at| from + at + 1);
        let before = self.sink.len();
        let (parsed, faults) = match exact {
            Some(start) => parse_expression(file, &source, start, start + hole.len(), pack.dialect),
            None => parse_expression(file, hole, 0, hole.len(), pack.dialect),
        };
        let has_faults = !faults.is_empty();
        self.sink.extend(faults);
        let typed = parsed.filter(|_| !has_faults).and_then(|parsed| self.typed(&parsed, None));
        let value = typed.and_then(|typed| match typed.value() {
            Ok(value) => Some(value),
            Err(other) => self.mismatch(&other, "a value that can be shown", Some("show one of its fields")),
        });
        if exact.is_none() {
            self.blame(before, text.span);
        }
        (value.map(Piece::Hole), exact.map_or(from, |start| start + hole.len()))
    }

    /// Gives faults that have no place of their own the place of the text.
    fn blame(&mut self, from: usize, span: Span) {
        for diagnostic in self.sink.iter_mut().skip(from) {
            for label in diagnostic.labels.iter_mut().take(1) {
                label.span = span;
            }
            diagnostic.labels.truncate(1);
        }
    }

    /// Types a value for a hole or a key.
    pub(super) fn any_value(&mut self, expression: &crate::syntax::tree::Expression) -> Option<Typed> {
        self.typed(expression, None)
    }
}

/// The length of a hole up to its closing brace; braces within it pair, and texts may hold any.
fn hole_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_text = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '{' if !in_text => depth += 1,
            '}' if !in_text && depth == 0 => return Some(at),
            '}' if !in_text => depth -= 1,
            _ => {},
        }
    }
    None
}
