//! Whether all `must` directives can be met together, situation by situation.
//!
//! A situation is a term that some `when` asks for, a directive that applies, or two directives that apply at once. In each, some
//! valid proposal has to leave every `must` neither violated nor undetermined; else the fewest directives that exclude one
//! are a conflict.

use std::collections::{BTreeMap, BTreeSet};

use super::circuit::Literal;
use super::encode::FieldKind;
use super::prover::{Doubt, Evidence, Prover, Question, Witness};
use super::survey::Spot;
use super::trial::Verdicts;
use super::verify::shrunk;
use crate::rulebook::expression::{
    Condition, ConditionKind, Frame, Place, SetExpression, SetKind, TermExpression, TermKind,
};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{ColumnId, DirectiveId, Modality, Rulebook, TableId, Verdict};

/// How many situations may cost a question of their own.
const MOST_QUESTIONS: usize = 20_000;

/// What is given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Situation {
    /// A field of the proposal is, or includes, a term.
    Term(ColumnId, u16),
    /// A directive applies and is not set aside.
    Applies(DirectiveId),
    /// Two directives apply at once.
    Both(DirectiveId, DirectiveId),
}

/// Directives that cannot be met together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The fewest that exclude every proposal of the situation.
    pub directives: Vec<DirectiveId>,
    /// Where: every situation in which these were found.
    pub situations: Vec<Situation>,
    /// A proposal of the first situation that leaves the others unmet.
    pub example: Option<Witness>,
}

/// What was found out about all situations.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    pub possible: Vec<(Situation, Witness)>,
    pub conflicts: Vec<Conflict>,
    pub unknown: Vec<(Situation, BTreeSet<Doubt>)>,
}

/// Looks at every situation.
pub(super) fn conflicts(prover: &mut Prover<'_>, unsatisfiable: &BTreeSet<usize>) -> Outcome {
    let book = prover.book;
    let musts: Vec<usize> =
        (0..book.directives.len()).filter(|number| is_must(book, *number) && !unsatisfiable.contains(number)).collect();
    let met: BTreeMap<usize, Literal> = musts
        .iter()
        .filter_map(|number| {
            let judgement = prover.judgements.get(*number)?;
            let broken = [judgement.verdict(Verdict::Violated), judgement.verdict(Verdict::Undetermined)];
            Some((*number, prover.encoder.circuit.and(broken.map(|literal| !literal))))
        })
        .collect();
    let mut search = Search { prover, met, by_set: BTreeMap::new(), outcome: Outcome::default() };
    for (situation, literal) in search.terms() {
        search.situation(situation, &[(literal, None)]);
    }
    for number in &musts {
        if let (Some(standing), Some(id)) = (search.standing(*number), identifier(*number)) {
            search.situation(Situation::Applies(id), &standing);
        }
    }
    search.pairs(&musts);
    search.finish()
}

struct Search<'p, 'b> {
    prover: &'p mut Prover<'b>,
    /// For each `must`, that it is neither violated nor undetermined.
    met: BTreeMap<usize, Literal>,
    by_set: BTreeMap<Vec<usize>, Vec<Situation>>,
    outcome: Outcome,
}

type Goal = Vec<(Literal, Option<usize>)>;

impl Search<'_, '_> {
    /// The terms of the fields that some `when` asks for.
    fn terms(&self) -> Vec<(Situation, Literal)> {
        let mut asked = Asked { spots: BTreeSet::new() };
        let mut walk = Walk { definitions: &self.prover.book.definitions, visitor: &mut asked };
        for directive in &self.prover.book.directives {
            directive.when.iter().for_each(|when| walk.condition(when));
        }
        let mut found = Vec::new();
        for (_, column) in asked.spots {
            let row = self.prover.encoder.rows.get(self.prover.proposal);
            if let Some(FieldKind::Term(terms) | FieldKind::Set(terms)) =
                row.and_then(|row| row.fields.get(&column)).map(|field| &field.kind)
            {
                found.extend((0_u16..).zip(terms).map(|(term, literal)| (Situation::Term(column, term), *literal)));
            }
        }
        found
    }

    /// That a directive applies and is not set aside.
    fn standing(&self, number: usize) -> Option<Goal> {
        let judgement = self.prover.judgements.get(number)?;
        Some(vec![(judgement.applied, Some(number)), (!judgement.verdict(Verdict::SetAside), Some(number))])
    }

    /// Asks for a proposal of a situation that meets every `must`. Conflicts are taken out one by one, so that each is found.
    fn situation(&mut self, situation: Situation, given: &[(Literal, Option<usize>)]) {
        let mut active: BTreeMap<usize, Literal> = self.met.clone();
        let mut conflicts = 0;
        loop {
            let demands: Goal = active.iter().map(|(number, literal)| (*literal, Some(*number))).collect();
            let goal: Goal = given.iter().chain(&demands).copied().collect();
            let numbers: Vec<usize> = active.keys().copied().collect();
            let accepts = |verdicts: &Verdicts| is_met(verdicts, &numbers);
            let finding = self.prover.ask(&Question { goal: &goal, accepts: &accepts });
            match finding.evidence {
                Evidence::Witness(witness) => {
                    if conflicts == 0 {
                        self.outcome.possible.push((situation, witness));
                    }
                    return;
                },
                Evidence::Unknown(doubts) => return self.outcome.unknown.push((situation, doubts)),
                Evidence::Impossible => {},
            }
            let core: Goal = demands.into_iter().filter(|(literal, _)| finding.core.contains(literal)).collect();
            let core = shrunk(self.prover, given, core);
            let set: Vec<usize> = core.iter().filter_map(|(_, number)| *number).collect();
            if set.is_empty() {
                return; // The situation itself is not possible.
            }
            set.iter().for_each(|number| {
                active.remove(number);
            });
            self.by_set.entry(set).or_default().push(situation.clone());
            conflicts += 1;
        }
    }

