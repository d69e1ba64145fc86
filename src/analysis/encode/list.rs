//! Members of lists and sets: quantifiers, counting and gathering.
//!
//! Of a list the first rows are laid out. Where it is longer (slack), the further rows may be anything: they may give a
//! quantifier its witness and a count more, and can take nothing back.

use super::number::NumberValue;
use super::{Around, Bound, Encoder, FieldKind, Kleene, Linear};
use crate::analysis::circuit::Literal;
use crate::rulebook::Constant;
use crate::rulebook::expression::{Condition, Iteration, Over, Place, SetExpression};
use crate::syntax::tree::Quantifier;
use crate::value::Number;

/// How surely a member belongs to what is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Membership {
    /// It is a member, other than all the rest.
    Sure,
    /// It is a member, but may be one of the others again.
    MaybeAgain,
    /// It may not be there at all.
    Maybe,
}

/// A member: where it is one, and what the variable stands for.
#[derive(Debug, Clone)]
struct Member {
    exists: Literal,
    around: Around,
    membership: Membership,
}

/// What is gone through.
struct Members {
    unknown: Literal,
    members: Vec<Member>,
    longer: Literal,
}

/// The kept members with the two ends of their values.
pub(super) struct Gathered {
    /// Whether the list is unknown, a member may or may not be kept, or the value of a kept one is unknown.
    pub unknown: Literal,
    pub members: Vec<(Literal, Linear, Linear)>,
    pub longer: Literal,
}

