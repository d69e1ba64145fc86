//! How a verdict came about: the directive's own words, each with its value and the place that it came from.
//!
//! Nothing here decides anything: every value is that of the ordinary evaluator, asked again for each part.

mod steps;
mod verdict;

pub use verdict::{Exception, Overrider, Trace, trace};

use super::evaluate::Scene;
use super::message::Reader;
use super::record::Extent;
use super::truth::Truth;
use crate::rulebook::RelationId;
use crate::rulebook::expression::Condition;
use crate::text::Span;

/// A part of an expression with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its words in the rules.
    pub words: Span,
    /// Of a member of a list or set: which it is.
    pub member: Option<String>,
    /// What it came to.
    pub value: Value,
    /// Where in the proposal it came from, if it is a field.
    pub origin: Option<Origin>,
    /// The facts that it looked up.
    pub facts: Vec<FactId>,
    /// The group that it names, by number.
    pub group: Option<usize>,
    /// What it is made of, in the order in which it is read; literals are left out.
    pub parts: Vec<Step>,
    /// How many members are not among the parts because there are too many.
    pub omitted: usize,
}

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a condition.
    Truth(Truth),
    /// Of anything else, as people read it.
    Other(String, Knowledge),
    /// Of a member that a `where` leaves out.
    LeftOut,
}

/// How much is known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// All of it.
    Whole,
    /// Something: an interval, a month, a set with unknown members.
    Partial,
    /// Nothing.
    Nothing,
}

/// A place in a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its JSON pointer.
    pub pointer: String,
    /// Its bytes, from the proposal's start; of a missing field those of the opening brace around it.
    pub extent: Extent,
    /// Whether and how it is there.
    pub presence: Presence,
}

/// Whether a field is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    Stated,
    /// It is not, and unknown.
    Missing,
    /// It is not, and its declaration says what it is then.
    Otherwise,
    /// It is there, but not as declared, and so unknown.
    Unreadable,
}

impl Presence {
    /// The word that machine-readable reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Missing => "missing",
            Self::Otherwise => "otherwise",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A fact: its relation, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactId {
    /// The relation.
    pub relation: RelationId,
    /// The place in [`Relation::facts`](crate::rulebook::Relation::facts).
    pub number: usize,
}

/// How a condition of a portfolio directive came to its value; the scene holds its aggregates.
pub fn trace_condition<'a>(scene: &mut Scene<'a>, condition: &'a Condition, reader: Reader) -> Step {
    steps::Tracer::new(scene, reader).condition(condition)
}
