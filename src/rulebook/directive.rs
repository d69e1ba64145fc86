//! Directives, resolved.

use super::expression::{Condition, DateExpression, Expression, NumberExpression};
use super::model::{Basis, DirectiveId, Grounds, LanguageId, Period, Texts, VocabularyId};
use super::shape::ColumnId;
pub use crate::syntax::tree::{AggregateKind, Modality, Quantifier};
use crate::text::{Sources, Span};
use crate::value::TermSet;

/// What ordinary and portfolio directives share.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its name, which is its diagnostic code.
    pub name: String,
    /// Its earlier names.
    pub formerly: Vec<String>,
    /// Its title.
    pub title: Texts,
    /// What it rests on.
    pub basis: Basis,
    /// Its passages and note.
    pub grounds: Grounds,
    /// Its tags.
    pub tags: Vec<String>,
    /// How strongly it asks.
    pub modality: Modality,
    /// When it is in force: its own dates within the plan's.
    pub effective: Period,
    /// What a finding says; `None` asks for one made from title and requirement.
    pub message: Option<Template>,
    /// What a finding advises.
    pub help: Option<Template>,
    /// The whole item.
    pub span: Span,
}

/// A directive that judges one proposal.
#[derive(Debug, Clone)]
pub struct Directive {
    /// Name, title, basis, message and so on.
    pub heading: Heading,
    /// `when`; left out: always.
    pub when: Option<Condition>,
    /// The requirement as written, before the `not` of `must not`.
    pub requirement: Condition,
    /// `unless … because …`
    pub unless: Vec<Exception>,
    /// The directives that it sets aside.
    pub overrides: Vec<DirectiveId>,
    /// The directives that set it aside.
    pub overridden_by: Vec<DirectiveId>,
    /// The field of the proposal that a finding points to; `None` points to the proposal itself.
    pub at: Option<ColumnId>,
}

impl Directive {
    /// Everything that it asks: `when`, the requirement, and each `unless`.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        conditions(self.when.as_ref(), &self.requirement, &self.unless)
    }
}

fn conditions<'d>(
    when: Option<&'d Condition>,
    requirement: &'d Condition,
    unless: &'d [Exception],
) -> impl Iterator<Item = &'d Condition> {
    when.into_iter().chain([requirement]).chain(unless.iter().map(|exception| &exception.condition))
}

/// `unless E because "…"`
#[derive(Debug, Clone)]
pub struct Exception {
    /// E.
    pub condition: Condition,
    /// The reason.
    pub because: Option<Template>,
}

/// A directive that judges all proposals of a run together.
#[derive(Debug, Clone)]
pub struct PortfolioDirective {
    /// Name, title, basis, message and so on.
    pub heading: Heading,
    /// What it is judged once for.
    pub for_each: ForEach,
    /// `when`, over the value and aggregates.
    pub when: Option<Condition>,
    /// The requirement as written.
    pub requirement: Condition,
    /// `unless … because …`
    pub unless: Vec<Exception>,
    /// Every aggregate and quantifier over proposals in its expressions and texts, by number.
    pub aggregates: Vec<PortfolioAggregate>,
    /// The field of a proposal that a finding on a group points to.
    pub at: Option<ColumnId>,
}

impl PortfolioDirective {
    /// Everything that it asks: `when`, the requirement, and each `unless`.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        conditions(self.when.as_ref(), &self.requirement, &self.unless)
    }
}

/// What a portfolio directive is judged once for.
#[derive(Debug, Clone)]
pub enum ForEach {
    /// Once.
    Nothing,
    /// Each term of a set; the term is variable 0 of all expressions.
    Term(VocabularyId, TermSet),
    /// Each group of proposals that share these keys.
    Group(Vec<KeyExpression>),
}

/// A part of a group's key, read from a proposal.
#[derive(Debug, Clone)]
pub struct KeyExpression {
    /// Its value: text, number, quantity, date, boolean, or term.
    pub value: Expression,
    /// The field or path that it is, if it is one: where that is missing the part is absent.
    pub column: Option<ColumnId>,
}

/// An aggregate or quantifier over proposals. Fields in its expressions are those of the proposal looked at;
/// variable 0 is the value of `for each` where that is a term.
#[derive(Debug, Clone)]
pub struct PortfolioAggregate {
    /// What it gathers.
    pub kind: PortfolioAggregateKind,
    /// `where C`
    pub filter: Option<Condition>,
    /// Whether it runs over the group's members only.
    pub of_group: bool,
    /// Whether it reads the value of `for each`.
    pub reads_value: bool,
    /// Where it stands.
    pub span: Span,
}

/// What an aggregate over proposals gathers.
#[derive(Debug, Clone)]
pub enum PortfolioAggregateKind {
    /// How many.
    Count,
    /// `sum`, `min`, `max`, `average` of a number.
    Number(AggregateKind, NumberExpression),
    /// `min`, `max` of a date.
    Date(AggregateKind, DateExpression),
    /// `some`, `every`, `no`.
    Quantified(Quantifier, Condition),
}

/// A text with holes, in each of the pack's languages, by [`LanguageId`].
#[derive(Debug, Clone, Default)]
pub struct Template(pub Vec<Option<Vec<Piece>>>);

impl Template {
    /// The pieces in that language, else in the first in which it was given.
    pub fn get(&self, language: LanguageId) -> &[Piece] {
        let own = self.0.get(language.0).and_then(Option::as_deref);
        own.or_else(|| self.0.iter().find_map(Option::as_deref)).unwrap_or_default()
    }

    /// The text in every language, its holes as they are written in the pack's files.
    pub fn written(&self, files: &Sources) -> Texts {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(hole) => format!("{{{}}}", files.slice(hole.span())),
        };
        Texts(self.0.iter().map(|pieces| pieces.as_ref().map(|pieces| pieces.iter().map(piece).collect())).collect())
    }
}

/// A piece of a template.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Words.
    Text(String),
    /// `{expr}`
    Hole(Expression),
}
