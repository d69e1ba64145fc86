//! Concrete texts for the text fields of a pack: what its rules compare them with, and what they do not.
//!
//! The space takes a text field to be one of these, or *another* text of which only the answers to the questions asked are known.

use std::collections::BTreeSet;

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::survey::{Hint, Spot, Survey};
use crate::rulebook::{Column, ColumnKind, Rulebook};

/// The most texts of one field.
const MOST_TEXTS: usize = 400;

/// The most texts that are made for one pattern.
const MOST_SAMPLES: usize = 8;

/// The longest text that is made.
const LONGEST: usize = 4_000;

/// The texts that a field may hold, the plainest first. Never empty unless none was found that the declaration accepts.
pub(super) fn texts(book: &Rulebook, survey: &Survey, spot: Spot) -> Vec<String> {
    let Some(column) = book.shape.column(spot.0, spot.1).filter(|column| column.kind == ColumnKind::Text) else {
        return Vec::new();
    };
    let mut pool = Pool { column, seen: BTreeSet::new(), texts: Vec::new() };
    let mut hints: BTreeSet<&Hint> = survey.hints.get(&spot).into_iter().flatten().collect();
    for hint in hints.clone() {
        if let Hint::Like(other) = hint {
            hints.extend(survey.hints.get(other).into_iter().flatten());
        }
    }
    let mut bases: Vec<String> = column.matching.iter().flat_map(|pattern| samples(pattern.as_str())).collect();
    bases.push(plain(book, spot));
    bases.push("x".to_owned());
    bases.iter().for_each(|text| pool.add(text.clone()));
    for hint in &hints {
        pool.hint(hint, &bases);
    }
    pool.join(&hints);
    pool.add("xx".repeat(2));
    pool.add(String::new());
    pool.fit();
    pool.texts
}

/// A text for a field without demands: its own name.
fn plain(book: &Rulebook, (table, column): Spot) -> String {
    let name = book.shape.column(table, column).map_or("", |column| column.name.as_str());
    match (name, book.shape.table(table).and_then(|table| table.list)) {
        ("", Some((outer, list))) => plain(book, (outer, list)),
        _ => name.to_owned(),
    }
}

struct Pool<'b> {
    column: &'b Column,
    seen: BTreeSet<String>,
    texts: Vec<String>,
}

impl Pool<'_> {
    /// Adds a text that the declaration accepts.
    fn add(&mut self, text: String) {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let (fewest, most) = self.column.characters;
        let fits = fewest.is_none_or(|fewest| fewest <= length) && most.is_none_or(|most| length <= most);
        let matches = self.column.matching.as_ref().is_none_or(|pattern| pattern.is_match(&text));
        if fits && matches && self.texts.len() < MOST_TEXTS && self.seen.insert(text.clone()) {
            self.texts.push(text);
        }
    }

    fn hint(&mut self, hint: &Hint, bases: &[String]) {
        match hint {
            Hint::Whole(text) | Hint::Exactly(text) => {
                self.add(text.clone());
                self.add(turned(text));
                self.add(format!(" {text}"));
            },
            Hint::Start(text) | Hint::End(text) | Hint::Within(text) => {
                self.add(text.clone());
                self.add(format!("{text} x"));
                self.add(format!("x {text}"));
                self.add(format!("x {text} x"));
            },
            Hint::Pattern(pattern) => {
                samples(pattern).into_iter().for_each(|text| self.add(text));
            },
            Hint::Slice(from, to, text) => bases.iter().for_each(|base| self.add(overlaid(base, *from, *to, text))),
            Hint::Length(length) => bases.iter().for_each(|base| self.add(of_length(base, *length))),
            Hint::Empty | Hint::Like(_) => {},
        }
    }

    /// Texts that begin, go on and end as several comparisons ask.
    fn join(&mut self, hints: &BTreeSet<&Hint>) {
        let of = |wanted: fn(&Hint) -> Option<String>| -> Vec<String> {
            let found: Vec<String> = hints.iter().filter_map(|hint| wanted(hint)).take(8).collect();
            std::iter::once(String::new()).chain(found).collect()
        };
        let starts = of(|hint| match hint {
            Hint::Start(text) => Some(text.clone()),
            Hint::Pattern(pattern) => samples(pattern).into_iter().next(),
            _ => None,
        });
        let inner = of(|hint| match hint {
            Hint::Within(text) => Some(text.clone()),
            Hint::Pattern(pattern) => samples(pattern).into_iter().next(),
            _ => None,
        });
        let ends = of(|hint| match hint {
            Hint::End(text) => Some(text.clone()),
            Hint::Pattern(pattern) => samples(pattern).into_iter().next(),
            _ => None,
        });
        for start in &starts {
            for within in &inner {
                for end in &ends {
                    self.add(format!("{start}{within}{end}"));
                }
            }
        }
    }

    /// Where nothing was accepted for its length alone, texts of the right length.
    fn fit(&mut self) {
        let (fewest, most) = self.column.characters;
        for length in [fewest, most].into_iter().flatten() {
            self.add(of_length("x", length));
        }
    }
}

