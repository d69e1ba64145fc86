//! From the tree of an expression to a typed one: names are resolved, every sort is checked, every fault is told once.

mod aggregate;
mod comparison;
mod definition;
mod directive;
mod name;
mod number;
mod overriding;
mod portfolio;
mod scope;
mod template;
mod typed;
mod wording;

pub(crate) use self::definition::definitions;
pub(crate) use self::directive::directives;
use self::scope::{Bare, Scope};
pub(crate) use self::scope::{Defined, Definitions};
use self::typed::Typed;
use super::VocabularyId;
use super::build::names::Names;
use super::expression::{Condition, ConditionKind, SetExpression, SetKind, TermKind};
use super::shape::{ColumnId, TableId};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, ExpressionKind};
use crate::text::Span;
use crate::value::TermSet;

/// How deep quantifiers and aggregates may nest (details 43).
const DEEPEST: u8 = 3;

/// Types expressions in a scope. A fault is reported once and gives `None`, which stays silent from there on.
struct Typer<'n> {
    names: &'n Names,
    definitions: &'n Definitions,
    scope: Scope,
    sink: &'n mut Vec<Diagnostic>,
}

/// The pack around the expressions.
pub(crate) struct Pack<'p> {
    pub(crate) names: &'p Names,
    pub(crate) definitions: &'p Definitions,
    /// The files, for the holes of messages.
    pub(crate) files: &'p crate::text::Sources,
    pub(crate) dialect: &'p crate::syntax::Dialect,
    /// Resolves `basis`, `cites` and `note`.
    pub(crate) grounds: &'p dyn Fn(&[tree::Ground], &mut Vec<Diagnostic>) -> super::Grounds,
}

/// Types the condition of `required when`, which stands in a row of `tables` (outermost list first) and there in
/// the record column `parent`.
pub(crate) fn field_condition(
    names: &Names,
    definitions: &Definitions,
    tables: &[TableId],
    parent: Option<ColumnId>,
    expression: &tree::Expression,
    sink: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    let mut scope = Scope::new(Bare::Rows(tables.to_vec(), parent));
    scope.level = u8::try_from(tables.len()).unwrap_or(u8::MAX);
    Typer { names, definitions, scope, sink }.condition(expression)
}

