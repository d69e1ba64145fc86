//! Items of a file (section 2 of the language page).

use nom::Parser as _;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::directive::{directive, test};
use super::expression::expression;
use super::field::proposal;
use super::input::{Input, Parsing, any_name, comma_list, deeper, mark, text, word};
use super::map::map;
use super::recovery::{Entries, ITEMS, block, fault_of, is_item_start, report_entry, skip, unclosed_brace};
use super::texts::{GROUNDS, effective, ground, grounds, label, local_text};
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{
    Define, Dimension, Fact, Group, GroupExpression, Item, LocalText, Plan, PlanEntry, PlanFile, Relation, Term,
    Uncheckable, Unit, Vocabulary,
};
use crate::syntax::words::Word;
use crate::text::Span;
use crate::value::Number;

/// `file = { item }`
pub(super) fn file(input: Input<'_>) -> PlanFile {
    let mut tree = PlanFile::default();
    let mut rest = input;
    while !rest.is_end() {
        match item(rest) {
            Ok((next, item)) if next.at > rest.at => {
                tree.items.push(item);
                rest = next;
            },
            Ok((next, _)) => rest = next.skip(1),
            Err(_) if rest.is_mark(Mark::CloseBrace) => {
                let message = "this brace closes nothing that is open";
                rest.context.report(
                    Diagnostic::error("rules/syntax", rest.span(), message, "one too many").help("leave it out"),
                );
                rest.context.forget(rest.at + 1);
                rest = rest.skip(1);
            },
            Err(error) => {
                if !matches!(rest.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_) | TokenKind::Broken)) {
                    report_no_item(rest);
                    rest = skip_item(rest.skip(1));
                    continue;
                }
                report_entry(rest, fault_of(&error), Entries::Words(ITEMS));
                let next = skip_item(rest);
                rest.context.lose(rest.span_to(next));
                rest = next;
            },
        }
    }
    tree
}

/// Reports a mark, a text or a number where an item should begin.
fn report_no_item(input: Input<'_>) {
    let message = "no item begins so";
    let diagnostic = Diagnostic::error("rules/syntax", input.span(), message, "an item belongs here");
    input.context.report(diagnostic.help("begin it with its word, such as `directive`, `group` or `test`"));
    input.context.forget(input.at + 1);
}

