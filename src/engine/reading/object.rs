//! Objects: keys in any order, each at most once, declared or not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::path::Path;
use super::plan::{Absence, Keys, ObjectPlan};
use super::{Asked, Detail, Owner, Reading, Row, ShapeCode, excerpt};
use crate::engine::json::{Kind, Malformed, Skipped};
use crate::engine::record::{Extent, SlotValue};
use crate::rulebook::{ColumnId, TableId};

/// How often a key has stood in an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Seen {
    #[default]
    Never,
    /// Always with `null`, which is as if it did not stand there.
    Null,
    Once,
    /// Twice, and that is reported.
    Twice,
}

impl Seen {
    /// What is seen with one more, and whether that makes it twice.
    pub(super) fn and(self, is_null: bool) -> (Self, bool) {
        match (self, is_null) {
            (Self::Never | Self::Null, true) => (Self::Null, false),
            (Self::Never, false) => (Self::Once, false),
            (Self::Twice, _) => (Self::Twice, false),
            _ => (Self::Twice, true),
        }
    }
}

/// A key as read.
pub(super) enum ReadKey<'t> {
    /// The number of a declared key.
    Declared(usize),
    /// Another one.
    Other(Cow<'t, str>),
}

/// Keys of an object that are not declared.
#[derive(Default)]
pub(super) struct Others<'t>(Option<BTreeMap<Cow<'t, str>, Seen>>);

