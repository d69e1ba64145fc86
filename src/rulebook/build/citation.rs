//! `basis`, `cites` and `note`: every passage is looked for in the plan's source.

use std::sync::Arc;

use super::super::model::{Citation, Grounds, LanguageId, PlanSource, Quote, SourceClause};
use super::names::Names;
use super::source::{comparable, find};
use super::{nearest_passage, texts};
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
            sink.push(
                Diagnostic::error("rules/duplicate-entry", span, format!("`{what}` stands twice"), "again here")
                    .also(earlier, "first here")
                    .help("leave one of them out"),
            );
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
    let quotes = match &passage.clause {
        Some((number, place)) if passage.words.entries.is_empty() => whole_clause(library, number, *place, sink)?,
        _ => words(names, library, passage, sink)?,
    };
    Some(Citation { clause, quotes, span: passage.span })
}

/// The text of a clause in each language that has it.
fn whole_clause(
    library: &Library<'_>,
    number: &str,
    place: Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<Option<Quote>>> {
    let books: Vec<Option<Book<'_>>> =
        library.sources.iter().map(|source| source.as_ref().and_then(|source| library.book(source))).collect();
    let quote = |book: &Option<Book<'_>>| {
        let book = book.as_ref()?;
        let clause = book.clause(number)?;
        Some(book.quote(&clause.text, clause.span.start as usize))
    };
    let quotes: Vec<Option<Quote>> = books.iter().map(quote).collect();
    if quotes.iter().any(Option::is_some) {
        return Some(quotes);
    }
    if library.unreadable.is_empty()
        && let Some(book) = books.iter().flatten().next()
    {
        sink.push(no_clause(*book, number, place));
    }
    None
}

/// The cited words in the source of each language in which they are given.
fn words(
    names: &Names,
    library: &Library<'_>,
    passage: &Passage,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<Option<Quote>>> {
    let given = texts(names, &passage.words, sink);
    let mut quotes = vec![None; given.0.len()];
    let mut clause_missing = false;
    let tagged = passage.words.entries.iter().filter_map(|(tag, text)| match tag {
        None => Some((LanguageId(0), text)),
        Some(tag) => names.language(&tag.text).map(|language| (language, text)),
    });
    for (language, text) in tagged {
        let Some(slot) = quotes.get_mut(language.0).filter(|slot| slot.is_none()) else { continue };
        if library.unreadable.contains(&language) {
            continue;
        }
        let source = library.sources.get(language.0).and_then(Option::as_ref);
        let Some(book) = source.and_then(|source| library.book(source)) else {
            sink.push(no_source(names, language, text.span));
            continue;
        };
        match &passage.clause {
            Some((number, _)) if clause_missing && book.clause(number).is_none() => {},
            Some((number, place)) if book.clause(number).is_none() => {
                clause_missing = true;
                sink.push(no_clause(book, number, *place));
            },
            clause => match book.passage(clause.as_ref().map(|(number, _)| number.as_str()), text, sink) {
                Some(quote) => *slot = Some(quote),
                None => continue,
            },
        }
    }
    quotes.iter().any(Option::is_some).then_some(quotes)
}

fn no_source(names: &Names, language: LanguageId, span: Span) -> Diagnostic {
    let tag = names.languages.get(language.0).map(String::as_str).unwrap_or_default();
    let message = format!("the plan has no source in `{}`", shown(tag));
    let entry = if language.0 == 0 { "source \"path\"".to_owned() } else { format!("source {tag} \"path\"") };
    Diagnostic::error("rules/missing-source", span, message, "cannot be looked up")
        .help(format!("add `{entry}` to the plan item, or leave these words out"))
}

fn no_clause(book: Book<'_>, number: &str, place: Span) -> Diagnostic {
    let message = format!("there is no clause `§{number}` in `{}`", shown(&book.file.name));
    let error = Diagnostic::error("rules/citation-not-found", place, message, "not found");
    if book.source.clauses.is_empty() {
        return error
            .help("the source has no clause marks: cite words of it, or begin its clauses with `§` and a number");
    }
    let numbers = book.source.clauses.iter().map(|clause| clause.number.as_str());
    let parent = number.rsplit_once('.').and_then(|(parent, _)| book.clause(parent));
    let near = parent.map(|clause| clause.number.as_str()).or_else(|| {
        let mut numbers: Vec<&str> = numbers.collect();
        numbers.sort_by_key(|one| strsim::osa_distance(one, number));
        numbers.first().copied()
    });
    match near {
        Some(near) => error.help(format!("the nearest clause is `§{near}`")),
        None => error,
    }
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

    fn quote(self, text: &str, offset: usize) -> Quote {
        let line = self.file.lines.line(offset);
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Quote { text: Arc::from(text), source: Arc::from(self.file.name.as_str()), line }
    }

    /// Looks for words in a clause, or anywhere; words that are not there are an error.
    fn passage(self, clause: Option<&str>, words: &Text, sink: &mut Vec<Diagnostic>) -> Option<Quote> {
        let wanted = comparable(&words.value);
        if wanted.is_empty() {
            let error =
                Diagnostic::error("rules/citation-not-found", words.span, "the cited words are empty", "no words");
            sink.push(error.help("write the words of the plan, or cite the clause alone"));
            return None;
        }
        let (text, start) = self.text(clause.and_then(|number| self.clause(number)));
        if let Some(offset) = find(text, &wanted) {
            return Some(self.quote(&words.value, start + offset));
        }
        let place = match clause {
            Some(number) => format!("clause `§{number}` of `{}`", shown(&self.file.name)),
            None => format!("`{}`", shown(&self.file.name)),
        };
        let error = Diagnostic::error(
            "rules/citation-not-found",
            words.span,
            format!("the cited words do not stand in {place}"),
            "not found",
        );
        sink.push(match self.advice(clause, text, start, &wanted) {
            Some(advice) => error.help(advice),
            None => error.help("cite words as they stand in the source"),
        });
        None
    }

    fn advice(self, clause: Option<&str>, text: &str, start: usize, wanted: &str) -> Option<String> {
        if clause.is_some()
            && let Some(offset) = find(&self.file.text, wanted)
        {
            let line = self.file.lines.line(offset);
            let holder = self
                .source
                .clauses
                .iter()
                .find(|one| (one.span.start as usize..one.span.end as usize).contains(&offset));
            return Some(match holder {
                Some(holder) => format!("these words stand in `§{}` (line {line}): cite that clause", holder.number),
                None => format!("these words stand in line {line}, outside the clauses: cite them without a clause"),
            });
        }
        let (near, offset) = nearest_passage::nearest(text, wanted)?;
        let line = self.file.lines.line(start + offset);
        Some(format!("the nearest passage is in line {line}; it differs so: {near}"))
    }
}
