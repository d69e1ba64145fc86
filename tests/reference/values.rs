//! Values of expressions, and what the operators make of them (`language.md` 4, details 7, 14 to 16).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::calendar::Days;
use super::fraction::Fraction;
use super::spelling;

/// Three-valued truth: `None` is unknown.
pub type Truth = Option<bool>;

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is known of it.
    Unknown,
    /// True or false.
    Truth(bool),
    /// A number from the one end to the other; a quantity in its base unit.
    Number(Fraction, Fraction),
    /// A date, or some day of several.
    Date(Days),
    /// A month written in a rule.
    Period(Days),
    /// A text.
    Text(String),
    /// A term, by vocabulary and name.
    Term(String, String),
    /// A `single` lookup of which no fact speaks.
    NoTerm,
    /// A set of terms.
    Set(Set),
    /// A list.
    List(Vec<Slot>),
    /// A record that could be read.
    Record(Rc<BTreeMap<String, Slot>>),
}

/// A set of terms with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// The vocabulary of its terms.
    pub vocabulary: String,
    /// The terms that are in it.
    pub known: BTreeSet<String>,
    /// How many further members could not be read; they may be known ones again.
    pub unknown: usize,
    /// Whether it may hold any further term or none.
    pub open: bool,
}

/// What stands at a place of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Whether something stands there, be it readable or not.
    pub present: bool,
    /// What it is.
    pub value: Value,
    /// The place.
    pub pointer: String,
}

impl Value {
    /// A truth value that may be unknown.
    pub fn of(truth: Truth) -> Self {
        truth.map_or(Self::Unknown, Self::Truth)
    }

    /// The truth of a condition.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Unknown => None,
            Self::Truth(truth) => Some(*truth),
            other => panic!("{other:?} is no condition"),
        }
    }

    /// A number that is known.
    pub fn number(number: Fraction) -> Self {
        Self::Number(number.clone(), number)
    }

    /// Whether nothing is left open.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Number(low, high) => low == high,
            Self::Date(days) => days.first == days.last,
            Self::Set(set) => set.unknown == 0 && !set.open,
            _ => true,
        }
    }
}

/// Three-valued *not*.
pub fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

/// Three-valued *and*.
pub fn and(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Three-valued *or*.
pub fn or(a: Truth, b: Truth) -> Truth {
    not(and(not(a), not(b)))
}

/// `A is B` (details 15, 16, 18, 28).
pub fn is(a: &Value, b: &Value) -> Truth {
    match (a, b) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        (Value::NoTerm, _) | (_, Value::NoTerm) => Some(false),
        (Value::Truth(a), Value::Truth(b)) => Some(a == b),
        (Value::Text(a), Value::Text(b)) => Some(spelling::folded(a) == spelling::folded(b)),
        (Value::Term(_, a), Value::Term(_, b)) => Some(a == b),
        (Value::Number(a_low, a_high), Value::Number(b_low, b_high)) => same(a_low, a_high, b_low, b_high),
        (Value::Date(a), Value::Date(b)) => same(&a.first, &a.last, &b.first, &b.last),
        (Value::Date(date), Value::Period(month)) | (Value::Period(month), Value::Date(date)) => and(
            not(less(&date.first, &date.last, &month.first, &month.first)),
            not(less(&month.last, &month.last, &date.first, &date.last)),
        ),
        (Value::Set(a), Value::Set(b)) => and(includes_all(a, b), includes_all(b, a)),
        _ => panic!("`is` of {a:?} and {b:?}"),
    }
}

/// Whether two stretches are one point, or apart, or neither.
fn same<T: Ord>(a_low: &T, a_high: &T, b_low: &T, b_high: &T) -> Truth {
    if a_low == a_high && b_low == b_high && a_low == b_low {
        Some(true)
    } else if a_high < b_low || b_high < a_low {
        Some(false)
    } else {
        None
    }
}

/// `a < b`: true if the one ends before the other begins, false if it begins where the other ends or later.
fn less<T: Ord>(a_low: &T, a_high: &T, b_low: &T, b_high: &T) -> Truth {
    if a_high < b_low {
        Some(true)
    } else if a_low >= b_high {
        Some(false)
    } else {
        None
    }
}

