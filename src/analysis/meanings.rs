//! What the names of a pack mean, as text that differs where the meaning does; and which names a directive reads.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Kind, written};
use super::survey::Spot;
use crate::rulebook::expression::{Condition, Place};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{
    Column, ColumnKind, Constant, ForEach, PortfolioDirective, Required, Rulebook, TableId, VocabularyId,
};

/// A sort of thing, and its name.
pub(super) type Named = (Kind, String);

/// What each name of a pack means.
pub(super) fn meanings(book: &Rulebook) -> BTreeMap<Named, String> {
    let mut all = BTreeMap::new();
    for definition in &book.definitions {
        all.insert((Kind::Definition, definition.name.clone()), written(book, definition.span));
    }
    for group in &book.groups {
        let terms: BTreeSet<&str> = group.terms.iter().map(|one| term(book, group.of, one)).collect();
        all.insert((Kind::Group, group.name.clone()), format!("{terms:?}"));
    }
    for relation in &book.relations {
        let facts: BTreeMap<&str, BTreeSet<&str>> = (0_u16..)
            .zip(&relation.partners)
            .map(|(from, partners)| {
                let partners = partners.iter().map(|to| term(book, relation.to, to)).collect();
                (term(book, relation.from, from), partners)
            })
            .collect();
        let known = all.entry((Kind::Relation, relation.name.clone())).or_insert_with(String::new);
        known.push_str(&format!("{facts:?}"));
    }
    for vocabulary in &book.vocabularies {
        let terms: BTreeMap<&str, BTreeSet<&str>> =
            vocabulary.terms.iter().map(|term| (term.name.as_str(), term.spellings().collect())).collect();
        all.insert((Kind::Vocabulary, vocabulary.name.clone()), format!("{terms:?}"));
    }
    for dimension in &book.dimensions {
        let units: BTreeMap<&str, String> = dimension
            .units
            .iter()
            .map(|unit| (unit.name.as_str(), format!("{:?} {:?}", unit.scale, unit.spellings().collect::<Vec<_>>())))
            .collect();
        all.insert((Kind::Dimension, dimension.name.clone()), format!("{units:?}"));
    }
    for (table, number) in (0_u16..).zip(&book.shape.tables) {
        for (column, _) in (0_u16..).zip(&number.columns) {
            let spot = (TableId(table), crate::rulebook::ColumnId(column));
            if let Some(column) = book.shape.column(spot.0, spot.1) {
                all.insert((Kind::Field, path(book, spot)), declared(book, column));
            }
        }
    }
    all
}

fn term(book: &Rulebook, vocabulary: VocabularyId, term: u16) -> &str {
    let vocabulary = book.vocabularies.get(usize::from(vocabulary.0));
    vocabulary.and_then(|one| one.terms.get(usize::from(term))).map_or("", |term| term.name.as_str())
}

/// A field's path from the proposal, `investment.funding.amount`.
fn path(book: &Rulebook, (table, column): Spot) -> String {
    let around = book.shape.table(table).and_then(|table| table.list).map(|list| path(book, list));
    let own = book.shape.column(table, column).map_or("", |column| column.pointer.as_str());
    let own = own.trim_start_matches('/').replace('/', ".");
    match around {
        Some(around) if own.is_empty() => format!("{around}[]"),
        Some(around) => format!("{around}.{own}"),
        None => own,
    }
}