impl Encoder<'_> {
    fn members(&mut self, iteration: &Iteration, around: &Around) -> Members {
        match &iteration.over {
            Over::List(place) => self.rows_of(place, iteration.variable, around),
            Over::Set(set) => self.terms_of(set, iteration.variable, around),
        }
    }

    fn rows_of(&mut self, place: &Place, variable: u8, around: &Around) -> Members {
        let never = self.circuit.constant(false);
        let nothing = Members { unknown: !never, members: Vec::new(), longer: never };
        let Some(field) = self.field(place, around) else { return nothing };
        let FieldKind::List(list) = field.kind else { return nothing };
        let mut unknown = !field.present;
        if let Some((Constant::EmptyList, stands)) = self.otherwise(place, around) {
            unknown = self.circuit.and([unknown, !stands]);
        }
        let rows = list.rows.iter().filter_map(|row| {
            let exists = self.rows.get(*row)?.exists;
            Some(Member { exists, around: around.bound(variable, Bound::Row(*row)), membership: Membership::Sure })
        });
        Members { unknown, members: rows.collect(), longer: list.longer }
    }

    fn terms_of(&mut self, set: &SetExpression, variable: u8, around: &Around) -> Members {
        let set = self.set(set, around);
        let known = set.known.iter().map(|(term, exists)| Member {
            exists: *exists,
            around: around.bound(variable, Bound::Term(*term)),
            membership: Membership::Sure,
        });
        let mut members: Vec<Member> = known.filter(|member| !self.circuit.is_false(member.exists)).collect();
        let unknown = around.bound(variable, Bound::Unknown);
        for exists in &set.unknown_members {
            let exists = self.circuit.and([*exists, !set.anything]);
            members.push(Member { exists, around: unknown.clone(), membership: Membership::MaybeAgain });
        }
        if !self.circuit.is_false(set.anything) {
            members.push(Member { exists: set.anything, around: unknown, membership: Membership::Maybe });
        }
        Members { unknown: set.unknown, members, longer: self.circuit.constant(false) }
    }

    fn kept(&mut self, iteration: &Iteration, around: &Around) -> Kleene {
        match &iteration.filter {
            Some(filter) => self.condition(filter, around),
            None => self.known(self.circuit.constant(true)),
        }
    }

    /// `some`, `every`, `no`: each asks whether some member is a witness.
    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        iteration: &Iteration,
        body: &Condition,
        around: &Around,
    ) -> Kleene {
        let wanted = quantifier != Quantifier::Every;
        let members = self.members(iteration, around);
        let mut witnesses = Vec::with_capacity(members.members.len());
        for member in &members.members {
            let kept = self.kept(iteration, &member.around);
            let holds = self.condition(body, &member.around).when(wanted);
            let mut witness = self.all(&[kept, holds]);
            if member.membership == Membership::Maybe {
                witness.yes = self.circuit.constant(false);
            }
            witnesses.push(Kleene {
                yes: self.circuit.and([member.exists, witness.yes]),
                no: self.circuit.or([!member.exists, witness.no]),
            });
        }
        if !self.circuit.is_false(members.longer) {
            let (holds, fails) = (self.circuit.fresh(), self.circuit.fresh());
            self.circuit.clause(&[!holds, !fails]);
            witnesses.push(Kleene {
                yes: self.circuit.and([members.longer, holds]),
                no: self.circuit.or([!members.longer, fails]),
            });
        }
        let found = self.any(&witnesses).when(quantifier == Quantifier::Some);
        self.unless_unknown(&[members.unknown], found)
    }

    /// `count(…)`: from the members that are surely kept to those that may be.
    pub(super) fn count(&mut self, iteration: &Iteration, around: &Around) -> NumberValue {
        let members = self.members(iteration, around);
        let (mut sure, mut possible, mut again) = (Vec::new(), Vec::new(), Vec::new());
        for member in &members.members {
            let kept = self.kept(iteration, &member.around);
            let (holds, may_hold) =
                (self.circuit.and([member.exists, kept.yes]), self.circuit.and([member.exists, !kept.no]));
            match member.membership {
                Membership::Sure => {
                    sure.push(holds);
                    possible.push(may_hold);
                },
                Membership::MaybeAgain => {
                    again.push(holds);
                    possible.push(may_hold);
                },
                Membership::Maybe => possible.extend(self.further(iteration, &members.members, may_hold)),
            }
        }
        if iteration.filter.is_some() {
            sure.append(&mut again);
        } else if let Some(some) = again.first().copied() {
            // Of a whole set, a spelling that is not known may be a term that is there already (details 14).
            let none = self.circuit.and(sure.iter().map(|one| !*one).collect::<Vec<_>>());
            sure.push(self.circuit.and([none, some]));
        }
        let low = self.counted(&sure);
        let high = if sure == possible { low.clone() } else { self.counted(&possible) };
        self.more_rows(members.longer, NumberValue { unknown: members.unknown, low, high })
    }

    /// Every other term of the vocabulary, where a set may hold anything.
    fn further(&mut self, iteration: &Iteration, members: &[Member], may_hold: Literal) -> Vec<Literal> {
        let Over::Set(set) = &iteration.over else { return Vec::new() };
        let mut further = Vec::new();
        for term in 0..self.vocabulary_size(set.vocabulary) {
            let known = members.iter().find(|member| {
                member.membership == Membership::Sure && member.around.bindings.last() == Some(&Bound::Term(term))
            });
            let is_known = known.map_or(self.circuit.constant(false), |member| member.exists);
            further.push(self.circuit.and([may_hold, !is_known]));
        }
        further
    }

    /// A count with what further rows may add.
    fn more_rows(&mut self, longer: Literal, value: NumberValue) -> NumberValue {
        if self.circuit.is_false(longer) {
            return value;
        }
        let zero = Linear::constant(Number::ZERO);
        let extra = [self.any_number(true), self.any_number(true)];
        for more in &extra {
            let (least, none) = (self.at_most(&zero, more), self.at_most(more, &zero));
            self.circuit.clause(&[least]);
            self.circuit.implies(!longer, none);
        }
        let [low, high] = extra;
        let ordered = self.at_most(&low, &high);
        self.circuit.clause(&[ordered]);
        match value.low.plus(&low).zip(value.high.plus(&high)) {
            Some((low, high)) => NumberValue { unknown: value.unknown, low, high },
            None => self.unknown_number(),
        }
    }

    /// The kept members with their values.
    pub(super) fn gathered(
        &mut self,
        iteration: &Iteration,
        around: &Around,
        mut value: impl FnMut(&mut Self, &Around) -> (Literal, Linear, Linear),
    ) -> Gathered {
        let members = self.members(iteration, around);
        let mut unknown = vec![members.unknown];
        let mut kept_members = Vec::new();
        for member in &members.members {
            let kept = self.kept(iteration, &member.around);
            let (no_value, low, high) = value(self, &member.around);
            let doubtful = match member.membership {
                Membership::Maybe => self.circuit.constant(true),
                _ => self.circuit.or([!kept.yes, no_value]),
            };
            unknown.push(self.circuit.and([member.exists, !kept.no, doubtful]));
            kept_members.push((self.circuit.and([member.exists, kept.yes]), low, high));
        }
        let unknown = self.circuit.or(unknown);
        Gathered { unknown, members: kept_members, longer: members.longer }
    }

    /// `L is empty` of a list.
    pub(super) fn list_empty(&mut self, place: &Place, around: &Around) -> Kleene {
        let members = self.rows_of(place, 0, around);
        let some = self.circuit.or(members.members.iter().map(|member| member.exists));
        let value = !self.known(some);
        self.unless_unknown(&[members.unknown], value)
    }
}
