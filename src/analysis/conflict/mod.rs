//! Whether all `must` directives can be met together, situation by situation.
//!
//! A situation is a term of a field that some `when` reads, a directive that applies, or directives that apply at once. In each, some
//! valid proposal has to leave every `must` neither violated nor undetermined; else the fewest directives that exclude one
//! are a conflict.

mod classes;
mod consequence;
mod fields;
mod minimal;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use self::classes::classes;
use self::fields::fields_asked;
use super::circuit::Literal;
use super::encode::FieldKind;
use super::prover::{Doubt, Evidence, Prover, Question, Witness};
use super::trial::Verdicts;
use crate::rulebook::{ColumnId, ColumnKind, DirectiveId, Modality, Rulebook, TableId, Verdict, VocabularyId};

/// How many terms of a field are looked at one by one, be they told apart or not.
const FEW_TERMS: usize = 64;

/// How many terms of a field that rules tell apart are looked at.
const MOST_TERMS: usize = 1_000;

/// What is given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Situation {
    /// A field of the proposal is, or includes, a term.
    Term(ColumnId, u16),
    /// A directive applies and is not set aside.
    Applies(DirectiveId),
    /// Two directives apply at once.
    Both(DirectiveId, DirectiveId),
    /// Three directives apply at once.
    Three(DirectiveId, DirectiveId, DirectiveId),
}

/// Directives that cannot be met together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The fewest that exclude every proposal of the situation.
    pub directives: Vec<DirectiveId>,
    /// Where: every situation in which these were found.
    pub situations: Vec<Situation>,
    /// A proposal to which all of them apply.
    pub example: Option<Witness>,
}

/// What was found out about all situations.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    pub possible: Vec<(Situation, Witness)>,
    pub conflicts: Vec<Conflict>,
    pub unknown: Vec<(Situation, BTreeSet<Doubt>)>,
    /// Fields with so many further terms that were not looked at.
    pub left_out: Vec<(ColumnId, usize)>,
}

/// Literals, each with the directive that it speaks of, if it does of one.
type Goal = Vec<(Literal, Option<usize>)>;

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
    for column in fields_asked(book) {
        search.terms(column);
    }
    for number in &musts {
        if let Some(id) = identifier(*number) {
            search.situation(&[Situation::Applies(id)]);
        }
    }
    search.together(&musts);
    search.finish()
}

struct Search<'p, 'b> {
    prover: &'p mut Prover<'b>,
    /// For each `must`, that it is neither violated nor undetermined.
    met: BTreeMap<usize, Literal>,
    by_set: BTreeMap<Vec<usize>, Vec<Situation>>,
    outcome: Outcome,
}

impl Search<'_, '_> {
    /// Each term of a field; where there are many, one of those that no rule tells apart stands for all of them.
    fn terms(&mut self, column: ColumnId) {
        let Some(literals) = self.literals_of(column).cloned() else { return };
        let all = (0_u16..).take(literals.len());
        let mut kinds: Vec<Vec<u16>> = match self.vocabulary_of(column) {
            Some(vocabulary) if literals.len() > FEW_TERMS => classes(self.prover.book, vocabulary),
            _ => all.map(|term| vec![term]).collect(),
        };
        let further: usize = kinds.iter().skip(MOST_TERMS).map(Vec::len).sum();
        if further > 0 {
            self.outcome.left_out.push((column, further));
        }
        kinds.truncate(MOST_TERMS);
        for alike in kinds {
            let alike: Vec<Situation> = alike.into_iter().map(|term| Situation::Term(column, term)).collect();
            self.situation(&alike);
        }
    }

    fn vocabulary_of(&self, column: ColumnId) -> Option<VocabularyId> {
        match self.prover.book.shape.column(TableId(0), column)?.kind {
            ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary) => Some(vocabulary),
            _ => None,
        }
    }

    fn literals_of(&self, column: ColumnId) -> Option<&Vec<Literal>> {
        let row = self.prover.encoder.rows.get(self.prover.proposal)?;
        match &row.fields.get(&column)?.kind {
            FieldKind::Term(terms) | FieldKind::Set(terms) => Some(terms),
            _ => None,
        }
    }

    /// That a directive applies and is not set aside.
    fn standing(&self, number: usize) -> Option<Goal> {
        let judgement = self.prover.judgements.get(number)?;
        Some(vec![(judgement.applied, Some(number)), (!judgement.verdict(Verdict::SetAside), Some(number))])
    }

    fn all_standing(&self, ids: &[DirectiveId]) -> Option<Goal> {
        let all: Option<Vec<Goal>> = ids.iter().map(|id| self.standing(id.0 as usize)).collect();
        Some(all?.concat())
    }

    /// What a situation gives.
    fn given(&self, situation: &Situation) -> Option<Goal> {
        match situation {
            Situation::Term(column, term) => {
                let literal = self.literals_of(*column)?.get(usize::from(*term))?;
                Some(vec![(*literal, None)])
            },
            Situation::Applies(id) => self.standing(id.0 as usize),
            Situation::Both(one, other) => self.all_standing(&[*one, *other]),
            Situation::Three(one, other, third) => self.all_standing(&[*one, *other, *third]),
        }
    }

    /// Asks for a proposal of the first of situations that are alike that meets every `must`, and if there is none, which
    /// directives exclude one.
    fn situation(&mut self, alike: &[Situation]) {
        let Some(situation) = alike.first() else { return };
        let Some(given) = self.given(situation) else { return };
        let cores = minimal::cores(self.prover, &given, &self.met);
        if let Some(witness) = cores.witness {
            self.outcome.possible.push((situation.clone(), witness));
        }
        if let Some(doubts) = cores.unknown {
            self.outcome.unknown.push((situation.clone(), doubts));
        }
        for set in cores.sets {
            // A directive that excludes a term by itself asks for the others; it contradicts none.
            if set.len() > 1 || !matches!(situation, Situation::Term(..)) {
                self.by_set.entry(set).or_default().extend_from_slice(alike);
            }
        }
    }

    /// What was found, without what follows from it.
    fn finish(mut self) -> Outcome {
        for (set, situations) in consequence::independent(&mut self) {
            let example = self.example(&set);
            let directives = set.iter().filter_map(|number| identifier(*number)).collect();
            self.outcome.conflicts.push(Conflict { directives, situations, example });
        }
        self.outcome
    }

    /// A proposal to which all of some directives apply.
    fn example(&mut self, set: &[usize]) -> Option<Witness> {
        let goal: Goal = set.iter().filter_map(|number| self.standing(*number)).flatten().collect();
        let accepts = |verdicts: &Verdicts| {
            set.iter().all(|number| verdicts.applied(*number) && verdicts.of(*number) != Some(Verdict::SetAside))
        };
        match self.prover.ask(&Question { goal: &goal, accepts: &accepts }).evidence {
            Evidence::Witness(witness) => Some(witness),
            _ => None,
        }
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
