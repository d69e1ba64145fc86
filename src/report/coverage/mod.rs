//! How much of the plan's source is encoded, for people, as Markdown, or as JSON.

mod human;
mod json;
mod markdown;
mod words;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

use super::Settings;
use super::human::paint::FIRST_WITHOUT_SPACES;
use crate::rulebook::coverage::{Coverage, Drifted, Standing};
use crate::rulebook::{Fate, LanguageId, Rulebook, WordChange};
use words::Words;

/// What writes a format.
type Writer = fn(&Coverage, &Rulebook, Settings) -> Vec<u8>;

/// Every format of `coverage`.
pub const FORMATS: &[(&str, Writer)] = &[
    ("human", |coverage, book, settings| human(coverage, book, settings).into_bytes()),
    ("markdown", |coverage, book, settings| markdown(coverage, book, settings).into_bytes()),
    ("json", |coverage, book, _| json(coverage, book)),
];

/// A report in the format of that name, if there is one.
pub fn write(name: &str, coverage: &Coverage, book: &Rulebook, settings: Settings) -> Option<Vec<u8>> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, write)| write(coverage, book, settings))
}

/// The figures in words, a line each.
fn figures(coverage: &Coverage, book: &Rulebook, words: &Words) -> Vec<String> {
    let whole = coverage.figures();
    let parts = Standing::ALL.iter().map(|standing| {
        let count = coverage.standing(*standing).count();
        format!("{count}{}{}", words.space, words.counted(*standing))
    });
    let parts: Vec<String> = parts.collect();
    let mut lines = vec![
        format!("{}{}{}%", words.covered, words.colon, whole.percent_text()),
        format!("{}{}{}", words.passages(whole.passages), words.colon, parts.join(words.comma)),
    ];
    let languages = book.plan.languages.iter().zip(book.plan.sources.iter().zip(0..));
    let each: Vec<_> = languages
        .filter_map(|(tag, (source, number))| Some((tag, source.as_ref()?.file, number)))
        .map(|(tag, file, number)| (tag, file, coverage.figures_in(LanguageId(number))))
        .collect();
    if each.iter().any(|(_, _, figures)| *figures != whole) {
        lines.extend(each.iter().map(|(tag, file, figures)| {
            let (covered, passages, name) = (figures.covered, figures.passages, book.files.name(*file));
            format!("{tag} {name}{}{covered}/{passages}{}{}%", words.colon, words.comma, figures.percent_text())
        }));
    }
    lines
}

/// What became of a lost passage, in a sentence that its word diff may follow.
fn fate<'d>(drifted: &'d Drifted, book: &Rulebook, words: &Words) -> (String, &'d [WordChange]) {
    let name = book.files.name(drifted.lost.source);
    match &drifted.lost.fate {
        Fate::NoClause(Some(near)) => (format!("{}§{near}", words.no_clause_but), &[]),
        Fate::NoClause(None) => (words.no_clauses.to_owned(), &[]),
        Fate::Moved { clause: Some(clause), line } => (format!("{}§{clause} ({name}:{line})", words.moved_to), &[]),
        Fate::Moved { clause: None, line } => (format!("{}{name}:{line}", words.moved_to), &[]),
        Fate::Changed { line, difference } => (format!("{}{name}:{line}", words.now_reads), difference),
        Fate::Gone => (words.gone.to_owned(), &[]),
    }
}

/// The changes of a word diff, each with the space that parts it from the one before: none where the script sets none.
fn with_gaps(difference: &[WordChange]) -> impl Iterator<Item = (&'static str, &WordChange)> {
    let words = |change: &'_ WordChange| -> (Option<char>, Option<char>) {
        let (WordChange::Kept(words) | WordChange::Removed(words) | WordChange::Added(words)) = change;
        (words.chars().next(), words.chars().next_back())
    };
    let mut before = None;
    difference.iter().map(move |change| {
        let (first, last) = words(change);
        let is_wide = |c: Option<char>| c.is_some_and(|c| c >= FIRST_WITHOUT_SPACES);
        let closes = first.is_some_and(|c| matches!(c, ',' | '.' | ';' | ':' | ')' | '!' | '?'));
        let is_close = before.is_none() || is_wide(before) && is_wide(first) || closes;
        before = last;
        (if is_close { "" } else { " " }, change)
    })
}

/// Who cites what: `directives/belts.plan:12:9`, and `directive endpoint-roles: §3.9`.
fn drifted_place(drifted: &Drifted, book: &Rulebook, words: &Words) -> (String, String) {
    let position = book.files.position(drifted.lost.span);
    let file = book.files.name(drifted.lost.span.file);
    let mut who = format!("{} {}", words.kind(drifted.citer.kind), drifted.citer.name);
    who.truncate(who.trim_end().len());
    if let Some(clause) = &drifted.lost.clause {
        who.push_str(words.cites);
        who.push('§');
        who.push_str(clause);
    }
    (format!("{file}:{}:{}", position.line, position.column), who)
}
