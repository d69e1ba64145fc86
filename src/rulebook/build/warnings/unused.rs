//! What is declared and never used: vocabularies, their terms, groups, relations, definitions.

use std::collections::BTreeSet;

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::rulebook::build::names::Used;
use crate::rulebook::{ColumnKind, RelationId, VocabularyId};
use crate::syntax::tree::{GroupExpression, Name};
use crate::text::Span;
use crate::text::display::shown;

/// Warns of what nothing uses; `perhaps` are the names that something may use that could not be read.
pub(super) fn check(pack: &Checked<'_>, perhaps: &BTreeSet<String>, sink: &mut Vec<Diagnostic>) {
    let used = pack.names.used();
    let mut found = Vec::new();
    groups(pack, &used, &mut found);
    relations(pack, &used, &mut found);
    definitions(pack, &used, &mut found);
    vocabularies(pack, &used, &mut found);
    sink.extend(found.into_iter().filter(|one| !perhaps.contains(one.name)).map(|one| {
        let name = shown(one.name);
        let message = match one.of {
            Some(of) => format!("nothing uses the {} `{name}` of `{}`", one.what, shown(of)),
            None => format!("nothing uses the {} `{name}`", one.what),
        };
        Diagnostic::warning("rules/unused", one.span, message, "not used").help("use it, or leave it out")
    }));
}

/// Something that nothing uses.
struct Unused<'c> {
    what: &'static str,
    name: &'c str,
    of: Option<&'c str>,
    span: Span,
}

fn unused<'c>(what: &'static str, name: &'c Name) -> Unused<'c> {
    Unused { what, name: &name.text, of: None, span: name.span }
}

/// The names in facts and groups, whatever became of these.
fn in_facts_and_groups<'c>(pack: &Checked<'c>) -> BTreeSet<&'c str> {
    let mut names = BTreeSet::new();
    for fact in &pack.items.facts {
        names.extend(fact.subjects.iter().chain(&fact.partners).map(|name| name.text.as_str()));
    }
    for group in &pack.items.groups {
        members(&group.members, &mut names);
    }
    names
}

fn groups<'c>(pack: &Checked<'c>, used: &Used, found: &mut Vec<Unused<'c>>) {
    let named = in_facts_and_groups(pack);
    for group in &pack.items.groups {
        let name = group.name.text.as_str();
        let is_declared = pack.names.group(name).is_some_and(|one| one.span == group.span);
        if is_declared && !used.groups.contains(name) && !named.contains(name) {
            found.push(unused("group", &group.name));
        }
    }
}

fn members<'t>(expression: &'t GroupExpression, names: &mut BTreeSet<&'t str>) {
    match expression {
        GroupExpression::Name(name) => {
            names.insert(&name.text);
        },
        GroupExpression::List(list, _) => names.extend(list.iter().map(|name| name.text.as_str())),
        GroupExpression::Union(a, b) | GroupExpression::Intersection(a, b) | GroupExpression::Difference(a, b) => {
            members(a, names);
            members(b, names);
        },
    }
}

fn relations<'c>(pack: &Checked<'c>, used: &Used, found: &mut Vec<Unused<'c>>) {
    for (relation, id) in pack.names.relations.iter().zip((0..).map(RelationId)) {
        // One that `within` makes has no item of its own.
        let item = pack.items.relations.iter().find(|item| item.span == relation.span);
        if let Some(item) = item.filter(|_| !used.relations.contains(&id)) {
            found.push(unused("relation", &item.name));
        }
    }
}

fn definitions<'c>(pack: &Checked<'c>, used: &Used, found: &mut Vec<Unused<'c>>) {
    for item in &pack.items.defines {
        let is_declared =
            pack.definitions.by_name.get(&item.name.text).is_some_and(|(_, span)| *span == item.name.span);
        if is_declared && !used.definitions.contains(&item.name.text) {
            found.push(unused("definition", &item.name));
        }
    }
}

/// A vocabulary as a whole; of one that is used, the terms that no proposal can hold and nothing names.
fn vocabularies<'c>(pack: &Checked<'c>, used: &Used, found: &mut Vec<Unused<'c>>) {
    let columns = pack.names.shape.tables.iter().flat_map(|table| &table.columns);
    let in_fields: BTreeSet<VocabularyId> = columns
        .filter_map(|column| match column.kind {
            ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary) => Some(vocabulary),
            _ => None,
        })
        .collect();
    let in_expressions = named_terms(pack, used);
    let named = in_facts_and_groups(pack);
    for (vocabulary, id) in pack.names.vocabularies.iter().zip((0..).map(VocabularyId)) {
        let Some(item) = pack.items.vocabularies.iter().find(|item| item.span == vocabulary.span) else { continue };
        if !used.vocabularies.contains(&id) {
            found.push(unused("vocabulary", &item.name));
            continue;
        }
        if in_fields.contains(&id) || used.whole.contains(&id) {
            continue;
        }
        let terms = item.terms.iter().zip(0_u16..).filter(|(term, number)| {
            !in_expressions.contains(&(id, *number)) && !named.contains(term.name.text.as_str())
        });
        let of = Some(item.name.text.as_str());
        found.extend(terms.map(|(term, _)| Unused { of, ..unused("term", &term.name) }));
    }
}

/// The terms that groups, facts, places and expressions name.
fn named_terms(pack: &Checked<'_>, used: &Used) -> BTreeSet<(VocabularyId, u16)> {
    let mut named = used.terms.clone();
    for group in &pack.names.groups {
        named.extend(group.terms.iter().map(|term| (group.of, term)));
    }
    for relation in &pack.names.relations {
        let is_placing = pack.items.vocabularies.iter().any(|item| item.span == relation.span);
        for fact in &relation.facts {
            named.extend(fact.partners.iter().map(|term| (relation.to, term)));
            if !is_placing {
                named.extend(fact.subjects.iter().map(|term| (relation.from, term)));
            }
        }
    }
    named
}
