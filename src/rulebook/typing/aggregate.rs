//! Quantifiers and aggregates over lists and sets.

use super::Typer;
use super::scope::{Variable, VariableKind};
use super::typed::Typed;
use crate::diagnostic::Diagnostic;
use crate::rulebook::TableId;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Iteration, NumberExpression, NumberKind, Over,
};
use crate::syntax::tree::{self, Aggregate, AggregateKind, ExpressionKind, Name, Quantified};
use crate::text::Span;

impl Typer<'_> {
    /// Reports a nest that is deeper than three.
    pub(super) fn check_depth(&mut self, depth: u8, span: Span) -> Option<()> {
        self.scope.deepest = self.scope.deepest.max(depth);
        if depth <= super::DEEPEST {
            return Some(());
        }
        let message = "quantifiers and aggregates nest at most 3 deep, those of definitions counted in";
        let diagnostic = Diagnostic::error("rules/nested-too-deep", span, message, "a fourth level");
        self.fault(diagnostic.help("ask the inner question in a directive of its own"));
        None
    }

    /// `some x in L where C satisfies E`
    pub(super) fn quantified(&mut self, quantified: &Quantified, span: Span) -> Option<Typed> {
        if self.is_over_proposals(&quantified.list) {
            return self.quantified_proposals(quantified, span);
        }
        let (filter, body) = (quantified.filter.as_deref(), quantified.body.as_ref());
        let (iteration, body) =
            self.iteration(&quantified.list, Some(&quantified.variable), filter, span, |typer| typer.condition(body))?;
        let kind = ConditionKind::Quantified(quantified.quantifier, Box::new(iteration), Box::new(body));
        Some(Typed::Condition(Condition { kind, span }))
    }

    /// `count(…)`, `sum(…)` and so on.
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, span: Span) -> Option<Typed> {
        if self.is_over_proposals(&aggregate.list) {
            return self.aggregate_proposals(aggregate, span);
        }
        let variable = aggregate.variable.as_ref();
        let Some(value) = &aggregate.value else {
            let (iteration, ()) =
                self.iteration(&aggregate.list, variable, aggregate.filter.as_ref(), span, |_| Some(()))?;
            let kind = NumberKind::Count(Box::new(iteration));
            return Some(Typed::Number(NumberExpression { kind, dimension: None, span }));
        };
        let (iteration, value) =
            self.iteration(&aggregate.list, variable, aggregate.filter.as_ref(), span, |typer| {
                typer.gathered(aggregate.kind, value)
            })?;
        let iteration = Box::new(iteration);
        Some(match value {
            Gathered::Number(value) => {
                let dimension = value.dimension;
                let kind = NumberKind::Aggregate(aggregate.kind, iteration, Box::new(value));
                Typed::Number(NumberExpression { kind, dimension, span })
            },
            Gathered::Date(value) => {
                let kind = DateKind::Aggregate(aggregate.kind, iteration, Box::new(value));
                Typed::Date(DateExpression { kind, span })
            },
        })
    }

    /// What an aggregate gathers of each member: a number, or for `min` and `max` a date.
    pub(super) fn gathered(&mut self, kind: AggregateKind, value: &tree::Expression) -> Option<Gathered> {
        let typed = self.typed(value, None)?;
        match typed {
            Typed::Number(number) => Some(Gathered::Number(number)),
            Typed::Date(_) if matches!(kind, AggregateKind::Min | AggregateKind::Max) => {
                self.day(value).map(Gathered::Date)
            },
            other => self.mismatch(&other, "a number or a quantity", None),
        }
    }

    /// Types the list, then filter and body with the variable bound.
    fn iteration<T>(
        &mut self,
        list: &tree::Expression,
        variable: Option<&Name>,
        filter: Option<&tree::Expression>,
        span: Span,
        body: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<(Iteration, T)> {
        self.check_depth(self.scope.nesting + 1, span)?;
        let level = self.scope.level;
        let (over, kind) = match self.typed(list, None)? {
            Typed::List(place, table) => (Over::List(place), VariableKind::Row(level, table)),
            Typed::Group(_) => return None,
            other => {
                let set = self.as_set(other)?;
                let vocabulary = set.vocabulary;
                (Over::Set(set), VariableKind::Term(level, vocabulary, false))
            },
        };
        let bound = variable.map(|name| self.bind(name, kind));
        self.scope.level += 1;
        self.scope.nesting += 1;
        let filter = filter.map(|filter| self.condition(filter));
        let body = body(self);
        self.scope.nesting -= 1;
        self.scope.level -= 1;
        if bound.is_some() {
            self.scope.variables.pop();
        }
        let filter = match filter {
            Some(None) => return None,
            Some(filter) => filter,
            None => None,
        };
        Some((Iteration { over, variable: level, filter }, body?))
    }

    /// Binds a variable; one that hides a field or another variable is questioned.
    pub(super) fn bind(&mut self, name: &Name, kind: VariableKind) {
        let earlier = self.scope.variable(&name.text).map(|variable| variable.span);
        let hides_field = self
            .names
            .field(TableId(0), None, &name.text)
            .and_then(|column| self.names.shape.column(TableId(0), column).map(|column| column.span));
        if let Some(hidden) = earlier.or(hides_field) {
            let what = if earlier.is_some() { "another variable" } else { "a field" };
            let message = format!("the variable `{}` hides {what} of this name", name.text);
            let diagnostic = Diagnostic::warning("rules/hidden-name", name.span, message, "hides it from here on")
                .also(hidden, "this one")
                .help("give the variable another name");
            self.fault(diagnostic);
        }
        self.scope.variables.push(Variable { name: name.text.clone(), kind, span: name.span });
    }

    /// Whether a list is `proposals`, or the variable of a group.
    fn is_over_proposals(&self, list: &tree::Expression) -> bool {
        match &list.kind {
            ExpressionKind::Name(name) => match self.scope.variable(&name.text) {
                Some(variable) => variable.kind == VariableKind::Group,
                None => {
                    name.text == "proposals"
                        && !name.quoted
                        && self.names.field(TableId(0), None, "proposals").is_none()
                },
            },
            _ => false,
        }
    }
}

/// What an aggregate gathers.
pub(super) enum Gathered {
    Number(NumberExpression),
    Date(DateExpression),
}
