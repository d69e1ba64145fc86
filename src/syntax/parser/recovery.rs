//! Going on after an error: what was expected is reported once, and reading goes on at the next entry or item.

use super::input::{Fault, Input, Parsing, mark};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::words::Word;
use crate::text::Span;
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// What entries of a block begin with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entries {
    /// One of these words.
    Words(&'static [Word]),
    /// Any name.
    Names,
}

/// What stood between two braces.
#[derive(Debug)]
pub(super) struct Block<T> {
    pub entries: Vec<T>,
    /// Whether something in it could not be read.
    pub broken: bool,
}

pub(super) fn fault_of(error: &nom::Err<Fault>) -> Fault {
    match error {
        nom::Err::Error(fault) | nom::Err::Failure(fault) => *fault,
        nom::Err::Incomplete(_) => Fault { reported: false },
    }
}

/// `"{" { entry [","] } "}"`; a faulty entry is reported and passed over.
pub(super) fn block<'a, T>(
    input: Input<'a>,
    entries: Entries,
    mut entry: impl FnMut(Input<'a>) -> Parsing<'a, T>,
) -> Parsing<'a, Block<T>> {
    let open = input.span();
    let (mut rest, _) = mark(Mark::OpenBrace)(input)?;
    let mut block = Block { entries: Vec::new(), broken: false };
    loop {
        while rest.is_mark(Mark::Comma) {
            rest = rest.skip(1);
        }
        if rest.is_mark(Mark::CloseBrace) {
            return Ok((rest.skip(1), block));
        }
        if rest.is_end() {
            return unclosed(rest, open, block);
        }
        match entry(rest) {
            Ok((next, value)) => {
                block.entries.push(value);
                rest = next;
            },
            Err(error) => {
                block.broken = true;
                if is_item_start(rest) {
                    return unclosed(rest, open, block);
                }
                report_entry(rest, fault_of(&error), entries);
                rest = skip(rest, |input| starts(input, entries));
            },
        }
    }
}

fn unclosed<T>(input: Input<'_>, open: Span, mut block: Block<T>) -> Parsing<'_, Block<T>> {
    block.broken = true;
    let diagnostic = Diagnostic::error("rules/syntax", open, "a brace is not closed", "opened here");
    input.context.report(diagnostic.help("add the closing `}`"));
    Ok((input, block))
}

fn starts(input: Input<'_>, entries: Entries) -> bool {
    match entries {
        Entries::Words(words) => words.iter().any(|word| input.is_word(*word)),
        Entries::Names => matches!(input.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_))),
    }
}

