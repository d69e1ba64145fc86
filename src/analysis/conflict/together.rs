//! Two and three directives that apply at once and speak of the same fields.
//!
//! A conflict of several needs each of them: what some of them exclude without the others is what these ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::fields_required;
use super::{Goal, Search, Situation, identifier, is_met};
use crate::analysis::circuit::Literal;
use crate::analysis::prover::{Evidence, Question};
use crate::analysis::survey::Spot;

/// How many pairs may cost a question of their own.
const MOST_PAIRS: usize = 20_000;

/// How many threes.
const MOST_THREES: usize = 4_000;

/// Two directives whose requirements read a field in common, and whether both can be met at once.
type Pairs = BTreeMap<(usize, usize), bool>;

impl Search<'_, '_> {
    /// Looks at all pairs, and at threes of which two pairs read a field in common, as long as all pairs go together.
    pub(super) fn together(&mut self, musts: &[usize]) {
        let pairs = self.pairs(musts);
        let mut asked = 0;
        for (index, one) in musts.iter().enumerate() {
            for (next, other) in musts.iter().enumerate().skip(index + 1) {
                for third in musts.iter().skip(next + 1) {
                    let sides =
                        [(*one, *other), (*one, *third), (*other, *third)].map(|pair| pairs.get(&pair).copied());
                    let are_near = sides.iter().flatten().count() > 1 && sides.iter().flatten().all(|goes| *goes);
                    if are_near && asked < MOST_THREES {
                        asked += 1;
                        self.at_once(&[*one, *other, *third]);
                    }
                }
            }
        }
    }

    fn pairs(&mut self, musts: &[usize]) -> Pairs {
        let fields: BTreeMap<usize, BTreeSet<Spot>> =
            musts.iter().map(|number| (*number, fields_required(self.prover.book, *number))).collect();
        let mut pairs = Pairs::new();
        for (index, one) in musts.iter().enumerate() {
            for other in musts.iter().skip(index + 1) {
                let shares = fields.get(one).zip(fields.get(other)).is_some_and(|(a, b)| !a.is_disjoint(b));
                if shares && pairs.len() < MOST_PAIRS {
                    let goes = self.at_once(&[*one, *other]);
                    pairs.insert((*one, *other), goes);
                }
            }
        }
        pairs
    }

    /// Whether directives that apply at once can all be met; if not, and each of them is needed for that, it is a conflict.
    fn at_once(&mut self, numbers: &[usize]) -> bool {
        let ids: Vec<_> = numbers.iter().filter_map(|number| identifier(*number)).collect();
        let situation = match ids.as_slice() {
            [one, other] => Situation::Both(*one, *other),
            [one, other, third] => Situation::Three(*one, *other, *third),
            _ => return false,
        };
        let Some(given) = self.given(&situation) else { return false };
        let met: Goal = numbers.iter().filter_map(|number| Some((*self.met.get(number)?, Some(*number)))).collect();
        let goal: Goal = given.iter().chain(&met).copied().collect();
        // Where the circuit alone has a model, nothing is claimed that has to be shown.
        if self.prover.is_plausible(&goal) {
            return true;
        }
        let finding = self.prover.ask(&Question { goal: &goal, accepts: &|verdicts| is_met(verdicts, numbers) });
        match finding.evidence {
            Evidence::Witness(_) => return true,
            Evidence::Unknown(doubts) => self.outcome.unknown.push((situation, doubts)),
            Evidence::Impossible => {
                let is_named = |literal: &(Literal, Option<usize>)| finding.core.contains(&literal.0);
                if met.iter().all(is_named)
                    && (0..met.len()).all(|left_out| self.is_possible_without(&given, &met, left_out))
                {
                    self.by_set.entry(numbers.to_vec()).or_default().push(situation);
                }
            },
        }
        false
    }

    /// Whether all but one can be met.
    fn is_possible_without(&mut self, given: &Goal, met: &Goal, left_out: usize) -> bool {
        let others = met.iter().enumerate().filter(|(number, _)| *number != left_out).map(|(_, literal)| *literal);
        let goal: Goal = given.iter().copied().chain(others).collect();
        let finding = self.prover.ask(&Question { goal: &goal, accepts: &|_| true });
        matches!(finding.evidence, Evidence::Witness(_))
    }
}
