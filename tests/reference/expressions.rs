//! The value of every form of section 3, with the fields that leave it open (details 45).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use plancheck::syntax::tree::{
    AggregateKind, Arithmetic, Comparison, DateUnit, Expression, ExpressionKind, Inclusion, TextTest,
};

use super::aggregates;
use super::calendar::{self, Days};
use super::fraction::Fraction;
use super::scope::{Meaning, Scope, Type};
use super::spelling;
use super::values::{self, Set, Slot, Truth, Value};

/// A value, and the pointers of the fields that leave it open; none for a value that is settled.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The value.
    pub value: Value,
    /// What leaves it open.
    pub open: BTreeSet<String>,
}

impl Seen {
    /// A value made of others: what leaves them open leaves it open, unless it is settled.
    pub fn made(value: Value, of: &[&Self]) -> Self {
        let open = if value.is_settled() {
            BTreeSet::new()
        } else {
            of.iter().flat_map(|seen| seen.open.iter().cloned()).collect()
        };
        Self { value, open }
    }

    /// A truth value made of others.
    pub fn truth(truth: Truth, of: &[&Self]) -> Self {
        Self::made(Value::of(truth), of)
    }

    /// A value that hangs on no proposal.
    pub fn fixed(value: Value) -> Self {
        Self { value, open: BTreeSet::new() }
    }

    /// What stands at a place.
    pub fn at(slot: &Slot) -> Self {
        let settled = slot.value.is_settled();
        let open = if settled { BTreeSet::new() } else { BTreeSet::from([slot.pointer.clone()]) };
        Self { value: slot.value.clone(), open }
    }
}

/// The truth of a condition.
pub fn condition(expression: &Expression, scope: &Scope) -> Seen {
    evaluate(expression, scope, None)
}

/// The value of an expression; `expected` is the vocabulary that the other side expects of a bare term.
pub fn evaluate(expression: &Expression, scope: &Scope, expected: Option<&str>) -> Seen {
    let plain = |expression: &Expression| evaluate(expression, scope, None);
    match &expression.kind {
        ExpressionKind::Implies(a, b) => {
            let (a, b) = (plain(a), plain(b));
            Seen::truth(values::or(values::not(a.value.truth()), b.value.truth()), &[&a, &b])
        },
        ExpressionKind::Or(a, b) => {
            let (a, b) = (plain(a), plain(b));
            Seen::truth(values::or(a.value.truth(), b.value.truth()), &[&a, &b])
        },
        ExpressionKind::And(a, b) => {
            let (a, b) = (plain(a), plain(b));
            Seen::truth(values::and(a.value.truth(), b.value.truth()), &[&a, &b])
        },
        ExpressionKind::Not(a) => {
            let a = plain(a);
            Seen::truth(values::not(a.value.truth()), &[&a])
        },
        ExpressionKind::Quantified(quantified) => aggregates::quantified(quantified, scope),
        ExpressionKind::Aggregate(aggregate) => aggregates::aggregate(aggregate, scope),
        ExpressionKind::Compare(comparison, a, b) => {
            let (a, b) = operands(a, b, scope);
            Seen::truth(compare(*comparison, &a.value, &b.value), &[&a, &b])
        },
        ExpressionKind::Between(value, low, high) => {
            let [value, low, high] = [plain(value), plain(low), plain(high)];
            Seen::truth(values::between(&value.value, &low.value, &high.value), &[&value, &low, &high])
        },
        ExpressionKind::In { negated, term, set } => {
            let (term, set) = operands(term, set, scope);
            let truth = values::contains(&set.value, &term.value);
            Seen::truth(if *negated { values::not(truth) } else { truth }, &[&term, &set])
        },
        ExpressionKind::Include(inclusion, set, others) => {
            let (set, others) = operands(set, others, scope);
            Seen::truth(include(*inclusion, &set.value, &others.value), &[&set, &others])
        },
        ExpressionKind::Present(wanted, subject) => Seen::fixed(Value::Truth(is_present(subject, scope) == *wanted)),
        ExpressionKind::Empty(wanted, of) => {
            let of = plain(of);
            let truth = values::is_empty(&of.value);
            Seen::truth(if *wanted { truth } else { values::not(truth) }, &[&of])
        },
        ExpressionKind::Matches(text, regex) => {
            let text = plain(text);
            let regex = spelling::regex(&regex.value);
            Seen::truth(text_of(&text.value).map(|text| regex.is_match(text)), &[&text])
        },
        ExpressionKind::TextTest(test, text, part) => {
            let (text, part) = (plain(text), plain(part));
            Seen::truth(text_test(*test, &text.value, &part.value), &[&text, &part])
        },
        _ => made_of_numbers_and_texts(expression, scope, expected),
    }
}

