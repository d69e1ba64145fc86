//! Two packs: which directives can differ in their verdict, proved over the proposals that both read.

use super::prover::{Evidence, Prover, Question};
use super::trial::Verdicts;
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

/// How two packs differ in what they say of one proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The directives of both packs, in the order of the second.
    pub compared: Vec<Compared>,
    /// Those of the second pack only.
    pub added: Vec<DirectiveId>,
    /// Those of the first pack only.
    pub removed: Vec<DirectiveId>,
    /// Whether some proposal is read by both packs; if none is, nothing was compared.
    pub shares_proposals: bool,
}

/// Compares two packs; without a day, as of any day. A directive that was renamed is known by its former name.
pub fn difference(old: &Rulebook, new: &Rulebook, as_of: Option<Day>) -> Difference {
    let pairs = pairs(old, new);
    let added = identifiers(new).filter(|id| !pairs.iter().any(|(_, new)| new == id)).collect();
    let removed = identifiers(old).filter(|id| !pairs.iter().any(|(old, _)| old == id)).collect();
    let mut prover = Prover::of_two(old, new, as_of);
    let anything = prover.ask(&Question { goal: &[], accepts: &|_| true });
    let shares_proposals = anything.evidence != Evidence::Impossible;
    let compared = if shares_proposals {
        pairs.into_iter().map(|(one, other)| compare(&mut prover, old.directives.len(), one, other)).collect()
    } else {
        Vec::new()
    };
    Difference { compared, added, removed, shares_proposals }
}

fn identifiers(book: &Rulebook) -> impl Iterator<Item = DirectiveId> {
    (0..).map(DirectiveId).take(book.directives.len())
}

/// The directives that both packs have, by name or by a former one.
fn pairs(old: &Rulebook, new: &Rulebook) -> Vec<(DirectiveId, DirectiveId)> {
    let find = |wanted: &dyn Fn(&Heading) -> bool| {
        (0..).map(DirectiveId).zip(&old.directives).find(|(_, one)| wanted(&one.heading)).map(|(id, _)| id)
    };
    let all = (0..).map(DirectiveId).zip(&new.directives);
    all.filter_map(|(id, directive)| {
        let heading = &directive.heading;
        let same = find(&|other| other.name == heading.name);
        let renamed =
            || find(&|other| heading.formerly.contains(&other.name) || other.formerly.contains(&heading.name));
        Some((same.or_else(renamed)?, id))
    })
    .collect()
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
    // Both directives are spoken of: how long a list may be hangs on either.
    let goal = [(differs, Some(one)), (differs, Some(other))];
    let differ = |verdicts: &Verdicts| verdicts.of(one) != verdicts.of(other);
    let finding = prover.ask(&Question { goal: &goal, accepts: &differ });
    let verdicts = match &finding.evidence {
        Evidence::Witness(witness) => {
            let verdicts = prover.judge(witness);
            verdicts.and_then(|verdicts| verdicts.of(one).zip(verdicts.of(other)))
        },
        _ => None,
    };
    Compared { old, new, evidence: finding.evidence, verdicts }
}
