//! `test` items: their proposals, and whose verdicts they expect (details 10).

use std::collections::BTreeMap;

use super::cases::beside;
use super::files::{Loader, is_inside};
use super::items::Items;
use super::limits;
use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::rulebook::{Directive, DirectiveId, Expectation, ExpectedOf, ForEach, Heading, PortfolioDirective, Test};
use crate::syntax::tree::{self, ExpectValue, Given};
use crate::text::Span;
use crate::text::nearest::nearest;
use crate::value::Day;

/// The place of the JSON of each proposal; a file that cannot be read was reported.
pub(super) fn load_given(test: &tree::Test, loader: &mut Loader<'_>, sink: &mut Vec<Diagnostic>) -> Vec<Option<Span>> {
    let mut file = |path: &tree::Text| {
        if !is_inside(&path.value) {
            let message = "a test's proposal lies inside the pack's folder";
            let diagnostic = Diagnostic::error("rules/file-not-found", path.span, message, "leads out of the folder");
            sink.push(diagnostic.help("copy the file into the pack, and write its path from there"));
            return None;
        }
        let name = beside(loader.files.name(path.span.file), &path.value);
        let file = loader.file(&name, limits::PLAN_BYTES, Some(path.span), sink)?;
        let length = loader.files.get(file).map_or(0, |file| file.text.len());
        Some(Span { file, start: 0, end: u32::try_from(length).ok()? })
    };
    test.given
        .iter()
        .map(|given| match given {
            Given::Inline(span) => Some(*span),
            Given::File(path) => file(path),
        })
        .collect()
}

/// The tests of a pack.
pub(super) fn tests(
    names: &Names,
    items: &Items<'_>,
    given: &[Vec<Option<Span>>],
    directives: &[Directive],
    portfolio: &[PortfolioDirective],
    sink: &mut Vec<Diagnostic>,
) -> Vec<Test> {
    let targets = targets(directives, portfolio);
    let declared: BTreeMap<&str, ()> = items.directives.iter().map(|item| (item.name.text.as_str(), ())).collect();
    let default = default_day(names, directives, portfolio);
    let mut tests = Vec::new();
    for (item, given) in items.tests.iter().zip(given) {
        if item.given.is_empty() && !item.broken {
            let message = "a test gives at least one proposal";
            let diagnostic = Diagnostic::error("rules/missing-clause", item.name.span, message, "no `given`");
            sink.push(diagnostic.help("add `given { … }`"));
        }
        if item.expect.is_empty() && !item.broken {
            let message = "a test that expects nothing cannot fail";
            let diagnostic = Diagnostic::error("rules/missing-clause", item.name.span, message, "no `expect`");
            sink.push(diagnostic.help("add `expect DIRECTIVE violated`"));
        }
        let mut expect = Vec::new();
        for written in &item.expect {
            match targets.get(written.directive.text.as_str()) {
                Some(target) => expect.extend(expectation(written, target, portfolio, sink)),
                // A directive with a fault of its own was reported there.
                None if declared.contains_key(written.directive.text.as_str())
                    || names.is_broken(&written.directive.text) => {},
                None => sink.push(unknown(&written.directive, targets.keys().copied())),
            }
        }
        tests.push(Test {
            name: item.name.value.clone(),
            given: given.iter().copied().flatten().collect(),
            expect,
            as_of: item.as_of.map_or(default, |date| date.days.first),
            span: item.span,
        });
    }
    tests
}

enum Target {
    Directive(DirectiveId),
    Portfolio(usize),
}

fn targets<'d>(directives: &'d [Directive], portfolio: &'d [PortfolioDirective]) -> BTreeMap<&'d str, Target> {
    let mut targets = BTreeMap::new();
    let all_names = |heading: &'d Heading| std::iter::once(&heading.name).chain(&heading.formerly).map(String::as_str);
    for (number, directive) in (0..).zip(directives) {
        targets.extend(all_names(&directive.heading).map(|name| (name, Target::Directive(DirectiveId(number)))));
    }
    for (number, directive) in portfolio.iter().enumerate() {
        targets.extend(all_names(&directive.heading).map(|name| (name, Target::Portfolio(number))));
    }
    targets
}

fn unknown<'d>(name: &tree::Name, known: impl Iterator<Item = &'d str>) -> Diagnostic {
    let near = nearest(&name.text, known.map(|name| (name, name)));
    let message = format!("`{}` is no directive", name.text);
    let diagnostic = Diagnostic::error("rules/unknown-name", name.span, message, "unknown directive");
    Diagnostic { help: near.map(|near| format!("did you mean `{near}`?")), ..diagnostic }
}

fn expectation(
    written: &tree::Expect,
    target: &Target,
    portfolio: &[PortfolioDirective],
    sink: &mut Vec<Diagnostic>,
) -> Option<Expectation> {
    let directive = match target {
        Target::Directive(id) if written.values.is_empty() => ExpectedOf::Directive(*id),
        Target::Directive(_) => {
            let message = "`for` names values of a portfolio directive, and this one judges each proposal";
            let diagnostic = Diagnostic::error("rules/not-in-portfolio", written.span, message, "no values here");
            sink.push(diagnostic.help("leave the `for` out"));
            return None;
        },
        Target::Portfolio(number) => {
            let values = written.values.iter().map(|value| match value {
                ExpectValue::Term(name) => name.text.clone(),
                ExpectValue::Key(text) => crate::text::normal::fold_space(&text.value),
            });
            let has_values = portfolio.get(*number).is_some_and(|one| !matches!(one.for_each, ForEach::Nothing));
            if !has_values && !written.values.is_empty() {
                let message = "this portfolio directive has no `for each`: it gives one verdict";
                let diagnostic = Diagnostic::error("rules/not-in-portfolio", written.span, message, "no values here");
                sink.push(diagnostic.help("leave the `for` out"));
                return None;
            }
            ExpectedOf::Portfolio(*number, values.collect())
        },
    };
    Some(Expectation { directive, verdict: written.verdict, span: written.span })
}

/// The plan's first day; else the first day on which every directive that has a start is in force; else 2000-01-01.
fn default_day(names: &Names, directives: &[Directive], portfolio: &[PortfolioDirective]) -> Day {
    let ordinary = directives.iter().map(|directive| directive.heading.effective);
    let all = ordinary.chain(portfolio.iter().map(|directive| directive.heading.effective));
    let latest = all.filter_map(|period| period.from).max();
    names.effective.from.or(latest).or_else(|| Day::new(2000, 1, 1)).unwrap_or(Day(10_957))
}
