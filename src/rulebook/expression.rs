//! Typed expressions: what conditions, requirements and messages mean, with every name resolved.
//!
//! One enum a sort (condition, number, date, text, term, set), so that a well-typed tree is the only one that can be built.
//! Every node keeps its span in the rule file. Frames say whose fields are read: the proposal's, or those of the
//! row or term that a quantifier or an aggregate has bound.

use regex::Regex;

use super::model::{DefinitionId, DimensionId, RelationId, UnitId, VocabularyId};
use super::shape::{ColumnId, TableId};
use crate::syntax::tree::{AggregateKind, Arithmetic, DateUnit, Quantifier, TextTest};
use crate::text::Span;
use crate::value::{Days, Number, TermSet};

/// Whose fields a place speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frame {
    /// The proposal (in a portfolio directive: the proposal that an aggregate looks at).
    Proposal,
    /// The row bound to the variable of that number. Variables are numbered by depth, from 0, outermost first.
    Variable(u8),
}

/// A field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Whose.
    pub frame: Frame,
    /// The table of the row; 0 for the proposal.
    pub table: TableId,
    /// The column.
    pub column: ColumnId,
    /// Where it stands in the rule.
    pub span: Span,
}

/// An expression of any sort, as it stands in a definition or a message.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each variant is the sort of that name")]
pub enum Expression {
    Condition(Condition),
    Number(NumberExpression),
    Date(DateExpression),
    Text(TextExpression),
    Term(TermExpression),
    Set(SetExpression),
}

impl Expression {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Condition(condition) => condition.span,
            Self::Number(number) => number.span,
            Self::Date(date) => date.span,
            Self::Text(text) => text.span,
            Self::Term(term) => term.span,
            Self::Set(set) => set.span,
        }
    }
}

/// Something that is true, false or unknown.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it asks.
    pub kind: ConditionKind,
    /// Where it stands.
    pub span: Span,
}

/// Orders of numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator")]
pub enum Order {
    Is,
    IsNot,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The forms of a condition. Where two operands stand, the left one comes first.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// `true`, `false`
    Truth(bool),
    /// `if A then B`
    Implies(Box<Condition>, Box<Condition>),
    /// `A and B and …`
    And(Vec<Condition>),
    /// `A or B or …`
    Or(Vec<Condition>),
    /// `not A`
    Not(Box<Condition>),
    /// `some x in L where C satisfies E`
    Quantified(Quantifier, Box<Iteration>, Box<Condition>),
    /// Order or equality of numbers or quantities of one dimension.
    Numbers(Order, NumberExpression, NumberExpression),
    /// `X between A and B`; unknown where an operand is wholly unknown.
    NumberBetween(Box<[NumberExpression; 3]>),
    /// Order or equality of dates.
    Dates(Order, DateExpression, DateExpression),
    /// `D between A and B`
    DateBetween(Box<[DateExpression; 3]>),
    /// `A is B` of truth values; `true` for `is`, `false` for `is not`
    BooleanIs(bool, Box<Condition>, Box<Condition>),
    /// `A is B` of texts, folded.
    TextIs(bool, TextExpression, TextExpression),
    /// `A is exactly B`
    TextIsExactly(bool, TextExpression, TextExpression),
    /// `starts with` and so on, folded.
    TextTest(TextTest, TextExpression, TextExpression),
    /// `matches`
    Matches(TextExpression, Regex),
    /// `A is B` of terms.
    TermIs(bool, TermExpression, TermExpression),
    /// `T in S` (true), `T not in S` (false)
    TermIn(bool, TermExpression, SetExpression),
    /// `A is B` of sets.
    SetIs(bool, SetExpression, SetExpression),
    /// `S include any of R`
    IncludeAny(SetExpression, SetExpression),
    /// `S include all of R`
    IncludeAll(SetExpression, SetExpression),
    /// `S include none of R`
    IncludeNone(SetExpression, SetExpression),
    /// `X is present` (true), `X is missing` (false)
    Present(bool, Subject),
    /// `S is empty` (true), `S is not empty` (false)
    SetEmpty(bool, SetExpression),
    /// The same of a list.
    ListEmpty(bool, Place),
    /// The same of a text.
    TextEmpty(bool, TextExpression),
    /// A boolean field.
    Field(Place),
    /// A definition.
    Definition(DefinitionId),
    /// A quantifier over proposals: the number of an aggregate of the portfolio directive.
    Portfolio(usize),
    /// `g.key` of a group by a truth value.
    Key,
}

/// What `is present` asks of.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A field or path.
    Place(Place),
    /// A variable bound to an element of a list of scalars, a row, or a member of a set.
    Variable(u8),
    /// A lookup of a `single` relation.
    Lookup(RelationId, Box<TermExpression>),
    /// A definition that is a lookup of a `single` relation; definitions that are paths are resolved to the path.
    Definition(DefinitionId),
    /// `g.key`
    Key,
}

