//! Conditions that hold always or never, and exceptions that no proposal meets to which the directive applies.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::Checked;
use super::operands::is_count;
use super::possible::Judge;
use super::world::{Range, Subject, World};
use crate::diagnostic::Diagnostic;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Iteration, NumberExpression, NumberKind,
};
use crate::rulebook::{
    Exception, ForEach, Modality, PortfolioAggregateKind, PortfolioDirective, Required, VocabularyId,
};
use crate::value::{Number, TermSet};

/// Judges every condition of a pack in which nothing is faulty: of what could not be read it is not known what it holds, be it
/// the terms of a group, and what a condition comes to hangs on that.
pub(super) fn check(pack: &Checked<'_>, perhaps: &BTreeSet<String>, sink: &mut Vec<Diagnostic>) {
    if !perhaps.is_empty() {
        return;
    }
    let steps = Cell::new(0);
    let judge = Judge { names: pack.names, definitions: &pack.definitions.values, steps: &steps };
    let constant: Vec<bool> = Vec::new();
    let mut search = Search { judge, constant, start: World::default(), sink };
    for definition in &pack.definitions.values {
        let found = search.expression(&definition.value);
        search.constant.push(found);
    }
    for column in pack.names.shape.tables.iter().flat_map(|table| &table.columns) {
        if let Required::When(condition) = &column.required {
            search.condition(condition);
        }
    }
    for directive in pack.directives {
        let requirement = (&directive.requirement, directive.heading.modality);
        search.directive(directive.when.as_ref(), requirement, &directive.unless);
    }
    for directive in pack.portfolio {
        search.portfolio(directive);
    }
}

