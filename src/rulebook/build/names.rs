//! What a rule pack has declared, by name: the look-ups that typing an expression needs.
//!
//! A name that was declared but could not be resolved is *broken*: whoever looks it up stays silent, because the cause was already reported.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use smallvec::SmallVec;

use super::super::model::{
    Dimension, DimensionId, Group, LanguageId, Period, Relation, RelationId, Unit, UnitId, Vocabulary, VocabularyId,
};
use super::super::shape::{Column, ColumnId, ColumnKind, Shape, TableId};
use super::lost::Lost;
use crate::text::Span;
use crate::text::nearest::nearest;

/// Everything that a pack declares but definitions and directives.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The plan's language tags; the first is the pack's own.
    pub(crate) languages: Vec<String>,
    /// When the plan is in force; a directive's own dates narrow it.
    pub(crate) effective: Period,
    /// The vocabularies, those of `one of` fields included.
    pub(crate) vocabularies: Vec<Vocabulary>,
    /// The groups, resolved.
    pub(crate) groups: Vec<Group>,
    /// The relations with their facts.
    pub(crate) relations: Vec<Relation>,
    /// The dimensions.
    pub(crate) dimensions: Vec<Dimension>,
    /// The proposal; without tables if the pack has no `proposal` item.
    pub(crate) shape: Shape,
    /// Names that were declared but could not be resolved, or that stand where the text could not be read.
    pub(crate) broken: BTreeSet<String>,
    /// Whether a file could not be read at all, so that any name may be declared in it.
    pub(crate) is_partial: bool,
    /// Whether the pack was shown to be sound before.
    pub(crate) is_sound: bool,
    /// Whether the `proposal` item was declared but could not be read.
    pub(crate) shape_broken: bool,
    vocabulary_names: BTreeMap<String, VocabularyId>,
    /// How many vocabularies are indexed.
    indexed: usize,
    /// The vocabularies that have a term of that name; hardly ever more than one.
    owners: HashMap<String, SmallVec<[(VocabularyId, u16); 4]>>,
    group_names: BTreeMap<String, usize>,
    dimension_names: BTreeMap<String, DimensionId>,
    unit_names: BTreeMap<String, (DimensionId, UnitId)>,
    used: RefCell<Used>,
    left_out: RefCell<Vec<Span>>,
}

/// What something uses, for the warnings on what nothing uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Used {
    /// Groups by name.
    pub(crate) groups: BTreeSet<String>,
    /// Relations.
    pub(crate) relations: BTreeSet<RelationId>,
    /// Vocabularies, as such or through a term.
    pub(crate) vocabularies: BTreeSet<VocabularyId>,
    /// Vocabularies whose terms are used all together, as a group.
    pub(crate) whole: BTreeSet<VocabularyId>,
    /// Terms that expressions name.
    pub(crate) terms: BTreeSet<(VocabularyId, u16)>,
    /// Definitions by name.
    pub(crate) definitions: BTreeSet<String>,
}

impl Names {
    /// Indexes the vocabularies that were declared since the last time.
    pub(crate) fn index_vocabularies(&mut self) {
        let mut of_fields: BTreeMap<&str, Vec<VocabularyId>> = BTreeMap::new();
        for (vocabulary, id) in self.vocabularies.iter().zip((0..).map(VocabularyId)).skip(self.indexed) {
            if vocabulary.of_field {
                of_fields.entry(&vocabulary.name).or_default().push(id);
            } else {
                self.vocabulary_names.entry(vocabulary.name.clone()).or_insert(id);
            }
            self.owners.reserve(vocabulary.terms.len());
            for (term, number) in vocabulary.terms.iter().zip(0..) {
                let owners = self.owners.entry(term.name.clone()).or_default();
                // Of two terms of one name the first stays.
                if owners.last().is_none_or(|(last, _)| *last != id) {
                    owners.push((id, number));
                }
            }
        }
        for (name, ids) in of_fields {
            if let [id] = ids.as_slice() {
                self.vocabulary_names.entry(name.to_owned()).or_insert(*id);
            }
        }
        self.indexed = self.vocabularies.len();
    }

    /// Indexes the groups.
    pub(crate) fn index_groups(&mut self) {
        self.group_names = first_of(self.groups.iter().map(|group| group.name.as_str()).zip(0..));
    }

    /// Indexes the dimensions and their units.
    pub(crate) fn index_dimensions(&mut self) {
        let dimensions = self.dimensions.iter().map(|dimension| dimension.name.as_str());
        self.dimension_names = first_of(dimensions.zip((0..).map(DimensionId)));
        self.unit_names = first_of(self.dimensions.iter().zip((0..).map(DimensionId)).flat_map(|(dimension, id)| {
            let units = dimension.units.iter().zip((0..).map(UnitId));
            units.flat_map(move |(unit, unit_id)| rule_spellings(unit).map(move |name| (name, (id, unit_id))))
        }));
    }

