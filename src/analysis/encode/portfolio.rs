//! Portfolio directives: what their aggregates ask of one proposal, and the directives themselves over aggregates of which
//! nothing is known but what they are.

use std::collections::BTreeMap;

use super::number::NumberValue;
use super::{Around, Bound, Encoder, Kleene, RowId};
use crate::analysis::arithmetic::{Feasibility, Linear, feasibility};
use crate::analysis::circuit::{Answer, Literal};
use crate::analysis::survey::Survey;
use crate::engine::judge::is_negated;
use crate::rulebook::{Modality, PortfolioAggregate, PortfolioAggregateKind, PortfolioDirective, Rulebook};
use crate::syntax::tree::{AggregateKind, Quantifier};
use crate::value::Number;

/// How often numbers may refute a model before a question is given up.
const MOST_REFUTATIONS: usize = 200;

/// What an aggregate asks of a proposal.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Looked {
    /// Whether it counts.
    pub kept: Kleene,
    /// Of a quantifier its condition; of a sum and the like whether the value is above zero.
    pub inside: Option<Kleene>,
}

/// An aggregate over proposals that are not laid out.
#[derive(Debug, Clone)]
pub(in crate::analysis) enum Overlooked {
    Number(NumberValue),
    Truth(Kleene),
    /// Nothing can be said of it.
    Date,
}

/// A portfolio directive over aggregates that may be anything.
#[derive(Debug)]
pub(in crate::analysis) struct Overview<'b> {
    encoder: Encoder<'b>,
    applied: Literal,
    satisfied: Literal,
    violated: Literal,
}

impl Encoder<'_> {
    /// What an aggregate asks of a proposal, for a value of `for each`.
    pub fn looked(&mut self, aggregate: &PortfolioAggregate, proposal: RowId, value: Option<u16>) -> Looked {
        let around = around(proposal, value);
        let kept = match &aggregate.filter {
            Some(filter) => self.condition(filter, &around),
            None => self.known(self.circuit.constant(true)),
        };
        let inside = match &aggregate.kind {
            PortfolioAggregateKind::Quantified(_, condition) => Some(self.condition(condition, &around)),
            PortfolioAggregateKind::Number(_, number) => {
                let number = self.number(number, &around);
                let positive = self.below(&Linear::constant(Number::ZERO), &number.low);
                let known = !number.unknown;
                let circuit = &mut self.circuit;
                Some(Kleene { yes: circuit.and([known, positive]), no: circuit.and([known, !positive]) })
            },
            PortfolioAggregateKind::Count | PortfolioAggregateKind::Date(..) => None,
        };
        Looked { kept, inside }
    }

    /// An aggregate of which nothing is known; where no proposal can matter to it, one of none.
    fn overlooked(&mut self, aggregate: &PortfolioAggregate, can_count: bool) -> Overlooked {
        let zero = Linear::constant(Number::ZERO);
        match &aggregate.kind {
            PortfolioAggregateKind::Count if !can_count => Overlooked::Number(self.point(zero)),
            PortfolioAggregateKind::Count => {
                let unknown = self.circuit.constant(false);
                let (low, high) = (self.any_number(true), self.any_number(true));
                // A group has a member.
                let is_whole_group = aggregate.of_group && aggregate.filter.is_none();
                let least = Linear::constant(if is_whole_group { Number::ONE } else { Number::ZERO });
                let bounds = [self.at_most(&least, &low), self.at_most(&low, &high)];
                bounds.iter().for_each(|bound| self.circuit.clause(&[*bound]));
                // Without a filter every proposal counts for sure.
                if aggregate.filter.is_none() {
                    return Overlooked::Number(NumberValue { unknown, high: low.clone(), low });
                }
                Overlooked::Number(NumberValue { unknown, low, high })
            },
            PortfolioAggregateKind::Number(AggregateKind::Sum, _) if !can_count => Overlooked::Number(self.point(zero)),
            PortfolioAggregateKind::Number(..) if !can_count => Overlooked::Number(self.unknown_number()),
            PortfolioAggregateKind::Number(..) => {
                let unknown = self.circuit.fresh();
                let (low, high) = (self.any_number(false), self.any_number(false));
                let ordered = self.at_most(&low, &high);
                self.circuit.clause(&[ordered]);
                Overlooked::Number(NumberValue { unknown, low, high })
            },
            PortfolioAggregateKind::Quantified(quantifier, _) if !can_count => {
                Overlooked::Truth(self.known(self.circuit.constant(*quantifier != Quantifier::Some)))
            },
            PortfolioAggregateKind::Quantified(..) => {
                let (yes, no) = (self.circuit.fresh(), self.circuit.fresh());
                self.circuit.clause(&[!yes, !no]);
                Overlooked::Truth(Kleene { yes, no })
            },
            PortfolioAggregateKind::Date(..) => Overlooked::Date,
        }
    }

    /// Whether nothing is so; `false` where that is not known.
    fn is_excluded(&mut self, goal: Literal) -> bool {
        for _ in 0..MOST_REFUTATIONS {
            match self.circuit.solve(&[goal]) {
                Answer::Impossible(_) => return true,
                Answer::TooHard => return false,
                Answer::Possible => {},
            }
            let Feasibility::Conflict(literals) = feasibility(&self.arithmetic, &self.circuit) else { return false };
            let clause: Vec<Literal> = literals.iter().map(|literal| !*literal).collect();
            self.circuit.clause(&clause);
        }
        false
    }
}

