//! A proposal as the engine sees it: one slot a column and row, no tree, no copy of a text.
//!
//! A record is filled by the reader and read by the judge, and then used again for the next proposal, so that
//! judging allocates nothing that the next proposal cannot use. Every slot keeps its place in the bytes, so that a
//! finding needs no second look.

use super::reading::Scratch;
use crate::rulebook::{ColumnId, TableId, UnitId};
use crate::value::{Days, Number, TermSet};

/// A proposal, read.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The rows of each table of the shape, by [`TableId`]; table 0 has one row.
    pub tables: Vec<Rows>,
    /// Numbers, by [`SlotValue::Number`]; quantities in the base unit of their dimension.
    pub numbers: Vec<Number>,
    /// Sets, by [`SlotValue::Set`].
    pub sets: Vec<ReadSet>,
    /// Texts that had escapes in the JSON, unescaped, one after the other.
    pub unescaped: String,
    /// What the reader remembers from one proposal to the next.
    pub scratch: Scratch,
}

/// The rows of a table.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Columns a row.
    pub width: usize,
    /// Row after row.
    pub slots: Vec<Slot>,
    /// The place of each row's JSON value.
    pub places: Vec<Extent>,
}

/// Bytes of the proposal's text, from its start; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Extent {
    /// First byte.
    pub start: u32,
    /// After the last byte.
    pub end: u32,
}

/// What one column of one row holds, and the place of its JSON value (empty if absent).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Slot {
    /// The place of the value.
    pub extent: Extent,
    /// The value.
    pub value: SlotValue,
}

/// A value as read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum SlotValue {
    /// The key is not there, or is `null`.
    #[default]
    Absent,
    /// As `Absent`, and the column's `otherwise` stands in its place.
    Otherwise,
    /// There, but not as declared (and reported): unknown, and present.
    Unreadable,
    /// A text without escapes: the extent less its quotes.
    Text,
    /// A text with escapes: from and to bytes of [`Record::unescaped`].
    Unescaped(u32, u32),
    /// A number, by its place in [`Record::numbers`].
    Number(u32),
    /// A quantity in the base unit, by its place in [`Record::numbers`], and the unit that it was given in.
    Quantity(u32, UnitId),
    /// A truth value.
    Boolean(bool),
    /// A day, or the days of a month.
    Date(Days),
    /// A term.
    Term(u16),
    /// A set, by its place in [`Record::sets`].
    Set(u32),
    /// A list: its first row in its table, and how many rows.
    List(u32, u32),
    /// A record; its fields are columns of the same row.
    Record,
}

/// A set as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSet {
    /// The terms that are known.
    pub known: TermSet,
    /// How many different spellings (or unreadable members) the vocabulary does not know.
    pub unknown: u32,
}

impl Record {
    /// The slot of a column; `None` if there is no such table, row or column.
    pub fn slot(&self, table: TableId, row: u32, column: ColumnId) -> Option<Slot> {
        let rows = self.tables.get(usize::from(table.0))?;
        rows.slots.get(row as usize * rows.width + usize::from(column.0)).copied()
    }

    /// The text of a text slot; `input` is the proposal's text. `None` if the slot holds no text.
    pub fn text<'a>(&'a self, slot: Slot, input: &'a str) -> Option<&'a str> {
        match slot.value {
            SlotValue::Text => input.get(slot.extent.start as usize + 1..(slot.extent.end as usize).checked_sub(1)?),
            SlotValue::Unescaped(start, end) => self.unescaped.get(start as usize..end as usize),
            _ => None,
        }
    }

    /// Empties the record and keeps its memory.
    pub fn clear(&mut self) {
        for rows in &mut self.tables {
            rows.slots.clear();
            rows.places.clear();
        }
        self.numbers.clear();
        self.sets.clear();
        self.unescaped.clear();
    }
}
