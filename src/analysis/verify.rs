//! What `plancheck verify` claims of each directive, and of all of them together.

use std::collections::BTreeSet;

use super::circuit::Literal;
use super::conflict::{self, Conflict};
use super::portfolio::{self, MOST_VALUES, PortfolioProof, Shown};
use super::prover::{Doubt, Evidence, Finding, Prover, Question, Witness};
use super::redundancy;
use super::trial::Verdicts;
use crate::rulebook::{ColumnId, DirectiveId, ForEach, Heading, Modality, Rulebook, Verdict};
use crate::value::Day;

/// A rule pack made ready for proofs.
#[derive(Debug)]
pub struct Analysis<'b> {
    pub(super) prover: Prover<'b>,
}

/// What was found out about a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The directive.
    pub directive: DirectiveId,
    /// Whether its `when` can be true (of a `may`, whether it can grant).
    pub applies: Evidence,
    /// Whether it can apply and not be set aside.
    pub stands: Evidence,
    /// Whether it can be satisfied where it applies.
    pub satisfied: Evidence,
    /// Whether it can be violated; not asked of a `may`.
    pub violated: Option<Evidence>,
    /// Whether it can be violated while no other directive of its weight is; asked only of what can be violated.
    pub needed: Option<Evidence>,
}

/// What sets a directive aside wherever it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swallower {
    /// The `unless` of that number.
    Exception(usize),
    /// A directive that overrides it.
    Directive(DirectiveId),
}

/// What is wrong with a pack, or not known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A directive's `when` is true of no proposal.
    NeverApplies(DirectiveId),
    /// Wherever a directive applies, this sets it aside; nothing by itself: all its exceptions together.
    Swallowed(DirectiveId, Vec<Swallower>),
    /// No proposal satisfies a directive where it applies.
    NeverSatisfied(DirectiveId),
    /// No proposal violates a directive.
    NeverViolated(DirectiveId),
    /// Whatever violates the directive violates one of these too.
    Redundant(DirectiveId, Vec<DirectiveId>),
    /// Directives that no proposal of a situation meets together.
    Conflict(Conflict),
    /// What is claimed of a portfolio directive does not hold, or is not known.
    Portfolio(PortfolioProblem),
    /// A claim that was neither proved nor refuted.
    Unknown(Claim, BTreeSet<Doubt>),
}

/// A claim about a portfolio directive that does not hold, or that was neither proved nor refuted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioProblem {
    /// The directive's number.
    pub directive: usize,
    /// What it cannot.
    pub claim: PortfolioClaim,
    /// The terms for which it cannot; none if it cannot for any.
    pub values: Vec<u16>,
    /// Whether that is proved.
    pub is_proved: bool,
}

/// What a portfolio directive ought to be able to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortfolioClaim {
    /// Apply.
    Applies,
    /// Be satisfied.
    Satisfied,
    /// Be violated.
    Violated,
}

/// A claim, as it is named where it could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// A directive can apply.
    Applies(DirectiveId),
    /// It can apply and not be set aside.
    Stands(DirectiveId),
    /// It can be satisfied where it applies.
    Satisfied(DirectiveId),
    /// It can be violated.
    Violated(DirectiveId),
    /// It is not implied by others.
    Needed(DirectiveId),
    /// The situation allows a proposal that meets every `must`.
    Situation(conflict::Situation),
    /// So many further terms of a field do.
    Terms(ColumnId, usize),
    /// A portfolio directive can be satisfied for so many further values.
    Values(usize, usize),
}

/// Everything that was found out about a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Each directive that was looked at.
    pub proofs: Vec<Proof>,
    /// Each situation in which all `must` directives can be met, with a proposal that meets them.
    pub situations: Vec<(conflict::Situation, Witness)>,
    /// Each portfolio directive that was looked at, value by value.
    pub portfolio: Vec<PortfolioProof>,
    /// What is wrong or not known, in the order of the directives.
    pub problems: Vec<Problem>,
}

