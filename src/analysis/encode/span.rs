//! Spans of dates. Days are exact. Complete months and years hang on the calendar: without slack the dates lie so that any
//! calendar gives the same count, and with it they are only kept within what some calendar could give.

use super::date::DateValue;
use super::number::NumberValue;
use super::{Encoder, Linear, Slack};
use crate::analysis::circuit::Literal;
use crate::syntax::tree::DateUnit;
use crate::value::Number;

impl Encoder<'_> {
    pub(super) fn date_span(&mut self, unit: DateUnit, from: &DateValue, to: &DateValue) -> NumberValue {
        let unknown = self.circuit.or([from.unknown, to.unknown]);
        let ends = to.first.minus(&from.last).zip(to.last.minus(&from.first));
        let Some((low, high)) = ends else { return self.unknown_number() };
        if unit == DateUnit::Days {
            return NumberValue { unknown, low, high };
        }
        let first = self.complete_units(unit, &low);
        let last = if low == high { first.clone() } else { self.complete_units(unit, &high) };
        NumberValue { unknown, low: first, high: last }
    }

    /// How many complete months or years there are in so many days.
    fn complete_units(&mut self, unit: DateUnit, days: &Linear) -> Linear {
        // The mean length in days, and how far from each end of a unit the count is sure.
        let (length, margin) = match unit {
            DateUnit::Years => (Number::fraction(3_652_425, 10_000), 30),
            _ => (Number::fraction(30_436_875, 1_000_000), 7),
        };
        let Some(length) = length else { return self.any_number(true) };
        let count = self.any_number(true);
        let slack = self.slack(Slack::Operation);
        let zero = Linear::constant(Number::ZERO);
        let forward = self.at_most(&zero, days);
        // Counted from 0 away: forward the unit begun is count + 1, backward it is count - 1.
        let sure = |sign: i64| -> Option<(Linear, Linear)> {
            let begun = count.times(length)?;
            let full = begun.plus(&Linear::constant(length.multiplied(Number::whole(sign))?))?;
            let inset = Linear::constant(Number::whole(sign * margin));
            Some((begun.plus(&inset)?, full.minus(&inset)?))
        };
        for (given, sign) in [(forward, 1), (!forward, -1)] {
            let given = self.circuit.and([given, !slack]);
            if let Some((near, far)) = sure(sign) {
                let (low, high) = if sign > 0 { (near, far) } else { (far, near) };
                self.between_if(given, &low, days, &high);
            }
            let bound = if sign > 0 { self.at_most(&zero, &count) } else { self.at_most(&count, &zero) };
            self.circuit.implies(given, bound);
        }
        let wide = |units: i64, inset: i64| -> Option<Linear> {
            let shifted = Linear { constant: Number::whole(units), ..count.clone() };
            shifted.times(length)?.plus(&Linear::constant(Number::whole(inset)))
        };
        if let (Some(low), Some(high)) = (wide(-1, -4), wide(1, 4)) {
            let always = self.circuit.constant(true);
            self.between_if(always, &low, days, &high);
        }
        count
    }

    fn between_if(&mut self, given: Literal, low: &Linear, value: &Linear, high: &Linear) {
        let (above, below) = (self.at_most(low, value), self.at_most(value, high));
        self.circuit.implies(given, above);
        self.circuit.implies(given, below);
    }
}
