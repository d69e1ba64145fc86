//! The places that a condition reads, in the order of its text.

use std::collections::BTreeSet;

use super::expression::{Condition, Frame, Over, Place};
use super::model::{Definition, DefinitionId};
use super::parts::{Node, Part};
use super::shape::{ColumnId, TableId};

/// The first field of the proposal that a condition reads, through definitions (details 44).
pub(crate) fn first_column(condition: &Condition, definitions: &[Definition]) -> Option<ColumnId> {
    let mut search = Search { definitions, seen: BTreeSet::new() };
    search.node(Node::Condition(condition))
}

struct Search<'d> {
    definitions: &'d [Definition],
    /// Definitions that were gone through: what held nothing once holds nothing again.
    seen: BTreeSet<DefinitionId>,
}

impl Search<'_> {
    fn node(&mut self, node: Node<'_>) -> Option<ColumnId> {
        node.parts().into_iter().find_map(|part| match part {
            Part::Node(node) => self.node(node),
            Part::Place(place) => own_column(place),
            Part::Definition(id) if self.seen.insert(id) => {
                let definition = self.definitions.get(usize::from(id.0))?;
                self.node(Node::from(&definition.value))
            },
            Part::Definition(_) => None,
            Part::Members(iteration, body) => {
                let over = match &iteration.over {
                    Over::List(place) => own_column(place),
                    Over::Set(set) => self.node(Node::Set(set)),
                };
                let filter = iteration.filter.as_ref().map(Node::Condition);
                over.or_else(|| filter.into_iter().chain(body).find_map(|node| self.node(node)))
            },
        })
    }
}

/// The column of a place that is a field of the proposal itself.
fn own_column(place: &Place) -> Option<ColumnId> {
    (place.frame == Frame::Proposal && place.table == TableId(0)).then_some(place.column)
}
