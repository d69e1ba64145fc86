//! Plainer values for a witness: first terms, round numbers, days of one year. Each is taken only if the engine's verdicts stay.

use super::document::Document;
use super::survey::Spot;
use crate::rulebook::{ColumnId, ColumnKind, Rulebook, TableId, VocabularyId};

/// A value of a document: the steps to it, and what could stand in its place, the plainest first.
pub(super) struct Leaf {
    pub path: Vec<usize>,
    pub plainer: Vec<Document>,
}

/// Every value of a proposal that could be plainer.
pub(super) fn leaves(book: &Rulebook, proposal: &Document, texts: &mut dyn FnMut(Spot) -> Vec<String>) -> Vec<Leaf> {
    let mut walk = Walk { book, texts, leaves: Vec::new() };
    let fields = book.shape.table(TableId(0)).map(|table| table.fields.as_slice()).unwrap_or_default();
    walk.record(TableId(0), fields, proposal, &[]);
    walk.leaves
}

/// The document with another value at a place.
pub(super) fn replaced(document: &Document, path: &[usize], value: &Document) -> Document {
    let Some((first, rest)) = path.split_first() else { return value.clone() };
    let mut changed = document.clone();
    let slot = match &mut changed {
        Document::List(values) => values.get_mut(*first),
        Document::Record(fields) => fields.get_mut(*first).map(|(_, value)| value),
        _ => None,
    };
    if let Some(slot) = slot {
        *slot = replaced(slot, rest, value);
    }
    changed
}

struct Walk<'w> {
    book: &'w Rulebook,
    texts: &'w mut dyn FnMut(Spot) -> Vec<String>,
    leaves: Vec<Leaf>,
}

impl Walk<'_> {
    fn record(&mut self, table: TableId, fields: &[ColumnId], value: &Document, path: &[usize]) {
        let Document::Record(entries) = value else { return };
        let book = self.book;
        for (index, (name, value)) in entries.iter().enumerate() {
            let of_name = |id: &&ColumnId| book.shape.column(table, **id).is_some_and(|column| column.name == *name);
            if let Some(id) = fields.iter().find(of_name) {
                self.value(table, *id, value, &[path, &[index]].concat());
            }
        }
    }

    fn value(&mut self, table: TableId, id: ColumnId, value: &Document, path: &[usize]) {
        let Some(column) = self.book.shape.column(table, id) else { return };
        let text = |text: &str| Document::Text(text.to_owned());
        let plainer = match &column.kind {
            ColumnKind::Text => (self.texts)((table, id)).iter().take(1).map(|plain| text(plain)).collect(),
            ColumnKind::Number | ColumnKind::Integer => vec![Document::Number("1".to_owned())],
            ColumnKind::Quantity(dimension) => {
                let units = self.book.dimensions.get(usize::from(dimension.0)).map(|one| one.units.as_slice());
                let units = units.unwrap_or_default();
                let ends = [units.last(), units.first()].into_iter().flatten();
                ends.map(|unit| Document::Text(format!("1 {}", unit.name))).collect()
            },
            ColumnKind::Boolean => vec![Document::Boolean(false)],
            ColumnKind::Date => vec![text("2026-01-01"), text("2026-12-31"), text("2026-06")],
            ColumnKind::Term(vocabulary) => self.first_terms(*vocabulary, 1).iter().map(|term| text(term)).collect(),
            ColumnKind::Set(vocabulary) => {
                let Document::List(members) = value else { return };
                let first: Vec<Document> =
                    self.first_terms(*vocabulary, members.len()).iter().map(|term| text(term)).collect();
                vec![Document::List(first)]
            },
            ColumnKind::List(elements) => {
                let (Document::List(rows), Some(declared)) = (value, self.book.shape.table(*elements)) else { return };
                for (index, row) in rows.iter().enumerate() {
                    let path = [path, &[index]].concat();
                    if declared.is_record {
                        self.record(*elements, &declared.fields, row, &path);
                    } else {
                        self.value(*elements, ColumnId(0), row, &path);
                    }
                }
                return;
            },
            ColumnKind::Record(fields) => return self.record(table, fields, value, path),
        };
        let plainer: Vec<Document> = plainer.into_iter().take_while(|plain| plain != value).collect();
        self.leaves.push(Leaf { path: path.to_vec(), plainer });
    }

    fn first_terms(&self, vocabulary: VocabularyId, count: usize) -> Vec<String> {
        let vocabulary = self.book.vocabularies.get(usize::from(vocabulary.0));
        vocabulary.into_iter().flat_map(|one| &one.terms).take(count).map(|term| term.name.clone()).collect()
    }
}