    /// Notes that a stretch was left out, because what it declares was declared before.
    pub(crate) fn leave_out(&self, span: Span) {
        self.left_out.borrow_mut().push(span);
    }

    /// Makes the names in what was left out broken.
    pub(super) fn break_left_out(&mut self, lost: &Lost<'_>) {
        let names = self.left_out.get_mut().drain(..).flat_map(|span| lost.texts.names_in(span));
        self.broken.extend(names.collect::<Vec<_>>());
    }

    /// Whether a name was declared but is broken: no report on it.
    pub(crate) fn is_broken(&self, name: &str) -> bool {
        self.is_partial || self.broken.contains(name)
    }

    /// The language with that tag.
    pub(crate) fn language(&self, tag: &str) -> Option<LanguageId> {
        self.languages.iter().position(|language| language == tag).map(LanguageId)
    }

    /// The vocabulary of that name; one of a `one of` field only if nothing else has its name (details 9).
    pub(crate) fn vocabulary_named(&self, name: &str) -> Option<VocabularyId> {
        self.vocabulary_names.get(name).copied()
    }

    /// A vocabulary.
    pub(crate) fn vocabulary(&self, id: VocabularyId) -> Option<&Vocabulary> {
        self.vocabularies.get(usize::from(id.0))
    }

    /// The name of a vocabulary, for messages.
    pub(crate) fn vocabulary_name(&self, id: VocabularyId) -> &str {
        self.vocabulary(id).map(|vocabulary| vocabulary.name.as_str()).unwrap_or_default()
    }

    /// How many terms a vocabulary has.
    pub(crate) fn term_count(&self, id: VocabularyId) -> u16 {
        self.vocabulary(id).and_then(|vocabulary| u16::try_from(vocabulary.terms.len()).ok()).unwrap_or(0)
    }

    /// The term of that name in a vocabulary; only names count, labels and codes do not.
    pub(crate) fn term(&self, vocabulary: VocabularyId, name: &str) -> Option<u16> {
        self.terms_named(name).iter().find(|(owner, _)| *owner == vocabulary).map(|(_, term)| *term)
    }

    /// Every vocabulary that has a term of that name.
    pub(crate) fn terms_named(&self, name: &str) -> &[(VocabularyId, u16)] {
        self.owners.get(name).map(SmallVec::as_slice).unwrap_or_default()
    }