/// Operands of one vocabulary: each tells the other what a bare term of it is (details 20 b).
fn operands(a: &Expression, b: &Expression, scope: &Scope) -> (Seen, Seen) {
    let vocabulary = scope.vocabulary_of(a).or_else(|| scope.vocabulary_of(b));
    (evaluate(a, scope, vocabulary.as_deref()), evaluate(b, scope, vocabulary.as_deref()))
}

fn compare(comparison: Comparison, a: &Value, b: &Value) -> Truth {
    match comparison {
        Comparison::Is => values::is(a, b),
        Comparison::IsNot => values::not(values::is(a, b)),
        Comparison::IsExactly => Some(text_of(a)? == text_of(b)?),
        Comparison::IsNotExactly => Some(text_of(a)? != text_of(b)?),
        Comparison::Less => values::ordered(Ordering::Less, a, b),
        Comparison::GreaterOrEqual => values::not(values::ordered(Ordering::Less, a, b)),
        Comparison::Greater => values::ordered(Ordering::Greater, a, b),
        Comparison::LessOrEqual => values::not(values::ordered(Ordering::Greater, a, b)),
    }
}

/// The four forms of `include` (details 14, 15).
fn include(inclusion: Inclusion, set: &Value, others: &Value) -> Truth {
    if inclusion == Inclusion::Term {
        return values::contains(set, others);
    }
    let (Value::Set(set), Value::Set(others)) = (set, others) else { return None };
    match inclusion {
        Inclusion::Term | Inclusion::Any => values::includes_any(set, others),
        Inclusion::All => values::includes_all(set, others),
        Inclusion::None => values::not(values::includes_any(set, others)),
    }
}

/// `X is present`; never unknown (details 19).
fn is_present(subject: &Expression, scope: &Scope) -> bool {
    match &subject.kind {
        ExpressionKind::Lookup(..) => !matches!(evaluate(subject, scope, None).value, Value::Unknown | Value::NoTerm),
        ExpressionKind::Name(name) => match scope.meaning(&name.text) {
            Meaning::Definition(definition) => is_present(definition, &scope.of_definition()),
            _ => scope.place(subject).expect("a place").present,
        },
        _ => match scope.place(subject) {
            Some(slot) => slot.present,
            None => !matches!(evaluate(subject, scope, None).value, Value::Unknown | Value::NoTerm),
        },
    }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Unknown => None,
        other => panic!("{other:?} is no text"),
    }
}

/// Tests of texts see them folded.
fn text_test(test: TextTest, text: &Value, part: &Value) -> Truth {
    let (text, part) = (spelling::folded(text_of(text)?), spelling::folded(text_of(part)?));
    Some(match test {
        TextTest::StartsWith => text.starts_with(&part),
        TextTest::EndsWith => text.ends_with(&part),
        TextTest::Contains => text.contains(&part),
    })
}

/// The forms that give numbers, dates and texts.
fn made_of_numbers_and_texts(expression: &Expression, scope: &Scope, expected: Option<&str>) -> Seen {
    let plain = |expression: &Expression| evaluate(expression, scope, None);
    match &expression.kind {
        ExpressionKind::Arithmetic(operator, a, b, _) => {
            let (a, b) = (plain(a), plain(b));
            Seen::made(arithmetic(*operator, &a.value, &b.value), &[&a, &b])
        },
        ExpressionKind::Negate(a) => {
            let a = plain(a);
            let value = match &a.value {
                Value::Number(low, high) => Value::Number(high.negated(), low.negated()),
                _ => Value::Unknown,
            };
            Seen::made(value, &[&a])
        },
        ExpressionKind::PercentOf(part, whole, _) => {
            let whole = plain(whole);
            let part = Value::number(Fraction::from(*part));
            Seen::made(arithmetic(Arithmetic::Multiply, &part, &whole.value), &[&whole])
        },
        ExpressionKind::Extreme(kind, parts) => {
            let seen: Vec<Seen> = parts.iter().map(plain).collect();
            let values: Vec<Value> = seen.iter().map(|seen| seen.value.clone()).collect();
            let wanted = if *kind == AggregateKind::Min { Ordering::Less } else { Ordering::Greater };
            Seen::made(values::extreme(wanted, &values), &seen.iter().collect::<Vec<_>>())
        },
        ExpressionKind::DateSpan(unit, from, to) => {
            let (from, to) = (plain(from), plain(to));
            Seen::made(date_span(*unit, &from.value, &to.value), &[&from, &to])
        },
        ExpressionKind::YearOf(date) => {
            let date = plain(date);
            let value = match &date.value {
                Value::Date(days) => Value::Number(Fraction::whole(days.first.0), Fraction::whole(days.last.0)),
                _ => Value::Unknown,
            };
            Seen::made(value, &[&date])
        },
        ExpressionKind::LengthOf(text) => {
            let text = plain(text);
            let length = text_of(&text.value).map(|text| i64::try_from(text.chars().count()).expect("short"));
            Seen::made(length.map_or(Value::Unknown, |length| Value::number(Fraction::whole(length))), &[&text])
        },
        ExpressionKind::CharactersOf(from, to, text) => {
            let text = plain(text);
            let (skipped, taken) = (*from as usize - 1, (*to - *from + 1) as usize);
            let part = text_of(&text.value).map(|text| text.chars().skip(skipped).take(taken).collect());
            Seen::made(part.map_or(Value::Unknown, Value::Text), &[&text])
        },
        _ => made_of_names(expression, scope, expected),
    }
}

