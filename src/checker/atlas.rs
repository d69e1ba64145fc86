//! What shows a run by place: the plan's map, the places, what the facts give to each, and the plan's clauses.

use std::collections::BTreeMap;

use crate::engine::record::{Record, SlotValue};
use crate::rulebook::{
    ColumnId, ColumnKind, Map, PlanSource, Relation, Rulebook, SourceClause, TableId, Term, Texts, VocabularyId,
};
use crate::value::TermSet;

/// The places and clauses of a rule pack, as formats show them. Built once a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Atlas {
    /// The map, if the pack has one.
    pub map: Option<Map>,
    /// Where proposals belong; `None` if no field says so.
    pub places: Option<Places>,
    /// The plan's clauses, in order.
    pub clauses: Vec<Clause>,
}

/// The terms that proposals belong to: the stations of the map, else the terms of the first field of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Label of the field that says where a proposal belongs.
    pub label: Texts,
    /// The places; their numbers are those of the vocabulary.
    pub terms: Vec<Entry>,
    /// What the facts give to places and proposals claim.
    pub claims: Vec<Claims>,
    field: ColumnId,
}

/// A term with its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its labels.
    pub label: Texts,
}

/// A set in which proposals claim what a relation of the same name gives to their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Label of the relation.
    pub label: Texts,
    /// What may be claimed.
    pub terms: Vec<Entry>,
    /// What the facts give to each place.
    pub given: Vec<TermSet>,
    field: ColumnId,
}

/// A clause of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// `3.9`
    pub number: String,
    /// Its text in each language.
    pub texts: Texts,
    /// Why no proposal can be checked against it, if the pack says so.
    pub uncheckable: Option<Texts>,
}

/// Where a proposal belongs, and what it claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Number of its place in [`Places::terms`]; `None` if it states none that is known.
    pub place: Option<u16>,
    /// What it claims, as [`Places::claims`].
    pub claims: Vec<TermSet>,
}

impl Atlas {
    /// The atlas of a rule pack.
    pub fn of(book: &Rulebook) -> Self {
        Self { map: book.map.clone(), places: Places::of(book), clauses: clauses(book) }
    }

    /// Where a proposal belongs, and what it claims.
    pub(super) fn facets(&self, record: &Record) -> Facets {
        let Some(places) = &self.places else { return Facets::default() };
        let set = |field| match record.slot(TableId(0), 0, field).map(|slot| slot.value) {
            Some(SlotValue::Term(term)) => std::iter::once(term).collect(),
            Some(SlotValue::Set(set)) => record.sets.get(set as usize).map(|set| set.known.clone()).unwrap_or_default(),
            _ => TermSet::new(),
        };
        Facets {
            place: set(places.field).iter().next(),
            claims: places.claims.iter().map(|claims| set(claims.field)).collect(),
        }
    }
}

impl Places {
    fn of(book: &Rulebook) -> Option<Self> {
        let table = book.shape.table(TableId(0))?;
        let fields = || table.fields.iter().filter_map(|id| table.column(*id).map(|column| (*id, column)));
        let of_vocabulary = |kind: &ColumnKind| match kind {
            ColumnKind::Term(id) => book.vocabularies.get(usize::from(id.0)).filter(|one| !one.of_field).map(|_| *id),
            _ => None,
        };
        let mapped = book.map.as_ref().and_then(|map| table.column(map.field).map(|column| (map.field, column)));
        let first = || fields().find(|(_, column)| of_vocabulary(&column.kind).is_some());
        let (field, column) = mapped.or_else(first)?;
        let vocabulary = of_vocabulary(&column.kind)?;
        let claims = fields().filter_map(|(id, column)| {
            let ColumnKind::Set(to) = column.kind else { return None };
            let is_given = |one: &&Relation| one.name == column.name && one.from == vocabulary && one.to == to;
            let relation = book.relations.iter().find(is_given)?;
            let label = if relation.label.is_empty() { &column.label } else { &relation.label };
            Some(Claims { label: label.clone(), terms: entries(book, to), given: relation.partners.clone(), field: id })
        });
        Some(Self { label: column.label.clone(), terms: entries(book, vocabulary), claims: claims.collect(), field })
    }
}

fn entries(book: &Rulebook, vocabulary: VocabularyId) -> Vec<Entry> {
    let terms = book.vocabularies.get(usize::from(vocabulary.0)).map(|one| one.terms.as_slice()).unwrap_or_default();
    let entry = |term: &Term| Entry { name: term.name.clone(), label: term.label.clone() };
    terms.iter().map(entry).collect()
}

/// The clauses of all sources, in the order of the first one.
fn clauses(book: &Rulebook) -> Vec<Clause> {
    let sources: Vec<BTreeMap<&str, &str>> = book.plan.sources.iter().map(by_number).collect();
    let reasons: BTreeMap<&str, &Texts> = book
        .uncheckable
        .iter()
        .flat_map(|one| one.citations.iter().map(move |citation| (citation.clause.as_deref(), &one.reason)))
        .filter_map(|(clause, reason)| Some((clause?, reason)))
        .collect();
    let first = book.plan.sources.iter().flatten().next().map(|source| source.clauses.as_slice()).unwrap_or_default();
    let clause = |one: &SourceClause| {
        let number = one.number.as_str();
        let text = |source: &BTreeMap<&str, &str>| source.get(number).map(|text| (*text).to_owned());
        Clause {
            number: number.to_owned(),
            texts: Texts(sources.iter().map(text).collect()),
            uncheckable: reasons.get(number).map(|reason| (*reason).clone()),
        }
    };
    first.iter().map(clause).collect()
}

fn by_number(source: &Option<PlanSource>) -> BTreeMap<&str, &str> {
    let clauses = source.iter().flat_map(|source| &source.clauses);
    clauses.map(|clause| (clause.number.as_str(), clause.text.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::LanguageId;

    #[test]
    fn henan_has_its_places_claims_and_clauses() {
        let book = Rulebook::henan().unwrap();
        let atlas = Atlas::of(&book);
        let places = atlas.places.unwrap();
        assert_eq!((places.terms.len(), atlas.clauses.len()), (18, 25));
        let labels: Vec<&str> = places.claims.iter().map(|claims| claims.label.get(LanguageId(0))).collect();
        assert_eq!(
            labels,
            [
                "functions under the plan",
                "roles under the plan",
                "belts that the city lies on",
                "basins that the city has a part in"
            ]
        );
        assert!(atlas.clauses.iter().all(|clause| clause.texts.0.iter().all(Option::is_some)));
        assert_eq!(atlas.clauses.iter().filter(|clause| clause.uncheckable.is_some()).count(), 3);
    }
}
