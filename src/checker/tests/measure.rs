//! How much of a pack its tests exercise: which directives they speak of, and which outcomes of each condition they bring about.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Selected;
use crate::checker::Checker;
use crate::checker::document::Batch;
use crate::checker::explain::{each_value, proposals_of};
use crate::checker::options::{Options, PortfolioMode};
use crate::engine::evaluate::{Memory, Scene};
use crate::engine::reading::Reader;
use crate::engine::record::Record;
use crate::engine::truth::Truth;
use crate::rulebook::expression::{Condition, ConditionKind, Expression};
use crate::rulebook::{Directive, Exception, ExpectedOf, Heading, Rulebook, Test, Verdict};
use crate::text::Span;
use crate::value::Number;

/// What the tests exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Every directive, those of the portfolio last.
    pub directives: Vec<DirectiveMeasure>,
}

/// What the tests exercise of a directive. Only tests that expect a verdict of it count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveMeasure {
    /// Its name.
    pub name: String,
    /// The whole item.
    pub span: Span,
    /// The verdicts that tests expect of it.
    pub verdicts: BTreeSet<Verdict>,
    /// Its conditions, and within each those that `and`, `or`, `not` and `if` join.
    pub conditions: Vec<ConditionMeasure>,
}

/// Where in a directive a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    /// `when`
    When,
    /// What it requires or grants.
    Requirement,
    /// `unless`
    Unless,
}

impl Clause {
    /// The word that machine-readable reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::Requirement => "requirement",
            Self::Unless => "unless",
        }
    }
}

/// The outcomes of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionMeasure {
    /// Where it stands in the directive.
    pub clause: Clause,
    /// Its words.
    pub span: Span,
    /// The outcomes that it may have.
    pub possible: BTreeSet<Truth>,
    /// The outcomes that a test brought about.
    pub seen: BTreeSet<Truth>,
}

impl ConditionMeasure {
    /// The outcomes that no test brings about.
    pub fn lacking(&self) -> impl Iterator<Item = Truth> {
        self.possible.difference(&self.seen).copied()
    }
}

impl Measure {
    /// How many directives tests speak of, and how many there are.
    pub fn directives_tested(&self) -> (usize, usize) {
        (self.directives.iter().filter(|one| !one.verdicts.is_empty()).count(), self.directives.len())
    }

    /// How many outcomes of conditions tests bring about, and how many there may be.
    pub fn outcomes(&self) -> (usize, usize) {
        let conditions = || self.directives.iter().flat_map(|one| &one.conditions);
        let seen = conditions().map(|one| one.possible.intersection(&one.seen).count()).sum();
        (seen, conditions().map(|one| one.possible.len()).sum())
    }

    /// The share of outcomes that tests bring about, in percent, exact; `None` if there is no condition.
    pub fn percent(&self) -> Option<Number> {
        let (seen, all) = self.outcomes();
        Number::fraction(i128::try_from(seen).ok()?.checked_mul(100)?, i128::try_from(all).ok()?)
    }

    /// The same in tenths, rounded down: `82.1`.
    pub fn percent_text(&self) -> String {
        let (seen, all) = self.outcomes();
        let tenths = seen.saturating_mul(1000).checked_div(all).unwrap_or(0);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Measures what the selected tests exercise.
pub fn measure(book: &Rulebook, is_selected: Selected<'_>) -> Measure {
    let unknowable = Unknowable::of(book);
    let ordinary = book
        .directives
        .iter()
        .map(|one| fresh(&one.heading, &clauses(one.when.as_ref(), &one.requirement, &one.unless), &unknowable));
    let portfolio = book
        .portfolio
        .iter()
        .map(|one| fresh(&one.heading, &clauses(one.when.as_ref(), &one.requirement, &one.unless), &unknowable));
    let mut measure = Measure { directives: ordinary.chain(portfolio).collect() };
    for test in book.tests.iter().filter(|test| is_selected(test)) {
        for expected in &test.expect {
            let number = match &expected.directive {
                ExpectedOf::Directive(id) => id.0 as usize,
                ExpectedOf::Portfolio(number, _) => book.directives.len() + number,
            };
            if let Some(directive) = measure.directives.get_mut(number) {
                directive.verdicts.insert(expected.verdict);
            }
        }
        let numbers: BTreeSet<&ExpectedOf> = test.expect.iter().map(|expected| &expected.directive).collect();
        for expected in numbers {
            match expected {
                ExpectedOf::Directive(id) => {
                    let number = id.0 as usize;
                    if let (Some(directive), Some(into)) =
                        (book.directives.get(number), measure.directives.get_mut(number))
                    {
                        on_proposals(book, test, directive, into);
                    }
                },
                ExpectedOf::Portfolio(number, _) => {
                    if let Some(into) = measure.directives.get_mut(book.directives.len() + number) {
                        on_portfolio(book, test, *number, into);
                    }
                },
            }
        }
    }
    measure
}

/// A directive's clauses with their conditions.
fn clauses<'d>(
    when: Option<&'d Condition>,
    requirement: &'d Condition,
    unless: &'d [Exception],
) -> Vec<(Clause, &'d Condition)> {
    let when = when.map(|when| (Clause::When, when));
    let unless = unless.iter().map(|exception| (Clause::Unless, &exception.condition));
    when.into_iter().chain([(Clause::Requirement, requirement)]).chain(unless).collect()
}

fn fresh(heading: &Heading, clauses: &[(Clause, &Condition)], unknowable: &Unknowable) -> DirectiveMeasure {
    let mut conditions = Vec::new();
    for (clause, condition) in clauses {
        each(condition, &mut |condition| {
            let possible = unknowable.outcomes(condition);
            let seen = BTreeSet::new();
            conditions.push(ConditionMeasure { clause: *clause, span: condition.span, possible, seen });
        });
    }
    DirectiveMeasure { name: heading.name.clone(), span: heading.span, verdicts: BTreeSet::new(), conditions }
}

/// A condition and those that it joins, always in the same order.
fn each<'c>(condition: &'c Condition, visit: &mut dyn FnMut(&'c Condition)) {
    visit(condition);
    match &condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().for_each(|part| each(part, visit)),
        ConditionKind::Not(part) => each(part, visit),
        ConditionKind::Implies(a, b) => {
            each(a, visit);
            each(b, visit);
        },
        _ => {},
    }
}

