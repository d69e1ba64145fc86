//! The items of a pack, by kind.

use super::limits;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::tree::{self, Item, PlanFile};
use crate::text::Span;

/// The items of all files, by kind.
#[derive(Default)]
pub(super) struct Items<'t> {
    pub(super) plans: Vec<&'t tree::Plan>,
    pub(super) vocabularies: Vec<&'t tree::Vocabulary>,
    pub(super) groups: Vec<&'t tree::Group>,
    pub(super) relations: Vec<&'t tree::Relation>,
    pub(super) facts: Vec<&'t tree::Fact>,
    pub(super) dimensions: Vec<&'t tree::Dimension>,
    pub(super) proposals: Vec<&'t tree::Proposal>,
    pub(super) defines: Vec<&'t tree::Define>,
    pub(super) directives: Vec<&'t tree::Directive>,
    pub(super) uncheckable: Vec<&'t tree::Uncheckable>,
    pub(super) maps: Vec<&'t tree::Map>,
    pub(super) tests: Vec<&'t tree::Test>,
}

impl<'t> Items<'t> {
    /// The items of parsed files; beyond the limit they are an error.
    pub(super) fn gather(trees: &'t [PlanFile], sink: &mut Vec<Diagnostic>) -> Self {
        let mut items = Self::default();
        for (item, number) in trees.iter().flat_map(|tree| &tree.items).zip(0..) {
            if number == limits::ITEMS {
                sink.push(limits::too_large(item.span(), "the rule pack", limits::ITEMS, "items"));
                break;
            }
            match item {
                Item::Plan(item) => items.plans.push(item),
                Item::Vocabulary(item) => items.vocabularies.push(item),
                Item::Group(item) => items.groups.push(item),
                Item::Relation(item) => items.relations.push(item),
                Item::Fact(item) => items.facts.push(item),
                Item::Dimension(item) => items.dimensions.push(item),
                Item::Proposal(item) => items.proposals.push(item),
                Item::Define(item) => items.defines.push(item),
                Item::Directive(item) => items.directives.push(item),
                Item::Uncheckable(item) => items.uncheckable.push(item),
                Item::Map(item) => items.maps.push(item),
                Item::Test(item) => items.tests.push(item),
            }
        }
        items
    }

    /// Whether every error stands in an item that does not bear on the shape of proposals.
    pub(super) fn declarations_hold_none_of(&self, diagnostics: &[Diagnostic]) -> bool {
        let mut apart: Vec<Span> = self.directives.iter().map(|item| item.span).collect();
        apart.extend(self.tests.iter().map(|item| item.span));
        apart.extend(self.defines.iter().map(|item| item.span));
        apart.extend(self.facts.iter().map(|item| item.span));
        apart.sort_unstable();
        let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
        errors.map(Diagnostic::span).all(|place| {
            let Some(place) = place else { return false };
            let after = apart.partition_point(|item| (item.file, item.start) <= (place.file, place.start));
            let item = after.checked_sub(1).and_then(|index| apart.get(index));
            item.is_some_and(|item| item.file == place.file && place.start <= item.end)
        })
    }

    /// Where the items stand.
    pub(super) fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        spans.extend(self.plans.iter().map(|item| item.span));
        spans.extend(self.vocabularies.iter().map(|item| item.span));
        spans.extend(self.groups.iter().map(|item| item.span));
        spans.extend(self.relations.iter().map(|item| item.span));
        spans.extend(self.facts.iter().map(|item| item.span));
        spans.extend(self.dimensions.iter().map(|item| item.span));
        spans.extend(self.proposals.iter().map(|item| item.span));
        spans.extend(self.defines.iter().map(|item| item.span));
        spans.extend(self.directives.iter().map(|item| item.span));
        spans.extend(self.uncheckable.iter().map(|item| item.span));
        spans.extend(self.maps.iter().map(|item| item.span));
        spans.extend(self.tests.iter().map(|item| item.span));
        spans
    }
}
