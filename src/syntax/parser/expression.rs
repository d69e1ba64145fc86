//! Expressions (section 3 of the language page), a function a level of precedence, loosest first.

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::input::{Input, Parsing, comma_list, deeper, free_name, mark, text, word};
use super::operand::{bare, sum};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{
    Aggregate, AggregateKind, Comparison, Expression, ExpressionKind, Inclusion, Quantified, Quantifier, TextTest,
};
use crate::syntax::words::Word;
use crate::text::Span;

/// The longest chain of `and`, `or`, `+` and the like.
pub(super) const LONGEST_CHAIN: usize = 500;

pub(super) fn node(kind: ExpressionKind, span: Span) -> Expression {
    Expression { kind, span, parenthesised: false }
}

/// `expression = "if" expression "then" expression | disjunction`
pub(super) fn expression(input: Input<'_>) -> Parsing<'_, Expression> {
    deeper(|input| alt((implication, disjunction)).parse(input))(input)
}

fn implication(input: Input<'_>) -> Parsing<'_, Expression> {
    let (rest, _) = word(Word::If)(input)?;
    let (rest, (given, _, then)) = cut((expression, word(Word::Then), expression)).parse(rest)?;
    let span = input.span_to(rest);
    Ok((rest, node(ExpressionKind::Implies(Box::new(given), Box::new(then)), span)))
}

/// `disjunction = conjunction { "or" conjunction }`
fn disjunction(input: Input<'_>) -> Parsing<'_, Expression> {
    chain(input, Word::Or, conjunction, |a, b| ExpressionKind::Or(Box::new(a), Box::new(b)))
}

/// `conjunction = negation { "and" negation }`
fn conjunction(input: Input<'_>) -> Parsing<'_, Expression> {
    chain(input, Word::And, negation, |a, b| ExpressionKind::And(Box::new(a), Box::new(b)))
}

fn chain<'a>(
    input: Input<'a>,
    joint: Word,
    mut operand: impl FnMut(Input<'a>) -> Parsing<'a, Expression>,
    join: impl Fn(Expression, Expression) -> ExpressionKind,
) -> Parsing<'a, Expression> {
    let (mut rest, mut left) = operand(input)?;
    let mut length = 1;
    while let (next, Some(_)) = opt(word(joint)).parse(rest)? {
        let (next, right) = alt((implication, |input| operand(input))).parse(next)?;
        left = node(join(left, right), input.span_to(next));
        rest = next;
        length += 1;
        if length > LONGEST_CHAIN {
            return too_long(rest);
        }
    }
    Ok((rest, left))
}

pub(super) fn too_long<T>(input: Input<'_>) -> Parsing<'_, T> {
    let message = format!("more than {LONGEST_CHAIN} parts are joined in one expression");
    let diagnostic = Diagnostic::error("rules/too-large", input.span(), message, "too many from here on");
    input.fail(diagnostic.help("use a set, or give parts of it a name with `define`"))
}

/// `negation = "not" negation | quantified | comparison`; an `if` may stand after `not` too.
fn negation(input: Input<'_>) -> Parsing<'_, Expression> {
    deeper(|input| alt((negated, quantified, comparison)).parse(input))(input)
}

fn negated(input: Input<'_>) -> Parsing<'_, Expression> {
    let (rest, operand) = preceded(word(Word::Not), cut(alt((implication, negation)))).parse(input)?;
    Ok((rest, node(ExpressionKind::Not(Box::new(operand)), input.span_to(rest))))
}

/// `quantified = ("some" | "every" | "no") NAME "in" sum [ "where" expression ] "satisfies" expression`
fn quantified(input: Input<'_>) -> Parsing<'_, Expression> {
    let words = [(Word::Some, Quantifier::Some), (Word::Every, Quantifier::Every), (Word::No, Quantifier::No)];
    let found = words.iter().find(|(word, _)| {
        let after = input.skip(1);
        input.is_word(*word)
            && matches!(after.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_)))
            && (after.skip(1).is_word(Word::In) || after.skip(1).is_word(Word::InList))
    });
    let Some((_, quantifier)) = found else { return input.stop("an expression") };
    let (rest, variable) = free_name(input.skip(1))?;
    let (rest, _) = alt((word(Word::In), word(Word::InList))).parse(rest)?;
    let (rest, (list, filter, _, body)) =
        cut((list, opt(preceded(word(Word::Where), expression)), word(Word::Satisfies), expression)).parse(rest)?;
    let quantified = Quantified {
        quantifier: *quantifier,
        variable,
        list: Box::new(list),
        filter: filter.map(Box::new),
        body: Box::new(body),
    };
    Ok((rest, node(ExpressionKind::Quantified(quantified), input.span_to(rest))))
}

/// What a quantifier or aggregate runs over; 项目 means `proposals` here.
fn list(input: Input<'_>) -> Parsing<'_, Expression> {
    if input.is_word(Word::Proposals) {
        let (rest, mut name) = free_name(input)?;
        if !name.quoted && !rest.is_mark(Mark::Dot) && !rest.is_word(Word::Possessive) {
            "proposals".clone_into(&mut name.text);
            let span = name.span;
            return Ok((rest, node(ExpressionKind::Name(name), span)));
        }
    }
    sum(input)
}

/// `comparison = sum [ operator operands ]`, alone: comparisons do not chain.
fn comparison(input: Input<'_>) -> Parsing<'_, Expression> {
    let (rest, left) = sum(input)?;
    let (rest, compared) = compared(input, rest, left)?;
    if is_comparison(&compared.kind)
        && let Some(length) = operator_length(rest)
    {
        let operator = rest.span_to(rest.skip(length));
        let diagnostic =
            Diagnostic::error("rules/chained-comparison", operator, "comparisons do not chain", "a second comparison")
                .also(compared.span, "the first one");
        return rest.fail(diagnostic.help("write `a < b and b < c`, or set one of them in parentheses"));
    }
    Ok((rest, compared))
}

fn is_comparison(kind: &ExpressionKind) -> bool {
    use ExpressionKind as Kind;
    matches!(
        kind,
        Kind::Compare(..)
            | Kind::Between(..)
            | Kind::In { .. }
            | Kind::Include(..)
            | Kind::Present(..)
            | Kind::Empty(..)
            | Kind::Matches(..)
            | Kind::TextTest(..)
    )
}

/// How many tokens a comparison operator takes here.
fn operator_length(input: Input<'_>) -> Option<usize> {
    let marks = [Mark::Equal, Mark::NotEqual, Mark::Less, Mark::LessOrEqual, Mark::Greater, Mark::GreaterOrEqual];
    if marks.iter().any(|mark| input.is_mark(*mark)) {
        return Some(1);
    }
    let words = [
        Word::Is,
        Word::IsNot,
        Word::IsExactly,
        Word::IsNotExactly,
        Word::IsPresent,
        Word::IsMissing,
        Word::IsEmpty,
        Word::IsNotEmpty,
        Word::NotIn,
        Word::In,
        Word::Include,
        Word::IncludeAnyOf,
        Word::IncludeAllOf,
        Word::IncludeNoneOf,
        Word::Between,
        Word::Matches,
        Word::StartsWith,
        Word::EndsWith,
        Word::Contains,
    ];
    words.iter().find_map(|word| input.word_length(*word))
}

/// What stands after the left operand, if anything; longer words before those that begin them.
fn compared<'a>(start: Input<'a>, input: Input<'a>, left: Expression) -> Parsing<'a, Expression> {
    if !matches!(input.ahead(0), Some(TokenKind::Name(_) | TokenKind::Mark(_))) {
        return Ok((input, left));
    }
    let boxed = Box::new;
    let one = |word: Word| input.word_length(word).map(|length| input.skip(length));
    for (word, present) in [(Word::IsPresent, true), (Word::IsMissing, false)] {
        if let Some(rest) = one(word) {
            return Ok((rest, node(ExpressionKind::Present(present, boxed(left)), start.span_to(rest))));
        }
    }
    for (word, empty) in [(Word::IsEmpty, true), (Word::IsNotEmpty, false)] {
        if let Some(rest) = one(word) {
            return Ok((rest, node(ExpressionKind::Empty(empty, boxed(left)), start.span_to(rest))));
        }
    }
    if let Some((rest, operator)) = comparison_operator(input) {
        let (rest, right) = sum(rest)?;
        let kind = ExpressionKind::Compare(operator, boxed(left), boxed(right));
        return Ok((rest, node(kind, start.span_to(rest))));
    }
    for (word, negated) in [(Word::NotIn, true), (Word::In, false)] {
        if let Some(rest) = one(word) {
            let (rest, set) = sum(rest)?;
            let kind = ExpressionKind::In { negated, term: boxed(left), set: boxed(set) };
            return Ok((rest, node(kind, start.span_to(rest))));
        }
    }
    let inclusions = [
        (Word::IncludeAnyOf, Inclusion::Any),
        (Word::IncludeAllOf, Inclusion::All),
        (Word::IncludeNoneOf, Inclusion::None),
        (Word::Include, Inclusion::Term),
    ];
    for (word, inclusion) in inclusions {
        if let Some(rest) = one(word) {
            let (rest, right) = sum(rest)?;
            let kind = ExpressionKind::Include(inclusion, boxed(left), boxed(right));
            return Ok((rest, node(kind, start.span_to(rest))));
        }
    }
    if let Some(rest) = one(Word::Between) {
        let (rest, (low, high)) = bounds(rest)?;
        let kind = ExpressionKind::Between(boxed(left), boxed(low), boxed(high));
        return Ok((rest, node(kind, start.span_to(rest))));
    }
    if let Some(rest) = one(Word::Matches) {
        let (rest, pattern) = text(rest)?;
        return Ok((rest, node(ExpressionKind::Matches(boxed(left), pattern), start.span_to(rest))));
    }
    let tests = [
        (Word::StartsWith, TextTest::StartsWith),
        (Word::EndsWith, TextTest::EndsWith),
        (Word::Contains, TextTest::Contains),
    ];
    for (word, test) in tests {
        if let Some(rest) = one(word) {
            let (rest, right) = sum(rest)?;
            let kind = ExpressionKind::TextTest(test, boxed(left), boxed(right));
            return Ok((rest, node(kind, start.span_to(rest))));
        }
    }
    Ok((input, left))
}

/// `bounds = sum "and" sum`, after `between`
pub(super) fn bounds(input: Input<'_>) -> Parsing<'_, (Expression, Expression)> {
    let (rest, low) = sum(input)?;
    let (rest, _) = alt((word(Word::And), word(Word::AndBetween))).parse(rest)?;
    let (rest, high) = sum(rest)?;
    Ok((rest, (low, high)))
}

fn comparison_operator(input: Input<'_>) -> Option<(Input<'_>, Comparison)> {
    let marks = [
        (Mark::Equal, Comparison::Is),
        (Mark::NotEqual, Comparison::IsNot),
        (Mark::Less, Comparison::Less),
        (Mark::LessOrEqual, Comparison::LessOrEqual),
        (Mark::Greater, Comparison::Greater),
        (Mark::GreaterOrEqual, Comparison::GreaterOrEqual),
    ];
    let words = [
        (Word::IsNotExactly, Comparison::IsNotExactly),
        (Word::IsExactly, Comparison::IsExactly),
        (Word::IsNot, Comparison::IsNot),
        (Word::Is, Comparison::Is),
    ];
    let by_mark = marks.iter().find(|(mark, _)| input.is_mark(*mark)).map(|(_, operator)| (input.skip(1), *operator));
    by_mark.or_else(|| {
        words.iter().find_map(|(word, operator)| input.word_length(*word).map(|length| (input.skip(length), *operator)))
    })
}

/// `aggregate = WORD "(" … ")"`, the word being `count`, `sum`, `min`, `max` or `average`
pub(super) fn aggregate(input: Input<'_>) -> Parsing<'_, Expression> {
    let words = [
        (Word::Count, AggregateKind::Count),
        (Word::Sum, AggregateKind::Sum),
        (Word::Min, AggregateKind::Min),
        (Word::Max, AggregateKind::Max),
        (Word::Average, AggregateKind::Average),
    ];
    let found = words.iter().find(|(word, _)| input.is_word(*word) && input.skip(1).is_mark(Mark::OpenParenthesis));
    let Some((_, kind)) = found else { return input.stop("an expression") };
    let kind_span = input.span();
    let inside = input.skip(2);
    let (rest, kind) =
        if *kind == AggregateKind::Count { counted(inside, kind_span)? } else { gathered(inside, *kind, kind_span)? };
    let (rest, _) = mark(Mark::CloseParenthesis)(rest)?;
    Ok((rest, node(kind, input.span_to(rest))))
}

/// `count(LIST)`, `count(x in LIST where C)`
fn counted(input: Input<'_>, kind_span: Span) -> Parsing<'_, ExpressionKind> {
    let has_variable = matches!(input.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_)))
        && (input.skip(1).is_word(Word::In) || input.skip(1).is_word(Word::InList));
    let (rest, variable) = if has_variable {
        let (rest, variable) = free_name(input)?;
        let (rest, _) = alt((word(Word::In), word(Word::InList))).parse(rest)?;
        (rest, Some(variable))
    } else {
        (input, None)
    };
    let (rest, list) = list(rest)?;
    let (rest, filter) = opt(preceded(word(Word::Where), expression)).parse(rest)?;
    let kind = AggregateKind::Count;
    let aggregate = Aggregate { kind, kind_span, value: None, variable, list, filter };
    Ok((rest, ExpressionKind::Aggregate(Box::new(aggregate))))
}

/// `sum(E for x in LIST where C)`, and `min(A, B, …)`
fn gathered(input: Input<'_>, kind: AggregateKind, kind_span: Span) -> Parsing<'_, ExpressionKind> {
    let (rest, value) = expression(input)?;
    if rest.is_mark(Mark::Comma) && matches!(kind, AggregateKind::Min | AggregateKind::Max) {
        let closes = |input: Input<'_>| input.is_mark(Mark::CloseParenthesis);
        let (rest, values) = comma_list(bare, closes).parse(input)?;
        return Ok((rest, ExpressionKind::Extreme(kind, values)));
    }
    let (rest, _) = word(Word::For)(rest)?;
    let (rest, variable) = free_name(rest)?;
    let (rest, _) = alt((word(Word::In), word(Word::InList))).parse(rest)?;
    let (rest, list) = list(rest)?;
    let (rest, filter) = opt(preceded(word(Word::Where), expression)).parse(rest)?;
    let aggregate = Aggregate { kind, kind_span, value: Some(value), variable: Some(variable), list, filter };
    Ok((rest, ExpressionKind::Aggregate(Box::new(aggregate))))
}
