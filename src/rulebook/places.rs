//! Going through expressions in the order of their text, and through the definitions that they name.

use std::collections::BTreeSet;

use super::directive::{ForEach, PortfolioAggregateKind, PortfolioDirective};
use super::expression::{Condition, Frame, NumberExpression, Over, Place};
use super::model::{Definition, DefinitionId};
use super::parts::{Node, Part};
use super::shape::{ColumnId, TableId};

/// The first field of the proposal that a condition reads, through definitions (details 44).
pub(crate) fn first_column(condition: &Condition, definitions: &[Definition]) -> Option<ColumnId> {
    let mut first = First(None);
    Walk { definitions, visitor: &mut first }.condition(condition);
    first.0
}

struct First(Option<ColumnId>);

impl Visitor for First {
    fn place(&mut self, place: &Place) {
        if place.frame == Frame::Proposal && place.table == TableId(0) {
            self.0 = self.0.or(Some(place.column));
        }
    }

    fn goes_on(&self) -> bool {
        self.0.is_none()
    }
}

/// What is told of an expression's parts.
pub(crate) trait Visitor {
    /// A field is read.
    fn place(&mut self, place: &Place);

    /// A condition, before its parts.
    fn condition(&mut self, _condition: &Condition) {}

    /// A number, before its parts.
    fn number(&mut self, _number: &NumberExpression) {}

    /// Whether there is more to look for.
    fn goes_on(&self) -> bool {
        true
    }
}

/// A walk through expressions. A definition is gone through once, however often it is named, so that definitions that
/// double cost no more than their number.
pub(crate) struct Walk<'w, V> {
    /// The definitions of the pack.
    pub definitions: &'w [Definition],
    /// Who is told.
    pub visitor: &'w mut V,
}

impl<V: Visitor> Walk<'_, V> {
    /// Goes through a condition.
    pub fn condition(&mut self, condition: &Condition) {
        self.node(Node::Condition(condition), &mut BTreeSet::new());
    }

    /// Goes through all that a portfolio directive reads: its conditions, its aggregates, and the keys of its groups.
    pub fn portfolio(&mut self, directive: &PortfolioDirective) {
        directive.conditions().for_each(|condition| self.condition(condition));
        for aggregate in &directive.aggregates {
            let of = match &aggregate.kind {
                PortfolioAggregateKind::Count => None,
                PortfolioAggregateKind::Number(_, number) => Some(Node::Number(number)),
                PortfolioAggregateKind::Date(_, date) => Some(Node::Date(date)),
                PortfolioAggregateKind::Quantified(_, condition) => Some(Node::Condition(condition)),
            };
            let filter = aggregate.filter.as_ref().map(Node::Condition);
            filter.into_iter().chain(of).for_each(|node| self.node(node, &mut BTreeSet::new()));
        }
        if let ForEach::Group(keys) = &directive.for_each {
            keys.iter().for_each(|key| self.node(Node::from(&key.value), &mut BTreeSet::new()));
        }
    }

    fn node(&mut self, node: Node<'_>, seen: &mut BTreeSet<DefinitionId>) {
        if !self.visitor.goes_on() {
            return;
        }
        match node {
            Node::Condition(condition) => self.visitor.condition(condition),
            Node::Number(number) => self.visitor.number(number),
            Node::Date(_) | Node::Text(_) | Node::Term(_) | Node::Set(_) => {},
        }
        for part in node.parts() {
            match part {
                Part::Node(node) => self.node(node, seen),
                Part::Place(place) => self.place(place),
                Part::Definition(id) if seen.insert(id) => {
                    if let Some(definition) = self.definitions.get(usize::from(id.0)) {
                        self.node(Node::from(&definition.value), seen);
                    }
                },
                Part::Definition(_) => {},
                Part::Members(iteration, body) => {
                    match &iteration.over {
                        Over::List(place) => self.place(place),
                        Over::Set(set) => self.node(Node::Set(set), seen),
                    }
                    let filter = iteration.filter.as_ref().map(Node::Condition);
                    filter.into_iter().chain(body).for_each(|node| self.node(node, seen));
                },
            }
        }
    }

    fn place(&mut self, place: &Place) {
        if self.visitor.goes_on() {
            self.visitor.place(place);
        }
    }
}
