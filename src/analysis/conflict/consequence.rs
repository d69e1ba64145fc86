//! Which conflicts follow from smaller ones.
//!
//! A set of directives conflicts in a situation because a smaller set does in another, if the rest of the set leads there: every
//! proposal of the first situation that meets the rest is of the second. Then only the smaller set is named.

use std::collections::BTreeSet;

use super::{Goal, Search, Situation};
use crate::analysis::circuit::Literal;
use crate::analysis::prover::{Evidence, Question};

/// The conflicts that follow from no smaller one, each with the situations in which it does not.
pub(super) fn independent(search: &mut Search<'_, '_>) -> Vec<(Vec<usize>, Vec<Situation>)> {
    let all = std::mem::take(&mut search.by_set);
    let mut independent = Vec::new();
    for (set, situations) in &all {
        let is_smaller = |other: &Vec<usize>| other.len() < set.len() && other.iter().all(|one| set.contains(one));
        let smaller: Vec<(&Vec<usize>, Literal)> = all
            .iter()
            .filter(|(other, _)| is_smaller(other))
            .map(|(other, elsewhere)| (other, search.any_of(elsewhere)))
            .collect();
        let own = situations.iter().filter(|situation| !search.follows(set, situation, &smaller));
        let own: Vec<Situation> = own.cloned().collect();
        if !own.is_empty() {
            independent.push((set.clone(), own));
        }
    }
    independent
}

impl Search<'_, '_> {
    /// That a proposal is of one of some situations.
    fn any_of(&mut self, situations: &[Situation]) -> Literal {
        let given: Vec<Goal> = situations.iter().filter_map(|situation| self.given(situation)).collect();
        let circuit = &mut self.prover.encoder.circuit;
        let each: Vec<Literal> =
            given.into_iter().map(|goal| circuit.and(goal.into_iter().map(|(literal, _)| literal))).collect();
        circuit.or(each)
    }

    /// Whether one smaller conflict, or all of them together, are why a set conflicts in a situation.
    fn follows(&mut self, set: &[usize], situation: &Situation, smaller: &[(&Vec<usize>, Literal)]) -> bool {
        let one_by_one = smaller.iter().map(std::slice::from_ref);
        let together = (smaller.len() > 1).then_some(smaller);
        one_by_one.chain(together).any(|causes| self.leads_to(set, situation, causes))
    }

    /// Whether every proposal of a situation that meets what the causes leave of a set is where one of the causes conflicts.
    fn leads_to(&mut self, set: &[usize], situation: &Situation, causes: &[(&Vec<usize>, Literal)]) -> bool {
        let Some(mut goal) = self.given(situation) else { return false };
        let named: BTreeSet<usize> = causes.iter().flat_map(|(cause, _)| cause.iter().copied()).collect();
        let rest = set.iter().filter(|number| !named.contains(number));
        goal.extend(rest.filter_map(|number| Some((*self.met.get(number)?, Some(*number)))));
        // Where a cause speaks of a situation, how long a list may be hangs on its directives too.
        goal.extend(causes.iter().flat_map(|(cause, there)| cause.iter().map(|number| (!*there, Some(*number)))));
        let finding = self.prover.ask(&Question { goal: &goal, accepts: &|_| true });
        finding.evidence == Evidence::Impossible
    }
}
