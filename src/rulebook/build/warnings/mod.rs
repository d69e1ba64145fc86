//! What is questionable in a pack (section 6 of the language page), a file a matter. It is looked for in packs with
//! errors too, and a consequence of an error is no warning.

mod conditions;
mod directives;
mod operands;
mod passages;
mod possible;
mod relations;
mod spelling;
mod unused;
mod world;

use std::collections::BTreeSet;

use super::items::Items;
use super::lost::Lost;
use super::names::Names;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rulebook::typing::{Defined, Definitions};
use crate::rulebook::{Directive, PortfolioDirective, Test};
use crate::text::{Sources, Span};

/// A pack, as far as it could be resolved.
pub(super) struct Checked<'c> {
    pub(super) names: &'c Names,
    pub(super) definitions: &'c Definitions,
    pub(super) items: &'c Items<'c>,
    pub(super) files: &'c Sources,
    pub(super) directives: &'c [Directive],
    pub(super) portfolio: &'c [PortfolioDirective],
    pub(super) tests: &'c [Test],
    pub(super) lost: &'c Lost<'c>,
}

/// Adds the warnings that need the whole pack.
pub(super) fn warn(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    let perhaps_used = perhaps_used(pack, sink);
    let mut found = Vec::new();
    unused::check(pack, &perhaps_used, &mut found);
    relations::holes(pack, &perhaps_used, &mut found);
    directives::languages(pack, &mut found);
    directives::untested(pack, &perhaps_used, &mut found);
    directives::twice(pack, &mut found);
    directives::periods(pack, &mut found);
    conditions::check(pack, &perhaps_used, &mut found);
    passages::check(pack, &mut found);
    spelling::check(pack, &mut found);
    sink.append(&mut found);
}

/// Directives and definitions that came to nothing, be the fault their own or that of something that they name.
fn untyped(pack: &Checked<'_>) -> Vec<Span> {
    let ordinary = pack.directives.iter().map(|one| one.heading.span);
    let typed: BTreeSet<Span> = ordinary.chain(pack.portfolio.iter().map(|one| one.heading.span)).collect();
    let directives = pack.items.directives.iter().map(|item| item.span).filter(|span| !typed.contains(span));
    let failed = pack.items.defines.iter().filter(|item| {
        pack.definitions.by_name.get(&item.name.text).is_none_or(|(defined, _)| matches!(defined, Defined::Failed))
    });
    directives.chain(failed.map(|item| item.span)).collect()
}

/// The names in everything that has an error, and those that errors suggest: it cannot be said that nothing uses them.
fn perhaps_used(pack: &Checked<'_>, errors: &[Diagnostic]) -> BTreeSet<String> {
    let mut items = pack.items.spans();
    items.sort_unstable();
    let mut faulty: BTreeSet<Span> = pack.lost.spans.iter().copied().collect();
    for place in errors.iter().filter(|one| one.severity == Severity::Error).filter_map(Diagnostic::span) {
        let after = items.partition_point(|item| (item.file, item.start) <= (place.file, place.start));
        let item = after.checked_sub(1).and_then(|index| items.get(index)).copied();
        faulty.extend(item.filter(|item| item.file == place.file && place.start <= item.end));
    }
    faulty.extend(untyped(pack));
    let mut names = super::lost::suggested(errors);
    names.extend(faulty.into_iter().flat_map(|span| pack.lost.texts.names_in(span)));
    names
}
