//! Portfolio directives: one pass over all proposals into accumulators that merge in any order to the same answer.

mod partial;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::evaluate::{AggregateValue, Binding, Portfolio, Scene, extreme_days, extreme_of};
use super::key::{KeyPart, key_of, key_text};
use super::truth::Truth;
use super::value::{Interval, More, TermValue};
use crate::rulebook::expression::{Condition, ConditionKind, SetExpression, TermExpression, TermKind};
use crate::rulebook::{
    AggregateKind, ForEach, KeyExpression, PortfolioAggregate, PortfolioAggregateKind, PortfolioDirective, Quantifier,
    Rulebook,
};
use crate::value::{Days, ExactSum, Number, TermSet};

/// How many members of a group are kept for its finding.
pub const MEMBERS_SHOWN: usize = 10;

/// What has been gathered of one aggregate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accumulator {
    /// `count`: proposals that are kept for sure, and that may be.
    Count(u64, u64),
    /// `sum` and `average`: the sums of the lower and the upper ends, and how many; `None` once a member is unknown.
    Sum(Option<Box<(ExactSum, ExactSum, u64)>>),
    /// `min` and `max`.
    Extreme(Extreme<Interval>),
    /// The same of dates.
    ExtremeDate(Extreme<Days>),
    /// Quantifiers: whether some proposal is a witness.
    Witness(Truth),
}

impl Accumulator {
    fn new(kind: &PortfolioAggregateKind) -> Self {
        match kind {
            PortfolioAggregateKind::Count | PortfolioAggregateKind::Number(AggregateKind::Count, _) => {
                Self::Count(0, 0)
            },
            PortfolioAggregateKind::Number(AggregateKind::Sum | AggregateKind::Average, _) => {
                Self::Sum(Some(Box::default()))
            },
            PortfolioAggregateKind::Number(..) => Self::Extreme(Extreme::OfNothing),
            PortfolioAggregateKind::Date(..) => Self::ExtremeDate(Extreme::OfNothing),
            PortfolioAggregateKind::Quantified(..) => Self::Witness(Truth::False),
        }
    }

    /// Takes in the proposal of the scene.
    fn add<'a>(&mut self, aggregate: &'a PortfolioAggregate, scene: &mut Scene<'a>) {
        let kept = aggregate.filter.as_ref().map_or(Truth::True, |filter| scene.condition(filter));
        if kept == Truth::False {
            return;
        }
        match (self, &aggregate.kind) {
            (Self::Count(sure, _), _) if kept == Truth::True => *sure += 1,
            (Self::Count(_, maybe), _) => *maybe += 1,
            (Self::Witness(found), PortfolioAggregateKind::Quantified(quantifier, body)) => {
                let wanted = *quantifier != Quantifier::Every;
                *found = found.or(kept.and(scene.condition(body).when(wanted)));
            },
            (Self::Sum(state), PortfolioAggregateKind::Number(_, number)) => {
                match (scene.number(number).filter(|_| kept == Truth::True), state.as_deref_mut()) {
                    (Some(value), Some((low, high, count))) => {
                        low.add(value.low);
                        high.add(value.high);
                        *count += 1;
                    },
                    _ => *state = None,
                }
            },
            (Self::Extreme(state), PortfolioAggregateKind::Number(kind, number)) => {
                let value = scene.number(number).filter(|_| kept == Truth::True);
                state.join(Extreme::of(value), |a, b| extreme_of(*kind, a, b));
            },
            (Self::ExtremeDate(state), PortfolioAggregateKind::Date(kind, date)) => {
                let value = scene.date(date).filter(|_| kept == Truth::True);
                state.join(Extreme::of(value), |a, b| extreme_days(*kind, a, b));
            },
            _ => {},
        }
    }

    /// Takes in what another run over other proposals has gathered.
    fn merge(&mut self, other: Self, kind: &PortfolioAggregateKind) {
        match (self, other, kind) {
            (Self::Count(sure, maybe), Self::Count(more_sure, more_maybe), _) => {
                *sure = sure.saturating_add(more_sure);
                *maybe = maybe.saturating_add(more_maybe);
            },
            (Self::Witness(found), Self::Witness(other), _) => *found = found.or(other),
            (Self::Sum(state), Self::Sum(other), _) => match (state.as_deref_mut(), other.as_deref()) {
                (Some((low, high, count)), Some((more_low, more_high, more))) => {
                    low.merge(more_low);
                    high.merge(more_high);
                    *count = count.saturating_add(*more);
                },
                _ => *state = None,
            },
            (Self::Extreme(state), Self::Extreme(other), PortfolioAggregateKind::Number(kind, _)) => {
                state.join(other, |a, b| extreme_of(*kind, a, b));
            },
            (Self::ExtremeDate(state), Self::ExtremeDate(other), PortfolioAggregateKind::Date(kind, _)) => {
                state.join(other, |a, b| extreme_days(*kind, a, b));
            },
            _ => {},
        }
    }

    /// What it has come to.
    fn value(&self, kind: &PortfolioAggregateKind) -> AggregateValue {
        match self {
            Self::Count(sure, maybe) => {
                let number = |count: u64| i64::try_from(count).map_or(Number::ZERO, Number::whole);
                AggregateValue::Number(Some(Interval { low: number(*sure), high: number(sure.saturating_add(*maybe)) }))
            },
            Self::Sum(state) => AggregateValue::Number(state.as_deref().and_then(|(low, high, count)| {
                let average = matches!(kind, PortfolioAggregateKind::Number(AggregateKind::Average, _));
                let total = |sum: &ExactSum| if average { sum.divided(*count) } else { sum.value() };
                Some(Interval { low: total(low)?, high: total(high)? })
            })),
            Self::Extreme(state) => AggregateValue::Number(state.value()),
            Self::ExtremeDate(state) => AggregateValue::Date(state.value()),
            Self::Witness(found) => {
                let some = matches!(kind, PortfolioAggregateKind::Quantified(Quantifier::Some, _));
                AggregateValue::Truth(found.when(some))
            },
        }
    }
}