/// `A < B` for `Less`, `A > B` for `Greater`; the other two orders are their *not*.
pub fn ordered(wanted: Ordering, a: &Value, b: &Value) -> Truth {
    match (a, b) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        _ if wanted == Ordering::Greater => ordered(Ordering::Less, b, a),
        (Value::Number(a_low, a_high), Value::Number(b_low, b_high)) => less(a_low, a_high, b_low, b_high),
        (Value::Date(a), Value::Date(b)) => less(&a.first, &a.last, &b.first, &b.last),
        // Before a month: before its first day. After a month: after its last.
        (Value::Date(a), Value::Period(b)) => less(&a.first, &a.last, &b.first, &b.first),
        (Value::Period(a), Value::Date(b)) => less(&a.last, &a.last, &b.first, &b.last),
        (Value::Period(a), Value::Period(b)) => Some(a.last < b.first),
        _ => panic!("order of {a:?} and {b:?}"),
    }
}

/// `X between A and B`, both ends in; unknown where an operand is wholly unknown (details 15).
pub fn between(value: &Value, low: &Value, high: &Value) -> Truth {
    if [value, low, high].contains(&&Value::Unknown) {
        return None;
    }
    and(not(ordered(Ordering::Less, value, low)), not(ordered(Ordering::Greater, value, high)))
}

/// `T in S` and `S include T` (details 14, 15, 28).
pub fn contains(set: &Value, term: &Value) -> Truth {
    match (set, term) {
        (Value::Unknown, _) | (_, Value::Unknown) => None,
        (_, Value::NoTerm) => Some(false),
        (Value::Set(set), Value::Term(_, name)) => {
            if set.known.contains(name) {
                Some(true)
            } else if set.unknown > 0 || set.open {
                None
            } else {
                Some(false)
            }
        },
        _ => panic!("{term:?} in {set:?}"),
    }
}

/// `S include any of R` (details 14).
pub fn includes_any(set: &Set, others: &Set) -> Truth {
    let is_empty = |set: &Set| set.known.is_empty() && set.unknown == 0 && !set.open;
    let is_known = |set: &Set| set.unknown == 0 && !set.open;
    if set.known.intersection(&others.known).next().is_some() {
        Some(true)
    } else if is_empty(set) || is_empty(others) || (is_known(set) && is_known(others)) {
        Some(false)
    } else {
        None
    }
}

/// `S include all of R` (details 14).
pub fn includes_all(set: &Set, others: &Set) -> Truth {
    let lacking = others.known.difference(&set.known).count();
    if !set.open && lacking > set.unknown {
        Some(false)
    } else if lacking == 0 && others.unknown == 0 && !others.open {
        Some(true)
    } else {
        None
    }
}

/// How many members a set has, from the fewest to the most (details 14); `terms` is the size of its vocabulary.
pub fn size(set: &Set, terms: usize) -> (usize, usize) {
    let known = set.known.len();
    let fewest = if set.unknown > 0 { known.max(1) } else { known };
    let most = known + set.unknown;
    (fewest, if set.open { most.max(terms) } else { most })
}

/// `S is empty` of sets, lists and texts (details 14).
pub fn is_empty(value: &Value) -> Truth {
    match value {
        Value::Unknown => None,
        Value::Set(set) if !set.known.is_empty() || set.unknown > 0 => Some(false),
        Value::Set(set) if set.open => None,
        Value::Set(_) => Some(true),
        Value::List(elements) => Some(elements.is_empty()),
        Value::Text(text) => Some(text.is_empty()),
        other => panic!("`is empty` of {other:?}"),
    }
}

/// A number from the lowest to the highest of some corners; unknown if an end is beyond the limit (details 8, 16).
pub fn stretch(corners: &[Fraction]) -> Value {
    let (low, high) = (corners.iter().min().expect("a corner"), corners.iter().max().expect("a corner"));
    if low.is_within_limit() && high.is_within_limit() {
        Value::Number(low.clone(), high.clone())
    } else {
        Value::Unknown
    }
}

/// The lower (`Less`) or the higher (`Greater`) of values, end by end; unknown if one is, or if there is none.
pub fn extreme(wanted: Ordering, values: &[Value]) -> Value {
    let better = |a: Value, b: &Value| match (a, b) {
        (Value::Number(a_low, a_high), Value::Number(b_low, b_high)) => {
            Value::Number(choose(wanted, a_low, b_low.clone()), choose(wanted, a_high, b_high.clone()))
        },
        (Value::Date(a), Value::Date(b)) => {
            Value::Date(Days { first: choose(wanted, a.first, b.first), last: choose(wanted, a.last, b.last) })
        },
        _ => Value::Unknown,
    };
    match values.split_first() {
        None => Value::Unknown,
        Some((first, rest)) => rest.iter().fold(first.clone(), better),
    }
}

fn choose<T: Ord>(wanted: Ordering, a: T, b: T) -> T {
    if b.cmp(&a) == wanted { b } else { a }
}
