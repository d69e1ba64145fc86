//! Finding a spelling: a small hash table that is filled once, and the lenient second look.

use crate::engine::json::same;
use crate::rulebook::{Dimension, Vocabulary};
use crate::text::normal::{fold, fold_unit};

/// Texts with a number each, found by their exact bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Lookup {
    /// Four times as many as there are texts or more, a power of two; a text stands in its cell or the next free one.
    cells: Vec<Option<Cell>>,
    /// By how many bits to shift a hash to get a cell.
    shift: u32,
    texts: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    hash: u64,
    start: usize,
    length: usize,
    value: u16,
}

impl Lookup {
    /// Of a text that stands twice the first number counts.
    pub(super) fn new<'s>(entries: impl IntoIterator<Item = (&'s str, u16)>) -> Self {
        let entries: Vec<_> = entries.into_iter().collect();
        let size = (entries.len() * 4).next_power_of_two().max(4);
        let mut lookup = Self { cells: vec![None; size], shift: 64 - size.trailing_zeros(), texts: Vec::new() };
        for (text, value) in entries {
            if lookup.find(text).is_none() {
                lookup.insert(text, value);
            }
        }
        lookup
    }

    fn insert(&mut self, text: &str, value: u16) {
        let cell = Cell { hash: hash(text.as_bytes()), start: self.texts.len(), length: text.len(), value };
        self.texts.extend_from_slice(text.as_bytes());
        let mut at = self.home(cell.hash);
        while let Some(slot) = self.cells.get_mut(at) {
            if slot.is_none() {
                *slot = Some(cell);
                return;
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
    }

    /// The number of a text.
    #[inline]
    pub(super) fn find(&self, text: &str) -> Option<u16> {
        let hash = hash(text.as_bytes());
        let mut at = self.home(hash);
        // Most of the cells are free, so this ends.
        while let Some(Some(cell)) = self.cells.get(at) {
            if cell.hash == hash && self.is_text(cell, text.as_bytes()) {
                return Some(cell.value);
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
        None
    }

    #[inline]
    fn is_text(&self, cell: &Cell, text: &[u8]) -> bool {
        self.texts.get(cell.start..cell.start + cell.length).is_some_and(|bytes| same(bytes, text))
    }

    #[inline]
    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash >> self.shift).unwrap_or(0)
    }
}

/// A hash of a few instructions; the texts that are put in come from the rule pack, so nobody gains from collisions.
#[inline]
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let start = bytes.len() as u64;
    let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) else {
        return mix(start, few(bytes));
    };
    let mut hash = mix(mix(start, u64::from_le_bytes(*first)), u64::from_le_bytes(*last));
    if bytes.len() > 16 {
        for word in bytes.chunks_exact(8).skip(1) {
            hash = mix(hash, word.first_chunk::<8>().map_or(0, |word| u64::from_le_bytes(*word)));
        }
    }
    hash
}

/// Fewer than eight bytes as a number; with their count it tells them apart.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)),
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Spellings of terms or units: as written, else folded.
#[derive(Debug, Clone)]
pub(super) struct Spellings {
    written: Lookup,
    folded: Lookup,
    fold: fn(&str) -> String,
}

impl Spellings {
    pub(super) fn of_terms(vocabulary: &Vocabulary) -> Self {
        let terms = vocabulary.terms.iter().zip(0..);
        Self::new(terms.flat_map(|(term, number)| term.spellings().map(move |text| (text, number))), fold)
    }

    pub(super) fn of_units(dimension: &Dimension) -> Self {
        let units = dimension.units.iter().zip(0..);
        Self::new(units.flat_map(|(unit, number)| unit.spellings().map(move |text| (text, number))), fold_unit)
    }

    fn new<'s>(entries: impl Iterator<Item = (&'s str, u16)>, fold: fn(&str) -> String) -> Self {
        let entries: Vec<_> = entries.collect();
        let folded: Vec<_> = entries.iter().map(|(text, number)| (fold(text), *number)).collect();
        Self {
            written: Lookup::new(entries),
            folded: Lookup::new(folded.iter().map(|(text, number)| (text.as_str(), *number))),
            fold,
        }
    }

    /// The term or unit that a text spells, or the folded text.
    #[inline]
    pub(super) fn find(&self, text: &str) -> Result<u16, String> {
        match self.written.find(text) {
            Some(number) => Ok(number),
            None => self.find_folded(text),
        }
    }

    #[cold]
    fn find_folded(&self, text: &str) -> Result<u16, String> {
        let folded = (self.fold)(text);
        self.folded.find(&folded).ok_or(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_found_and_no_other() {
        let texts: Vec<String> =
            (0..2000_u16).map(|number| "a郑".repeat(usize::from(number % 7)) + &number.to_string()).collect();
        let lookup = Lookup::new(texts.iter().map(String::as_str).zip(0..));
        for (text, number) in texts.iter().zip(0..) {
            assert_eq!(lookup.find(text), Some(number));
            assert_eq!(lookup.find(&format!("{text}x")), None);
        }
        assert_eq!(Lookup::default().find("a"), None);
        assert_eq!(Lookup::new([("", 1), ("a", 2), ("a", 3)]).find("a"), Some(2));
    }
}
