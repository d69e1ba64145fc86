//! What stands in several items: blocks and their entries, clauses that begin with a word, and where things come from.

use super::entry::{Body, Cell, Entry, Row};
use super::part::{Group, Part};
use super::pen::{Parts, Pen, Texts};
use super::source::Comment;
use crate::syntax::token::Mark;
use crate::syntax::tree::{Basis, Effective, Ground, Passage};
use crate::syntax::words::Word;

/// How many spaces part the words of clauses from what they govern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap(pub usize);

/// In directives.
pub(super) const WIDE: Gap = Gap(2);

/// Everywhere else.
pub(super) const NARROW: Gap = Gap(1);

impl<'a> Pen<'a> {
    /// What stands between two braces, an entry at a time.
    pub fn block<T>(
        &mut self,
        entry: &mut Entry<'a>,
        widest: usize,
        inside: &[T],
        mut each: impl FnMut(&mut Self, &T, &mut Entry<'a>),
    ) {
        let mut body = Body { braces: true, widest, ..Body::default() };
        self.open(entry);
        for element in inside {
            let mut next = self.next_entry(body.entries.last_mut(), Some(&mut body.opened));
            each(self, element, &mut next);
            self.settle_row(&mut next);
            body.entries.push(next);
        }
        self.close(&mut body);
        entry.body = Some(body);
    }

    /// The brace that opens the body of an entry.
    pub fn open(&mut self, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        if !self.drop_mark(Mark::OpenBrace, &mut parts) {
            self.lose();
        }
        match entry.row.cells.last_mut() {
            Some(last) => last.group.parts.extend(parts),
            None => entry.row = Row::free(parts),
        }
        // The comments of the head go before it: what follows its brace is the body's.
        let (first, last) = entry.row.settle();
        entry.leading.extend(first.into_iter().chain(last).map(Comment::on_its_own));
    }

    /// The brace that closes a body, and the comments before it.
    pub fn close(&mut self, body: &mut Body<'a>) {
        let end = self.next_entry(body.entries.last_mut(), Some(&mut body.opened));
        if let Some(last) = body.entries.last_mut() {
            last.comma = false;
        }
        body.closing = end.leading;
        if !self.drop_mark(Mark::CloseBrace, &mut Vec::new()) {
            self.lose();
        }
    }

    /// A word and what follows it, in two columns.
    pub fn clause(&mut self, row: &mut Row<'a>, word: Word, gap: Gap, rest: impl FnOnce(&mut Self) -> Group<'a>) {
        let mut parts = Vec::new();
        self.word(word, &mut parts);
        row.cell(0, 0, Group::new(parts));
        let group = rest(self);
        row.cell(1, gap.0, group);
    }

    /// `basis`, `cites`, `note`
    pub fn ground(&mut self, ground: &Ground, gap: Gap, row: &mut Row<'a>) {
        match ground {
            Ground::Basis(basis, _) => self.clause(row, Word::Basis, gap, |pen| {
                let mut parts = Vec::new();
                pen.word(basis_word(*basis), &mut parts);
                Group::new(parts)
            }),
            Ground::Cites(passages) => self.clause(row, Word::Cites, gap, |pen| pen.passages(passages)),
            Ground::Note(words, _) => self.clause(row, Word::Note, gap, |pen| pen.local_text(words, Texts::Fit)),
        }
    }

    fn passages(&mut self, passages: &[Passage]) -> Group<'a> {
        let mut parts = Vec::new();
        for (passage, index) in passages.iter().zip(0..) {
            if index > 0 {
                self.comma(&mut parts);
            }
            if passage.clause.is_some() {
                self.leaf(&mut parts);
                if !passage.words.entries.is_empty() {
                    parts.push(Part::Space);
                }
            }
            if !passage.words.entries.is_empty() {
                let words = self.local_text(&passage.words, Texts::Fit);
                parts.push(Part::Group(words));
            }
        }
        Group { fill: true, ..Group::new(parts) }
    }

    /// Grounds after what they belong to: on its line if the first of them stands there and all fit, else each on a line
    /// of its own below.
    pub fn grounds(&mut self, grounds: &[Ground], from: usize, limit: usize, entry: &mut Entry<'a>) {
        if grounds.is_empty() {
            return;
        }
        self.settle_row(entry);
        let mut rows: Vec<Entry<'a>> = Vec::new();
        let mut below = false;
        for ground in grounds {
            let mut next = self.next_entry(Some(rows.last_mut().unwrap_or(entry)), None);
            below |= rows.is_empty() && self.is_first_on_line();
            self.ground(ground, NARROW, &mut next.row);
            self.settle_row(&mut next);
            rows.push(next);
        }
        entry.comma = false;
        rows.iter_mut().for_each(|row| row.comma = false);
        let commented = entry.trailing.is_some()
            || rows.iter().any(|row| !row.leading.is_empty() || row.trailing.is_some())
            || rows.iter().flat_map(|row| &row.row.cells).any(|cell| cell.group.broken);
        let width = entry.row.width() + rows.iter().map(|row| 2 + row.row.width()).sum::<usize>();
        if below || commented || width > limit {
            entry.body = Some(Body { entries: rows, widest: usize::MAX, ..Body::default() });
            return;
        }
        for (row, column) in rows.into_iter().zip(from..) {
            let mut parts: Parts<'a> = Vec::new();
            for cell in row.row.cells {
                if !parts.is_empty() {
                    parts.push(Part::Space);
                }
                parts.extend(cell.group.parts);
            }
            entry.row.cells.push(Cell { column, gap: 2, group: Group::new(parts) });
        }
    }

    /// `effective from D until D`
    pub fn effective(&mut self, effective: &Effective, gap: Gap, row: &mut Row<'a>) {
        self.clause(row, Word::Effective, gap, |pen| {
            let mut parts = Vec::new();
            for (date, word) in [(effective.from, Word::From), (effective.until, Word::Until)] {
                if date.is_some() {
                    if !parts.is_empty() {
                        parts.push(Part::Space);
                    }
                    pen.word(word, &mut parts);
                    parts.push(Part::Space);
                    pen.leaf(&mut parts);
                }
            }
            Group::new(parts)
        });
    }
}

/// Where a ground stands, or the first thing that it names.
pub(super) fn ground_start(ground: &Ground) -> u32 {
    match ground {
        Ground::Basis(_, span) | Ground::Note(_, span) => span.start,
        Ground::Cites(passages) => passages.first().map_or(0, |passage| passage.span.start),
    }
}

fn basis_word(basis: Basis) -> Word {
    match basis {
        Basis::Stated => Word::Stated,
        Basis::Derived => Word::Derived,
        Basis::Assumed => Word::Assumed,
        Basis::Practice => Word::Practice,
    }
}
