//! The schematic map of a plan: which terms are stations, where they stand, and which groups it shows how.

use super::model::{Texts, VocabularyId};
use super::shape::ColumnId;
pub use crate::syntax::tree::MapSetKind;
use crate::text::Span;
use crate::value::TermSet;

/// The map of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The vocabulary of its stations.
    pub of: VocabularyId,
    /// The field of a proposal that says at which station it belongs.
    pub field: ColumnId,
    /// Its title.
    pub title: Texts,
    /// Its stations, in the order of the vocabulary.
    pub stations: Vec<Station>,
    /// The lines that join them, in order.
    pub lines: Vec<MapLine>,
    /// The groups that it shows, in order; of marks, the first is the foremost.
    pub sets: Vec<MapSet>,
    /// Where it is declared.
    pub span: Span,
}

/// A term on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Station {
    /// The term.
    pub term: u16,
    /// Steps to the right.
    pub x: u32,
    /// Steps down.
    pub y: u32,
}

/// A line of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLine {
    /// The name of the group that it joins.
    pub group: String,
    /// What the map calls it; the group's label if it says nothing else.
    pub label: Texts,
    /// Its stations from one end to the other.
    pub through: Vec<u16>,
}

/// A group that the map shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapSet {
    /// How.
    pub kind: MapSetKind,
    /// The name of the group.
    pub group: String,
    /// What the map calls it; the group's label if it says nothing else.
    pub label: Texts,
    /// Its terms.
    pub terms: TermSet,
}
