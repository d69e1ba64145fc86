//! Objects: keys in any order, each at most once, declared or not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::path::Path;
use super::plan::{Absence, FieldPlan, Key, Keys, ObjectPlan};
use super::quick::Run;
use super::{Asked, Detail, Field, Owner, Reading, Row, ShapeCode, excerpt};
use crate::engine::json::{Kind, Malformed, Skipped};
use crate::engine::record::{Extent, Slot, SlotValue};
use crate::rulebook::ColumnId;

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

/// How many oddities an object may have for the short way to look through them at each key.
const FEW: usize = 4;

/// Keys of an object that are not declared.
#[derive(Default)]
pub(super) struct Others<'t>(Option<BTreeMap<Cow<'t, str>, Seen>>);

impl<'r, 'b: 'r, 't> Reading<'r, 'b, 't> {
    /// Reads an object into the columns of a row.
    ///
    /// Whether a key stands there twice is seen from its slot; only keys with `null` and those that are reported
    /// already have to be remembered, and they are few.
    pub(super) fn object(
        &mut self,
        object: &'r ObjectPlan<'b>,
        owner: Owner,
        row: Row,
        path: &Path<'_>,
    ) -> Result<Extent, Malformed> {
        self.scanner.skip_space();
        let start = self.scanner.at();
        let mut oddities = Vec::new();
        let mut others = Others::default();
        let mut state = object.keys.first_state;
        let mut more = self.scanner.open(Kind::Object)?;
        while more {
            if oddities.len() <= FEW && self.run(object, row, &mut state, &oddities)? == Run::Ended {
                break;
            }
            let found = match self.expected_key(&object.keys, &mut state) {
                None => self.searched_key(&object.keys, &mut state, &mut others, owner, path)?,
                found => found,
            };
            if let Some((key, extent)) = found {
                let place = usize::from(key.field);
                let Some(plan) = object.fields.get(place) else { return Err(Malformed) };
                let field = Field { column: plan.column, id: plan.id, row };
                if !oddities.is_empty() || self.is_filled(field) {
                    self.again(&mut oddities, field, &path.key(&key.name), extent)?;
                } else if !self.value(field, &path.key(&key.name))? {
                    oddities.push((plan.id, Seen::Null));
                }
            }
            more = self.scanner.more(Kind::Object)?;
        }
        let extent = self.scanner.since(start);
        self.absent_fields(object, row, path, extent);
        Ok(extent)
    }

    /// The key that came here last time, if it comes again.
    #[inline]
    pub(super) fn expected_key(&mut self, keys: &'r Keys, state: &mut usize) -> Option<(&'r Key, Extent)> {
        let guess = self.record.scratch.guess(*state);
        let key = keys.all.get(guess)?;
        let extent = self.scanner.key_if(&key.expected)?;
        *state = keys.first_state + 1 + guess;
        Some((key, extent))
    }

    /// Reads any key and its colon; of one that is not declared the value too, and then there is no more to do.
    pub(super) fn searched_key(
        &mut self,
        keys: &'r Keys,
        state: &mut usize,
        others: &mut Others<'t>,
        owner: Owner,
        path: &Path<'_>,
    ) -> Result<Option<(&'r Key, Extent)>, Malformed> {
        let string = self.scanner.key()?;
        self.scanner.colon()?;
        let text = self.scanner.text(string);
        let number = keys.lookup.find(text.as_bytes());
        match number.and_then(|number| keys.all.get(usize::from(number)).map(|key| (number, key))) {
            Some((number, key)) => {
                self.record.scratch.learn(*state, number);
                *state = keys.first_state + 1 + usize::from(number);
                Ok(Some((key, string.extent)))
            },
            None => self.other(others, text, string.extent, owner, path).map(|()| None),
        }
    }

    /// Whether a field of the object at hand has been read and was not `null`.
    #[inline]
    fn is_filled(&mut self, field: Field<'_>) -> bool {
        self.slot_mut(field.row, usize::from(field.id.0)).is_some_and(|slot| slot.value != SlotValue::Absent)
    }

    /// Reads a field that may have stood there before. Of two values, neither counts.
    #[cold]
    fn again(
        &mut self,
        oddities: &mut Vec<(ColumnId, Seen)>,
        field: Field<'b>,
        path: &Path<'_>,
        key: Extent,
    ) -> Result<(), Malformed> {
        let odd = oddities.iter().position(|(id, _)| *id == field.id);
        let before = match odd.and_then(|at| oddities.get(at)) {
            Some((_, seen)) => *seen,
            None if self.is_filled(field) => Seen::Once,
            None => Seen::Never,
        };
        let seen = if before == Seen::Never {
            if self.value(field, path)? { Seen::Once } else { Seen::Null }
        } else {
            let skipped = self.skip(path)?;
            let (seen, is_twice) = before.and(skipped.kind == Kind::Null);
            if is_twice {
                self.duplicate(path, key);
                self.forget(field, skipped.extent);
            }
            seen
        };
        match odd.and_then(|at| oddities.get_mut(at)) {
            Some(odd) => odd.1 = seen,
            None if seen != Seen::Once => oddities.push((field.id, seen)),
            None => {},
        }
        Ok(())
    }

    pub(super) fn duplicate(&mut self, path: &Path<'_>, key: Extent) {
        let name = excerpt(&self.scanner.slice(key).replace('"', ""));
        self.report(ShapeCode::DuplicateKey, path, key, Detail::DuplicateKey(name));
    }

    /// Makes a field unknown, and whatever was read below it absent.
    fn forget(&mut self, field: Field<'_>, second: Extent) {
        let plan = self.plan;
        let table = plan.tables.get(usize::from(field.row.table));
        let record = table.and_then(|table| table.records.get(usize::from(field.id.0))).and_then(Option::as_ref);
        for below in record.map(|record| record.below.as_slice()).unwrap_or_default() {
            if let Some(slot) = self.slot_mut(field.row, usize::from(below.0)) {
                *slot = Slot::default();
            }
        }
        let first = self.slot_mut(field.row, usize::from(field.id.0)).map(|slot| slot.extent).unwrap_or_default();
        self.put_unreadable(field, if first.end > first.start { first } else { second });
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
    fn absent_fields(&mut self, object: &ObjectPlan<'b>, row: Row, path: &Path<'_>, extent: Extent) {
        for (place, absence) in &object.absent {
            let Some(FieldPlan { id, column, .. }) = object.fields.get(usize::from(*place)).copied() else { continue };
            let Some(slot) = self.slot_mut(row, usize::from(id.0)) else { continue };
            if slot.value != SlotValue::Absent {
                continue;
            }
            match absence {
                Absence::Replaced => slot.value = SlotValue::Otherwise,
                Absence::Reported => self.missing(Field { column, id, row }, path, extent),
            }
        }
    }

    #[cold]
    fn missing(&mut self, field: Field<'_>, path: &Path<'_>, extent: Extent) {
        let brace = Extent { start: extent.start, end: extent.start + 1 };
        let detail = Detail::MissingField(Asked::Field(field.number()));
        self.report(ShapeCode::MissingField, &path.key(&field.column.name), brace, detail);
    }
}
