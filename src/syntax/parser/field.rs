//! The `proposal` item and its fields.

use nom::Parser as _;
use nom::branch::alt;

use super::expression::expression;
use super::input::{Input, Parsing, any_name, comma_list, deeper, mark, text, word};
use super::item::term_options;
use super::operand::{of, sum, whole_number};
use super::recovery::{Entries, block};
use super::texts::label;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{Bound, Expression, ExpressionKind, Field, FieldOption, FieldType, Proposal, Term};
use crate::syntax::words::Word;

/// `proposal = "proposal" "{" { field } "}"`
pub(super) fn proposal(input: Input<'_>) -> Parsing<'_, Proposal> {
    let (rest, _) = word(Word::Proposal)(input)?;
    let (rest, fields) = block(rest, Entries::Names, field)?;
    Ok((rest, Proposal { fields: fields.entries, span: input.span_to(rest) }))
}

/// `field = NAME type [ label ] { option }`; the first word is a name, whatever it is.
fn field(input: Input<'_>) -> Parsing<'_, Field> {
    let (start, name) = any_name(input)?;
    let (rest, kind) = field_type(start)?;
    let kind_span = start.span_to(rest);
    let (rest, label) = label(rest)?;
    let mut options = Vec::new();
    let mut rest = rest;
    while let Some((next, found)) = option(rest)? {
        options.push(found);
        rest = next;
    }
    Ok((rest, Field { name, kind, kind_span, label, options, span: input.span_to(rest) }))
}

/// `type = "text" | … | "one of" terms | "set of" NAME | "list of" type | "{" { field } "}" | NAME`
fn field_type(input: Input<'_>) -> Parsing<'_, FieldType> {
    let plain = [
        (Word::TypeText, FieldType::Text),
        (Word::TypeNumber, FieldType::Number),
        (Word::TypeInteger, FieldType::Integer),
        (Word::TypeBoolean, FieldType::Boolean),
        (Word::TypeDate, FieldType::Date),
    ];
    if input.is_mark(Mark::OpenBrace) {
        let (rest, fields) = deeper(|input| block(input, Entries::Names, field)).parse(input)?;
        return Ok((rest, FieldType::Record(fields.entries)));
    }
    if let Some(length) = input.word_length(Word::OneOf) {
        return one_of(input.skip(length));
    }
    if let Some(length) = input.word_length(Word::SetOf) {
        let (rest, vocabulary) = any_name(input.skip(length))?;
        return Ok((rest, FieldType::Set(vocabulary)));
    }
    if let Some(length) = input.word_length(Word::ListOf) {
        let (rest, element) = deeper(field_type).parse(input.skip(length))?;
        return Ok((rest, FieldType::List(Box::new(element))));
    }
    for (type_word, kind) in plain {
        if input.is_word(type_word) {
            return Ok((input.skip(1), kind));
        }
    }
    match input.ahead(0) {
        Some(TokenKind::Name(_) | TokenKind::Quoted(_)) => {
            let (rest, name) = any_name(input)?;
            Ok((rest, FieldType::Named(name)))
        },
        _ => input.stop("a type"),
    }
}

/// `terms = NAME { "," NAME } | "(" NAME [ label ] { "," NAME [ label ] } ")"`
fn one_of(input: Input<'_>) -> Parsing<'_, FieldType> {
    let closes = |input: Input<'_>| input.is_mark(Mark::CloseParenthesis);
    if input.is_mark(Mark::OpenParenthesis) {
        let (rest, terms) = comma_list(labelled_term, closes).parse(input.skip(1))?;
        let rest = if rest.is_mark(Mark::Comma) { rest.skip(1) } else { rest };
        let (rest, _) = mark(Mark::CloseParenthesis)(rest)?;
        return Ok((rest, FieldType::OneOf(terms)));
    }
    let (rest, terms) = comma_list(bare_term, |input| input.is_mark(Mark::CloseBrace)).parse(input)?;
    Ok((rest, FieldType::OneOf(terms)))
}

fn bare_term(input: Input<'_>) -> Parsing<'_, Term> {
    let (rest, name) = any_name(input)?;
    let span = name.span;
    let term =
        Term { name, label: Default::default(), code: None, aka: Vec::new(), within: None, grounds: Vec::new(), span };
    Ok((rest, term))
}

fn labelled_term(input: Input<'_>) -> Parsing<'_, Term> {
    let (rest, term) = bare_term(input)?;
    let (rest, label) = label(rest)?;
    term_options(input, rest, Term { label, ..term })
}

/// The next option of a field, if one stands here.
fn option(input: Input<'_>) -> Result<Option<(Input<'_>, FieldOption)>, nom::Err<super::input::Fault>> {
    let after = |word: Word| input.word_length(word).map(|length| input.skip(length));
    if let Some(rest) = after(Word::RequiredWhen) {
        let (rest, condition) = expression(rest)?;
        return Ok(Some((rest, FieldOption::RequiredWhen(condition, input.span_to(rest)))));
    }
    if let Some(rest) = after(Word::Required) {
        return Ok(Some((rest, FieldOption::Required(input.span_to(rest)))));
    }
    if let Some(rest) = after(Word::Otherwise) {
        let (rest, value) = otherwise(rest)?;
        return Ok(Some((rest, FieldOption::Otherwise(value, input.span_to(rest)))));
    }
    for (bound_word, bound) in [(Word::AtLeast, Bound::AtLeast), (Word::AtMost, Bound::AtMost)] {
        if let Some(rest) = after(bound_word) {
            let (rest, found) = limit(input, rest, bound)?;
            return Ok(Some((rest, found)));
        }
    }
    let is_text = |input: Input<'_>| matches!(input.ahead(0), Some(TokenKind::Text(_)));
    if let Some(rest) = after(Word::Matching).filter(|rest| is_text(*rest)) {
        let (rest, pattern) = text(rest)?;
        return Ok(Some((rest, FieldOption::Matching(pattern, input.span_to(rest)))));
    }
    if let Some(rest) = after(Word::Key).filter(|rest| is_text(*rest)) {
        let (rest, key) = text(rest)?;
        return Ok(Some((rest, FieldOption::Key(key, input.span_to(rest)))));
    }
    let is_unit = |input: Input<'_>| super::operand::unit(input).is_some();
    if let Some(rest) = after(Word::InUnit).filter(|rest| is_unit(*rest)) {
        let (rest, unit) = any_name(rest)?;
        return Ok(Some((rest, FieldOption::In(unit, input.span_to(rest)))));
    }
    Ok(None)
}

fn otherwise(input: Input<'_>) -> Parsing<'_, Option<Expression>> {
    match input.word_length(Word::EmptyValue) {
        Some(length) => Ok((input.skip(length), None)),
        None => {
            let (rest, value) = literal(input)?;
            Ok((rest, Some(value)))
        },
    }
}

/// A literal, a term or a set of terms, perhaps with a sign.
fn literal(input: Input<'_>) -> Parsing<'_, Expression> {
    if input.is_mark(Mark::Minus) {
        let (rest, operand) = alt((of,)).parse(input.skip(1))?;
        let kind = ExpressionKind::Negate(Box::new(operand));
        return Ok((rest, super::expression::node(kind, input.span_to(rest))));
    }
    match input.ahead(0) {
        Some(TokenKind::Mark(Mark::OpenBrace)) => sum(input),
        _ => of(input),
    }
}

/// `("at least" | "at most") (NUMBER ("items" | "characters") | literal)`
fn limit<'a>(start: Input<'a>, input: Input<'a>, bound: Bound) -> Parsing<'a, FieldOption> {
    if matches!(input.ahead(0), Some(TokenKind::Number(..))) {
        let counted = input.skip(1);
        if let Some(length) = counted.word_length(Word::Characters) {
            let (_, count) = whole_number(input)?;
            let rest = counted.skip(length);
            return Ok((rest, FieldOption::Characters(bound, count, start.span_to(rest))));
        }
        if let Some(length) = counted.word_length(Word::Items) {
            let (_, count) = whole_number(input)?;
            let rest = counted.skip(length);
            return Ok((rest, FieldOption::Items(bound, count, start.span_to(rest))));
        }
    }
    let (rest, value) = literal(input)?;
    let span = start.span_to(rest);
    let found = match bound {
        Bound::AtLeast => FieldOption::AtLeast(value, span),
        Bound::AtMost => FieldOption::AtMost(value, span),
    };
    Ok((rest, found))
}