/// A proposal on which a directive has a verdict, as of any day.
pub fn witness(book: &Rulebook, directive: DirectiveId, verdict: Verdict) -> Evidence {
    Analysis::new(book, None).witness(directive, verdict)
}

impl<'b> Analysis<'b> {
    /// Encodes a pack; without a day, proposals may be judged as of any.
    pub fn new(book: &'b Rulebook, as_of: Option<Day>) -> Self {
        Self { prover: Prover::new(book, as_of) }
    }

    /// A smallest proposal on which a directive has a verdict, and that violates no other one if there is such.
    pub fn witness(&mut self, directive: DirectiveId, verdict: Verdict) -> Evidence {
        let number = directive.0 as usize;
        let Some(judgement) = self.prover.judgements.get(number) else { return Evidence::Impossible };
        let goal = [(judgement.verdict(verdict), Some(number))];
        let others = (0..).zip(&self.prover.judgements).filter(|(other, _)| *other != number);
        let clean = others.map(|(other, judgement)| (!judgement.verdict(Verdict::Violated), Some(other)));
        let clean: Vec<_> = goal.iter().copied().chain(clean).collect();
        let all = 0..self.prover.book.directives.len();
        let violates_no_other = |verdicts: &Verdicts| {
            let mut others = all.clone().filter(|other| *other != number);
            verdicts.of(number) == Some(verdict) && others.all(|other| verdicts.of(other) != Some(Verdict::Violated))
        };
        let evidence = self.smallest(&clean, &violates_no_other);
        if is_witness(&evidence) {
            return evidence;
        }
        self.smallest(&goal, &|verdicts| verdicts.of(number) == Some(verdict))
    }

    /// A proposal that holds as little as one can.
    fn smallest(&mut self, goal: &[(Literal, Option<usize>)], accepts: &dyn Fn(&Verdicts) -> bool) -> Evidence {
        let found = self.prover.ask(&Question { goal, accepts }).evidence;
        if !is_witness(&found) {
            return found;
        }
        let sizes = self.prover.sizes();
        for larger in sizes {
            let bounded: Vec<_> = goal.iter().copied().chain([(!larger, None)]).collect();
            let evidence = self.prover.ask(&Question { goal: &bounded, accepts }).evidence;
            if is_witness(&evidence) {
                return evidence;
            }
        }
        found
    }

    /// Proves or refutes what can be asked of the selected directives.
    pub fn verify(&mut self, is_selected: impl Fn(&Heading) -> bool) -> Verification {
        let book = self.prover.book;
        let numbers = || (0..book.directives.len()).filter(|number| is_selected_number(book, *number, &is_selected));
        let mut problems = Vec::new();
        let mut proofs: Vec<Proof> = numbers().filter_map(|number| self.proof(number, &mut problems)).collect();
        let unsatisfiable: BTreeSet<usize> = problems
            .iter()
            .filter_map(|problem| match problem {
                Problem::NeverSatisfied(directive) => Some(directive.0 as usize),
                _ => None,
            })
            .collect();
        let outcome = conflict::conflicts(&mut self.prover, &unsatisfiable);
        let is_ours = |conflict: &Conflict| {
            conflict.directives.iter().any(|one| is_selected_number(book, one.0 as usize, &is_selected))
        };
        let conflicts: Vec<Conflict> = outcome.conflicts;
        redundancy::add(&mut self.prover, &mut proofs, &unsatisfiable, &conflicts, &mut problems);
        problems.extend(conflicts.into_iter().filter(is_ours).map(Problem::Conflict));
        problems.extend(
            outcome
                .unknown
                .into_iter()
                .map(|(situation, doubts)| Problem::Unknown(Claim::Situation(situation), doubts)),
        );
        let cost = || BTreeSet::from([Doubt::Cost]);
        problems.extend(
            outcome
                .left_out
                .into_iter()
                .map(|(column, further)| Problem::Unknown(Claim::Terms(column, further), cost())),
        );
        let is_ours = |number: usize| book.portfolio.get(number).is_some_and(|one| is_selected(&one.heading));
        let portfolio = portfolio::proofs(&mut self.prover, &is_ours);
        problems.extend(portfolio_problems(book, &portfolio));
        Verification { proofs, situations: outcome.possible, portfolio, problems }
    }

