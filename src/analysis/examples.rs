//! For each directive a smallest proposal that breaks it and one that meets it, as the checker judges them.

use std::sync::Arc;

use super::document::Document;
use super::prover::{Evidence, Question, Witness};
use super::trial::Verdicts;
use super::verify::Analysis;
use crate::checker::explain::{Subject, explain};
use crate::rulebook::{DirectiveId, Verdict};
use crate::text::Position;

/// A proposal that shows what a directive asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The proposal.
    pub proposal: Document,
    /// What a finding on it says; of one that meets the directive nothing.
    pub message: Option<String>,
}

/// The examples of a directive, as far as there are such proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// The directive.
    pub directive: DirectiveId,
    /// A proposal that breaks it.
    pub violating: Option<Example>,
    /// A proposal to which it applies and that meets it.
    pub satisfying: Option<Example>,
}

impl Analysis<'_> {
    /// The examples of every directive; messages in the reader's language.
    pub fn examples(&mut self, language: &str) -> Vec<Examples> {
        let ids = (0..).map(DirectiveId).take(self.prover.book.directives.len()).collect::<Vec<_>>();
        ids.into_iter().map(|directive| self.examples_of(directive, language)).collect()
    }

    fn examples_of(&mut self, directive: DirectiveId, language: &str) -> Examples {
        let violating = match self.witness(directive, Verdict::Violated) {
            Evidence::Witness(witness) => {
                let message = self.message(directive, &witness, language);
                Some(Example { proposal: witness.proposal, message })
            },
            _ => None,
        };
        let satisfying = self.met(directive).map(|witness| Example { proposal: witness.proposal, message: None });
        Examples { directive, violating, satisfying }
    }

    /// A smallest proposal to which a directive applies and that meets it; one that breaks no other, if there is such.
    fn met(&mut self, directive: DirectiveId) -> Option<Witness> {
        let number = directive.0 as usize;
        let judgement = self.prover.judgements.get(number)?;
        let goal = [judgement.applied, judgement.verdict(Verdict::Satisfied)].map(|literal| (literal, Some(number)));
        let others = self.prover.judgements.iter().enumerate().filter(|(other, _)| *other != number);
        let kept = others.map(|(other, judgement)| (!judgement.verdict(Verdict::Violated), Some(other)));
        let clean: Vec<_> = goal.iter().copied().chain(kept).collect();
        let is_met = |verdicts: &Verdicts| verdicts.applied(number) && verdicts.of(number) == Some(Verdict::Satisfied);
        let all = 0..self.prover.book.directives.len();
        let is_clean = |verdicts: &Verdicts| {
            is_met(verdicts) && all.clone().all(|other| verdicts.of(other) != Some(Verdict::Violated))
        };
        let questions = [Question { goal: &clean, accepts: &is_clean }, Question { goal: &goal, accepts: &is_met }];
        questions.iter().find_map(|question| match self.prover.ask(question).evidence {
            Evidence::Witness(witness) => Some(witness),
            _ => None,
        })
    }

    fn message(&self, directive: DirectiveId, witness: &Witness, language: &str) -> Option<String> {
        let subject = Subject {
            path: Arc::from(""),
            index: 0,
            base: Position { line: 1, column: 1, offset: 0 },
            text: Arc::from(witness.proposal.compact()),
        };
        explain(self.prover.book, directive, witness.as_of, language, subject).ok()?.message
    }
}
