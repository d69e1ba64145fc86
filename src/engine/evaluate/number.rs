//! Numbers and quantities: exact, or between two ends (details 8 and 16).

use super::{AggregateValue, Remembered, Scene};
use crate::engine::key::KeyPart;
use crate::engine::record::SlotValue;
use crate::engine::value::Interval;
use crate::rulebook::Constant;
use crate::rulebook::expression::{DateExpression, Expression, Iteration, NumberExpression, NumberKind, Place};
use crate::syntax::tree::{AggregateKind, Arithmetic, DateUnit};
use crate::value::{Day, ExactSum, Number};

impl<'a> Scene<'a> {
    /// The number that an expression stands for; `None` if it is wholly unknown.
    pub fn number(&mut self, number: &'a NumberExpression) -> Option<Interval> {
        match &number.kind {
            NumberKind::Constant(value, _) => Some(Interval::point(*value)),
            NumberKind::Field(place) => self.number_field(place).map(Interval::point),
            NumberKind::Arithmetic(operation, a, b, _) => {
                let (a, b) = (self.number(a), self.number(b));
                arithmetic(*operation, a?, b?)
            },
            NumberKind::Negate(of) => self.number(of).map(negated),
            NumberKind::PercentOf(percent, of, _) => {
                arithmetic(Arithmetic::Multiply, Interval::point(*percent), self.number(of)?)
            },
            NumberKind::Count(iteration) => self.count(iteration),
            NumberKind::Aggregate(kind, iteration, value) => self.aggregate(*kind, iteration, value),
            NumberKind::Extreme(kind, numbers) => {
                let mut extreme = None;
                for number in numbers {
                    let value = self.number(number)?;
                    extreme = Some(extreme.map_or(value, |so_far| extreme_of(*kind, so_far, value)));
                }
                extreme
            },
            NumberKind::DateSpan(unit, from, to) => self.date_span(*unit, from, to),
            NumberKind::YearOf(date) => {
                let days = self.date(date)?;
                let year = |day: Day| Number::whole(i64::from(day.parts().0));
                Some(Interval { low: year(days.first), high: year(days.last) })
            },
            NumberKind::LengthOf(text) => {
                let length = i64::try_from(self.text(text)?.chars().count()).ok()?;
                Some(Interval::point(Number::whole(length)))
            },
            NumberKind::Definition(id) => {
                let value = self.remembered(*id, |scene, value| match value {
                    Expression::Number(number) => Some(Remembered::Number(scene.number(number))),
                    _ => None,
                });
                match value {
                    Some(Remembered::Number(number)) => number,
                    _ => None,
                }
            },
            NumberKind::Portfolio(number) => match self.aggregate_value(*number)? {
                AggregateValue::Number(number) => number,
                _ => None,
            },
            NumberKind::Key => match self.key_part()? {
                KeyPart::Number(number) => Some(Interval::point(*number)),
                _ => None,
            },
        }
    }

    fn number_field(&self, place: &Place) -> Option<Number> {
        match self.slot(place).value {
            SlotValue::Number(number) | SlotValue::Quantity(number, _) => {
                self.record.numbers.get(number as usize).copied()
            },
            SlotValue::Otherwise => match self.otherwise(place)? {
                Constant::Number(number, _) => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }

    fn aggregate(
        &mut self,
        kind: AggregateKind,
        iteration: &'a Iteration,
        value: &'a NumberExpression,
    ) -> Option<Interval> {
        match kind {
            AggregateKind::Count => self.count(iteration),
            AggregateKind::Min | AggregateKind::Max => {
                self.gathered(iteration, |scene| scene.number(value), |a, b| extreme_of(kind, a, b))
            },
            AggregateKind::Sum | AggregateKind::Average => {
                let (mut low, mut high, mut count) = (ExactSum::default(), ExactSum::default(), 0);
                self.each_value(iteration, &mut |scene: &mut Self| scene.number(value), |value: Interval| {
                    low.add(value.low);
                    high.add(value.high);
                    count += 1;
                })?;
                let total = |sum: &ExactSum| match kind {
                    AggregateKind::Sum => sum.value(),
                    _ => sum.divided(count),
                };
                Some(Interval { low: total(&low)?, high: total(&high)? })
            },
        }
    }

    fn date_span(&mut self, unit: DateUnit, from: &'a DateExpression, to: &'a DateExpression) -> Option<Interval> {
        let (from, to) = (self.date(from)?, self.date(to)?);
        let span = |from: Day, to: Day| match unit {
            DateUnit::Days => to.0 - from.0,
            DateUnit::Months => to.months_since(from),
            DateUnit::Years => to.years_since(from),
        };
        let whole = |value: i32| Number::whole(i64::from(value));
        Some(Interval { low: whole(span(from.last, to.first)), high: whole(span(from.first, to.last)) })
    }
}

fn negated(value: Interval) -> Interval {
    Interval { low: value.high.negated(), high: value.low.negated() }
}

/// The lesser or greater of two numbers, end by end.
pub(in crate::engine) fn extreme_of(kind: AggregateKind, a: Interval, b: Interval) -> Interval {
    match kind {
        AggregateKind::Max => Interval { low: a.low.max(b.low), high: a.high.max(b.high) },
        _ => Interval { low: a.low.min(b.low), high: a.high.min(b.high) },
    }
}

/// `+ - * /` end by end; `None` where a divisor may be 0 or a result passes the limit.
pub(in crate::engine) fn arithmetic(operation: Arithmetic, a: Interval, b: Interval) -> Option<Interval> {
    match operation {
        Arithmetic::Add => Some(Interval { low: a.low.plus(b.low)?, high: a.high.plus(b.high)? }),
        Arithmetic::Subtract => arithmetic(Arithmetic::Add, a, negated(b)),
        Arithmetic::Multiply => corners(a, b, Number::multiplied),
        Arithmetic::Divide if b.low.sign() * b.high.sign() <= 0 => None,
        Arithmetic::Divide => corners(a, b, Number::divided),
    }
}

/// The least and the greatest of an operation on the ends.
fn corners(a: Interval, b: Interval, operation: fn(Number, Number) -> Option<Number>) -> Option<Interval> {
    if let (Some(a), Some(b)) = (a.known(), b.known()) {
        return operation(a, b).map(Interval::point);
    }
    let first = Interval::point(operation(a.low, b.low)?);
    [(a.low, b.high), (a.high, b.low), (a.high, b.high)].into_iter().try_fold(first, |so_far, (a, b)| {
        let value = operation(a, b)?;
        Some(Interval { low: so_far.low.min(value), high: so_far.high.max(value) })
    })
}
