//! The facts that a directive looks up for a proposal, so that a finding can show the passages behind them.

use std::collections::BTreeSet;

use super::evaluate::Scene;
use super::value::TermValue;
use crate::rulebook::expression::{
    Condition, ConditionKind, Expression, Over, SetExpression, SetKind, Subject, TermExpression, TermKind,
};
use crate::rulebook::{DefinitionId, Fact, RelationId};
use crate::value::TermSet;

/// The facts behind every `R of X` in the conditions whose `X` is known, in order and each once.
pub fn facts_looked_up<'a>(
    scene: &mut Scene<'a>,
    conditions: impl IntoIterator<Item = &'a Condition>,
) -> Vec<&'a Fact> {
    let mut search = Search { scene, facts: Vec::new(), seen: BTreeSet::new() };
    conditions.into_iter().for_each(|condition| search.condition(condition));
    search.facts
}

struct Search<'s, 'a> {
    scene: &'s mut Scene<'a>,
    facts: Vec<&'a Fact>,
    /// Definitions that were looked into.
    seen: BTreeSet<DefinitionId>,
}

impl<'a> Search<'_, 'a> {
    fn condition(&mut self, condition: &'a Condition) {
        match &condition.kind {
            ConditionKind::Implies(a, b) | ConditionKind::BooleanIs(_, a, b) => {
                self.condition(a);
                self.condition(b);
            },
            ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().for_each(|part| self.condition(part)),
            ConditionKind::Not(part) => self.condition(part),
            ConditionKind::Quantified(_, iteration, _) => {
                if let Over::Set(set) = &iteration.over {
                    self.set(set);
                }
            },
            ConditionKind::TermIs(_, a, b) => {
                self.term(a);
                self.term(b);
            },
            ConditionKind::TermIn(_, term, set) => {
                self.term(term);
                self.set(set);
            },
            ConditionKind::SetIs(_, a, b)
            | ConditionKind::IncludeAny(a, b)
            | ConditionKind::IncludeAll(a, b)
            | ConditionKind::IncludeNone(a, b) => {
                self.set(a);
                self.set(b);
            },
            ConditionKind::SetEmpty(_, set) => self.set(set),
            ConditionKind::Present(_, Subject::Lookup(relation, term)) => self.lookup(*relation, term),
            ConditionKind::Definition(id) => self.definition(*id),
            _ => {},
        }
    }

    fn set(&mut self, set: &'a SetExpression) {
        match &set.kind {
            SetKind::Lookup(relation, term) => self.lookup(*relation, term),
            SetKind::LookupAll(relation, set) => {
                self.set(set);
                if let Some(set) = self.scene.set(set) {
                    self.add(*relation, &set.known);
                }
            },
            SetKind::Literal(terms) => terms.iter().for_each(|term| self.term(term)),
            SetKind::Definition(id) => self.definition(*id),
            SetKind::Constant(_) | SetKind::Field(_) => {},
        }
    }

    fn term(&mut self, term: &'a TermExpression) {
        match &term.kind {
            TermKind::Lookup(relation, argument) => self.lookup(*relation, argument),
            TermKind::Definition(id) => self.definition(*id),
            _ => {},
        }
    }

    fn definition(&mut self, id: DefinitionId) {
        if !self.seen.insert(id) {
            return;
        }
        match self.scene.book.definitions.get(usize::from(id.0)).map(|definition| &definition.value) {
            Some(Expression::Condition(condition)) => self.condition(condition),
            Some(Expression::Set(set)) => self.set(set),
            Some(Expression::Term(term)) => self.term(term),
            _ => {},
        }
    }

    fn lookup(&mut self, relation: RelationId, argument: &'a TermExpression) {
        self.term(argument);
        if let TermValue::Term(term) = self.scene.term(argument) {
            self.add(relation, &std::iter::once(term).collect());
        }
    }

    fn add(&mut self, relation: RelationId, subjects: &TermSet) {
        let Some(relation) = self.scene.book.relations.get(usize::from(relation.0)) else { return };
        for fact in relation.facts.iter().filter(|fact| fact.subjects.meets(subjects)) {
            if !self.facts.iter().any(|known| std::ptr::eq(*known, fact)) {
                self.facts.push(fact);
            }
        }
    }
}