/// The next place at the same depth where an entry or an item begins on a line of its own, or the closing brace.
pub(super) fn skip<'a>(input: Input<'a>, starts: impl Fn(Input<'a>) -> bool) -> Input<'a> {
    let mut depth = 0_usize;
    let mut at = input;
    while !at.is_end() {
        let first = at.token().is_some_and(|token| token.first_on_line) && at.at > input.at;
        if first && (is_item_start(at) || depth == 0 && starts(at)) {
            return at;
        }
        match at.ahead(0) {
            // Parentheses do not count: one that is not closed would swallow the entries after it.
            Some(TokenKind::Mark(Mark::OpenBrace)) => depth += 1,
            Some(TokenKind::Mark(Mark::CloseBrace)) if depth == 0 => return at,
            Some(TokenKind::Mark(Mark::CloseBrace)) => depth -= 1,
            _ => {},
        }
        at = at.skip(1);
    }
    at
}

/// The words that begin items.
pub(super) const ITEMS: &[Word] = &[
    Word::Plan,
    Word::Vocabulary,
    Word::Group,
    Word::Relation,
    Word::Dimension,
    Word::Proposal,
    Word::Define,
    Word::PortfolioDirective,
    Word::Directive,
    Word::Uncheckable,
    Word::Map,
    Word::Test,
];

/// Whether an item surely begins here: on a line of its own, its word and what must stand after it.
pub(super) fn is_item_start(input: Input<'_>) -> bool {
    let is_name = |input: Input<'_>| matches!(input.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_)));
    let opens = |input: Input<'_>| input.is_mark(Mark::OpenBrace);
    let after = |word: Word| input.word_length(word).map(|length| input.skip(length));
    let named = |word: Word, then: &dyn Fn(Input<'_>) -> bool| {
        after(word).is_some_and(|input| is_name(input) && then(input.skip(1)))
    };
    let text_or_brace = |input: Input<'_>| opens(input) || matches!(input.ahead(0), Some(TokenKind::Text(_)));
    input.token().is_some_and(|token| token.first_on_line)
        && (named(Word::Plan, &opens)
            || named(Word::PortfolioDirective, &text_or_brace)
            || named(Word::Directive, &|input| {
                opens(input)
                    || matches!(input.ahead(1), Some(TokenKind::Mark(Mark::OpenBrace)) | Some(TokenKind::Name(_)))
            })
            || named(Word::Group, &|input| input.is_word(Word::Of))
            || named(Word::Relation, &|input| input.is_word(Word::RelationFrom))
            || named(Word::Define, &|input| input.is_mark(Mark::Equal))
            || after(Word::Uncheckable).is_some_and(opens)
            || after(Word::Map).is_some_and(|input| input.is_word(Word::Of) && is_name(input.skip(1)))
            || after(Word::Test)
                .is_some_and(|input| matches!(input.ahead(0), Some(TokenKind::Text(_))) && opens(input.skip(1))))
}

/// Reports a fault in an entry; a first word that is nearly one of those that may begin it is named.
pub(super) fn report_entry(input: Input<'_>, fault: Fault, entries: Entries) {
    let (expected_at, _) = input.context.expectation();
    if let (false, Entries::Words(words), Some(TokenKind::Name(name))) = (fault.reported, entries, input.ahead(0))
        && expected_at <= input.at
    {
        let message = format!("`{}` begins nothing that may stand here", shown(name));
        let diagnostic = Diagnostic::error("rules/syntax", input.span(), message, "unknown word");
        let help = match nearest(name, spellings(words)) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("here may stand {}", list(words.iter().map(|word| word.shown()))),
        };
        input.context.report(diagnostic.help(help));
        input.context.forget(input.at + 1);
        return;
    }
    report(input, fault, "something else");
}

/// Reports what was expected and what was found, unless that was reported already.
pub(super) fn report(input: Input<'_>, fault: Fault, fallback: &'static str) {
    let context = input.context;
    let (at, expected) = context.expectation();
    if !fault.reported {
        let found = if at >= input.at { Input { context, at } } else { input };
        if !matches!(found.ahead(0), Some(TokenKind::Broken)) {
            let mut expected = if expected.is_empty() { vec![fallback] } else { expected };
            if expected.contains(&"an expression") {
                expected.retain(|what| !matches!(*what, "if" | "not" | "a name"));
            }
            let wanted = list(expected.iter().copied());
            let message = format!("expected {wanted}, found {}", found_here(found));
            context.report(Diagnostic::error("rules/syntax", place(found), message, format!("expected {wanted}")));
        }
    }
    context.forget(at.max(input.at) + 1);
}

/// The token itself, or where it stands on another line, the end of the token before it.
fn place(input: Input<'_>) -> Span {
    let before = input.at.checked_sub(1).and_then(|at| input.context.tokens.get(at));
    let is_elsewhere = input.is_end() || input.token().is_some_and(|token| token.first_on_line);
    match before {
        Some(before) if is_elsewhere => before.span.after(),
        _ => input.span(),
    }
}

fn found_here(input: Input<'_>) -> String {
    let span = input.span();
    let text = input.context.text.get(span.start as usize..span.end as usize).unwrap_or_default();
    let cut: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
    if input.is_end() { "the end of the file".to_owned() } else { format!("`{}`", shown(&cut)) }
}

fn list<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let quoted = |word: &str| {
        if word.contains("a ") || word.contains("an ") || word.contains("the ") {
            word.to_owned()
        } else {
            format!("`{word}`")
        }
    };
    let words: Vec<String> = words.map(quoted).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// Every spelling of words, as candidates for a misspelt one.
fn spellings(words: &[Word]) -> impl Iterator<Item = (&'static str, &'static str)> {
    words.iter().flat_map(|word| word.english().iter().chain(word.chinese())).map(|spelling| (*spelling, *spelling))
}