/// `+ - * /`, end by end (details 8, 16).
pub fn arithmetic(operator: Arithmetic, a: &Value, b: &Value) -> Value {
    let (Value::Number(a_low, a_high), Value::Number(b_low, b_high)) = (a, b) else { return Value::Unknown };
    let pairs = [(a_low, b_low), (a_low, b_high), (a_high, b_low), (a_high, b_high)];
    let zero = Fraction::whole(0);
    let corners: Vec<Fraction> = match operator {
        Arithmetic::Add => pairs.map(|(a, b)| a.plus(b)).to_vec(),
        Arithmetic::Subtract => pairs.map(|(a, b)| a.minus(b)).to_vec(),
        Arithmetic::Multiply => pairs.map(|(a, b)| a.times(b)).to_vec(),
        Arithmetic::Divide if *b_low <= zero && zero <= *b_high => return Value::Unknown,
        Arithmetic::Divide => pairs.map(|(a, b)| a.divided(b).expect("not 0")).to_vec(),
    };
    values::stretch(&corners)
}

/// `years between A and B` and so on; of months from the shortest to the longest (details 29).
fn date_span(unit: DateUnit, from: &Value, to: &Value) -> Value {
    let (Value::Date(from), Value::Date(to)) = (from, to) else { return Value::Unknown };
    let count = match unit {
        DateUnit::Years => calendar::years_between,
        DateUnit::Months => calendar::months_between,
        DateUnit::Days => calendar::days_between,
    };
    Value::Number(Fraction::whole(count(from.last, to.first)), Fraction::whole(count(from.first, to.last)))
}

/// Names, terms, sets, lookups and literals.
fn made_of_names(expression: &Expression, scope: &Scope, expected: Option<&str>) -> Seen {
    match &expression.kind {
        ExpressionKind::Name(name) => named(&name.text, scope, expected),
        ExpressionKind::Field(base, name) => field(expression, base, &name.text, scope),
        ExpressionKind::Qualified(vocabulary, term) => {
            Seen::fixed(Value::Term(scope.vocabulary_named(&vocabulary.text), term.text.clone()))
        },
        ExpressionKind::Lookup(relation, of) => lookup(&relation.text, of, scope),
        ExpressionKind::Set(elements) => set(elements, scope, expected),
        ExpressionKind::CodeOf(term) => text_of_term(term, scope, |term| term.code.clone()),
        ExpressionKind::LabelOf(term) => {
            text_of_term(term, scope, |term| Some(term.label.clone().unwrap_or_else(|| term.name.clone())))
        },
        ExpressionKind::Number { value, .. } => Seen::fixed(Value::number(Fraction::from(*value))),
        ExpressionKind::Quantity(number, unit) => {
            let mut units = scope.pack.dimensions.values().flatten();
            let unit = units.find(|declared| declared.names.contains(&unit.text)).expect("a unit");
            Seen::fixed(Value::number(Fraction::from(*number).times(&unit.scale)))
        },
        ExpressionKind::Date(date) if date.month => Seen::fixed(Value::Period(Days::of(date.days))),
        ExpressionKind::Date(date) => Seen::fixed(Value::Date(Days::of(date.days))),
        ExpressionKind::Text(text) => Seen::fixed(Value::Text(text.value.clone())),
        ExpressionKind::Truth(truth) => Seen::fixed(Value::Truth(*truth)),
        other => panic!("{other:?} in a pack without errors"),
    }
}

