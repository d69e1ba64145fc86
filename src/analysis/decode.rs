//! From a model to a proposal.

use super::document::Document;
use super::encode::{Encoder, Field, FieldKind, RowId};
use crate::rulebook::{Column, ColumnId, ColumnKind, DimensionId, Limit, Required, TableId};
use crate::value::{Day, Days, Number};

/// A proposal as the model of the circuit and the values of the numbers have it. `None` where it holds something that
/// is not worked out: another text, or a number that no decimal writes.
pub(super) fn proposal(encoder: &mut Encoder<'_>, values: &[Number], row: RowId) -> Option<Document> {
    Decoder { encoder, values }.row(row)
}

/// A proposal with the required fields only, whatever it is judged.
pub(super) fn required(encoder: &mut Encoder<'_>) -> Option<Document> {
    let table = encoder.book.shape.table(TableId(0))?;
    Decoder { encoder, values: &[] }.record(None, TableId(0), &table.fields)
}

/// A value that a field may hold.
pub(super) fn plain<'b>(
    encoder: &mut Encoder<'b>,
    (table, id): (TableId, ColumnId),
    column: &'b Column,
) -> Option<Document> {
    Decoder { encoder, values: &[] }.plain(table, id, column)
}

struct Decoder<'e, 'b> {
    encoder: &'e mut Encoder<'b>,
    values: &'e [Number],
}

impl<'b> Decoder<'_, 'b> {
    fn row(&mut self, row: RowId) -> Option<Document> {
        let table = self.encoder.rows.get(row)?.table;
        let shape = &self.encoder.book.shape;
        let declared = shape.table(table)?;
        if declared.is_record {
            return self.record(Some(row), table, &declared.fields);
        }
        let column = declared.column(ColumnId(0))?;
        self.value(Some(row), table, ColumnId(0), column)
    }

    /// A record; without a row, one of which nothing was asked.
    fn record(&mut self, row: Option<RowId>, table: TableId, fields: &[ColumnId]) -> Option<Document> {
        let mut entries = Vec::new();
        for id in fields {
            let column = self.encoder.book.shape.column(table, *id)?;
            let is_there = match self.field(row, *id) {
                Some(field) => self.encoder.circuit.value(field.present),
                None => matches!(column.required, Required::Yes),
            };
            if is_there {
                entries.push((column.name.clone(), self.value(row, table, *id, column)?));
            }
        }
        Some(Document::Record(entries))
    }

    fn field(&self, row: Option<RowId>, id: ColumnId) -> Option<Field> {
        self.encoder.rows.get(row?)?.fields.get(&id).cloned()
    }

    fn value(&mut self, row: Option<RowId>, table: TableId, id: ColumnId, column: &'b Column) -> Option<Document> {
        let Some(field) = self.field(row, id) else { return self.plain(table, id, column) };
        let is = |encoder: &Encoder<'_>, literal| encoder.circuit.value(literal);
        Some(match (&field.kind, &column.kind) {
            (FieldKind::Text(cases, _), _) => {
                let (text, _) = cases.iter().find(|(_, literal)| is(self.encoder, *literal))?;
                Document::Text(text.to_string())
            },
            (FieldKind::Number(variable), kind) => self.number(*self.values.get(*variable)?, kind)?,
            (FieldKind::Boolean(holds), _) => Document::Boolean(is(self.encoder, *holds)),
            (FieldKind::Date(first, last, month), _) => {
                let day = |number: Number| i32::try_from(number.parts().0).ok().filter(|_| number.is_whole()).map(Day);
                let (first, last) = (day(*self.values.get(*first)?)?, day(*self.values.get(*last)?)?);
                let days = if is(self.encoder, *month) { month_near(first, last)? } else { Days::day(first) };
                Document::Text(days.to_string())
            },
            (FieldKind::Term(terms), ColumnKind::Term(vocabulary)) => {
                let term = terms.iter().position(|literal| is(self.encoder, *literal))?;
                Document::Text(self.term(*vocabulary, term)?)
            },
            (FieldKind::Set(terms), ColumnKind::Set(vocabulary)) => {
                let members = terms.iter().enumerate().filter(|(_, literal)| is(self.encoder, **literal));
                let members: Option<Vec<Document>> =
                    members.map(|(term, _)| self.term(*vocabulary, term).map(Document::Text)).collect();
                Document::List(members?)
            },
            (FieldKind::List(list), _) => {
                let mut rows = Vec::new();
                for row in &list.rows {
                    let exists = self.encoder.rows.get(*row)?.exists;
                    if is(self.encoder, exists) {
                        rows.push(self.row(*row)?);
                    }
                }
                Document::List(rows)
            },
            (FieldKind::Record, ColumnKind::Record(fields)) => self.record(row, table, fields)?,
            _ => return None,
        })
    }

    fn term(&self, vocabulary: crate::rulebook::VocabularyId, term: usize) -> Option<String> {
        let vocabulary = self.encoder.book.vocabularies.get(usize::from(vocabulary.0))?;
        vocabulary.terms.get(term).map(|term| term.name.clone())
    }

    fn number(&self, number: Number, kind: &ColumnKind) -> Option<Document> {
        match kind {
            ColumnKind::Quantity(dimension) => self.quantity(number, *dimension).map(Document::Text),
            _ => decimal(number).map(Document::Number),
        }
    }

    /// In the unit that writes it shortest.
    fn quantity(&self, number: Number, dimension: DimensionId) -> Option<String> {
        let units = &self.encoder.book.dimensions.get(usize::from(dimension.0))?.units;
        let written = units.iter().filter_map(|unit| {
            let amount = decimal(number.divided(unit.scale)?)?;
            Some((amount.chars().count(), amount, unit.name.as_str()))
        });
        written.min_by_key(|(length, ..)| *length).map(|(_, amount, unit)| format!("{amount} {unit}"))
    }

    /// A value for a field that no rule reads.
    fn plain(&mut self, table: TableId, id: ColumnId, column: &'b Column) -> Option<Document> {
        let fewest = column.items.0.unwrap_or(0);
        Some(match &column.kind {
            ColumnKind::Text => Document::Text(self.encoder.texts_of((table, id)).first()?.to_string()),
            ColumnKind::Number | ColumnKind::Integer | ColumnKind::Quantity(_) => {
                let number = |limit: Option<Limit>| match limit {
                    Some(Limit::Number(number)) => Some(number),
                    _ => None,
                };
                let value = number(column.at_least).map_or(Number::ZERO, |least| least.max(Number::ZERO));
                let value = number(column.at_most).map_or(value, |most| most.min(value));
                self.number(value, &column.kind)?
            },
            ColumnKind::Boolean => Document::Boolean(false),
            ColumnKind::Date => {
                let days = |limit: Option<Limit>| match limit {
                    Some(Limit::Days(days)) => Some(days),
                    _ => None,
                };
                let day = Day::new(2026, 1, 1)?;
                let day = days(column.at_least).map_or(day, |least| least.first.max(day));
                let day = days(column.at_most).map_or(day, |most| most.last.min(day));
                Document::Text(day.to_string())
            },
            ColumnKind::Term(vocabulary) => Document::Text(self.term(*vocabulary, 0)?),
            ColumnKind::Set(vocabulary) => {
                let terms: Option<Vec<Document>> =
                    (0..fewest as usize).map(|term| self.term(*vocabulary, term).map(Document::Text)).collect();
                Document::List(terms?)
            },
            ColumnKind::List(elements) => {
                let mut rows = Vec::new();
                for _ in 0..fewest {
                    let declared = self.encoder.book.shape.table(*elements)?;
                    rows.push(if declared.is_record {
                        self.record(None, *elements, &declared.fields)?
                    } else {
                        self.plain(*elements, ColumnId(0), declared.column(ColumnId(0))?)?
                    });
                }
                Document::List(rows)
            },
            ColumnKind::Record(fields) => self.record(None, table, fields)?,
        })
    }
}