/// The next place where an item may begin: after the block that stands here, or on a line that begins one.
fn skip_item(input: Input<'_>) -> Input<'_> {
    let at = skip(input, |at| ITEMS.iter().any(|word| at.is_word(*word)) || is_fact(at));
    if at.is_mark(Mark::CloseBrace) { at.skip(1) } else { at }
}

fn item(input: Input<'_>) -> Parsing<'_, Item> {
    if is_fact(input) && !is_item_start(input) {
        return fact.map(Item::Fact).parse(input);
    }
    alt((
        plan.map(Item::Plan),
        vocabulary.map(Item::Vocabulary),
        group.map(Item::Group),
        relation.map(Item::Relation),
        dimension.map(Item::Dimension),
        define.map(Item::Define),
        directive.map(Item::Directive),
        uncheckable.map(Item::Uncheckable),
        map.map(Item::Map),
        test.map(Item::Test),
        proposal.map(Item::Proposal),
    ))
    .parse(input)
}

/// `plan = "plan" NAME "{" { entry } "}"`
fn plan(input: Input<'_>) -> Parsing<'_, Plan> {
    const WORDS: &[Word] = &[Word::Title, Word::Issuer, Word::Version, Word::Language, Word::Source, Word::Effective];
    let (rest, name) = preceded(word(Word::Plan), any_name).parse(input)?;
    let (rest, entries) = block(rest, Entries::Words(WORDS), plan_entry)?;
    Ok((rest, Plan { name, entries: entries.entries, span: input.span_to(rest) }))
}

fn plan_entry(input: Input<'_>) -> Parsing<'_, PlanEntry> {
    if let Ok((rest, _)) = word(Word::Title)(input) {
        let (rest, title) = local_text(rest)?;
        return Ok((rest, PlanEntry::Title(title, input.span_to(rest))));
    }
    if let Ok((rest, _)) = word(Word::Issuer)(input) {
        let (rest, issuer) = local_text(rest)?;
        return Ok((rest, PlanEntry::Issuer(issuer, input.span_to(rest))));
    }
    if let Ok((rest, _)) = word(Word::Version)(input) {
        let (rest, version) = text(rest)?;
        return Ok((rest, PlanEntry::Version(version, input.span_to(rest))));
    }
    if let Ok((rest, _)) = word(Word::Language)(input) {
        let (rest, tags) = comma_list(any_name, |input| input.is_mark(Mark::CloseBrace)).parse(rest)?;
        return Ok((rest, PlanEntry::Language(tags, input.span_to(rest))));
    }
    if let Ok((rest, _)) = word(Word::Source)(input) {
        let (rest, tag) = if rest.is_tag() { opt(any_name).parse(rest)? } else { (rest, None) };
        let (rest, path) = text(rest)?;
        return Ok((rest, PlanEntry::Source(tag, path, input.span_to(rest))));
    }
    effective.map(PlanEntry::Effective).parse(input)
}

/// `vocabulary = "vocabulary" NAME [ "within" NAME ] [ label ] "{" { term } "}"`
fn vocabulary(input: Input<'_>) -> Parsing<'_, Vocabulary> {
    let (rest, name) = preceded(word(Word::Vocabulary), any_name).parse(input)?;
    let (rest, first_label) = label(rest)?;
    let (rest, within) = opt(preceded(word(Word::Within), any_name)).parse(rest)?;
    let (rest, second_label) = label(rest)?;
    let label = if first_label.entries.is_empty() { second_label } else { first_label };
    let (rest, terms) = block(rest, Entries::Names, term)?;
    Ok((rest, Vocabulary { name, within, label, terms: terms.entries, span: input.span_to(rest) }))
}

/// `term = NAME [ label ] { "code" TEXT | "aka" TEXT { "," TEXT } | "within" NAME | ground }`
fn term(input: Input<'_>) -> Parsing<'_, Term> {
    let (rest, name) = any_name(input)?;
    let (rest, label) = label(rest)?;
    let span = name.span;
    let term = Term { name, label, code: None, aka: Vec::new(), within: None, grounds: Vec::new(), span };
    term_options(input, rest, term)
}

pub(super) fn term_options<'a>(start: Input<'a>, input: Input<'a>, mut term: Term) -> Parsing<'a, Term> {
    let mut rest = input;
    let is_text = |input: Input<'_>| matches!(input.ahead(0), Some(TokenKind::Text(_)));
    loop {
        if rest.is_word(Word::Code) && is_text(rest.skip(1)) {
            let (next, code) = text(rest.skip(1))?;
            only_once(rest, "code", term.code.as_ref().map(|first| first.span), code.span);
            term.code.get_or_insert(code);
            rest = next;
        } else if rest.is_word(Word::Aka) && is_text(rest.skip(1)) {
            let (next, spellings) = comma_list(text, |input| !is_text(input)).parse(rest.skip(1))?;
            term.aka.extend(spellings);
            rest = next;
        } else if rest.is_word(Word::Within) && matches!(rest.ahead(1), Some(TokenKind::Name(_) | TokenKind::Quoted(_)))
        {
            let (next, outer) = any_name(rest.skip(1))?;
            only_once(rest, "within", term.within.as_ref().map(|first| first.span), outer.span);
            term.within.get_or_insert(outer);
            rest = next;
        } else {
            let (next, found) = grounds(rest)?;
            if found.is_empty() {
                break;
            }
            term.grounds.extend(found);
            rest = next;
        }
    }
    term.span = start.span_to(rest);
    Ok((rest, term))
}

/// Reports an option that was given before.
fn only_once(input: Input<'_>, option: &str, first: Option<Span>, again: Span) {
    if let Some(first) = first {
        input.context.report(Diagnostic::twice(option, again, first));
    }
}

/// `group = "group" NAME "of" NAME [ label ] ("{" names grounds "}" | "=" algebra grounds)`
fn group(input: Input<'_>) -> Parsing<'_, Group> {
    let (rest, name) = preceded(word(Word::Group), any_name).parse(input)?;
    let (rest, of) = preceded(alt((word(Word::Of), word(Word::Possessive))), any_name).parse(rest)?;
    let (rest, label) = label(rest)?;
    if rest.is_mark(Mark::Equal) {
        let (rest, members) = algebra(rest.skip(1))?;
        let (rest, grounds) = grounds(rest)?;
        return Ok((rest, Group { name, of, label, members, grounds, span: input.span_to(rest) }));
    }
    let open = rest;
    let (rest, _) = mark(Mark::OpenBrace)(rest)?;
    let ends = |input: Input<'_>| {
        input.is_mark(Mark::CloseBrace)
            || GROUNDS.iter().any(|word| input.is_word(*word) && !input.skip(1).is_mark(Mark::Comma))
    };
    let (rest, names) = if ends(rest) { (rest, Vec::new()) } else { comma_list(any_name, ends).parse(rest)? };
    let members = GroupExpression::List(names, open.span_to(rest));
    let (rest, grounds) = grounds(rest)?;
    let rest = if rest.is_mark(Mark::Comma) { rest.skip(1) } else { rest };
    if is_item_start(rest) || rest.is_end() {
        rest.context.report(unclosed_brace(open.span()));
        return Ok((rest, Group { name, of, label, members, grounds, span: input.span_to(rest) }));
    }
    let (rest, _) = mark(Mark::CloseBrace)(rest)?;
    Ok((rest, Group { name, of, label, members, grounds, span: input.span_to(rest) }))
}

/// `algebra = meet { ("+" | "-") meet }`
fn algebra(input: Input<'_>) -> Parsing<'_, GroupExpression> {
    let (mut rest, mut left) = deeper(meet).parse(input)?;
    loop {
        let join = if rest.is_mark(Mark::Plus) {
            GroupExpression::Union
        } else if rest.is_mark(Mark::Minus) {
            GroupExpression::Difference
        } else {
            return Ok((rest, left));
        };
        let (next, right) = deeper(meet).parse(rest.skip(1))?;
        left = join(Box::new(left), Box::new(right));
        rest = next;
        if rest.at > input.at + 2 * super::expression::LONGEST_CHAIN {
            return super::expression::too_long(rest);
        }
    }
}

/// `meet = set { "&" set }`
fn meet(input: Input<'_>) -> Parsing<'_, GroupExpression> {
    let (mut rest, mut left) = group_operand(input)?;
    while rest.is_mark(Mark::Ampersand) {
        let (next, right) = group_operand(rest.skip(1))?;
        left = GroupExpression::Intersection(Box::new(left), Box::new(right));
        rest = next;
        if rest.at > input.at + 2 * super::expression::LONGEST_CHAIN {
            return super::expression::too_long(rest);
        }
    }
    Ok((rest, left))
}

/// `set = NAME | "{" names "}" | "(" algebra ")"`
fn group_operand(input: Input<'_>) -> Parsing<'_, GroupExpression> {
    if input.is_mark(Mark::OpenParenthesis) {
        let (rest, inside) = deeper(algebra).parse(input.skip(1))?;
        let (rest, _) = mark(Mark::CloseParenthesis)(rest)?;
        return Ok((rest, inside));
    }
    if input.is_mark(Mark::OpenBrace) {
        let closes = |input: Input<'_>| input.is_mark(Mark::CloseBrace);
        let (rest, names) = if closes(input.skip(1)) {
            (input.skip(1), Vec::new())
        } else {
            comma_list(any_name, closes).parse(input.skip(1))?
        };
        let rest = if rest.is_mark(Mark::Comma) { rest.skip(1) } else { rest };
        let (rest, _) = mark(Mark::CloseBrace)(rest)?;
        return Ok((rest, GroupExpression::List(names, input.span_to(rest))));
    }
    any_name.map(GroupExpression::Name).parse(input)
}

/// `relation = "relation" NAME "from" NAME "to" NAME { "single" | "partial" | label }`
fn relation(input: Input<'_>) -> Parsing<'_, Relation> {
    let (rest, name) = preceded(word(Word::Relation), any_name).parse(input)?;
    let (rest, from) = preceded(word(Word::RelationFrom), any_name).parse(rest)?;
    let (mut rest, to) = preceded(word(Word::To), any_name).parse(rest)?;
    let mut relation =
        Relation { name, from, to, single: false, partial: false, label: LocalText::default(), span: input.span() };
    loop {
        if rest.is_word(Word::Single) {
            relation.single = true;
            rest = rest.skip(1);
        } else if rest.is_word(Word::Partial) {
            relation.partial = true;
            rest = rest.skip(1);
        } else if relation.label.entries.is_empty() {
            let (next, found) = label(rest)?;
            if found.entries.is_empty() {
                break;
            }
            relation.label = found;
            rest = next;
        } else {
            break;
        }
    }
    relation.span = input.span_to(rest);
    Ok((rest, relation))
}

/// Whether a fact begins here: names set apart by commas, then `has` or `have`.
pub(super) fn is_fact(input: Input<'_>) -> bool {
    let mut at = input;
    loop {
        if !matches!(at.ahead(0), Some(TokenKind::Name(_) | TokenKind::Quoted(_))) {
            return false;
        }
        at = at.skip(1);
        if at.is_word(Word::Has) {
            return true;
        }
        if !at.is_mark(Mark::Comma) {
            return false;
        }
        at = at.skip(1);
    }
}

/// `fact = names ("has" | "have") NAME names grounds`
fn fact(input: Input<'_>) -> Parsing<'_, Fact> {
    let never = |_: Input<'_>| false;
    let (rest, subjects) = comma_list(any_name, never).parse(input)?;
    let (rest, relation) = preceded(word(Word::Has), any_name).parse(rest)?;
    let ends = |input: Input<'_>| input.is_end() || GROUNDS.iter().any(|word| input.is_word(*word));
    let (rest, partners) = comma_list(any_name, ends).parse(rest)?;
    let (rest, grounds) = grounds(rest)?;
    Ok((rest, Fact { subjects, relation, partners, grounds, span: input.span_to(rest) }))
}

/// `dimension = "dimension" NAME [ label ] "{" { unit } "}"`
fn dimension(input: Input<'_>) -> Parsing<'_, Dimension> {
    let (rest, name) = preceded(word(Word::Dimension), any_name).parse(input)?;
    let (rest, label) = label(rest)?;
    let (rest, units) = block(rest, Entries::Names, unit)?;
    Ok((rest, Dimension { name, label, units: units.entries, span: input.span_to(rest) }))
}

/// `unit = NAME "=" NUMBER [ "/" NUMBER ] { label | "aka" TEXT { "," TEXT } }`
fn unit(input: Input<'_>) -> Parsing<'_, Unit> {
    let (rest, name) = any_name(input)?;
    let (start, _) = mark(Mark::Equal)(rest)?;
    let (rest, scale) = scale(start)?;
    let scale_span = start.span_to(rest);
    let (rest, found) = label(rest)?;
    let is_text = |input: Input<'_>| matches!(input.ahead(0), Some(TokenKind::Text(_)));
    let (rest, aka) = opt(preceded(word(Word::Aka), comma_list(text, |input| !is_text(input)))).parse(rest)?;
    let (rest, late) = if found.entries.is_empty() { label(rest)? } else { (rest, LocalText::default()) };
    let label = if found.entries.is_empty() { late } else { found };
    let span = input.span_to(rest);
    Ok((rest, Unit { name, scale, scale_span, label, aka: aka.unwrap_or_default(), span }))
}

fn scale(input: Input<'_>) -> Parsing<'_, Number> {
    let (rest, first) = number(input)?;
    let (rest, second) = opt(preceded(mark(Mark::Divide), number)).parse(rest)?;
    match first.divided(second.unwrap_or(Number::ONE)).filter(|scale| scale.sign() > 0) {
        Some(scale) => Ok((rest, scale)),
        None => {
            let span = input.span_to(rest);
            let message = "the size of a unit is a positive number";
            let diagnostic = Diagnostic::error("rules/bad-number", span, message, "not positive");
            input.fail(diagnostic.help("write a number such as `10_000`, or a fraction such as `2000/3`"))
        },
    }
}

fn number(input: Input<'_>) -> Parsing<'_, Number> {
    match input.ahead(0) {
        Some(TokenKind::Number(number, _)) => Ok((input.skip(1), **number)),
        _ => input.stop("a number"),
    }
}

/// `define = "define" NAME "=" expression`
fn define(input: Input<'_>) -> Parsing<'_, Define> {
    let (rest, name) = preceded(word(Word::Define), any_name).parse(input)?;
    let (rest, _) = mark(Mark::Equal)(rest)?;
    let (rest, value) = expression(rest)?;
    Ok((rest, Define { name, value, span: input.span_to(rest) }))
}

/// `uncheckable = "uncheckable" "{" { ground | "reason" local text } "}"`
fn uncheckable(input: Input<'_>) -> Parsing<'_, Uncheckable> {
    const WORDS: &[Word] = &[Word::Cites, Word::Reason, Word::Note];
    let (rest, _) = word(Word::Uncheckable)(input)?;
    let mut reason = LocalText::default();
    let (rest, entries) = block(rest, Entries::Words(WORDS), |input| {
        if let Ok((rest, _)) = word(Word::Reason)(input) {
            let (rest, words) = local_text(rest)?;
            reason = words;
            return Ok((rest, None));
        }
        ground.map(Some).parse(input)
    })?;
    let grounds = entries.entries.into_iter().flatten().collect();
    Ok((rest, Uncheckable { grounds, reason, span: input.span_to(rest) }))
}
