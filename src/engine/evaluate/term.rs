//! Terms, and lookups that give one term.

use super::{Binding, Remembered, Scene};
use crate::engine::key::KeyPart;
use crate::engine::record::SlotValue;
use crate::engine::value::TermValue;
use crate::rulebook::expression::{Expression, Place, TermExpression, TermKind};
use crate::rulebook::{Constant, DefinitionId, RelationId};

impl<'a> Scene<'a> {
    /// The term that an expression stands for.
    pub fn term(&mut self, term: &'a TermExpression) -> TermValue {
        match &term.kind {
            TermKind::Constant(term) => TermValue::Term(*term),
            TermKind::Field(place) => self.term_field(place),
            TermKind::Variable(variable) => match self.bindings.get(usize::from(*variable)) {
                Some(Binding::Term(term)) => TermValue::Term(*term),
                Some(Binding::Row(table, row)) => self.element_term(*table, *row),
                _ => TermValue::Unknown,
            },
            TermKind::Lookup(relation, argument) => self.lookup_single(*relation, argument),
            TermKind::Definition(id) => self.definition_term(*id),
            TermKind::Key => match self.key_part() {
                Some(KeyPart::Term(term)) => TermValue::Term(*term),
                Some(KeyPart::Absent) => TermValue::NoTerm,
                _ => TermValue::Unknown,
            },
        }
    }

    fn term_field(&self, place: &Place) -> TermValue {
        match self.slot(place).value {
            SlotValue::Term(term) => TermValue::Term(term),
            SlotValue::Otherwise => match self.otherwise(place) {
                Some(Constant::Term(term)) => TermValue::Term(*term),
                _ => TermValue::Unknown,
            },
            _ => TermValue::Unknown,
        }
    }

    /// `R of X` of a `single` relation: no fact gives no term (details 28).
    pub(super) fn lookup_single(&mut self, relation: RelationId, argument: &'a TermExpression) -> TermValue {
        match self.term(argument) {
            TermValue::Term(term) => {
                let relation = self.book.relations.get(usize::from(relation.0));
                let partners = relation.and_then(|relation| relation.partners.get(usize::from(term)));
                partners.and_then(|partners| partners.iter().next()).map_or(TermValue::NoTerm, TermValue::Term)
            },
            other => other,
        }
    }

    pub(super) fn definition_term(&mut self, id: DefinitionId) -> TermValue {
        let value = self.remembered(id, |scene, value| match value {
            Expression::Term(term) => Some(Remembered::Term(scene.term(term))),
            _ => None,
        });
        match value {
            Some(Remembered::Term(term)) => term,
            _ => TermValue::Unknown,
        }
    }
}
