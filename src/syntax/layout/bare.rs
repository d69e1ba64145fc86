//! The tree without its places: what two texts are compared by. A place that were forgotten here would make two equal
//! texts differ, and never two different ones equal.

use crate::syntax::tree::{
    Aggregate, Clause, DateLiteral, Effective, Expect, ExpectValue, Expression, ExpressionKind as Kind, Field,
    FieldOption, FieldType, Given, Ground, GroupExpression, Item, LocalText, MapEntry, Name, Passage, PlanEntry,
    Quantified, Term, Text,
};
use crate::text::Span;

/// An item without its places, and names without the backquotes around them.
pub(super) fn bare_item(item: &Item) -> Item {
    let mut item = item.clone();
    strip_item(&mut item);
    item
}

fn none(span: &mut Span) {
    *span = Span::default();
}

fn strip_item(item: &mut Item) {
    match item {
        Item::Plan(plan) => {
            none(&mut plan.span);
            name(&mut plan.name);
            plan.entries.iter_mut().for_each(plan_entry);
        },
        Item::Vocabulary(vocabulary) => {
            none(&mut vocabulary.span);
            name(&mut vocabulary.name);
            vocabulary.within.iter_mut().for_each(name);
            local(&mut vocabulary.label);
            vocabulary.terms.iter_mut().for_each(term);
        },
        Item::Group(group) => {
            none(&mut group.span);
            name(&mut group.name);
            name(&mut group.of);
            local(&mut group.label);
            algebra(&mut group.members);
            group.grounds.iter_mut().for_each(ground);
        },
        Item::Relation(relation) => {
            none(&mut relation.span);
            name(&mut relation.name);
            name(&mut relation.from);
            name(&mut relation.to);
            local(&mut relation.label);
        },
        Item::Fact(fact) => {
            none(&mut fact.span);
            name(&mut fact.relation);
            fact.subjects.iter_mut().chain(&mut fact.partners).for_each(name);
            fact.grounds.iter_mut().for_each(ground);
        },
        Item::Dimension(dimension) => {
            none(&mut dimension.span);
            name(&mut dimension.name);
            local(&mut dimension.label);
            for unit in &mut dimension.units {
                none(&mut unit.span);
                none(&mut unit.scale_span);
                name(&mut unit.name);
                local(&mut unit.label);
                unit.aka.iter_mut().for_each(text);
            }
        },
        Item::Proposal(proposal) => {
            none(&mut proposal.span);
            proposal.fields.iter_mut().for_each(field);
        },
        Item::Define(define) => {
            none(&mut define.span);
            name(&mut define.name);
            expression(&mut define.value);
        },
        Item::Directive(directive) => {
            none(&mut directive.span);
            name(&mut directive.name);
            local(&mut directive.title);
            directive.clauses.iter_mut().for_each(clause);
        },
        Item::Uncheckable(uncheckable) => {
            none(&mut uncheckable.span);
            local(&mut uncheckable.reason);
            uncheckable.grounds.iter_mut().for_each(ground);
        },
        Item::Map(map) => {
            none(&mut map.span);
            name(&mut map.of);
            local(&mut map.title);
            map.entries.iter_mut().for_each(map_entry);
        },
        Item::Test(test) => {
            none(&mut test.span);
            text(&mut test.name);
            test.as_of.iter_mut().for_each(date);
            test.expect.iter_mut().for_each(expect);
            for given in &mut test.given {
                match given {
                    Given::Inline(span) => none(span),
                    Given::File(path) => text(path),
                }
            }
        },
    }
}

fn map_entry(entry: &mut MapEntry) {
    match entry {
        MapEntry::Station(station) => {
            none(&mut station.span);
            none(&mut station.place);
            name(&mut station.term);
        },
        MapEntry::Line(line) => {
            none(&mut line.span);
            name(&mut line.group);
            local(&mut line.label);
            line.through.iter_mut().for_each(name);
        },
        MapEntry::Set(set) => {
            none(&mut set.span);
            name(&mut set.group);
            local(&mut set.label);
        },
    }
}

