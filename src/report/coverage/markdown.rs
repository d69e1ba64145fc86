//! Coverage as Markdown: a table of the passages, for a page beside the plan.

use std::fmt::Write as _;

use super::words::Words;
use super::{drifted_place, fate, figures, with_gaps};
use crate::report::Settings;
use crate::report::human::paint::one_line;
use crate::rulebook::coverage::{Coverage, Passage};
use crate::rulebook::{LanguageId, Rulebook, WordChange};

/// A table of the passages, the citations that no longer stand, and the figures.
pub fn markdown(coverage: &Coverage, book: &Rulebook, settings: Settings) -> String {
    let words = Words::of(settings.language);
    let language = book.plan.language(settings.language.tag());
    let mut out = format!("# {}\n\n", words.title);
    let _infallible = writeln!(out, "{}\n", escaped(book.plan.title.get(language)));
    for line in figures(coverage, book, words) {
        let _infallible = writeln!(out, "- {}", escaped(&line));
    }
    let _infallible = writeln!(out, "\n| {} |\n|---|---|---|---|", words.columns.join(" | "));
    for passage in &coverage.passages {
        row(&mut out, passage, words, language);
    }
    if !coverage.drifted.is_empty() {
        let _infallible = writeln!(out, "\n## {}\n", words.drift);
    }
    for drifted in &coverage.drifted {
        let (place, who) = drifted_place(drifted, book, words);
        let (sentence, difference) = fate(drifted, book, words);
        let _infallible = writeln!(out, "- {}, {}: {}", escaped(&place), escaped(&who), escaped(&sentence));
        if !drifted.lost.words.is_empty() {
            let _infallible = writeln!(out, "  > {}", escaped(&drifted.lost.words));
        }
        if !difference.is_empty() {
            let parts = with_gaps(difference).map(|(gap, one)| format!("{gap}{}", change(one)));
            let _infallible = writeln!(out, "\n  {}", parts.collect::<String>());
        }
    }
    out
}

fn row(out: &mut String, passage: &Passage, words: &Words, language: LanguageId) {
    let Some(text) = passage.text(language) else { return };
    let label = match &passage.clause {
        Some(number) => format!("§{number}"),
        None => escaped(&format!("{}:{}", text.source, text.line)),
    };
    let citers = passage.cited_by.iter().map(|citer| format!("{} {}", words.kind(citer.kind), escaped(&citer.name)));
    let reasons = passage.uncheckable.iter().map(|reason| escaped(reason.text.get(language)));
    let spoken: Vec<String> = citers.chain(reasons).collect();
    let standing = words.standing(passage.standing());
    let _infallible = writeln!(out, "| {label} | {} | {standing} | {} |", escaped(&text.text), spoken.join("<br>"));
}

fn change(change: &WordChange) -> String {
    match change {
        WordChange::Kept(words) => escaped(words),
        WordChange::Removed(words) => format!("~~{}~~", escaped(words)),
        WordChange::Added(words) => format!("**{}**", escaped(words)),
    }
}

/// A text on one line in which nothing is Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => {
                out.push('\\');
                out.push(c);
            },
            c => out.push(c),
        }
    }
    out
}
