//! Directives and tests.

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::expression::expression;
use super::input::{Input, Parsing, any_name, comma_list, text, word};
use super::recovery::{Entries, block};
use super::texts::{date, effective, ground, label, local_text};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{
    Clause, DateLiteral, Directive, Expect, ExpectValue, ExpressionKind, Given, Modality, Name, Test, Verdict,
};
use crate::syntax::words::Word;

const CLAUSES: &[Word] = &[
    Word::Basis,
    Word::Cites,
    Word::Note,
    Word::Tags,
    Word::When,
    Word::MustNot,
    Word::Must,
    Word::ShouldNot,
    Word::Should,
    Word::May,
    Word::Unless,
    Word::Overrides,
    Word::Effective,
    Word::Message,
    Word::Help,
    Word::At,
    Word::Formerly,
    Word::ForEachGroup,
    Word::ForEach,
];

/// `directive = [ "portfolio" ] "directive" NAME [ label ] "{" { clause } "}"`
pub(super) fn directive(input: Input<'_>) -> Parsing<'_, Directive> {
    let portfolio = input.is_word(Word::PortfolioDirective);
    let (rest, _) = alt((word(Word::PortfolioDirective), word(Word::Directive))).parse(input)?;
    let (rest, name) = any_name(rest)?;
    let (rest, title) = label(rest)?;
    let (rest, clauses) = block(rest, Entries::Words(CLAUSES), clause)?;
    let span = input.span_to(rest);
    Ok((rest, Directive { portfolio, name, title, clauses: clauses.entries, broken: clauses.broken, span }))
}

/// One clause; longer words before those that begin them.
fn clause(input: Input<'_>) -> Parsing<'_, Clause> {
    alt((
        alt((requirement, when, unless, ground.map(Clause::Ground))),
        alt((message, help, at, tags, overrides, formerly)),
        alt((for_each_group, for_each, effective.map(Clause::Effective))),
    ))
    .parse(input)
}

fn requirement(input: Input<'_>) -> Parsing<'_, Clause> {
    let words = [
        (Word::MustNot, Modality::MustNot),
        (Word::Must, Modality::Must),
        (Word::ShouldNot, Modality::ShouldNot),
        (Word::Should, Modality::Should),
        (Word::May, Modality::May),
    ];
    let found = words.iter().find_map(|(word, modality)| input.word_length(*word).map(|length| (length, *modality)));
    let Some((length, modality)) = found else { return input.stop("must") };
    let (rest, condition) = expression(input.skip(length))?;
    let span = input.span_to(rest);
    if matches!(modality, Modality::Must | Modality::Should)
        && matches!(condition.kind, ExpressionKind::Not(_))
        && !condition.parenthesised
    {
        let (not, parentheses) = match modality {
            Modality::Must => ("must not …` or, in Chinese, `不得 …", "must (not …)"),
            _ => ("should not …` or, in Chinese, `不宜 …", "should (not …)"),
        };
        let message = "a requirement that begins with `not` can be read in two ways";
        let diagnostic = Diagnostic::error("rules/unclear-not", condition.span, message, "say which is meant");
        return rest.fail(diagnostic.help(format!("write `{not}`, or `{parentheses}`")));
    }
    Ok((rest, Clause::Requirement(modality, condition, span)))
}

fn when(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, condition) = preceded(word(Word::When), expression).parse(input)?;
    Ok((rest, Clause::When(condition, input.span_to(rest))))
}

fn unless(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, condition) = preceded(word(Word::Unless), expression).parse(input)?;
    let (rest, because) = opt(preceded(word(Word::Because), local_text)).parse(rest)?;
    Ok((rest, Clause::Unless(condition, because.unwrap_or_default(), input.span_to(rest))))
}

fn message(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, words) = preceded(word(Word::Message), local_text).parse(input)?;
    Ok((rest, Clause::Message(words, input.span_to(rest))))
}

fn help(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, words) = preceded(word(Word::Help), local_text).parse(input)?;
    Ok((rest, Clause::Help(words, input.span_to(rest))))
}

/// `at PATH`
fn at(input: Input<'_>) -> Parsing<'_, Clause> {
    let (mut rest, first) = preceded(word(Word::At), any_name).parse(input)?;
    let mut path = vec![first];
    while rest.is_mark(Mark::Dot) {
        let (next, part) = any_name(rest.skip(1))?;
        path.push(part);
        rest = next;
    }
    Ok((rest, Clause::At(path, input.span_to(rest))))
}

/// Names set apart by commas; a word that begins a clause ends the list.
fn clause_names(input: Input<'_>) -> Parsing<'_, Vec<Name>> {
    let ends = |input: Input<'_>| input.is_mark(Mark::CloseBrace) || begins_clause(input);
    comma_list(any_name, ends).parse(input)
}

/// Whether a clause begins on this line; names in a list may be any word otherwise.
fn begins_clause(input: Input<'_>) -> bool {
    input.token().is_some_and(|token| token.first_on_line) && CLAUSES.iter().any(|word| input.is_word(*word))
}

fn tags(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, names) = preceded(word(Word::Tags), clause_names).parse(input)?;
    Ok((rest, Clause::Tags(names, input.span_to(rest))))
}

fn overrides(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, names) = preceded(word(Word::Overrides), clause_names).parse(input)?;
    Ok((rest, Clause::Overrides(names, input.span_to(rest))))
}