impl Typer<'_> {
    fn fault(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Reports that something of one sort stands where another is asked for.
    fn mismatch<T>(&mut self, found: &Typed, wanted: &str, help: Option<&str>) -> Option<T> {
        let what = found.describe(self.names);
        let message = format!("{wanted} is asked for here, and this is {what}");
        let mut diagnostic = Diagnostic::error("rules/type-mismatch", found.span(), message, what);
        diagnostic.help = help.map(str::to_owned);
        self.fault(diagnostic);
        None
    }

    /// Types a condition.
    fn condition(&mut self, expression: &tree::Expression) -> Option<Condition> {
        match self.typed(expression, None)? {
            Typed::Condition(condition) => Some(condition),
            other => {
                let help = match other {
                    Typed::Set(_) => Some("write what it must include: `… include any of …`"),
                    Typed::Text(_) | Typed::Term(_) => Some("compare it with something: `… is …`, or `… is present`"),
                    _ => Some("compare it with something, or write `… is present`"),
                };
                self.mismatch(&other, "a condition", help)
            },
        }
    }

    /// Types an expression; `expected` is the vocabulary that a bare term would be of.
    fn typed(&mut self, expression: &tree::Expression, expected: Option<VocabularyId>) -> Option<Typed> {
        let span = expression.span;
        let of = |kind: ConditionKind| Typed::Condition(Condition { kind, span });
        match &expression.kind {
            ExpressionKind::Error => None,
            ExpressionKind::Truth(value) => Some(of(ConditionKind::Truth(*value))),
            ExpressionKind::Implies(a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                Some(of(ConditionKind::Implies(Box::new(a?), Box::new(b?))))
            },
            ExpressionKind::And(..) | ExpressionKind::Or(..) => self.chain(expression).map(of),
            ExpressionKind::Not(a) => Some(of(ConditionKind::Not(Box::new(self.condition(a)?)))),
            ExpressionKind::Quantified(quantified) => self.quantified(quantified, span),
            ExpressionKind::Compare(comparison, a, b) => self.comparison(*comparison, a, b, span).map(of),
            ExpressionKind::Between(value, low, high) => self.between([value, low, high]).map(of),
            ExpressionKind::In { negated, term, set } => self.is_in(!negated, term, set).map(of),
            ExpressionKind::Include(inclusion, a, b) => self.include(*inclusion, a, b).map(of),
            ExpressionKind::Present(is, subject) => self.present(*is, subject).map(of),
            ExpressionKind::Empty(is, subject) => self.empty(*is, subject).map(of),
            ExpressionKind::Matches(text, pattern) => self.matches(text, pattern).map(of),
            ExpressionKind::TextTest(test, a, b) => {
                let (a, b) = (self.text(a), self.text(b));
                Some(of(ConditionKind::TextTest(*test, a?, b?)))
            },
            ExpressionKind::Set(elements) => self.set_literal(elements, expected, span),
            ExpressionKind::Name(name) => self.name(name, expected),
            ExpressionKind::Qualified(vocabulary, term) => self.qualified(vocabulary, term, span),
            ExpressionKind::Field(base, field) => self.field(base, field, span),
            ExpressionKind::Lookup(relation, argument) => self.lookup(relation, argument, span),
            ExpressionKind::Aggregate(aggregate) => self.aggregate(aggregate, span),
            _ => self.scalar(expression),
        }
    }

    /// `A and B and …` or `A or B or …` as one list.
    fn chain(&mut self, expression: &tree::Expression) -> Option<ConditionKind> {
        let is_and = matches!(expression.kind, ExpressionKind::And(..));
        let mut parts = Vec::new();
        let mut rest = expression;
        loop {
            match &rest.kind {
                ExpressionKind::And(a, b) if is_and && (parts.is_empty() || !rest.parenthesised) => {
                    parts.push(b.as_ref());
                    rest = a;
                },
                ExpressionKind::Or(a, b) if !is_and && (parts.is_empty() || !rest.parenthesised) => {
                    parts.push(b.as_ref());
                    rest = a;
                },
                _ => break,
            }
        }
        parts.push(rest);
        parts.reverse();
        // Every part is typed, so that every fault is told.
        let typed: Vec<Option<Condition>> = parts.into_iter().map(|part| self.condition(part)).collect();
        let typed: Vec<Condition> = typed.into_iter().collect::<Option<_>>()?;
        Some(if is_and { ConditionKind::And(typed) } else { ConditionKind::Or(typed) })
    }

    /// `{a, b}`: terms of one vocabulary.
    fn set_literal(
        &mut self,
        elements: &[tree::Expression],
        expected: Option<VocabularyId>,
        span: Span,
    ) -> Option<Typed> {
        let expected = expected.or_else(|| elements.iter().find_map(|element| self.vocabulary_of(element)));
        let typed: Vec<Option<Typed>> = elements.iter().map(|element| self.typed(element, expected)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let mut terms = Vec::new();
        for element in typed {
            match element {
                Typed::Term(term) => terms.push(term),
                other => return self.mismatch(&other, "a term", Some("list terms between the braces")),
            }
        }
        let Some(vocabulary) = terms.first().map(|term| term.vocabulary).or(expected) else {
            let message = "an empty set says of no vocabulary what it is a set of";
            let help = "write `… is empty`";
            self.fault(Diagnostic::error("rules/type-mismatch", span, message, "no terms").help(help));
            return None;
        };
        if let Some(other) = terms.iter().find(|term| term.vocabulary != vocabulary) {
            let other = Typed::Term(other.clone());
            let wanted = format!("a term of `{}`", self.names.vocabulary_name(vocabulary));
            return self.mismatch(&other, &wanted, Some("a set holds terms of one vocabulary"));
        }
        let constants: Option<TermSet> = terms
            .iter()
            .map(|term| match term.kind {
                TermKind::Constant(term) => Some(term),
                _ => None,
            })
            .collect();
        let kind = constants.map_or(SetKind::Literal(terms), SetKind::Constant);
        Some(Typed::Set(SetExpression { kind, vocabulary, span }))
    }
}
