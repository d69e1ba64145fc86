//! Names in what could not be read or was left out: whoever looks them up stays silent, and what they name counts as used.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::lexer::lex_part;
use crate::syntax::token::TokenKind;
use crate::syntax::words::Word;
use crate::text::{FileId, Span};

/// The texts of a pack, by file. Their tokens take much room and were let go when they had been parsed; a stretch in which names
/// are looked for is lexed again, which only faults and warnings ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'l>(pub(super) &'l [(FileId, Arc<str>)]);

impl Texts<'_> {
    /// The names in a stretch, those in the holes of its texts included.
    pub(super) fn names_in(self, span: Span) -> Vec<String> {
        let text = self.0.iter().find(|(id, _)| *id == span.file).map(|(_, text)| text.as_ref()).unwrap_or_default();
        let mut names = Vec::new();
        for token in lex_part(span.file, text, span.start as usize, span.end as usize).tokens {
            match token.kind {
                TokenKind::Name(name) | TokenKind::Quoted(name) => names.push(name.into_owned()),
                TokenKind::Text(text) if text.contains('{') => {
                    let parts = text.split(|c| !unicode_ident::is_xid_continue(c) && c != '-');
                    names.extend(parts.map(str::to_owned));
                },
                _ => {},
            }
        }
        names
    }
}

/// What a pack says where it could not be read.
pub(super) struct Lost<'l> {
    pub(super) texts: Texts<'l>,
    /// What the parser passed over.
    pub(super) spans: &'l [Span],
    /// The names that errors suggest.
    pub(super) suggested: BTreeSet<String>,
    /// Whether a whole file is lost, and with it nobody knows what.
    pub(super) is_partial: bool,
}

impl Lost<'_> {
    /// Every name in it.
    pub(super) fn names(&self) -> BTreeSet<String> {
        self.spans.iter().flat_map(|span| self.texts.names_in(*span)).collect()
    }

    /// Whether it holds, or misspells, that word of the language.
    pub(super) fn has_word(&self, word: Word) -> bool {
        let is_there = |span: &Span| self.texts.names_in(*span).iter().any(|name| word.is_spelled(name));
        self.is_partial
            || word.spellings().iter().any(|spelling| self.suggested.contains(*spelling))
            || self.spans.iter().any(is_there)
    }
}

/// The names that errors suggest: what is misspelt was surely meant to be used.
pub(super) fn suggested(diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let helps = errors.filter_map(|one| one.help.as_deref()).filter(|help| help.starts_with("did you mean"));
    helps.flat_map(|help| help.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}
