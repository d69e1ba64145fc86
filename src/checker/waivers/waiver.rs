//! A waiver as data.

use std::sync::Arc;

use crate::value::Day;

/// An official act by which what a directive finds does not count, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The directive as written: a name or a glob of names.
    pub directive: String,
    /// The names of the directives that it speaks of.
    pub directives: Vec<String>,
    /// What it speaks of.
    pub scope: WaiverScope,
    /// Why.
    pub reason: String,
    /// Who issued it.
    pub authority: String,
    /// The number of the document.
    pub document: String,
    /// The first day on which it holds.
    pub issued: Day,
    /// The last day on which it holds.
    pub expires: Day,
    /// The file that it stands in.
    pub file: Arc<str>,
    /// The line on which it begins, from 1.
    pub line: u32,
}

/// What a waiver speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaiverScope {
    /// The proposal with this identifier.
    Proposal(String),
    /// Proposals in files whose path matches this glob.
    Paths(String),
    /// One value of a portfolio directive's `for each`.
    Value(String),
    /// A portfolio directive that has no `for each`.
    Portfolio,
}

impl Waiver {
    /// Whether it holds on a day.
    pub fn is_in_effect(&self, day: Day) -> bool {
        (self.issued..=self.expires).contains(&day)
    }
}
