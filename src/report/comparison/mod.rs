//! How two packs differ, for people and as JSON.

mod human;
mod json;
mod phrases;

pub use human::human;
pub use json::json;

use crate::analysis::{Changes, Difference, Evidence, Flips, Kind};
use crate::rulebook::Rulebook;

/// Everything that was found out about two packs.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The first pack.
    pub old: &'a Rulebook,
    /// The second.
    pub new: &'a Rulebook,
    /// Which directives can differ.
    pub difference: &'a Difference,
    /// What of each directive's text changed, in the order of [`Difference::compared`].
    pub changes: Vec<Changes>,
    /// The names that mean something else, or are in one pack only.
    pub names: Vec<(Kind, String)>,
    /// What became of the proposals that were given.
    pub flips: Option<&'a Flips>,
}

impl Comparison<'_> {
    /// Whether no verdict can differ and none does.
    pub fn is_equal(&self) -> bool {
        let Difference { compared, added, removed, shares_proposals } = self.difference;
        let is_equal = |evidence: &Evidence| *evidence == Evidence::Impossible;
        *shares_proposals
            && compared.iter().all(|pair| is_equal(&pair.evidence))
            && added.is_empty()
            && removed.is_empty()
            && self.flips.is_none_or(|flips| flips.flips.is_empty())
    }

    fn old_name(&self, number: usize) -> &str {
        let id = self.difference.compared.get(number).map(|pair| pair.old.0 as usize);
        id.and_then(|id| self.old.directives.get(id)).map_or("", |directive| directive.heading.name.as_str())
    }

    fn new_name(&self, number: usize) -> &str {
        let id = self.difference.compared.get(number).map(|pair| pair.new.0 as usize);
        id.and_then(|id| self.new.directives.get(id)).map_or("", |directive| directive.heading.name.as_str())
    }
}
