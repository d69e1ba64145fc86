//! What a typed expression is made of: the one place that goes through the variants for whoever only walks.

use super::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Iteration, NumberExpression, NumberKind, Place,
    SetExpression, SetKind, Subject, TermExpression, TermKind, TextExpression, TextKind,
};
use super::model::DefinitionId;
use crate::text::Span;

/// A typed expression of any sort.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each variant is the sort of that name")]
pub enum Node<'a> {
    Condition(&'a Condition),
    Number(&'a NumberExpression),
    Date(&'a DateExpression),
    Text(&'a TextExpression),
    Term(&'a TermExpression),
    Set(&'a SetExpression),
}

/// A part of an expression.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// An operand.
    Node(Node<'a>),
    /// A field.
    Place(&'a Place),
    /// A definition.
    Definition(DefinitionId),
    /// Members of a list or set, and what is asked or taken of each that is kept; `count` asks nothing further.
    Members(&'a Iteration, Option<Node<'a>>),
}

impl<'a> From<&'a Expression> for Node<'a> {
    fn from(expression: &'a Expression) -> Self {
        match expression {
            Expression::Condition(one) => Self::Condition(one),
            Expression::Number(one) => Self::Number(one),
            Expression::Date(one) => Self::Date(one),
            Expression::Text(one) => Self::Text(one),
            Expression::Term(one) => Self::Term(one),
            Expression::Set(one) => Self::Set(one),
        }
    }
}

impl<'a> Node<'a> {
    /// Where it stands.
    pub fn span(self) -> Span {
        match self {
            Self::Condition(one) => one.span,
            Self::Number(one) => one.span,
            Self::Date(one) => one.span,
            Self::Text(one) => one.span,
            Self::Term(one) => one.span,
            Self::Set(one) => one.span,
        }
    }

    /// Whether it says in the rule what it is: a literal or a term.
    pub fn is_literal(self) -> bool {
        match self {
            Self::Condition(one) => matches!(one.kind, ConditionKind::Truth(_)),
            Self::Number(one) => matches!(one.kind, NumberKind::Constant(..)),
            Self::Date(one) => matches!(one.kind, DateKind::Day(_) | DateKind::Period(_)),
            Self::Text(one) => matches!(one.kind, TextKind::Constant(..)),
            Self::Term(one) => matches!(one.kind, TermKind::Constant(_)),
            Self::Set(_) => false,
        }
    }

    /// Its parts, in the order in which they are read.
    pub fn parts(self) -> Vec<Part<'a>> {
        match self {
            Self::Condition(one) => condition(&one.kind),
            Self::Number(one) => number(&one.kind),
            Self::Date(one) => date(&one.kind),
            Self::Text(one) => text(&one.kind),
            Self::Term(one) => term(&one.kind),
            Self::Set(one) => set(&one.kind),
        }
    }
}

impl<'a> From<&'a Condition> for Part<'a> {
    fn from(one: &'a Condition) -> Self {
        Self::Node(Node::Condition(one))
    }
}

impl<'a> From<&'a NumberExpression> for Part<'a> {
    fn from(one: &'a NumberExpression) -> Self {
        Self::Node(Node::Number(one))
    }
}

impl<'a> From<&'a DateExpression> for Part<'a> {
    fn from(one: &'a DateExpression) -> Self {
        Self::Node(Node::Date(one))
    }
}

impl<'a> From<&'a TextExpression> for Part<'a> {
    fn from(one: &'a TextExpression) -> Self {
        Self::Node(Node::Text(one))
    }
}

impl<'a> From<&'a TermExpression> for Part<'a> {
    fn from(one: &'a TermExpression) -> Self {
        Self::Node(Node::Term(one))
    }
}

impl<'a> From<&'a SetExpression> for Part<'a> {
    fn from(one: &'a SetExpression) -> Self {
        Self::Node(Node::Set(one))
    }
}

