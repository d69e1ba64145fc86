//! The declared shape of a proposal: tables of columns.
//!
//! Table 0 is the proposal itself and has one row. Every `list of …` is a table of its own, one row an element.
//! Records within a row are laid flat: `investment.total` is a column of table 0 whose parent is the column `investment`.

use super::expression::Condition;
use super::model::{DimensionId, Texts, UnitId, VocabularyId};
use super::pattern::Pattern;
use crate::text::Span;
use crate::value::{Days, Number, TermSet};

/// The number of a table in its [`Shape`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TableId(pub u16);

/// The number of a column in its [`Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ColumnId(pub u16);

/// What a proposal may hold.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Table 0 is the proposal; a pack without a `proposal` item has no table.
    pub tables: Vec<Table>,
}

/// The proposal, or the elements of a list.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The list column whose elements these are; `None` for the proposal.
    pub list: Option<(TableId, ColumnId)>,
    /// Whether a row is a record; else column 0 is the element itself, with an empty name and pointer.
    pub is_record: bool,
    /// All columns of a row; a record column stands before the columns of its fields.
    pub columns: Vec<Column>,
    /// The columns that are fields of the row's own record, in declared order; empty if a row is no record.
    pub fields: Vec<ColumnId>,
}

/// A field, or the element of a list of scalars.
#[derive(Debug, Clone)]
pub struct Column {
    /// The field's name, its first JSON key.
    pub name: String,
    /// Further JSON keys under which it is accepted.
    pub keys: Vec<String>,
    /// Its label.
    pub label: Texts,
    /// Its type.
    pub kind: ColumnKind,
    /// The record column of the same row that holds it.
    pub parent: Option<ColumnId>,
    /// JSON pointer from the row: `/investment/total`.
    pub pointer: String,
    /// Whether it must be there.
    pub required: Required,
    /// The value that it has where it is absent.
    pub otherwise: Option<Constant>,
    /// `matching "…"`; of a list of texts, in the element's column.
    pub matching: Option<Pattern>,
    /// Fewest and most characters of a text.
    pub characters: (Option<u32>, Option<u32>),
    /// Fewest and most items of a set or list.
    pub items: (Option<u32>, Option<u32>),
    /// Bounds of a number, a quantity (in the base unit) or a date.
    pub at_least: Option<Limit>,
    /// See `at_least`.
    pub at_most: Option<Limit>,
    /// The unit of a bare number.
    pub in_unit: Option<UnitId>,
    /// Where it is declared.
    pub span: Span,
}

/// The type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A truth value.
    Boolean,
    /// A day or a month.
    Date,
    /// A quantity of that dimension.
    Quantity(DimensionId),
    /// A term.
    Term(VocabularyId),
    /// A set of terms.
    Set(VocabularyId),
    /// A list; its elements are the rows of that table.
    List(TableId),
    /// A record with these fields, columns of the same table.
    Record(Vec<ColumnId>),
}

/// Whether a field must be there.
#[derive(Debug, Clone)]
pub enum Required {
    /// It may be left out.
    No,
    /// It must be there where its record is.
    Yes,
    /// It must be there where the condition is true. The rows around it, from the outermost list to its own
    /// row, are variables 0, 1, …; the proposal's own fields are read from the proposal.
    When(Box<Condition>),
}

/// A bound of a number or a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Of a number or quantity, in the base unit.
    Number(Number),
    /// Of a date; a month as details 7 says.
    Days(Days),
}

/// A value that a declaration gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// A text.
    Text(String),
    /// A number, or a quantity in the base unit with the unit that it was written in.
    Number(Number, Option<UnitId>),
    /// A truth value.
    Boolean(bool),
    /// A date.
    Days(Days),
    /// A term.
    Term(u16),
    /// A set.
    Set(TermSet),
    /// The empty list.
    EmptyList,
}

impl Shape {
    /// A table.
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(usize::from(id.0))
    }

    /// A column.
    pub fn column(&self, table: TableId, column: ColumnId) -> Option<&Column> {
        self.table(table).and_then(|table| table.columns.get(usize::from(column.0)))
    }
}

impl Table {
    /// A column of the row.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.get(usize::from(id.0))
    }
}
