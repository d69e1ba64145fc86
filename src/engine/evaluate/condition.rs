//! Conditions.

use super::{AggregateValue, Remembered, Scene, is_present};
use crate::engine::key::KeyPart;
use crate::engine::record::SlotValue;
use crate::engine::truth::Truth;
use crate::engine::value::{TermValue, compare_days, compare_period, turned};
use crate::rulebook::Constant;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Order, Place, Subject, TermExpression,
    TextExpression,
};
use crate::syntax::tree::TextTest;

impl<'a> Scene<'a> {
    /// Whether a condition is true, false or unknown.
    pub fn condition(&mut self, condition: &'a Condition) -> Truth {
        match &condition.kind {
            ConditionKind::Truth(value) => Truth::from(*value),
            ConditionKind::Implies(given, then) => match self.condition(given) {
                Truth::False => Truth::True,
                given => (!given).or(self.condition(then)),
            },
            ConditionKind::And(parts) => self.all(parts),
            ConditionKind::Or(parts) => self.any(parts),
            ConditionKind::Not(part) => !self.condition(part),
            ConditionKind::Quantified(quantifier, iteration, body) => self.quantified(*quantifier, iteration, body),
            ConditionKind::Numbers(order, a, b) => {
                let (a, b) = (self.number(a), self.number(b));
                a.zip(b).map_or(Truth::Unknown, |(a, b)| a.compare(*order, b))
            },
            ConditionKind::NumberBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                let (value, low, high) = (self.number(value), self.number(low), self.number(high));
                value.zip(low.zip(high)).map_or(Truth::Unknown, |(value, (low, high))| {
                    value.compare(Order::GreaterOrEqual, low).and(value.compare(Order::LessOrEqual, high))
                })
            },
            ConditionKind::Dates(order, a, b) => self.dates(*order, a, b),
            ConditionKind::DateBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                if [value, low, high].iter().any(|operand| self.date(operand).is_none()) {
                    return Truth::Unknown;
                }
                self.dates(Order::GreaterOrEqual, value, low).and(self.dates(Order::LessOrEqual, value, high))
            },
            ConditionKind::BooleanIs(is, a, b) => match (self.condition(a), self.condition(b)) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                (a, b) => Truth::from(a == b).when(*is),
            },
            ConditionKind::TermIs(is, a, b) => self.term_is(a, b).when(*is),
            ConditionKind::TermIn(is, term, set) => match (self.term(term), self.set(set)) {
                (TermValue::Unknown, _) | (_, None) => Truth::Unknown,
                (TermValue::NoTerm, _) => Truth::False,
                (TermValue::Term(term), Some(set)) => set.holds(term),
            }
            .when(*is),
            ConditionKind::SetIs(is, a, b) => self.sets(a, b, |a, b| a.equals(b)).when(*is),
            ConditionKind::IncludeAny(a, b) => self.sets(a, b, |a, b| a.include_any(b)),
            ConditionKind::IncludeAll(a, b) => self.sets(a, b, |a, b| a.include_all(b)),
            ConditionKind::IncludeNone(a, b) => !self.sets(a, b, |a, b| a.include_any(b)),
            ConditionKind::Present(is, subject) => Truth::from(self.present(subject) == *is),
            ConditionKind::SetEmpty(is, set) => self.set(set).map_or(Truth::Unknown, |set| set.is_empty()).when(*is),
            ConditionKind::ListEmpty(is, list) => {
                self.rows(list).map_or(Truth::Unknown, |(_, _, count)| Truth::from(count == 0)).when(*is)
            },
            ConditionKind::TextIs(..)
            | ConditionKind::TextIsExactly(..)
            | ConditionKind::TextTest(..)
            | ConditionKind::Matches(..)
            | ConditionKind::TextEmpty(..) => self.text_condition(&condition.kind),
            ConditionKind::Field(place) => self.boolean(place),
            ConditionKind::Definition(id) => match self.remembered(*id, |scene, value| scene.definition_truth(value)) {
                Some(Remembered::Truth(truth)) => truth,
                _ => Truth::Unknown,
            },
            ConditionKind::Portfolio(number) => match self.aggregate_value(*number) {
                Some(AggregateValue::Truth(truth)) => truth,
                _ => Truth::Unknown,
            },
            ConditionKind::Key => match self.key_part() {
                Some(KeyPart::Boolean(value)) => Truth::from(*value),
                _ => Truth::Unknown,
            },
        }
    }

    fn definition_truth(&mut self, value: &'a Expression) -> Option<Remembered> {
        match value {
            Expression::Condition(condition) => Some(Remembered::Truth(self.condition(condition))),
            _ => None,
        }
    }

    fn all(&mut self, parts: &'a [Condition]) -> Truth {
        let mut truth = Truth::True;
        for part in parts {
            truth = truth.and(self.condition(part));
            if truth == Truth::False {
                break;
            }
        }
        truth
    }

    pub(in crate::engine) fn any(&mut self, parts: impl IntoIterator<Item = &'a Condition>) -> Truth {
        let mut truth = Truth::False;
        for part in parts {
            truth = truth.or(self.condition(part));
            if truth == Truth::True {
                break;
            }
        }
        truth
    }

    /// Order of dates; a month written in the rule is a period.
    fn dates(&mut self, order: Order, a: &'a DateExpression, b: &'a DateExpression) -> Truth {
        let (Some(left), Some(right)) = (self.date(a), self.date(b)) else { return Truth::Unknown };
        match (&a.kind, &b.kind) {
            (_, DateKind::Period(_)) => compare_period(left, order, right),
            (DateKind::Period(_), _) => compare_period(right, turned(order), left),
            _ => compare_days(left, order, right),
        }
    }

    fn term_is(&mut self, a: &'a TermExpression, b: &'a TermExpression) -> Truth {
        match (self.term(a), self.term(b)) {
            (TermValue::Unknown, _) | (_, TermValue::Unknown) => Truth::Unknown,
            (TermValue::Term(a), TermValue::Term(b)) => Truth::from(a == b),
            _ => Truth::False,
        }
    }

    fn text_condition(&mut self, kind: &'a ConditionKind) -> Truth {
        match kind {
            ConditionKind::TextIs(is, a, b) => self.folded_texts(a, b, |a, b| a == b).when(*is),
            ConditionKind::TextTest(test, a, b) => self.folded_texts(a, b, |a, b| match test {
                TextTest::StartsWith => a.starts_with(b),
                TextTest::EndsWith => a.ends_with(b),
                TextTest::Contains => a.contains(b),
            }),
            ConditionKind::TextIsExactly(is, a, b) => {
                let (a, b) = (self.text(a), self.text(b));
                a.zip(b).map_or(Truth::Unknown, |(a, b)| Truth::from(a == b)).when(*is)
            },
            ConditionKind::Matches(text, pattern) => {
                self.text(text).map_or(Truth::Unknown, |text| Truth::from(pattern.is_match(&text)))
            },
            ConditionKind::TextEmpty(is, text) => {
                self.text(text).map_or(Truth::Unknown, |text| Truth::from(text.is_empty())).when(*is)
            },
            _ => Truth::Unknown,
        }
    }

    fn folded_texts(
        &mut self,
        a: &'a TextExpression,
        b: &'a TextExpression,
        test: impl FnOnce(&str, &str) -> bool,
    ) -> Truth {
        let (a, b) = (self.folded(a), self.folded(b));
        a.zip(b).map_or(Truth::Unknown, |(a, b)| Truth::from(test(&a, &b)))
    }

    fn boolean(&self, place: &Place) -> Truth {
        match self.slot(place).value {
            SlotValue::Boolean(value) => Truth::from(value),
            SlotValue::Otherwise => match self.otherwise(place) {
                Some(Constant::Boolean(value)) => Truth::from(*value),
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        }
    }

    /// Whether the subject of `is present` is there; never unknown (details 19).
    fn present(&mut self, subject: &'a Subject) -> bool {
        match subject {
            Subject::Place(place) => is_present(self.slot(place)),
            // What a variable is bound to stands in its list or set, readable or not.
            Subject::Variable(variable) => self.bindings.len() > usize::from(*variable),
            Subject::Lookup(relation, term) => {
                matches!(self.lookup_single(*relation, term), TermValue::Term(_))
            },
            Subject::Definition(id) => {
                matches!(self.definition_term(*id), TermValue::Term(_))
            },
            Subject::Key => !matches!(self.key_part(), None | Some(KeyPart::Absent)),
        }
    }

    /// An aggregate of the portfolio directive.
    pub(super) fn aggregate_value(&self, number: usize) -> Option<AggregateValue> {
        self.portfolio.and_then(|portfolio| portfolio.aggregates.get(number)).copied()
    }

    /// The only part of `g.key`.
    pub(super) fn key_part(&self) -> Option<&'a KeyPart> {
        self.portfolio.and_then(|portfolio| portfolio.key.first())
    }
}
