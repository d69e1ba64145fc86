//! Directives that others imply: whatever violates the one violates another of at least its weight.
//!
//! Of two that imply each other the one that stands later is named. What no proposal satisfies, and what is in conflict,
//! implies nothing here: everything would follow from it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::conflict::Conflict;
use super::prover::{Evidence, Prover, Question};
use super::trial::Verdicts;
use super::verify::{Claim, Problem, Proof, is_witness, shrunk};
use crate::rulebook::{DirectiveId, Modality, Rulebook, Verdict};

/// Asks of each directive that can be violated whether it can be by itself.
pub(super) fn add(
    prover: &mut Prover<'_>,
    proofs: &mut [Proof],
    unsatisfiable: &BTreeSet<usize>,
    conflicts: &[Conflict],
    problems: &mut Vec<Problem>,
) {
    let book = prover.book;
    let conflicting = |number: &usize| {
        let at = |one: &DirectiveId| one.0 as usize == *number;
        conflicts.iter().any(|conflict| conflict.directives.iter().any(at))
    };
    let mut supports: BTreeSet<usize> = (0..book.directives.len())
        .filter(|number| !unsatisfiable.contains(number) && !conflicting(number) && weight(book, *number) > 0)
        .collect();
    let mut order: Vec<usize> = (0..proofs.len()).collect();
    let place = |proof: Option<&Proof>| {
        let directive = proof.and_then(|proof| book.directives.get(proof.directive.0 as usize));
        directive.map(|directive| {
            (
                Reverse(
                    directive.heading.modality == Modality::Should || directive.heading.modality == Modality::ShouldNot,
                ),
                directive.heading.span.file,
                directive.heading.span.start,
            )
        })
    };
    // The weakest and latest first: of two that say the same it is named.
    order.sort_by_key(|index| place(proofs.get(*index)));
    order.reverse();
    let mut found = Vec::new();
    for index in order {
        let Some(proof) = proofs.get_mut(index) else { continue };
        if !proof.violated.as_ref().is_some_and(is_witness) || unsatisfiable.contains(&(proof.directive.0 as usize)) {
            continue;
        }
        let (evidence, by) = needed(prover, proof.directive.0 as usize, &supports);
        match &evidence {
            Evidence::Impossible => {
                supports.remove(&(proof.directive.0 as usize));
                found.push((index, Problem::Redundant(proof.directive, by)));
            },
            Evidence::Unknown(doubts) => {
                found.push((index, Problem::Unknown(Claim::Needed(proof.directive), doubts.clone())));
            },
            Evidence::Witness(_) => {},
        }
        proof.needed = Some(evidence);
    }
    found.sort_by_key(|(index, _)| *index);
    problems.extend(found.into_iter().map(|(_, problem)| problem));
}

/// `must` weighs more than `should`; a `may` is never violated.
fn weight(book: &Rulebook, number: usize) -> u8 {
    match book.directives.get(number).map(|directive| directive.heading.modality) {
        Some(Modality::Must | Modality::MustNot) => 2,
        Some(Modality::Should | Modality::ShouldNot) => 1,
        _ => 0,
    }
}

fn needed(prover: &mut Prover<'_>, number: usize, supports: &BTreeSet<usize>) -> (Evidence, Vec<DirectiveId>) {
    let book = prover.book;
    let own = weight(book, number);
    let others: Vec<usize> =
        supports.iter().copied().filter(|other| *other != number && weight(book, *other) >= own).collect();
    let violated = |prover: &Prover<'_>, number: usize| {
        prover.judgements.get(number).map(|judgement| judgement.verdict(Verdict::Violated))
    };
    let Some(own) = violated(prover, number) else { return (Evidence::Impossible, Vec::new()) };
    let fixed = [(own, Some(number))];
    let kept: Vec<_> = others.iter().filter_map(|other| Some((!violated(prover, *other)?, Some(*other)))).collect();
    let goal: Vec<_> = fixed.iter().chain(&kept).copied().collect();
    let accepts = |verdicts: &Verdicts| {
        verdicts.of(number) == Some(Verdict::Violated)
            && others.iter().all(|other| verdicts.of(*other) != Some(Verdict::Violated))
    };
    let finding = prover.ask(&Question { goal: &goal, accepts: &accepts });
    if finding.evidence != Evidence::Impossible {
        return (finding.evidence, Vec::new());
    }
    let core: Vec<_> = kept.into_iter().filter(|(literal, _)| finding.core.contains(literal)).collect();
    let core = shrunk(prover, &fixed, core);
    let by = core.iter().filter_map(|(_, other)| Some(DirectiveId(u32::try_from((*other)?).ok()?)));
    (Evidence::Impossible, by.collect())
}