/// The least or the greatest of what was met so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extreme<T> {
    /// Nothing was met yet.
    OfNothing,
    /// This one.
    Known(T),
    /// A member is unknown, and so is the extreme.
    Unknown,
}

impl<T: Copy> Extreme<T> {
    fn of(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }

    fn join(&mut self, other: Self, join: impl Fn(T, T) -> T) {
        *self = match (*self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::OfNothing, one) | (one, Self::OfNothing) => one,
            (Self::Known(a), Self::Known(b)) => Self::Known(join(a, b)),
        };
    }

    fn value(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::OfNothing | Self::Unknown => None,
        }
    }
}

/// A group of proposals that share a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group<M> {
    /// Its aggregates, by number; those that do not run over the group stay empty.
    accumulators: Vec<Accumulator>,
    /// Its first members, at most [`MEMBERS_SHOWN`].
    pub members: Vec<M>,
    /// How many members it has.
    pub count: u64,
}

/// What has been gathered for a portfolio directive. `M` is what is kept of a group's member; its order is that of
/// the proposals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally<M> {
    /// Aggregates that do not hang on the value of `for each`.
    shared: Vec<Accumulator>,
    /// For each term of `for each`, in order.
    by_term: Vec<Vec<Accumulator>>,
    /// For each key.
    #[serde(
        with = "partial::sorted_groups",
        bound(serialize = "M: Serialize + Ord", deserialize = "M: Deserialize<'de>")
    )]
    groups: HashMap<Vec<KeyPart>, Group<M>>,
    /// Proposals in no group.
    pub ungrouped: u64,
}

/// One value of `for each` with what was gathered for it.
#[derive(Debug)]
pub struct Gathered<'t, M> {
    /// The term of `for each`.
    pub term: Option<u16>,
    /// The key of the group, and the group.
    pub group: Option<(&'t [KeyPart], &'t Group<M>)>,
    /// Every aggregate, by number.
    pub aggregates: Vec<AggregateValue>,
}

impl<M: Ord + Clone> Tally<M> {
    /// Nothing gathered yet.
    pub fn new(directive: &PortfolioDirective) -> Self {
        let fresh = fresh(directive);
        let terms = match &directive.for_each {
            ForEach::Term(_, terms) => terms.len() as usize,
            _ => 0,
        };
        Self { by_term: vec![fresh.clone(); terms], shared: fresh, groups: HashMap::new(), ungrouped: 0 }
    }

