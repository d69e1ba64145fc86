//! The space of valid proposals: what each field that is read may hold, and what the declared shape asks of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Around, Bound, Encoder, Linear, Slack};
use crate::analysis::arithmetic::VariableId;
use crate::analysis::circuit::Literal;
use crate::rulebook::{Column, ColumnId, ColumnKind, Limit, Required, TableId};
use crate::value::{Day, Number};

/// The number of a row.
pub(in crate::analysis) type RowId = usize;

/// How many rows of a list are laid out, unless the pack counts further.
const ROWS: usize = 3;

/// How many rows of a list within a list.
const INNER_ROWS: usize = 2;

/// The most rows that are laid out for counting.
const MOST_ROWS: usize = 8;

/// A proposal, or an element of a list.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Row {
    pub table: TableId,
    /// Whether it is there.
    pub exists: Literal,
    /// The fields that are read.
    pub fields: BTreeMap<ColumnId, Field>,
    /// The rows of lists around it and itself, the outermost first; of a proposal none.
    around: Vec<RowId>,
}

/// A field of a row.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Field {
    /// Whether its key stands in the JSON.
    pub present: Literal,
    pub kind: FieldKind,
}

/// What a field holds where it is present.
#[derive(Debug, Clone)]
pub(in crate::analysis) enum FieldKind {
    /// One of these texts, or another one.
    Text(Vec<(Arc<str>, Literal)>, Literal),
    Number(VariableId),
    Boolean(Literal),
    /// First and last day, and whether it is a month.
    Date(VariableId, VariableId, Literal),
    /// A literal a term.
    Term(Vec<Literal>),
    /// A literal a term.
    Set(Vec<Literal>),
    List(ListField),
    Record,
}

/// A list.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct ListField {
    pub rows: Vec<RowId>,
    /// Whether there are more rows than those; slack.
    pub longer: Literal,
}