impl<'r, 't> Reading<'r, '_, 't> {
    /// Reads an object into the columns of a row.
    pub(super) fn object(
        &mut self,
        object: &'r ObjectPlan,
        owner: Owner,
        row: Row,
        path: &Path<'_>,
    ) -> Result<Extent, Malformed> {
        self.scanner.skip_space();
        let start = self.scanner.at();
        let mut seen: SmallVec<[Seen; 32]> = SmallVec::from_elem(Seen::Never, object.fields.len());
        let mut others = Others::default();
        let mut state = object.keys.first_state;
        let mut more = self.scanner.open(Kind::Object)?;
        while more {
            let (key, extent) = self.next_key(&object.keys, &mut state)?;
            match key {
                ReadKey::Declared(number) => {
                    let Some(key) = object.keys.all.get(number) else { return Err(Malformed) };
                    let field = usize::from(key.field);
                    let path = path.key(&key.name);
                    let column = object.fields.get(field).copied().unwrap_or_default();
                    match seen.get_mut(field) {
                        Some(first @ Seen::Never) => *first = self.field(row, column, &path)?,
                        Some(before) => *before = self.again(*before, object, row, column, &path, extent)?,
                        None => {},
                    }
                },
                ReadKey::Other(key) => self.other(&mut others, key, extent, owner, path)?,
            }
            more = self.scanner.more(Kind::Object)?;
        }
        let extent = self.scanner.since(start);
        self.absent_fields(object, row, path, extent);
        Ok(extent)
    }

    /// Reads a key and its colon; first looks whether it is the one that came here last time.
    #[inline]
    pub(super) fn next_key(&mut self, keys: &Keys, state: &mut usize) -> Result<(ReadKey<'t>, Extent), Malformed> {
        let guess = self.record.scratch.guess(*state);
        if let Some(key) = keys.all.get(guess)
            && let Some(extent) = self.scanner.key_if(&key.expected)
        {
            *state = keys.first_state + 1 + guess;
            return Ok((ReadKey::Declared(guess), extent));
        }
        let string = self.scanner.key()?;
        self.scanner.colon()?;
        let text = self.scanner.text(string);
        Ok(match keys.lookup.find(&text) {
            Some(number) => {
                self.record.scratch.learn(*state, number);
                *state = keys.first_state + 1 + usize::from(number);
                (ReadKey::Declared(usize::from(number)), string.extent)
            },
            None => (ReadKey::Other(text), string.extent),
        })
    }

    /// Reads the first value of a field.
    #[inline]
    fn field(&mut self, row: Row, column: ColumnId, path: &Path<'_>) -> Result<Seen, Malformed> {
        let value = self.value(row, column, path)?;
        if let Some(slot) = self.slot_mut(row, usize::from(column.0)) {
            *slot = value;
        }
        Ok(if value.value == SlotValue::Absent { Seen::Null } else { Seen::Once })
    }

    /// Passes over a further value of a field; of two values, neither counts.
    #[cold]
    fn again(
        &mut self,
        before: Seen,
        object: &ObjectPlan,
        row: Row,
        column: ColumnId,
        path: &Path<'_>,
        key: Extent,
    ) -> Result<Seen, Malformed> {
        let skipped = self.skip(path)?;
        let (seen, is_twice) = before.and(skipped.kind == Kind::Null);
        if is_twice {
            self.duplicate(path, key);
            self.forget(object, row, column, skipped.extent);
        }
        Ok(seen)
    }

    pub(super) fn duplicate(&mut self, path: &Path<'_>, key: Extent) {
        let name = excerpt(&self.scanner.slice(key).replace('"', ""));
        self.report(ShapeCode::DuplicateKey, path, key, Detail::DuplicateKey(name));
    }

    /// Makes a field unknown, and whatever was read below it absent.
    fn forget(&mut self, object: &ObjectPlan, row: Row, column: ColumnId, second: Extent) {
        let plan = self.plan;
        let table = plan.tables.get(usize::from(row.table));
        let record = table.and_then(|table| table.records.get(usize::from(column.0))).and_then(Option::as_ref);
        for below in record.map(|record| record.below.as_slice()).unwrap_or_default() {
            if let Some(slot) = self.slot_mut(row, usize::from(below.0)) {
                *slot = Default::default();
            }
        }
        debug_assert!(object.fields.contains(&column));
        if let Some(slot) = self.slot_mut(row, usize::from(column.0)) {
            let is_placed = slot.extent.end > slot.extent.start;
            *slot = super::unreadable(if is_placed { slot.extent } else { second });
        }
    }

    /// Passes over the value of a key that is not declared.
    #[cold]
    pub(super) fn other(
        &mut self,
        others: &mut Others<'t>,
        key: Cow<'t, str>,
        extent: Extent,
        owner: Owner,
        path: &Path<'_>,
    ) -> Result<(), Malformed> {
        let below = path.key(&key);
        let skipped = self.skip(&below)?;
        let others = others.0.get_or_insert_default();
        let before = others.get(&key).copied().unwrap_or_default();
        let (seen, is_twice) = before.and(skipped.kind == Kind::Null);
        if is_twice {
            self.duplicate(&below, extent);
        } else if before == Seen::Never && key != "$schema" && !key.starts_with("x-") {
            let suggest = self.may_suggest();
            let detail = Detail::UnknownField(excerpt(&key), owner, suggest);
            self.report(ShapeCode::UnknownField, &below, extent, detail);
        }
        others.insert(key, seen);
        Ok(())
    }

    /// Passes over a value, and reports it if it is too deep.
    pub(super) fn skip(&mut self, path: &Path<'_>) -> Result<Skipped, Malformed> {
        let skipped = self.scanner.skip_value(path.level)?;
        if skipped.is_too_deep {
            self.report(ShapeCode::TooDeep, path, skipped.extent, Detail::TooDeep);
        }
        Ok(skipped)
    }

    /// Fields that are required or have an `otherwise`, and are not there.
    #[inline]
    fn absent_fields(&mut self, object: &ObjectPlan, row: Row, path: &Path<'_>, extent: Extent) {
        for (field, absence) in &object.absent {
            let column = object.fields.get(usize::from(*field)).copied().unwrap_or_default();
            let Some(slot) = self.slot_mut(row, usize::from(column.0)) else { continue };
            if slot.value != SlotValue::Absent {
                continue;
            }
            match absence {
                Absence::Replaced => slot.value = SlotValue::Otherwise,
                Absence::Reported => self.missing(object, usize::from(*field), row, path, extent),
            }
        }
    }

    #[cold]
    fn missing(&mut self, object: &ObjectPlan, field: usize, row: Row, path: &Path<'_>, extent: Extent) {
        let column = object.fields.get(field).copied().unwrap_or_default();
        let name = object.keys.all.get(field).map(|key| key.name.as_str()).unwrap_or_default();
        let brace = Extent { start: extent.start, end: extent.start + 1 };
        let asked = Asked::Field((TableId(row.table), column));
        self.report(ShapeCode::MissingField, &path.key(name), brace, Detail::MissingField(asked));
    }
}
