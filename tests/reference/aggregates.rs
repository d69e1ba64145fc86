//! Quantifiers and aggregates (`language.md` 3 and 4, details 14 to 16, 42).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use plancheck::syntax::tree::{Aggregate, AggregateKind, Expression, Quantified, Quantifier};

use super::expressions::{self, Seen, condition, evaluate};
use super::fraction::Fraction;
use super::scope::{Scope, Variable};
use super::values::{self, Slot, Truth, Value};

/// The members of a list or set.
struct Members {
    /// What the list or the set itself is.
    whole: Seen,
    /// Each member, as the variable's value.
    each: Vec<(Slot, BTreeSet<String>)>,
    /// Of a set that may hold further members: one of which nothing is known, and the most of them that there may be.
    further: Option<(Slot, usize)>,
}

/// The members of a list or set; `None` if it is wholly unknown.
fn members(list: &Expression, scope: &Scope) -> (Seen, Option<Members>) {
    let whole = evaluate(list, scope, None);
    let nothing = Slot { present: true, value: Value::Unknown, pointer: String::new() };
    let found = match &whole.value {
        Value::Unknown => return (whole, None),
        Value::List(elements) => {
            let each = elements.iter().map(|element| (element.clone(), Seen::at(element).open)).collect();
            Members { whole: whole.clone(), each, further: None }
        },
        Value::Set(set) => {
            let term =
                |name: &String| Slot { value: Value::Term(set.vocabulary.clone(), name.clone()), ..nothing.clone() };
            let known = set.known.iter().map(|name| (term(name), BTreeSet::new()));
            let unknown = (0..set.unknown).map(|_| (nothing.clone(), whole.open.clone()));
            let terms = scope.pack.vocabularies[&set.vocabulary].len();
            let further = set.open.then(|| (nothing.clone(), terms - set.known.len()));
            Members { whole: whole.clone(), each: known.chain(unknown).collect(), further }
        },
        other => panic!("members of {other:?}"),
    };
    (whole, Some(found))
}

/// A scope in which the variable is a member.
fn inside<'a>(scope: &Scope<'a>, list: &Expression, name: &str, slot: &Slot, open: &BTreeSet<String>) -> Scope<'a> {
    let kind = expressions::type_of_members(list, scope);
    scope.with(Variable { name: name.to_owned(), kind, slot: slot.clone(), open: open.clone() })
}

/// `some x in LIST where C satisfies E` and its like: what the known members decide is decided.
pub fn quantified(quantified: &Quantified, scope: &Scope) -> Seen {
    let (whole, found) = members(&quantified.list, scope);
    let Some(found) = found else { return Seen::truth(None, &[&whole]) };
    // `some` asks for one member with C and E; `every` forbids one with C and not E, `no` one with C and E.
    let wanted = |slot: &Slot, open: &BTreeSet<String>| -> Seen {
        let scope = inside(scope, &quantified.list, &quantified.variable.text, slot, open);
        let kept =
            quantified.filter.as_ref().map_or(Seen::fixed(Value::Truth(true)), |filter| condition(filter, &scope));
        let body = condition(&quantified.body, &scope);
        let holds = body.value.truth();
        let asked = if quantified.quantifier == Quantifier::Every { values::not(holds) } else { holds };
        Seen::truth(values::and(kept.value.truth(), asked), &[&kept, &body])
    };
    let mut each: Vec<Seen> = found.each.iter().map(|(slot, open)| wanted(slot, open)).collect();
    if let Some((slot, _)) = &found.further {
        // A further member may be there or not: it can only leave open what it does not leave false.
        let further = wanted(slot, &found.whole.open);
        let truth = if further.value.truth() == Some(false) { Some(false) } else { None };
        each.push(Seen::truth(truth, &[&further, &found.whole]));
    }
    let any: Truth = each.iter().fold(Some(false), |any, seen| values::or(any, seen.value.truth()));
    let truth = if quantified.quantifier == Quantifier::Some { any } else { values::not(any) };
    Seen::truth(truth, &each.iter().collect::<Vec<_>>())
}

