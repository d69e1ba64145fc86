//! `basis`, `cites` and `note`: every passage is looked for in the plan's source.

use std::sync::Arc;

use super::super::drift::{Fate, LostPassage};
use super::super::model::{Citation, Grounds, LanguageId, PlanSource, Quote, SourceClause};
use super::names::Names;
use super::source::{comparable, find};
use super::{by_language, nearest_passage, texts};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Ground, Passage, Text};
use crate::text::display::shown;
use crate::text::{SourceFile, Sources, Span};

/// The sources of the plan, for looking up what is cited.
pub(crate) struct Library<'a> {
    /// Every file that was read.
    pub(super) files: &'a Sources,
    /// The source of each language, by number; shorter than the languages if later ones have none.
    pub(super) sources: &'a [Option<PlanSource>],
    /// Languages whose source is named but could not be read.
    pub(super) unreadable: &'a [LanguageId],
}

/// A source with its file.
#[derive(Clone, Copy)]
struct Book<'a> {
    source: &'a PlanSource,
    file: &'a SourceFile,
}

/// What a term, group, fact or directive rests on, with each passage found in its source.
pub(crate) fn grounds(names: &Names, library: &Library<'_>, grounds: &[Ground], sink: &mut Vec<Diagnostic>) -> Grounds {
    let mut out = Grounds::default();
    let (mut basis, mut note) = (None, None);
    for ground in grounds {
        match ground {
            Ground::Basis(value, span) => {
                if first(&mut basis, *span, "basis", sink) {
                    out.basis = Some(*value);
                }
            },
            Ground::Note(text, span) => {
                if first(&mut note, *span, "note", sink) {
                    out.note = texts(names, text, sink);
                }
            },
            Ground::Cites(passages) => {
                out.citations.extend(passages.iter().filter_map(|passage| citation(names, library, passage, sink)));
            },
        }
    }
    out
}

/// Notes the first of what may stand once; a second one is an error.
pub(super) fn first(place: &mut Option<Span>, span: Span, what: &str, sink: &mut Vec<Diagnostic>) -> bool {
    match *place {
        None => {
            *place = Some(span);
            true
        },
        Some(earlier) => {
            sink.push(Diagnostic::twice(what, span, earlier));
            false
        },
    }
}

fn citation(names: &Names, library: &Library<'_>, passage: &Passage, sink: &mut Vec<Diagnostic>) -> Option<Citation> {
    if library.sources.iter().all(Option::is_none) {
        if library.unreadable.is_empty() {
            let error =
                Diagnostic::error("rules/missing-source", passage.span, "the plan item names no `source`", "cited");
            sink.push(error.help("add `source \"path\"` to the plan item, relative to the pack's folder"));
        }
        return None;
    }
    let clause = passage.clause.as_ref().map(|(number, _)| number.clone());
    let found = match &passage.clause {
        Some((number, place)) if passage.words.entries.is_empty() => whole_clause(library, number, *place),
        _ => words(names, library, passage, sink),
    };
    sink.extend(found.lost.iter().map(|lost| not_found(library, lost)));
    Some(Citation { clause, quotes: found.quotes, lost: found.lost, span: passage.span })
}

/// What was found of a passage in the source of each language, and what was not.
struct Found {
    quotes: Vec<Option<Quote>>,
    lost: Vec<LostPassage>,
}

/// The text of a clause in each language that has it.
fn whole_clause(library: &Library<'_>, number: &str, place: Span) -> Found {
    let books: Vec<Option<Book<'_>>> =
        library.sources.iter().map(|source| source.as_ref().and_then(|source| library.book(source))).collect();
    let quote = |book: &Option<Book<'_>>| {
        let book = book.as_ref()?;
        let clause = book.clause(number)?;
        Some(book.quote(&clause.text, clause.span))
    };
    let quotes: Vec<Option<Quote>> = books.iter().map(quote).collect();
    let first = books.iter().enumerate().find_map(|(language, book)| Some((LanguageId(language), (*book)?)));
    let lost = first.filter(|_| quotes.iter().all(Option::is_none) && library.unreadable.is_empty());
    let lost = lost.map(|(language, book)| book.no_clause(language, number, place));
    Found { quotes, lost: lost.into_iter().collect() }
}

/// The cited words in the source of each language in which they are given.
fn words(names: &Names, library: &Library<'_>, passage: &Passage, sink: &mut Vec<Diagnostic>) -> Found {
    let given = by_language(names, &passage.words, sink);
    let mut quotes = vec![None; given.len()];
    let mut lost = Vec::new();
    let mut clause_missing = false;
    for ((text, language), slot) in given.into_iter().zip((0..).map(LanguageId)).zip(&mut quotes) {
        let Some(text) = text.filter(|_| !library.unreadable.contains(&language)) else { continue };
        let source = library.sources.get(language.0).and_then(Option::as_ref);
        let Some(book) = source.and_then(|source| library.book(source)) else {
            sink.push(no_source(names, language, text.span));
            continue;
        };
        match &passage.clause {
            Some((number, _)) if clause_missing && book.clause(number).is_none() => {},
            Some((number, place)) if book.clause(number).is_none() => {
                clause_missing = true;
                let words = text.value.clone();
                lost.push(LostPassage { words, ..book.no_clause(language, number, *place) });
            },
            clause => match book.passage(language, clause.as_ref().map(|(number, _)| number.as_str()), text) {
                Ok(quote) => *slot = Some(quote),
                Err(passage) => lost.push(passage),
            },
        }
    }
    Found { quotes, lost }
}

