//! What nom runs over: a slice of tokens, and the notes on what was expected where.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Parser as _};

use super::Dialect;
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, Token, TokenKind};
use crate::syntax::tree::{Name, Text};
use crate::syntax::words::{Word, is_reserved};
use crate::text::Span;

/// How deep expressions, records and groups may nest.
const DEEPEST: usize = 64;

/// What a parse shares with all its parts.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub tokens: &'a [Token<'a>],
    pub text: &'a str,
    pub dialect: &'a Dialect,
    pub diagnostics: RefCell<Vec<Diagnostic>>,
    /// The furthest token at which something else was expected, and what.
    expected: RefCell<(usize, Vec<&'static str>)>,
    /// What was passed over after a fault.
    pub lost: RefCell<Vec<Span>>,
    depth: Cell<usize>,
}

/// The tokens from some place on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    pub context: &'a Context<'a>,
    pub at: usize,
}

/// Why a parser stopped. `reported` faults have their diagnostic already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub reported: bool,
}

pub(super) type Parsing<'a, T> = IResult<Input<'a>, T, Fault>;

impl<'a> ParseError<Input<'a>> for Fault {
    fn from_error_kind(_: Input<'a>, _: ErrorKind) -> Self {
        Self { reported: false }
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(tokens: &'a [Token<'a>], text: &'a str, dialect: &'a Dialect) -> Self {
        Self {
            tokens,
            text,
            dialect,
            diagnostics: RefCell::new(Vec::new()),
            expected: RefCell::new((0, Vec::new())),
            lost: RefCell::new(Vec::new()),
            depth: Cell::new(0),
        }
    }

    /// Notes that something was expected at a token; a later token wins, and the same one merges.
    fn expect(&self, at: usize, what: &'static str) {
        let mut expected = self.expected.borrow_mut();
        if at > expected.0 {
            expected.0 = at;
            expected.1.clear();
            expected.1.push(what);
        } else if at == expected.0 && !expected.1.iter().any(|known| std::ptr::eq(*known, what)) {
            expected.1.push(what);
        }
    }

    /// Forgets what was expected, after it was reported.
    pub(super) fn forget(&self, at: usize) {
        *self.expected.borrow_mut() = (at, Vec::new());
    }

    /// The furthest token at which something else was expected, and what.
    pub(super) fn expectation(&self) -> (usize, Vec<&'static str>) {
        let (at, mut expected) = self.expected.borrow().clone();
        // The same words may stand in two places of the program.
        let mut told = BTreeSet::new();
        expected.retain(|what| told.insert(*what));
        (at, expected)
    }

    /// Notes that a stretch was passed over: what it says is not known.
    pub(super) fn lose(&self, span: Span) {
        self.lost.borrow_mut().push(span);
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }
}

impl<'a> Input<'a> {
    pub(super) fn token(self) -> Option<&'a Token<'a>> {
        self.context.tokens.get(self.at)
    }

    pub(super) fn ahead(self, count: usize) -> Option<&'a TokenKind<'a>> {
        self.context.tokens.get(self.at + count).map(|token| &token.kind)
    }

    pub(super) fn skip(self, count: usize) -> Self {
        Self { at: self.at + count, ..self }
    }

    pub(super) fn is_end(self) -> bool {
        matches!(self.ahead(0), None | Some(TokenKind::End))
    }

    /// The span of the token here.
    pub(super) fn span(self) -> Span {
        self.token().or(self.context.tokens.last()).map(|token| token.span).unwrap_or_default()
    }

    /// From the first token here up to the last one before `end`.
    pub(super) fn span_to(self, end: Self) -> Span {
        let last = end.at.checked_sub(1).filter(|last| *last >= self.at);
        let last = last.and_then(|last| self.context.tokens.get(last)).map(|token| token.span);
        last.map_or(self.span(), |last| self.span().to(last))
    }

    pub(super) fn stop<T>(self, what: &'static str) -> Parsing<'a, T> {
        self.context.expect(self.at, what);
        Err(nom::Err::Error(Fault { reported: matches!(self.ahead(0), Some(TokenKind::Broken)) }))
    }

    /// Stops for good with a diagnostic of its own.
    pub(super) fn fail<T>(self, diagnostic: Diagnostic) -> Parsing<'a, T> {
        self.context.report(diagnostic);
        Err(nom::Err::Failure(Fault { reported: true }))
    }

