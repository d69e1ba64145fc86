//! Facts: which relation each one speaks of, and what it adds to it.

use std::collections::BTreeMap;

use super::super::model::{Fact, Relation, RelationId, VocabularyId};
use super::citation::{Library, grounds};
use super::names::Names;
use super::unknown::unknown;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, Name};
use crate::text::Span;
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::TermSet;

/// The value of each term of a `single` relation, and the fact that gave it.
type Given = BTreeMap<(RelationId, u16), (u16, Span)>;

/// What the facts add: partners and facts of each relation, by number; the rest of `names` stays as it is.
pub(super) fn facts(
    names: &Names,
    library: &Library<'_>,
    items: &[&tree::Fact],
    sink: &mut Vec<Diagnostic>,
) -> Vec<(RelationId, Fact)> {
    let mut given = Given::new();
    for (relation, id) in names.relations.iter().zip((0..).map(RelationId)).filter(|(relation, _)| relation.single) {
        for fact in &relation.facts {
            let pairs = fact.subjects.iter().filter_map(|subject| Some((subject, fact.partners.iter().next()?)));
            given.extend(pairs.map(|(subject, partner)| ((id, subject), (partner, fact.span))));
        }
    }
    let mut out = Vec::new();
    for item in items {
        let grounds = grounds(names, library, &item.grounds, sink);
        let Some((id, relation)) = relation_of(names, item, sink) else { continue };
        let subjects = terms(names, relation.from, &item.subjects, sink);
        let partners = terms(names, relation.to, &item.partners, sink);
        if relation.single && !is_consistent(names, (id, relation), item, (&subjects, &partners), &mut given, sink) {
            continue;
        }
        out.push((id, Fact { subjects, partners, grounds, span: item.span }));
    }
    out
}

/// The relation of that name whose domain holds the subjects.
fn relation_of<'a>(
    names: &'a Names,
    item: &tree::Fact,
    sink: &mut Vec<Diagnostic>,
) -> Option<(RelationId, &'a Relation)> {
    let candidates: Vec<(RelationId, &Relation)> = names.relations_named(&item.relation.text).collect();
    if candidates.is_empty() {
        sink.extend(unknown(names, &item.relation, "no relation", names.nearest_relation(&item.relation.text)));
        return None;
    }
    let known = |from: VocabularyId| item.subjects.iter().filter(|name| resolve(names, from, name).is_some()).count();
    let most = candidates.iter().map(|(_, relation)| known(relation.from)).max().unwrap_or(0);
    let mut best = candidates.into_iter().filter(|(_, relation)| known(relation.from) == most);
    let (id, relation) = best.next()?;
    if let Some((_, other)) = best.next().filter(|_| most > 0) {
        let message = format!("the fact may speak of two relations `{}`", shown(&item.relation.text));
        let [a, b] = [relation.from, other.from].map(|from| shown(names.vocabulary_name(from)));
        sink.push(
            Diagnostic::error(
                "rules/ambiguous-name",
                item.relation.span,
                message,
                format!("from `{a}` or from `{b}`?"),
            )
            .also(relation.span, format!("from `{a}`"))
            .also(other.span, format!("from `{b}`"))
            .help("rename one of the relations"),
        );
        return None;
    }
    Some((id, relation))
}

/// A group or a term of a vocabulary.
fn resolve(names: &Names, vocabulary: VocabularyId, name: &Name) -> Option<TermSet> {
    match names.group(&name.text).filter(|group| group.of == vocabulary) {
        Some(group) => Some(group.terms.clone()),
        None => names.term(vocabulary, &name.text).map(|term| [term].into_iter().collect()),
    }
}

/// The terms that names stand for; those that are none of the vocabulary are errors.
fn terms(names: &Names, vocabulary: VocabularyId, list: &[Name], sink: &mut Vec<Diagnostic>) -> TermSet {
    let mut out = TermSet::new();
    for name in list {
        match resolve(names, vocabulary, name) {
            Some(set) => out.unite(&set),
            None => sink.extend(no_term(names, vocabulary, name)),
        }
        if names.group(&name.text).is_some() {
            names.use_group(&name.text);
        }
    }
    out
}

fn no_term(names: &Names, vocabulary: VocabularyId, name: &Name) -> Option<Diagnostic> {
    let wanted = shown(names.vocabulary_name(vocabulary));
    let others = names.terms_named(&name.text).first().map(|(other, _)| *other);
    if let Some(found) = names.group(&name.text).map(|group| group.of).or(others) {
        let found = shown(names.vocabulary_name(found));
        let message = format!("`{}` is of `{found}`, and the relation asks for `{wanted}`", shown(&name.text));
        let error = Diagnostic::error("rules/type-mismatch", name.span, message, format!("of `{found}`"));
        return Some(error.help(format!("name a term or a group of `{wanted}`")));
    }
    let terms = names.vocabulary(vocabulary).map(|one| one.terms.as_slice()).unwrap_or_default();
    let groups = names.groups.iter().filter(|group| group.of == vocabulary).map(|group| group.name.as_str());
    let terms = terms.iter().flat_map(|term| term.spellings().map(|spelling| (spelling, term.name.as_str())));
    let near = nearest(&name.text, terms.chain(groups.map(|name| (name, name))));
    unknown(names, name, &format!("no term of `{wanted}`"), near)
}

/// Whether a `single` relation gets at most one value a term; else an error that shows both facts.
fn is_consistent(
    names: &Names,
    (id, relation): (RelationId, &Relation),
    item: &tree::Fact,
    (subjects, partners): (&TermSet, &TermSet),
    given: &mut Given,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    let mut values = partners.iter();
    let Some(value) = values.next() else { return true };
    let name = shown(&relation.name);
    if values.next().is_some() {
        let message = format!("`{name}` is a `single` relation, and the fact gives several values");
        let span = item.partners.last().map_or(item.span, |name| name.span);
        let error = Diagnostic::error("rules/conflicting-facts", span, message, "a further value");
        sink.push(error.also(relation.span, "declared `single` here").help("keep one value, or drop `single`"));
        return false;
    }
    for subject in subjects.iter() {
        let (first, place) = *given.entry((id, subject)).or_insert((value, item.span));
        if first != value {
            let term = |vocabulary, term: u16| {
                let terms = names.vocabulary(vocabulary).map(|one| one.terms.as_slice()).unwrap_or_default();
                shown(terms.get(usize::from(term)).map(|term| term.name.as_str()).unwrap_or_default())
            };
            let (subject, first, value) =
                (term(relation.from, subject), term(relation.to, first), term(relation.to, value));
            let message = format!("`{name}` of `{subject}` is both `{first}` and `{value}`");
            sink.push(
                Diagnostic::error("rules/conflicting-facts", item.span, message, format!("`{value}` here"))
                    .also(place, format!("`{first}` here"))
                    .help("keep one of the two facts, or drop `single`"),
            );
            return false;
        }
    }
    true
}

/// Adds the facts to their relations.
pub(super) fn add(relations: &mut [Relation], facts: Vec<(RelationId, Fact)>) {
    for (id, fact) in facts {
        let Some(relation) = relations.get_mut(usize::from(id.0)) else { continue };
        for subject in fact.subjects.iter() {
            if let Some(partners) = relation.partners.get_mut(usize::from(subject)) {
                partners.unite(&fact.partners);
            }
        }
        relation.facts.push(fact);
    }
}
