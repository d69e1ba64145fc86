//! Quantities: an object with amount and unit, a text, or a bare number where the field names the unit.

use super::object::{Others, Seen};
use super::path::Path;
use super::scalar::scaled;
use super::{Asked, Detail, Field, Found, Owner, Reading, ShapeCode, excerpt};
use crate::engine::json::{Kind, Malformed, RawString};
use crate::engine::record::{Extent, SlotValue};
use crate::rulebook::{DimensionId, UnitId};
use crate::value::Number;

/// The two parts of a quantity that is an object.
#[derive(Default)]
struct Parts {
    amount: Option<Extent>,
    unit: Option<UnitId>,
    seen: [Seen; 2],
    is_unreadable: bool,
}

/// A number as it stands in the text, and where.
struct Written<'w> {
    text: &'w str,
    extent: Extent,
    path: &'w Path<'w>,
}

impl Reading<'_, '_, '_> {
    #[inline]
    pub(super) fn quantity(
        &mut self,
        field: Field<'_>,
        dimension: DimensionId,
        kind: Kind,
        path: &Path<'_>,
    ) -> Result<(), Malformed> {
        match kind {
            Kind::Object => self.quantity_object(field, dimension, path),
            Kind::String => self.quantity_text(field, dimension, path),
            Kind::Number => self.bare_quantity(field, dimension, path),
            _ => self.wrong_field(field, path),
        }
    }

    fn bare_quantity(&mut self, field: Field<'_>, dimension: DimensionId, path: &Path<'_>) -> Result<(), Malformed> {
        let extent = self.scanner.number()?;
        let Some(unit) = field.column.in_unit else {
            self.report(ShapeCode::BadUnit, path, extent, Detail::BadUnit(None, field.number(), dimension));
            self.put_unreadable(field, extent);
            return Ok(());
        };
        let number = Written { text: self.scanner.slice(extent), extent, path };
        self.measured(field, dimension, number, unit, extent, path);
        Ok(())
    }

    /// A number in a unit; `extent` and `path` are those of the field's value.
    #[inline]
    fn measured(
        &mut self,
        field: Field<'_>,
        dimension: DimensionId,
        number: Written<'_>,
        unit: UnitId,
        extent: Extent,
        path: &Path<'_>,
    ) {
        let Some(value) = scaled(number.text, self.scale(dimension, unit)) else {
            self.too_long(field, number.text, number.extent, number.path);
            return self.put_unreadable(field, extent);
        };
        // Only a number with an exponent or of 29 digits can be too large, and the latter has been refused.
        let has_exponent = number.text.bytes().any(|byte| matches!(byte, b'e' | b'E'));
        if has_exponent && scaled(number.text, Number::ONE).is_none_or(Number::is_too_large) {
            self.too_long(field, number.text, number.extent, number.path);
        } else {
            self.check_size(field, value, Some(unit), extent, path);
        }
        let place = self.keep_number(value);
        self.put(field, extent, SlotValue::Quantity(place, unit));
    }

    #[inline]
    pub(super) fn scale(&self, dimension: DimensionId, unit: UnitId) -> Number {
        let units = self.plan.scales.get(usize::from(dimension.0));
        units.and_then(|units| units.get(usize::from(unit.0))).copied().unwrap_or(Number::ONE)
    }

    fn quantity_object(&mut self, field: Field<'_>, dimension: DimensionId, path: &Path<'_>) -> Result<(), Malformed> {
        let plan = self.plan;
        let start = self.scanner.at();
        let mut parts = Parts::default();
        let mut others = Others::default();
        let mut state = plan.quantity.first_state;
        let mut more = self.scanner.open(Kind::Object)?;
        while more {
            let found = match self.expected_key(&plan.quantity, &mut state) {
                None => self.searched_key(&plan.quantity, &mut state, &mut others, Owner::Quantity, path)?,
                found => found,
            };
            match found.map(|(key, extent)| (key.field, extent)) {
                Some((0, extent)) => self.amount(field, &mut parts, extent, &path.key("amount"))?,
                Some((_, extent)) => self.unit(field, dimension, &mut parts, extent, &path.key("unit"))?,
                None => {},
            }
            more = self.scanner.more(Kind::Object)?;
        }
        let extent = self.scanner.since(start);
        let [amount_seen, unit_seen] = parts.seen;
        let asked =
            [(amount_seen, "amount", Asked::Amount(field.number())), (unit_seen, "unit", Asked::Unit(field.number()))];
        for (seen, name, asked) in asked {
            if matches!(seen, Seen::Never | Seen::Null) {
                let brace = Extent { start, end: start + 1 };
                self.report(ShapeCode::MissingField, &path.key(name), brace, Detail::MissingField(asked));
            }
        }
        match parts {
            Parts { amount: Some(amount), unit: Some(unit), is_unreadable: false, .. } => {
                let path_of_amount = path.key("amount");
                let number = Written { text: self.scanner.slice(amount), extent: amount, path: &path_of_amount };
                self.measured(field, dimension, number, unit, extent, path);
            },
            Parts { amount: Some(amount), .. } => {
                let text = self.scanner.slice(amount);
                if scaled(text, Number::ONE).is_none_or(Number::is_too_large) {
                    self.too_long(field, text, amount, &path.key("amount"));
                }
                self.put_unreadable(field, extent);
            },
            Parts { amount: None, .. } => self.put_unreadable(field, extent),
        }
        Ok(())
    }

    fn amount(&mut self, field: Field<'_>, parts: &mut Parts, key: Extent, path: &Path<'_>) -> Result<(), Malformed> {
        match self.part(parts, 0, key, path)? {
            Some(Kind::Number) => parts.amount = Some(self.scanner.number()?),
            Some(_) => {
                self.wrong(Asked::Amount(field.number()), path)?;
                parts.is_unreadable = true;
            },
            None => {},
        }
        Ok(())
    }

    fn unit(
        &mut self,
        field: Field<'_>,
        dimension: DimensionId,
        parts: &mut Parts,
        key: Extent,
        path: &Path<'_>,
    ) -> Result<(), Malformed> {
        match self.part(parts, 1, key, path)? {
            Some(Kind::String) => {
                let string = self.scanner.string()?;
                parts.unit = self.find_unit(string, dimension);
                if parts.unit.is_none() {
                    let written = excerpt(&self.scanner.text(string));
                    let detail = Detail::BadUnit(Some(written), field.number(), dimension);
                    self.report(ShapeCode::BadUnit, path, string.extent, detail);
                }
            },
            Some(_) => {
                self.wrong(Asked::Unit(field.number()), path)?;
                parts.is_unreadable = true;
            },
            None => {},
        }
        Ok(())
    }

    /// What stands at a part that is to be read; `None` if it is `null` or stands there twice, and was passed over.
    fn part(
        &mut self,
        parts: &mut Parts,
        part: usize,
        key: Extent,
        path: &Path<'_>,
    ) -> Result<Option<Kind>, Malformed> {
        let kind = self.scanner.peek()?;
        let Some(seen) = parts.seen.get_mut(part) else { return Err(Malformed) };
        let is_first = *seen == Seen::Never;
        let (now, is_twice) = seen.and(kind == Kind::Null);
        *seen = now;
        if is_twice {
            parts.is_unreadable = true;
            self.duplicate(path, key);
        }
        if is_first && kind != Kind::Null {
            return Ok(Some(kind));
        }
        self.skip(path)?;
        Ok(None)
    }

    #[inline]
    fn find_unit(&self, string: RawString, dimension: DimensionId) -> Option<UnitId> {
        let spellings = self.plan.dimensions.get(usize::from(dimension.0))?;
        if string.has_escapes {
            return spellings.find(&self.scanner.text(string)).ok().map(UnitId);
        }
        spellings.find(self.scanner.inside(string)).ok().map(UnitId)
    }

    fn quantity_text(&mut self, field: Field<'_>, dimension: DimensionId, path: &Path<'_>) -> Result<(), Malformed> {
        let string = self.scanner.string()?;
        let extent = string.extent;
        let text = self.scanner.text(string);
        let Some((number, unit)) = cut(text.trim()) else {
            let detail = Detail::WrongType(Found::Text(excerpt(&text)), Asked::Field(field.number()));
            self.report(ShapeCode::WrongType, path, extent, detail);
            self.put_unreadable(field, extent);
            return Ok(());
        };
        let found = self.plan.dimensions.get(usize::from(dimension.0)).and_then(|units| units.find(unit).ok());
        let Some(found) = found else {
            let written = Some(unit).filter(|unit| !unit.is_empty()).map(excerpt);
            self.report(ShapeCode::BadUnit, path, extent, Detail::BadUnit(written, field.number(), dimension));
            self.put_unreadable(field, extent);
            return Ok(());
        };
        let number = Written { text: &number, extent, path };
        self.measured(field, dimension, number, UnitId(found), extent, path);
        Ok(())
    }
}

