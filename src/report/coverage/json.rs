//! Coverage as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Number;

use crate::report::safe::document_bytes;
use crate::rulebook::coverage::{Coverage, Drifted, Figures, Passage, Standing};
use crate::rulebook::{Fate, LanguageId, Quote, Rulebook, Texts, WordChange};
use crate::text::Span;

/// `{"schema": 1, "plan": {…}, "percent": 92.3, …, "passages": […], "drifted": […]}`
pub fn json(coverage: &Coverage, book: &Rulebook) -> Vec<u8> {
    let tags = &book.plan.languages;
    let count = |standing| coverage.standing(standing).count();
    let sources = tags.iter().zip(&book.plan.sources).enumerate();
    let sources = sources.filter_map(|(number, (tag, source))| {
        let figures = FiguresEntry::new(coverage.figures_in(LanguageId(number)));
        Some(SourceEntry { language: tag, file: book.files.name(source.as_ref()?.file), figures })
    });
    let document = Document {
        schema: 1,
        plan: Plan { name: &book.plan.name, version: &book.plan.version, digest: &book.plan.digest },
        figures: FiguresEntry::new(coverage.figures()),
        standings: Standing::ALL.iter().map(|standing| (standing.word(), count(*standing))).collect(),
        sources: sources.collect(),
        passages: coverage.passages.iter().map(|passage| PassageEntry::new(passage, book)).collect(),
        drifted: coverage.drifted.iter().map(|drifted| DriftedEntry::new(drifted, book)).collect(),
    };
    document_bytes(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    plan: Plan<'a>,
    #[serde(flatten)]
    figures: FiguresEntry,
    standings: BTreeMap<&'static str, usize>,
    sources: Vec<SourceEntry<'a>>,
    passages: Vec<PassageEntry<'a>>,
    drifted: Vec<DriftedEntry<'a>>,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
}

/// `percent` has one decimal, rounded down; of no passages it is `null`.
#[derive(Serialize)]
struct FiguresEntry {
    percent: Option<Number>,
    covered: u64,
    total: u64,
}

impl FiguresEntry {
    fn new(figures: Figures) -> Self {
        let percent = figures.percent().and_then(|_| figures.percent_text().parse().ok());
        Self { percent, covered: figures.covered, total: figures.passages }
    }
}

#[derive(Serialize)]
struct SourceEntry<'a> {
    language: &'a str,
    file: &'a str,
    #[serde(flatten)]
    figures: FiguresEntry,
}

#[derive(Serialize)]
struct PassageEntry<'a> {
    clause: Option<&'a str>,
    standing: &'static str,
    texts: BTreeMap<&'a str, TextEntry<'a>>,
    cited_by: Vec<CiterEntry<'a>>,
    uncheckable: Vec<ReasonEntry<'a>>,
}

impl<'a> PassageEntry<'a> {
    fn new(passage: &'a Passage, book: &'a Rulebook) -> Self {
        let texts = book.plan.languages.iter().zip(&passage.texts);
        let texts = texts.filter_map(|(tag, text)| Some((tag.as_str(), TextEntry::new(text.as_ref()?))));
        let reasons = passage.uncheckable.iter().map(|reason| ReasonEntry {
            reason: by_language(&reason.text, book),
            place: Place::new(reason.span, book),
        });
        Self {
            clause: passage.clause.as_deref(),
            standing: passage.standing().word(),
            texts: texts.collect(),
            cited_by: passage.cited_by.iter().map(|citer| CiterEntry::new(citer, book)).collect(),
            uncheckable: reasons.collect(),
        }
    }
}

#[derive(Serialize)]
struct TextEntry<'a> {
    text: &'a str,
    source: &'a str,
    line: u32,
}

impl<'a> TextEntry<'a> {
    fn new(quote: &'a Quote) -> Self {
        Self { text: &quote.text, source: &quote.source, line: quote.line }
    }
}

#[derive(Serialize)]
struct CiterEntry<'a> {
    kind: &'static str,
    name: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

impl<'a> CiterEntry<'a> {
    fn new(citer: &'a crate::rulebook::coverage::Citer, book: &'a Rulebook) -> Self {
        Self { kind: citer.kind.word(), name: &citer.name, place: Place::new(citer.span, book) }
    }
}

#[derive(Serialize)]
struct ReasonEntry<'a> {
    reason: BTreeMap<&'a str, &'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

fn by_language<'a>(texts: &'a Texts, book: &'a Rulebook) -> BTreeMap<&'a str, &'a str> {
    let all = book.plan.languages.iter().zip(&texts.0);
    all.filter_map(|(tag, text)| Some((tag.as_str(), text.as_deref()?))).collect()
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Place<'a> {
    fn new(span: Span, book: &'a Rulebook) -> Self {
        let position = book.files.position(span);
        Self { file: book.files.name(span.file), line: position.line, column: position.column }
    }
}

/// `became` is one of `no-clause`, `moved`, `changed`, `gone`.
#[derive(Serialize)]
struct DriftedEntry<'a> {
    citer: CiterEntry<'a>,
    language: Option<&'a str>,
    source: &'a str,
    clause: Option<&'a str>,
    words: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    became: &'static str,
    nearest_clause: Option<&'a str>,
    nearest_line: Option<u32>,
    difference: Vec<ChangeEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum ChangeEntry<'a> {
    Kept(&'a str),
    Removed(&'a str),
    Added(&'a str),
}

impl<'a> DriftedEntry<'a> {
    fn new(drifted: &'a Drifted, book: &'a Rulebook) -> Self {
        let lost = &drifted.lost;
        let (became, nearest_clause, nearest_line, difference) = match &lost.fate {
            Fate::NoClause(near) => ("no-clause", near.as_deref(), None, [].as_slice()),
            Fate::Moved { clause, line } => ("moved", clause.as_deref(), Some(*line), [].as_slice()),
            Fate::Changed { line, difference } => ("changed", None, Some(*line), difference.as_slice()),
            Fate::Gone => ("gone", None, None, [].as_slice()),
        };
        let change = |change: &'a WordChange| match change {
            WordChange::Kept(words) => ChangeEntry::Kept(words),
            WordChange::Removed(words) => ChangeEntry::Removed(words),
            WordChange::Added(words) => ChangeEntry::Added(words),
        };
        Self {
            citer: CiterEntry::new(&drifted.citer, book),
            language: book.plan.languages.get(lost.language.0).map(String::as_str),
            source: book.files.name(lost.source),
            clause: lost.clause.as_deref(),
            words: &lost.words,
            place: Place::new(lost.span, book),
            became,
            nearest_clause,
            nearest_line,
            difference: difference.iter().map(change).collect(),
        }
    }
}
