//! Two packs: which directives can differ in their verdict, proved over the proposals that both read.

use super::prover::{Evidence, Prover, Question};
use super::trial::Verdicts;
use super::verify::is_witness;
use crate::rulebook::{DirectiveId, Heading, Rulebook, Verdict};
use crate::value::Day;

/// Verdicts, each once.
const VERDICTS: [Verdict; 6] = [
    Verdict::NotInForce,
    Verdict::NotApplicable,
    Verdict::SetAside,
    Verdict::Satisfied,
    Verdict::Violated,
    Verdict::Undetermined,
];

/// A directive of both packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// In the first pack.
    pub old: DirectiveId,
    /// In the second.
    pub new: DirectiveId,
    /// A proposal on which the two differ.
    pub evidence: Evidence,
    /// The two verdicts on it.
    pub verdicts: Option<(Verdict, Verdict)>,
}

/// Which directives of one sort both packs have, and which only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership<Id> {
    /// Those of both, in the order of the second pack.
    pub both: Vec<(Id, Id)>,
    /// Those of the second pack only.
    pub added: Vec<Id>,
    /// Those of the first pack only.
    pub removed: Vec<Id>,
}

/// How two packs differ in what they say of one proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The directives of both packs, in the order of the second.
    pub compared: Vec<Compared>,
    /// Those of the second pack only.
    pub added: Vec<DirectiveId>,
    /// Those of the first pack only.
    pub removed: Vec<DirectiveId>,
    /// The portfolio directives, by number: nothing is proved of them.
    pub portfolio: Membership<usize>,
    /// Whether some proposal is read by both packs; if none is, nothing was compared.
    pub shares_proposals: bool,
}

/// Compares two packs; without a day, as of any day. A directive that was renamed is known by its former name.
pub fn difference(old: &Rulebook, new: &Rulebook, as_of: Option<Day>) -> Difference {
    let headings = |book: &'_ Rulebook| book.directives.iter().map(|one| one.heading.clone()).collect::<Vec<_>>();
    let portfolio = |book: &'_ Rulebook| book.portfolio.iter().map(|one| one.heading.clone()).collect::<Vec<_>>();
    let id = |number: usize| DirectiveId(u32::try_from(number).unwrap_or(u32::MAX));
    let members = members(&headings(old), &headings(new));
    let mut prover = Prover::of_two(old, new, as_of);
    let anything = prover.ask(&Question { goal: &[], accepts: &|_| true });
    let shares_proposals = anything.evidence != Evidence::Impossible;
    let pairs = members.both.into_iter().filter(|_| shares_proposals);
    Difference {
        compared: pairs.map(|(one, other)| compare(&mut prover, old.directives.len(), id(one), id(other))).collect(),
        added: members.added.into_iter().map(id).collect(),
        removed: members.removed.into_iter().map(id).collect(),
        portfolio: self::members(&portfolio(old), &portfolio(new)),
        shares_proposals,
    }
}

/// Finds the directives that two packs share, by name or by a former one.
fn members(old: &[Heading], new: &[Heading]) -> Membership<usize> {
    let both: Vec<(usize, usize)> = new
        .iter()
        .enumerate()
        .filter_map(|(number, heading)| {
            let same = old.iter().position(|other| other.name == heading.name);
            let was =
                |other: &Heading| heading.formerly.contains(&other.name) || other.formerly.contains(&heading.name);
            Some((same.or_else(|| old.iter().position(was))?, number))
        })
        .collect();
    let added = (0..new.len()).filter(|number| both.iter().all(|(_, other)| other != number)).collect();
    let removed = (0..old.len()).filter(|number| both.iter().all(|(one, _)| one != number)).collect();
    Membership { both, added, removed }
}

fn compare(prover: &mut Prover<'_>, offset: usize, old: DirectiveId, new: DirectiveId) -> Compared {
    let (one, other) = (old.0 as usize, offset + new.0 as usize);
    let equal = Compared { old, new, evidence: Evidence::Impossible, verdicts: None };
    let (Some(before), Some(after)) = (prover.judgements.get(one).cloned(), prover.judgements.get(other).cloned())
    else {
        return equal;
    };
    let mut apart = Vec::new();
    for verdict in VERDICTS {
        let (before, after) = (before.verdict(verdict), after.verdict(verdict));
        apart.push(prover.encoder.circuit.and([before, !after]));
    }
    let differs = prover.encoder.circuit.or(apart);
    if prover.encoder.circuit.is_false(differs) {
        return equal;
    }
    let violated = prover.encoder.circuit.or([before.verdict(Verdict::Violated), after.verdict(Verdict::Violated)]);
    // Both directives are spoken of: how long a list may be hangs on either.
    let goal = [(differs, Some(one)), (differs, Some(other)), (violated, Some(one)), (violated, Some(other))];
    let differ = |verdicts: &Verdicts| verdicts.of(one) != verdicts.of(other);
    let clearly = |verdicts: &Verdicts| {
        differ(verdicts) && [one, other].iter().any(|number| verdicts.of(*number) == Some(Verdict::Violated))
    };
    // Where one of the two can be violated and the other not, that says most.
    let mut finding = prover.ask(&Question { goal: &goal, accepts: &clearly });
    if !is_witness(&finding.evidence) {
        let [first, second, ..] = goal;
        finding = prover.ask(&Question { goal: &[first, second], accepts: &differ });
    }
    let verdicts = match &finding.evidence {
        Evidence::Witness(witness) => {
            let verdicts = prover.judge(witness);
            verdicts.and_then(|verdicts| verdicts.of(one).zip(verdicts.of(other)))
        },
        _ => None,
    };
    Compared { old, new, evidence: finding.evidence, verdicts }
}