/// The text in the other case.
fn turned(text: &str) -> String {
    let upper = text.to_uppercase();
    if upper == text { text.to_lowercase() } else { upper }
}

/// The text with other characters from one place to another, counted from 1.
fn overlaid(base: &str, from: u32, to: u32, text: &str) -> String {
    let skip = (from as usize).saturating_sub(1);
    let end = to as usize;
    let padding = std::iter::repeat('x');
    let head = base.chars().chain(padding).take(skip);
    let tail = base.chars().skip(end.max(skip));
    head.chain(text.chars()).chain(tail).take(LONGEST).collect()
}

fn of_length(base: &str, length: u32) -> String {
    let cycle = if base.is_empty() { "x" } else { base };
    cycle.chars().cycle().take((length as usize).min(LONGEST)).collect()
}

/// Some texts that match a pattern.
pub(super) fn samples(pattern: &str) -> Vec<String> {
    let Ok(regex) = Regex::new(pattern) else { return Vec::new() };
    let Ok(tree) = regex_syntax::parse(pattern) else { return Vec::new() };
    let mut samples = sample(&tree);
    samples.retain(|text| regex.is_match(text));
    samples
}

fn sample(tree: &Hir) -> Vec<String> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => characters(class).into_iter().map(String::from).collect(),
        HirKind::Repetition(repetition) => {
            let once = sample(&repetition.sub);
            let fewest = (repetition.min as usize).min(LONGEST);
            let mut samples: Vec<String> = once.iter().map(|text| text.repeat(fewest)).collect();
            if repetition.max.is_none_or(|most| most as usize > fewest) {
                samples.extend(once.first().map(|text| text.repeat(fewest + 1)));
            }
            samples.dedup();
            samples.truncate(MOST_SAMPLES);
            samples
        },
        HirKind::Capture(capture) => sample(&capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(vec![String::new()], |before, part| {
            let next = sample(part);
            let first = next.first().cloned().unwrap_or_default();
            let mut all: Vec<String> = before.iter().map(|text| format!("{text}{first}")).collect();
            let head = before.first().cloned().unwrap_or_default();
            all.extend(next.iter().skip(1).map(|text| format!("{head}{text}")));
            all.retain(|text| text.len() <= LONGEST);
            all.truncate(MOST_SAMPLES);
            all
        }),
        HirKind::Alternation(parts) => {
            let mut all: Vec<String> = parts.iter().filter_map(|part| sample(part).into_iter().next()).collect();
            all.truncate(MOST_SAMPLES);
            all
        },
    }
}

/// A digit or letter of a class where it has one, and its first character.
fn characters(class: &Class) -> Vec<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|r| (char::from(r.start()), char::from(r.end()))).collect(),
    };
    let nice = ['0', '1', '2', 'a', 'A', 'x', '市'];
    let held = |c: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
    let mut found: Vec<char> = nice.into_iter().filter(|c| held(*c)).take(2).collect();
    found.extend(ranges.iter().map(|(first, _)| *first).find(|c| !c.is_control() && !found.contains(c)));
    found.truncate(3);
    found
}
