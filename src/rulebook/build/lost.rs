//! Names in what could not be read or was left out: whoever looks them up stays silent, and what they name counts as used.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::lexer::Lexed;
use crate::syntax::token::{Token, TokenKind};
use crate::syntax::words::Word;
use crate::text::{FileId, Span};

/// The tokens of a pack, by file.
#[derive(Debug, Default)]
pub(super) struct Tokens<'l>(BTreeMap<FileId, &'l [Token<'l>]>);

impl<'l> Tokens<'l> {
    /// Those of files that were lexed.
    pub(super) fn new(files: impl Iterator<Item = (FileId, &'l Lexed<'l>)>) -> Self {
        Self(files.map(|(id, lexed)| (id, lexed.tokens.as_slice())).collect())
    }

    /// The names in a stretch, those in the holes of its texts included.
    pub(super) fn names_in(&self, span: Span) -> impl Iterator<Item = &'l str> {
        let tokens = self.0.get(&span.file).copied().unwrap_or_default();
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let within = tokens.iter().skip(first).take_while(move |token| token.span.end <= span.end);
        within.flat_map(|token| {
            let (name, text) = match &token.kind {
                TokenKind::Name(name) | TokenKind::Quoted(name) => (Some(name.as_ref()), ""),
                TokenKind::Text(text) if text.contains('{') => (None, text.as_ref()),
                _ => (None, ""),
            };
            name.into_iter().chain(text.split(|c| !unicode_ident::is_xid_continue(c) && c != '-'))
        })
    }
}

/// What a pack says where it could not be read.
pub(super) struct Lost<'l> {
    pub(super) tokens: &'l Tokens<'l>,
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
        self.spans.iter().flat_map(|span| self.tokens.names_in(*span)).map(str::to_owned).collect()
    }

    /// Whether it holds, or misspells, that word of the language.
    pub(super) fn has_word(&self, word: Word) -> bool {
        let is_there = |span: &Span| self.tokens.names_in(*span).any(|name| word.is_spelled(name));
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