    /// How many tokens a word takes here; `None` if it does not stand here.
    #[inline]
    pub(super) fn word_length(self, word: Word) -> Option<usize> {
        match self.ahead(0) {
            Some(TokenKind::Name(first)) if word.may_be(first) => self.spelled_length(word, first),
            _ => None,
        }
    }

    /// The same of a word that may begin with this name.
    fn spelled_length(self, word: Word, first: &str) -> Option<usize> {
        let spelled = |spelling: &&'static str| match spelling.strip_prefix(first)? {
            "" => Some(1),
            rest => rest.strip_prefix(' ')?.split(' ').try_fold(1, |length, part| match self.ahead(length) {
                Some(TokenKind::Name(name)) if name == part => Some(length + 1),
                _ => None,
            }),
        };
        word.spellings().iter().find_map(spelled)
    }

    pub(super) fn is_word(self, word: Word) -> bool {
        self.word_length(word).is_some()
    }

    pub(super) fn is_mark(self, mark: Mark) -> bool {
        matches!(self.ahead(0), Some(TokenKind::Mark(here)) if *here == mark)
    }

    /// Whether a language tag and its text stand here.
    pub(super) fn is_tag(self) -> bool {
        matches!((self.ahead(0), self.ahead(1)), (Some(TokenKind::Name(name)), Some(TokenKind::Text(_)))
            if self.context.dialect.is_language(name))
    }
}

/// A word or phrase of the language.
pub(super) fn word<'a>(word: Word) -> impl Fn(Input<'a>) -> Parsing<'a, Span> {
    move |input| match input.word_length(word) {
        Some(length) => Ok((input.skip(length), input.span_to(input.skip(length)))),
        None => input.stop(word.shown()),
    }
}

/// A mark.
pub(super) fn mark<'a>(mark: Mark) -> impl Fn(Input<'a>) -> Parsing<'a, Span> {
    move |input| if input.is_mark(mark) { Ok((input.skip(1), input.span())) } else { input.stop(mark.shown()) }
}

/// Any name, be it a word elsewhere or not.
pub(super) fn any_name(input: Input<'_>) -> Parsing<'_, Name> {
    match input.token() {
        Some(Token { kind: TokenKind::Name(text), span, .. }) => {
            Ok((input.skip(1), Name { text: text.to_string(), span: *span, quoted: false }))
        },
        Some(Token { kind: TokenKind::Quoted(text), span, .. }) => {
            Ok((input.skip(1), Name { text: text.to_string(), span: *span, quoted: true }))
        },
        _ => input.stop("a name"),
    }
}

/// A name where an expression may stand: not one of the words of expressions.
pub(super) fn free_name(input: Input<'_>) -> Parsing<'_, Name> {
    match input.ahead(0) {
        Some(TokenKind::Name(text)) if is_reserved(text) => input.stop("a name"),
        _ => any_name(input),
    }
}

/// A text.
pub(super) fn text(input: Input<'_>) -> Parsing<'_, Text> {
    match input.token() {
        Some(Token { kind: TokenKind::Text(value), span, .. }) => {
            Ok((input.skip(1), Text { value: value.to_string(), span: *span }))
        },
        _ => input.stop("a text"),
    }
}

/// One or more, set apart by commas; a comma at the end is allowed where `ends` holds after it.
pub(super) fn comma_list<'a, T>(
    mut item: impl FnMut(Input<'a>) -> Parsing<'a, T>,
    ends: impl Fn(Input<'a>) -> bool,
) -> impl FnMut(Input<'a>) -> Parsing<'a, Vec<T>> {
    move |input| {
        let (mut rest, first) = item(input)?;
        let mut items = vec![first];
        while rest.is_mark(Mark::Comma) && !ends(rest.skip(1)) {
            let (next, value) = item(rest.skip(1))?;
            items.push(value);
            rest = next;
        }
        Ok((rest, items))
    }
}

/// Runs a parser one level deeper; too deep a level is a diagnostic.
pub(super) fn deeper<'a, T>(
    mut parser: impl FnMut(Input<'a>) -> Parsing<'a, T>,
) -> impl FnMut(Input<'a>) -> Parsing<'a, T> {
    move |input| {
        let depth = input.context.depth.get();
        if depth >= DEEPEST {
            let message = format!("this nests more than {DEEPEST} levels deep");
            let diagnostic = Diagnostic::error("rules/too-deep", input.span(), message, "too deep from here on");
            return input.fail(diagnostic.help("give parts of it a name with `define`"));
        }
        input.context.depth.set(depth + 1);
        let result = parser.parse(input);
        input.context.depth.set(depth);
        result
    }
}
