//! The passages of all sources, and which of them a citation covers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::model::{Citation, PlanSource, Quote, Rulebook};
use super::sentences::sentences;
use super::{Citer, Passage, Reason};
use crate::text::{FileId, SourceFile, Span};

/// The passages, and where each stands.
pub(super) struct Passages {
    passages: Vec<Passage>,
    by_clause: BTreeMap<String, usize>,
    /// The passages of each source in the order in which they stand there; none overlaps another.
    by_place: BTreeMap<FileId, Vec<(Span, usize)>>,
}

impl Passages {
    /// The passages of a pack's sources, cited by nothing so far.
    pub(super) fn of(book: &Rulebook) -> Self {
        let mut passages = Self { passages: Vec::new(), by_clause: BTreeMap::new(), by_place: BTreeMap::new() };
        let mut ordered: Vec<usize> = Vec::new();
        for (language, source) in book.plan.sources.iter().enumerate() {
            let Some((source, file)) = source.as_ref().and_then(|source| Some((source, book.files.get(source.file)?)))
            else {
                continue;
            };
            let mut previous = None;
            for (clause, quote) in parts(source, file) {
                let known = clause.as_ref().and_then(|number| passages.by_clause.get(number)).copied();
                let index = known.unwrap_or_else(|| {
                    let index = passages.add(clause, book.plan.languages.len());
                    let after = previous.and_then(|previous| ordered.iter().rposition(|other| *other == previous));
                    ordered.insert(after.map_or(ordered.len(), |after| after + 1), index);
                    index
                });
                previous = Some(index);
                passages.by_place.entry(source.file).or_default().push((quote.span, index));
                let passage = passages.passages.get_mut(index);
                if let Some(slot) = passage.and_then(|passage| passage.texts.get_mut(language)) {
                    *slot = Some(quote);
                }
            }
        }
        passages.reordered(&ordered)
    }

    fn add(&mut self, clause: Option<String>, languages: usize) -> usize {
        let index = self.passages.len();
        if let Some(number) = &clause {
            self.by_clause.insert(number.clone(), index);
        }
        let (texts, cited_by, uncheckable) = (vec![None; languages], Vec::new(), Vec::new());
        self.passages.push(Passage { clause, texts, cited_by, uncheckable });
        index
    }

    /// The same with the passages in that order.
    fn reordered(self, ordered: &[usize]) -> Self {
        let mut place = vec![0; ordered.len()];
        for (new, old) in ordered.iter().enumerate() {
            if let Some(slot) = place.get_mut(*old) {
                *slot = new;
            }
        }
        let moved = |old: usize| place.get(old).copied().unwrap_or(old);
        let mut passages: Vec<(usize, Passage)> =
            self.passages.into_iter().enumerate().map(|(old, passage)| (moved(old), passage)).collect();
        passages.sort_by_key(|(new, _)| *new);
        let by_place = self
            .by_place
            .into_iter()
            .map(|(file, parts)| (file, parts.into_iter().map(|(span, old)| (span, moved(old))).collect()));
        Self {
            passages: passages.into_iter().map(|(_, passage)| passage).collect(),
            by_clause: self.by_clause.into_iter().map(|(clause, old)| (clause, moved(old))).collect(),
            by_place: by_place.collect(),
        }
    }

    /// The passages that a citation covers, as far as it still stands.
    pub(super) fn cited(&self, citation: &Citation) -> Vec<usize> {
        let mut found: Vec<usize> = match &citation.clause {
            Some(_) if citation.quotes.iter().all(Option::is_none) => Vec::new(),
            Some(number) => self.by_clause.get(number).copied().into_iter().collect(),
            None => citation.quotes.iter().flatten().flat_map(|quote| self.at(quote.span)).collect(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The passages that overlap a place in a source.
    fn at(&self, span: Span) -> impl Iterator<Item = usize> {
        let parts = self.by_place.get(&span.file).map(Vec::as_slice).unwrap_or_default();
        let first = parts.partition_point(|(part, _)| part.end <= span.start);
        let overlapping = parts.iter().skip(first).take_while(move |(part, _)| part.start < span.end);
        overlapping.map(|(_, index)| *index)
    }

    /// Notes that something cites a passage; once, however often it does in a row.
    pub(super) fn add_citer(&mut self, index: usize, citer: &Citer) {
        let Some(passage) = self.passages.get_mut(index) else { return };
        if passage.cited_by.last() != Some(citer) {
            passage.cited_by.push(citer.clone());
        }
    }

    /// Notes why a passage binds no proposal.
    pub(super) fn add_reason(&mut self, index: usize, reason: Reason) {
        let Some(passage) = self.passages.get_mut(index) else { return };
        if passage.uncheckable.last().is_none_or(|last| last.span != reason.span) {
            passage.uncheckable.push(reason);
        }
    }

    /// The passages with what cites them in order.
    pub(super) fn finish(mut self) -> Vec<Passage> {
        for passage in &mut self.passages {
            passage.cited_by.sort_by_key(|citer| (citer.kind, citer.span));
        }
        self.passages
    }
}

/// The clauses of a source that have a text, or the sentences of one without clauses; in order.
fn parts(source: &PlanSource, file: &SourceFile) -> Vec<(Option<String>, Quote)> {
    let quote = |text: &str, span: Span| Quote {
        text: Arc::from(text),
        source: Arc::from(file.name.as_str()),
        line: u32::try_from(file.lines().line(span.start as usize)).unwrap_or(u32::MAX),
        span,
    };
    if source.clauses.is_empty() {
        return sentences(&file.text, source.file).map(|(text, span)| (None, quote(&text, span))).collect();
    }
    let clauses = source.clauses.iter().filter(|clause| !clause.text.is_empty());
    clauses.map(|clause| (Some(clause.number.clone()), quote(&clause.text, clause.span))).collect()
}
