//! Dates: days, and months of a proposal as stretches of days (details 7).

use super::space::day_number;
use super::{Around, Encoder, FieldKind, Kleene, Linear, Remembered};
use crate::analysis::circuit::Literal;
use crate::analysis::encode::number::NumberValue;
use crate::rulebook::Constant;
use crate::rulebook::expression::{DateExpression, DateKind, Expression, Order, Place};
use crate::value::Days;

/// The days that a date may be.
#[derive(Debug, Clone)]
pub(super) struct DateValue {
    pub unknown: Literal,
    pub first: Linear,
    pub last: Linear,
}

impl From<NumberValue> for DateValue {
    fn from(days: NumberValue) -> Self {
        Self { unknown: days.unknown, first: days.low, last: days.high }
    }
}

impl From<DateValue> for NumberValue {
    fn from(date: DateValue) -> Self {
        Self { unknown: date.unknown, low: date.first, high: date.last }
    }
}

impl Encoder<'_> {
    fn days(&self, days: Days) -> DateValue {
        let known = self.circuit.constant(false);
        let (first, last) = (Linear::constant(day_number(days.first)), Linear::constant(day_number(days.last)));
        DateValue { unknown: known, first, last }
    }

    pub(super) fn date(&mut self, date: &DateExpression, around: &Around) -> DateValue {
        match &date.kind {
            DateKind::Day(days) | DateKind::Period(days) => self.days(*days),
            DateKind::Field(place) => self.date_of(place, around),
            DateKind::Extreme(kind, dates) => {
                let values: Vec<NumberValue> = dates.iter().map(|date| self.date(date, around).into()).collect();
                self.extreme(*kind, &values).into()
            },
            DateKind::Aggregate(kind, iteration, value) => {
                let gathered = self.gathered(iteration, around, |encoder, around| {
                    let date = encoder.date(value, around);
                    (date.unknown, date.first, date.last)
                });
                let none = self.circuit.and(gathered.members.iter().map(|(kept, ..)| !*kept));
                let firsts: Vec<_> = gathered.members.iter().map(|(kept, first, _)| (*kept, first.clone())).collect();
                let lasts: Vec<_> = gathered.members.iter().map(|(kept, _, last)| (*kept, last.clone())).collect();
                let (low, high) = (self.extreme_of(*kind, &firsts), self.extreme_of(*kind, &lasts));
                let unknown = self.circuit.or([gathered.unknown, none]);
                self.loosened(gathered.longer, NumberValue { unknown, low, high }).into()
            },
            DateKind::Definition(id) => {
                let key = (id.0, around.proposal);
                if let Some(Remembered::Date(known)) = self.memory.get(&key) {
                    return known.clone();
                }
                let Some(Expression::Date(date)) = self.definition(*id).map(|one| &one.value) else {
                    return self.unknown_number().into();
                };
                let value = self.date(date, &Around::proposal(around.proposal));
                self.memory.insert(key, Remembered::Date(value.clone()));
                value
            },
            DateKind::Portfolio(_) | DateKind::Key => {
                self.is_vague = true;
                self.unknown_number().into()
            },
        }
    }

    fn date_of(&mut self, place: &Place, around: &Around) -> DateValue {
        let Some(field) = self.field(place, around) else { return self.unknown_number().into() };
        let FieldKind::Date(first, last, _) = field.kind else { return self.unknown_number().into() };
        let mut unknown = !field.present;
        let (first, last) = (Linear::variable(first), Linear::variable(last));
        if let Some((Constant::Days(days), stands)) = self.otherwise(place, around) {
            // An absent field is no month, so that its two ends are one free day; a month that stands in for it is two.
            if days.is_day() {
                self.equal_if(stands, &first, &Linear::constant(day_number(days.first)));
                unknown = self.circuit.and([unknown, !stands]);
            } else {
                let ends = [(first.clone(), days.first), (last, days.last)];
                let [first, last] = ends.map(|(own, constant)| {
                    let end = self.any_number(true);
                    self.equal_if(stands, &end, &Linear::constant(day_number(constant)));
                    self.equal_if(!stands, &end, &own);
                    end
                });
                unknown = self.circuit.and([unknown, !stands]);
                return DateValue { unknown, first, last };
            }
        }
        DateValue { unknown, first, last }
    }

    /// Order of dates; a month written in the rule is a period.
    pub(super) fn dates(&mut self, order: Order, a: &DateExpression, b: &DateExpression, around: &Around) -> Kleene {
        let (left, right) = (self.date(a, around), self.date(b, around));
        match (&a.kind, &b.kind) {
            (_, DateKind::Period(period)) => self.compare_period(&left, order, *period),
            (DateKind::Period(period), _) => self.compare_period(&right, crate::engine::value::turned(order), *period),
            _ => self.compare_numbers(&left.into(), order, &right.into()),
        }
    }

    fn compare_period(&mut self, date: &DateValue, order: Order, period: Days) -> Kleene {
        let day = match order {
            Order::Less | Order::GreaterOrEqual => period.first,
            Order::LessOrEqual | Order::Greater => period.last,
            Order::Is => {
                let from = self.compare_period(date, Order::GreaterOrEqual, period);
                let to = self.compare_period(date, Order::LessOrEqual, period);
                return self.all(&[from, to]);
            },
            Order::IsNot => return !self.compare_period(date, Order::Is, period),
        };
        let day = self.days(Days::day(day));
        self.compare_numbers(&date.clone().into(), order, &day.into())
    }

    pub(super) fn date_between(&mut self, operands: &[DateExpression; 3], around: &Around) -> Kleene {
        let [value, low, high] = operands;
        let above = self.dates(Order::GreaterOrEqual, value, low, around);
        let below = self.dates(Order::LessOrEqual, value, high, around);
        let both = self.all(&[above, below]);
        let unknown = [value, low, high].map(|operand| self.date(operand, around).unknown);
        self.unless_unknown(&unknown, both)
    }
}