fn name(name: &mut Name) {
    none(&mut name.span);
    name.quoted = false;
}

fn text(text: &mut Text) {
    none(&mut text.span);
}

fn date(date: &mut DateLiteral) {
    none(&mut date.span);
}

fn local(local: &mut LocalText) {
    for (tag, words) in &mut local.entries {
        tag.iter_mut().for_each(name);
        text(words);
    }
}

fn effective(effective: &mut Effective) {
    none(&mut effective.span);
    effective.from.iter_mut().chain(&mut effective.until).for_each(date);
}

fn plan_entry(entry: &mut PlanEntry) {
    match entry {
        PlanEntry::Title(words, span) | PlanEntry::Issuer(words, span) => {
            none(span);
            local(words);
        },
        PlanEntry::Version(version, span) => {
            none(span);
            text(version);
        },
        PlanEntry::Language(tags, span) => {
            none(span);
            tags.iter_mut().for_each(name);
        },
        PlanEntry::Source(tag, path, span) => {
            none(span);
            tag.iter_mut().for_each(name);
            text(path);
        },
        PlanEntry::Effective(dates) => effective(dates),
    }
}

fn ground(ground: &mut Ground) {
    match ground {
        Ground::Basis(_, span) => none(span),
        Ground::Cites(passages) => passages.iter_mut().for_each(passage),
        Ground::Note(words, span) => {
            none(span);
            local(words);
        },
    }
}

fn passage(passage: &mut Passage) {
    none(&mut passage.span);
    passage.clause.iter_mut().for_each(|(_, span)| none(span));
    local(&mut passage.words);
}

fn term(term: &mut Term) {
    none(&mut term.span);
    name(&mut term.name);
    local(&mut term.label);
    term.code.iter_mut().chain(&mut term.aka).for_each(text);
    term.within.iter_mut().for_each(name);
    term.grounds.iter_mut().for_each(ground);
}

fn algebra(members: &mut GroupExpression) {
    match members {
        GroupExpression::Name(group) => name(group),
        GroupExpression::List(names, span) => {
            none(span);
            names.iter_mut().for_each(name);
        },
        GroupExpression::Union(left, right)
        | GroupExpression::Intersection(left, right)
        | GroupExpression::Difference(left, right) => {
            algebra(left);
            algebra(right);
        },
    }
}

fn field(field: &mut Field) {
    none(&mut field.span);
    none(&mut field.kind_span);
    name(&mut field.name);
    field_type(&mut field.kind);
    local(&mut field.label);
    field.options.iter_mut().for_each(option);
}

fn field_type(kind: &mut FieldType) {
    match kind {
        FieldType::Named(vocabulary) | FieldType::Set(vocabulary) => name(vocabulary),
        FieldType::OneOf(terms) => terms.iter_mut().for_each(term),
        FieldType::List(element) => field_type(element),
        FieldType::Record(fields) => fields.iter_mut().for_each(field),
        FieldType::Text
        | FieldType::Number
        | FieldType::Integer
        | FieldType::Boolean
        | FieldType::Date
        | FieldType::Error => {},
    }
}

fn option(option: &mut FieldOption) {
    match option {
        FieldOption::Required(span) | FieldOption::Characters(_, _, span) | FieldOption::Items(_, _, span) => {
            none(span)
        },
        FieldOption::RequiredWhen(value, span)
        | FieldOption::AtLeast(value, span)
        | FieldOption::AtMost(value, span) => {
            none(span);
            expression(value);
        },
        FieldOption::Otherwise(value, span) => {
            none(span);
            value.iter_mut().for_each(expression);
        },
        FieldOption::Matching(words, span) | FieldOption::Key(words, span) => {
            none(span);
            text(words);
        },
        FieldOption::In(unit, span) => {
            none(span);
            name(unit);
        },
    }
}

