//! Sets of terms.

use std::collections::BTreeMap;

use super::{Around, Encoder, FieldKind, Kleene, Remembered};
use crate::analysis::circuit::Literal;
use crate::rulebook::Constant;
use crate::rulebook::expression::{Expression, Place, SetExpression, SetKind};

/// A set of which some members are known (details 14).
#[derive(Debug, Clone)]
pub(super) struct SetValue {
    /// Whether nothing at all is known of it.
    pub unknown: Literal,
    /// Whether each term is a known member; terms that never are are left out.
    pub known: BTreeMap<u16, Literal>,
    /// Whether it has at least one, two, … unknown members.
    pub unknown_members: Vec<Literal>,
    /// Whether it may hold any further term.
    pub anything: Literal,
}

impl Encoder<'_> {
    fn set_of(&self, known: BTreeMap<u16, Literal>, unknown: Literal) -> SetValue {
        SetValue { unknown, known, unknown_members: Vec::new(), anything: self.circuit.constant(false) }
    }

    pub(super) fn set(&mut self, set: &SetExpression, around: &Around) -> SetValue {
        let (always, never) = (self.circuit.constant(true), self.circuit.constant(false));
        match &set.kind {
            SetKind::Constant(terms) => self.set_of(terms.iter().map(|term| (term, always)).collect(), never),
            SetKind::Literal(terms) => {
                let mut members: BTreeMap<u16, Vec<Literal>> = BTreeMap::new();
                let mut unknown = Vec::new();
                for term in terms {
                    let value = self.term(term, around);
                    unknown.push(value.unknown);
                    for (term, literal) in value.terms {
                        members.entry(term).or_default().push(literal);
                    }
                }
                let known = members.into_iter().map(|(term, literals)| (term, self.circuit.or(literals))).collect();
                let unknown_members = self.circuit.at_least(&unknown, unknown.len());
                SetValue { unknown_members, ..self.set_of(known, never) }
            },
            SetKind::Field(place) => self.set_field(place, around),
            SetKind::Lookup(relation, argument) => {
                let argument = self.term(argument, around);
                let mut members: BTreeMap<u16, Vec<Literal>> = BTreeMap::new();
                for (term, literal) in &argument.terms {
                    for partner in self.partners(*relation, *term) {
                        members.entry(partner).or_default().push(*literal);
                    }
                }
                let known = members.into_iter().map(|(term, literals)| (term, self.circuit.or(literals))).collect();
                self.set_of(known, argument.unknown)
            },
            SetKind::LookupAll(relation, argument) => {
                let argument = self.set(argument, around);
                let mut members: BTreeMap<u16, Vec<Literal>> = BTreeMap::new();
                for (term, literal) in &argument.known {
                    for partner in self.partners(*relation, *term) {
                        members.entry(partner).or_default().push(*literal);
                    }
                }
                let known = members.into_iter().map(|(term, literals)| (term, self.circuit.or(literals))).collect();
                let complete = self.complete(&argument);
                SetValue { anything: !complete, ..self.set_of(known, argument.unknown) }
            },
            SetKind::Definition(id) => {
                let key = (id.0, around.proposal);
                if let Some(Remembered::Set(known)) = self.memory.get(&key) {
                    return known.clone();
                }
                let Some(Expression::Set(set)) = self.definition(*id).map(|one| &one.value) else {
                    return self.set_of(BTreeMap::new(), always);
                };
                let value = self.set(set, &Around::proposal(around.proposal));
                self.memory.insert(key, Remembered::Set(value.clone()));
                value
            },
        }
    }

    fn set_field(&mut self, place: &Place, around: &Around) -> SetValue {
        let always = self.circuit.constant(true);
        let Some(field) = self.field(place, around) else { return self.set_of(BTreeMap::new(), always) };
        let FieldKind::Set(terms) = &field.kind else { return self.set_of(BTreeMap::new(), always) };
        let mut known: BTreeMap<u16, Literal> = (0_u16..).zip(terms.iter().copied()).collect();
        let mut unknown = !field.present;
        if let Some((Constant::Set(constant), stands)) = self.otherwise(place, around) {
            for term in constant.iter() {
                let before = known.get(&term).copied().unwrap_or(self.circuit.constant(false));
                known.insert(term, self.circuit.or([before, stands]));
            }
            unknown = self.circuit.and([unknown, !stands]);
        }
        self.set_of(known, unknown)
    }

    /// Whether all members are known.
    pub(super) fn complete(&mut self, set: &SetValue) -> Literal {
        let unknown = set.unknown_members.first().copied();
        self.circuit.and([!set.anything].into_iter().chain(unknown.map(|unknown| !unknown)))
    }

    fn no_known(&mut self, set: &SetValue) -> Literal {
        self.circuit.and(set.known.values().map(|member| !*member))
    }

    /// `S is empty`
    pub(super) fn set_empty(&mut self, set: &SetValue) -> Kleene {
        let (complete, none) = (self.complete(set), self.no_known(set));
        let yes = self.circuit.and([complete, none]);
        let some_unknown = set.unknown_members.first().copied().unwrap_or(self.circuit.constant(false));
        let unknown_only = self.circuit.and([!set.anything, some_unknown]);
        let no = self.circuit.or([!none, unknown_only]);
        self.unless_unknown(&[set.unknown], Kleene { yes, no })
    }

    /// `S include any of R`
    pub(super) fn include_any(&mut self, a: &SetValue, b: &SetValue) -> Kleene {
        let mut pairs = Vec::new();
        for (term, member) in &a.known {
            if let Some(other) = b.known.get(term) {
                pairs.push(self.circuit.and([*member, *other]));
            }
        }
        let yes = self.circuit.or(pairs);
        let (complete_a, complete_b) = (self.complete(a), self.complete(b));
        let (none_a, none_b) = (self.no_known(a), self.no_known(b));
        let decided = [
            self.circuit.and([complete_a, complete_b]),
            self.circuit.and([complete_a, none_a]),
            self.circuit.and([complete_b, none_b]),
        ];
        let decided = self.circuit.or(decided);
        let value = Kleene { yes, no: self.circuit.and([!yes, decided]) };
        self.unless_unknown(&[a.unknown, b.unknown], value)
    }

    /// `S include all of R`
    pub(super) fn include_all(&mut self, a: &SetValue, b: &SetValue) -> Kleene {
        let never = self.circuit.constant(false);
        let mut lacking = Vec::new();
        for (term, member) in &b.known {
            let own = a.known.get(term).copied().unwrap_or(never);
            lacking.push(self.circuit.and([*member, !own]));
        }
        let none = self.circuit.and(lacking.iter().map(|one| !*one));
        let (complete_a, complete_b) = (self.complete(a), self.complete(b));
        let mut too_many = vec![self.circuit.and([complete_a, !none])];
        let lacks = self.circuit.at_least(&lacking, a.unknown_members.len() + 1);
        for (index, enough) in a.unknown_members.iter().enumerate() {
            let more = a.unknown_members.get(index + 1).copied().unwrap_or(never);
            let more_lacking = lacks.get(index + 1).copied().unwrap_or(never);
            too_many.push(self.circuit.and([!a.anything, *enough, !more, more_lacking]));
        }
        let value = Kleene { yes: self.circuit.and([none, complete_b]), no: self.circuit.or(too_many) };
        self.unless_unknown(&[a.unknown, b.unknown], value)
    }
}
