//! Relations: those that are declared, and those that `within` makes.

use std::collections::BTreeMap;

use super::super::model::{Fact, Relation, Term, VocabularyId};
use super::names::Names;
use super::texts;
use super::unknown::{unknown, unknown_vocabulary};
use super::vocabulary::duplicate;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree;
use crate::text::Span;
use crate::text::display::shown;
use crate::value::TermSet;

/// Declares the relations, without facts but those of `within`; `names` gives the vocabularies.
pub(super) fn relations(
    names: &Names,
    vocabularies: &[&tree::Vocabulary],
    items: &[&tree::Relation],
    broken: &mut Vec<String>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Relation> {
    let mut places: BTreeMap<(String, VocabularyId), Span> = BTreeMap::new();
    let mut out = Vec::new();
    for item in vocabularies {
        let Some(relation) = within(names, item, broken, sink) else { continue };
        let place = item.within.as_ref().map_or(item.span, |name| name.span);
        places.insert((relation.name.clone(), relation.from), place);
        out.push(relation);
    }
    for item in items {
        let ends = (names.vocabulary_named(&item.from.text), names.vocabulary_named(&item.to.text));
        let (Some(from), Some(to)) = ends else {
            let missing = [(&item.from, ends.0), (&item.to, ends.1)].into_iter().filter(|(_, end)| end.is_none());
            sink.extend(missing.filter_map(|(name, _)| unknown_vocabulary(names, name)));
            broken.push(item.name.text.clone());
            continue;
        };
        names.use_vocabulary(from);
        names.use_vocabulary(to);
        if let Some(first) = places.get(&(item.name.text.clone(), from)) {
            sink.push(duplicate(&item.name.text, (item.name.span, "relation"), (*first, "relation")));
            names.leave_out(item.span);
            continue;
        }
        places.insert((item.name.text.clone(), from), item.name.span);
        out.push(Relation {
            name: item.name.text.clone(),
            from,
            to,
            single: item.single,
            partial: item.partial,
            label: texts(names, &item.label, sink),
            partners: vec![TermSet::new(); usize::from(names.term_count(from))],
            facts: Vec::new(),
            span: item.span,
        });
    }
    out
}

/// The relation of `vocabulary INNER within OUTER`: named after the outer vocabulary, one fact a term.
fn within(
    names: &Names,
    item: &tree::Vocabulary,
    broken: &mut Vec<String>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Relation> {
    let from = names.vocabulary_named(&item.name.text)?;
    let Some(outer) = &item.within else {
        for term in &item.terms {
            let Some(place) = &term.within else { continue };
            let message = format!("`{}` is within no vocabulary", shown(&item.name.text));
            let error = Diagnostic::error("rules/unexpected-within", place.span, message, "placed in a term of what?");
            sink.push(error.help(format!("write `vocabulary {} within VOCABULARY {{`", shown(&item.name.text))));
            break;
        }
        return None;
    };
    let Some(to) = names.vocabulary_named(&outer.text) else {
        sink.extend(unknown_vocabulary(names, outer));
        broken.push(outer.text.clone());
        return None;
    };
    names.use_vocabulary(to);
    let mut partners = Vec::new();
    let mut facts = Vec::new();
    let inner: &[Term] = names.vocabulary(from).map(|one| one.terms.as_slice()).unwrap_or_default();
    for ((written, term), number) in item.terms.iter().zip(inner).zip(0_u16..) {
        let place = written.within.as_ref().and_then(|place| term_of(names, to, place, sink));
        let set: TermSet = place.into_iter().collect();
        if place.is_some() {
            facts.push(Fact {
                subjects: [number].into_iter().collect(),
                partners: set.clone(),
                grounds: term.grounds.clone(),
                span: term.span,
            });
        }
        partners.push(set);
    }
    let label = names.vocabulary(to).map(|one| one.label.clone()).unwrap_or_default();
    let name = outer.text.clone();
    Some(Relation { name, from, to, single: true, partial: false, label, partners, facts, span: item.span })
}

/// A term by name; an unknown one is an error.
fn term_of(names: &Names, vocabulary: VocabularyId, name: &tree::Name, sink: &mut Vec<Diagnostic>) -> Option<u16> {
    let term = names.term(vocabulary, &name.text);
    if term.is_none() {
        let what = format!("no term of `{}`", shown(names.vocabulary_name(vocabulary)));
        sink.extend(unknown(names, name, &what, names.nearest_term(vocabulary, &name.text)));
    }
    term
}
