//! The short way: members of an object that are as they should be, which nearly all are.
//!
//! It knows no path, no escapes, no second spelling and no second key, and stops before whatever it did not expect:
//! the careful way reads that member, finds the words for what is wrong with it, and the short way goes on after it.
//! What it reads means the same on both ways, so that only one of them has to be fast, and only one of them has to
//! explain. What makes it fast is that all it needs lies at hand in variables: the place in the text, the slots of the
//! row, and for each key the one that followed it last time.

use super::lookup::Spellings;
use super::object::Seen;
use super::plan::{ObjectPlan, Plan, Quick};
use super::{Reading, Row, small};
use crate::engine::json::{Cursor, Malformed};
use crate::engine::record::{Extent, ReadSet, Record, Slot, SlotValue};
use crate::rulebook::{Column, ColumnId, ColumnKind, DimensionId, Limit, UnitId, VocabularyId};
use crate::value::{Days, Number};

/// Where the short way has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    /// Past the end of the object.
    Ended,
    /// Before a member that it cannot read.
    Stopped,
}

impl<'r, 'b: 'r> Reading<'r, 'b, '_> {
    /// Reads members of an object, from the next key on, as far as the short way goes; it does not go through `odd`
    /// fields, which stood there before with no value.
    pub(super) fn run(
        &mut self,
        object: &ObjectPlan<'b>,
        row: Row,
        state: &mut usize,
        odd: &[(ColumnId, Seen)],
    ) -> Result<Run, Malformed> {
        let Record { tables, numbers, sets, scratch, .. } = &mut *self.record;
        let slots = tables.get_mut(usize::from(row.table)).and_then(|rows| rows.slots.get_mut(row.first..));
        let Some(slots) = slots else { return Ok(Run::Stopped) };
        let mut cursor = self.scanner.cursor();
        let mut values = Values { plan: self.plan, numbers, sets };
        loop {
            // The scanner stays before the member until it is read.
            self.scanner.go_on(cursor);
            cursor.skip_space();
            let guess = scratch.guess(*state);
            let Some(key) = object.keys.all.get(guess) else { return Ok(Run::Stopped) };
            let Some(field) = object.fields.get(usize::from(key.field)) else { return Ok(Run::Stopped) };
            let Some(slot) = slots.get_mut(usize::from(field.id.0)) else { return Ok(Run::Stopped) };
            if field.quick == Quick::Never || !cursor.key(&key.expected) || slot.value != SlotValue::Absent {
                return Ok(Run::Stopped);
            }
            if !odd.is_empty() && odd.iter().any(|(id, _)| *id == field.id) {
                return Ok(Run::Stopped);
            }
            cursor.skip_space();
            if values.read(field.quick, field.column, &mut cursor, slot).is_none() {
                return Ok(Run::Stopped);
            }
            *state = object.keys.first_state + 1 + guess;
            if !cursor.accept(b',') {
                let has_ended = cursor.accept(b'}');
                self.scanner.go_on(cursor);
                return if has_ended { Ok(Run::Ended) } else { Err(Malformed) };
            }
        }
    }
}

/// What values are made of and kept in.
struct Values<'v, 'b> {
    plan: &'v Plan<'b>,
    numbers: &'v mut Vec<Number>,
    sets: &'v mut Vec<ReadSet>,
}

