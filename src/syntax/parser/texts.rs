//! Texts in several languages, dates, and where things come from.

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::opt;

use super::input::{Input, Parsing, any_name, comma_list, text, word};
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{Basis, DateLiteral, Effective, Ground, LocalText, Passage};
use crate::syntax::words::Word;
use crate::text::Span;

/// `local text = [ TAG ] TEXT { TAG TEXT }`
pub(super) fn local_text(input: Input<'_>) -> Parsing<'_, LocalText> {
    let mut local = LocalText { entries: Vec::with_capacity(input.context.dialect.languages.len()) };
    let mut rest = input;
    if !rest.is_tag() {
        let (next, first) = text(rest)?;
        local.entries.push((None, first));
        rest = next;
    }
    while rest.is_tag() {
        let (next, tag) = any_name(rest)?;
        let (next, value) = text(next)?;
        local.entries.push((Some(tag), value));
        rest = next;
    }
    Ok((rest, local))
}

/// A label: a local text, or nothing.
pub(super) fn label(input: Input<'_>) -> Parsing<'_, LocalText> {
    if input.is_tag() || matches!(input.ahead(0), Some(TokenKind::Text(_))) {
        local_text(input)
    } else {
        Ok((input, LocalText::default()))
    }
}

/// A date or a month.
pub(super) fn date(input: Input<'_>) -> Parsing<'_, DateLiteral> {
    match input.ahead(0) {
        Some(TokenKind::Date(date)) => Ok((input.skip(1), *date)),
        _ => input.stop("a date"),
    }
}

/// `effective = "effective" [ "from" DATE ] [ "until" DATE ]`
pub(super) fn effective(input: Input<'_>) -> Parsing<'_, Effective> {
    let (rest, _) = word(Word::Effective)(input)?;
    let (rest, from) = opt((word(Word::From), date)).parse(rest)?;
    let (rest, until) = match &from {
        Some(_) => opt((word(Word::Until), date)).parse(rest)?,
        None => {
            let (rest, until) = (alt((word(Word::Until), word(Word::From))), date).parse(rest)?;
            (rest, Some(until))
        },
    };
    let span = input.span_to(rest);
    Ok((rest, Effective { from: from.map(|(_, date)| date), until: until.map(|(_, date)| date), span }))
}

/// The words that begin a ground.
pub(super) const GROUNDS: &[Word] = &[Word::Basis, Word::Cites, Word::Note];

/// `ground = "basis" BASIS | "cites" passage { "," passage } | "note" local text`
pub(super) fn ground(input: Input<'_>) -> Parsing<'_, Ground> {
    alt((basis, cites, note)).parse(input)
}

/// Zero or more grounds.
pub(super) fn grounds(input: Input<'_>) -> Parsing<'_, Vec<Ground>> {
    let mut rest = input;
    let mut grounds = Vec::new();
    loop {
        if rest.is_mark(Mark::Comma) && GROUNDS.iter().any(|word| rest.skip(1).is_word(*word)) {
            rest = rest.skip(1);
        }
        if !GROUNDS.iter().any(|word| rest.is_word(*word)) || !is_ground(rest) {
            return Ok((rest, grounds));
        }
        let (next, found) = ground(rest)?;
        grounds.push(found);
        rest = next;
    }
}

/// Whether what follows a word of a ground is fit for it; a term may be called `note`.
fn is_ground(input: Input<'_>) -> bool {
    match input.ahead(1) {
        Some(TokenKind::Text(_) | TokenKind::Clause(_)) => !input.is_word(Word::Basis),
        Some(TokenKind::Name(_)) => input.is_word(Word::Basis) || input.skip(1).is_tag(),
        _ => true,
    }
}

fn basis(input: Input<'_>) -> Parsing<'_, Ground> {
    let (rest, _) = word(Word::Basis)(input)?;
    let words = [
        (Word::Stated, Basis::Stated),
        (Word::Derived, Basis::Derived),
        (Word::Assumed, Basis::Assumed),
        (Word::Practice, Basis::Practice),
    ];
    for (basis_word, basis) in words {
        if let Ok((rest, span)) = word(basis_word)(rest) {
            return Ok((rest, Ground::Basis(basis, span)));
        }
    }
    rest.stop("stated")
}

fn cites(input: Input<'_>) -> Parsing<'_, Ground> {
    let (rest, _) = word(Word::Cites)(input)?;
    let is_over = |input: Input<'_>| !matches!(input.ahead(0), Some(TokenKind::Clause(_) | TokenKind::Text(_)));
    let (rest, passages) = comma_list(passage, is_over).parse(rest)?;
    Ok((rest, Ground::Cites(passages)))
}

/// `passage = CLAUSE [ local text ] | local text`
fn passage(input: Input<'_>) -> Parsing<'_, Passage> {
    let (rest, clause): (_, Option<(String, Span)>) = match input.ahead(0) {
        Some(TokenKind::Clause(number)) => (input.skip(1), Some(((*number).to_owned(), input.span()))),
        _ => (input, None),
    };
    let (rest, words) = if clause.is_some() {
        label(rest)?
    } else if rest.is_tag() || matches!(rest.ahead(0), Some(TokenKind::Text(_))) {
        local_text(rest)?
    } else {
        return rest.stop("a clause such as §3.9");
    };
    Ok((rest, Passage { clause, words, span: input.span_to(rest) }))
}

fn note(input: Input<'_>) -> Parsing<'_, Ground> {
    let (rest, _) = word(Word::Note)(input)?;
    let (rest, words) = local_text(rest)?;
    Ok((rest, Ground::Note(words, input.span_to(rest))))
}