    fn proof(&mut self, number: usize, problems: &mut Vec<Problem>) -> Option<Proof> {
        let directive = DirectiveId(u32::try_from(number).ok()?);
        let modality = self.prover.book.directives.get(number)?.heading.modality;
        let judgement = self.prover.judgements.get(number)?.clone();
        let (applied, aside) = (judgement.applied, judgement.verdict(Verdict::SetAside));
        let is_satisfied =
            |verdicts: &Verdicts| verdicts.applied(number) && verdicts.of(number) == Some(Verdict::Satisfied);
        let satisfied = self.can(number, &[applied, judgement.verdict(Verdict::Satisfied)], &is_satisfied);
        let violated = (modality != Modality::May).then(|| {
            let is_violated = |verdicts: &Verdicts| verdicts.of(number) == Some(Verdict::Violated);
            self.can(number, &[judgement.verdict(Verdict::Violated)], &is_violated)
        });
        // A proposal that is judged either way shows that the directive applies and stands.
        let shown = [Some(&satisfied), violated.as_ref()].into_iter().flatten().find(|one| is_witness(one)).cloned();
        let stands = shown.clone().unwrap_or_else(|| {
            let stands = |verdicts: &Verdicts| {
                verdicts.applied(number) && verdicts.of(number).is_some_and(|verdict| verdict != Verdict::SetAside)
            };
            self.can(number, &[applied, !aside], &stands)
        });
        let applies = shown.unwrap_or_else(|| {
            self.can(number, &[applied], &|verdicts| {
                verdicts.applied(number) && verdicts.of(number) != Some(Verdict::NotApplicable)
            })
        });
        let proof = Proof { directive, applies, stands, satisfied, violated, needed: None };
        self.judge(&proof, problems);
        Some(proof)
    }

    fn can(&mut self, number: usize, goal: &[Literal], accepts: &dyn Fn(&Verdicts) -> bool) -> Evidence {
        let goal: Vec<_> = goal.iter().map(|literal| (*literal, Some(number))).collect();
        self.prover.ask(&Question { goal: &goal, accepts }).evidence
    }

    /// What of a proof is a problem; of several that follow from each other the first.
    fn judge(&mut self, proof: &Proof, problems: &mut Vec<Problem>) {
        let directive = proof.directive;
        let unknown = |claim: Claim, evidence: &Evidence| match evidence {
            Evidence::Unknown(doubts) => Some(Problem::Unknown(claim, doubts.clone())),
            _ => None,
        };
        match (&proof.applies, &proof.stands) {
            (Evidence::Impossible, _) => return problems.push(Problem::NeverApplies(directive)),
            (_, Evidence::Impossible) => {
                let by = self.swallowers(directive);
                return problems.push(Problem::Swallowed(directive, by));
            },
            (Evidence::Unknown(doubts), _) => {
                return problems.push(Problem::Unknown(Claim::Applies(directive), doubts.clone()));
            },
            (_, Evidence::Unknown(doubts)) => {
                return problems.push(Problem::Unknown(Claim::Stands(directive), doubts.clone()));
            },
            _ => {},
        }
        match &proof.satisfied {
            Evidence::Impossible => problems.push(Problem::NeverSatisfied(directive)),
            evidence => problems.extend(unknown(Claim::Satisfied(directive), evidence)),
        }
        match &proof.violated {
            Some(Evidence::Impossible) => problems.push(Problem::NeverViolated(directive)),
            Some(evidence) => problems.extend(unknown(Claim::Violated(directive), evidence)),
            None => {},
        }
    }