fn no_source(names: &Names, language: LanguageId, span: Span) -> Diagnostic {
    let tag = names.languages.get(language.0).map(String::as_str).unwrap_or_default();
    let message = format!("the plan has no source in `{}`", shown(tag));
    let entry = if language.0 == 0 { "source \"path\"".to_owned() } else { format!("source {tag} \"path\"") };
    Diagnostic::error("rules/missing-source", span, message, "cannot be looked up")
        .help(format!("add `{entry}` to the plan item, or leave these words out"))
}

/// The error that a passage is not found, with what became of it.
fn not_found(library: &Library<'_>, lost: &LostPassage) -> Diagnostic {
    let (code, name) = ("rules/citation-not-found", shown(library.files.name(lost.source)));
    if let Fate::NoClause(near) = &lost.fate {
        let number = lost.clause.as_deref().unwrap_or_default();
        let message = format!("there is no clause `§{number}` in `{name}`");
        return Diagnostic::error(code, lost.span, message, "not found").help(match near {
            Some(near) => format!("the nearest clause is `§{near}`"),
            None => {
                "the source has no clause marks: cite words of it, or begin its clauses with `§` and a number".into()
            },
        });
    }
    if comparable(&lost.words).is_empty() {
        return Diagnostic::error(code, lost.span, "the cited words are empty", "no words")
            .help("write the words of the plan, or cite the clause alone");
    }
    let place = match &lost.clause {
        Some(number) => format!("clause `§{number}` of `{name}`"),
        None => format!("`{name}`"),
    };
    let message = format!("the cited words do not stand in {place}");
    Diagnostic::error(code, lost.span, message, "not found").help(match &lost.fate {
        Fate::Moved { clause: Some(holder), line } => {
            format!("these words stand in `§{holder}` (line {line}): cite that clause")
        },
        Fate::Moved { clause: None, line } => {
            format!("these words stand in line {line}, outside the clauses: cite them without a clause")
        },
        Fate::Changed { line, difference } => {
            let difference = nearest_passage::written(difference);
            format!("the nearest passage is in line {line}; it differs so: {difference}")
        },
        Fate::NoClause(_) | Fate::Gone => "cite words as they stand in the source".to_owned(),
    })
}

impl<'a> Library<'a> {
    fn book(&self, source: &'a PlanSource) -> Option<Book<'a>> {
        self.files.get(source.file).map(|file| Book { source, file })
    }
}

impl<'a> Book<'a> {
    fn clause(self, number: &str) -> Option<&'a SourceClause> {
        self.source.clauses.iter().find(|clause| clause.number == number)
    }

    /// The text that a clause covers, or all of it, and where it begins.
    fn text(self, clause: Option<&SourceClause>) -> (&'a str, usize) {
        match clause {
            None => (&self.file.text, 0),
            Some(clause) => {
                let (start, end) = (clause.span.start as usize, clause.span.end as usize);
                (self.file.text.get(start..end).unwrap_or_default(), start)
            },
        }
    }

    fn quote(self, text: &str, span: Span) -> Quote {
        let line = self.line(span.start as usize);
        Quote { text: Arc::from(text), source: Arc::from(self.file.name.as_str()), line, span }
    }

    fn line(self, offset: usize) -> u32 {
        u32::try_from(self.file.lines().line(offset)).unwrap_or(u32::MAX)
    }

    /// A clause that the source does not have.
    fn no_clause(self, language: LanguageId, number: &str, span: Span) -> LostPassage {
        let parent = number.rsplit_once('.').and_then(|(parent, _)| self.clause(parent));
        let near = parent
            .or_else(|| self.source.clauses.iter().min_by_key(|clause| strsim::osa_distance(&clause.number, number)));
        let fate = Fate::NoClause(near.map(|clause| clause.number.clone()));
        let clause = Some(number.to_owned());
        LostPassage { language, clause, words: String::new(), span, source: self.source.file, fate }
    }

    /// Looks for words in a clause, or anywhere.
    fn passage(self, language: LanguageId, clause: Option<&str>, words: &Text) -> Result<Quote, LostPassage> {
        let wanted = comparable(&words.value);
        let (text, start) = self.text(clause.and_then(|number| self.clause(number)));
        if let Some(found) = find(text, &wanted) {
            let span = Span { file: self.source.file, start: at(start + found.start), end: at(start + found.end) };
            return Ok(self.quote(&words.value, span));
        }
        let fate = if wanted.is_empty() { Fate::Gone } else { self.fate(clause, text, start, &wanted) };
        let clause = clause.map(str::to_owned);
        let words_cited = words.value.clone();
        Err(LostPassage { language, clause, words: words_cited, span: words.span, source: self.source.file, fate })
    }

    /// What became of words that are not where they are said to be.
    fn fate(self, clause: Option<&str>, text: &str, start: usize, wanted: &str) -> Fate {
        if clause.is_some()
            && let Some(found) = find(&self.file.text, wanted)
        {
            let holds = |one: &&SourceClause| (one.span.start..one.span.end).contains(&at(found.start));
            let holder = self.source.clauses.iter().find(holds);
            return Fate::Moved { clause: holder.map(|one| one.number.clone()), line: self.line(found.start) };
        }
        match nearest_passage::nearest(text, wanted) {
            Some((difference, offset)) => Fate::Changed { line: self.line(start + offset), difference },
            None => Fate::Gone,
        }
    }
}

fn at(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