    /// Takes in the proposal of the scene; `member` makes what is kept of it.
    pub fn add<'a>(&mut self, directive: &'a PortfolioDirective, scene: &mut Scene<'a>, member: &mut dyn FnMut() -> M) {
        for (aggregate, accumulator) in directive.aggregates.iter().zip(&mut self.shared) {
            if !aggregate.of_group && !aggregate.reads_value {
                accumulator.add(aggregate, scene);
            }
        }
        match &directive.for_each {
            ForEach::Nothing => {},
            ForEach::Term(_, terms) => self.add_to_terms(directive, terms, scene),
            ForEach::Group(keys) => match key_of(scene, keys) {
                None => self.ungrouped += 1,
                Some(key) => self.add_to_group(directive, keys, key, scene, member()),
            },
        }
    }

    fn add_to_group<'a>(
        &mut self,
        directive: &'a PortfolioDirective,
        keys: &[KeyExpression],
        key: Vec<KeyPart>,
        scene: &mut Scene<'a>,
        member: M,
    ) {
        // Most groups are only counted; what else is gathered may read the key.
        let is_plain = |one: &PortfolioAggregate| {
            !one.of_group || one.filter.is_none() && matches!(one.kind, PortfolioAggregateKind::Count)
        };
        let read = if directive.aggregates.iter().all(is_plain) { Vec::new() } else { key.clone() };
        let text = if read.is_empty() { String::new() } else { key_text(scene.book, keys, &read) };
        let group = self.groups.entry(key).or_insert_with(|| Group {
            accumulators: fresh(directive),
            // Most groups keep one member; a vector that grows by itself makes room for four.
            members: Vec::with_capacity(1),
            count: 0,
        });
        group.count += 1;
        keep_first(&mut group.members, member);
        let mut scene = Scene::new(scene.book, scene.record, scene.input, scene.memory);
        scene.portfolio = Some(Portfolio { aggregates: &[], key: &read, key_text: &text });
        for (aggregate, accumulator) in directive.aggregates.iter().zip(&mut group.accumulators) {
            if aggregate.of_group {
                accumulator.add(aggregate, &mut scene);
            }
        }
    }

    fn add_to_terms<'a>(&mut self, directive: &'a PortfolioDirective, terms: &TermSet, scene: &mut Scene<'a>) {
        for (number, aggregate) in directive.aggregates.iter().enumerate() {
            if !aggregate.reads_value {
                continue;
            }
            let possible = aggregate.filter.as_ref().and_then(|filter| possible_values(filter, scene));
            for (term, accumulators) in terms.iter().zip(&mut self.by_term) {
                if possible.as_ref().is_some_and(|possible| !possible.contains(term)) {
                    continue;
                }
                if let Some(accumulator) = accumulators.get_mut(number) {
                    scene.bound(0, Binding::Term(term), |scene| accumulator.add(aggregate, scene));
                }
            }
        }
    }

    /// Takes in what another run over other proposals has gathered for the same directive.
    pub fn merge(&mut self, other: Self, directive: &PortfolioDirective) {
        merge_all(&mut self.shared, other.shared, directive);
        for (mine, theirs) in self.by_term.iter_mut().zip(other.by_term) {
            merge_all(mine, theirs, directive);
        }
        self.ungrouped = self.ungrouped.saturating_add(other.ungrouped);
        for (key, theirs) in other.groups.into_iter().collect::<Vec<_>>() {
            match self.groups.remove_entry(&key) {
                None => drop(self.groups.insert(key, theirs)),
                Some((own_key, mut mine)) => {
                    // A text of a key is shown as the first member of all has it.
                    let key = if theirs.members.first() < mine.members.first() { key } else { own_key };
                    mine.count = mine.count.saturating_add(theirs.count);
                    merge_all(&mut mine.accumulators, theirs.accumulators, directive);
                    theirs.members.into_iter().for_each(|member| keep_first(&mut mine.members, member));
                    self.groups.insert(key, mine);
                },
            }
        }
    }

    /// Everything gathered, value by value: terms in the vocabulary's order, groups by their first member.
    pub fn gathered(&self, directive: &PortfolioDirective) -> Vec<Gathered<'_, M>> {
        let values = |own: &[Accumulator]| {
            let all = directive.aggregates.iter().zip(own).zip(&self.shared);
            all.map(|((aggregate, own), shared)| {
                let is_own = aggregate.of_group || aggregate.reads_value;
                if is_own { own } else { shared }.value(&aggregate.kind)
            })
            .collect()
        };
        match &directive.for_each {
            ForEach::Nothing => vec![Gathered { term: None, group: None, aggregates: values(&self.shared) }],
            ForEach::Term(_, terms) => {
                let pairs = terms.iter().zip(&self.by_term);
                pairs.map(|(term, own)| Gathered { term: Some(term), group: None, aggregates: values(own) }).collect()
            },
            ForEach::Group(_) => {
                let mut groups: Vec<_> = self.groups.iter().collect();
                groups.sort_by(|(_, a), (_, b)| a.members.first().cmp(&b.members.first()));
                let gathered = groups.into_iter().map(|(key, group)| Gathered {
                    term: None,
                    group: Some((key.as_slice(), group)),
                    aggregates: values(&group.accumulators),
                });
                gathered.collect()
            },
        }
    }
}

