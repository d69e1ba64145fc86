//! The `map` item.

use super::clause::NARROW;
use super::entry::{Body, Entry, Row};
use super::part::{Group, Part};
use super::pen::Pen;
use crate::syntax::tree::{LocalText, Map, MapEntry, MapSetKind, Name};
use crate::syntax::words::Word;

impl<'a> Pen<'a> {
    pub fn map(&mut self, map: &Map, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.word(Word::Map, &mut parts);
        parts.push(Part::Space);
        self.word_among(&[Word::Of, Word::Possessive], &mut parts);
        parts.push(Part::Space);
        self.name(&map.of, &mut parts);
        self.label(&map.title, &mut parts);
        entry.row = Row::free(parts);
        let digits = |entry: &MapEntry| match entry {
            MapEntry::Station(station) => station.x.to_string().len(),
            _ => 0,
        };
        let widest = map.entries.iter().map(digits).max().unwrap_or(0);
        self.block(entry, usize::MAX, &map.entries, |pen, inside, entry| match inside {
            MapEntry::Station(station) => {
                pen.named(Word::Station, &station.term, None, &mut entry.row);
                let mut parts = Vec::new();
                pen.word(Word::At, &mut parts);
                parts.push(Part::Space);
                parts.extend(std::iter::repeat_n(Part::Space, widest - digits(inside)));
                pen.leaf(&mut parts);
                pen.comma(&mut parts);
                pen.leaf(&mut parts);
                entry.row.cell(2, 1, Group::new(parts));
            },
            MapEntry::Line(line) => {
                pen.named(Word::Line, &line.group, Some(&line.label), &mut entry.row);
                entry.row.free = true;
                pen.settle_row(entry);
                let mut through = pen.next_entry(Some(entry), None);
                pen.clause(&mut through.row, Word::Through, NARROW, |pen| pen.names(&line.through));
                pen.settle_row(&mut through);
                entry.body = Some(Body { entries: vec![through], widest: usize::MAX, ..Body::default() });
            },
            MapEntry::Set(set) => {
                let word = match set.kind {
                    MapSetKind::Circle => Word::Circle,
                    MapSetKind::Area => Word::Area,
                    MapSetKind::Mark => Word::Mark,
                };
                pen.named(word, &set.group, Some(&set.label), &mut entry.row);
            },
        });
        if let Some(body) = &mut entry.body {
            body.stretches = true;
        }
    }

    /// `WORD NAME [LABEL]`, each in a column.
    fn named(&mut self, word: Word, name: &Name, label: Option<&LocalText>, row: &mut Row<'a>) {
        self.clause(row, word, NARROW, |pen| {
            let mut parts = Vec::new();
            pen.name(name, &mut parts);
            Group::new(parts)
        });
        if let Some(label) = label {
            self.columns_of_texts(label, (2, 1), row);
        }
    }
}
