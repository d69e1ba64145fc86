//! What bare names mean where an expression stands.

use std::collections::BTreeMap;

use crate::rulebook::expression::{Expression, Place};
use crate::rulebook::{ColumnId, DefinitionId, PortfolioAggregate, TableId, VocabularyId};
use crate::text::Span;

/// Whose fields a bare name may be.
#[derive(Debug, Clone)]
pub(super) enum Bare {
    /// The proposal's.
    Proposal,
    /// Those of the record around, then of the records around that (details 17): the rows by number of their
    /// variable, outermost first, and the record column of the innermost row.
    Rows(Vec<TableId>, Option<ColumnId>),
    /// Nobody's: in a portfolio directive.
    Nobody,
}

/// A variable.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub name: String,
    pub kind: VariableKind,
    pub span: Span,
}

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VariableKind {
    /// The element of a list, by number.
    Row(u8, TableId),
    /// A term, by number; `true` for the value of `for each`.
    Term(u8, VocabularyId, bool),
    /// A proposal that an aggregate of a portfolio directive looks at.
    Proposal,
    /// A group of proposals.
    Group,
}

/// Where an expression stands.
#[derive(Debug)]
pub(super) struct Scope {
    pub bare: Bare,
    pub variables: Vec<Variable>,
    /// How many numbered variables are bound.
    pub level: u8,
    /// How deep quantifiers and aggregates nest here, and the deepest so far.
    pub nesting: u8,
    pub deepest: u8,
    /// What a portfolio directive gathers.
    pub portfolio: Option<PortfolioScope>,
    /// Variables of a `for each` that is faulty: what they stand for is not known.
    pub faulty: Vec<String>,
}

/// The portfolio side of a scope.
#[derive(Debug, Default)]
pub(super) struct PortfolioScope {
    pub aggregates: Vec<PortfolioAggregate>,
    /// Whether the expression stands within an aggregate over proposals.
    pub inside: bool,
    /// Whether the value of `for each` was read since this was last cleared.
    pub reads_value: bool,
    /// The only key of a group, as an expression for its sort; `None` for several keys.
    pub key: Option<Expression>,
}

impl Scope {
    pub(super) fn new(bare: Bare) -> Self {
        Self { bare, variables: Vec::new(), level: 0, nesting: 0, deepest: 0, portfolio: None, faulty: Vec::new() }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name)
    }
}

/// A definition that was typed.
#[derive(Debug, Clone)]
pub(crate) enum Defined {
    /// It has a value of its own.
    Value(DefinitionId, Expression, u8),
    /// It is a path to a list, a record or a field: read as that path.
    Alias(Place),
    /// It could not be typed; already reported.
    Failed,
}

/// The definitions of a pack by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Definitions {
    pub by_name: BTreeMap<String, (Defined, Span)>,
    pub values: Vec<crate::rulebook::Definition>,
}
