//! Portfolio directives: whether they can apply, be satisfied and be violated, for each value of `for each`.
//!
//! Small portfolios are put together from proposals that their aggregates tell apart, and judged by the engine: what can be is
//! shown. What cannot be is proved over aggregates that may be anything, but for those that no proposal can count for. Else it is
//! said to be unknown.

mod candidates;
mod desk;

use std::collections::BTreeMap;

use self::candidates::{candidates, key_columns, thresholds};
use self::desk::Desk;
use super::circuit::Literal;
use super::document::Document;
use super::encode::{Looked, Overview};
use super::prover::{Evidence, Prover};
use crate::rulebook::{
    ForEach, Modality, PortfolioAggregate, PortfolioAggregateKind, PortfolioDirective, Quantifier, Rulebook, Verdict,
};
use crate::value::Day;

/// For how many values of `for each` a directive is looked at.
pub(super) const MOST_VALUES: usize = 200;

/// Proposals that are judged together, with the day that they are judged as of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    /// The proposals.
    pub proposals: Vec<Document>,
    /// The day.
    pub as_of: Day,
}

/// How a question about portfolios came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// There is such a portfolio.
    Portfolio(Portfolio),
    /// There is none: proved.
    Impossible,
    /// Neither was found.
    Unknown,
}

/// What was found out about a portfolio directive for one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioProof {
    /// The directive's number.
    pub directive: usize,
    /// The term that it is judged for; `None` for everything, or for any group.
    pub value: Option<u16>,
    /// Whether it can apply.
    pub applies: Shown,
    /// Whether it can be satisfied.
    pub satisfied: Shown,
    /// Whether it can be violated; not asked of a `may`.
    pub violated: Option<Shown>,
}

/// The values that a directive is looked at for.
pub(super) fn values(directive: &PortfolioDirective) -> Vec<Option<u16>> {
    match &directive.for_each {
        ForEach::Nothing | ForEach::Group(_) => vec![None],
        ForEach::Term(_, terms) => terms.iter().take(MOST_VALUES).map(Some).collect(),
    }
}

/// Portfolios on which directives were seen to have a verdict, the first that was tried.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<(usize, Option<u16>), BTreeMap<Verdict, Portfolio>>);

impl Seen {
    fn of(&self, directive: usize, value: Option<u16>, verdicts: &[Verdict]) -> Option<&Portfolio> {
        let own = self.0.get(&(directive, value))?;
        verdicts.iter().find_map(|verdict| own.get(verdict))
    }

    /// Whether there is nothing more to look for.
    fn is_complete(&self, book: &Rulebook, directive: usize, value: Option<u16>) -> bool {
        let is_may = book.portfolio.get(directive).is_some_and(|one| one.heading.modality == Modality::May);
        self.of(directive, value, &[Verdict::Satisfied]).is_some()
            && (is_may || self.of(directive, value, &[Verdict::Violated]).is_some())
    }
}

/// Proves or refutes what can be asked of the selected portfolio directives.
pub(super) fn proofs(prover: &mut Prover<'_>, is_selected: &dyn Fn(usize) -> bool) -> Vec<PortfolioProof> {
    let book = prover.book;
    let mut desks: BTreeMap<Day, Option<Desk<'_>>> = BTreeMap::new();
    let mut seen = Seen::default();
    let mut proofs = Vec::new();
    for (number, directive) in book.portfolio.iter().enumerate().filter(|(number, _)| is_selected(*number)) {
        let period = directive.heading.effective;
        let Some(day) = prover.days.iter().map(|(day, _)| *day).find(|day| period.contains(*day)) else { continue };
        let Some(desk) = desks.entry(day).or_insert_with(|| Desk::new(book, day)) else { continue };
        desk.judge(Vec::new(), &mut seen);
        for (place, value) in values(directive).into_iter().enumerate() {
            let looked = prover.looked.get(number).and_then(|all| all.get(place)).cloned().unwrap_or_default();
            if !seen.is_complete(book, number, value) {
                try_portfolios(prover, (number, directive), value, &looked, desk, &mut seen);
            }
            proofs.push(proof(prover, (number, directive), value, &looked, &seen));
        }
    }
    proofs
}

/// Judges portfolios of few proposals, the smallest first.
fn try_portfolios<'b>(
    prover: &mut Prover<'b>,
    (number, directive): (usize, &PortfolioDirective),
    value: Option<u16>,
    looked: &[Looked],
    desk: &Desk<'b>,
    seen: &mut Seen,
) {
    let book = prover.book;
    let keys = key_columns(directive);
    let found = candidates(prover, looked, &keys);
    let times = thresholds(book, directive);
    let repeated = |one: &Document, times: usize| std::iter::repeat_n(one.clone(), times);
    let mut portfolios: Vec<Vec<Document>> = Vec::new();
    for one in &found {
        portfolios.extend(times.iter().map(|times| repeated(one, *times).collect()));
        for other in found.iter().filter(|other| *other != one) {
            portfolios.extend(times.iter().map(|times| repeated(one, *times).chain([other.clone()]).collect()));
        }
    }
    portfolios.sort_by_key(Vec::len);
    for proposals in portfolios {
        if seen.is_complete(book, number, value) {
            return;
        }
        desk.judge(proposals, seen);
    }
}

fn proof(
    prover: &mut Prover<'_>,
    (number, directive): (usize, &PortfolioDirective),
    value: Option<u16>,
    looked: &[Looked],
    seen: &Seen,
) -> PortfolioProof {
    let shown = |verdicts: &[Verdict]| seen.of(number, value, verdicts).cloned().map(Shown::Portfolio);
    let decided = [Verdict::Satisfied, Verdict::Violated, Verdict::SetAside];
    let (applies, satisfied, violated) = (shown(&decided), shown(&[Verdict::Satisfied]), shown(&[Verdict::Violated]));
    let is_may = directive.heading.modality == Modality::May;
    let is_open = applies.is_none() || satisfied.is_none() || violated.is_none() && !is_may;
    let mut overview = is_open.then(|| {
        let aggregates = directive.aggregates.iter().zip(looked);
        let can_count: Vec<bool> = aggregates.map(|(aggregate, one)| can_count(prover, aggregate, one)).collect();
        Overview::new(prover.book, directive, value, &can_count)
    });
    let mut or_proved = |shown: Option<Shown>, never: &dyn Fn(&mut Overview<'_>) -> bool| {
        shown.unwrap_or_else(|| match overview.as_mut().and_then(Option::as_mut).is_some_and(never) {
            true => Shown::Impossible,
            false => Shown::Unknown,
        })
    };
    PortfolioProof {
        directive: number,
        value,
        applies: or_proved(applies, &|overview| overview.never_applies()),
        satisfied: or_proved(satisfied, &|overview| overview.never_satisfied()),
        violated: (!is_may).then(|| or_proved(violated, &|overview| overview.never_violated())),
    }
}

/// Whether some valid proposal may matter to an aggregate; it may where that is not known.
fn can_count(prover: &mut Prover<'_>, aggregate: &PortfolioAggregate, looked: &Looked) -> bool {
    let inside = looked.inside.and_then(|inside| match aggregate.kind {
        PortfolioAggregateKind::Quantified(Quantifier::Every, _) => Some(!inside.yes),
        PortfolioAggregateKind::Quantified(..) => Some(!inside.no),
        _ => None,
    });
    let goal: Vec<Literal> = std::iter::once(!looked.kept.no).chain(inside).collect();
    prover.sketch(&goal) != Evidence::Impossible
}
