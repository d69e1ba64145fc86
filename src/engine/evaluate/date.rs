//! Dates.

use super::{AggregateValue, Remembered, Scene};
use crate::engine::key::KeyPart;
use crate::engine::record::SlotValue;
use crate::rulebook::Constant;
use crate::rulebook::expression::{DateExpression, DateKind, Expression, Place};
use crate::syntax::tree::AggregateKind;
use crate::value::Days;

impl<'a> Scene<'a> {
    /// The days that a date may be; `None` if it is wholly unknown.
    pub fn date(&mut self, date: &'a DateExpression) -> Option<Days> {
        match &date.kind {
            DateKind::Day(days) | DateKind::Period(days) => Some(*days),
            DateKind::Field(place) => self.date_field(place),
            DateKind::Extreme(kind, dates) => {
                let mut extreme = None;
                for date in dates {
                    let days = self.date(date)?;
                    extreme = Some(extreme.map_or(days, |so_far| extreme_days(*kind, so_far, days)));
                }
                extreme
            },
            DateKind::Aggregate(kind, iteration, value) => {
                self.gathered(iteration, |scene| scene.date(value), |a, b| extreme_days(*kind, a, b))
            },
            DateKind::Definition(id) => {
                let value = self.remembered(*id, |scene, value| match value {
                    Expression::Date(date) => Some(Remembered::Date(scene.date(date))),
                    _ => None,
                });
                match value {
                    Some(Remembered::Date(days)) => days,
                    _ => None,
                }
            },
            DateKind::Portfolio(number) => match self.aggregate_value(*number)? {
                AggregateValue::Date(days) => days,
                _ => None,
            },
            DateKind::Key => match self.key_part()? {
                KeyPart::Date(days) => Some(*days),
                _ => None,
            },
        }
    }

    fn date_field(&self, place: &Place) -> Option<Days> {
        match self.slot(place).value {
            SlotValue::Date(days) => Some(days),
            SlotValue::Otherwise => match self.otherwise(place)? {
                Constant::Days(days) => Some(*days),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The lesser or greater of two dates, end by end.
pub(in crate::engine) fn extreme_days(kind: AggregateKind, a: Days, b: Days) -> Days {
    match kind {
        AggregateKind::Max => Days { first: a.first.max(b.first), last: a.last.max(b.last) },
        _ => Days { first: a.first.min(b.first), last: a.last.min(b.last) },
    }
}