/// A bare name (details 20).
fn named(name: &str, scope: &Scope, expected: Option<&str>) -> Seen {
    match scope.meaning(name) {
        Meaning::Variable(variable) => Seen { value: variable.slot.value.clone(), open: variable.open.clone() },
        Meaning::Proposals => {
            Seen::fixed(Value::List(scope.proposals.as_ref().expect("a portfolio directive").as_ref().clone()))
        },
        Meaning::Group(group) => Seen::fixed(Value::List(group.members.clone())),
        Meaning::Field(_, slot) => Seen::at(&slot),
        Meaning::Definition(definition) => evaluate(definition, &scope.of_definition(), None),
        Meaning::Terms(vocabulary, known) => {
            Seen::fixed(Value::Set(Set { vocabulary, known, unknown: 0, open: false }))
        },
        Meaning::Term => Seen::fixed(Value::Term(scope.vocabulary_with(name, expected), name.to_owned())),
    }
}

/// `a.b`, `g.key`, `p.DEFINITION` (details 20 e).
fn field(expression: &Expression, base: &Expression, name: &str, scope: &Scope) -> Seen {
    if let Some(slot) = scope.place(expression) {
        return Seen::at(&slot);
    }
    if let ExpressionKind::Name(group) = &base.kind
        && let Meaning::Group(group) = scope.meaning(&group.text)
    {
        return Seen::fixed(group.key.clone());
    }
    let proposal = scope.place(base).expect("a proposal");
    evaluate(&scope.pack.definitions[name], &Scope::of_proposal(scope.pack, proposal), None)
}

/// `R of X`, of a term or of a set (details 14, 28).
fn lookup(name: &str, of: &Expression, scope: &Scope) -> Seen {
    let relation = scope.relation(name, of);
    let of = evaluate(of, scope, Some(&relation.from));
    let partners = |term: &str| relation.partners.get(term).cloned().unwrap_or_default();
    let vocabulary = relation.to.clone();
    let value = match &of.value {
        Value::Unknown => Value::Unknown,
        Value::Term(_, term) if relation.single => {
            partners(term).pop_first().map_or(Value::NoTerm, |partner| Value::Term(vocabulary, partner))
        },
        Value::Term(_, term) => Value::Set(Set { vocabulary, known: partners(term), unknown: 0, open: false }),
        Value::NoTerm if relation.single => Value::NoTerm,
        Value::NoTerm => Value::Set(Set { vocabulary, known: BTreeSet::new(), unknown: 0, open: false }),
        Value::Set(set) => {
            let known = set.known.iter().flat_map(|term| partners(term)).collect();
            Value::Set(Set { vocabulary, known, unknown: 0, open: set.unknown > 0 || set.open })
        },
        other => panic!("`of` {other:?}"),
    };
    Seen::made(value, &[&of])
}

/// `{a, X}`: no term adds nothing, and one that is not known is an unknown member (details 14, 28).
fn set(elements: &[Expression], scope: &Scope, expected: Option<&str>) -> Seen {
    let inferred = elements.iter().find_map(|element| scope.vocabulary_of(element));
    let vocabulary = match expected.map(str::to_owned).or(inferred) {
        Some(vocabulary) => vocabulary,
        None => match elements.first().map(|element| &element.kind) {
            Some(ExpressionKind::Name(name)) => scope.vocabulary_with(&name.text, None),
            other => panic!("a set of {other:?}"),
        },
    };
    let seen: Vec<Seen> = elements.iter().map(|element| evaluate(element, scope, Some(&vocabulary))).collect();
    let mut set = Set { vocabulary, known: BTreeSet::new(), unknown: 0, open: false };
    for element in &seen {
        match &element.value {
            Value::Term(_, name) => {
                set.known.insert(name.clone());
            },
            Value::NoTerm => {},
            Value::Unknown => set.unknown += 1,
            other => panic!("{other:?} in a set"),
        }
    }
    Seen::made(Value::Set(set), &seen.iter().collect::<Vec<_>>())
}

/// `code of T`, `label of T`; unknown for no term and for a term without a code (details 12, 28).
fn text_of_term(of: &Expression, scope: &Scope, text: impl Fn(&super::pack::Term) -> Option<String>) -> Seen {
    let of = evaluate(of, scope, None);
    let value = match &of.value {
        Value::Term(vocabulary, name) => {
            scope.pack.term(vocabulary, name).and_then(text).map_or(Value::Unknown, Value::Text)
        },
        _ => Value::Unknown,
    };
    Seen::made(value, &[&of])
}

/// The type of an expression's members, for a quantifier or an aggregate over it.
pub fn type_of_members(list: &Expression, scope: &Scope) -> Type {
    match (&list.kind, scope.type_of(list)) {
        (ExpressionKind::Set(_), Type::Plain) => match evaluate(list, scope, None).value {
            Value::Set(set) => Type::Term(set.vocabulary),
            other => panic!("members of {other:?}"),
        },
        (_, known) => known.of_member(),
    }
}
