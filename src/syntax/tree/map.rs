//! The tree of a `map` item: where the terms of a vocabulary stand on a schematic map, and what joins them.

use super::{LocalText, Name};
use crate::text::Span;

/// `map of VOCABULARY [TITLE] { ENTRY… }`
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Vocabulary of the stations.
    pub of: Name,
    /// Its title.
    pub title: LocalText,
    /// What stands in the braces, in order.
    pub entries: Vec<MapEntry>,
    /// The whole item.
    pub span: Span,
}

/// One entry of a map.
#[derive(Debug, Clone, PartialEq)]
pub enum MapEntry {
    /// `station TERM at X, Y`
    Station(Station),
    /// `line GROUP [LABEL] through TERM, TERM…`
    Line(MapLine),
    /// `circle GROUP [LABEL]`, `area GROUP [LABEL]`, `mark GROUP [LABEL]`
    Set(MapSet),
}

/// `station TERM at X, Y`
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// The term.
    pub term: Name,
    /// Steps to the right.
    pub x: u32,
    /// Steps down.
    pub y: u32,
    /// `X, Y`
    pub place: Span,
    /// The whole entry.
    pub span: Span,
}

/// `line GROUP [LABEL] through TERM, TERM…`
#[derive(Debug, Clone, PartialEq)]
pub struct MapLine {
    /// The group that the line joins.
    pub group: Name,
    /// What the map calls it, if not by the group's label.
    pub label: LocalText,
    /// Its stations from one end to the other.
    pub through: Vec<Name>,
    /// The whole entry.
    pub span: Span,
}

/// How a map shows a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapSetKind {
    /// `circle`: a border around its stations.
    Circle,
    /// `area`: a ground beneath its stations.
    Area,
    /// `mark`: a sign of their own for its stations.
    Mark,
}

/// `circle GROUP [LABEL]`, `area GROUP [LABEL]`, `mark GROUP [LABEL]`
#[derive(Debug, Clone, PartialEq)]
pub struct MapSet {
    /// How it is shown.
    pub kind: MapSetKind,
    /// The group.
    pub group: Name,
    /// What the map calls it, if not by the group's label.
    pub label: LocalText,
    /// The whole entry.
    pub span: Span,
}
