//! Members of lists and sets: quantifiers, counting and gathering.

use super::{Binding, Scene};
use crate::engine::record::SlotValue;
use crate::engine::truth::Truth;
use crate::engine::value::{Interval, More, TermValue};
use crate::rulebook::Constant;
use crate::rulebook::expression::{Condition, Iteration, Over, Place, SetExpression};
use crate::rulebook::{ColumnId, TableId};
use crate::syntax::tree::Quantifier;
use crate::value::Number;

/// Whether going through the members goes on.
#[derive(PartialEq, Eq)]
enum Walk {
    On,
    Stop,
}

/// How surely a member belongs to what is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Membership {
    /// It is a member, other than all the rest.
    Sure,
    /// It is a member, but may be one of the others again.
    MaybeAgain,
    /// It may not be there at all.
    Maybe,
}

impl<'a> Scene<'a> {
    /// Table, first row and number of rows of a list; `None` if it is unknown.
    pub(in crate::engine) fn rows(&self, list: &Place) -> Option<(TableId, u32, u32)> {
        let crate::rulebook::ColumnKind::List(table) = self.column(list)?.kind else { return None };
        match self.slot(list).value {
            SlotValue::List(first, count) => Some((table, first, count)),
            SlotValue::Otherwise => match self.otherwise(list)? {
                Constant::EmptyList => Some((table, 0, 0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The term of an element of a list of terms.
    pub(super) fn element_term(&self, table: TableId, row: u32) -> TermValue {
        match self.record.slot(table, row, ColumnId(0)).map(|slot| slot.value) {
            Some(SlotValue::Term(term)) => TermValue::Term(term),
            _ => TermValue::Unknown,
        }
    }

    /// Calls `visit` for each member with its variable bound, until it stops. `None` if the list or set is unknown.
    fn members(
        &mut self,
        iteration: &'a Iteration,
        mut visit: impl FnMut(&mut Self, Membership) -> Walk,
    ) -> Option<()> {
        match &iteration.over {
            Over::List(list) => {
                let (table, first, count) = self.rows(list)?;
                for row in first..first + count {
                    let binding = Binding::Row(table, row);
                    if self.bound(iteration.variable, binding, |scene| visit(scene, Membership::Sure)) == Walk::Stop {
                        break;
                    }
                }
                Some(())
            },
            Over::Set(set) => self.set_members(set, iteration.variable, visit),
        }
    }

    fn set_members(
        &mut self,
        set: &'a SetExpression,
        variable: u8,
        mut visit: impl FnMut(&mut Self, Membership) -> Walk,
    ) -> Option<()> {
        let set = self.set(set)?;
        for term in set.known.iter() {
            if self.bound(variable, Binding::Term(term), |scene| visit(scene, Membership::Sure)) == Walk::Stop {
                return Some(());
            }
        }
        let (count, membership) = match set.more {
            More::Nothing => return Some(()),
            More::Spellings(count) => (count, Membership::MaybeAgain),
            More::Anything => (1, Membership::Maybe),
        };
        for _ in 0..count {
            if self.bound(variable, Binding::UnknownTerm, |scene| visit(scene, membership)) == Walk::Stop {
                break;
            }
        }
        Some(())
    }

    /// Whether the member that is bound is kept by the filter.
    pub(in crate::engine) fn kept(&mut self, iteration: &'a Iteration) -> Truth {
        iteration.filter.as_ref().map_or(Truth::True, |filter| self.condition(filter))
    }

    /// `some`, `every`, `no`: decided as soon as the members that are known decide.
    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        iteration: &'a Iteration,
        body: &'a Condition,
    ) -> Truth {
        // `every` is: no member fails; so all three ask whether some member is a witness.
        let wanted = quantifier != Quantifier::Every;
        let mut found = Truth::False;
        let walked = self.members(iteration, |scene, membership| {
            let kept = scene.kept(iteration);
            if kept != Truth::False {
                let mut witness = kept.and(scene.condition(body).when(wanted));
                if membership == Membership::Maybe {
                    witness = witness.min(Truth::Unknown);
                }
                found = found.or(witness);
            }
            if found == Truth::True { Walk::Stop } else { Walk::On }
        });
        if walked.is_none() {
            return Truth::Unknown;
        }
        found.when(quantifier == Quantifier::Some)
    }

    /// `count(…)`: from the members that are surely kept to those that may be.
    pub(super) fn count(&mut self, iteration: &'a Iteration) -> Option<Interval> {
        let (mut known, mut sure, mut again, mut maybe) = (0_i64, 0_i64, 0_i64, 0_i64);
        let mut is_open = false;
        self.members(iteration, |scene, membership| {
            known += i64::from(membership == Membership::Sure);
            match (scene.kept(iteration), membership) {
                (Truth::False, _) => {},
                (Truth::True, Membership::Sure) => sure += 1,
                (_, Membership::Maybe) => is_open = true,
                (Truth::True, Membership::MaybeAgain) => again += 1,
                (Truth::Unknown, _) => maybe += 1,
            }
            Walk::On
        })?;
        // Of a whole set, a spelling that is not known may be a term that is there already (details 14).
        let low = if again > 0 && iteration.filter.is_none() { sure.max(1) } else { sure + again };
        let further = if is_open { self.set_size(iteration) - known } else { 0 };
        Some(Interval { low: Number::whole(low), high: Number::whole(sure + again + maybe + further) })
    }

    /// How many terms the vocabulary of a set has.
    fn set_size(&self, iteration: &Iteration) -> i64 {
        let Over::Set(set) = &iteration.over else { return 0 };
        let vocabulary = self.book.vocabularies.get(usize::from(set.vocabulary.0));
        vocabulary.and_then(|vocabulary| i64::try_from(vocabulary.terms.len()).ok()).unwrap_or(i64::MAX)
    }

    /// Values of all kept members, joined two by two; `None` if there is none, or one of them is unknown.
    pub(super) fn gathered<T>(
        &mut self,
        iteration: &'a Iteration,
        mut value: impl FnMut(&mut Self) -> Option<T>,
        mut join: impl FnMut(T, T) -> T,
    ) -> Option<T> {
        let mut so_far = None;
        self.each_value(iteration, &mut value, |value| {
            so_far = Some(match so_far.take() {
                None => value,
                Some(before) => join(before, value),
            });
        })?;
        so_far
    }

    /// Gives the value of each kept member to `take`; `None` as soon as a member or its value is unknown.
    pub(super) fn each_value<T>(
        &mut self,
        iteration: &'a Iteration,
        value: &mut impl FnMut(&mut Self) -> Option<T>,
        mut take: impl FnMut(T),
    ) -> Option<()> {
        let mut known = true;
        self.members(iteration, |scene, membership| {
            let kept = scene.kept(iteration);
            if kept == Truth::False {
                return Walk::On;
            }
            match value(scene) {
                Some(value) if kept == Truth::True && membership != Membership::Maybe => {
                    take(value);
                    Walk::On
                },
                _ => {
                    known = false;
                    Walk::Stop
                },
            }
        })?;
        known.then_some(())
    }
}