/// What a quantifier or an aggregate runs over, and which members it keeps.
#[derive(Debug, Clone)]
pub struct Iteration {
    /// A list or a set.
    pub over: Over,
    /// The number of its variable.
    pub variable: u8,
    /// `where C`
    pub filter: Option<Condition>,
}

/// A list or a set.
#[derive(Debug, Clone)]
pub enum Over {
    /// A list column.
    List(Place),
    /// A set.
    Set(SetExpression),
}

/// A number, or a quantity in its dimension's base unit.
#[derive(Debug, Clone)]
pub struct NumberExpression {
    /// What it is.
    pub kind: NumberKind,
    /// Its dimension; `None` for a plain number.
    pub dimension: Option<DimensionId>,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a number.
#[derive(Debug, Clone)]
pub enum NumberKind {
    /// A literal; a quantity in the base unit, with the unit that it was written in.
    Constant(Number, Option<UnitId>),
    /// A number, integer or quantity field.
    Field(Place),
    /// `+ - * /`, with the operator's span
    Arithmetic(Arithmetic, Box<NumberExpression>, Box<NumberExpression>, Span),
    /// `-A`
    Negate(Box<NumberExpression>),
    /// `P of Q`, with the operator's span
    PercentOf(Number, Box<NumberExpression>, Span),
    /// `count(…)`
    Count(Box<Iteration>),
    /// `sum`, `min`, `max`, `average` of the value over the members.
    Aggregate(AggregateKind, Box<Iteration>, Box<NumberExpression>),
    /// `min(A, B, …)`, `max(A, B, …)`
    Extreme(AggregateKind, Vec<NumberExpression>),
    /// `years between A and B`
    DateSpan(DateUnit, Box<DateExpression>, Box<DateExpression>),
    /// `year of D`
    YearOf(Box<DateExpression>),
    /// `length of T`
    LengthOf(Box<TextExpression>),
    /// A definition.
    Definition(DefinitionId),
    /// The number of an aggregate of the portfolio directive.
    Portfolio(usize),
    /// `g.key` of a group by a number.
    Key,
}

/// A date.
#[derive(Debug, Clone)]
pub struct DateExpression {
    /// What it is.
    pub kind: DateKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a date.
#[derive(Debug, Clone)]
pub enum DateKind {
    /// A day written in the rule.
    Day(Days),
    /// A month written in the rule, which is a period; only an operand of a comparison or of `between`.
    Period(Days),
    /// A date field.
    Field(Place),
    /// `min`, `max` of the value over the members.
    Aggregate(AggregateKind, Box<Iteration>, Box<DateExpression>),
    /// `min(A, B, …)`, `max(A, B, …)`
    Extreme(AggregateKind, Vec<DateExpression>),
    /// A definition.
    Definition(DefinitionId),
    /// The number of an aggregate of the portfolio directive.
    Portfolio(usize),
    /// `g.key` of a group by a date.
    Key,
}

/// A text.
#[derive(Debug, Clone)]
pub struct TextExpression {
    /// What it is.
    pub kind: TextKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a text.
#[derive(Debug, Clone)]
pub enum TextKind {
    /// A literal: as written, and folded for lenient comparison.
    Constant(String, String),
    /// A text field.
    Field(Place),
    /// `characters A to B of T`
    CharactersOf(u32, u32, Box<TextExpression>),
    /// `code of T`
    CodeOf(Box<TermExpression>),
    /// `label of T`: in the pack's own language, else the name.
    LabelOf(Box<TermExpression>),
    /// A definition.
    Definition(DefinitionId),
    /// `g.key` of a group by a text, or by several keys.
    Key,
}

/// A term.
#[derive(Debug, Clone)]
pub struct TermExpression {
    /// What it is.
    pub kind: TermKind,
    /// Its vocabulary.
    pub vocabulary: VocabularyId,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a term.
#[derive(Debug, Clone)]
pub enum TermKind {
    /// A term.
    Constant(u16),
    /// A field that holds a term.
    Field(Place),
    /// A member of a set, or the value of a portfolio directive's `for each`.
    Variable(u8),
    /// `R of X` of a `single` relation; may be no term.
    Lookup(RelationId, Box<TermExpression>),
    /// A definition.
    Definition(DefinitionId),
    /// `g.key` of a group by a term.
    Key,
}

/// A set of terms.
#[derive(Debug, Clone)]
pub struct SetExpression {
    /// What it is.
    pub kind: SetKind,
    /// The vocabulary of its terms.
    pub vocabulary: VocabularyId,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a set.
#[derive(Debug, Clone)]
pub enum SetKind {
    /// A group, a vocabulary, or a literal of terms only.
    Constant(TermSet),
    /// `{a, X, …}` with something in it that hangs on the proposal; no term adds nothing.
    Literal(Vec<TermExpression>),
    /// A field that holds a set.
    Field(Place),
    /// `R of X`
    Lookup(RelationId, Box<TermExpression>),
    /// `R of S`: the union.
    LookupAll(RelationId, Box<SetExpression>),
    /// A definition.
    Definition(DefinitionId),
}