/// `count(…)`, `sum(…)` and so on.
pub fn aggregate(aggregate: &Aggregate, scope: &Scope) -> Seen {
    let (whole, found) = members(&aggregate.list, scope);
    let Some(found) = found else { return Seen::made(Value::Unknown, &[&whole]) };
    let name = aggregate.variable.as_ref().map(|name| name.text.as_str());
    match (aggregate.kind, name) {
        (AggregateKind::Count, None) => count_all(&whole, &found, scope),
        (AggregateKind::Count, Some(name)) => count_where(aggregate, name, &found, scope),
        (_, name) => gather(aggregate, name.expect("a variable"), &found, scope),
    }
}

fn counted(fewest: usize, most: usize) -> Value {
    let number = |count: usize| Fraction::whole(i64::try_from(count).expect("few"));
    Value::Number(number(fewest), number(most))
}

/// `count(LIST)`; of a set with unknown members an interval (details 14).
fn count_all(whole: &Seen, found: &Members, scope: &Scope) -> Seen {
    let (fewest, most) = match &whole.value {
        Value::Set(set) => values::size(set, scope.pack.vocabularies[&set.vocabulary].len()),
        _ => (found.each.len(), found.each.len()),
    };
    Seen::made(counted(fewest, most), &[whole])
}

/// `count(x in LIST where C)`: from those that hold to those that may.
fn count_where(aggregate: &Aggregate, name: &str, found: &Members, scope: &Scope) -> Seen {
    let Some(filter) = &aggregate.filter else { return count_all(&found.whole, found, scope) };
    let holds =
        |slot: &Slot, open: &BTreeSet<String>| condition(filter, &inside(scope, &aggregate.list, name, slot, open));
    let mut seen: Vec<Seen> = found.each.iter().map(|(slot, open)| holds(slot, open)).collect();
    let fewest = seen.iter().filter(|seen| seen.value.truth() == Some(true)).count();
    let mut most = seen.iter().filter(|seen| seen.value.truth() != Some(false)).count();
    if let Some((slot, further)) = &found.further {
        let holds = holds(slot, &found.whole.open);
        if holds.value.truth() != Some(false) {
            most += further;
            seen.push(found.whole.clone());
        }
    }
    Seen::made(counted(fewest, most), &seen.iter().collect::<Vec<_>>())
}

/// `sum`, `min`, `max`, `average`: unknown with an unknown member; of no member, 0 and unknown.
fn gather(aggregate: &Aggregate, name: &str, found: &Members, scope: &Scope) -> Seen {
    if let Some((slot, _)) = &found.further {
        // A further member that the filter surely leaves out does not matter.
        let scope = inside(scope, &aggregate.list, name, slot, &found.whole.open);
        let kept = aggregate.filter.as_ref().map(|filter| condition(filter, &scope).value.truth());
        if kept != Some(Some(false)) {
            return Seen::made(Value::Unknown, &[&found.whole]);
        }
    }
    let (mut values, mut open) = (Vec::new(), Vec::new());
    for (slot, causes) in &found.each {
        let scope = inside(scope, &aggregate.list, name, slot, causes);
        let kept =
            aggregate.filter.as_ref().map_or(Seen::fixed(Value::Truth(true)), |filter| condition(filter, &scope));
        match kept.value.truth() {
            Some(false) => continue,
            Some(true) => {
                let value = evaluate(aggregate.value.as_ref().expect("`E for`"), &scope, None);
                values.push(value.value.clone());
                open.push(value);
            },
            None => {
                values.push(Value::Unknown);
                open.push(kept);
            },
        }
    }
    let value = match aggregate.kind {
        AggregateKind::Min => values::extreme(Ordering::Less, &values),
        AggregateKind::Max => values::extreme(Ordering::Greater, &values),
        AggregateKind::Sum => total(&values).map_or(Value::Unknown, |(low, high)| values::stretch(&[low, high])),
        _ => average(&values),
    };
    Seen::made(value, &open.iter().collect::<Vec<_>>())
}

/// The sum of each end, without a limit on the way (details 8).
fn total(values: &[Value]) -> Option<(Fraction, Fraction)> {
    let mut total = (Fraction::whole(0), Fraction::whole(0));
    for value in values {
        let Value::Number(low, high) = value else { return None };
        total = (total.0.plus(low), total.1.plus(high));
    }
    Some(total)
}

fn average(values: &[Value]) -> Value {
    let count = Fraction::whole(i64::try_from(values.len()).expect("few"));
    let ends = total(values).and_then(|(low, high)| Some([low.divided(&count)?, high.divided(&count)?]));
    ends.map_or(Value::Unknown, |ends| values::stretch(&ends))
}
