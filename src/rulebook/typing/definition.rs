//! Definitions: typed each after those that it uses.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::Typer;
use super::scope::{Bare, Defined, Definitions, Scope};
use super::typed::place_of;
use crate::diagnostic::Diagnostic;
use crate::rulebook::build::names::Names;
use crate::rulebook::{Definition, DefinitionId, TableId};
use crate::syntax::tree::{self, Define, ExpressionKind};

/// How many definitions may stand behind one another.
const LONGEST: u32 = 100;

/// Types the definitions of a pack.
pub(crate) fn definitions(names: &Names, items: &[&Define], sink: &mut Vec<Diagnostic>) -> Definitions {
    let mut definitions = Definitions::default();
    let by_name = declared(names, items, sink);
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut used_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, item) in &by_name {
        let own = uses.entry(name).or_default();
        names_in(&item.value, &mut |used_name| {
            if let Some((known, _)) = by_name.get_key_value(used_name) {
                own.insert(*known);
            }
        });
        for used in own.iter() {
            used_by.entry(used).or_default().push(name);
        }
    }
    let mut open: BTreeMap<&str, usize> = uses.iter().map(|(name, uses)| (*name, uses.len())).collect();
    let mut ready: BTreeSet<&str> = open.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
    let mut depths: BTreeMap<&str, u32> = BTreeMap::new();
    while let Some(name) = ready.pop_first() {
        open.remove(name);
        for user in used_by.get(name).into_iter().flatten() {
            if let Some(count) = open.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(user);
                }
            }
        }
        let Some(item) = by_name.get(name) else { continue };
        let deepest = uses.get(name).into_iter().flatten().filter_map(|used| depths.get(used)).max();
        let depth = deepest.map_or(1, |depth| depth + 1);
        depths.insert(name, depth);
        let defined = match depth.cmp(&(LONGEST + 1)) {
            Ordering::Less => one(names, &definitions, item, sink),
            Ordering::Equal => {
                sink.push(too_deep(item));
                None
            },
            Ordering::Greater => None,
        };
        add(&mut definitions, item, defined);
    }
    uses.retain(|name, _| open.contains_key(name));
    uses.values_mut().for_each(|uses| uses.retain(|used| open.contains_key(used)));
    report_cycles(&uses, &by_name, &mut definitions, sink);
    definitions
}

fn too_deep(item: &Define) -> Diagnostic {
    let message = format!("more than {LONGEST} definitions stand behind one another");
    Diagnostic::error("rules/too-deep", item.name.span, message, "one too many").help("join some of them")
}

/// Definitions by name; a name that is taken is an error.
fn declared<'i>(names: &Names, items: &[&'i Define], sink: &mut Vec<Diagnostic>) -> BTreeMap<&'i str, &'i Define> {
    let mut by_name: BTreeMap<&str, &Define> = BTreeMap::new();
    for item in items {
        let name = item.name.text.as_str();
        let field = names.field(TableId(0), None, name);
        let field = field.and_then(|column| names.shape.column(TableId(0), column)).map(|column| column.span);
        let group = names.group(name).map(|group| group.span);
        let first = by_name.get(name).map(|first| first.name.span);
        let taken = [(first, "definition"), (field, "field"), (group, "group")];
        if let Some((Some(other), what)) = taken.into_iter().find(|(other, _)| other.is_some()) {
            let message = format!("`{name}` is already the name of a {what}");
            let diagnostic = Diagnostic::error("rules/duplicate-name", item.name.span, message, "declared again")
                .also(other, "declared here")
                .help("give one of them another name");
            sink.push(diagnostic);
        } else {
            by_name.insert(name, item);
        }
    }
    by_name
}

fn one(
    names: &Names,
    definitions: &Definitions,
    item: &Define,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Defined, Option<Definition>)> {
    let mut typer = Typer { names, definitions, scope: Scope::new(Bare::Proposal), sink };
    let typed = typer.any_value(&item.value)?;
    if let Some(place) = place_of(&typed) {
        return Some((Defined::Alias(place), None));
    }
    match typed.value() {
        Ok(value) => {
            let id = DefinitionId(u16::try_from(definitions.values.len()).ok()?);
            let definition = Definition { name: item.name.text.clone(), value: value.clone(), span: item.span };
            Some((Defined::Value(id, value, typer.scope.deepest), Some(definition)))
        },
        Err(other) => typer.mismatch(&other, "a value", None),
    }
}

