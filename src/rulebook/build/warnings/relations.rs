//! Relations that say nothing of some terms.

use std::collections::BTreeSet;

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::text::display::shown;

/// A `single` relation that says nothing of some terms, unless it is declared so (details 28).
pub(super) fn holes(pack: &Checked<'_>, perhaps: &BTreeSet<String>, sink: &mut Vec<Diagnostic>) {
    let names = pack.names;
    let relations = names.relations.iter().filter(|relation| relation.single && !relation.partial);
    // A fact that could not be read may fill the hole.
    for relation in relations.filter(|relation| !perhaps.contains(&relation.name)) {
        let vocabulary = names.vocabulary(relation.from);
        let terms = vocabulary.map(|vocabulary| vocabulary.terms.as_slice()).unwrap_or_default();
        let without_partner = terms.iter().zip(&relation.partners).filter(|(_, partners)| partners.is_empty());
        let lacking: Vec<String> = without_partner.map(|(term, _)| shown(&term.name)).collect();
        let message = match lacking.as_slice() {
            [] => continue,
            [one] => format!("`{}` says nothing of `{one}`", shown(&relation.name)),
            [first, ..] => {
                format!("`{}` says nothing of {} terms, `{first}` among them", shown(&relation.name), lacking.len())
            },
        };
        let item = pack.items.relations.iter().find(|item| item.span == relation.span).map(|item| item.name.span);
        let placed = pack.items.vocabularies.iter().find(|item| item.span == relation.span);
        let span = item.or(placed.map(|item| item.name.span)).unwrap_or(relation.span);
        let diagnostic = Diagnostic::warning("rules/relation-hole", span, message, "has holes");
        let help = match placed {
            Some(_) => format!("place each term: `within` and a term of `{}`", shown(&relation.name)),
            None => "add the facts, or declare it `single partial`".to_owned(),
        };
        sink.push(diagnostic.help(help));
    }
}
