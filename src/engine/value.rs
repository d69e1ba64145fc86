//! Values of expressions: known, known in part, or unknown (sections 3 and 4 of the language page).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::truth::Truth;
use crate::rulebook::expression::Order;
use crate::value::{Days, Number, TermSet};

/// A number known to lie between two ends, which are often the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The least that it may be.
    pub low: Number,
    /// The most that it may be.
    pub high: Number,
}

impl Interval {
    /// A number that is known.
    pub fn point(number: Number) -> Self {
        Self { low: number, high: number }
    }

    /// The number, if it is known.
    pub fn known(self) -> Option<Number> {
        (self.low == self.high).then_some(self.low)
    }

    /// Orders two intervals: decided only if every choice within them agrees (details 16).
    pub fn compare(self, order: Order, other: Self) -> Truth {
        match order {
            Order::Less => less(self.high < other.low, self.low >= other.high),
            Order::LessOrEqual => less(self.high <= other.low, self.low > other.high),
            Order::Greater => other.compare(Order::Less, self),
            Order::GreaterOrEqual => other.compare(Order::LessOrEqual, self),
            Order::Is => {
                let same = self.known().is_some() && self == other;
                less(same, self.high < other.low || other.high < self.low)
            },
            Order::IsNot => !self.compare(Order::Is, other),
        }
    }
}

/// Decided by one of two exclusive facts, else unknown.
fn less(holds: bool, fails: bool) -> Truth {
    match (holds, fails) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Orders two dates, each some day of a stretch: decided only if every choice of days agrees (details 7).
pub fn compare_days(a: Days, order: Order, b: Days) -> Truth {
    match order {
        Order::Less => less(a.last < b.first, a.first >= b.last),
        Order::LessOrEqual => less(a.last <= b.first, a.first > b.last),
        Order::Greater => compare_days(b, Order::Less, a),
        Order::GreaterOrEqual => compare_days(b, Order::LessOrEqual, a),
        Order::Is => less(a.is_day() && a == b, a.last < b.first || b.last < a.first),
        Order::IsNot => !compare_days(a, Order::Is, b),
    }
}

/// Orders a date against a month written in a rule, which is a period (details 7).
pub fn compare_period(date: Days, order: Order, period: Days) -> Truth {
    match order {
        Order::Less | Order::GreaterOrEqual => compare_days(date, order, Days::day(period.first)),
        Order::LessOrEqual | Order::Greater => compare_days(date, order, Days::day(period.last)),
        Order::Is => {
            compare_period(date, Order::GreaterOrEqual, period).and(compare_period(date, Order::LessOrEqual, period))
        },
        Order::IsNot => !compare_period(date, Order::Is, period),
    }
}

/// The order seen from the other operand.
pub fn turned(order: Order) -> Order {
    match order {
        Order::Less => Order::Greater,
        Order::LessOrEqual => Order::GreaterOrEqual,
        Order::Greater => Order::Less,
        Order::GreaterOrEqual => Order::LessOrEqual,
        Order::Is | Order::IsNot => order,
    }
}

/// A term, no term, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermValue {
    /// Nothing is known of it.
    Unknown,
    /// A `single` relation has no fact: known, missing, and equal to nothing (details 28).
    NoTerm,
    /// A term.
    Term(u16),
}

/// A set of which some members are known (details 14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetValue<'a> {
    /// The members that are known.
    pub known: Cow<'a, TermSet>,
    /// What else it may hold.
    pub more: More,
}

/// What a set may hold beside its known members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Nothing: the set is known.
    Nothing,
    /// This many spellings that its vocabulary does not know; at least one term more or again.
    Spellings(u32),
    /// Any further term or none.
    Anything,
}

impl<'a> SetValue<'a> {
    /// A set of which all members are known.
    pub fn complete(known: Cow<'a, TermSet>) -> Self {
        Self { known, more: More::Nothing }
    }

    fn is_complete(&self) -> bool {
        self.more == More::Nothing
    }

    /// `T in S`, `S include T`
    pub fn holds(&self, term: u16) -> Truth {
        less(self.known.contains(term), self.is_complete())
    }

    /// `S include any of R`
    pub fn include_any(&self, other: &Self) -> Truth {
        let empty = |set: &Self| set.is_complete() && set.known.is_empty();
        let decided = self.is_complete() && other.is_complete() || empty(self) || empty(other);
        less(self.known.meets(&other.known), decided)
    }

    /// `S include all of R`
    pub fn include_all(&self, other: &Self) -> Truth {
        let lacking = other.known.count_outside(&self.known);
        let too_many = match self.more {
            More::Nothing => lacking > 0,
            More::Spellings(count) => lacking > count,
            More::Anything => false,
        };
        less(lacking == 0 && other.is_complete(), too_many)
    }

    /// `S is R`
    pub fn equals(&self, other: &Self) -> Truth {
        self.include_all(other).and(other.include_all(self))
    }

    /// `S is empty`
    pub fn is_empty(&self) -> Truth {
        match self.more {
            More::Nothing => Truth::from(self.known.is_empty()),
            More::Spellings(_) => Truth::False,
            More::Anything if self.known.is_empty() => Truth::Unknown,
            More::Anything => Truth::False,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(known: &[u16], more: More) -> SetValue<'static> {
        SetValue { known: Cow::Owned(known.iter().copied().collect()), more }
    }

    #[test]
    fn a_set_with_an_unknown_member_is_judged_over_all_that_it_may_be() {
        let open = set(&[1], More::Spellings(1));
        assert_eq!(open.holds(1), Truth::True);
        assert_eq!(open.holds(2), Truth::Unknown);
        assert_eq!(open.include_any(&set(&[1, 2], More::Nothing)), Truth::True);
        assert_eq!(open.include_any(&set(&[2], More::Nothing)), Truth::Unknown);
        assert_eq!(open.include_any(&set(&[], More::Nothing)), Truth::False);
        assert_eq!(open.include_all(&set(&[1], More::Nothing)), Truth::True);
        assert_eq!(open.include_all(&set(&[1, 2], More::Nothing)), Truth::Unknown);
        assert_eq!(open.include_all(&set(&[2, 3], More::Nothing)), Truth::False);
        assert_eq!(open.is_empty(), Truth::False);
    }

    #[test]
    fn a_month_of_a_proposal_is_decided_where_all_its_days_agree() {
        let days = |text| Days::parse(text).unwrap();
        assert_eq!(compare_days(days("2026-03"), Order::Less, days("2026-04")), Truth::True);
        assert_eq!(compare_days(days("2026-03"), Order::Less, days("2026-03-01")), Truth::False);
        assert_eq!(compare_days(days("2026-03"), Order::Less, days("2026-03-02")), Truth::Unknown);
        assert_eq!(compare_days(days("2026-03"), Order::Is, days("2026-03")), Truth::Unknown);
        assert_eq!(compare_period(days("2026-03"), Order::Is, days("2026-03")), Truth::True);
        assert_eq!(compare_period(days("2026-03-31"), Order::Greater, days("2026-03")), Truth::False);
        assert_eq!(compare_period(days("2026-03-31"), Order::LessOrEqual, days("2026-03")), Truth::True);
        assert_eq!(compare_period(days("2026-04"), Order::Less, days("2026-03")), Truth::False);
    }
}
