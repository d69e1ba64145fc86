//! The verdict of a directive with the steps behind each row of the table of section 5.

use std::collections::BTreeSet;

use super::Step;
use super::steps::Tracer;
use crate::engine::causes::{Causes, causes};
use crate::engine::judge::Court;
use crate::engine::message::{Reader, fill};
use crate::engine::truth::Truth;
use crate::rulebook::{self, Directive, DirectiveId, Modality, Rulebook, Verdict};

/// How a directive's verdict on a proposal came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The directive.
    pub directive: DirectiveId,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its `when`, if it has one.
    pub when: Option<Step>,
    /// What it requires or grants, before the *not* of `must not`.
    pub requirement: Step,
    /// Each `unless`.
    pub unless: Vec<Exception>,
    /// Each directive that overrides it.
    pub overriders: Vec<Overrider>,
    /// What left it open, if it is undetermined.
    pub causes: Causes,
}

/// An `unless` with its reason, filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The condition.
    pub condition: Step,
    /// The reason.
    pub because: Option<String>,
}

/// A directive that sets another one aside where it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrider {
    /// The directive.
    pub directive: DirectiveId,
    /// Whether it applies.
    pub applies: Truth,
    /// Whether it is in force.
    pub in_force: bool,
    /// Its `when`, if it has one.
    pub when: Option<Step>,
    /// What it grants, if it is a `may`.
    pub grant: Option<Step>,
    /// Each of its own `unless`.
    pub unless: Vec<Exception>,
    /// The directives that override it in turn; those shown before are left out.
    pub overriders: Vec<Overrider>,
}

/// Shows how a verdict came about; `verdict` is what the judge said of this directive and proposal.
pub fn trace<'a>(court: &mut Court<'a, '_>, id: DirectiveId, verdict: Verdict, reader: Reader) -> Option<Trace> {
    let book: &'a Rulebook = court.scene.book;
    let directive = book.directives.get(id.0 as usize)?;
    let mut seen = BTreeSet::from([id]);
    let overriders = overriders(court, directive, reader, &mut seen);
    let mut tracer = Tracer::new(&mut court.scene, reader);
    let when = directive.when.as_ref().map(|when| tracer.condition(when));
    let requirement = tracer.condition(&directive.requirement);
    let unless = exceptions(court, &directive.unless, reader);
    let causes = if verdict == Verdict::Undetermined { causes(court, directive) } else { Causes::default() };
    Some(Trace { directive: id, verdict, when, requirement, unless, overriders, causes })
}

fn exceptions<'a>(court: &mut Court<'a, '_>, unless: &'a [rulebook::Exception], reader: Reader) -> Vec<Exception> {
    let shown = unless.iter().map(|exception| Exception {
        condition: Tracer::new(&mut court.scene, reader).condition(&exception.condition),
        because: exception.because.as_ref().map(|because| fill(&mut court.scene, because, reader)),
    });
    shown.collect()
}

fn overriders<'a>(
    court: &mut Court<'a, '_>,
    directive: &'a Directive,
    reader: Reader,
    seen: &mut BTreeSet<DirectiveId>,
) -> Vec<Overrider> {
    let book: &'a Rulebook = court.scene.book;
    let mut out = Vec::new();
    for id in &directive.overridden_by {
        let Some(overrider) = book.directives.get(id.0 as usize).filter(|_| seen.insert(*id)) else { continue };
        let applies = court.applies(id.0 as usize);
        let inner = overriders(court, overrider, reader, seen);
        let in_force = court.is_in_force(id.0 as usize);
        let mut tracer = Tracer::new(&mut court.scene, reader);
        let when = overrider.when.as_ref().map(|when| tracer.condition(when));
        let is_may = overrider.heading.modality == Modality::May;
        let grant = is_may.then(|| tracer.condition(&overrider.requirement));
        let unless = exceptions(court, &overrider.unless, reader);
        out.push(Overrider { directive: *id, applies, in_force, when, grant, unless, overriders: inner });
    }
    out
}
