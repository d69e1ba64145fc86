//! Going on after an error: what was expected is reported once, and reading goes on at the next entry or item.

use super::input::{Fault, Input, Parsing, mark};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::words::{Word, is_any_word};
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
        let is_over =
            rest.is_end() || matches!(entries, Entries::Names) && (is_item_start(rest) || is_fact_start(rest));
        if is_over {
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
                let next = skip(rest, |input| starts(input, entries));
                rest.context.lose(rest.span_to(next));
                rest = next;
            },
        }
    }
}

fn unclosed<T>(input: Input<'_>, open: Span, mut block: Block<T>) -> Parsing<'_, Block<T>> {
    block.broken = true;
    let start = input.context.tokens.partition_point(|token| token.span.start < open.start);
    let opened = Input { context: input.context, at: start };
    input.context.report(unclosed_brace(suspect(opened, input)));
    // What was meant to stand outside of it is taken to stand inside.
    input.context.lose(opened.span_to(input));
    Ok((input, block))
}

/// A brace that nothing closes.
pub(super) fn unclosed_brace(open: Span) -> Diagnostic {
    Diagnostic::error("rules/syntax", open, "a brace is not closed", "opened here").help("add the closing `}`")
}

/// Of the braces from one that is not closed on, the one that surely lacks its twin: a brace that begins a line stands as
/// far in as the line that opens its block.
fn suspect(opened: Input<'_>, end: Input<'_>) -> Span {
    let text = opened.context.text;
    let indentation = |span: Span| {
        let before = text.get(..span.start as usize).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(line..).unwrap_or_default();
        rest.len() - rest.trim_start_matches([' ', '\t']).len()
    };
    let mut open: Vec<Span> = Vec::new();
    for token in opened.context.tokens.iter().take(end.at).skip(opened.at) {
        match token.kind {
            TokenKind::Mark(Mark::OpenBrace) => open.push(token.span),
            TokenKind::Mark(Mark::CloseBrace) => {
                let Some(twin) = open.pop() else { break };
                if token.first_on_line && indentation(token.span) < indentation(twin) {
                    return twin;
                }
            },
            _ => {},
        }
    }
    opened.span()
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
    let labelled = |input: Input<'_>| opens(past_label(input));
    let placed = |input: Input<'_>| match input.word_length(Word::Within) {
        Some(length) => labelled(past_label(input.skip(length + 1))),
        None => labelled(input),
    };
    input.token().is_some_and(|token| token.first_on_line)
        && (named(Word::Plan, &opens)
            || named(Word::PortfolioDirective, &labelled)
            || named(Word::Directive, &labelled)
            || named(Word::Vocabulary, &|input| placed(past_label(input)))
            || named(Word::Dimension, &labelled)
            || named(Word::Group, &|input| input.is_word(Word::Of))
            || named(Word::Relation, &|input| input.is_word(Word::RelationFrom))
            || named(Word::Define, &|input| input.is_mark(Mark::Equal))
            || after(Word::Uncheckable).is_some_and(opens)
            || after(Word::Map).is_some_and(|input| input.is_word(Word::Of) && is_name(input.skip(1)))
            || after(Word::Test)
                .is_some_and(|input| matches!(input.ahead(0), Some(TokenKind::Text(_))) && opens(input.skip(1))))
}

/// What stands after a label in one or several languages.
fn past_label(input: Input<'_>) -> Input<'_> {
    let mut rest = input;
    loop {
        match rest.ahead(0) {
            Some(TokenKind::Text(_)) => rest = rest.skip(1),
            Some(TokenKind::Name(_)) if matches!(rest.ahead(1), Some(TokenKind::Text(_))) => rest = rest.skip(2),
            _ => return rest,
        }
    }
}

/// Whether a fact begins a line here.
fn is_fact_start(input: Input<'_>) -> bool {
    input.token().is_some_and(|token| token.first_on_line) && super::item::is_fact(input)
}

/// Reports a fault in an entry; a first word that is nearly one of those that may begin it is named.
pub(super) fn report_entry(input: Input<'_>, fault: Fault, entries: Entries) {
    let (expected_at, _) = input.context.expectation();
    if let (false, Some(diagnostic)) = (fault.reported, unknown_language(input)) {
        input.context.report(diagnostic);
        input.context.forget(input.at + 1);
        return;
    }
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

/// A number stands before a name that is no unit of any dimension.
pub(super) fn unknown_unit<T>(input: Input<'_>) -> Parsing<'_, T> {
    let written = found_name(input);
    let message = format!("`{}` is no unit", shown(written));
    let diagnostic = Diagnostic::error("rules/unknown-unit", input.span(), message, "not declared");
    let units = input.context.dialect.units.iter().map(|unit| (unit.as_str(), unit.as_str()));
    input.fail(match nearest(written, units) {
        Some(near) => diagnostic.help(format!("did you mean `{}`?", shown(near))),
        None => diagnostic.help("declare it in a `dimension`, or leave it out"),
    })
}

/// A text in a language that the plan does not list stands where an entry may begin.
fn unknown_language(input: Input<'_>) -> Option<Diagnostic> {
    let after_text = input.at.checked_sub(1).and_then(|at| input.context.tokens.get(at));
    let is_after_text = matches!(after_text, Some(token) if matches!(token.kind, TokenKind::Text(_)));
    let (true, Some(TokenKind::Name(tag)), Some(TokenKind::Text(_))) = (is_after_text, input.ahead(0), input.ahead(1))
    else {
        return None;
    };
    if tag.chars().count() > 8 || is_any_word(tag) {
        return None;
    }
    let message = format!("`{}` is no language of the plan", shown(tag));
    let diagnostic = Diagnostic::error("rules/unknown-language", input.span(), message, "not listed under `language`");
    let languages = input.context.dialect.languages.iter().map(|language| (language.as_str(), language.as_str()));
    Some(match nearest(tag, languages) {
        Some(near) => diagnostic.help(format!("did you mean `{}`?", shown(near))),
        None => diagnostic.help(format!("add `{}` to `language` in the plan item", shown(tag))),
    })
}

fn found_name(input: Input<'_>) -> &str {
    match input.ahead(0) {
        Some(TokenKind::Name(name) | TokenKind::Quoted(name)) => name,
        _ => "",
    }
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
    words.iter().flat_map(|word| word.spellings()).map(|spelling| (*spelling, *spelling))
}
