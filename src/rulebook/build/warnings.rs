//! What is questionable in a pack that has no errors (section 6 of the language page).

use std::collections::BTreeSet;

use super::assembly::Items;
use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::rulebook::typing::Definitions;
use crate::rulebook::{Directive, ExpectedOf, Heading, Modality, PortfolioDirective, RelationId, Test, VocabularyId};
use crate::syntax::tree::{Clause, GroupExpression};

/// Adds the warnings that need the whole pack.
pub(super) fn warn(
    names: &Names,
    definitions: &Definitions,
    items: &Items<'_>,
    directives: &[Directive],
    portfolio: &[PortfolioDirective],
    tests: &[Test],
    sink: &mut Vec<Diagnostic>,
) {
    unused(names, definitions, items, sink);
    holes(names, sink);
    languages(names, items, sink);
    untested(directives, portfolio, tests, sink);
    twice(directives, sink);
}

fn unused(names: &Names, definitions: &Definitions, items: &Items<'_>, sink: &mut Vec<Diagnostic>) {
    let used = names.used();
    let mut in_groups = BTreeSet::new();
    for group in &items.groups {
        members(&group.members, &mut in_groups);
    }
    for fact in &items.facts {
        in_groups.extend(fact.subjects.iter().chain(&fact.partners).map(|name| name.text.as_str()));
    }
    for group in &names.groups {
        if !used.groups.contains(&group.name) && !in_groups.contains(group.name.as_str()) {
            let message = format!("nothing uses the group `{}`", group.name);
            sink.push(unused_one(group.span, message));
        }
    }
    for (relation, id) in names.relations.iter().zip((0..).map(RelationId)) {
        let is_placing = names.vocabulary(relation.to).is_some_and(|outer| outer.name == relation.name);
        if !used.relations.contains(&id) && !is_placing {
            sink.push(unused_one(relation.span, format!("nothing uses the relation `{}`", relation.name)));
        }
    }
    for (name, (_, span)) in &definitions.by_name {
        if !used.definitions.contains(name) {
            sink.push(unused_one(*span, format!("nothing uses the definition `{name}`")));
        }
    }
    for (vocabulary, id) in names.vocabularies.iter().zip((0..).map(VocabularyId)) {
        let in_relation = names.relations.iter().any(|relation| relation.from == id || relation.to == id);
        if !used.vocabularies.contains(&id) && !in_relation && names.groups.iter().all(|group| group.of != id) {
            sink.push(unused_one(vocabulary.span, format!("nothing uses the vocabulary `{}`", vocabulary.name)));
        }
    }
}

fn unused_one(span: crate::text::Span, message: String) -> Diagnostic {
    Diagnostic::warning("rules/unused", span, message, "not used").help("use it, or leave it out")
}

fn members<'t>(expression: &'t GroupExpression, names: &mut BTreeSet<&'t str>) {
    match expression {
        GroupExpression::Name(name) => {
            names.insert(&name.text);
        },
        GroupExpression::List(list, _) => names.extend(list.iter().map(|name| name.text.as_str())),
        GroupExpression::Union(a, b) | GroupExpression::Intersection(a, b) | GroupExpression::Difference(a, b) => {
            members(a, names);
            members(b, names);
        },
    }
}

/// A `single` relation that says nothing of some terms, unless it is declared so (details 28).
fn holes(names: &Names, sink: &mut Vec<Diagnostic>) {
    for relation in names.relations.iter().filter(|relation| relation.single && !relation.partial) {
        let vocabulary = names.vocabulary(relation.from);
        let terms = vocabulary.map(|vocabulary| vocabulary.terms.as_slice()).unwrap_or_default();
        let lacking: Vec<&str> = terms
            .iter()
            .zip(&relation.partners)
            .filter(|(_, partners)| partners.is_empty())
            .map(|(term, _)| term.name.as_str())
            .collect();
        if let Some(first) = lacking.first() {
            let message =
                format!("`{}` says nothing of {} of its terms, `{first}` among them", relation.name, lacking.len());
            let diagnostic = Diagnostic::warning("rules/relation-hole", relation.span, message, "has holes");
            sink.push(diagnostic.help("add the facts, or declare it `single partial`"));
        }
    }
}

/// A message or help in only some of the pack's languages.
fn languages(names: &Names, items: &Items<'_>, sink: &mut Vec<Diagnostic>) {
    if names.languages.len() < 2 {
        return;
    }
    for directive in &items.directives {
        for clause in &directive.clauses {
            let (Clause::Message(words, span) | Clause::Help(words, span)) = clause else { continue };
            let given = |language: &String| {
                words.entries.iter().any(|(tag, _)| match tag {
                    None => names.languages.first() == Some(language),
                    Some(tag) => &tag.text == language,
                })
            };
            if let Some(lacking) = names.languages.iter().find(|language| !given(language)) {
                let message = format!("this text is not given in `{lacking}`");
                let diagnostic =
                    Diagnostic::warning("rules/missing-language", *span, message, "one language is missing");
                sink.push(diagnostic.help(format!("add `{lacking} \"…\"`")));
            }
        }
    }
}

fn untested(directives: &[Directive], portfolio: &[PortfolioDirective], tests: &[Test], sink: &mut Vec<Diagnostic>) {
    let expected = |wanted: &dyn Fn(&ExpectedOf) -> bool| {
        tests.iter().flat_map(|test| &test.expect).any(|expectation| wanted(&expectation.directive))
    };
    let mut report = |heading: &Heading| {
        let message = format!("no test speaks of the directive `{}`", heading.name);
        let span = crate::text::Span { end: heading.span.start, ..heading.span };
        let diagnostic = Diagnostic::warning("rules/untested", span, message, "no test");
        sink.push(diagnostic.help("add a `test` item with a proposal that satisfies it and one that violates it"));
    };
    for (number, directive) in (0_u32..).zip(directives) {
        if !expected(&|of| matches!(of, ExpectedOf::Directive(id) if id.0 == number)) {
            report(&directive.heading);
        }
    }
    for (number, directive) in portfolio.iter().enumerate() {
        if !expected(&|of| matches!(of, ExpectedOf::Portfolio(one, _) if *one == number)) {
            report(&directive.heading);
        }
    }
}

/// A `should` beside a `must` with the same title.
fn twice(directives: &[Directive], sink: &mut Vec<Diagnostic>) {
    let is_must = |directive: &Directive| matches!(directive.heading.modality, Modality::Must | Modality::MustNot);
    let is_should =
        |directive: &Directive| matches!(directive.heading.modality, Modality::Should | Modality::ShouldNot);
    for should in directives.iter().filter(|one| is_should(one) && !one.heading.title.is_empty()) {
        let twin = directives.iter().find(|one| is_must(one) && one.heading.title == should.heading.title);
        if let Some(twin) = twin {
            let message =
                format!("`{}` asks as `should` what `{}` asks as `must`", should.heading.name, twin.heading.name);
            let diagnostic = Diagnostic::warning("rules/twice", should.heading.span, message, "the weaker one")
                .also(twin.heading.span, "the stronger one");
            sink.push(diagnostic.help("leave one of them out, or give them titles that tell them apart"));
        }
    }
}