/// The month that begins on the first day or ends on the last; where neither is so, that of the first.
fn month_near(first: Day, last: Day) -> Option<Days> {
    let of = |day: Day| {
        let (year, month, _) = day.parts();
        Days::month(year, month)
    };
    let (one, other) = (of(first)?, of(last)?);
    Some(if one.first == first || other.last != last { one } else { other })
}

/// A number as a decimal that ends, if one does within what a proposal may hold.
pub(super) fn decimal(number: Number) -> Option<String> {
    let (numerator, denominator) = number.parts();
    let (mut scaled, mut rest, mut places) = (numerator, denominator, 0_usize);
    while rest != 1 {
        if rest % 10 == 0 {
            rest /= 10;
        } else if rest % 5 == 0 {
            rest /= 5;
            scaled = scaled.checked_mul(2)?;
        } else if rest % 2 == 0 {
            rest /= 2;
            scaled = scaled.checked_mul(5)?;
        } else {
            return None;
        }
        places += 1;
    }
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    let sign = if numerator < 0 { "-" } else { "" };
    Some(if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_decimals_where_they_end() {
        let written = |a, b| decimal(Number::fraction(a, b).unwrap());
        assert_eq!(written(5, 1).as_deref(), Some("5"));
        assert_eq!(written(-1, 8).as_deref(), Some("-0.125"));
        assert_eq!(written(1, 40).as_deref(), Some("0.025"));
        assert_eq!(written(1, 3), None);
    }
}
