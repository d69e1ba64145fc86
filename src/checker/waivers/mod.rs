//! Waivers: official acts by which a finding does not count. A waived finding stays in every report.

mod notice;
mod read;
#[cfg(test)]
mod tests;
mod waiver;

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{GlobSet, GlobSetBuilder};

use super::report::{Failure, Finding, FindingVerdict, Judgement, PortfolioFinding, WaivedBy};
use crate::value::Day;

pub use read::{ReadWaivers, read, read_tables};
pub use waiver::{Waiver, WaiverScope};

/// The waivers of a run, made ready to be looked up.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    all: Vec<Arc<Waiver>>,
    /// Numbers of waivers by the name of each directive that they speak of.
    by_directive: BTreeMap<String, Vec<usize>>,
    /// Numbers of waivers by the identifier of their proposal.
    by_identifier: BTreeMap<String, Vec<usize>>,
    globs: GlobSet,
    /// The waiver of each glob.
    of_glob: Vec<usize>,
    /// What was noticed when they were read, and does not keep them from being used.
    notices: Vec<Failure>,
}

/// What became of the waivers in a run, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses(BTreeMap<usize, Use>);

/// What became of a waiver.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// Whether its proposal, or a proposal at its paths, was judged.
    seen: bool,
    /// Whether it spoke of a finding that another one had waived.
    idle: bool,
    /// Whether it waived a finding.
    used: bool,
}

impl Uses {
    fn of(&mut self, number: usize) -> &mut Use {
        self.0.entry(number).or_default()
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (number, theirs) in other.0 {
            let mine = self.of(number);
            mine.seen |= theirs.seen;
            mine.idle |= theirs.idle;
            mine.used |= theirs.used;
        }
    }
}

impl Waivers {
    /// Makes waivers ready; `notices` is what was noticed when they were read.
    pub fn new(waivers: Vec<Waiver>, notices: Vec<Failure>) -> Self {
        let mut made = Self { notices, ..Self::default() };
        let mut globs = GlobSetBuilder::new();
        for (number, waiver) in waivers.into_iter().enumerate() {
            for name in &waiver.directives {
                made.by_directive.entry(name.clone()).or_default().push(number);
            }
            match &waiver.scope {
                WaiverScope::Proposal(id) => made.by_identifier.entry(id.clone()).or_default().push(number),
                WaiverScope::Paths(paths) => {
                    if let Ok(glob) = read::glob(paths) {
                        globs.add(glob);
                        made.of_glob.push(number);
                    }
                },
                WaiverScope::Value(_) | WaiverScope::Portfolio => {},
            }
            made.all.push(Arc::new(waiver));
        }
        made.globs = globs.build().unwrap_or_default();
        made
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Waives findings on one proposal.
    pub(super) fn waive(&self, as_of: Day, id: Option<&str>, path: &str, findings: &mut [Finding], uses: &mut Uses) {
        let of_identifier = id.and_then(|id| self.by_identifier.get(id)).into_iter().flatten().copied();
        let of_path = self.globs.matches(path).into_iter().filter_map(|glob| self.of_glob.get(glob).copied());
        let mut numbers: Vec<usize> = of_identifier.chain(of_path).collect();
        numbers.sort_unstable();
        for number in &numbers {
            uses.of(*number).seen = true;
        }
        for finding in findings {
            self.waive_one(as_of, &mut finding.judgement, |number| numbers.contains(&number), uses);
        }
    }

    /// Waives a finding on the portfolio.
    pub(super) fn waive_portfolio(&self, as_of: Day, finding: &mut PortfolioFinding, uses: &mut Uses) {
        let is_met = |number: usize| {
            self.all.get(number).is_some_and(|waiver| match &waiver.scope {
                WaiverScope::Value(value) => finding.value.as_ref() == Some(value),
                WaiverScope::Portfolio => finding.value.is_none(),
                WaiverScope::Proposal(_) | WaiverScope::Paths(_) => false,
            })
        };
        let met: Vec<usize> = (0..self.all.len()).filter(|number| is_met(*number)).collect();
        self.waive_one(as_of, &mut finding.judgement, |number| met.contains(&number), uses);
    }

    fn waive_one(&self, as_of: Day, judgement: &mut Judgement, is_met: impl Fn(usize) -> bool, uses: &mut Uses) {
        let FindingVerdict::Of(_) = judgement.verdict else { return };
        for number in self.by_directive.get(judgement.code.as_ref()).into_iter().flatten().copied() {
            let Some(waiver) = self.all.get(number).filter(|waiver| is_met(number) && waiver.is_in_effect(as_of))
            else {
                continue;
            };
            if judgement.waived.is_some() {
                uses.of(number).idle = true;
                continue;
            }
            uses.of(number).used = true;
            judgement.waive(WaivedBy::Waiver(Arc::clone(waiver)));
        }
    }
}