    /// The group of that name.
    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        self.group_names.get(name).and_then(|index| self.groups.get(*index))
    }

    /// Every relation of that name, with its number; they differ in `from`.
    pub(crate) fn relations_named(&self, name: &str) -> impl Iterator<Item = (RelationId, &Relation)> {
        let numbered = (0..).map(RelationId).zip(&self.relations);
        numbered.filter(move |(_, relation)| relation.name == name)
    }

    /// The dimension of that name.
    pub(crate) fn dimension_named(&self, name: &str) -> Option<DimensionId> {
        self.dimension_names.get(name).copied()
    }

    /// A dimension.
    pub(crate) fn dimension(&self, id: DimensionId) -> Option<&Dimension> {
        self.dimensions.get(usize::from(id.0))
    }

    /// The unit of that name or `aka`.
    pub(crate) fn unit_named(&self, name: &str) -> Option<(DimensionId, UnitId)> {
        self.unit_names.get(name).copied()
    }

    /// A unit.
    pub(crate) fn unit(&self, dimension: DimensionId, unit: UnitId) -> Option<&Unit> {
        self.dimension(dimension).and_then(|dimension| dimension.units.get(usize::from(unit.0)))
    }

    /// The field of that name in a row (`parent` `None`) or in a record of it.
    pub(crate) fn field(&self, table: TableId, parent: Option<ColumnId>, name: &str) -> Option<ColumnId> {
        let fields = self.fields(table, parent).iter().copied();
        fields.into_iter().find(|id| self.column(table, *id).is_some_and(|column| column.name == name))
    }

    /// The fields of a row (`parent` `None`) or of a record of it.
    pub(crate) fn fields(&self, table: TableId, parent: Option<ColumnId>) -> &[ColumnId] {
        match parent {
            None => self.shape.table(table).map(|table| table.fields.as_slice()).unwrap_or_default(),
            Some(parent) => match self.column(table, parent).map(|column| &column.kind) {
                Some(ColumnKind::Record(fields)) => fields,
                _ => &[],
            },
        }
    }

    /// A column.
    pub(crate) fn column(&self, table: TableId, column: ColumnId) -> Option<&Column> {
        self.shape.column(table, column)
    }

    /// Notes that a group is used.
    pub(crate) fn use_group(&self, name: &str) {
        self.used.borrow_mut().groups.insert(name.to_owned());
    }

    /// Notes that a relation is used.
    pub(crate) fn use_relation(&self, id: RelationId) {
        self.used.borrow_mut().relations.insert(id);
    }

    /// Notes that a vocabulary, or a term of it, is used.
    pub(crate) fn use_vocabulary(&self, id: VocabularyId) {
        self.used.borrow_mut().vocabularies.insert(id);
    }

    /// Notes that all terms of a vocabulary are used.
    pub(crate) fn use_whole(&self, id: VocabularyId) {
        let mut used = self.used.borrow_mut();
        used.vocabularies.insert(id);
        used.whole.insert(id);
    }

    /// Notes that a term is used.
    pub(crate) fn use_term(&self, id: VocabularyId, term: u16) {
        let mut used = self.used.borrow_mut();
        used.vocabularies.insert(id);
        used.terms.insert((id, term));
    }

    /// Notes that a definition is used.
    pub(crate) fn use_definition(&self, name: &str) {
        self.used.borrow_mut().definitions.insert(name.to_owned());
    }

    /// What was used so far.
    pub(crate) fn used(&self) -> Used {
        self.used.borrow().clone()
    }

    /// The term of a vocabulary that was probably meant, looked for in names, labels of all languages, codes and `aka`.
    pub(crate) fn nearest_term(&self, vocabulary: VocabularyId, wanted: &str) -> Option<&str> {
        let terms = self.vocabulary(vocabulary).map(|vocabulary| vocabulary.terms.as_slice()).unwrap_or_default();
        nearest(wanted, terms.iter().flat_map(|term| term.spellings().map(|spelling| (spelling, term.name.as_str()))))
    }

    /// The term of any vocabulary that was probably meant.
    pub(crate) fn nearest_any_term(&self, wanted: &str) -> Option<&str> {
        let terms = self.vocabularies.iter().flat_map(|vocabulary| &vocabulary.terms);
        nearest(wanted, terms.flat_map(|term| term.spellings().map(|spelling| (spelling, term.name.as_str()))))
    }

    /// The vocabulary that was probably meant.
    pub(crate) fn nearest_vocabulary(&self, wanted: &str) -> Option<&str> {
        nearest(wanted, self.vocabularies.iter().flat_map(|one| labelled(&one.name, &one.label)))
    }

    /// The group that was probably meant.
    pub(crate) fn nearest_group(&self, wanted: &str) -> Option<&str> {
        nearest(wanted, self.groups.iter().flat_map(|one| labelled(&one.name, &one.label)))
    }

    /// The relation that was probably meant.
    pub(crate) fn nearest_relation(&self, wanted: &str) -> Option<&str> {
        nearest(wanted, self.relations.iter().flat_map(|one| labelled(&one.name, &one.label)))
    }

    /// The dimension that was probably meant.
    pub(crate) fn nearest_dimension(&self, wanted: &str) -> Option<&str> {
        nearest(wanted, self.dimensions.iter().flat_map(|one| labelled(&one.name, &one.label)))
    }

    /// The unit that was probably meant, of one dimension or of all.
    pub(crate) fn nearest_unit(&self, dimension: Option<DimensionId>, wanted: &str) -> Option<&str> {
        let dimensions = (0..).map(DimensionId).zip(&self.dimensions);
        let units = dimensions.filter(|(id, _)| dimension.is_none_or(|one| one == *id)).flat_map(|(_, one)| &one.units);
        nearest(wanted, units.flat_map(|unit| unit.spellings().map(|spelling| (spelling, unit.name.as_str()))))
    }

    /// The field of a row or record that was probably meant, looked for in names, keys and labels.
    pub(crate) fn nearest_field(&self, table: TableId, parent: Option<ColumnId>, wanted: &str) -> Option<&str> {
        let columns = self.fields(table, parent).iter().filter_map(|id| self.column(table, *id));
        nearest(
            wanted,
            columns.flat_map(|column| {
                let keys = column.keys.iter().map(|key| (key.as_str(), column.name.as_str()));
                labelled(&column.name, &column.label).chain(keys)
            }),
        )
    }
}

/// The spellings of a unit that count in rules: its name, and each `aka`.
fn rule_spellings(unit: &Unit) -> impl Iterator<Item = &str> {
    std::iter::once(unit.name.as_str()).chain(unit.aka.iter().map(String::as_str))
}

/// A name and its labels, each with the name that they stand for.
pub(crate) fn labelled<'a>(
    name: &'a str,
    label: &'a super::super::model::Texts,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    std::iter::once((name, name)).chain(label.0.iter().flatten().map(move |label| (label.as_str(), name)))
}

/// Names in a map; of two equal ones the first stays.
fn first_of<'a, T>(entries: impl Iterator<Item = (&'a str, T)>) -> BTreeMap<String, T> {
    let mut map = BTreeMap::new();
    for (name, value) in entries {
        map.entry(name.to_owned()).or_insert(value);
    }
    map
}
