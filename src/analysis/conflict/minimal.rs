//! Every smallest set of directives that no proposal of a situation meets together.
//!
//! Each set found is taken apart by leaving out one of its directives after the other, and asking again without (the tree of
//! hitting sets), so that sets that have directives in common are found too.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Goal, is_met};
use crate::analysis::circuit::Literal;
use crate::analysis::prover::{Doubt, Evidence, Prover, Question, Witness};
use crate::analysis::verify::shrunk;

/// How many questions one situation may cost beyond the first.
const MOST_QUESTIONS: usize = 64;

/// What was found of a situation.
#[derive(Debug, Default)]
pub(super) struct Cores {
    /// A proposal that meets every directive.
    pub witness: Option<Witness>,
    /// The smallest sets that exclude one, in the order in which they were found; none if the situation itself is not possible.
    pub sets: Vec<Vec<usize>>,
    /// Why it is not known whether there is one, or a further set.
    pub unknown: Option<BTreeSet<Doubt>>,
}

/// Asks for a proposal that meets all directives where something is given; `met` holds a literal for each directive.
pub(super) fn cores(
    prover: &mut Prover<'_>,
    given: &[(Literal, Option<usize>)],
    met: &BTreeMap<usize, Literal>,
) -> Cores {
    let mut cores = Cores::default();
    let mut open = VecDeque::from([BTreeSet::new()]);
    let mut seen: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    let mut asked = 0;
    while let Some(left_out) = open.pop_front() {
        let known = cores.sets.iter().find(|set| set.iter().all(|number| !left_out.contains(number))).cloned();
        let set = match known {
            Some(set) => set,
            None if asked > MOST_QUESTIONS => break,
            None => {
                asked += 1;
                match core(prover, given, met, &left_out) {
                    Answer::Met(witness) => {
                        if left_out.is_empty() {
                            cores.witness = Some(witness);
                        }
                        continue;
                    },
                    Answer::Unknown(doubts) => {
                        cores.unknown.get_or_insert(doubts);
                        continue;
                    },
                    Answer::Excluded(set) if set.is_empty() => return Cores::default(),
                    Answer::Excluded(set) => set,
                }
            },
        };
        for number in &set {
            let mut more = left_out.clone();
            more.insert(*number);
            if seen.insert(more.clone()) {
                open.push_back(more);
            }
        }
        if !cores.sets.contains(&set) {
            cores.sets.push(set);
        }
    }
    cores
}

enum Answer {
    Met(Witness),
    Excluded(Vec<usize>),
    Unknown(BTreeSet<Doubt>),
}

fn core(
    prover: &mut Prover<'_>,
    given: &[(Literal, Option<usize>)],
    met: &BTreeMap<usize, Literal>,
    left_out: &BTreeSet<usize>,
) -> Answer {
    let asked = met.iter().filter(|(number, _)| !left_out.contains(number));
    let demands: Goal = asked.map(|(number, literal)| (*literal, Some(*number))).collect();
    let goal: Goal = given.iter().chain(&demands).copied().collect();
    let numbers: Vec<usize> = demands.iter().filter_map(|(_, number)| *number).collect();
    let finding = prover.ask(&Question { goal: &goal, accepts: &|verdicts| is_met(verdicts, &numbers) });
    match finding.evidence {
        Evidence::Witness(witness) => Answer::Met(witness),
        Evidence::Unknown(doubts) => Answer::Unknown(doubts),
        Evidence::Impossible => {
            let core: Goal = demands.into_iter().filter(|(literal, _)| finding.core.contains(literal)).collect();
            Answer::Excluded(shrunk(prover, given, core).iter().filter_map(|(_, number)| *number).collect())
        },
    }
}