/// Notes the outcomes of a directive's conditions in a scene; where `when` is false nothing else is asked.
fn note<'a>(scene: &mut Scene<'a>, clauses: &[(Clause, &'a Condition)], into: &mut DirectiveMeasure) {
    let idle =
        clauses.iter().any(|(clause, condition)| *clause == Clause::When && scene.condition(condition) == Truth::False);
    let mut conditions = into.conditions.iter_mut();
    for (clause, condition) in clauses {
        each(condition, &mut |condition| {
            let is_asked = !idle || *clause == Clause::When;
            if let Some(measure) = conditions.next().filter(|_| is_asked) {
                measure.seen.insert(scene.condition(condition));
            }
        });
    }
}

fn on_proposals(book: &Rulebook, test: &Test, directive: &Directive, into: &mut DirectiveMeasure) {
    if !directive.heading.effective.contains(test.as_of) {
        return;
    }
    let reader = Reader::new(book);
    let all = clauses(directive.when.as_ref(), &directive.requirement, &directive.unless);
    for (_, text) in test.given.iter().flat_map(|given| proposals_of(book, *given)) {
        let (mut record, mut memory) = (Record::default(), Memory::default());
        if reader.read(text, &mut record, &mut Vec::new()).is_ok() {
            note(&mut Scene::new(book, &record, text, &mut memory), &all, into);
        }
    }
}

fn on_portfolio(book: &Rulebook, test: &Test, number: usize, into: &mut DirectiveMeasure) {
    let options = Options { portfolio: PortfolioMode::On, ..Options::new(test.as_of) };
    let (Ok(checker), Some(directive)) = (Checker::new(book, options), book.portfolio.get(number)) else { return };
    if !directive.heading.effective.contains(test.as_of) {
        return;
    }
    let mut batch = Batch::new(&checker, Vec::new());
    for given in &test.given {
        batch.document(&Arc::from(""), book.files.slice(*given).as_bytes());
    }
    let (_, tallies) = batch.finish();
    let Some(tally) = tallies.get(number) else { return };
    each_value(&checker, directive, tally, &mut |scene, directive, _| {
        note(scene, &clauses(directive.when.as_ref(), &directive.requirement, &directive.unless), into);
    });
}

/// Which conditions are never unknown by their form alone.
struct Unknowable {
    definitions: Vec<bool>,
}

impl Unknowable {
    /// Definitions stand each after those that they use.
    fn of(book: &Rulebook) -> Self {
        let mut known = Self { definitions: Vec::new() };
        for definition in &book.definitions {
            let never = match &definition.value {
                Expression::Condition(condition) => known.never_unknown(condition),
                _ => false,
            };
            known.definitions.push(never);
        }
        known
    }

    fn never_unknown(&self, condition: &Condition) -> bool {
        match &condition.kind {
            ConditionKind::Truth(_) | ConditionKind::Present(..) | ConditionKind::Key => true,
            ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().all(|part| self.never_unknown(part)),
            ConditionKind::Not(part) => self.never_unknown(part),
            ConditionKind::Implies(a, b) | ConditionKind::BooleanIs(_, a, b) => {
                self.never_unknown(a) && self.never_unknown(b)
            },
            ConditionKind::Definition(id) => self.definitions.get(usize::from(id.0)).copied().unwrap_or(false),
            _ => false,
        }
    }

    fn outcomes(&self, condition: &Condition) -> BTreeSet<Truth> {
        match condition.kind {
            ConditionKind::Truth(value) => BTreeSet::from([Truth::from(value)]),
            _ if self.never_unknown(condition) => BTreeSet::from([Truth::True, Truth::False]),
            _ => BTreeSet::from([Truth::True, Truth::False, Truth::Unknown]),
        }
    }
}