fn add(definitions: &mut Definitions, item: &Define, defined: Option<(Defined, Option<Definition>)>) {
    let (defined, value) = defined.unwrap_or((Defined::Failed, None));
    definitions.values.extend(value);
    definitions.by_name.insert(item.name.text.clone(), (defined, item.name.span));
}

/// What still waits uses itself: each cycle is reported once, and its definitions stay silent afterwards.
fn report_cycles(
    waiting: &BTreeMap<&str, BTreeSet<&str>>,
    by_name: &BTreeMap<&str, &Define>,
    definitions: &mut Definitions,
    sink: &mut Vec<Diagnostic>,
) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for start in waiting.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: BTreeSet<&str> = BTreeSet::new();
        let mut at = *start;
        while !told.contains(at) && on_path.insert(at) {
            path.push(at);
            match waiting.get(at).and_then(|uses| uses.iter().next()) {
                Some(next) => at = next,
                None => break,
            }
        }
        if let (Some(begin), false) = (path.iter().position(|name| *name == at), told.contains(at)) {
            let cycle = path.get(begin..).unwrap_or_default();
            let mut shown: Vec<String> = cycle.iter().map(|name| format!("`{name}`")).collect();
            shown.extend(shown.first().cloned());
            if let Some(item) = by_name.get(at) {
                let message = format!("a definition uses itself: {}", shown.join(" → "));
                let mut diagnostic = Diagnostic::error("rules/cycle", item.name.span, message, "begins here");
                for other in cycle.iter().skip(1).filter_map(|name| by_name.get(name)) {
                    diagnostic = diagnostic.also(other.name.span, "on the way");
                }
                sink.push(diagnostic.help("let one of them stand on its own"));
            }
        }
        told.extend(path);
    }
    for name in waiting.keys() {
        if let Some(item) = by_name.get(name) {
            add(definitions, item, None);
        }
    }
}

/// Calls `visit` with every bare name that is no variable.
fn names_in<'e>(expression: &'e tree::Expression, visit: &mut dyn FnMut(&'e str)) {
    names_within(expression, &mut Vec::new(), visit);
}

fn names_within<'e>(expression: &'e tree::Expression, bound: &mut Vec<&'e str>, visit: &mut dyn FnMut(&'e str)) {
    use ExpressionKind as Kind;
    match &expression.kind {
        Kind::Name(name) => {
            if !bound.contains(&name.text.as_str()) {
                visit(&name.text);
            }
        },
        Kind::Implies(a, b)
        | Kind::Or(a, b)
        | Kind::And(a, b)
        | Kind::Compare(_, a, b)
        | Kind::In { term: a, set: b, .. }
        | Kind::Include(_, a, b)
        | Kind::TextTest(_, a, b)
        | Kind::Arithmetic(_, a, b, _)
        | Kind::DateSpan(_, a, b) => {
            names_within(a, bound, visit);
            names_within(b, bound, visit);
        },
        Kind::Between(a, b, c) => [a, b, c].into_iter().for_each(|one| names_within(one, bound, visit)),
        Kind::Not(a)
        | Kind::Present(_, a)
        | Kind::Empty(_, a)
        | Kind::Matches(a, _)
        | Kind::Negate(a)
        | Kind::PercentOf(_, a, _)
        | Kind::Lookup(_, a)
        | Kind::YearOf(a)
        | Kind::LengthOf(a)
        | Kind::CharactersOf(_, _, a)
        | Kind::CodeOf(a)
        | Kind::LabelOf(a)
        | Kind::Field(a, _) => names_within(a, bound, visit),
        Kind::Extreme(_, all) | Kind::Set(all) => all.iter().for_each(|one| names_within(one, bound, visit)),
        Kind::Quantified(quantified) => {
            names_within(&quantified.list, bound, visit);
            bound.push(&quantified.variable.text);
            quantified.filter.iter().for_each(|filter| names_within(filter, bound, visit));
            names_within(&quantified.body, bound, visit);
            bound.pop();
        },
        Kind::Aggregate(aggregate) => {
            names_within(&aggregate.list, bound, visit);
            bound.extend(aggregate.variable.iter().map(|name| name.text.as_str()));
            let inside = aggregate.value.iter().chain(&aggregate.filter);
            inside.for_each(|one| names_within(one, bound, visit));
            if aggregate.variable.is_some() {
                bound.pop();
            }
        },
        Kind::Qualified(..)
        | Kind::Number { .. }
        | Kind::Quantity(..)
        | Kind::Date(_)
        | Kind::Text(_)
        | Kind::Truth(_)
        | Kind::Error => {},
    }
}
