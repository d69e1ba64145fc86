//! Expressions as written (section 3 of the language page).

use super::{DateLiteral, Name, Text};
use crate::text::Span;
use crate::value::Number;

/// An expression with its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// The whole expression; parentheses around it not included.
    pub span: Span,
    /// Whether it stands in parentheses of its own.
    pub parenthesised: bool,
}

/// The forms of section 3 of the language page.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// `if A then B`
    Implies(Box<Expression>, Box<Expression>),
    /// `A or B`
    Or(Box<Expression>, Box<Expression>),
    /// `A and B`
    And(Box<Expression>, Box<Expression>),
    /// `not A`
    Not(Box<Expression>),
    /// `some x in LIST [where C] satisfies E`
    Quantified(Quantified),
    /// `A is B`, `A < B`, …
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `X between A and B`
    Between(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `T in S`, `T not in S`
    In {
        /// `not in`
        negated: bool,
        /// The term.
        term: Box<Expression>,
        /// The set.
        set: Box<Expression>,
    },
    /// `S include …`
    Include(Inclusion, Box<Expression>, Box<Expression>),
    /// `X is present` (true) or `X is missing` (false)
    Present(bool, Box<Expression>),
    /// `S is empty` (true) or `S is not empty` (false)
    Empty(bool, Box<Expression>),
    /// `X matches "regex"`
    Matches(Box<Expression>, Text),
    /// `X starts with Y`, `ends with`, `contains`
    TextTest(TextTest, Box<Expression>, Box<Expression>),
    /// `A + B` and so on; the span is that of the operator
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>, Span),
    /// `-A`
    Negate(Box<Expression>),
    /// `P of Q`: the percentage and what it is taken of; the span is that of the operator
    PercentOf(Number, Box<Expression>, Span),
    /// `R of X`
    Lookup(Name, Box<Expression>),
    /// `count(LIST)`, `sum(E for x in LIST where C)`, …
    Aggregate(Box<Aggregate>),
    /// `min(A, B, …)`, `max(A, B, …)`
    Extreme(AggregateKind, Vec<Expression>),
    /// `years between A and B`
    DateSpan(DateUnit, Box<Expression>, Box<Expression>),
    /// `year of D`
    YearOf(Box<Expression>),
    /// `length of T`
    LengthOf(Box<Expression>),
    /// `characters A to B of T`, from 1
    CharactersOf(u32, u32, Box<Expression>),
    /// `code of T`
    CodeOf(Box<Expression>),
    /// `label of T`
    LabelOf(Box<Expression>),
    /// `{a, b}`
    Set(Vec<Expression>),
    /// `A.b`
    Field(Box<Expression>, Name),
    /// A bare name.
    Name(Name),
    /// `vocabulary:term`
    Qualified(Name, Name),
    /// `12`, `25%` (0.25); `percent` tells how it was written
    Number {
        /// Its value.
        value: Number,
        /// Whether `%` stood after it.
        percent: bool,
    },
    /// `5 亿元`
    Quantity(Number, Name),
    /// `2026-03-01` or `2026-03`
    Date(DateLiteral),
    /// `"…"`
    Text(Text),
    /// `true`, `false`
    Truth(bool),
    /// Could not be read; already reported, and never a cause of another report.
    Error,
}

/// `some|every|no x in LIST [where C] satisfies E`
#[derive(Debug, Clone, PartialEq)]
pub struct Quantified {
    /// Which.
    pub quantifier: Quantifier,
    /// The variable.
    pub variable: Name,
    /// A list, a set, `proposals`, or a group of proposals.
    pub list: Box<Expression>,
    /// `where C`
    pub filter: Option<Box<Expression>>,
    /// `satisfies E`
    pub body: Box<Expression>,
}

/// The quantifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the word")]
pub enum Quantifier {
    Some,
    Every,
    No,
}

/// Comparisons of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator")]
pub enum Comparison {
    Is,
    IsNot,
    IsExactly,
    IsNotExactly,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What `include` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inclusion {
    /// `S include T`
    Term,
    /// `S include any of R`
    Any,
    /// `S include all of R`
    All,
    /// `S include none of R`
    None,
}

/// Tests of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator")]
pub enum TextTest {
    StartsWith,
    EndsWith,
    Contains,
}

/// Arithmetic of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// An aggregate over a list, a set, `proposals`, or a group of proposals.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Which.
    pub kind: AggregateKind,
    /// Where its word stands.
    pub kind_span: Span,
    /// `E for`; `count` has none.
    pub value: Option<Expression>,
    /// `x in`; `count(LIST)` has none.
    pub variable: Option<Name>,
    /// What it runs over.
    pub list: Expression,
    /// `where C`
    pub filter: Option<Expression>,
}

/// The aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the word")]
pub enum AggregateKind {
    Count,
    Sum,
    Min,
    Max,
    Average,
}

/// Units of spans of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the word")]
pub enum DateUnit {
    Years,
    Months,
    Days,
}