/// Looks for the smallest parts that are constant.
struct Search<'s> {
    judge: Judge<'s>,
    /// Of each definition gone through, whether something in it is constant, which was reported there.
    constant: Vec<bool>,
    start: World,
    sink: &'s mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn directive(&mut self, when: Option<&Condition>, requirement: (&Condition, Modality), unless: &[Exception]) {
        let when_is_constant = when.is_some_and(|when| self.condition(when));
        let (requirement, modality) = requirement;
        // `may true` grants without a further condition.
        if !(modality == Modality::May && matches!(requirement.kind, ConditionKind::Truth(true))) {
            self.condition(requirement);
        }
        for exception in unless {
            if self.condition(&exception.condition) || when_is_constant {
                continue;
            }
            let Some(when) = when else { continue };
            let applies = self.judge.renewed().assume(when, true, vec![self.start.clone()]);
            if !applies.is_empty() && self.judge.renewed().assume(&exception.condition, true, applies).is_empty() {
                let message = "this exception never counts: where the directive applies, it cannot hold";
                let diagnostic =
                    Diagnostic::warning("rules/unmet-exception", exception.condition.span, message, "never met here")
                        .also(when.span, "the directive applies here");
                self.sink.push(diagnostic.help("correct one of the two, or leave the exception out"));
            }
        }
    }

    fn portfolio(&mut self, directive: &PortfolioDirective) {
        self.start = World::default();
        let value = match &directive.for_each {
            ForEach::Term(vocabulary, terms) => Some((*vocabulary, terms)),
            _ => None,
        };
        self.bind(value);
        for aggregate in &directive.aggregates {
            if let Some(filter) = &aggregate.filter {
                self.condition(filter);
            }
            match &aggregate.kind {
                PortfolioAggregateKind::Number(_, number) => self.number(number),
                PortfolioAggregateKind::Date(_, date) => self.date(date),
                PortfolioAggregateKind::Quantified(_, body) => self.condition(body),
                PortfolioAggregateKind::Count => false,
            };
        }
        for (aggregate, number) in directive.aggregates.iter().zip(0..) {
            if is_count(&aggregate.kind) {
                let at_least_none = Range::within(Some((Number::ZERO, true)), None);
                self.start.numbers.insert(Subject::Aggregate(number), at_least_none);
            }
        }
        let requirement = (&directive.requirement, directive.heading.modality);
        self.directive(directive.when.as_ref(), requirement, &directive.unless);
        self.start = World::default();
    }

    /// The value of `for each` is one of these terms.
    fn bind(&mut self, value: Option<(VocabularyId, &TermSet)>) {
        if let Some((_, terms)) = value.filter(|(_, terms)| !terms.is_empty()) {
            self.start.terms.insert(Subject::Variable(0), terms.clone());
        }
    }

    /// Reports the smallest constant parts of a condition; whether there are any.
    fn condition(&mut self, condition: &Condition) -> bool {
        if self.parts(condition) {
            return true;
        }
        let cannot = |truth| self.judge.renewed().assume(condition, truth, vec![self.start.clone()]).is_empty();
        let (message, label) = if cannot(true) {
            ("this condition can never hold", "never holds")
        } else if cannot(false) {
            ("this condition always holds", "always holds")
        } else {
            return false;
        };
        let diagnostic = Diagnostic::warning("rules/constant-condition", condition.span, message, label);
        self.sink.push(diagnostic.help("correct it, or leave it out"));
        true
    }

    /// The parts of a condition that are conditions themselves.
    fn parts(&mut self, condition: &Condition) -> bool {
        match &condition.kind {
            ConditionKind::And(parts) | ConditionKind::Or(parts) => self.each(parts, Self::condition),
            ConditionKind::Not(part) => self.condition(part),
            ConditionKind::Implies(a, b) => {
                let first = self.condition(a);
                self.condition(b) || first
            },
            // A comparison with `true` or `false` is a way of writing.
            ConditionKind::BooleanIs(_, a, b) => {
                let parts = [a, b].into_iter().filter(|part| !matches!(part.kind, ConditionKind::Truth(_)));
                self.each(parts.map(AsRef::as_ref), Self::condition)
            },
            ConditionKind::Quantified(_, iteration, body) => {
                let filter = self.iteration(iteration);
                self.condition(body) || filter
            },
            ConditionKind::Numbers(_, a, b) => {
                let first = self.number(a);
                self.number(b) || first
            },
            ConditionKind::NumberBetween(all) => self.each(all.iter(), Self::number),
            ConditionKind::Dates(_, a, b) => {
                let first = self.date(a);
                self.date(b) || first
            },
            ConditionKind::DateBetween(all) => self.each(all.iter(), Self::date),
            ConditionKind::Definition(id) => self.constant.get(usize::from(id.0)).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// Looks at all of them; whether something was found in any.
    fn each<'e, T: 'e>(&mut self, all: impl IntoIterator<Item = &'e T>, look: fn(&mut Self, &'e T) -> bool) -> bool {
        let mut found = false;
        for one in all {
            found |= look(self, one);
        }
        found
    }

    fn iteration(&mut self, iteration: &Iteration) -> bool {
        iteration.filter.as_ref().is_some_and(|filter| self.condition(filter))
    }

    fn number(&mut self, number: &NumberExpression) -> bool {
        match &number.kind {
            NumberKind::Count(iteration) => self.iteration(iteration),
            NumberKind::Aggregate(_, iteration, value) => {
                let filter = self.iteration(iteration);
                self.number(value) || filter
            },
            NumberKind::Arithmetic(_, a, b, _) => {
                let first = self.number(a);
                self.number(b) || first
            },
            NumberKind::Negate(of) | NumberKind::PercentOf(_, of, _) => self.number(of),
            NumberKind::Extreme(_, all) => self.each(all, Self::number),
            NumberKind::Definition(id) => self.constant.get(usize::from(id.0)).copied().unwrap_or(false),
            _ => false,
        }
    }

    fn date(&mut self, date: &DateExpression) -> bool {
        match &date.kind {
            DateKind::Aggregate(_, iteration, value) => {
                let filter = self.iteration(iteration);
                self.date(value) || filter
            },
            DateKind::Extreme(_, all) => self.each(all, Self::date),
            DateKind::Definition(id) => self.constant.get(usize::from(id.0)).copied().unwrap_or(false),
            _ => false,
        }
    }

    fn expression(&mut self, expression: &Expression) -> bool {
        match expression {
            Expression::Condition(one) => self.condition(one),
            Expression::Number(one) => self.number(one),
            Expression::Date(one) => self.date(one),
            Expression::Text(_) | Expression::Term(_) | Expression::Set(_) => false,
        }
    }
}
