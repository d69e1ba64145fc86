//! Texts, numbers, dates and terms.

use super::path::Path;
use super::{Asked, Detail, Excess, Field, Found, Reading, ShapeCode, excerpt, small};
use crate::engine::json::{Malformed, RawString};
use crate::engine::record::{Extent, SlotValue};
use crate::rulebook::{Limit, UnitId, VocabularyId};
use crate::value::{Days, Number};

/// Reads a number; `None` if it cannot be kept.
pub(super) fn scaled(text: &str, scale: Number) -> Option<Number> {
    Number::parse_scaled(text, scale).ok()
}

impl Reading<'_, '_, '_> {
    pub(super) fn text(&mut self, field: Field<'_>, path: &Path<'_>) -> Result<(), Malformed> {
        let string = self.scanner.string()?;
        if string.has_escapes {
            let start = self.record.unescaped.len();
            self.scanner.unescape_into(string, &mut self.record.unescaped);
            let end = self.record.unescaped.len();
            self.put(field, string.extent, SlotValue::Unescaped(small(start), small(end)));
        } else {
            self.put(field, string.extent, SlotValue::Text);
        }
        let column = field.column;
        if column.matching.is_some() || column.characters != (None, None) {
            self.check_text(field, string, path);
        }
        Ok(())
    }

    /// `matching` and `characters`.
    fn check_text(&mut self, field: Field<'_>, string: RawString, path: &Path<'_>) {
        let text = self.scanner.text(string);
        if let Some(excess) = wrong_length(&text, field.column.characters) {
            let detail = Detail::OutOfRange(excess, field.number());
            self.report(ShapeCode::OutOfRange, path, string.extent, detail);
        }
        if field.column.matching.as_ref().is_some_and(|regex| !regex.is_match(&text)) {
            let detail = Detail::Pattern(excerpt(&text), field.number());
            self.report(ShapeCode::Pattern, path, string.extent, detail);
            self.put_unreadable(field, string.extent);
        }
    }

    pub(super) fn number(&mut self, field: Field<'_>, is_whole: bool, path: &Path<'_>) -> Result<(), Malformed> {
        let extent = self.scanner.number()?;
        let text = self.scanner.slice(extent);
        let Some(number) = scaled(text, Number::ONE) else {
            self.too_long(field, text, extent, path);
            self.put_unreadable(field, extent);
            return Ok(());
        };
        if is_whole && !number.is_whole() {
            let detail = Detail::WrongType(Found::Number(excerpt(text)), Asked::Field(field.number()));
            self.report(ShapeCode::WrongType, path, extent, detail);
            self.put_unreadable(field, extent);
            return Ok(());
        }
        if number.is_too_large() {
            self.too_long(field, text, extent, path);
        } else {
            self.check_size(field, number, None, extent, path);
        }
        let place = self.keep_number(number);
        self.put(field, extent, SlotValue::Number(place));
        Ok(())
    }

    #[inline]
    pub(super) fn keep_number(&mut self, number: Number) -> u32 {
        let place = small(self.record.numbers.len());
        self.record.numbers.push(number);
        place
    }

    /// A number of too many digits, or too large.
    #[cold]
    pub(super) fn too_long(&mut self, field: Field<'_>, text: &str, extent: Extent, path: &Path<'_>) {
        let detail = Detail::OutOfRange(Excess::Digits(excerpt(text)), field.number());
        self.report(ShapeCode::OutOfRange, path, extent, detail);
    }

    /// `at least` and `at most` of a number.
    #[inline]
    pub(super) fn check_size(
        &mut self,
        field: Field<'_>,
        number: Number,
        unit: Option<UnitId>,
        extent: Extent,
        path: &Path<'_>,
    ) {
        let column = field.column;
        let excess = match (column.at_least, column.at_most) {
            (Some(Limit::Number(least)), _) if number < least => Excess::TooSmall(number, unit),
            (_, Some(Limit::Number(most))) if number > most => Excess::TooLarge(number, unit),
            _ => return,
        };
        self.report(ShapeCode::OutOfRange, path, extent, Detail::OutOfRange(excess, field.number()));
    }

    pub(super) fn date(&mut self, field: Field<'_>, path: &Path<'_>) -> Result<(), Malformed> {
        let string = self.scanner.string()?;
        let text = self.scanner.text(string);
        let extent = string.extent;
        let Some(days) = Days::parse(&text) else {
            let detail = Detail::BadDate(excerpt(&text), field.number());
            self.report(ShapeCode::BadDate, path, extent, detail);
            self.put_unreadable(field, extent);
            return Ok(());
        };
        // Of a month all days must be out of range, of a month as a bound its far end counts.
        let excess = match (field.column.at_least, field.column.at_most) {
            (Some(Limit::Days(least)), _) if days.last < least.first => Some(Excess::TooEarly(days.to_string())),
            (_, Some(Limit::Days(most))) if days.first > most.last => Some(Excess::TooLate(days.to_string())),
            _ => None,
        };
        if let Some(excess) = excess {
            self.report(ShapeCode::OutOfRange, path, extent, Detail::OutOfRange(excess, field.number()));
        }
        self.put(field, extent, SlotValue::Date(days));
        Ok(())
    }

    pub(super) fn term(
        &mut self,
        field: Field<'_>,
        vocabulary: VocabularyId,
        path: &Path<'_>,
    ) -> Result<(), Malformed> {
        let string = self.scanner.string()?;
        match self.find_term(string, vocabulary) {
            Ok(term) => self.put(field, string.extent, SlotValue::Term(term)),
            Err(_) => {
                self.unknown_term(string, Asked::Field(field.number()), vocabulary, path);
                self.put_unreadable(field, string.extent);
            },
        }
        Ok(())
    }

    /// The term that a string spells, or the folded spelling.
    #[inline]
    pub(super) fn find_term(&mut self, string: RawString, vocabulary: VocabularyId) -> Result<u16, String> {
        let Some(spellings) = self.plan.vocabularies.get(usize::from(vocabulary.0)) else { return Err(String::new()) };
        if !string.has_escapes {
            return spellings.find(self.scanner.inside(string));
        }
        let unescaped = &mut self.record.scratch.unescaped;
        unescaped.clear();
        self.scanner.unescape_into(string, unescaped);
        spellings.find(unescaped)
    }

    #[cold]
    pub(super) fn unknown_term(&mut self, string: RawString, asked: Asked, vocabulary: VocabularyId, path: &Path<'_>) {
        let suggest = self.may_suggest();
        let detail = Detail::UnknownTerm(excerpt(&self.scanner.text(string)), asked, vocabulary, suggest);
        self.report(ShapeCode::UnknownTerm, path, string.extent, detail);
    }
}

/// Whether a text has too few or too many characters (Unicode scalar values).
fn wrong_length(text: &str, (fewest, most): (Option<u32>, Option<u32>)) -> Option<Excess> {
    let is_surely_short = most.is_none_or(|most| text.len() <= most as usize);
    if fewest.is_none() && is_surely_short {
        return None;
    }
    let count = text.chars().count();
    if fewest.is_some_and(|fewest| count < fewest as usize) {
        return Some(Excess::TooShort(count));
    }
    most.is_some_and(|most| count > most as usize).then_some(Excess::TooLong(count))
}
