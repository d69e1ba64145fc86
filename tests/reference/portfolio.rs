//! Directives over all proposals of a run (`language.md` 2, details 9, 21, 22).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use plancheck::rulebook::Verdict;
use plancheck::syntax::tree::{Expression, ExpressionKind};

use super::calendar::{Day, Days};
use super::expressions::evaluate;
use super::fraction::Fraction;
use super::pack::{Judge, Pack};
use super::scope::{GroupVariable, Meaning, Scope, Type, Variable};
use super::spelling;
use super::values::{Slot, Value};
use super::verdicts;

/// The verdict of each portfolio directive on each value of its `for each`.
pub type Verdicts = BTreeSet<(String, Option<String>, Verdict)>;

/// A part of a key for comparison: what is equal is one group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Absent,
    Truth(bool),
    Number(Fraction),
    Date(Days),
    Text(String),
    Term(String),
}

/// Judges all portfolio directives; `proposals` are those that are JSON objects.
pub fn judge(pack: &Pack, proposals: &[Slot], as_of: Day) -> Verdicts {
    let mut scope = Scope::of_nothing(pack);
    scope.proposals = Some(Rc::new(proposals.to_vec()));
    let mut verdicts = Verdicts::new();
    for (name, directive) in pack.directives.iter().filter(|(_, directive)| directive.portfolio) {
        for (value, scope) in values_of(directive, &scope) {
            verdicts.insert((name.clone(), value, verdicts::verdict(directive, &scope, as_of).verdict));
        }
    }
    verdicts
}

/// Each value that a directive is judged for, with what its names mean there.
fn values_of<'a>(directive: &Judge, scope: &Scope<'a>) -> Vec<(Option<String>, Scope<'a>)> {
    if let Some((name, set)) = &directive.for_each {
        let (vocabulary, terms) = terms_of(set, scope);
        let each = terms.into_iter().map(|term| {
            let value = Value::Term(vocabulary.clone(), term.clone());
            let slot = Slot { present: true, value, pointer: String::new() };
            let kind = Type::Term(vocabulary.clone());
            let variable = Variable { name: name.clone(), kind, slot, open: BTreeSet::new() };
            (Some(term), scope.with(variable))
        });
        return each.collect();
    }
    if let Some((name, keys)) = &directive.for_each_group {
        return groups(name, keys, scope);
    }
    vec![(None, scope.clone())]
}

/// The set of `for each x in SET`, in which the name of a vocabulary is all its terms (details 9).
fn terms_of(set: &Expression, scope: &Scope) -> (String, BTreeSet<String>) {
    if let ExpressionKind::Name(name) = &set.kind
        && matches!(scope.meaning(&name.text), Meaning::Term)
        && scope.pack.vocabularies.contains_key(&name.text)
    {
        return (name.text.clone(), scope.pack.all_terms(&name.text));
    }
    match evaluate(set, scope, None).value {
        Value::Set(set) => (set.vocabulary, set.known),
        other => panic!("for each x in {other:?}"),
    }
}

/// The groups of proposals that share a key (details 21).
fn groups<'a>(name: &str, keys: &[Expression], scope: &Scope<'a>) -> Vec<(Option<String>, Scope<'a>)> {
    let mut groups: BTreeMap<Vec<Part>, (Vec<Value>, Vec<Slot>)> = BTreeMap::new();
    for proposal in scope.proposals.as_ref().expect("a portfolio directive").iter() {
        let proposal_scope = Scope::of_proposal(scope.pack, proposal.clone());
        let values: Option<Vec<(Part, Value)>> = keys.iter().map(|key| part(key, &proposal_scope)).collect();
        let Some(values) = values else { continue };
        let (parts, values): (Vec<Part>, Vec<Value>) = values.into_iter().unzip();
        if parts.iter().all(|part| *part == Part::Absent) {
            continue;
        }
        groups.entry(parts).or_insert_with(|| (values, Vec::new())).1.push(proposal.clone());
    }
    let nothing = Slot { present: false, value: Value::Unknown, pointer: String::new() };
    let key_scope = Scope::of_proposal(scope.pack, nothing);
    let each = groups.into_values().map(|(values, members)| {
        let text = values.iter().map(shown).collect::<Vec<_>>().join(" / ");
        let (key, key_type) = match &values[..] {
            [only] => (only.clone(), key_scope.type_of(&keys[0])),
            _ => (Value::Text(text.clone()), Type::Plain),
        };
        let mut scope = scope.clone();
        scope.group = Some(GroupVariable { name: name.to_owned(), key_type, key, members });
        (Some(text), scope)
    });
    each.collect()
}

/// A part of a proposal's key; `None` if it is unknown.
fn part(key: &Expression, scope: &Scope) -> Option<(Part, Value)> {
    let value = evaluate(key, scope, None).value;
    let part = match &value {
        Value::Unknown if scope.place(key).is_some_and(|slot| !slot.present) => Part::Absent,
        Value::NoTerm => Part::Absent,
        Value::Truth(truth) => Part::Truth(*truth),
        Value::Number(low, high) if low == high => Part::Number(low.clone()),
        Value::Date(days) => Part::Date(*days),
        Value::Text(text) => Part::Text(spelling::folded(text)),
        Value::Term(_, name) => Part::Term(name.clone()),
        _ => return None,
    };
    Some((part, value))
}

/// A part of a key as people read it (details 21); a text is that of the first member.
fn shown(value: &Value) -> String {
    match value {
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number, _) => number.to_string(),
        Value::Date(days) => days.shown(),
        Value::Text(text) => spelling::single_spaced(text),
        Value::Term(_, name) => name.clone(),
        _ => "–".to_owned(),
    }
}