impl Values<'_, '_> {
    /// Reads a value into its slot if it is as declared and within its bounds.
    #[inline(always)]
    fn read(&mut self, quick: Quick, column: &Column, cursor: &mut Cursor<'_>, slot: &mut Slot) -> Option<()> {
        let start = cursor.at;
        let value = match quick {
            Quick::Text(most) => {
                // Of bytes there are at least as many as of characters.
                let (start, end) = cursor.plain_string()?;
                (end - start <= most as usize).then_some(SlotValue::Text)?
            },
            Quick::Term(vocabulary) => SlotValue::Term(self.term(vocabulary, cursor)?),
            Quick::Set(vocabulary) => self.set(vocabulary, column, cursor)?,
            Quick::Quantity(dimension) => self.quantity(dimension, column, cursor)?,
            Quick::Number => {
                let short = cursor.short_number()?;
                let number = Number::decimal(short.digits, short.places, Number::ONE)?;
                if column.kind == ColumnKind::Integer && !number.is_whole() {
                    return None;
                }
                SlotValue::Number(self.keep(number, column)?)
            },
            Quick::Date => {
                let (start, end) = cursor.plain_string()?;
                SlotValue::Date(Days::parse_bytes(cursor.between(start, end))?)
            },
            Quick::Boolean => SlotValue::Boolean(cursor.boolean()?),
            Quick::Never => return None,
        };
        *slot = Slot { extent: Extent { start: small(start), end: small(cursor.at) }, value };
        Some(())
    }

    #[inline]
    fn term(&self, vocabulary: VocabularyId, cursor: &mut Cursor<'_>) -> Option<u16> {
        spelling(self.plan.vocabularies.get(usize::from(vocabulary.0))?, cursor)
    }

    fn set(&mut self, vocabulary: VocabularyId, column: &Column, cursor: &mut Cursor<'_>) -> Option<SlotValue> {
        let spellings = self.plan.vocabularies.get(usize::from(vocabulary.0))?;
        let mut set = ReadSet::default();
        let mut count = 0;
        if !cursor.accept_here(b'[') {
            return None;
        }
        if !cursor.accept(b']') {
            loop {
                cursor.skip_space();
                if !set.known.insert(spelling(spellings, cursor)?) {
                    return None;
                }
                count += 1;
                if !cursor.accept(b',') {
                    break;
                }
            }
            if !cursor.accept(b']') {
                return None;
            }
        }
        let (fewest, most) = column.items;
        if fewest.is_some_and(|fewest| count < fewest) || most.is_some_and(|most| count > most) {
            return None;
        }
        let place = small(self.sets.len());
        self.sets.push(set);
        Some(SlotValue::Set(place))
    }

    /// `{"amount": 12.5, "unit": "亿元"}`, in this order.
    fn quantity(&mut self, dimension: DimensionId, column: &Column, cursor: &mut Cursor<'_>) -> Option<SlotValue> {
        let [amount, unit] = self.plan.quantity.all.as_slice() else { return None };
        let number = usize::from(dimension.0);
        let (spellings, scales) = self.plan.dimensions.get(number).zip(self.plan.scales.get(number))?;
        if !cursor.accept_here(b'{') {
            return None;
        }
        cursor.skip_space();
        if !cursor.key(&amount.expected) {
            return None;
        }
        cursor.skip_space();
        let short = cursor.short_number()?;
        if !cursor.accept(b',') {
            return None;
        }
        cursor.skip_space();
        if !cursor.key(&unit.expected) {
            return None;
        }
        cursor.skip_space();
        let unit = spelling(spellings, cursor)?;
        if !cursor.accept(b'}') {
            return None;
        }
        let number = Number::decimal(short.digits, short.places, *scales.get(usize::from(unit))?)?;
        Some(SlotValue::Quantity(self.keep(number, column)?, UnitId(unit)))
    }

    /// Keeps a number that is within its bounds.
    #[inline]
    fn keep(&mut self, number: Number, column: &Column) -> Option<u32> {
        let is_in = |limit: Option<Limit>, holds: fn(Number, Number) -> bool| match limit {
            None => true,
            Some(Limit::Number(limit)) => holds(number, limit),
            Some(Limit::Days(_)) => false,
        };
        if !is_in(column.at_least, |a, b| a >= b) || !is_in(column.at_most, |a, b| a <= b) {
            return None;
        }
        let place = small(self.numbers.len());
        self.numbers.push(number);
        Some(place)
    }
}

/// The term or unit that a string spells as the rule pack writes it.
#[inline]
fn spelling(spellings: &Spellings, cursor: &mut Cursor<'_>) -> Option<u16> {
    let (start, end) = cursor.plain_string()?;
    spellings.find_written(cursor.between(start, end))
}
