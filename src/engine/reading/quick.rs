//! The short way: members of an object that are as they should be, which nearly all are.
//!
//! It knows no path, no escapes, no second spelling and no second key, and stops before whatever it did not expect:
//! the careful way reads that member, finds the words for what is wrong with it, and the short way goes on after it.
//! What it reads means the same on both ways, so that only one of them has to be fast, and only one of them has to
//! explain. What makes it fast is that all it needs lies at hand in variables: the place in the text, the slots of the
//! row, and for each key the one that followed it last time.

use super::object::Seen;
use super::plan::{FieldPlan, Key, Keys, ObjectPlan, Plan, Quick};
use super::scratch::Scratch;
use super::spelling::Spellings;
use super::{Reading, Row, small};
use crate::engine::json::{Cursor, Malformed};
use crate::engine::record::{Extent, ReadSet, Record, Slot, SlotValue};
use crate::rulebook::{Column, ColumnId, ColumnKind, DimensionId, Limit, UnitId, VocabularyId};
use crate::value::{Days, Number};

/// Where the short way has come to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run<'r> {
    /// Past the end of the object.
    Ended,
    /// After the colon of this key: it cannot read the value, or has seen the key before.
    Key(&'r Key, Extent),
    /// Before a key that it does not know.
    Stopped,
}

impl<'r, 'b: 'r> Reading<'r, 'b, '_> {
    /// Reads members of an object, from the next key on, as far as the short way goes; it does not go through `odd`
    /// fields, which stood there before with no value.
    #[inline(never)]
    pub(super) fn run(
        &mut self,
        object: &'r ObjectPlan<'b>,
        row: Row,
        state: &mut usize,
        odd: &[(ColumnId, Seen)],
    ) -> Result<Run<'r>, Malformed> {
        let Record { tables, numbers, sets, scratch, .. } = &mut *self.record;
        let slots = tables.get_mut(usize::from(row.table)).and_then(|rows| rows.slots.get_mut(row.first..));
        let Some(slots) = slots else { return Ok(Run::Stopped) };
        let mut values = Values { plan: self.plan, fields: &object.fields, numbers, sets };
        let mut cursor = self.scanner.cursor();
        loop {
            cursor.skip_space();
            let member = cursor;
            let Some(key) = next_key(&object.keys, &mut cursor, scratch, state) else {
                self.scanner.go_on(member);
                return Ok(Run::Stopped);
            };
            cursor.skip_space();
            let before_value = cursor;
            let slot = slots.get_mut(usize::from(key.id.0)).filter(|slot| slot.value == SlotValue::Absent);
            let slot = slot.filter(|_| odd.is_empty() || odd.iter().all(|(id, _)| *id != key.id));
            if slot.and_then(|slot| values.read(key, &mut cursor, slot)).is_none() {
                self.scanner.go_on(before_value);
                let extent = Extent { start: small(member.at), end: small(member.at + key.expected.length()) };
                return Ok(Run::Key(key, extent));
            }
            if !cursor.accept(b',') {
                let has_ended = cursor.accept(b'}');
                self.scanner.go_on(cursor);
                return if has_ended { Ok(Run::Ended) } else { Err(Malformed) };
            }
        }
    }
}

/// Passes over a declared key without escapes, and its colon: the one that came here last time, or any.
#[inline]
fn next_key<'r>(keys: &'r Keys, cursor: &mut Cursor<'_>, scratch: &mut Scratch, state: &mut usize) -> Option<&'r Key> {
    let guess = scratch.guess(*state);
    if let Some(key) = keys.all.get(guess)
        && cursor.key(&key.expected)
    {
        *state = keys.first_state + 1 + guess;
        return Some(key);
    }
    let (start, end) = cursor.plain_string()?;
    let number = keys.lookup.find(cursor.between(start, end))?;
    if !cursor.accept(b':') {
        return None;
    }
    scratch.learn(*state, number);
    *state = keys.first_state + 1 + number as usize;
    keys.all.get(number as usize)
}

/// What values are made of and kept in.
struct Values<'v, 'b> {
    plan: &'v Plan<'b>,
    fields: &'v [FieldPlan<'b>],
    numbers: &'v mut Vec<Number>,
    sets: &'v mut Vec<ReadSet>,
}

impl<'b> Values<'_, 'b> {
    fn column(&self, key: &Key) -> Option<&'b Column> {
        self.fields.get(usize::from(key.field)).map(|field| field.column)
    }

    /// Reads a value into its slot if it is as declared and within its bounds.
    #[inline(always)]
    fn read(&mut self, key: &Key, cursor: &mut Cursor<'_>, slot: &mut Slot) -> Option<()> {
        let start = cursor.at;
        let value = match key.quick {
            Quick::Text(most) => {
                // Of bytes there are at least as many as of characters.
                let (start, end) = cursor.plain_string()?;
                (end - start <= most as usize).then_some(SlotValue::Text)?
            },
            Quick::Term(vocabulary) => SlotValue::Term(self.term(vocabulary, cursor)?),
            Quick::Set(vocabulary) => self.set(vocabulary, self.column(key)?, cursor)?,
            Quick::Quantity(dimension) => self.quantity(dimension, self.column(key)?, cursor)?,
            Quick::Number => {
                let short = cursor.short_number()?;
                let number = Number::decimal(short.digits, short.places, Number::ONE)?;
                let column = self.column(key)?;
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
fn spelling(spellings: &Spellings<'_>, cursor: &mut Cursor<'_>) -> Option<u16> {
    let (start, end) = cursor.plain_string()?;
    spellings.find_written(cursor.between(start, end))
}
