//! Numbers, dates, texts, terms and sets in words.

use super::{Scope, Scribe, fill};
use crate::rulebook::expression::{
    DateExpression, DateKind, Expression, Iteration, NumberExpression, NumberKind, Over, SetExpression, SetKind,
    TermExpression, TermKind, TextExpression, TextKind,
};
use crate::rulebook::{AggregateKind, DimensionId, PortfolioAggregateKind, UnitId};
use crate::syntax::tree::{Arithmetic, DateUnit};
use crate::value::Number;

impl Scribe<'_> {
    pub(super) fn number(&self, number: &NumberExpression, scope: Scope) -> String {
        let phrases = self.phrases;
        if !self.goes_on() {
            return self.source(number.span, true);
        }
        match &number.kind {
            NumberKind::Constant(value, unit) => self.amount(*value, number.dimension, *unit),
            NumberKind::Field(place) => self.place(place, scope),
            NumberKind::Arithmetic(operator, a, b, _) => {
                let sign = match operator {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "−",
                    Arithmetic::Multiply => "×",
                    Arithmetic::Divide => "÷",
                };
                format!("{} {sign} {}", self.operand(a, scope), self.operand(b, scope))
            },
            NumberKind::Negate(of) => format!("−{}", self.operand(of, scope)),
            NumberKind::PercentOf(share, of, _) => {
                let percent = Number::fraction(100, 1).and_then(|hundred| share.multiplied(hundred)).unwrap_or(*share);
                fill(phrases.percent, &[&percent.to_string(), &self.operand(of, scope)])
            },
            NumberKind::Count(iteration) => fill(phrases.count, &[&self.members(iteration, scope)]),
            NumberKind::Aggregate(kind, iteration, value) => {
                let value = self.number(value, scope.inside(iteration.variable).silent());
                fill(self.aggregate(*kind), &[&self.members(iteration, scope), &value])
            },
            NumberKind::Extreme(kind, numbers) => {
                let numbers: Vec<String> = numbers.iter().map(|one| self.number(one, scope)).collect();
                self.extreme(*kind, &numbers)
            },
            NumberKind::DateSpan(unit, from, to) => {
                let [years, months, days] = phrases.spans;
                let span = match unit {
                    DateUnit::Years => years,
                    DateUnit::Months => months,
                    DateUnit::Days => days,
                };
                fill(span, &[&self.date(from, scope), &self.date(to, scope)])
            },
            NumberKind::YearOf(date) => fill(phrases.year, &[&self.date(date, scope)]),
            NumberKind::LengthOf(text) => fill(phrases.length, &[&self.text(text, scope)]),
            NumberKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Number(number)) => self.number(number, scope.of_definition()),
                _ => self.source(number.span, true),
            },
            NumberKind::Portfolio(aggregate) => self.gathered(*aggregate),
            NumberKind::Key => phrases.key.to_owned(),
        }
    }

    /// A number as an operand, in brackets where it has operands itself.
    fn operand(&self, number: &NumberExpression, scope: Scope) -> String {
        let text = self.number(number, scope);
        if matches!(number.kind, NumberKind::Arithmetic(..)) { fill(self.phrases.brackets, &[&text]) } else { text }
    }

    /// In the unit in which it is written.
    fn amount(&self, value: Number, dimension: Option<DimensionId>, unit: Option<UnitId>) -> String {
        let units =
            dimension.and_then(|id| self.book.dimensions.get(usize::from(id.0))).map(|one| one.units.as_slice());
        let unit = unit.unwrap_or_default();
        let Some(unit) = units.and_then(|units| units.get(usize::from(unit.0))) else { return value.to_string() };
        let label = unit.label.get(self.language);
        let label = if label.is_empty() { unit.name.as_str() } else { label };
        format!("{} {label}", value.divided(unit.scale).unwrap_or(value))
    }

    /// The entries of a list or the terms of a set that are kept.
    fn members(&self, iteration: &Iteration, scope: Scope) -> String {
        let (all, filtered) = match &iteration.over {
            Over::List(place) => (fill(self.phrases.entries_of, &[&self.place(place, scope)]), self.phrases.filtered),
            Over::Set(set) => (self.set(set, scope), self.phrases.filtered_members),
        };
        match &iteration.filter {
            Some(filter) => fill(filtered, &[&all, &self.condition(filter, true, scope.inside(iteration.variable))]),
            None => all,
        }
    }

    fn aggregate(&self, kind: AggregateKind) -> &'static str {
        let [sum, least, greatest, average] = self.phrases.aggregates;
        match kind {
            AggregateKind::Min => least,
            AggregateKind::Max => greatest,
            AggregateKind::Average => average,
            _ => sum,
        }
    }

    fn extreme(&self, kind: AggregateKind, of: &[String]) -> String {
        let phrase = if kind == AggregateKind::Min { self.phrases.least } else { self.phrases.greatest };
        fill(phrase, &[&of.join(self.phrases.list)])
    }

    /// What is gathered over proposals.
    fn gathered(&self, number: usize) -> String {
        let Some(aggregate) = self.aggregates.get(number) else { return String::new() };
        let scope = Scope { of_proposals: true, ..Scope::default() };
        let all = if aggregate.of_group { self.phrases.proposals_of_group } else { self.phrases.proposals };
        let members = match &aggregate.filter {
            Some(filter) => fill(self.phrases.filtered, &[all, &self.condition(filter, true, scope)]),
            None => all.to_owned(),
        };
        match &aggregate.kind {
            PortfolioAggregateKind::Count => fill(self.phrases.count, &[&members]),
            PortfolioAggregateKind::Number(kind, value) => {
                fill(self.aggregate(*kind), &[&members, &self.number(value, scope.silent())])
            },
            PortfolioAggregateKind::Date(kind, value) => {
                fill(self.aggregate(*kind), &[&members, &self.date(value, scope.silent())])
            },
            PortfolioAggregateKind::Quantified(..) => String::new(),
        }
    }

    pub(super) fn date(&self, date: &DateExpression, scope: Scope) -> String {
        if !self.goes_on() {
            return self.source(date.span, true);
        }
        match &date.kind {
            DateKind::Day(days) | DateKind::Period(days) => days.to_string(),
            DateKind::Field(place) => self.place(place, scope),
            DateKind::Aggregate(kind, iteration, value) => {
                let value = self.date(value, scope.inside(iteration.variable).silent());
                fill(self.aggregate(*kind), &[&self.members(iteration, scope), &value])
            },
            DateKind::Extreme(kind, dates) => {
                let dates: Vec<String> = dates.iter().map(|one| self.date(one, scope)).collect();
                self.extreme(*kind, &dates)
            },
            DateKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Date(date)) => self.date(date, scope.of_definition()),
                _ => self.source(date.span, true),
            },
            DateKind::Portfolio(aggregate) => self.gathered(*aggregate),
            DateKind::Key => self.phrases.key.to_owned(),
        }
    }

    pub(super) fn text(&self, text: &TextExpression, scope: Scope) -> String {
        let phrases = self.phrases;
        if !self.goes_on() {
            return self.source(text.span, true);
        }
        match &text.kind {
            TextKind::Constant(written, _) => fill(phrases.quoted, &[written]),
            TextKind::Field(place) => self.place(place, scope),
            TextKind::CharactersOf(from, to, of) => {
                fill(phrases.characters, &[&from.to_string(), &to.to_string(), &self.text(of, scope)])
            },
            TextKind::CodeOf(term) => fill(phrases.code, &[&self.term(term, scope)]),
            TextKind::LabelOf(term) => fill(phrases.label, &[&self.term(term, scope)]),
            TextKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Text(text)) => self.text(text, scope.of_definition()),
                _ => self.source(text.span, true),
            },
            TextKind::Key => phrases.key.to_owned(),
        }
    }

    pub(super) fn term(&self, term: &TermExpression, scope: Scope) -> String {
        if !self.goes_on() {
            return self.source(term.span, true);
        }
        match &term.kind {
            TermKind::Constant(number) => self.term_label(term.vocabulary, *number),
            TermKind::Field(place) => self.place(place, scope),
            TermKind::Variable(number) => self.member(term.vocabulary, *number, scope),
            TermKind::Lookup(relation, of) => self.lookup(*relation, &self.term(of, scope)),
            TermKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Term(term)) => self.term(term, scope.of_definition()),
                _ => self.source(term.span, true),
            },
            TermKind::Key => self.phrases.key.to_owned(),
        }
    }

    pub(super) fn set(&self, set: &SetExpression, scope: Scope) -> String {
        if !self.goes_on() {
            return self.source(set.span, true);
        }
        match &set.kind {
            SetKind::Constant(terms) => self.named_terms(set.vocabulary, terms, set.span),
            SetKind::Literal(terms) => {
                let terms: Vec<String> = terms.iter().map(|term| self.term(term, scope)).collect();
                terms.join(self.phrases.list)
            },
            SetKind::Field(place) => self.place(place, scope),
            SetKind::Lookup(relation, of) => self.lookup(*relation, &self.term(of, scope)),
            SetKind::LookupAll(relation, of) => self.lookup(*relation, &self.set(of, scope)),
            SetKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Set(set)) => self.set(set, scope.of_definition()),
                _ => self.source(set.span, true),
            },
        }
    }
}