fn formerly(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, names) = preceded(word(Word::Formerly), clause_names).parse(input)?;
    Ok((rest, Clause::Formerly(names, input.span_to(rest))))
}

/// `"for each" NAME "in" expression`
fn for_each(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, variable) = preceded(word(Word::ForEach), any_name).parse(input)?;
    let (rest, _) = alt((word(Word::In), word(Word::InList))).parse(rest)?;
    let (rest, set) = expression(rest)?;
    Ok((rest, Clause::ForEach(variable, set, input.span_to(rest))))
}

/// `"for each group" NAME "of proposals" "by" expression { "," expression }`
fn for_each_group(input: Input<'_>) -> Parsing<'_, Clause> {
    let (rest, variable) = preceded(word(Word::ForEachGroup), any_name).parse(input)?;
    let (rest, _) = word(Word::OfProposals)(rest)?;
    let (rest, _) = word(Word::By)(rest)?;
    let ends = |input: Input<'_>| input.is_mark(Mark::CloseBrace) || begins_clause(input);
    let (rest, keys) = comma_list(expression, ends).parse(rest)?;
    Ok((rest, Clause::ForEachGroup(variable, keys, input.span_to(rest))))
}

enum TestEntry {
    Given(Given),
    Expect(Expect),
    AsOf(DateLiteral),
}

/// `test = "test" TEXT "{" { given | expect | as of } "}"`
pub(super) fn test(input: Input<'_>) -> Parsing<'_, Test> {
    let (rest, name) = preceded(word(Word::Test), text).parse(input)?;
    let words = Entries::Words(&[Word::Given, Word::Expect, Word::AsOf]);
    let entry = alt((given.map(TestEntry::Given), expect.map(TestEntry::Expect), as_of.map(TestEntry::AsOf)));
    let mut entry = entry;
    let (rest, entries) = block(rest, words, |input| entry.parse(input))?;
    let span = input.span_to(rest);
    let mut test = Test { name, given: Vec::new(), expect: Vec::new(), as_of: None, broken: entries.broken, span };
    for entry in entries.entries {
        match entry {
            TestEntry::Given(given) => test.given.push(given),
            TestEntry::Expect(expect) => test.expect.push(expect),
            TestEntry::AsOf(date) => test.as_of = Some(date),
        }
    }
    Ok((rest, test))
}

fn given(input: Input<'_>) -> Parsing<'_, Given> {
    let (rest, _) = word(Word::Given)(input)?;
    match rest.ahead(0) {
        Some(TokenKind::Json) => Ok((rest.skip(1), Given::Inline(rest.span()))),
        Some(TokenKind::Text(_)) => {
            let (rest, path) = text(rest)?;
            Ok((rest, Given::File(path)))
        },
        _ => rest.stop("a proposal in braces"),
    }
}

fn as_of(input: Input<'_>) -> Parsing<'_, DateLiteral> {
    preceded(word(Word::AsOf), date).parse(input)
}

/// `"expect" NAME VERDICT [ "for" VALUE { "," VALUE } ]`
fn expect(input: Input<'_>) -> Parsing<'_, Expect> {
    let (rest, directive) = preceded(word(Word::Expect), any_name).parse(input)?;
    let verdict_start = rest;
    let words = [
        (Word::Violated, Verdict::Violated),
        (Word::Satisfied, Verdict::Satisfied),
        (Word::NotApplicable, Verdict::NotApplicable),
        (Word::SetAside, Verdict::SetAside),
        (Word::Undetermined, Verdict::Undetermined),
        (Word::NotInForce, Verdict::NotInForce),
    ];
    let found = words.iter().find_map(|(word, verdict)| rest.word_length(*word).map(|length| (length, *verdict)));
    let Some((length, verdict)) = found else { return rest.stop("a verdict such as `violated`") };
    let rest = rest.skip(length);
    let verdict_span = verdict_start.span_to(rest);
    let closes = |input: Input<'_>| input.is_mark(Mark::CloseBrace);
    let (rest, values) = opt(preceded(word(Word::For), comma_list(expect_value, closes))).parse(rest)?;
    let values = values.unwrap_or_default();
    Ok((rest, Expect { directive, verdict, verdict_span, values, span: input.span_to(rest) }))
}

fn expect_value(input: Input<'_>) -> Parsing<'_, ExpectValue> {
    match input.ahead(0) {
        Some(TokenKind::Text(_)) => text.map(ExpectValue::Key).parse(input),
        _ => any_name.map(ExpectValue::Term).parse(input),
    }
}
