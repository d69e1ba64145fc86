//! The facts that a directive looks up for a proposal, so that a finding can show the passages behind them.

use std::collections::BTreeSet;

use super::evaluate::Scene;
use super::value::TermValue;
use crate::rulebook::expression::{
    Condition, ConditionKind, Over, SetExpression, SetKind, Subject, TermExpression, TermKind,
};
use crate::rulebook::parts::{Node, Part};
use crate::rulebook::{DefinitionId, Fact, RelationId};
use crate::value::TermSet;

/// The facts behind every `R of X` in the conditions whose `X` is known, in order and each once.
pub fn facts_looked_up<'a>(
    scene: &mut Scene<'a>,
    conditions: impl IntoIterator<Item = &'a Condition>,
) -> Vec<&'a Fact> {
    let mut search = Search { scene, facts: Vec::new(), seen: BTreeSet::new() };
    conditions.into_iter().for_each(|condition| search.look(Node::Condition(condition)));
    search.facts
}

struct Search<'s, 'a> {
    scene: &'s mut Scene<'a>,
    facts: Vec<&'a Fact>,
    /// Definitions that were looked into.
    seen: BTreeSet<DefinitionId>,
}

impl<'a> Search<'_, 'a> {
    /// Looks into an expression; within the members of a list or set, what hangs on the member is not known.
    fn look(&mut self, node: Node<'a>) {
        for part in node.parts() {
            match part {
                Part::Node(part) => self.look(part),
                Part::Place(_) => {},
                Part::Definition(id) => self.definition(id),
                Part::Members(iteration, value) => {
                    if let Over::Set(set) = &iteration.over {
                        self.look(Node::Set(set));
                    }
                    let filter = iteration.filter.as_ref().map(Node::Condition);
                    filter.into_iter().chain(value).for_each(|node| self.look(node));
                },
            }
        }
        match node {
            Node::Term(TermExpression { kind: TermKind::Lookup(relation, of), .. })
            | Node::Set(SetExpression { kind: SetKind::Lookup(relation, of), .. })
            | Node::Condition(Condition { kind: ConditionKind::Present(_, Subject::Lookup(relation, of)), .. }) => {
                if let TermValue::Term(term) = self.scene.term(of) {
                    self.add(*relation, &std::iter::once(term).collect());
                }
            },
            Node::Set(SetExpression { kind: SetKind::LookupAll(relation, of), .. }) => {
                if let Some(set) = self.scene.set(of) {
                    self.add(*relation, &set.known);
                }
            },
            _ => {},
        }
    }

    fn definition(&mut self, id: DefinitionId) {
        let Some(definition) = self.scene.book.definitions.get(usize::from(id.0)) else { return };
        if self.seen.insert(id) {
            let bindings = std::mem::take(&mut self.scene.bindings);
            self.look(Node::from(&definition.value));
            self.scene.bindings = bindings;
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