/// `-?digits[.digits]` in ASCII, and what follows it; `None` if a text begins with no number.
///
/// The number is folded by itself, because in the whole text `2²` would become `22`.
fn cut(text: &str) -> Option<(String, &str)> {
    let mut number = String::new();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix(['-', '－']) {
        number.push('-');
        rest = after;
    }
    rest = digits(rest, &mut number)?;
    if let Some(after) = rest.strip_prefix(['.', '．']) {
        let mut fraction = ".".to_owned();
        if let Some(after) = digits(after, &mut fraction) {
            number.push_str(&fraction);
            rest = after;
        }
    }
    Some((number, rest.trim_start()))
}

/// Adds the digits that a text begins with; `None` if it begins with none.
fn digits<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let rest = text.trim_start_matches(|c| digit(c).is_some());
    out.extend(text.chars().map_while(digit));
    (rest.len() < text.len()).then_some(rest)
}

/// A digit, ASCII or full-width, as the ASCII one.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_into_number_and_unit() {
        let cut = |text| cut(text).map(|(number, unit)| format!("{number}|{unit}"));
        let cases = [
            ("12.5 亿元", Some("12.5|亿元")),
            ("１２．５\u{3000}亿元", Some("12.5|亿元")),
            ("-3mu", Some("-3|mu")),
            ("007元", Some("007|元")),
            ("5", Some("5|")),
            ("5.元", Some("5|.元")),
            ("1,000 元", Some("1|,000 元")),
            ("2² 元", Some("2|² 元")),
            ("元", None),
            (".5 元", None),
            ("- 5 元", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(text).as_deref(), expected, "{text}");
        }
    }
}
