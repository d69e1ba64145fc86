//! Operands of comparisons: arithmetic, the forms with `of`, and what stands alone.

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::expression::{LONGEST_CHAIN, aggregate, bounds, expression, node, too_long};
use super::input::{Input, Parsing, any_name, comma_list, deeper, free_name, mark, word};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, Token, TokenKind};
use crate::syntax::tree::{Arithmetic, DateUnit, Expression, ExpressionKind};
use crate::syntax::words::{Word, is_any_word};
use crate::value::Number;

/// An expression that stands for itself in a list of values.
pub(super) fn bare(input: Input<'_>) -> Parsing<'_, Expression> {
    expression(input)
}

/// `sum = product { ("+" | "-") product }`
pub(super) fn sum(input: Input<'_>) -> Parsing<'_, Expression> {
    arithmetic(input, &[(Mark::Plus, Arithmetic::Add), (Mark::Minus, Arithmetic::Subtract)], product)
}

/// `product = signed { ("*" | "/") signed }`
fn product(input: Input<'_>) -> Parsing<'_, Expression> {
    arithmetic(input, &[(Mark::Times, Arithmetic::Multiply), (Mark::Divide, Arithmetic::Divide)], signed)
}

fn arithmetic<'a>(
    input: Input<'a>,
    operators: &[(Mark, Arithmetic)],
    mut operand: impl FnMut(Input<'a>) -> Parsing<'a, Expression>,
) -> Parsing<'a, Expression> {
    let (mut rest, mut left) = operand(input)?;
    let mut length = 1;
    while let Some((_, operator)) = operators.iter().find(|(mark, _)| rest.is_mark(*mark)) {
        let operator_span = rest.span();
        let (next, right) = operand(rest.skip(1))?;
        let kind = ExpressionKind::Arithmetic(*operator, Box::new(left), Box::new(right), operator_span);
        left = node(kind, input.span_to(next));
        rest = next;
        length += 1;
        if length > LONGEST_CHAIN {
            return too_long(rest);
        }
    }
    Ok((rest, left))
}

/// `signed = "-" signed | of`
fn signed(input: Input<'_>) -> Parsing<'_, Expression> {
    if input.is_mark(Mark::Minus) {
        let (rest, operand) = deeper(signed).parse(input.skip(1))?;
        return Ok((rest, node(ExpressionKind::Negate(Box::new(operand)), input.span_to(rest))));
    }
    deeper(of).parse(input)
}

/// `of = ("code" | "label" | "year" | "length" | NAME | NUMBER "%" | "characters" A "to" B) "of" of | possessive`
pub(super) fn of(input: Input<'_>) -> Parsing<'_, Expression> {
    type Make = fn(Box<Expression>) -> ExpressionKind;
    let heads: [(&str, Make); 4] = [
        ("code", ExpressionKind::CodeOf),
        ("label", ExpressionKind::LabelOf),
        ("year", ExpressionKind::YearOf),
        ("length", ExpressionKind::LengthOf),
    ];
    let is_of = |input: Input<'_>| matches!(input.ahead(0), Some(TokenKind::Name(name)) if name == "of");
    if is_of(input.skip(1)) {
        let after = input.skip(2);
        match input.token() {
            Some(Token { kind: TokenKind::Name(name), .. }) => {
                if let Some((_, make)) = heads.iter().find(|(head, _)| head == name) {
                    let (rest, operand) = deeper(of).parse(after)?;
                    return Ok((rest, node(make(Box::new(operand)), input.span_to(rest))));
                }
            },
            Some(Token { kind: TokenKind::Number(percent, is_percent), .. }) => {
                return percent_of(input, **percent, *is_percent);
            },
            _ => {},
        }
        let (_, relation) = free_name(input)?;
        let (rest, operand) = deeper(of).parse(after)?;
        let kind = ExpressionKind::Lookup(relation, Box::new(operand));
        return Ok((rest, node(kind, input.span_to(rest))));
    }
    if input.is_word(Word::Characters) && matches!(input.ahead(1), Some(TokenKind::Number(..))) {
        let (rest, (from, to)) = character_range(input.skip(1))?;
        if !is_of(rest) {
            return rest.stop("of");
        }
        let (rest, operand) = deeper(of).parse(rest.skip(1))?;
        return Ok((rest, node(ExpressionKind::CharactersOf(from, to, Box::new(operand)), input.span_to(rest))));
    }
    possessive(input)
}

fn percent_of(input: Input<'_>, percent: Number, is_percent: bool) -> Parsing<'_, Expression> {
    if !is_percent {
        let message = "`of` needs a percentage on its left";
        let diagnostic = Diagnostic::error("rules/syntax", input.span(), message, "not a percentage");
        return input.fail(diagnostic.help("write `25% of X`, or `*` for a product"));
    }
    let (rest, operand) = deeper(of).parse(input.skip(2))?;
    let kind = ExpressionKind::PercentOf(percent, Box::new(operand), input.skip(1).span());
    Ok((rest, node(kind, input.span_to(rest))))
}

/// `A to B`, whole numbers with 1 ≤ A ≤ B
fn character_range(input: Input<'_>) -> Parsing<'_, (u32, u32)> {
    let (rest, from) = whole_number(input)?;
    let (rest, _) = word(Word::UpTo)(rest)?;
    let (rest, to) = whole_number(rest)?;
    if from == 0 || to < from {
        let span = input.span_to(rest);
        let message = format!("characters {from} to {to} are no stretch of a text");
        let diagnostic = Diagnostic::error("rules/bad-number", span, message, "not in order");
        return input.fail(diagnostic.help("characters are counted from 1, the smaller number first"));
    }
    Ok((rest, (from, to)))
}

/// A whole number that fits 32 bits.
pub(super) fn whole_number(input: Input<'_>) -> Parsing<'_, u32> {
    match input.ahead(0) {
        Some(TokenKind::Number(number, false)) => match number.parts() {
            (value, 1) if u32::try_from(value).is_ok() => Ok((input.skip(1), u32::try_from(value).unwrap_or(0))),
            _ => {
                let diagnostic =
                    Diagnostic::error("rules/bad-number", input.span(), "a whole number belongs here", "not whole");
                input.fail(diagnostic.help("write a whole number, such as `3`"))
            },
        },
        _ => input.stop("a whole number"),
    }
}

/// `possessive = member { "的" (NAME | 字数 | 年份 | 代码 | 名称 | 字 A 至 B | NUMBER "%") }`, left to right
fn possessive(input: Input<'_>) -> Parsing<'_, Expression> {
    let (mut rest, mut operand) = member(input)?;
    let mut length = 1;
    while matches!(rest.ahead(0), Some(TokenKind::Name(name)) if name == "的") {
        let operator = rest.span();
        let (next, kind) = possessed(rest.skip(1), operand, operator)?;
        operand = node(kind, input.span_to(next));
        rest = next;
        length += 1;
        if length > LONGEST_CHAIN {
            return too_long(rest);
        }
    }
    Ok((rest, operand))
}

fn possessed(input: Input<'_>, operand: Expression, operator: crate::text::Span) -> Parsing<'_, ExpressionKind> {
    let boxed = Box::new(operand);
    match input.ahead(0) {
        Some(TokenKind::Number(percent, true)) => {
            return Ok((input.skip(1), ExpressionKind::PercentOf(**percent, boxed, operator)));
        },
        Some(TokenKind::Name(name)) => match name.as_ref() {
            "字数" => return Ok((input.skip(1), ExpressionKind::LengthOf(boxed))),
            "年份" => return Ok((input.skip(1), ExpressionKind::YearOf(boxed))),
            "代码" => return Ok((input.skip(1), ExpressionKind::CodeOf(boxed))),
            "名称" => return Ok((input.skip(1), ExpressionKind::LabelOf(boxed))),
            "字" if matches!(input.ahead(1), Some(TokenKind::Number(..))) => {
                let (rest, (from, to)) = character_range(input.skip(1))?;
                return Ok((rest, ExpressionKind::CharactersOf(from, to, boxed)));
            },
            _ => {},
        },
        _ => {},
    }
    let (rest, relation) = free_name(input)?;
    Ok((rest, ExpressionKind::Lookup(relation, boxed)))
}

/// `member = primary { "." NAME }`; after the dot every word is a name.
fn member(input: Input<'_>) -> Parsing<'_, Expression> {
    let (mut rest, mut operand) = primary(input)?;
    while rest.is_mark(Mark::Dot) {
        let (next, field) = any_name(rest.skip(1))?;
        operand = node(ExpressionKind::Field(Box::new(operand), field), input.span_to(next));
        rest = next;
    }
    Ok((rest, operand))
}

/// `primary = literal | aggregate | span of dates | "(" expression ")" | "{" … "}" | name`
fn primary(input: Input<'_>) -> Parsing<'_, Expression> {
    let Some(token) = input.token() else { return input.stop("an expression") };
    let one = |kind: ExpressionKind| Ok((input.skip(1), node(kind, token.span)));
    match &token.kind {
        TokenKind::Number(value, percent) => match unit(input.skip(1)) {
            Some((rest, unit)) if !percent => {
                Ok((rest, node(ExpressionKind::Quantity(**value, unit), input.span_to(rest))))
            },
            _ if is_unit_like(input.skip(1)) && !percent => super::recovery::unknown_unit(input.skip(1)),
            _ => one(ExpressionKind::Number { value: **value, percent: *percent }),
        },
        TokenKind::Date(date) => one(ExpressionKind::Date(*date)),
        TokenKind::Text(value) => {
            let text = crate::syntax::tree::Text { value: value.to_string(), span: token.span };
            one(ExpressionKind::Text(text))
        },
        TokenKind::Mark(Mark::OpenParenthesis) => {
            let (rest, mut inside) = expression(input.skip(1))?;
            let (rest, _) = mark(Mark::CloseParenthesis)(rest)?;
            inside.parenthesised = true;
            Ok((rest, inside))
        },
        TokenKind::Mark(Mark::OpenBrace) => set(input),
        TokenKind::Broken => Err(nom::Err::Failure(super::input::Fault { reported: true })),
        _ if input.is_word(Word::True) => one(ExpressionKind::Truth(true)),
        _ if input.is_word(Word::False) => one(ExpressionKind::Truth(false)),
        _ => alt((aggregate, date_span, name)).parse(input),
    }
}

/// Whether a name stands here, on the line of the number before it, that can be nothing but a unit.
fn is_unit_like(input: Input<'_>) -> bool {
    input
        .token()
        .is_some_and(|token| !token.first_on_line && matches!(&token.kind, TokenKind::Name(name) if !is_any_word(name)))
        && !matches!(input.ahead(1), Some(TokenKind::Text(_)))
}

/// The name of a declared unit after a number.
pub(super) fn unit(input: Input<'_>) -> Option<(Input<'_>, crate::syntax::tree::Name)> {
    match input.ahead(0) {
        Some(TokenKind::Name(name) | TokenKind::Quoted(name)) if input.context.dialect.is_unit(name) => {
            any_name(input).ok()
        },
        _ => None,
    }
}

/// `date span = ("years" | "months" | "days") "between" sum "and" sum`
fn date_span(input: Input<'_>) -> Parsing<'_, Expression> {
    let words = [(Word::Years, DateUnit::Years), (Word::Months, DateUnit::Months), (Word::Days, DateUnit::Days)];
    let found = words.iter().find(|(word, _)| input.is_word(*word) && input.skip(1).is_word(Word::Between));
    let Some((_, unit)) = found else { return input.stop("an expression") };
    let (rest, (from, to)) = cut(bounds).parse(input.skip(2))?;
    Ok((rest, node(ExpressionKind::DateSpan(*unit, Box::new(from), Box::new(to)), input.span_to(rest))))
}

/// `name = NAME | NAME ":" NAME`
fn name(input: Input<'_>) -> Parsing<'_, Expression> {
    match input.ahead(0) {
        Some(TokenKind::Name(name)) if crate::syntax::words::is_reserved(name) => return input.stop("an expression"),
        Some(TokenKind::Name(_) | TokenKind::Quoted(_)) => {},
        _ => return input.stop("an expression"),
    }
    let (rest, name) = free_name(input)?;
    let (rest, term) = opt(preceded(mark(Mark::Colon), cut(any_name))).parse(rest)?;
    let kind = match term {
        Some(term) => ExpressionKind::Qualified(name, term),
        None => ExpressionKind::Name(name),
    };
    Ok((rest, node(kind, input.span_to(rest))))
}

/// `set = "{" [ expression { "," expression } ] "}"`
fn set(input: Input<'_>) -> Parsing<'_, Expression> {
    let inside = input.skip(1);
    let closes = |input: Input<'_>| input.is_mark(Mark::CloseBrace);
    let (rest, elements) =
        if closes(inside) { (inside, Vec::new()) } else { comma_list(deeper(sum), closes).parse(inside)? };
    let rest = if rest.is_mark(Mark::Comma) { rest.skip(1) } else { rest };
    let (rest, _) = mark(Mark::CloseBrace)(rest)?;
    Ok((rest, node(ExpressionKind::Set(elements), input.span_to(rest))))
}
