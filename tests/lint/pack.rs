//! A small pack without a fault, and what is put into it or in the place of its items.

use plancheck::checker::lint::{Lint, lint};
use plancheck::rulebook::Rulebook;

const BASE: &str = include_str!("base.plan");
pub const SOURCES: [(&str, &str); 2] =
    [("source/plan.en.md", include_str!("plan.en.md")), ("source/plan.zh.md", include_str!("plan.zh.md"))];

/// The words that begin items.
const ITEMS: [&str; 13] = [
    "plan",
    "vocabulary",
    "group",
    "relation",
    "dimension",
    "proposal",
    "define",
    "directive",
    "portfolio",
    "uncheckable",
    "map",
    "test",
    "has",
];
/// The words that begin entries of the plan item.
const OF_PLAN: [&str; 4] = ["title", "issuer", "source", "language"];
/// The words that begin clauses.
const CLAUSES: [&str; 17] = [
    "basis",
    "cites",
    "note",
    "tags",
    "when",
    "must",
    "should",
    "may",
    "unless",
    "overrides",
    "effective",
    "message",
    "help",
    "at",
    "formerly",
    "for",
    "because",
];

/// Lints files.
pub fn lint_files(files: &[(&str, &str)]) -> Lint {
    lint(Rulebook::from_texts(files), "en")
}

/// The small pack, without the items that `text` declares anew and with the fragment in its place.
///
/// A fragment is items, clauses of a directive, entries of the plan item, or fields of the proposal: its first word tells.
pub fn completed(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_fact = text.lines().all(|line| line.contains(" has ") || line.contains(" have "));
    if ITEMS.contains(&first) || is_fact {
        let own: Vec<String> = text.lines().filter(|line| !line.starts_with(' ')).filter_map(key).collect();
        let kept: Vec<&str> = items().filter(|item| key(item).is_none_or(|key| !own.contains(&key))).collect();
        return format!("{}\n\n{text}", kept.join("\n\n"));
    }
    if OF_PLAN.contains(&first) {
        let own = |line: &&str| !line.trim_start().starts_with(first);
        let base: Vec<&str> = BASE.lines().filter(own).collect();
        return base.join("\n").replacen("plan base {", &format!("plan base {{\n{text}"), 1);
    }
    if CLAUSES.contains(&first) {
        let has_requirement = text.lines().any(|line| {
            let word = line.split_whitespace().next().unwrap_or_default();
            matches!(word, "must" | "should" | "may")
        });
        let more = if has_requirement { "" } else { "\nmust city is anyang" };
        let kind = if text.contains(" in proposals") { "portfolio directive" } else { "directive" };
        return format!("{BASE}\n{kind} shown \"Shown\" zh \"示例\" {{\n{text}{more}\n}}\n");
    }
    let own = |line: &&str| line.split_whitespace().next() != Some(first) || line.contains('=');
    let base: Vec<&str> = BASE.lines().filter(own).collect();
    base.join("\n").replacen("proposal {", &format!("proposal {{\n{text}"), 1)
}

fn items() -> impl Iterator<Item = &'static str> {
    BASE.trim().split("\n\n")
}

/// The kind and the name of an item: `group endpoints`.
fn key(item: &str) -> Option<String> {
    let mut words = item.split_whitespace();
    let kind = words.next().filter(|word| ITEMS.contains(word))?;
    match kind {
        "plan" | "proposal" => Some(kind.to_owned()),
        "portfolio" => Some(format!("directive {}", words.nth(1)?)),
        "test" => None,
        _ => Some(format!("{kind} {}", words.next()?)),
    }
}

/// `line:column code`, each diagnostic; lines are those of its file.
pub fn places(found: &Lint) -> Vec<String> {
    let line = |one: &plancheck::diagnostic::Diagnostic| match one.span() {
        Some(span) => {
            let place = found.files.position(span);
            format!("{}:{} {}", place.line, place.column, one.code)
        },
        None => one.code.to_owned(),
    };
    found.diagnostics.iter().map(line).collect()
}

/// `code message`, each diagnostic.
pub fn messages(found: &Lint) -> Vec<String> {
    found.diagnostics.iter().map(|one| format!("{} {}", one.code, one.message)).collect()
}

/// The small pack with one stretch of it changed.
pub fn replaced(from: &str, to: &str) -> String {
    assert!(BASE.contains(from), "the small pack has no {from:?}");
    BASE.replacen(from, to, 1)
}
