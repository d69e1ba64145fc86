//! Terms, and lookups that give one term.

use std::collections::BTreeMap;

use super::set::SetValue;
use super::{Around, Bound, Encoder, FieldKind, Kleene, Remembered};
use crate::analysis::circuit::Literal;
use crate::rulebook::expression::{Expression, Place, TermExpression, TermKind};
use crate::rulebook::{ColumnId, Constant, DefinitionId, RelationId, TableId};

/// Which term it is; no term where a `single` relation has no fact; unknown otherwise. One of them holds.
#[derive(Debug, Clone)]
pub(super) struct TermValue {
    /// The terms that it may be.
    pub terms: BTreeMap<u16, Literal>,
    pub none: Literal,
    pub unknown: Literal,
}

impl Encoder<'_> {
    fn unknown_term(&self) -> TermValue {
        let (unknown, none) = (self.circuit.constant(true), self.circuit.constant(false));
        TermValue { terms: BTreeMap::new(), none, unknown }
    }

    pub(super) fn term(&mut self, term: &TermExpression, around: &Around) -> TermValue {
        match &term.kind {
            TermKind::Constant(term) => self.known_term(*term),
            TermKind::Field(place) => self.term_field(place, around),
            TermKind::Variable(variable) => match around.bindings.get(usize::from(*variable)) {
                Some(Bound::Term(term)) => self.known_term(*term),
                Some(Bound::Row(row)) => {
                    let table = self.rows.get(*row).map_or(TableId(0), |row| row.table);
                    let place = Place {
                        frame: crate::rulebook::expression::Frame::Variable(*variable),
                        table,
                        column: ColumnId(0),
                        span: term.span,
                    };
                    self.term_field(&place, around)
                },
                _ => self.unknown_term(),
            },
            TermKind::Lookup(relation, argument) => {
                let argument = self.term(argument, around);
                self.lookup_single(*relation, &argument)
            },
            TermKind::Definition(id) => self.definition_term(*id, around),
            TermKind::Key => {
                self.is_vague = true;
                self.unknown_term()
            },
        }
    }

    fn known_term(&self, term: u16) -> TermValue {
        let (always, never) = (self.circuit.constant(true), self.circuit.constant(false));
        TermValue { terms: BTreeMap::from([(term, always)]), none: never, unknown: never }
    }

    fn term_field(&mut self, place: &Place, around: &Around) -> TermValue {
        let Some(field) = self.field(place, around) else { return self.unknown_term() };
        let FieldKind::Term(terms) = &field.kind else { return self.unknown_term() };
        let mut value = TermValue {
            terms: (0_u16..).zip(terms.iter().copied()).collect(),
            none: self.circuit.constant(false),
            unknown: !field.present,
        };
        if let Some((Constant::Term(term), stands)) = self.otherwise(place, around) {
            let before = value.terms.get(term).copied().unwrap_or(self.circuit.constant(false));
            value.terms.insert(*term, self.circuit.or([before, stands]));
            value.unknown = self.circuit.and([value.unknown, !stands]);
        }
        value
    }

    /// `R of X` of a `single` relation: no fact gives no term.
    pub(super) fn lookup_single(&mut self, relation: RelationId, argument: &TermValue) -> TermValue {
        let mut found: BTreeMap<u16, Vec<Literal>> = BTreeMap::new();
        let mut none = vec![argument.none];
        for (term, literal) in &argument.terms {
            match self.partners(relation, *term).first() {
                Some(partner) => found.entry(*partner).or_default().push(*literal),
                None => none.push(*literal),
            }
        }
        let terms = found.into_iter().map(|(term, literals)| (term, self.circuit.or(literals))).collect();
        TermValue { terms, none: self.circuit.or(none), unknown: argument.unknown }
    }

    pub(super) fn definition_term(&mut self, id: DefinitionId, around: &Around) -> TermValue {
        let key = (id.0, around.proposal);
        if let Some(Remembered::Term(known)) = self.memory.get(&key) {
            return known.clone();
        }
        let Some(Expression::Term(term)) = self.definition(id).map(|one| &one.value) else {
            return self.unknown_term();
        };
        let value = self.term(term, &Around::proposal(around.proposal));
        self.memory.insert(key, Remembered::Term(value.clone()));
        value
    }

    /// `A is B` of terms; no term is equal to nothing.
    pub(super) fn term_is(&mut self, a: &TermValue, b: &TermValue) -> Kleene {
        let mut pairs = Vec::new();
        for (term, literal) in &a.terms {
            if let Some(other) = b.terms.get(term) {
                pairs.push(self.circuit.and([*literal, *other]));
            }
        }
        let same = self.circuit.or(pairs);
        let value = self.known(same);
        self.unless_unknown(&[a.unknown, b.unknown], value)
    }

    /// `T in S`
    pub(super) fn term_in(&mut self, term: &TermValue, set: &SetValue) -> Kleene {
        let mut pairs = Vec::new();
        for (term, literal) in &term.terms {
            if let Some(member) = set.known.get(term) {
                pairs.push(self.circuit.and([*literal, *member]));
            }
        }
        let yes = self.circuit.or(pairs);
        let complete = self.complete(set);
        let decided = self.circuit.or([complete, term.none]);
        let value = Kleene { yes, no: self.circuit.and([!yes, decided]) };
        self.unless_unknown(&[term.unknown, set.unknown], value)
    }
}