impl<'b> Overview<'b> {
    /// A directive for a value; `can_count` tells for each aggregate whether a proposal can matter. `None` where the directive
    /// speaks of something of which nothing can be said.
    pub fn new(
        book: &'b Rulebook,
        directive: &PortfolioDirective,
        value: Option<u16>,
        can_count: &[bool],
    ) -> Option<Self> {
        let mut encoder = Encoder::with(book, Survey { counted: 3, ..Survey::default() });
        let mut by_text: BTreeMap<&str, Overlooked> = BTreeMap::new();
        for (aggregate, can_count) in directive.aggregates.iter().zip(can_count) {
            let text = book.files.slice(aggregate.span);
            let known = by_text.get(text).cloned();
            let overlooked = known.unwrap_or_else(|| encoder.overlooked(aggregate, *can_count));
            by_text.insert(text, overlooked.clone());
            encoder.overlooked.push(overlooked);
        }
        let around = around(0, value);
        let when = match &directive.when {
            Some(when) => encoder.condition(when, &around),
            None => encoder.known(encoder.circuit.constant(true)),
        };
        let unless: Vec<Kleene> =
            directive.unless.iter().map(|exception| encoder.condition(&exception.condition, &around)).collect();
        let excepted = encoder.any(&unless);
        let requirement = encoder.condition(&directive.requirement, &around);
        let requirement = requirement.when(!is_negated(directive.heading.modality));
        if encoder.is_vague {
            return None;
        }
        let is_may = directive.heading.modality == Modality::May;
        let granted = encoder.all(&[when, requirement]);
        let circuit = &mut encoder.circuit;
        let standing = circuit.and([!when.no, !excepted.yes]);
        let satisfied = circuit.and([standing, if is_may { granted.yes } else { requirement.yes }]);
        let violated = circuit.and([when.yes, excepted.no, requirement.no]);
        let applied = if is_may { granted.yes } else { when.yes };
        Some(Self { encoder, applied, satisfied, violated })
    }

    /// Whether the directive applies to no portfolio: proved.
    pub fn never_applies(&mut self) -> bool {
        self.encoder.is_excluded(self.applied)
    }

    /// Whether no portfolio satisfies it: proved.
    pub fn never_satisfied(&mut self) -> bool {
        self.encoder.is_excluded(self.satisfied)
    }

    /// Whether no portfolio violates it: proved.
    pub fn never_violated(&mut self) -> bool {
        self.encoder.is_excluded(self.violated)
    }
}

fn around(proposal: RowId, value: Option<u16>) -> Around {
    Around { proposal, bindings: value.map(Bound::Term).into_iter().collect() }
}
