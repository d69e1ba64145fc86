//! Aggregates and quantifiers over proposals, which a portfolio directive gathers in one pass.

use super::Typer;
use super::aggregate::Gathered;
use super::scope::{Bare, VariableKind};
use super::typed::Typed;
use crate::diagnostic::Diagnostic;
use crate::rulebook::expression::{Condition, ConditionKind, DateExpression, DateKind, NumberExpression, NumberKind};
use crate::rulebook::{PortfolioAggregate, PortfolioAggregateKind};
use crate::syntax::tree::{self, Aggregate, AggregateKind, ExpressionKind, Name, Quantified};
use crate::text::Span;

impl Typer<'_> {
    /// `some p in proposals where C satisfies E`
    pub(super) fn quantified_proposals(&mut self, quantified: &Quantified, span: Span) -> Option<Typed> {
        let (filter, body) = (quantified.filter.as_deref(), quantified.body.as_ref());
        let quantifier = quantified.quantifier;
        let number = self.lift(&quantified.list, Some(&quantified.variable), filter, span, |typer| {
            Some(PortfolioAggregateKind::Quantified(quantifier, typer.condition(body)?))
        })?;
        Some(Typed::Condition(Condition { kind: ConditionKind::Portfolio(number), span }))
    }

    /// `count(p in proposals where C)`, `sum(E for p in g)` and so on.
    pub(super) fn aggregate_proposals(&mut self, aggregate: &Aggregate, span: Span) -> Option<Typed> {
        let kind = aggregate.kind;
        let mut is_date = false;
        let mut dimension = None;
        let value = aggregate.value.as_ref();
        let variable = aggregate.variable.as_ref();
        let number = self.lift(&aggregate.list, variable, aggregate.filter.as_ref(), span, |typer| {
            let Some(value) = value.filter(|_| kind != AggregateKind::Count) else {
                return Some(PortfolioAggregateKind::Count);
            };
            Some(match typer.gathered(kind, value)? {
                Gathered::Number(number) => {
                    dimension = number.dimension;
                    PortfolioAggregateKind::Number(kind, number)
                },
                Gathered::Date(date) => {
                    is_date = true;
                    PortfolioAggregateKind::Date(kind, date)
                },
            })
        })?;
        Some(if is_date {
            Typed::Date(DateExpression { kind: DateKind::Portfolio(number), span })
        } else {
            Typed::Number(NumberExpression { kind: NumberKind::Portfolio(number), dimension, span })
        })
    }

    /// Types an aggregate over proposals, adds it to those of the directive, and gives its number.
    fn lift(
        &mut self,
        list: &tree::Expression,
        variable: Option<&Name>,
        filter: Option<&tree::Expression>,
        span: Span,
        kind: impl FnOnce(&mut Self) -> Option<PortfolioAggregateKind>,
    ) -> Option<usize> {
        let of_group = matches!(&list.kind, ExpressionKind::Name(name)
            if self.scope.variable(&name.text).is_some());
        let Some(portfolio) = self.scope.portfolio.as_mut() else {
            let message = "`proposals` are all proposals of a run, and this speaks of one";
            let diagnostic = Diagnostic::error("rules/not-in-portfolio", list.span, message, "not here");
            self.fault(diagnostic.help("write a `portfolio directive` to judge all proposals together"));
            return None;
        };
        if portfolio.inside {
            let message = "an aggregate over proposals stands inside another one";
            let diagnostic = Diagnostic::error("rules/nested-portfolio", span, message, "the inner one");
            self.fault(diagnostic.help("compare the two aggregates side by side"));
            return None;
        }
        portfolio.inside = true;
        let read_before = std::mem::take(&mut portfolio.reads_value);
        self.check_depth(self.scope.nesting + 1, span)?;
        if let Some(name) = variable {
            self.bind(name, VariableKind::Proposal);
        }
        let bare = std::mem::replace(&mut self.scope.bare, Bare::Nobody);
        self.scope.nesting += 1;
        let filter = filter.map(|filter| self.condition(filter));
        let kind = kind(self);
        self.scope.nesting -= 1;
        self.scope.bare = bare;
        if variable.is_some() {
            self.scope.variables.pop();
        }
        let portfolio = self.scope.portfolio.as_mut()?;
        portfolio.inside = false;
        let reads_value = std::mem::replace(&mut portfolio.reads_value, read_before);
        portfolio.reads_value |= reads_value;
        let has_groups = self.scope.variables.iter().any(|variable| matches!(variable.kind, VariableKind::Group));
        if reads_value && has_groups && !of_group {
            let message = "an aggregate over all proposals reads the key of one group";
            let diagnostic = Diagnostic::error("rules/not-in-portfolio", span, message, "the same for every group");
            self.fault(diagnostic.help("aggregate over the group, whose members share the key, or leave the key out"));
            return None;
        }
        let filter = match filter {
            Some(None) => return None,
            Some(filter) => filter,
            None => None,
        };
        portfolio.aggregates.push(PortfolioAggregate { kind: kind?, filter, of_group, reads_value, span });
        Some(portfolio.aggregates.len() - 1)
    }
}