impl Encoder<'_> {
    /// A proposal that the declared shape allows, where `exists` holds.
    pub fn add_proposal(&mut self, exists: Literal) -> RowId {
        let row = self.add_row(TableId(0), exists, Vec::new());
        self.require(row);
        row
    }

    fn add_row(&mut self, table: TableId, exists: Literal, mut around: Vec<RowId>) -> RowId {
        let row = self.rows.len();
        if table != TableId(0) {
            around.push(row);
        }
        self.rows.push(Row { table, exists, fields: BTreeMap::new(), around });
        let columns = self.book.shape.table(table).map(|table| table.columns.as_slice()).unwrap_or_default();
        for (column, number) in columns.iter().zip(0_u16..) {
            let id = ColumnId(number);
            if self.survey.read.contains(&(table, id)) {
                let field = self.add_field(row, id, column);
                if let Some(row) = self.rows.get_mut(row) {
                    row.fields.insert(id, field);
                }
            }
        }
        row
    }

    fn outer(&self, row: RowId, column: &Column) -> Literal {
        let Some(row) = self.rows.get(row) else { return self.circuit.constant(false) };
        let parent = column.parent.and_then(|parent| row.fields.get(&parent));
        parent.map_or(row.exists, |parent| parent.present)
    }

    fn add_field(&mut self, row: RowId, id: ColumnId, column: &Column) -> Field {
        let outer = self.outer(row, column);
        let table = self.rows.get(row).map_or(TableId(0), |row| row.table);
        let is_element = self.book.shape.table(table).is_some_and(|table| !table.is_record) && id == ColumnId(0);
        let present = if is_element || matches!(column.required, Required::Yes) {
            outer
        } else {
            let present = self.circuit.fresh();
            self.circuit.implies(present, outer);
            present
        };
        let kind = match &column.kind {
            ColumnKind::Text => self.text_field(table, id, present),
            ColumnKind::Number | ColumnKind::Quantity(_) => {
                FieldKind::Number(self.number_field(column, false, present))
            },
            ColumnKind::Integer => FieldKind::Number(self.number_field(column, true, present)),
            ColumnKind::Boolean => {
                let holds = self.circuit.fresh();
                self.circuit.implies(holds, present);
                FieldKind::Boolean(holds)
            },
            ColumnKind::Date => self.date_field(column, present),
            ColumnKind::Term(vocabulary) => {
                let terms = self.terms(self.vocabulary_size(*vocabulary), present);
                self.circuit.at_most_one(&terms);
                let some: Vec<Literal> = terms.iter().copied().chain([!present]).collect();
                self.circuit.clause(&some);
                FieldKind::Term(terms)
            },
            ColumnKind::Set(vocabulary) => {
                let terms = self.terms(self.vocabulary_size(*vocabulary), present);
                self.items(column, present, &terms);
                FieldKind::Set(terms)
            },
            ColumnKind::List(elements) => self.list_field(row, (table, id), column, *elements, present),
            ColumnKind::Record(_) => FieldKind::Record,
        };
        Field { present, kind }
    }

    fn terms(&mut self, count: u16, present: Literal) -> Vec<Literal> {
        let mut terms = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let term = self.circuit.fresh();
            self.circuit.implies(term, present);
            terms.push(term);
        }
        terms
    }

    /// Fewest and most items.
    fn items(&mut self, column: &Column, present: Literal, items: &[Literal]) {
        let (fewest, most) = column.items;
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let reach = fewest.map_or(0, size).max(most.map_or(0, size).saturating_add(1)).min(items.len());
        if reach == 0 && fewest.is_none_or(|fewest| fewest == 0) {
            return;
        }
        let counts = self.circuit.at_least(items, reach);
        if let Some(fewest) = fewest.map(size).filter(|fewest| *fewest > 0) {
            let enough = counts.get(fewest - 1).copied().unwrap_or(self.circuit.constant(false));
            self.circuit.implies(present, enough);
        }
        if let Some(too_many) = most.and_then(|most| counts.get(size(most))).copied() {
            self.circuit.implies(present, !too_many);
        }
    }

    fn text_field(&mut self, table: TableId, id: ColumnId, present: Literal) -> FieldKind {
        let texts = self.texts_of((table, id));
        let other = self.slack(Slack::Text((table, id)));
        self.circuit.implies(other, present);
        let cases: Vec<(Arc<str>, Literal)> = texts.into_iter().map(|text| (text, self.circuit.fresh())).collect();
        for (_, case) in &cases {
            self.circuit.implies(*case, present);
        }
        let all: Vec<Literal> = cases.iter().map(|(_, case)| *case).chain([other]).collect();
        self.circuit.at_most_one(&all);
        let some: Vec<Literal> = all.into_iter().chain([!present]).collect();
        self.circuit.clause(&some);
        FieldKind::Text(cases, other)
    }

    fn number_field(&mut self, column: &Column, whole: bool, present: Literal) -> VariableId {
        let variable = self.arithmetic.variable(whole, Number::ZERO);
        let number = Linear::variable(variable);
        if let Some(Limit::Number(limit)) = column.at_least {
            let holds = self.at_most(&Linear::constant(limit), &number);
            self.circuit.implies(present, holds);
        }
        if let Some(Limit::Number(limit)) = column.at_most {
            let holds = self.at_most(&number, &Linear::constant(limit));
            self.circuit.implies(present, holds);
        }
        variable
    }

    /// A month counts as out of range only if all its days are.
    fn date_field(&mut self, column: &Column, present: Literal) -> FieldKind {
        let preferred = Day::new(2026, 1, 1).map_or(Number::ZERO, day_number);
        let (first, last) = (self.arithmetic.variable(true, preferred), self.arithmetic.variable(true, preferred));
        let (from, to) = (Linear::variable(first), Linear::variable(last));
        let month = self.circuit.fresh();
        self.circuit.implies(month, present);
        self.equal_if(!month, &from, &to);
        for (gap, least) in [(27, true), (30, false)] {
            let shifted = Linear { constant: Number::whole(gap), ..from.clone() };
            let holds = if least { self.at_most(&shifted, &to) } else { self.at_most(&to, &shifted) };
            self.circuit.implies(month, holds);
        }
        let limits = [(Day::new(0, 1, 1), Day::new(9999, 12, 31), self.circuit.constant(true)), {
            let days = |limit: Option<Limit>| match limit {
                Some(Limit::Days(days)) => Some(days),
                _ => None,
            };
            (days(column.at_least).map(|days| days.first), days(column.at_most).map(|days| days.last), present)
        }];
        for (earliest, latest, given) in limits {
            if let Some(earliest) = earliest {
                let holds = self.at_most(&Linear::constant(day_number(earliest)), &to);
                self.circuit.implies(given, holds);
            }
            if let Some(latest) = latest {
                let holds = self.at_most(&from, &Linear::constant(day_number(latest)));
                self.circuit.implies(given, holds);
            }
        }
        FieldKind::Date(first, last, month)
    }

    fn list_field(
        &mut self,
        row: RowId,
        spot: (TableId, ColumnId),
        column: &Column,
        elements: TableId,
        present: Literal,
    ) -> FieldKind {
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let (fewest, most) = (column.items.0.map_or(0, size), column.items.1.map(size));
        let around = self.rows.get(row).map(|row| row.around.clone()).unwrap_or_default();
        let usual = if around.is_empty() { ROWS.max(self.survey.counted.min(MOST_ROWS)) } else { INNER_ROWS };
        let count = usual.max(fewest.min(MOST_ROWS)).min(most.unwrap_or(usize::MAX));
        let mut rows = Vec::with_capacity(count);
        let mut before = present;
        let mut reached = Vec::with_capacity(count);
        for _ in 0..count {
            let exists = self.circuit.fresh();
            self.circuit.implies(exists, before);
            before = exists;
            reached.push(exists);
            rows.push(self.add_row(elements, exists, around.clone()));
        }
        let longer = if most.is_some_and(|most| most <= count) {
            self.circuit.constant(false)
        } else {
            let longer = self.slack(Slack::Length(spot));
            self.circuit.implies(longer, before);
            longer
        };
        if let Some(needed) = fewest.checked_sub(1) {
            let enough = reached.get(needed).copied().unwrap_or(longer);
            self.circuit.implies(present, enough);
        }
        FieldKind::List(ListField { rows, longer })
    }

    /// Fields that are required under a condition, in a row and in the lists within it.
    fn require(&mut self, row: RowId) {
        let Some(Row { table, around, .. }) = self.rows.get(row).cloned() else { return };
        let columns = self.book.shape.table(table).map(|table| table.columns.as_slice()).unwrap_or_default();
        let proposal = around.first().map_or(Some(row), |first| self.proposal_of(*first));
        for (column, number) in columns.iter().zip(0_u16..) {
            let field = self.rows.get(row).and_then(|row| row.fields.get(&ColumnId(number))).cloned();
            let Some(field) = field else { continue };
            if let (Required::When(condition), Some(proposal)) = (&column.required, proposal) {
                let bindings = around.iter().map(|row| Bound::Row(*row)).collect();
                let asked = self.condition(condition, &Around { proposal, bindings });
                let outer = self.outer(row, column);
                self.circuit.clause(&[!outer, !asked.yes, field.present]);
            }
            if let FieldKind::List(list) = field.kind {
                list.rows.into_iter().for_each(|row| self.require(row));
            }
        }
    }

    /// The proposal in which a row of a list stands: the last one laid out before it.
    fn proposal_of(&self, row: RowId) -> Option<RowId> {
        let before = self.rows.get(..row)?;
        before.iter().rposition(|row| row.table == TableId(0))
    }
}

/// A day as the number that arithmetic knows it by.
pub(in crate::analysis) fn day_number(day: Day) -> Number {
    Number::whole(i64::from(day.0))
}
