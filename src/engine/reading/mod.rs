//! Reading: one pass over a proposal's JSON, driven by the declared shape, straight into the slots of a record.

mod collection;
mod condition;
mod finding;
mod lookup;
mod message;
mod naming;
mod object;
mod path;
mod plan;
mod quantity;
mod quick;
mod refusal;
mod scalar;
mod scratch;
#[cfg(test)]
mod tests;
mod value;

pub use finding::{Asked, Detail, Excess, FieldId, Found, Owner, ShapeCode, ShapeFinding};
pub use refusal::{encoding_message, too_large_message};
pub use scratch::Scratch;

use self::path::Path;
use self::plan::Plan;
use super::json::{Kind, Malformed, Scanner, diagnose};
pub use super::json::{SyntaxError, SyntaxErrorKind, elements};
use super::record::{Extent, Record, Slot, SlotValue};
use crate::rulebook::{Column, ColumnId, Rulebook, TableId};

/// How many findings of a proposal look for the name that was meant: a proposal full of unknown names must not cost more.
const MOST_SUGGESTIONS: u32 = 50;

/// Reads proposals of one rule pack. It is made once and shared by all threads.
#[derive(Debug, Clone)]
pub struct Reader<'b> {
    book: &'b Rulebook,
    plan: Plan<'b>,
}

impl<'b> Reader<'b> {
    /// Works out what reading looks up.
    pub fn new(book: &'b Rulebook) -> Self {
        Self { book, plan: Plan::new(book) }
    }

    /// Reads one JSON value, perhaps with white space around it, into the record, which is emptied first. What is
    /// wrong with its shape is added to `findings`; extents are relative to the start of `text`.
    ///
    /// # Errors
    /// [`SyntaxError`] if the text is no JSON; then the record is not to be used, and nothing is added to `findings`.
    pub fn read(&self, text: &str, record: &mut Record, findings: &mut Vec<ShapeFinding>) -> Result<(), SyntaxError> {
        self.prepare(record);
        let before = findings.len();
        let scanner = Scanner::new(text);
        let mut reading = Reading { plan: &self.plan, scanner, record, findings, suggestions: MOST_SUGGESTIONS };
        if reading.proposal().is_err() {
            findings.truncate(before);
            return Err(diagnose(text));
        }
        condition::require(self.book, &self.plan, record, text, findings);
        Ok(())
    }

    /// Empties the record and gives it the tables of the shape.
    fn prepare(&self, record: &mut Record) {
        record.clear();
        record.tables.resize_with(self.plan.tables.len(), Default::default);
        for (rows, table) in record.tables.iter_mut().zip(&self.plan.tables) {
            rows.width = table.columns.len();
        }
        record.scratch.prepare(self.plan.states);
    }
}

/// The reading of one proposal.
struct Reading<'r, 'b, 't> {
    plan: &'r Plan<'b>,
    scanner: Scanner<'t>,
    record: &'r mut Record,
    findings: &'r mut Vec<ShapeFinding>,
    /// How many findings may still look for the name that was meant.
    suggestions: u32,
}

/// A row: its table, and the place of its first slot.
#[derive(Debug, Clone, Copy)]
struct Row {
    table: u16,
    first: usize,
}

impl<'r, 'b: 'r> Reading<'r, 'b, '_> {
    fn proposal(&mut self) -> Result<(), Malformed> {
        let kind = self.scanner.peek()?;
        let path = Path::root();
        let extent = if self.plan.tables.is_empty() {
            self.undeclared(kind, &path)?
        } else {
            let (number, row) = self.add_row(0);
            let plan = self.plan;
            let object = plan.tables.first().and_then(|table| table.row.as_ref());
            let extent = match (kind, object) {
                (Kind::Object, Some(object)) => self.object(object, Owner::Row(Default::default()), row, &path)?,
                _ => self.wrong(Asked::Proposal, &path)?,
            };
            self.place_row(row, number, extent);
            extent
        };
        debug_assert!(extent.end >= extent.start);
        self.scanner.end()
    }

    /// The proposal of a pack that declares no fields.
    fn undeclared(&mut self, kind: Kind, path: &Path<'_>) -> Result<Extent, Malformed> {
        match kind {
            Kind::Object => self.skip(path).map(|skipped| skipped.extent),
            _ => self.wrong(Asked::Proposal, path),
        }
    }

    /// Adds a row in which nothing is there yet; gives its number too.
    fn add_row(&mut self, table: u16) -> (usize, Row) {
        match self.record.tables.get_mut(usize::from(table)) {
            None => (0, Row { table, first: 0 }),
            Some(rows) => {
                let first = rows.slots.len();
                rows.slots.resize(first + rows.width, Slot::default());
                rows.places.push(Extent::default());
                (rows.places.len() - 1, Row { table, first })
            },
        }
    }

    fn place_row(&mut self, row: Row, number: usize, extent: Extent) {
        let rows = self.record.tables.get_mut(usize::from(row.table));
        if let Some(place) = rows.and_then(|rows| rows.places.get_mut(number)) {
            *place = extent;
        }
    }

    #[inline]
    fn slot_mut(&mut self, row: Row, column: usize) -> Option<&mut Slot> {
        self.record.tables.get_mut(usize::from(row.table)).and_then(|rows| rows.slots.get_mut(row.first + column))
    }

    /// Writes what a field holds. Values are written where they are made: handing a slot on from function to function
    /// costs more than reading it, because the processor waits for each copy.
    #[inline(always)]
    fn put(&mut self, field: Field<'_>, extent: Extent, value: SlotValue) {
        if let Some(slot) = self.slot_mut(field.row, usize::from(field.id.0)) {
            *slot = Slot { extent, value };
        }
    }

    /// Writes that a field is there and cannot be read.
    fn put_unreadable(&mut self, field: Field<'_>, extent: Extent) {
        self.put(field, extent, SlotValue::Unreadable);
    }

    #[cold]
    fn report(&mut self, code: ShapeCode, path: &Path<'_>, extent: Extent, detail: Detail) {
        self.findings.push(ShapeFinding { code, pointer: path.pointer(), extent, detail });
    }

    /// Whether one more finding may look for the name that was meant.
    fn may_suggest(&mut self) -> bool {
        let may = self.suggestions > 0;
        self.suggestions = self.suggestions.saturating_sub(1);
        may
    }
}

/// A column of a row, to be read.
#[derive(Clone, Copy)]
struct Field<'b> {
    column: &'b Column,
    id: ColumnId,
    row: Row,
}

impl Field<'_> {
    /// The field as findings know it.
    fn number(&self) -> FieldId {
        (TableId(self.row.table), self.id)
    }
}

/// A length or place as records keep it.
fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The beginning of a text, enough for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(64).collect()
}
