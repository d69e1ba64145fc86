//! Verdicts as literals: section 5 of the language page, beside `engine/judge.rs`.

use super::{Around, Encoder, Kleene, RowId};
use crate::analysis::circuit::Literal;
use crate::engine::judge::is_negated;
use crate::rulebook::{Directive, Modality, Verdict};

/// What a directive says of the proposal.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Judgement {
    /// `when`, and for `may` its condition with it.
    pub applied: Literal,
    /// Each `unless`.
    pub exceptions: Vec<Kleene>,
    /// Each directive that overrides it: whether it applies.
    pub overriders: Vec<Kleene>,
    verdicts: [Literal; 6],
}

impl Judgement {
    /// Whether this is the verdict.
    pub fn verdict(&self, verdict: Verdict) -> Literal {
        let [not_in_force, not_applicable, set_aside, satisfied, violated, undetermined] = self.verdicts;
        match verdict {
            Verdict::NotInForce => not_in_force,
            Verdict::NotApplicable => not_applicable,
            Verdict::SetAside => set_aside,
            Verdict::Satisfied => satisfied,
            Verdict::Violated => violated,
            Verdict::Undetermined => undetermined,
        }
    }
}

/// The parts of a directive, each once.
#[derive(Debug, Clone)]
struct Parts {
    when: Kleene,
    requirement: Kleene,
    exceptions: Vec<Kleene>,
}

impl Encoder<'_> {
    /// What every directive says of a proposal; `in_force` tells for each whether it is in force.
    pub fn judgements(&mut self, proposal: RowId, in_force: &[Literal]) -> Vec<Judgement> {
        let directives = self.book.directives.as_slice();
        let parts: Vec<Parts> = directives.iter().map(|directive| self.parts(directive, proposal)).collect();
        let mut bench = Bench { in_force, parts, applies: vec![None; directives.len()] };
        (0..directives.len()).filter_map(|number| self.judgement(&mut bench, number)).collect()
    }

    fn parts(&mut self, directive: &Directive, proposal: RowId) -> Parts {
        let around = Around::proposal(proposal);
        let when = match &directive.when {
            Some(when) => self.condition(when, &around),
            None => self.known(self.circuit.constant(true)),
        };
        let requirement = self.condition(&directive.requirement, &around);
        let modality = directive.heading.modality;
        let requirement = if modality == Modality::May {
            self.all(&[when, requirement])
        } else {
            requirement.when(!is_negated(modality))
        };
        let exceptions =
            directive.unless.iter().map(|exception| self.condition(&exception.condition, &around)).collect();
        Parts { when, requirement, exceptions }
    }

    /// Whether a directive applies (details 6); overrides have no cycles.
    fn applies(&mut self, bench: &mut Bench<'_>, number: usize) -> Kleene {
        if let Some(Some(known)) = bench.applies.get(number) {
            return *known;
        }
        let book = self.book;
        let (Some(directive), Some(parts)) = (book.directives.get(number), bench.parts.get(number).cloned()) else {
            return self.known(self.circuit.constant(false));
        };
        let in_force = bench.in_force.get(number).copied().unwrap_or(self.circuit.constant(true));
        let asked = if directive.heading.modality == Modality::May { parts.requirement } else { parts.when };
        let overriders: Vec<Kleene> =
            directive.overridden_by.iter().map(|one| self.applies(bench, one.0 as usize)).collect();
        let aside = [self.any(&parts.exceptions), self.any(&overriders)];
        let in_force = self.known(in_force);
        let applies = self.all(&[in_force, asked, !aside[0], !aside[1]]);
        if let Some(slot) = bench.applies.get_mut(number) {
            *slot = Some(applies);
        }
        applies
    }

    fn judgement(&mut self, bench: &mut Bench<'_>, number: usize) -> Option<Judgement> {
        let book = self.book;
        let directive = book.directives.get(number)?;
        let overriders: Vec<Kleene> =
            directive.overridden_by.iter().map(|one| self.applies(bench, one.0 as usize)).collect();
        let parts = bench.parts.get(number)?.clone();
        let in_force = bench.in_force.get(number).copied()?;
        let is_may = directive.heading.modality == Modality::May;
        let reach = if is_may { parts.requirement } else { parts.when };
        let (excepted, overridden) = (self.any(&parts.exceptions), self.any(&overriders));
        let aside = self.any(&[excepted, overridden]);
        let circuit = &mut self.circuit;
        let not_applicable = circuit.and([in_force, reach.no]);
        let judged = circuit.and([in_force, !reach.no]);
        let set_aside = circuit.and([judged, aside.yes]);
        let standing = circuit.and([judged, !aside.yes]);
        let satisfied = circuit.and([standing, parts.requirement.yes]);
        let violated = if is_may {
            circuit.constant(false)
        } else {
            circuit.and([standing, parts.when.yes, aside.no, parts.requirement.no])
        };
        let undetermined = circuit.and([standing, !satisfied, !violated]);
        Some(Judgement {
            applied: circuit.and([in_force, reach.yes]),
            exceptions: parts.exceptions,
            overriders,
            verdicts: [!in_force, not_applicable, set_aside, satisfied, violated, undetermined],
        })
    }
}

struct Bench<'f> {
    in_force: &'f [Literal],
    parts: Vec<Parts>,
    applies: Vec<Option<Kleene>>,
}