    /// Pairs that apply at once and speak of the same field. A conflict of two needs both: what one of them excludes by
    /// itself is what it asks for.
    fn pairs(&mut self, musts: &[usize]) {
        let fields: BTreeMap<usize, BTreeSet<Spot>> =
            musts.iter().map(|number| (*number, fields_required(self.prover.book, *number))).collect();
        let mut asked = 0;
        for (index, one) in musts.iter().enumerate() {
            for other in musts.iter().skip(index + 1) {
                let shares = fields.get(one).zip(fields.get(other)).is_some_and(|(a, b)| !a.is_disjoint(b));
                if shares && asked < MOST_QUESTIONS {
                    asked += 1;
                    self.pair(*one, *other);
                }
            }
        }
    }

    fn pair(&mut self, one: usize, other: usize) {
        let (Some(first), Some(second)) = (self.standing(one), self.standing(other)) else { return };
        let (Some(met), Some(also_met)) = (self.met.get(&one).copied(), self.met.get(&other).copied()) else { return };
        let given: Goal = first.into_iter().chain(second).collect();
        let both = [(met, Some(one)), (also_met, Some(other))];
        let goal: Goal = given.iter().chain(&both).copied().collect();
        if self.quick(&goal) {
            return;
        }
        let finding = self.prover.ask(&Question { goal: &goal, accepts: &|verdicts| is_met(verdicts, &[one, other]) });
        let (Some(a), Some(b)) = (identifier(one), identifier(other)) else { return };
        match finding.evidence {
            Evidence::Witness(_) => {},
            Evidence::Unknown(doubts) => self.outcome.unknown.push((Situation::Both(a, b), doubts)),
            Evidence::Impossible => {
                let alone =
                    |literal: (Literal, Option<usize>)| -> Goal { given.iter().copied().chain([literal]).collect() };
                let [first, second] = both;
                if self.is_possible(&alone(first)) && self.is_possible(&alone(second)) {
                    self.by_set.entry(vec![one, other]).or_default().push(Situation::Both(a, b));
                }
            },
        }
    }

    /// Whether the circuit alone has a model: then nothing is claimed that has to be shown.
    fn quick(&mut self, goal: &[(Literal, Option<usize>)]) -> bool {
        self.prover.is_plausible(goal)
    }

    fn is_possible(&mut self, goal: &[(Literal, Option<usize>)]) -> bool {
        let finding = self.prover.ask(&Question { goal, accepts: &|_| true });
        matches!(finding.evidence, Evidence::Witness(_))
    }

    /// Conflicts that hold another one follow from it.
    fn finish(self) -> Outcome {
        let sets: Vec<Vec<usize>> = self.by_set.keys().cloned().collect();
        let mut outcome = self.outcome;
        for (set, situations) in self.by_set {
            let follows = sets.iter().any(|other| other.len() < set.len() && other.iter().all(|one| set.contains(one)));
            if !follows {
                let directives = set.iter().filter_map(|number| identifier(*number)).collect();
                outcome.conflicts.push(Conflict { directives, situations, example: None });
            }
        }
        outcome
    }
}

fn is_must(book: &Rulebook, number: usize) -> bool {
    let modality = book.directives.get(number).map(|directive| directive.heading.modality);
    matches!(modality, Some(Modality::Must | Modality::MustNot))
}

fn is_met(verdicts: &Verdicts, numbers: &[usize]) -> bool {
    numbers.iter().all(|number| !matches!(verdicts.of(*number), Some(Verdict::Violated | Verdict::Undetermined)))
}

fn identifier(number: usize) -> Option<DirectiveId> {
    u32::try_from(number).ok().map(DirectiveId)
}

/// The fields that a requirement reads.
fn fields_required(book: &Rulebook, number: usize) -> BTreeSet<Spot> {
    let mut read = Read(BTreeSet::new());
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut read };
    book.directives.get(number).into_iter().for_each(|directive| walk.condition(&directive.requirement));
    read.0
}

struct Read(BTreeSet<Spot>);

impl Visitor for Read {
    fn place(&mut self, place: &Place) {
        self.0.insert((place.table, place.column));
    }
}

/// Fields of the proposal that are compared with terms.
struct Asked {
    spots: BTreeSet<Spot>,
}

impl Asked {
    fn place(&mut self, place: &Place) {
        if place.frame == Frame::Proposal && place.table == TableId(0) {
            self.spots.insert((place.table, place.column));
        }
    }

    fn term(&mut self, term: &TermExpression) {
        if let TermKind::Field(place) = &term.kind {
            self.place(place);
        }
    }

    fn set(&mut self, set: &SetExpression) {
        if let SetKind::Field(place) = &set.kind {
            self.place(place);
        }
    }
}

impl Visitor for Asked {
    fn place(&mut self, _place: &Place) {}

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::TermIs(_, a, b) => {
                self.term(a);
                self.term(b);
            },
            ConditionKind::TermIn(_, term, set) => {
                self.term(term);
                self.set(set);
            },
            ConditionKind::IncludeAny(a, b) | ConditionKind::IncludeAll(a, b) => {
                self.set(a);
                self.set(b);
            },
            _ => {},
        }
    }
}
