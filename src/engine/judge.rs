//! Verdicts: section 5 of the language page.

use super::evaluate::{Memory, Scene};
use super::program::{DirectiveSet, Program};
use super::record::Record;
use super::truth::Truth;
use crate::rulebook::{Directive, Exception, Modality, PortfolioDirective, Rulebook, Verdict};

/// What a directive says of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The directive, by number.
    pub directive: usize,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether its `when` is true (details 24).
    pub applied: bool,
}

/// Memory that judging uses again for the next proposal.
#[derive(Debug, Clone, Default)]
pub struct Bench {
    /// Values of definitions.
    pub memory: Memory,
    candidates: DirectiveSet,
    applies: Vec<Option<Truth>>,
}

/// Judges the directives that may apply to a proposal, in order; of all others the verdict is [`idle_verdict`].
pub fn judge(
    book: &Rulebook,
    program: &Program,
    record: &Record,
    input: &str,
    bench: &mut Bench,
    judged: &mut Vec<Judged>,
) {
    judged.clear();
    bench.memory.clear();
    bench.applies.clear();
    program.candidates(record, &mut bench.candidates);
    let Bench { memory, candidates, applies } = bench;
    let mut court = Court { scene: Scene::new(book, record, input, memory), program, applies };
    for number in candidates.iter() {
        if let Some(directive) = book.directives.get(number) {
            let (verdict, applied) = court.verdict(directive);
            judged.push(Judged { directive: number, verdict, applied });
        }
    }
}

/// A court for looking again into a proposal that was judged last on this bench.
pub fn reopen<'a, 'b>(
    book: &'a Rulebook,
    program: &'b Program,
    record: &'a Record,
    input: &'a str,
    bench: &'a mut Bench,
) -> Court<'a, 'b>
where
    'a: 'b,
{
    let Bench { memory, applies, .. } = bench;
    Court { scene: Scene::new(book, record, input, memory), program, applies }
}

/// The verdict of a directive that is not among those judged.
pub fn idle_verdict(program: &Program, directive: usize) -> Verdict {
    if program.in_force.contains(directive) { Verdict::NotApplicable } else { Verdict::NotInForce }
}

/// A scene together with what is known of the directives that override others.
#[derive(Debug)]
pub struct Court<'a, 'b> {
    /// What expressions read.
    pub scene: Scene<'a>,
    program: &'b Program,
    /// Whether each directive applies, for those that override others; filled as asked for.
    applies: &'b mut Vec<Option<Truth>>,
}

impl<'a> Court<'a, '_> {
    /// The table of verdicts, from the top, and whether `when` is true.
    fn verdict(&mut self, directive: &'a Directive) -> (Verdict, bool) {
        let when = self.when(directive);
        if when == Truth::False {
            return (Verdict::NotApplicable, false);
        }
        let applied = when == Truth::True;
        let requirement = if directive.heading.modality == Modality::May {
            match self.grant(directive) {
                Truth::False => return (Verdict::NotApplicable, applied),
                grant => Some(grant),
            }
        } else {
            None
        };
        let excepted = self.excepted(&directive.unless);
        if excepted == Truth::True {
            return (Verdict::SetAside, applied);
        }
        let overridden = self.overridden(directive);
        if overridden == Truth::True {
            return (Verdict::SetAside, applied);
        }
        let requirement = requirement.unwrap_or_else(|| self.requirement(directive));
        let verdict = decide(directive.heading.modality, when, excepted.or(overridden), requirement);
        (verdict, applied)
    }

    fn when(&mut self, directive: &'a Directive) -> Truth {
        directive.when.as_ref().map_or(Truth::True, |when| self.scene.condition(when))
    }

    /// What a `may` grants: its `when` and its condition.
    fn grant(&mut self, directive: &'a Directive) -> Truth {
        self.when(directive).and(self.scene.condition(&directive.requirement))
    }

    fn excepted(&mut self, unless: &'a [Exception]) -> Truth {
        self.scene.any(unless.iter().map(|exception| &exception.condition))
    }

    fn requirement(&mut self, directive: &'a Directive) -> Truth {
        let truth = self.scene.condition(&directive.requirement);
        truth.when(!is_negated(directive.heading.modality))
    }

    /// Whether a directive that overrides this one applies.
    fn overridden(&mut self, directive: &'a Directive) -> Truth {
        let mut overridden = Truth::False;
        for overrider in &directive.overridden_by {
            overridden = overridden.or(self.applies(overrider.0 as usize));
        }
        overridden
    }

    /// Whether a directive is in force.
    pub(super) fn is_in_force(&self, number: usize) -> bool {
        self.program.in_force.contains(number)
    }

    /// Whether a directive applies: in force, `when`, no `unless`, not set aside itself (details 6).
    pub(super) fn applies(&mut self, number: usize) -> Truth {
        if let Some(Some(known)) = self.applies.get(number) {
            return *known;
        }
        let directive = self.scene.book.directives.get(number).filter(|_| self.program.in_force.contains(number));
        let truth = match directive {
            None => Truth::False,
            Some(directive) => {
                let asked = if directive.heading.modality == Modality::May {
                    self.grant(directive)
                } else {
                    self.when(directive)
                };
                let free = !self.excepted(&directive.unless);
                let standing = if asked == Truth::False { Truth::True } else { !self.overridden(directive) };
                asked.and(free).and(standing)
            },
        };
        if self.applies.len() <= number {
            self.applies.resize(number + 1, None);
        }
        if let Some(slot) = self.applies.get_mut(number) {
            *slot = Some(truth);
        }
        truth
    }
}

/// Whether the requirement is read with *not*.
pub fn is_negated(modality: Modality) -> bool {
    matches!(modality, Modality::MustNot | Modality::ShouldNot)
}

/// The last rows of the table, once nothing sets the directive aside for sure: `when` is not false, `aside` tells
/// whether something may set it aside.
pub(super) fn decide(modality: Modality, when: Truth, aside: Truth, requirement: Truth) -> Verdict {
    match requirement {
        Truth::True => Verdict::Satisfied,
        Truth::False if modality != Modality::May && when == Truth::True && aside == Truth::False => Verdict::Violated,
        _ => Verdict::Undetermined,
    }
}

/// The verdict of a portfolio directive for one value; the scene holds its aggregates. Also whether `when` is true.
pub fn judge_portfolio<'a>(scene: &mut Scene<'a>, directive: &'a PortfolioDirective) -> (Verdict, bool) {
    let when = directive.when.as_ref().map_or(Truth::True, |when| scene.condition(when));
    if when == Truth::False {
        return (Verdict::NotApplicable, false);
    }
    let applied = when == Truth::True;
    let excepted = scene.any(directive.unless.iter().map(|exception| &exception.condition));
    let requirement = scene.condition(&directive.requirement).when(!is_negated(directive.heading.modality));
    let is_may = directive.heading.modality == Modality::May;
    let verdict = match (is_may, when.and(requirement)) {
        (true, Truth::False) => Verdict::NotApplicable,
        _ if excepted == Truth::True => Verdict::SetAside,
        (true, granted) => decide(Modality::May, when, excepted, granted),
        (false, _) => decide(directive.heading.modality, when, excepted, requirement),
    };
    (verdict, applied)
}
