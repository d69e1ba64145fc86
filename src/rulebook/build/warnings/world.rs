//! What is known of the values that a condition speaks of, on one way through it.

use std::collections::BTreeMap;

use crate::rulebook::expression::{Frame, Place};
use crate::rulebook::{ColumnId, TableId};
use crate::value::{Day, Number, TermSet};

/// Something whose value a proposal, an iteration or a group gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A field of the proposal.
    Field(TableId, ColumnId),
    /// A field of the row that a variable is bound to.
    RowField(u8, TableId, ColumnId),
    /// A variable bound to a term.
    Variable(u8),
    /// The key of a group.
    Key,
    /// An aggregate over proposals.
    Aggregate(usize),
}

impl Subject {
    pub(super) fn of(place: Place) -> Self {
        match place.frame {
            Frame::Proposal => Self::Field(place.table, place.column),
            Frame::Variable(level) => Self::RowField(level, place.table, place.column),
        }
    }

    /// Whether its value hangs on the variable of that number.
    fn is_of(self, variable: u8) -> bool {
        matches!(self, Self::RowField(level, ..) | Self::Variable(level) if level == variable)
    }
}

/// A stretch of numbers or days; an end that is left out is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range<T> {
    /// The least value, and whether it is in the stretch.
    pub(super) low: Option<(T, bool)>,
    /// The greatest value, and whether it is in the stretch.
    pub(super) high: Option<(T, bool)>,
}

impl<T> Default for Range<T> {
    fn default() -> Self {
        Self { low: None, high: None }
    }
}

impl<T: Copy + Ord> Range<T> {
    pub(super) fn only(value: T) -> Self {
        Self { low: Some((value, true)), high: Some((value, true)) }
    }

    pub(super) fn within(low: Option<(T, bool)>, high: Option<(T, bool)>) -> Self {
        Self { low, high }
    }

    /// Whether nothing lies in it.
    pub(super) fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some((low, low_in)), Some((high, high_in))) => low > high || low == high && !(low_in && high_in),
            _ => false,
        }
    }

    pub(super) fn meet(&self, other: &Self) -> Self {
        let higher = |a: (T, bool), b: (T, bool)| match a.0.cmp(&b.0) {
            std::cmp::Ordering::Equal => (a.0, a.1 && b.1),
            std::cmp::Ordering::Less => b,
            std::cmp::Ordering::Greater => a,
        };
        let lower = |a: (T, bool), b: (T, bool)| match a.0.cmp(&b.0) {
            std::cmp::Ordering::Equal => (a.0, a.1 && b.1),
            std::cmp::Ordering::Less => a,
            std::cmp::Ordering::Greater => b,
        };
        Self { low: both(self.low, other.low, higher), high: both(self.high, other.high, lower) }
    }
}

fn both<T>(a: Option<T>, b: Option<T>, choose: impl Fn(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (one, other) => one.or(other),
    }
}

/// The terms that a set surely has, and those that it cannot have.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    pub(super) surely: TermSet,
    pub(super) never: TermSet,
}

/// What is known.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    /// The terms that each may be; all where nothing is known.
    pub(super) terms: BTreeMap<Subject, TermSet>,
    pub(super) sets: BTreeMap<Subject, Members>,
    pub(super) numbers: BTreeMap<Subject, Range<Number>>,
    pub(super) days: BTreeMap<Subject, Range<Day>>,
    /// Texts that are known to be one text, folded.
    pub(super) texts: BTreeMap<Subject, String>,
    /// Whether each is there.
    pub(super) presence: BTreeMap<Subject, bool>,
    pub(super) truths: BTreeMap<Subject, bool>,
}

impl World {
    /// Notes a truth; false if the opposite is known.
    pub(super) fn hold(known: &mut BTreeMap<Subject, bool>, subject: Subject, truth: bool) -> bool {
        *known.entry(subject).or_insert(truth) == truth
    }

    /// Forgets what is known of a variable: another iteration binds it anew.
    pub(super) fn forget(&mut self, variable: u8) {
        self.terms.retain(|subject, _| !subject.is_of(variable));
        self.sets.retain(|subject, _| !subject.is_of(variable));
        self.numbers.retain(|subject, _| !subject.is_of(variable));
        self.days.retain(|subject, _| !subject.is_of(variable));
        self.texts.retain(|subject, _| !subject.is_of(variable));
        self.presence.retain(|subject, _| !subject.is_of(variable));
        self.truths.retain(|subject, _| !subject.is_of(variable));
    }
}
