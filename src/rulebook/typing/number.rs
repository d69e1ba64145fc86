//! Numbers, dates and texts.

use super::Typer;
use super::typed::Typed;
use crate::diagnostic::Diagnostic;
use crate::rulebook::DimensionId;
use crate::rulebook::expression::{
    DateExpression, DateKind, NumberExpression, NumberKind, TermExpression, TextExpression, TextKind,
};
use crate::syntax::tree::{self, AggregateKind, Arithmetic, DateLiteral, ExpressionKind, Name};
use crate::text::Span;
use crate::text::normal::fold;
use crate::value::Number;

impl Typer<'_> {
    /// The forms that give a number, a date or a text.
    pub(super) fn scalar(&mut self, expression: &tree::Expression) -> Option<Typed> {
        let span = expression.span;
        let number = |kind, dimension| Some(Typed::Number(NumberExpression { kind, dimension, span }));
        let text = |kind| Some(Typed::Text(TextExpression { kind, span }));
        match &expression.kind {
            ExpressionKind::Number { value, .. } => number(NumberKind::Constant(*value, None), None),
            ExpressionKind::Quantity(value, unit) => self.quantity(*value, unit, span),
            ExpressionKind::Date(literal) => Some(Typed::Date(date_literal(*literal, span))),
            ExpressionKind::Text(literal) => text(TextKind::Constant(literal.value.clone(), fold(&literal.value))),
            ExpressionKind::Arithmetic(operation, a, b, operator) => {
                let (a, b) = (self.number(a), self.number(b));
                let (a, b) = (a?, b?);
                let dimension = self.dimension_of(*operation, &a, &b, *operator)?;
                number(NumberKind::Arithmetic(*operation, Box::new(a), Box::new(b), *operator), dimension)
            },
            ExpressionKind::Negate(of) => {
                let of = self.number(of)?;
                let dimension = of.dimension;
                number(NumberKind::Negate(Box::new(of)), dimension)
            },
            ExpressionKind::PercentOf(percent, of, operator) => {
                let of = self.number(of)?;
                let dimension = of.dimension;
                number(NumberKind::PercentOf(*percent, Box::new(of), *operator), dimension)
            },
            ExpressionKind::Extreme(kind, values) => self.extreme(*kind, values, span),
            ExpressionKind::DateSpan(unit, from, to) => {
                let (from, to) = (self.day(from), self.day(to));
                number(NumberKind::DateSpan(*unit, Box::new(from?), Box::new(to?)), None)
            },
            ExpressionKind::YearOf(date) => {
                let date = self.day(date)?;
                number(NumberKind::YearOf(Box::new(date)), None)
            },
            ExpressionKind::LengthOf(of) => {
                let of = self.text(of)?;
                number(NumberKind::LengthOf(Box::new(of)), None)
            },
            ExpressionKind::CharactersOf(from, to, of) => {
                let of = self.text(of)?;
                text(TextKind::CharactersOf(*from, *to, Box::new(of)))
            },
            ExpressionKind::CodeOf(term) => {
                let term = self.term(term)?;
                text(TextKind::CodeOf(Box::new(term)))
            },
            ExpressionKind::LabelOf(term) => {
                let term = self.term(term)?;
                text(TextKind::LabelOf(Box::new(term)))
            },
            _ => None,
        }
    }

    /// A number or a quantity.
    pub(super) fn number(&mut self, expression: &tree::Expression) -> Option<NumberExpression> {
        match self.typed(expression, None)? {
            Typed::Number(number) => Some(number),
            other => {
                let help = match other {
                    Typed::Set(_) | Typed::List(..) => Some("count its members with `count(…)`"),
                    Typed::Date(_) => Some("write `days between A and B` for the time between two dates"),
                    _ => None,
                };
                self.mismatch(&other, "a number or a quantity", help)
            },
        }
    }

    /// A text.
    pub(super) fn text(&mut self, expression: &tree::Expression) -> Option<TextExpression> {
        match self.typed(expression, None)? {
            Typed::Text(text) => Some(text),
            other => {
                let help = matches!(other, Typed::Term(_)).then_some("write `label of …` or `code of …` for its text");
                self.mismatch(&other, "a text", help)
            },
        }
    }

    fn term(&mut self, expression: &tree::Expression) -> Option<TermExpression> {
        match self.typed(expression, None)? {
            Typed::Term(term) => Some(term),
            other => self.mismatch(&other, "a term", None),
        }
    }

    /// A date where a period makes no sense: a month written in the rule is an error (details 7).
    pub(super) fn day(&mut self, expression: &tree::Expression) -> Option<DateExpression> {
        match self.typed(expression, None)? {
            Typed::Date(DateExpression { kind: DateKind::Period(days), span }) => {
                let message = format!("`{days}` is a month, and a day is asked for here");
                let help = format!("write a day, such as `{}`", days.first);
                self.fault(Diagnostic::error("rules/month-as-day", span, message, "which day?").help(help));
                None
            },
            Typed::Date(date) => Some(date),
            other => self.mismatch(&other, "a date", None),
        }
    }

    fn quantity(&mut self, value: Number, unit: &Name, span: Span) -> Option<Typed> {
        let (dimension, unit_id) = self.names.unit_named(&unit.text)?;
        let scale = self.names.unit(dimension, unit_id)?.scale;
        match value.multiplied(scale) {
            Some(base) => {
                let kind = NumberKind::Constant(base, Some(unit_id));
                Some(Typed::Number(NumberExpression { kind, dimension: Some(dimension), span }))
            },
            None => {
                let message = "this quantity is too large to be kept exactly";
                self.fault(Diagnostic::error("rules/bad-number", span, message, "beyond 10^28 in the base unit"));
                None
            },
        }
    }

    /// The dimension of a result; `Some(None)` is a plain number.
    fn dimension_of(
        &mut self,
        operation: Arithmetic,
        a: &NumberExpression,
        b: &NumberExpression,
        operator: Span,
    ) -> Option<Option<DimensionId>> {
        match (operation, a.dimension, b.dimension) {
            (Arithmetic::Add | Arithmetic::Subtract, left, _) => {
                self.same_dimension(a, b)?;
                Some(left)
            },
            (Arithmetic::Multiply, left, None) => Some(left),
            (Arithmetic::Multiply, None, right) => Some(right),
            (Arithmetic::Divide, left, None) => Some(left),
            (Arithmetic::Divide, Some(left), Some(right)) if left == right => Some(None),
            _ => {
                let message = match operation {
                    Arithmetic::Divide => "only quantities of one dimension divide into a number",
                    _ => "two quantities cannot be multiplied",
                };
                let of = |number: &NumberExpression| Typed::Number(number.clone()).describe(self.names);
                let diagnostic = Diagnostic::error("rules/dimension-mismatch", operator, message, "not possible")
                    .also(a.span, of(a))
                    .also(b.span, of(b));
                self.fault(diagnostic);
                None
            },
        }
    }

    /// `min(A, B, …)`, `max(A, B, …)`
    fn extreme(&mut self, kind: AggregateKind, values: &[tree::Expression], span: Span) -> Option<Typed> {
        let typed: Vec<Option<Typed>> = values.iter().map(|value| self.typed(value, None)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        if matches!(typed.first(), Some(Typed::Date(_))) {
            let days: Vec<Option<DateExpression>> = values.iter().map(|value| self.day(value)).collect();
            let days = days.into_iter().collect::<Option<_>>()?;
            return Some(Typed::Date(DateExpression { kind: DateKind::Extreme(kind, days), span }));
        }
        let mut numbers: Vec<NumberExpression> = Vec::new();
        for one in typed {
            match one {
                Typed::Number(number) => {
                    if let Some(first) = numbers.first() {
                        self.same_dimension(&first.clone(), &number)?;
                    }
                    numbers.push(number);
                },
                other => return self.mismatch(&other, "a number or a quantity", None),
            }
        }
        let dimension = numbers.first().and_then(|number| number.dimension);
        Some(Typed::Number(NumberExpression { kind: NumberKind::Extreme(kind, numbers), dimension, span }))
    }
}

fn date_literal(literal: DateLiteral, span: Span) -> DateExpression {
    let kind = if literal.month { DateKind::Period(literal.days) } else { DateKind::Day(literal.days) };
    DateExpression { kind, span }
}
