//! Conditions in words, as they stand or denied.

use super::{Scope, Scribe, fill};
use crate::rulebook::expression::{
    Condition, ConditionKind, Expression, Iteration, Order, Over, SetKind, Subject, TermKind,
};
use crate::rulebook::{PortfolioAggregateKind, Quantifier};
use crate::syntax::tree::TextTest;

impl Scribe<'_> {
    /// A condition, or where it is not to hold, that it does not.
    pub(super) fn condition(&self, condition: &Condition, holds: bool, scope: Scope) -> String {
        let phrases = self.phrases;
        let pair = |[yes, no]: [&'static str; 2], holds: bool| if holds { yes } else { no };
        if !self.goes_on() {
            return self.source(condition.span, holds);
        }
        match &condition.kind {
            ConditionKind::Truth(value) => pair(phrases.truth, *value == holds).to_owned(),
            ConditionKind::Implies(a, b) if holds => {
                fill(phrases.implies, &[&self.part(a, true, scope), &self.part(b, true, scope)])
            },
            ConditionKind::Implies(a, b) => [self.part(a, true, scope), self.part(b, false, scope)].join(phrases.and),
            ConditionKind::And(parts) => self.joined(parts, holds, holds, scope),
            ConditionKind::Or(parts) => self.joined(parts, !holds, holds, scope),
            ConditionKind::Not(part) => self.condition(part, !holds, scope),
            ConditionKind::Quantified(quantifier, iteration, body) => {
                self.quantified(*quantifier, iteration, body, holds, scope)
            },
            ConditionKind::Numbers(order, a, b) => {
                let [a, b] = [a, b].map(|one| self.number(one, scope));
                fill(ordered(phrases.numbers, *order, holds), &[&a, &b])
            },
            ConditionKind::NumberBetween(operands) => {
                let [a, b, c] = operands.each_ref().map(|one| self.number(one, scope));
                fill(pair(phrases.between, holds), &[&a, &b, &c])
            },
            ConditionKind::Dates(order, a, b) => {
                let [a, b] = [a, b].map(|one| self.date(one, scope));
                fill(ordered(phrases.dates, *order, holds), &[&a, &b])
            },
            ConditionKind::DateBetween(operands) => {
                let [a, b, c] = operands.each_ref().map(|one| self.date(one, scope));
                fill(pair(phrases.between, holds), &[&a, &b, &c])
            },
            ConditionKind::BooleanIs(is, a, b) => match (&a.kind, &b.kind) {
                (_, ConditionKind::Truth(value)) => self.condition(a, (*is == holds) == *value, scope),
                (ConditionKind::Truth(value), _) => self.condition(b, (*is == holds) == *value, scope),
                _ => {
                    let [a, b] = [a, b].map(|one| self.part(one, true, scope));
                    fill(pair(phrases.same_truth, *is == holds), &[&a, &b])
                },
            },
            ConditionKind::TextIs(is, a, b) => {
                fill(pair(phrases.is, *is == holds), &[&self.text(a, scope), &self.text(b, scope)])
            },
            ConditionKind::TextIsExactly(is, a, b) => {
                fill(pair(phrases.is_exactly, *is == holds), &[&self.text(a, scope), &self.text(b, scope)])
            },
            ConditionKind::TextTest(test, a, b) => {
                let tests = match test {
                    TextTest::StartsWith => phrases.starts,
                    TextTest::EndsWith => phrases.ends,
                    TextTest::Contains => phrases.contains,
                };
                fill(pair(tests, holds), &[&self.text(a, scope), &self.text(b, scope)])
            },
            ConditionKind::Matches(text, pattern) => {
                let pattern = fill(phrases.quoted, &[pattern.as_str()]);
                fill(pair(phrases.matches, holds), &[&self.text(text, scope), &pattern])
            },
            ConditionKind::TermIs(is, a, b) => {
                fill(pair(phrases.is, *is == holds), &[&self.term(a, scope), &self.term(b, scope)])
            },
            ConditionKind::TermIn(is, term, set) => {
                let [one, many] = [self.term(term, scope), self.set(set, scope)];
                // Of one written set and one of the proposal, the proposal's is what is spoken of.
                match (&term.kind, &set.kind) {
                    (TermKind::Field(_) | TermKind::Lookup(..), _)
                    | (_, SetKind::Constant(_) | SetKind::Literal(_)) => {
                        fill(pair(phrases.one_of, *is == holds), &[&one, &many])
                    },
                    _ => fill(pair(phrases.include, *is == holds), &[&many, &one]),
                }
            },
            ConditionKind::SetIs(is, a, b) => {
                fill(pair(phrases.same_set, *is == holds), &[&self.set(a, scope), &self.set(b, scope)])
            },
            ConditionKind::IncludeAny(a, b) => {
                fill(pair(phrases.include_any, holds), &[&self.set(a, scope), &self.set(b, scope)])
            },
            ConditionKind::IncludeNone(a, b) => {
                fill(pair(phrases.include_any, !holds), &[&self.set(a, scope), &self.set(b, scope)])
            },
            ConditionKind::IncludeAll(a, b) => {
                fill(pair(phrases.include_all, holds), &[&self.set(a, scope), &self.set(b, scope)])
            },
            ConditionKind::Present(is, subject) => self.present(subject, *is == holds, scope),
            ConditionKind::SetEmpty(is, set) => fill(pair(phrases.empty, *is == holds), &[&self.set(set, scope)]),
            ConditionKind::ListEmpty(is, place) => {
                fill(pair(phrases.empty, *is == holds), &[&self.place(place, scope)])
            },
            ConditionKind::TextEmpty(is, text) => fill(pair(phrases.blank, *is == holds), &[&self.text(text, scope)]),
            ConditionKind::Field(place) => fill(pair(phrases.answer, holds), &[&self.place(place, scope)]),
            ConditionKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Condition(condition)) => self.condition(condition, holds, scope.of_definition()),
                _ => self.source(condition.span, holds),
            },
            ConditionKind::Portfolio(number) => self.over_proposals(*number, holds),
            ConditionKind::Key => fill(pair(phrases.answer, holds), &[phrases.key]),
        }
    }

    /// A condition as a part of another one, in brackets where it has parts itself.
    fn part(&self, condition: &Condition, holds: bool, scope: Scope) -> String {
        let text = self.condition(condition, holds, scope);
        if self.is_compound(condition) { fill(self.phrases.brackets, &[&text]) } else { text }
    }

    fn is_compound(&self, condition: &Condition) -> bool {
        match &condition.kind {
            ConditionKind::And(_)
            | ConditionKind::Or(_)
            | ConditionKind::Implies(..)
            | ConditionKind::BooleanIs(..)
            | ConditionKind::Quantified(..)
            | ConditionKind::Portfolio(_) => true,
            ConditionKind::Not(part) => self.is_compound(part),
            ConditionKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Condition(condition)) => self.is_compound(condition),
                _ => false,
            },
            _ => false,
        }
    }

    fn joined(&self, parts: &[Condition], is_and: bool, holds: bool, scope: Scope) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.part(part, holds, scope)).collect();
        parts.join(if is_and { self.phrases.and } else { self.phrases.or })
    }

    fn quantified(
        &self,
        quantifier: Quantifier,
        iteration: &Iteration,
        body: &Condition,
        holds: bool,
        scope: Scope,
    ) -> String {
        let inner = scope.inside(iteration.variable);
        let (noun, phrases) = match &iteration.over {
            Over::List(place) => (fill(self.phrases.entry, &[&self.place(place, scope)]), self.phrases.entries),
            Over::Set(set) => (self.set(set, scope), self.phrases.members),
        };
        self.over(quantifier, &noun, phrases, iteration.filter.as_ref(), body, holds, inner)
    }

    /// What holds of some, of every or of no member.
    #[expect(
        clippy::too_many_arguments,
        reason = "a quantifier has as many parts, and they are used in this one place"
    )]
    fn over(
        &self,
        quantifier: Quantifier,
        noun: &str,
        [some, every, every_where, no]: [&'static str; 4],
        filter: Option<&Condition>,
        body: &Condition,
        holds: bool,
        inner: Scope,
    ) -> String {
        // Denied, *some* is *no*, *no* is *some*, and *every* is *some* of which the opposite holds.
        let (phrase, body_holds) = match (quantifier, holds) {
            (Quantifier::Some, true) | (Quantifier::No, false) => (some, true),
            (Quantifier::Some, false) | (Quantifier::No, true) => (no, true),
            (Quantifier::Every, false) => (some, false),
            (Quantifier::Every, true) => (if filter.is_some() { every_where } else { every }, true),
        };
        let is_every = quantifier == Quantifier::Every && holds;
        match filter {
            Some(filter) if !is_every => {
                let both = [self.part(filter, true, inner), self.plain_part(body, body_holds, inner)];
                fill(phrase, &[noun, &both.join(self.phrases.and)])
            },
            _ => {
                let filter = filter.map(|filter| self.condition(filter, true, inner)).unwrap_or_default();
                fill(phrase, &[noun, &self.condition(body, body_holds, inner), &filter])
            },
        }
    }

    /// A condition that stands last after `and`: one that is itself joined by `and` needs no brackets.
    fn plain_part(&self, condition: &Condition, holds: bool, scope: Scope) -> String {
        match &condition.kind {
            ConditionKind::And(_) if holds => self.condition(condition, holds, scope),
            _ => self.part(condition, holds, scope),
        }
    }

    /// A quantifier over proposals.
    fn over_proposals(&self, number: usize, holds: bool) -> String {
        let Some(aggregate) = self.aggregates.get(number) else { return String::new() };
        let PortfolioAggregateKind::Quantified(quantifier, body) = &aggregate.kind else { return String::new() };
        let noun = if aggregate.of_group { self.phrases.proposal_of_group } else { self.phrases.proposal };
        let inner = Scope { of_proposals: true, ..Scope::default() };
        self.over(*quantifier, noun, self.phrases.entries, aggregate.filter.as_ref(), body, holds, inner)
    }

    fn present(&self, subject: &Subject, is: bool, scope: Scope) -> String {
        let phrases = self.phrases;
        let what = match subject {
            Subject::Place(place) => self.place(place, scope),
            Subject::Variable(_) => phrases.itself.to_owned(),
            Subject::Lookup(relation, term) => self.lookup(*relation, &self.term(term, scope)),
            Subject::Definition(id) => {
                let what = self.definition(*id).map(|expression| self.expression(expression, scope.of_definition()));
                what.unwrap_or_default()
            },
            Subject::Key => phrases.key.to_owned(),
        };
        let [yes, no] = phrases.present;
        fill(if is { yes } else { no }, &[&what])
    }
}

/// The phrase of an order, or of its opposite.
fn ordered([is, is_not, less, at_most, more, at_least]: [&'static str; 6], order: Order, holds: bool) -> &'static str {
    match (order, holds) {
        (Order::Is, true) | (Order::IsNot, false) => is,
        (Order::IsNot, true) | (Order::Is, false) => is_not,
        (Order::Less, true) | (Order::GreaterOrEqual, false) => less,
        (Order::LessOrEqual, true) | (Order::Greater, false) => at_most,
        (Order::Greater, true) | (Order::LessOrEqual, false) => more,
        (Order::GreaterOrEqual, true) | (Order::Less, false) => at_least,
    }
}