fn fresh(directive: &PortfolioDirective) -> Vec<Accumulator> {
    directive.aggregates.iter().map(|aggregate| Accumulator::new(&aggregate.kind)).collect()
}

fn merge_all(mine: &mut [Accumulator], theirs: Vec<Accumulator>, directive: &PortfolioDirective) {
    for ((mine, theirs), aggregate) in mine.iter_mut().zip(theirs).zip(&directive.aggregates) {
        mine.merge(theirs, &aggregate.kind);
    }
}

/// Keeps the first few members in the order of the proposals, whatever the order in which they come.
fn keep_first<M: Ord>(members: &mut Vec<M>, member: M) {
    let at = members.partition_point(|other| *other < member);
    if at < MEMBERS_SHOWN {
        members.insert(at, member);
        members.truncate(MEMBERS_SHOWN);
    }
}

/// The values of `for each` (variable 0) for which a filter may be other than false, where the filter compares
/// the value with something that the proposal decides; else `None`. It spares a look at every county for each proposal.
fn possible_values<'a>(filter: &'a Condition, scene: &mut Scene<'a>) -> Option<TermSet> {
    match &filter.kind {
        ConditionKind::And(parts) => parts.iter().find_map(|part| possible_values(part, scene)),
        ConditionKind::TermIs(true, a, b) => match (&a.kind, &b.kind) {
            (_, TermKind::Variable(0)) if is_of_proposal(a) => one_term(scene.term(a)),
            (TermKind::Variable(0), _) if is_of_proposal(b) => one_term(scene.term(b)),
            _ => None,
        },
        ConditionKind::TermIn(true, term, set) if matches!(term.kind, TermKind::Variable(0)) => all_terms(set, scene),
        _ => None,
    }
}

fn all_terms<'a>(set: &'a SetExpression, scene: &mut Scene<'a>) -> Option<TermSet> {
    use crate::rulebook::expression::SetKind;
    let of_proposal = match &set.kind {
        SetKind::Field(_) => true,
        SetKind::Lookup(_, term) => is_of_proposal(term),
        _ => false,
    };
    let set = if of_proposal { scene.set(set) } else { None }?;
    (set.more == More::Nothing).then(|| set.known.into_owned())
}

fn one_term(value: TermValue) -> Option<TermSet> {
    match value {
        TermValue::Unknown => None,
        TermValue::NoTerm => Some(TermSet::new()),
        TermValue::Term(term) => Some(std::iter::once(term).collect()),
    }
}

/// Whether a term reads no variable.
fn is_of_proposal(term: &TermExpression) -> bool {
    match &term.kind {
        TermKind::Field(_) => true,
        TermKind::Lookup(_, argument) => is_of_proposal(argument),
        _ => false,
    }
}

/// Fresh tallies for all portfolio directives of a rule pack.
pub fn tallies<M: Ord + Clone>(book: &Rulebook) -> Vec<Tally<M>> {
    book.portfolio.iter().map(Tally::new).collect()
}
