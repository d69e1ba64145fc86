//! An expression whose sort was found, before it is known what is asked of it.

use crate::rulebook::build::names::Names;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, NumberExpression, NumberKind, Place, SetExpression,
    SetKind, TermExpression, TermKind, TextExpression, TextKind,
};
use crate::rulebook::{DefinitionId, TableId, VocabularyId};
use crate::text::Span;

/// A typed expression, or something that is none by itself.
#[derive(Debug, Clone)]
pub(super) enum Typed {
    Condition(Condition),
    Number(NumberExpression),
    Date(DateExpression),
    Text(TextExpression),
    Term(TermExpression),
    Set(SetExpression),
    /// A list column and the table of its elements.
    List(Place, TableId),
    /// A record column.
    Record(Place),
    /// A variable bound to a record of a list.
    Row(u8, TableId, Span),
    /// A proposal of a portfolio.
    Proposal(Span),
    /// A group of proposals.
    Group(Span),
}

impl Typed {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Condition(one) => one.span,
            Self::Number(one) => one.span,
            Self::Date(one) => one.span,
            Self::Text(one) => one.span,
            Self::Term(one) => one.span,
            Self::Set(one) => one.span,
            Self::List(place, _) | Self::Record(place) => place.span,
            Self::Row(_, _, span) | Self::Proposal(span) | Self::Group(span) => *span,
        }
    }

    /// What it is, for messages.
    pub(super) fn describe(&self, names: &Names) -> String {
        match self {
            Self::Condition(_) => "a truth value".to_owned(),
            Self::Number(number) => match number.dimension {
                None => "a number".to_owned(),
                Some(dimension) => {
                    let name = names.dimension(dimension).map(|dimension| dimension.name.as_str());
                    format!("a quantity of `{}`", name.unwrap_or_default())
                },
            },
            Self::Date(_) => "a date".to_owned(),
            Self::Text(_) => "a text".to_owned(),
            Self::Term(term) => format!("a term of `{}`", names.vocabulary_name(term.vocabulary)),
            Self::Set(set) => format!("a set of `{}`", names.vocabulary_name(set.vocabulary)),
            Self::List(..) => "a list".to_owned(),
            Self::Record(_) | Self::Row(..) => "a record".to_owned(),
            Self::Proposal(_) => "a proposal".to_owned(),
            Self::Group(_) => "a group of proposals".to_owned(),
        }
    }

    pub(super) fn vocabulary(&self) -> Option<VocabularyId> {
        match self {
            Self::Term(term) => Some(term.vocabulary),
            Self::Set(set) => Some(set.vocabulary),
            _ => None,
        }
    }

    /// The expression, unless it is a list or a record.
    pub(super) fn value(self) -> Result<Expression, Box<Self>> {
        match self {
            Self::Condition(one) => Ok(Expression::Condition(one)),
            Self::Number(one) => Ok(Expression::Number(one)),
            Self::Date(one) => Ok(Expression::Date(one)),
            Self::Text(one) => Ok(Expression::Text(one)),
            Self::Term(one) => Ok(Expression::Term(one)),
            Self::Set(one) => Ok(Expression::Set(one)),
            other => Err(Box::new(other)),
        }
    }
}

impl From<Expression> for Typed {
    fn from(expression: Expression) -> Self {
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

/// The place of a value that is a plain field.
pub(super) fn place_of(typed: &Typed) -> Option<Place> {
    match typed {
        Typed::Condition(Condition { kind: ConditionKind::Field(place), .. })
        | Typed::Number(NumberExpression { kind: NumberKind::Field(place), .. })
        | Typed::Date(DateExpression { kind: DateKind::Field(place), .. })
        | Typed::Text(TextExpression { kind: TextKind::Field(place), .. })
        | Typed::Term(TermExpression { kind: TermKind::Field(place), .. })
        | Typed::Set(SetExpression { kind: SetKind::Field(place), .. })
        | Typed::List(place, _)
        | Typed::Record(place) => Some(*place),
        _ => None,
    }
}

/// A reference to a definition, of the sort of its value.
pub(super) fn reference(id: DefinitionId, value: &Expression, span: Span) -> Typed {
    match value {
        Expression::Condition(_) => Typed::Condition(Condition { kind: ConditionKind::Definition(id), span }),
        Expression::Number(number) => {
            Typed::Number(NumberExpression { kind: NumberKind::Definition(id), dimension: number.dimension, span })
        },
        Expression::Date(_) => Typed::Date(DateExpression { kind: DateKind::Definition(id), span }),
        Expression::Text(_) => Typed::Text(TextExpression { kind: TextKind::Definition(id), span }),
        Expression::Term(term) => {
            Typed::Term(TermExpression { kind: TermKind::Definition(id), vocabulary: term.vocabulary, span })
        },
        Expression::Set(set) => {
            Typed::Set(SetExpression { kind: SetKind::Definition(id), vocabulary: set.vocabulary, span })
        },
    }
}
