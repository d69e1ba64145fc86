//! The value of a field: by the declared type and the JSON type that stands there.

use super::path::Path;
use super::{Asked, Detail, Found, Owner, Reading, Row, ShapeCode, excerpt, unreadable};
use crate::engine::json::{Kind, Malformed};
use crate::engine::record::{Slot, SlotValue};
use crate::rulebook::{Column, ColumnId, ColumnKind, TableId};

/// A column and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Field<'b> {
    pub column: &'b Column,
    pub id: super::FieldId,
}

impl<'r, 'b, 't> Reading<'r, 'b, 't> {
    /// Reads the value of a column.
    #[inline]
    pub(super) fn value(&mut self, row: Row, id: ColumnId, path: &Path<'_>) -> Result<Slot, Malformed> {
        let plan = self.plan;
        let Some(table) = plan.tables.get(usize::from(row.table)) else { return Err(Malformed) };
        let Some(column) = table.columns.get(usize::from(id.0)) else { return Err(Malformed) };
        let field = Field { column, id: (TableId(row.table), id) };
        let kind = self.scanner.peek()?;
        match (&column.kind, kind) {
            (_, Kind::Null) => {
                self.scanner.literal(kind)?;
                Ok(Slot::default())
            },
            (ColumnKind::Text, Kind::String) => self.text(field, path),
            (ColumnKind::Number, Kind::Number) => self.number(field, false, path),
            (ColumnKind::Integer, Kind::Number) => self.number(field, true, path),
            (ColumnKind::Boolean, Kind::True | Kind::False) => {
                let start = self.scanner.at();
                self.scanner.literal(kind)?;
                Ok(Slot { extent: self.scanner.since(start), value: SlotValue::Boolean(kind == Kind::True) })
            },
            (ColumnKind::Date, Kind::String) => self.date(field, path),
            (ColumnKind::Quantity(dimension), _) => self.quantity(field, *dimension, kind, path),
            (ColumnKind::Term(vocabulary), Kind::String) => self.term(field, *vocabulary, path),
            (ColumnKind::Set(vocabulary), Kind::Array) => self.set(field, *vocabulary, path),
            (ColumnKind::List(table), Kind::Array) => self.list(field, *table, path),
            (ColumnKind::Record(_), Kind::Object) => {
                let record = table.records.get(usize::from(id.0)).and_then(Option::as_ref).ok_or(Malformed)?;
                let extent = self.object(record, Owner::Record(field.id), row, path)?;
                Ok(Slot { extent, value: SlotValue::Record })
            },
            _ => self.wrong(Asked::Field(field.id), path),
        }
    }

    /// Passes over a value of the wrong type and reports it.
    #[cold]
    pub(super) fn wrong(&mut self, asked: Asked, path: &Path<'_>) -> Result<Slot, Malformed> {
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
        Ok(unreadable(skipped.extent))
    }
}
