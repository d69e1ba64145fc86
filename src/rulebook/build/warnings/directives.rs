//! Directives as wholes: untested, asked twice, explained in one language only, in force on no day.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::rulebook::{ExpectedOf, Heading};
use crate::syntax::tree::{self, Clause, Modality};
use crate::text::Span;
use crate::text::display::shown;

/// A message in only some of the pack's languages.
pub(super) fn languages(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    let languages = &pack.names.languages;
    if languages.len() < 2 {
        return;
    }
    // The other language may stand in a clause that could not be read.
    let directives = pack.items.directives.iter().filter(|directive| !directive.broken);
    for clause in directives.flat_map(|directive| &directive.clauses) {
        let Clause::Message(words, span) = clause else { continue };
        let given = |language: &String| {
            words.entries.iter().any(|(tag, _)| match tag {
                None => languages.first() == Some(language),
                Some(tag) => &tag.text == language,
            })
        };
        if let Some(lacking) = languages.iter().find(|language| !given(language)) {
            let lacking = shown(lacking);
            let message = format!("the message is not given in `{lacking}`");
            let diagnostic = Diagnostic::warning("rules/missing-language", *span, message, "one language is missing");
            sink.push(diagnostic.help(format!("add `{lacking} \"…\"`")));
        }
    }
}

/// A directive that no test speaks of.
pub(super) fn untested(pack: &Checked<'_>, perhaps: &BTreeSet<String>, sink: &mut Vec<Diagnostic>) {
    let expected = pack.tests.iter().flat_map(|test| &test.expect);
    let mut tested: BTreeSet<&str> = BTreeSet::new();
    for expectation in expected {
        let heading = match &expectation.directive {
            ExpectedOf::Directive(id) => pack.directives.get(id.0 as usize).map(|one| &one.heading),
            ExpectedOf::Portfolio(number, _) => pack.portfolio.get(*number).map(|one| &one.heading),
        };
        tested.extend(heading.map(|heading| heading.name.as_str()));
    }
    for heading in headings(pack) {
        if tested.contains(heading.name.as_str()) || perhaps.contains(&heading.name) {
            continue;
        }
        let message = format!("no test speaks of the directive `{}`", shown(&heading.name));
        let diagnostic = Diagnostic::warning("rules/untested", name_span(pack, heading), message, "no test");
        sink.push(
            diagnostic.help("add a `test` with a proposal that satisfies it, and one with a proposal that does not"),
        );
    }
}

fn headings<'c>(pack: &Checked<'c>) -> impl Iterator<Item = &'c Heading> {
    let ordinary = pack.directives.iter().map(|directive| &directive.heading);
    ordinary.chain(pack.portfolio.iter().map(|directive| &directive.heading))
}

/// Where a directive's name stands.
fn name_span(pack: &Checked<'_>, heading: &Heading) -> Span {
    let tokens = pack.items.directives.binary_search_by(|item| item.span.cmp(&heading.span)).ok();
    let item = tokens.and_then(|index| pack.items.directives.get(index));
    item.map_or(heading.span, |item| item.name.span)
}

/// What a directive asks, and of what.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    negated: bool,
    applies: String,
    requirement: String,
}

/// A `should` beside a `must` that has the same title, or that asks the same of the same proposals.
pub(super) fn twice(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    let mut titles: BTreeMap<String, &tree::Directive> = BTreeMap::new();
    let mut asked: BTreeMap<Asked, &tree::Directive> = BTreeMap::new();
    let mut weaker = Vec::new();
    for item in &pack.items.directives {
        let Some((modality, words)) = words(pack, item) else { continue };
        match modality {
            Modality::Must | Modality::MustNot => {
                titles.entry(title(item)).or_insert(item);
                asked.entry(words).or_insert(item);
            },
            Modality::Should | Modality::ShouldNot => weaker.push((item, words)),
            Modality::May => {},
        }
    }
    titles.remove("");
    for (item, words) in weaker {
        let Some(twin) = asked.get(&words).or_else(|| titles.get(&title(item))) else { continue };
        let (own, other) = (shown(&item.name.text), shown(&twin.name.text));
        let message = format!("`{own}` says as `should` what `{other}` says as `must`");
        let diagnostic = Diagnostic::warning("rules/twice", item.name.span, message, "the weaker one")
            .also(twin.name.span, "the stronger one");
        sink.push(diagnostic.help("leave one of them out, or tell them apart"));
    }
}

/// The title in the pack's own language, or in the first in which it is given.
fn title(item: &tree::Directive) -> String {
    let first = item.title.entries.first().map(|(_, text)| text.value.as_str());
    crate::text::normal::fold(first.unwrap_or_default())
}

/// The modality and the requirement of a directive that has one, as written but for white space.
fn words(pack: &Checked<'_>, item: &tree::Directive) -> Option<(Modality, Asked)> {
    let written = |span: Span| crate::text::normal::fold_space(pack.files.slice(span));
    let requirement = item.clauses.iter().find_map(|clause| match clause {
        Clause::Requirement(modality, condition, _) => Some((*modality, written(condition.span))),
        _ => None,
    });
    let (modality, requirement) = requirement?;
    let applies = item.clauses.iter().filter_map(|clause| match clause {
        Clause::When(_, span) | Clause::ForEach(_, _, span) | Clause::ForEachGroup(_, _, span) => Some(written(*span)),
        _ => None,
    });
    let negated = matches!(modality, Modality::MustNot | Modality::ShouldNot);
    Some((modality, Asked { negated, applies: applies.collect::<Vec<_>>().join(" "), requirement }))
}

/// A directive that is in force on no day.
pub(super) fn periods(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    for heading in headings(pack) {
        let period = heading.effective;
        let (Some(from), Some(until)) = (period.from, period.until) else { continue };
        if from <= until {
            continue;
        }
        let item = pack.items.directives.iter().find(|item| item.span == heading.span);
        let own = item.into_iter().flat_map(|item| &item.clauses).find_map(|clause| match clause {
            Clause::Effective(effective) => Some(effective.span),
            _ => None,
        });
        // Where the plan's own dates are at fault, each directive would repeat it.
        let Some(span) = own else { continue };
        let message = format!("`{}` is in force on no day: it would begin on {from} and end on {until}", heading.name);
        let diagnostic = Diagnostic::warning("rules/constant-condition", span, message, "no day");
        sink.push(diagnostic.help("let it begin before it ends, within the dates of the plan"));
    }
}