fn condition(kind: &ConditionKind) -> Vec<Part<'_>> {
    match kind {
        ConditionKind::Implies(a, b) | ConditionKind::BooleanIs(_, a, b) => vec![a.as_ref().into(), b.as_ref().into()],
        ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().map(Part::from).collect(),
        ConditionKind::Not(part) => vec![part.as_ref().into()],
        ConditionKind::Quantified(_, iteration, body) => {
            vec![Part::Members(iteration, Some(Node::Condition(body)))]
        },
        ConditionKind::Numbers(_, a, b) => vec![a.into(), b.into()],
        ConditionKind::NumberBetween(operands) => operands.iter().map(Part::from).collect(),
        ConditionKind::Dates(_, a, b) => vec![a.into(), b.into()],
        ConditionKind::DateBetween(operands) => operands.iter().map(Part::from).collect(),
        ConditionKind::TextIs(_, a, b) | ConditionKind::TextIsExactly(_, a, b) | ConditionKind::TextTest(_, a, b) => {
            vec![a.into(), b.into()]
        },
        ConditionKind::Matches(text, _) | ConditionKind::TextEmpty(_, text) => vec![text.into()],
        ConditionKind::TermIs(_, a, b) => vec![a.into(), b.into()],
        // `T in S` and `S include T` are one kind; their spans tell which was written first.
        ConditionKind::TermIn(_, term, set) if term.span.start <= set.span.start => vec![term.into(), set.into()],
        ConditionKind::TermIn(_, term, set) => vec![set.into(), term.into()],
        ConditionKind::SetIs(_, a, b)
        | ConditionKind::IncludeAny(a, b)
        | ConditionKind::IncludeAll(a, b)
        | ConditionKind::IncludeNone(a, b) => vec![a.into(), b.into()],
        ConditionKind::SetEmpty(_, set) => vec![set.into()],
        ConditionKind::ListEmpty(_, place)
        | ConditionKind::Field(place)
        | ConditionKind::Present(_, Subject::Place(place)) => vec![Part::Place(place)],
        ConditionKind::Present(_, Subject::Lookup(_, term)) => vec![term.as_ref().into()],
        ConditionKind::Present(_, Subject::Definition(id)) | ConditionKind::Definition(id) => {
            vec![Part::Definition(*id)]
        },
        ConditionKind::Present(_, Subject::Variable(_) | Subject::Key)
        | ConditionKind::Truth(_)
        | ConditionKind::Portfolio(_)
        | ConditionKind::Key => Vec::new(),
    }
}

fn number(kind: &NumberKind) -> Vec<Part<'_>> {
    match kind {
        NumberKind::Field(place) => vec![Part::Place(place)],
        NumberKind::Arithmetic(_, a, b, _) => vec![a.as_ref().into(), b.as_ref().into()],
        NumberKind::Negate(of) | NumberKind::PercentOf(_, of, _) => vec![of.as_ref().into()],
        NumberKind::Count(iteration) => vec![Part::Members(iteration, None)],
        NumberKind::Aggregate(_, iteration, value) => vec![Part::Members(iteration, Some(Node::Number(value)))],
        NumberKind::Extreme(_, numbers) => numbers.iter().map(Part::from).collect(),
        NumberKind::DateSpan(_, from, to) => vec![from.as_ref().into(), to.as_ref().into()],
        NumberKind::YearOf(date) => vec![date.as_ref().into()],
        NumberKind::LengthOf(text) => vec![text.as_ref().into()],
        NumberKind::Definition(id) => vec![Part::Definition(*id)],
        NumberKind::Constant(..) | NumberKind::Portfolio(_) | NumberKind::Key => Vec::new(),
    }
}

fn date(kind: &DateKind) -> Vec<Part<'_>> {
    match kind {
        DateKind::Field(place) => vec![Part::Place(place)],
        DateKind::Aggregate(_, iteration, value) => vec![Part::Members(iteration, Some(Node::Date(value)))],
        DateKind::Extreme(_, dates) => dates.iter().map(Part::from).collect(),
        DateKind::Definition(id) => vec![Part::Definition(*id)],
        DateKind::Day(_) | DateKind::Period(_) | DateKind::Portfolio(_) | DateKind::Key => Vec::new(),
    }
}

fn text(kind: &TextKind) -> Vec<Part<'_>> {
    match kind {
        TextKind::Field(place) => vec![Part::Place(place)],
        TextKind::CharactersOf(_, _, of) => vec![of.as_ref().into()],
        TextKind::CodeOf(term) | TextKind::LabelOf(term) => vec![term.as_ref().into()],
        TextKind::Definition(id) => vec![Part::Definition(*id)],
        TextKind::Constant(..) | TextKind::Key => Vec::new(),
    }
}

fn term(kind: &TermKind) -> Vec<Part<'_>> {
    match kind {
        TermKind::Field(place) => vec![Part::Place(place)],
        TermKind::Lookup(_, argument) => vec![argument.as_ref().into()],
        TermKind::Definition(id) => vec![Part::Definition(*id)],
        TermKind::Constant(_) | TermKind::Variable(_) | TermKind::Key => Vec::new(),
    }
}

fn set(kind: &SetKind) -> Vec<Part<'_>> {
    match kind {
        SetKind::Field(place) => vec![Part::Place(place)],
        SetKind::Literal(terms) => terms.iter().map(Part::from).collect(),
        SetKind::Lookup(_, term) => vec![term.as_ref().into()],
        SetKind::LookupAll(_, set) => vec![set.as_ref().into()],
        SetKind::Definition(id) => vec![Part::Definition(*id)],
        SetKind::Constant(_) => Vec::new(),
    }
}
