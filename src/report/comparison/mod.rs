//! How two packs differ, for people and as JSON.

mod flips;
mod human;
mod json;
mod phrases;

pub use human::human;
pub use json::json;

use crate::analysis::{Changed, Changes, Difference, Evidence, Flips, Kind, Part};
use crate::rulebook::{Directive, DirectiveId, Modality, Rulebook};

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
    /// The same of portfolio directives, in the order of [`Difference::portfolio`].
    pub portfolio_changes: Vec<Changes>,
    /// The names that mean something else, or are in one pack only.
    pub names: Vec<(Kind, String)>,
    /// What became of the proposals that were given.
    pub flips: Option<&'a Flips>,
}

impl<'a> Comparison<'a> {
    /// Whether no verdict can differ and none does.
    pub fn is_equal(&self) -> bool {
        let Difference { compared, added, removed, portfolio, shares_proposals } = self.difference;
        let is_equal = |evidence: &Evidence| *evidence == Evidence::Impossible;
        let has_flips =
            |flips: &Flips| !flips.flips.is_empty() || !flips.statuses.is_empty() || !flips.portfolio.is_empty();
        *shares_proposals
            && compared.iter().all(|pair| is_equal(&pair.evidence))
            && [added, removed].iter().all(|ids| ids.is_empty())
            && [&portfolio.added, &portfolio.removed].iter().all(|numbers| numbers.is_empty())
            && self.reweighed() == 0
            && self.portfolio_changed() == 0
            && self.shape().next().is_none()
            && !self.flips.is_some_and(has_flips)
    }

    /// Changes of what a proposal may hold: whether it is valid can hang on them.
    fn shape(&self) -> impl Iterator<Item = &(Kind, String)> {
        self.names.iter().filter(|(kind, _)| matches!(kind, Kind::Field | Kind::Vocabulary | Kind::Dimension))
    }

    /// Whether a directive's violations weigh otherwise.
    fn is_reweighed(&self, number: usize) -> bool {
        let pair = self.difference.compared.get(number);
        let modality = |directive: Option<&Directive>| directive.map(|one| weight(one.heading.modality));
        pair.is_some_and(|pair| {
            modality(self.old.directives.get(pair.old.0 as usize))
                != modality(self.new.directives.get(pair.new.0 as usize))
        })
    }

    /// How many directives have equal verdicts of another weight.
    fn reweighed(&self) -> usize {
        let pairs = self.difference.compared.iter().enumerate();
        pairs.filter(|(number, pair)| pair.evidence == Evidence::Impossible && self.is_reweighed(*number)).count()
    }

    /// How many portfolio directives may differ.
    fn portfolio_changed(&self) -> usize {
        self.portfolio_changes.iter().filter(|changes| is_judged_otherwise(changes)).count()
    }

    fn old_name(&self, number: usize) -> &'a str {
        let id = self.difference.compared.get(number).map(|pair| pair.old);
        id.map_or("", |id| name(self.old, id))
    }

    fn new_name(&self, number: usize) -> &'a str {
        let id = self.difference.compared.get(number).map(|pair| pair.new);
        id.map_or("", |id| name(self.new, id))
    }

    /// The name of a directive that judges a proposal otherwise.
    fn flipped(&self, directive: Changed) -> &'a str {
        match directive {
            Changed::Compared(number) => self.new_name(number),
            Changed::Added(id) => name(self.new, id),
            Changed::Removed(id) => name(self.old, id),
        }
    }

    /// The clauses that such a directive rests on.
    fn clauses(&self, directive: Changed) -> Vec<&'a str> {
        let heading = match directive {
            Changed::Compared(number) => {
                let id = self.difference.compared.get(number).map(|pair| pair.new.0 as usize);
                id.and_then(|id| self.new.directives.get(id))
            },
            Changed::Added(id) => self.new.directives.get(id.0 as usize),
            Changed::Removed(id) => self.old.directives.get(id.0 as usize),
        };
        let citations = heading.into_iter().flat_map(|one| &one.heading.grounds.citations);
        citations.filter_map(|citation| citation.clause.as_deref()).collect()
    }

    fn names_of(&self, book: &'a Rulebook, ids: &[DirectiveId]) -> Vec<&'a str> {
        ids.iter().map(|id| name(book, *id)).collect()
    }

    fn portfolio_names(&self, book: &'a Rulebook, numbers: &[usize]) -> Vec<&'a str> {
        numbers.iter().map(|number| portfolio_name(book, *number)).collect()
    }

    /// The names of a portfolio directive in the two packs.
    fn portfolio_pair(&self, number: usize) -> (&'a str, &'a str) {
        let pair = self.difference.portfolio.both.get(number);
        pair.map_or(("", ""), |(old, new)| (portfolio_name(self.old, *old), portfolio_name(self.new, *new)))
    }
}

/// Whether what changed can change a verdict or its weight: another passage alone does not.
fn is_judged_otherwise(changes: &Changes) -> bool {
    !changes.names.is_empty() || changes.parts.iter().any(|change| change.part != Part::Cites)
}

/// How much a violation weighs.
fn weight(modality: Modality) -> u8 {
    match modality {
        Modality::Must | Modality::MustNot => 2,
        Modality::Should | Modality::ShouldNot => 1,
        Modality::May => 0,
    }
}

fn name(book: &Rulebook, id: DirectiveId) -> &str {
    book.directives.get(id.0 as usize).map_or("", |directive| directive.heading.name.as_str())
}

fn portfolio_name(book: &Rulebook, number: usize) -> &str {
    book.portfolio.get(number).map_or("", |directive| directive.heading.name.as_str())
}
