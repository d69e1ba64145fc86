//! A proposal that two packs read: the fields of the second pack are those of the first, literal by literal, so that
//! what both packs say alike is one literal.

use std::collections::BTreeMap;

use super::{Encoder, Field, FieldKind, Row, RowId};
use crate::analysis::circuit::Literal;
use crate::analysis::survey::{Hint, Spot, Survey};
use crate::rulebook::{Column, ColumnId, ColumnKind, DimensionId, Rulebook, TableId, VocabularyId};

/// The first pack as the second one sees it.
#[derive(Debug)]
pub(super) struct Twin<'b> {
    book: &'b Rulebook,
    rows: Vec<Row>,
}

/// How many rows are told apart from those of the first pack.
const FIRST_OWN_ROW: usize = 1_000_000;

impl<'b> Encoder<'b> {
    /// The second pack of two, over the proposals of the first, which lends its circuit.
    pub fn second(book: &'b Rulebook, survey: Survey, first: &mut Self) -> Self {
        let mut second = Self::with(book, survey);
        first.lend(&mut second);
        second.slack = first.slack.clone();
        second.tests = first.tests.clone();
        second.forms = first.forms.clone();
        second.numbers = first.numbers.clone();
        second.further = first.further.clone();
        second.twin = Some(Twin { book: first.book, rows: first.rows.clone() });
        second
    }

    /// Gives the circuit and its numbers to another encoder, and takes the other's.
    pub fn lend(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.circuit, &mut other.circuit);
        std::mem::swap(&mut self.arithmetic, &mut other.arithmetic);
    }

    /// The column of the first pack that a column of this one is.
    pub(super) fn twin_column(&self, twin: Option<RowId>, column: &Column) -> Option<(ColumnId, Field, &'b Column)> {
        let first = self.twin.as_ref()?;
        let row = first.rows.get(twin?)?;
        let table = first.book.shape.table(row.table)?;
        let (id, found) = (0_u16..).map(ColumnId).zip(&table.columns).find(|(_, one)| one.pointer == column.pointer)?;
        Some((id, row.fields.get(&id)?.clone(), found))
    }

    /// Whether a row of the first pack is there.
    pub(super) fn twin_exists(&self, row: RowId) -> Option<Literal> {
        self.twin.as_ref()?.rows.get(row).map(|row| row.exists)
    }

    /// Row and column by which another text is known: those of the first pack where it reads the field too.
    pub(super) fn text_source(&self, row: RowId, column: ColumnId) -> (usize, ColumnId) {
        if self.twin.is_none() {
            return (row, column);
        }
        let own = self.rows.get(row);
        let declared = own.and_then(|own| self.book.shape.column(own.table, column));
        let twin = own.and_then(|own| own.twin);
        match declared.and_then(|declared| self.twin_column(twin, declared)) {
            Some((id, ..)) => (twin.unwrap_or(row), id),
            None => (row + FIRST_OWN_ROW, column),
        }
    }

    /// The row of a source, if it is one of this encoder's.
    pub(super) fn own_source(&self, row: usize, column: ColumnId) -> Option<(TableId, ColumnId)> {
        let row = if self.twin.is_none() { row } else { row.checked_sub(FIRST_OWN_ROW)? };
        self.rows.get(row).map(|row| (row.table, column))
    }

    /// The field of the first pack as one of this, where both read the same values; a field that they read otherwise has to be
    /// absent.
    pub(super) fn shared(
        &mut self,
        twin: &(ColumnId, Field, &'b Column),
        column: &Column,
        present: Literal,
    ) -> FieldKind {
        let (_, field, other) = twin;
        let never = self.circuit.constant(false);
        match (&field.kind, &other.kind, &column.kind) {
            (FieldKind::Text(cases, another), ..) if column.kind == ColumnKind::Text => {
                FieldKind::Text(cases.clone(), *another)
            },
            (FieldKind::Number(variable), from, to) if self.same_numbers(from, to) => {
                if let Some(variable) = self.arithmetic.variables.get_mut(*variable) {
                    variable.whole |= *to == ColumnKind::Integer;
                }
                FieldKind::Number(*variable)
            },
            (FieldKind::Boolean(_) | FieldKind::Date(..), from, to) if from == to => field.kind.clone(),
            (FieldKind::Term(terms), ColumnKind::Term(from), ColumnKind::Term(to)) => {
                FieldKind::Term(self.shared_terms(terms, *from, *to, never))
            },
            (FieldKind::Set(terms), ColumnKind::Set(from), ColumnKind::Set(to)) => {
                FieldKind::Set(self.shared_terms(terms, *from, *to, never))
            },
            (FieldKind::Record, _, ColumnKind::Record(_)) => FieldKind::Record,
            _ => {
                self.circuit.clause(&[!present]);
                FieldKind::Record
            },
        }
    }

    /// Terms by name; those that one pack does not know are left out.
    fn shared_terms(
        &mut self,
        terms: &[Literal],
        from: VocabularyId,
        to: VocabularyId,
        never: Literal,
    ) -> Vec<Literal> {
        let names = |book: &'b Rulebook, vocabulary: VocabularyId| -> Vec<&'b str> {
            let vocabulary = book.vocabularies.get(usize::from(vocabulary.0));
            vocabulary.into_iter().flat_map(|one| &one.terms).map(|term| term.name.as_str()).collect()
        };
        let Some(first) = self.twin.as_ref().map(|twin| twin.book) else { return Vec::new() };
        let known: BTreeMap<&str, Literal> = names(first, from).into_iter().zip(terms.iter().copied()).collect();
        let own = names(self.book, to);
        for (name, literal) in &known {
            if !own.contains(name) {
                self.circuit.clause(&[!*literal]);
            }
        }
        own.iter().map(|name| known.get(name).copied().unwrap_or(never)).collect()
    }

    /// Whether a number is read alike: a quantity only if the units that both know are of one size.
    fn same_numbers(&self, from: &ColumnKind, to: &ColumnKind) -> bool {
        let plain = |kind: &ColumnKind| matches!(kind, ColumnKind::Number | ColumnKind::Integer);
        match (from, to) {
            (ColumnKind::Quantity(from), ColumnKind::Quantity(to)) => {
                let first = self.twin.as_ref().map(|twin| twin.book);
                first.is_some_and(|first| same_units(first, *from, self.book, *to))
            },
            _ => plain(from) && plain(to),
        }
    }
}

