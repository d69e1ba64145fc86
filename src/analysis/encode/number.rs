//! Numbers and quantities: exact, or between two ends (details 8 and 16).

use super::portfolio::Overlooked;
use super::{Around, Derived, Encoder, FieldKind, Kleene, Linear, Remembered, Slack, YearLink};
use crate::analysis::circuit::Literal;
use crate::rulebook::Constant;
use crate::rulebook::expression::{DateExpression, Expression, Iteration, NumberExpression, NumberKind, Order, Place};
use crate::syntax::tree::{AggregateKind, Arithmetic};
use crate::value::Number;

/// The ends that a number lies between, or that nothing is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct NumberValue {
    pub unknown: Literal,
    pub low: Linear,
    pub high: Linear,
}

impl NumberValue {
    pub(super) fn is_point(&self) -> bool {
        self.low == self.high
    }
}

impl Encoder<'_> {
    pub(super) fn point(&self, number: Linear) -> NumberValue {
        NumberValue { unknown: self.circuit.constant(false), low: number.clone(), high: number }
    }

    pub(super) fn unknown_number(&self) -> NumberValue {
        NumberValue { unknown: self.circuit.constant(true), ..self.point(Linear::constant(Number::ZERO)) }
    }

    pub(super) fn number(&mut self, number: &NumberExpression, around: &Around) -> NumberValue {
        match &number.kind {
            NumberKind::Constant(value, _) => self.point(Linear::constant(*value)),
            NumberKind::Field(place) => self.number_of(place, around),
            NumberKind::Arithmetic(operation, a, b, _) => {
                let (a, b) = (self.number(a, around), self.number(b, around));
                self.arithmetic(*operation, &a, &b)
            },
            NumberKind::Negate(of) => {
                let of = self.number(of, around);
                self.scaled(&of, Number::whole(-1))
            },
            NumberKind::PercentOf(percent, of, _) => {
                let of = self.number(of, around);
                self.scaled(&of, *percent)
            },
            NumberKind::Count(iteration) => self.count(iteration, around),
            NumberKind::Aggregate(kind, iteration, value) => self.aggregate(*kind, iteration, value, around),
            NumberKind::Extreme(kind, numbers) => {
                let values: Vec<NumberValue> = numbers.iter().map(|number| self.number(number, around)).collect();
                self.extreme(*kind, &values)
            },
            NumberKind::DateSpan(unit, from, to) => {
                let (from, to) = (self.date(from, around), self.date(to, around));
                self.date_span(*unit, &from, &to)
            },
            NumberKind::YearOf(date) => self.year_of(date, around),
            NumberKind::LengthOf(text) => self.length_of(text, around),
            NumberKind::Definition(id) => {
                let key = (id.0, around.proposal);
                if let Some(Remembered::Number(known)) = self.memory.get(&key) {
                    return known.clone();
                }
                let Some(Expression::Number(number)) = self.definition(*id).map(|one| &one.value) else {
                    return self.unknown_number();
                };
                let value = self.number(number, &Around::proposal(around.proposal));
                self.memory.insert(key, Remembered::Number(value.clone()));
                value
            },
            NumberKind::Portfolio(number) => match self.overlooked.get(*number) {
                Some(Overlooked::Number(value)) => value.clone(),
                _ => {
                    self.is_vague = true;
                    self.unknown_number()
                },
            },
            NumberKind::Key => {
                self.is_vague = true;
                self.unknown_number()
            },
        }
    }

    fn number_of(&mut self, place: &Place, around: &Around) -> NumberValue {
        let Some(field) = self.field(place, around) else { return self.unknown_number() };
        let FieldKind::Number(variable) = field.kind else { return self.unknown_number() };
        let own = Linear::variable(variable);
        let Some((Constant::Number(constant, _), stands)) = self.otherwise(place, around) else {
            return NumberValue { unknown: !field.present, ..self.point(own) };
        };
        // The variable of an absent field is free, and takes the value that stands in for it.
        self.equal_if(stands, &own, &Linear::constant(*constant));
        let unknown = self.circuit.and([!field.present, !stands]);
        NumberValue { unknown, ..self.point(own) }
    }

    /// Any number: what an operation comes to where that is not worked out.
    pub(super) fn any_number(&mut self, whole: bool) -> Linear {
        Linear::variable(self.arithmetic.variable(whole, Number::ZERO))
    }

    fn combined(&mut self, a: &NumberValue, b: &NumberValue, low: Option<Linear>, high: Option<Linear>) -> NumberValue {
        let unknown = self.circuit.or([a.unknown, b.unknown]);
        match (low, high) {
            (Some(low), Some(high)) => NumberValue { unknown, low, high },
            _ => self.free(unknown, &[]),
        }
    }

    /// A number of which nothing is known here but what it is where there is no slack.
    fn free(&mut self, unknown: Literal, without_slack: &[&Linear]) -> NumberValue {
        let slack = self.slack(Slack::Operation);
        let (low, high) = (self.any_number(false), self.any_number(false));
        if let [plain] = without_slack {
            self.equal_if(!slack, &low, plain);
            self.equal_if(!slack, &high, plain);
        }
        let ordered = self.at_most(&low, &high);
        self.circuit.clause(&[ordered]);
        let beyond = self.circuit.fresh();
        let lost = self.circuit.and([slack, beyond]);
        NumberValue { unknown: self.circuit.or([unknown, lost]), low, high }
    }

    /// `+ - * /` end by end.
    fn arithmetic(&mut self, operation: Arithmetic, a: &NumberValue, b: &NumberValue) -> NumberValue {
        let constant =
            |value: &NumberValue| (value.is_point() && value.low.terms.is_empty()).then_some(value.low.constant);
        match operation {
            Arithmetic::Add => self.combined(a, b, a.low.plus(&b.low), a.high.plus(&b.high)),
            Arithmetic::Subtract => self.combined(a, b, a.low.minus(&b.high), a.high.minus(&b.low)),
            Arithmetic::Multiply => match (constant(a), constant(b)) {
                (Some(factor), _) => self.scaled(b, factor),
                (_, Some(factor)) => self.scaled(a, factor),
                _ => self.product(a, b, false),
            },
            Arithmetic::Divide => match constant(b) {
                Some(divisor) if divisor.is_zero() => self.unknown_number(),
                Some(divisor) => match Number::ONE.divided(divisor) {
                    Some(factor) => self.scaled(a, factor),
                    None => self.product(a, b, true),
                },
                None => self.product(a, b, true),
            },
        }
    }

    pub(super) fn scaled(&mut self, value: &NumberValue, factor: Number) -> NumberValue {
        let (low, high) = if factor.sign() < 0 { (&value.high, &value.low) } else { (&value.low, &value.high) };
        let (low, high) = (low.times(factor), high.times(factor));
        self.combined(value, value, low, high)
    }

    /// A product or quotient of two numbers that hang on the proposal. Without slack, the second one is 1.
    fn product(&mut self, a: &NumberValue, b: &NumberValue, divides: bool) -> NumberValue {
        let key = Derived::Product(a.clone(), b.clone(), divides);
        if let Some(known) = self.numbers.get(&key) {
            return known.clone();
        }
        let unknown = self.circuit.or([a.unknown, b.unknown]);
        let zero = Linear::constant(Number::ZERO);
        let unknown = if divides {
            let (below, above) = (self.at_most(&b.low, &zero), self.at_most(&zero, &b.high));
            let may_be_zero = self.circuit.and([below, above]);
            self.circuit.or([unknown, may_be_zero])
        } else {
            unknown
        };
        let plain: &[&Linear] = if a.is_point() { &[&a.low] } else { &[] };
        let value = self.free(unknown, plain);
        if let Some((slack, _)) = self.slack.last().copied() {
            let one = Linear::constant(Number::ONE);
            let given = self.circuit.and([!slack, !unknown]);
            self.equal_if(given, &b.low, &one);
            self.equal_if(given, &b.high, &one);
        }
        self.numbers.insert(key, value.clone());
        value
    }

    /// The least or greatest of some numbers, end by end.
    pub(super) fn extreme(&mut self, kind: AggregateKind, values: &[NumberValue]) -> NumberValue {
        let always = self.circuit.constant(true);
        let lows: Vec<(Literal, Linear)> = values.iter().map(|value| (always, value.low.clone())).collect();
        let highs: Vec<(Literal, Linear)> = values.iter().map(|value| (always, value.high.clone())).collect();
        let low = self.extreme_of(kind, &lows);
        let high = if lows == highs { low.clone() } else { self.extreme_of(kind, &highs) };
        NumberValue { unknown: self.circuit.or(values.iter().map(|value| value.unknown)), low, high }
    }

    /// The least or greatest of those of some forms that are kept; any number where none is.
    pub(super) fn extreme_of(&mut self, kind: AggregateKind, forms: &[(Literal, Linear)]) -> Linear {
        if let [(kept, form)] = forms
            && self.circuit.is_true(*kept)
        {
            return form.clone();
        }
        let key = Derived::Extreme(kind == AggregateKind::Max, forms.to_vec());
        if let Some(known) = self.forms.get(&key) {
            return known.clone();
        }
        let extreme = self.any_number(false);
        let mut reached = Vec::new();
        for (kept, form) in forms {
            let (above, below) = (self.at_most(form, &extreme), self.at_most(&extreme, form));
            let (bound, meets) = if kind == AggregateKind::Max { (above, below) } else { (below, above) };
            self.circuit.implies(*kept, bound);
            reached.push(self.circuit.and([*kept, meets]));
        }
        let none = self.circuit.and(forms.iter().map(|(kept, _)| !*kept));
        self.circuit.clause(&reached.into_iter().chain([none]).collect::<Vec<_>>());
        self.forms.insert(key, extreme.clone());
        extreme
    }

    /// Orders two numbers: decided only if every choice between their ends agrees.
    pub(super) fn compare_numbers(&mut self, a: &NumberValue, order: Order, b: &NumberValue) -> Kleene {
        let value = match order {
            Order::Less => Kleene { yes: self.below(&a.high, &b.low), no: self.at_most(&b.high, &a.low) },
            Order::LessOrEqual => Kleene { yes: self.at_most(&a.high, &b.low), no: self.below(&b.high, &a.low) },
            Order::Greater => return self.compare_numbers(b, Order::Less, a),
            Order::GreaterOrEqual => return self.compare_numbers(b, Order::LessOrEqual, a),
            Order::Is | Order::IsNot => {
                let (up, down) = (self.at_most(&a.high, &b.low), self.at_most(&b.high, &a.low));
                let (less, more) = (self.below(&a.high, &b.low), self.below(&b.high, &a.low));
                Kleene { yes: self.circuit.and([up, down]), no: self.circuit.or([less, more]) }.when(order == Order::Is)
            },
        };
        self.unless_unknown(&[a.unknown, b.unknown], value)
    }

    pub(super) fn number_between(&mut self, value: &NumberValue, low: &NumberValue, high: &NumberValue) -> Kleene {
        let above = self.compare_numbers(value, Order::GreaterOrEqual, low);
        let below = self.compare_numbers(value, Order::LessOrEqual, high);
        let both = self.all(&[above, below]);
        self.unless_unknown(&[value.unknown, low.unknown, high.unknown], both)
    }

    fn aggregate(
        &mut self,
        kind: AggregateKind,
        iteration: &Iteration,
        value: &NumberExpression,
        around: &Around,
    ) -> NumberValue {
        if kind == AggregateKind::Count {
            return self.count(iteration, around);
        }
        let gathered = self.gathered(iteration, around, |encoder, around| {
            let value = encoder.number(value, around);
            (value.unknown, value.low, value.high)
        });
        let none = self.circuit.and(gathered.members.iter().map(|(kept, ..)| !*kept));
        let ends = |high: bool| -> Vec<(Literal, Linear)> {
            let members = gathered.members.iter();
            members.map(|(kept, low, top)| (*kept, if high { top.clone() } else { low.clone() })).collect()
        };
        let (lows, highs) = (ends(false), ends(true));
        let end = |encoder: &mut Self, forms: &[(Literal, Linear)]| match kind {
            AggregateKind::Sum => encoder.sum_of(forms),
            AggregateKind::Average => encoder.average_of(forms),
            _ => encoder.extreme_of(kind, forms),
        };
        let low = end(self, &lows);
        let high = if lows == highs { low.clone() } else { end(self, &highs) };
        let empty = if kind == AggregateKind::Sum { self.circuit.constant(false) } else { none };
        let unknown = self.circuit.or([gathered.unknown, empty]);
        self.loosened(gathered.longer, NumberValue { unknown, low, high })
    }

    /// The value, or any other where a list is longer than its rows.
    pub(super) fn loosened(&mut self, longer: Literal, value: NumberValue) -> NumberValue {
        if self.circuit.is_false(longer) {
            return value;
        }
        let key = Derived::Loosened(longer, value.clone());
        if let Some(known) = self.numbers.get(&key) {
            return known.clone();
        }
        let is_point = value.is_point();
        let low = self.any_number(false);
        self.equal_if(!longer, &low, &value.low);
        let high = if is_point { low.clone() } else { self.any_number(false) };
        if !is_point {
            self.equal_if(!longer, &high, &value.high);
            let ordered = self.at_most(&low, &high);
            self.circuit.clause(&[ordered]);
        }
        let doubt = self.circuit.fresh();
        let unknown = self.circuit.choose(longer, doubt, value.unknown);
        let loosened = NumberValue { unknown, low, high };
        self.numbers.insert(key, loosened.clone());
        loosened
    }

    /// The sum of the forms that are kept.
    fn sum_of(&mut self, forms: &[(Literal, Linear)]) -> Linear {
        let mut sum = Some(Linear::constant(Number::ZERO));
        for (kept, form) in forms {
            let share = if self.circuit.is_true(*kept) {
                form.clone()
            } else if self.circuit.is_false(*kept) {
                continue;
            } else {
                self.share(*kept, form)
            };
            sum = sum.and_then(|sum| sum.plus(&share));
        }
        sum.unwrap_or_else(|| self.any_number(false))
    }

    /// What a form adds to a sum: itself where it is kept, else nothing.
    fn share(&mut self, kept: Literal, form: &Linear) -> Linear {
        let key = Derived::Share(kept, form.clone());
        if let Some(known) = self.forms.get(&key) {
            return known.clone();
        }
        let share = self.any_number(false);
        self.equal_if(kept, &share, form);
        self.equal_if(!kept, &share, &Linear::constant(Number::ZERO));
        self.forms.insert(key, share.clone());
        share
    }

    fn average_of(&mut self, forms: &[(Literal, Linear)]) -> Linear {
        let key = Derived::Average(forms.to_vec());
        if let Some(known) = self.forms.get(&key) {
            return known.clone();
        }
        let sum = self.sum_of(forms);
        let kept: Vec<Literal> = forms.iter().map(|(kept, _)| *kept).collect();
        let counts = self.circuit.at_least(&kept, kept.len());
        let average = self.any_number(false);
        for (index, reached) in counts.iter().enumerate() {
            let more = counts.get(index + 1).copied().unwrap_or(self.circuit.constant(false));
            let exactly = self.circuit.and([*reached, !more]);
            let count = Number::whole(i64::try_from(index + 1).unwrap_or(i64::MAX));
            if let Some(total) = average.times(count) {
                self.equal_if(exactly, &total, &sum);
            }
        }
        self.forms.insert(key, average.clone());
        average
    }

    fn year_of(&mut self, date: &DateExpression, around: &Around) -> NumberValue {
        let date = self.date(date, around);
        let low = self.year(&date.first);
        let high = if date.first == date.last { low.clone() } else { self.year(&date.last) };
        NumberValue { unknown: date.unknown, low, high }
    }

    /// The year of a day: bounds on the one become bounds on the other once all are known.
    fn year(&mut self, day: &Linear) -> Linear {
        if let Some(known) = self.years.iter().find(|link| link.day == *day) {
            return Linear::variable(known.year);
        }
        let year = self.arithmetic.variable(true, Number::whole(2026));
        self.years.push(YearLink { year, day: day.clone() });
        Linear::variable(year)
    }
}
