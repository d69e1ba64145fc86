//! Citations that no longer stand: what was cited, and what became of it in the source.

use super::model::LanguageId;
use crate::text::{FileId, Span};

/// A cited passage that the source of a language does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPassage {
    /// The language of the source.
    pub language: LanguageId,
    /// The clause's number, if one is cited.
    pub clause: Option<String>,
    /// The cited words; empty where a clause is cited alone.
    pub words: String,
    /// Where it is cited.
    pub span: Span,
    /// The source in which it was looked for, in [`Rulebook::files`](super::Rulebook::files).
    pub source: FileId,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a cited passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The source has no clause of that number; the nearest number, if the source has clauses at all.
    NoClause(Option<String>),
    /// The words stand elsewhere: in that clause, or outside the clauses.
    Moved {
        /// The clause's number.
        clause: Option<String>,
        /// The line on which the words begin, from 1.
        line: u32,
    },
    /// The words were changed.
    Changed {
        /// The line on which the nearest passage begins, from 1.
        line: u32,
        /// From the cited words to those of the source.
        difference: Vec<WordChange>,
    },
    /// Nothing in the source is near.
    Gone,
}

/// Words in a row that were kept, taken out or put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordChange {
    /// They stand in the rule and in the source.
    Kept(String),
    /// They stand in the rule alone.
    Removed(String),
    /// They stand in the source alone.
    Added(String),
}
