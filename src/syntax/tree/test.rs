//! Tests as written.

use super::{DateLiteral, Name, Text};
use crate::text::Span;

/// `test "…" { given … expect … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub name: Text,
    /// The proposals.
    pub given: Vec<Given>,
    /// The expected verdicts.
    pub expect: Vec<Expect>,
    /// `as of DATE`
    pub as_of: Option<DateLiteral>,
    /// Whether a part of it could not be read.
    pub broken: bool,
    /// The whole item.
    pub span: Span,
}

/// A proposal of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// JSON in the plan file: the span from its opening brace to its twin.
    Inline(Span),
    /// `given "file.json"`, relative to the pack's folder.
    File(Text),
}

/// `expect DIRECTIVE VERDICT [for X, Y]`
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// The directive.
    pub directive: Name,
    /// The verdict.
    pub verdict: Verdict,
    /// Where the verdict stands.
    pub verdict_span: Span,
    /// The values of a portfolio directive: terms or keys.
    pub values: Vec<ExpectValue>,
    /// The whole clause.
    pub span: Span,
}

/// A value after `for` in an expectation.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectValue {
    /// A term.
    Term(Name),
    /// A key of a group.
    Key(Text),
}

/// What a directive says of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The as-of date is outside its effective dates.
    NotInForce,
    /// Its `when` is false.
    NotApplicable,
    /// An `unless` holds, or a directive that overrides it applies.
    SetAside,
    /// The requirement holds.
    Satisfied,
    /// The requirement is broken.
    Violated,
    /// What the proposal leaves out would decide.
    Undetermined,
}