/// How a field is declared, but for its label.
fn declared(book: &Rulebook, column: &Column) -> String {
    let kind = match &column.kind {
        ColumnKind::Quantity(dimension) => {
            format!("quantity {:?}", book.dimensions.get(usize::from(dimension.0)).map(|one| &one.name))
        },
        ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary) => {
            let vocabulary = book.vocabularies.get(usize::from(vocabulary.0)).map(|one| &one.name);
            let is_set = matches!(column.kind, ColumnKind::Set(_));
            format!("{} {vocabulary:?}", if is_set { "set of" } else { "term" })
        },
        ColumnKind::List(_) => "list".to_owned(),
        ColumnKind::Record(_) => "record".to_owned(),
        other => format!("{other:?}"),
    };
    let required = match &column.required {
        Required::No => "no".to_owned(),
        Required::Yes => "yes".to_owned(),
        Required::When(condition) => written(book, condition.span),
    };
    let otherwise = match (&column.otherwise, &column.kind) {
        (Some(Constant::Term(one)), ColumnKind::Term(vocabulary)) => term(book, *vocabulary, *one).to_owned(),
        (Some(Constant::Set(terms)), ColumnKind::Set(vocabulary)) => {
            format!("{:?}", terms.iter().map(|one| term(book, *vocabulary, one)).collect::<BTreeSet<_>>())
        },
        (Some(Constant::Number(number, _)), _) => format!("{number:?}"),
        (otherwise, _) => format!("{otherwise:?}"),
    };
    let unit = column.in_unit.and_then(|unit| match column.kind {
        ColumnKind::Quantity(dimension) => {
            book.dimensions.get(usize::from(dimension.0))?.units.get(usize::from(unit.0)).map(|unit| &unit.name)
        },
        _ => None,
    });
    format!(
        "{kind}; {required}; {otherwise}; {unit:?}; {:?}; {:?}; {:?}; {:?}; {:?}; {:?}",
        column.keys,
        column.matching.as_ref().map(|pattern| pattern.as_str()),
        column.characters,
        column.items,
        column.at_least,
        column.at_most,
    )
}

/// The fields that conditions read, and the vocabularies and dimensions of these.
pub(super) fn read_by<'c>(book: &Rulebook, conditions: impl IntoIterator<Item = &'c Condition>) -> BTreeSet<Named> {
    let mut read = Read { book, names: BTreeSet::new() };
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut read };
    conditions.into_iter().for_each(|condition| walk.condition(condition));
    read.names
}

/// The same of everything that a portfolio directive reads.
pub(super) fn read_by_portfolio(book: &Rulebook, directive: &PortfolioDirective) -> BTreeSet<Named> {
    let mut read = Read { book, names: BTreeSet::new() };
    Walk { definitions: &book.definitions, visitor: &mut read }.portfolio(directive);
    if let ForEach::Term(vocabulary, _) = &directive.for_each {
        read.vocabulary(*vocabulary);
    }
    read.names
}

/// The values of `for each`, as text.
pub(super) fn each(book: &Rulebook, directive: &PortfolioDirective) -> String {
    let parts: Vec<String> = match &directive.for_each {
        ForEach::Nothing => Vec::new(),
        ForEach::Term(vocabulary, terms) => terms.iter().map(|one| term(book, *vocabulary, one).to_owned()).collect(),
        ForEach::Group(keys) => keys.iter().map(|key| written(book, key.value.span())).collect(),
    };
    parts.join(", ")
}

struct Read<'b> {
    book: &'b Rulebook,
    names: BTreeSet<Named>,
}

impl Read<'_> {
    fn vocabulary(&mut self, id: VocabularyId) {
        let vocabulary = self.book.vocabularies.get(usize::from(id.0));
        self.names.extend(vocabulary.map(|one| (Kind::Vocabulary, one.name.clone())));
    }
}

impl Visitor for Read<'_> {
    fn place(&mut self, place: &Place) {
        self.names.insert((Kind::Field, path(self.book, (place.table, place.column))));
        match self.book.shape.column(place.table, place.column).map(|column| &column.kind) {
            Some(ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary)) => self.vocabulary(*vocabulary),
            Some(ColumnKind::Quantity(dimension)) => {
                let dimension = self.book.dimensions.get(usize::from(dimension.0));
                self.names.extend(dimension.map(|one| (Kind::Dimension, one.name.clone())));
            },
            _ => {},
        }
    }
}
