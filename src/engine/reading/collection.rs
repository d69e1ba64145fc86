//! Sets of terms and lists.

use std::collections::BTreeSet;

use super::path::Path;
use super::{Asked, Detail, Excess, Field, Owner, Reading, ShapeCode, small};
use crate::engine::json::{Kind, Malformed};
use crate::engine::record::{Extent, ReadSet, SlotValue};
use crate::rulebook::{ColumnId, TableId, VocabularyId};

impl<'b> Reading<'_, 'b, '_> {
    pub(super) fn set(&mut self, field: Field<'_>, vocabulary: VocabularyId, path: &Path<'_>) -> Result<(), Malformed> {
        let start = self.scanner.at();
        let mut set = ReadSet::default();
        let mut spellings = BTreeSet::new();
        let mut index = 0;
        let mut more = self.scanner.open(Kind::Array)?;
        while more {
            if self.scanner.peek()? == Kind::String {
                let string = self.scanner.string()?;
                match self.find_term(string, vocabulary) {
                    Ok(term) if set.known.insert(term) => {},
                    Ok(term) => {
                        let detail = Detail::DuplicateTerm(field.number(), vocabulary, term);
                        self.report(ShapeCode::DuplicateTerm, &path.index(index), string.extent, detail);
                    },
                    Err(spelling) => {
                        set.unknown += u32::from(spellings.insert(spelling));
                        self.unknown_term(string, Asked::Member(field.number()), vocabulary, &path.index(index));
                    },
                }
            } else {
                set.unknown += 1;
                self.wrong(Asked::Member(field.number()), &path.index(index))?;
            }
            index += 1;
            more = self.scanner.more(Kind::Array)?;
        }
        let extent = self.scanner.since(start);
        let known = set.known.len();
        let least = if set.unknown > 0 { known.max(1) } else { known };
        self.check_items(field, (least, known + set.unknown), extent, path);
        let place = small(self.record.sets.len());
        self.record.sets.push(set);
        self.put(field, extent, SlotValue::Set(place));
        Ok(())
    }

    /// `at least … items` and `at most … items`, reported only if every count that may be is out of range.
    fn check_items(&mut self, field: Field<'_>, (least, most): (u32, u32), extent: Extent, path: &Path<'_>) {
        let excess = match field.column.items {
            (Some(fewest), _) if most < fewest => Excess::TooFew(most),
            (_, Some(allowed)) if least > allowed => Excess::TooMany(least),
            _ => return,
        };
        self.report(ShapeCode::OutOfRange, path, extent, Detail::OutOfRange(excess, field.number()));
    }

    pub(super) fn list(&mut self, field: Field<'_>, table: TableId, path: &Path<'_>) -> Result<(), Malformed> {
        let start = self.scanner.at();
        let first = self.record.tables.get(usize::from(table.0)).map_or(0, |rows| small(rows.places.len()));
        let mut count = 0;
        let mut more = self.scanner.open(Kind::Array)?;
        while more {
            self.element(table, &path.index(count))?;
            count += 1;
            more = self.scanner.more(Kind::Array)?;
        }
        let extent = self.scanner.since(start);
        self.check_items(field, (count, count), extent, path);
        self.put(field, extent, SlotValue::List(first, count));
        Ok(())
    }

    /// Reads an element of a list into a row of its own; one that cannot be read has a row too.
    fn element(&mut self, table: TableId, path: &Path<'_>) -> Result<(), Malformed> {
        let plan = self.plan;
        let kind = self.scanner.peek()?;
        let (number, row) = self.add_row(table.0);
        let Some(table_plan) = plan.tables.get(usize::from(table.0)) else { return Err(Malformed) };
        let extent = match (&table_plan.row, table_plan.columns, kind) {
            (Some(object), _, Kind::Object) => self.object(object, Owner::Row(table), row, path)?,
            (Some(_), ..) => self.wrong(Asked::Row(table), path)?,
            (None, [column], kind) if kind != Kind::Null => {
                self.value(Field { column, id: ColumnId(0), row }, path)?;
                self.slot_mut(row, 0).map(|slot| slot.extent).unwrap_or_default()
            },
            (None, ..) => self.wrong(Asked::Field((table, ColumnId(0))), path)?,
        };
        self.place_row(row, number, extent);
        Ok(())
    }
}