    /// What alone sets a directive aside wherever it applies.
    fn swallowers(&mut self, directive: DirectiveId) -> Vec<Swallower> {
        let number = directive.0 as usize;
        let book = self.prover.book;
        let (Some(judgement), Some(own)) = (self.prover.judgements.get(number).cloned(), book.directives.get(number))
        else {
            return Vec::new();
        };
        let exceptions = (0..).map(Swallower::Exception).zip(&judgement.exceptions);
        let overriders = own.overridden_by.iter().copied().map(Swallower::Directive).zip(&judgement.overriders);
        let mut found = Vec::new();
        for (swallower, holds) in exceptions.chain(overriders) {
            let evidence = self.can(number, &[judgement.applied, !holds.yes], &|_| true);
            if evidence == Evidence::Impossible {
                found.push(swallower);
            }
        }
        found
    }
}

/// What of the proofs about portfolio directives is a problem. That one does not apply, or cannot be violated, for some value only
/// is in the nature of a rule that is written once for all of them.
fn portfolio_problems(book: &Rulebook, proofs: &[PortfolioProof]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for number in 0..book.portfolio.len() {
        let own: Vec<&PortfolioProof> = proofs.iter().filter(|proof| proof.directive == number).collect();
        let is_shown = |shown: &Shown| matches!(shown, Shown::Portfolio(_));
        let mut say = |claim: PortfolioClaim, values: Vec<u16>, is_proved: bool| {
            problems.push(Problem::Portfolio(PortfolioProblem { directive: number, claim, values, is_proved }));
        };
        if own.is_empty() {
            continue;
        }
        if !own.iter().any(|proof| is_shown(&proof.applies)) {
            let is_proved = own.iter().all(|proof| proof.applies == Shown::Impossible);
            say(PortfolioClaim::Applies, Vec::new(), is_proved);
            continue;
        }
        for (state, is_proved) in [(Shown::Impossible, true), (Shown::Unknown, false)] {
            let of = own.iter().filter(|proof| proof.applies != Shown::Impossible && proof.satisfied == state);
            let of: Vec<&&PortfolioProof> = of.collect();
            let values =
                if of.len() == own.len() { Vec::new() } else { of.iter().filter_map(|one| one.value).collect() };
            if !of.is_empty() {
                say(PortfolioClaim::Satisfied, values, is_proved);
            }
        }
        let violated: Vec<&Shown> = own.iter().filter_map(|proof| proof.violated.as_ref()).collect();
        if !violated.is_empty() && !violated.iter().any(|shown| is_shown(shown)) {
            let is_proved = violated.iter().all(|shown| **shown == Shown::Impossible);
            say(PortfolioClaim::Violated, Vec::new(), is_proved);
        }
        if let Some(ForEach::Term(_, terms)) = book.portfolio.get(number).map(|one| &one.for_each) {
            let further = (terms.len() as usize).saturating_sub(MOST_VALUES);
            if further > 0 {
                problems.push(Problem::Unknown(Claim::Values(number, further), BTreeSet::from([Doubt::Cost])));
            }
        }
    }
    problems
}

fn is_selected_number(book: &Rulebook, number: usize, is_selected: &impl Fn(&Heading) -> bool) -> bool {
    book.directives.get(number).is_some_and(|directive| is_selected(&directive.heading))
}

/// Whether there is a proposal.
pub(super) fn is_witness(evidence: &Evidence) -> bool {
    matches!(evidence, Evidence::Witness(_))
}

/// As few of the literals of a goal as exclude a proposal; the first `fixed` of the goal stay.
pub(super) fn shrunk(
    prover: &mut Prover<'_>,
    fixed: &[(Literal, Option<usize>)],
    core: Vec<(Literal, Option<usize>)>,
) -> Vec<(Literal, Option<usize>)> {
    let mut core = core;
    let mut index = 0;
    while index < core.len() {
        let mut fewer = core.clone();
        fewer.remove(index);
        let goal: Vec<_> = fixed.iter().chain(&fewer).copied().collect();
        let Finding { evidence, core: enough } = prover.ask(&Question { goal: &goal, accepts: &|_| true });
        if evidence == Evidence::Impossible {
            fewer.retain(|(literal, _)| enough.contains(literal));
            core = fewer;
            index = 0;
        } else {
            index += 1;
        }
    }
    core
}