fn clause(clause: &mut Clause) {
    match clause {
        Clause::Ground(grounds) => ground(grounds),
        Clause::Tags(names, span)
        | Clause::Overrides(names, span)
        | Clause::At(names, span)
        | Clause::Formerly(names, span) => {
            none(span);
            names.iter_mut().for_each(name);
        },
        Clause::When(condition, span) | Clause::Requirement(_, condition, span) => {
            none(span);
            expression(condition);
        },
        Clause::Unless(condition, because, span) => {
            none(span);
            expression(condition);
            local(because);
        },
        Clause::Effective(dates) => effective(dates),
        Clause::Message(words, span) | Clause::Help(words, span) => {
            none(span);
            local(words);
        },
        Clause::ForEach(variable, set, span) => {
            none(span);
            name(variable);
            expression(set);
        },
        Clause::ForEachGroup(variable, keys, span) => {
            none(span);
            name(variable);
            keys.iter_mut().for_each(expression);
        },
    }
}

fn expect(expect: &mut Expect) {
    none(&mut expect.span);
    none(&mut expect.verdict_span);
    name(&mut expect.directive);
    for value in &mut expect.values {
        match value {
            ExpectValue::Term(term) => name(term),
            ExpectValue::Key(key) => text(key),
        }
    }
}

fn expression(expression: &mut Expression) {
    none(&mut expression.span);
    kind(&mut expression.kind);
}

fn kind(kind: &mut Kind) {
    match kind {
        Kind::Implies(a, b)
        | Kind::Or(a, b)
        | Kind::And(a, b)
        | Kind::Compare(_, a, b)
        | Kind::Include(_, a, b)
        | Kind::In { term: a, set: b, .. }
        | Kind::TextTest(_, a, b)
        | Kind::DateSpan(_, a, b) => {
            expression(a);
            expression(b);
        },
        Kind::Arithmetic(_, a, b, span) => {
            none(span);
            expression(a);
            expression(b);
        },
        Kind::Between(a, b, c) => [a, b, c].into_iter().for_each(|part| expression(part)),
        Kind::Not(a)
        | Kind::Present(_, a)
        | Kind::Empty(_, a)
        | Kind::Negate(a)
        | Kind::YearOf(a)
        | Kind::LengthOf(a)
        | Kind::CharactersOf(_, _, a)
        | Kind::CodeOf(a)
        | Kind::LabelOf(a) => expression(a),
        Kind::Quantified(parts) => quantified(parts),
        Kind::Matches(a, pattern) => {
            expression(a);
            text(pattern);
        },
        Kind::PercentOf(_, a, span) => {
            none(span);
            expression(a);
        },
        Kind::Lookup(relation, a) => {
            name(relation);
            expression(a);
        },
        Kind::Aggregate(parts) => aggregate(parts),
        Kind::Extreme(_, parts) | Kind::Set(parts) => parts.iter_mut().for_each(expression),
        Kind::Field(record, part) => {
            expression(record);
            name(part);
            // The key of a group of proposals is a word.
            if part.text == "键" {
                "key".clone_into(&mut part.text);
            }
        },
        Kind::Name(words) => name(words),
        Kind::Qualified(vocabulary, words) => {
            name(vocabulary);
            name(words);
        },
        Kind::Quantity(_, unit) => name(unit),
        Kind::Date(day) => date(day),
        Kind::Text(words) => text(words),
        Kind::Number { .. } | Kind::Truth(_) | Kind::Error => {},
    }
}

fn quantified(quantified: &mut Quantified) {
    name(&mut quantified.variable);
    expression(&mut quantified.list);
    quantified.filter.iter_mut().for_each(|filter| expression(filter));
    expression(&mut quantified.body);
}

fn aggregate(aggregate: &mut Aggregate) {
    none(&mut aggregate.kind_span);
    aggregate.value.iter_mut().chain(&mut aggregate.filter).for_each(expression);
    aggregate.variable.iter_mut().for_each(name);
    expression(&mut aggregate.list);
}