fn same_units(first: &Rulebook, from: DimensionId, second: &Rulebook, to: DimensionId) -> bool {
    let dimension = |book: &'_ Rulebook, id: DimensionId| book.dimensions.get(usize::from(id.0)).cloned();
    let (Some(from), Some(to)) = (dimension(first, from), dimension(second, to)) else { return false };
    let agree = from
        .units
        .iter()
        .all(|unit| to.units.iter().filter(|other| other.name == unit.name).all(|other| other.scale == unit.scale));
    agree && from.units.iter().any(|unit| to.units.iter().any(|other| other.name == unit.name))
}

/// Adds to each survey what the other one reads, by the pointers of fields, so that both lay out the same.
pub(in crate::analysis) fn joined(first: (&Rulebook, Survey), second: (&Rulebook, Survey)) -> (Survey, Survey) {
    let ((one, mut a), (other, mut b)) = (first, second);
    let (reads_a, reads_b) = (a.clone(), b.clone());
    add(one, &mut a, other, &reads_b);
    add(other, &mut b, one, &reads_a);
    a.counted = a.counted.max(b.counted);
    b.counted = a.counted;
    (a, b)
}

fn add(to: &Rulebook, survey: &mut Survey, from: &Rulebook, other: &Survey) {
    for spot in &other.read {
        if let Some(own) = counterpart(from, *spot, to) {
            survey.read.insert(own);
            let hints = other.hints.get(spot).into_iter().flatten();
            let hints = hints.filter(|hint| !matches!(hint, Hint::Like(_))).cloned();
            survey.hints.entry(own).or_default().extend(hints);
        }
    }
}

/// The column of another pack with the same path.
pub(in crate::analysis) fn counterpart(from: &Rulebook, spot: Spot, to: &Rulebook) -> Option<Spot> {
    let table = from.shape.table(spot.0)?;
    let column = table.columns.get(usize::from(spot.1.0))?;
    let other = match table.list {
        None => TableId(0),
        Some(list) => {
            let (outer, list) = counterpart(from, list, to)?;
            match to.shape.column(outer, list)?.kind {
                ColumnKind::List(elements) => elements,
                _ => return None,
            }
        },
    };
    let columns = &to.shape.table(other)?.columns;
    let at = columns.iter().position(|one| one.pointer == column.pointer)?;
    Some((other, ColumnId(u16::try_from(at).ok()?)))
}
