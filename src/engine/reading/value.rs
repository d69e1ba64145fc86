//! The value of a field: by the declared type and the JSON type that stands there.

use super::path::Path;
use super::{Asked, Detail, Field, Found, Owner, Reading, ShapeCode, excerpt};
use crate::engine::json::{Kind, Malformed};
use crate::engine::record::{Extent, SlotValue};
use crate::rulebook::ColumnKind;

impl<'b> Reading<'_, 'b, '_> {
    /// Reads the value of a field into its slot; false if it is `null`.
    #[inline]
    pub(super) fn value(&mut self, field: Field<'b>, path: &Path<'_>) -> Result<bool, Malformed> {
        let kind = self.scanner.peek()?;
        match (&field.column.kind, kind) {
            (_, Kind::Null) => return self.scanner.literal(kind).map(|()| false),
            (ColumnKind::Text, Kind::String) => self.text(field, path)?,
            (ColumnKind::Number, Kind::Number) => self.number(field, false, path)?,
            (ColumnKind::Integer, Kind::Number) => self.number(field, true, path)?,
            (ColumnKind::Boolean, Kind::True | Kind::False) => {
                let start = self.scanner.at();
                self.scanner.literal(kind)?;
                self.put(field, self.scanner.since(start), SlotValue::Boolean(kind == Kind::True));
            },
            (ColumnKind::Date, Kind::String) => self.date(field, path)?,
            (ColumnKind::Quantity(dimension), _) => self.quantity(field, *dimension, kind, path)?,
            (ColumnKind::Term(vocabulary), Kind::String) => self.term(field, *vocabulary, path)?,
            (ColumnKind::Set(vocabulary), Kind::Array) => self.set(field, *vocabulary, path)?,
            (ColumnKind::List(table), Kind::Array) => self.list(field, *table, path)?,
            (ColumnKind::Record(_), Kind::Object) => self.record(field, path)?,
            _ => self.wrong_field(field, path)?,
        }
        Ok(true)
    }

    fn record(&mut self, field: Field<'b>, path: &Path<'_>) -> Result<(), Malformed> {
        let plan = self.plan;
        let table = plan.tables.get(usize::from(field.row.table)).ok_or(Malformed)?;
        let record = table.records.get(usize::from(field.id.0)).and_then(Option::as_ref).ok_or(Malformed)?;
        let extent = self.object(record, Owner::Record(field.number()), field.row, path)?;
        self.put(field, extent, SlotValue::Record);
        Ok(())
    }

    /// Passes over a field's value of the wrong type.
    #[cold]
    pub(super) fn wrong_field(&mut self, field: Field<'_>, path: &Path<'_>) -> Result<(), Malformed> {
        let extent = self.wrong(Asked::Field(field.number()), path)?;
        self.put_unreadable(field, extent);
        Ok(())
    }

    /// Passes over a value of the wrong type and reports it.
    #[cold]
    pub(super) fn wrong(&mut self, asked: Asked, path: &Path<'_>) -> Result<Extent, Malformed> {
        let skipped = self.scanner.skip_value(path.level)?;
        if skipped.is_too_deep {
            self.report(ShapeCode::TooDeep, path, skipped.extent, Detail::TooDeep);
        } else {
            let written = self.scanner.slice(skipped.extent);
            let found = match skipped.kind {
                Kind::Object => Found::Object,
                Kind::Array => Found::Array,
                Kind::String => Found::Text(excerpt(written.trim_matches('"'))),
                Kind::Number => Found::Number(excerpt(written)),
                Kind::True | Kind::False => Found::Boolean,
                Kind::Null => Found::Null,
            };
            self.report(ShapeCode::WrongType, path, skipped.extent, Detail::WrongType(found, asked));
        }
        Ok(skipped.extent)
    }
}
