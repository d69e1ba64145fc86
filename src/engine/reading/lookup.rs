//! Finding a spelling: a small hash table that is filled once, and the lenient second look.
//!
//! A text is told apart by its length and its first and last eight bytes, which lie in the cell itself: a text of up
//! to sixteen bytes, as most terms are, is found by one multiplication and three comparisons, without a look at the
//! text that was put in.

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
    ends: Ends,
    length: usize,
    /// Where the text begins, for long ones.
    start: usize,
    value: u16,
}

/// The first and last bytes of a text; with its length they are all of a text of up to [`ALL`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    first: u64,
    last: u64,
}

/// How long a text may be for its ends to be all of it.
const ALL: usize = 16;

impl Ends {
    #[inline]
    fn of(text: &[u8]) -> Self {
        if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            return Self { first: u64::from_le_bytes(*first), last: u64::from_le_bytes(*last) };
        }
        if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            return Self { first: u32::from_le_bytes(*first).into(), last: u32::from_le_bytes(*last).into() };
        }
        Self { first: text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), last: 0 }
    }
}

/// A hash of a few instructions; the texts that are put in come from the rule pack, so nobody gains from collisions.
#[inline]
fn hash(ends: Ends, text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let hash = mix(ends.first, ends.last.wrapping_add(text.len() as u64));
    if text.len() <= ALL {
        return hash;
    }
    let between = text.chunks_exact(8).skip(1).filter_map(<[u8]>::first_chunk::<8>);
    between.fold(hash, |hash, word| mix(hash, u64::from_le_bytes(*word)))
}

impl Lookup {
    /// Of a text that stands twice the first number counts.
    pub(super) fn new<'s>(entries: impl IntoIterator<Item = (&'s str, u16)>) -> Self {
        let entries: Vec<_> = entries.into_iter().collect();
        let size = (entries.len() * 4).next_power_of_two().max(4);
        let mut lookup = Self { cells: vec![None; size], shift: 64 - size.trailing_zeros(), texts: Vec::new() };
        for (text, value) in entries {
            if lookup.find(text.as_bytes()).is_none() {
                lookup.insert(text.as_bytes(), value);
            }
        }
        lookup
    }

    fn insert(&mut self, text: &[u8], value: u16) {
        let cell = Cell { ends: Ends::of(text), length: text.len(), start: self.texts.len(), value };
        self.texts.extend_from_slice(text);
        let mut at = self.home(cell.ends, text);
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
    pub(super) fn find(&self, text: &[u8]) -> Option<u16> {
        let ends = Ends::of(text);
        let mut at = self.home(ends, text);
        // Most of the cells are free, so this ends.
        while let Some(Some(cell)) = self.cells.get(at) {
            if cell.ends == ends && cell.length == text.len() && (text.len() <= ALL || self.is_text(cell, text)) {
                return Some(cell.value);
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
        None
    }

    #[inline]
    fn is_text(&self, cell: &Cell, text: &[u8]) -> bool {
        self.texts.get(cell.start..cell.start + cell.length) == Some(text)
    }

    #[inline]
    fn home(&self, ends: Ends, text: &[u8]) -> usize {
        usize::try_from(hash(ends, text) >> self.shift).unwrap_or(0)
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
        match self.find_written(text.as_bytes()) {
            Some(number) => Ok(number),
            None => self.find_folded(text),
        }
    }

    /// The term or unit that a text spells as the rule pack writes it.
    #[inline]
    pub(super) fn find_written(&self, text: &[u8]) -> Option<u16> {
        self.written.find(text)
    }

    #[cold]
    fn find_folded(&self, text: &str) -> Result<u16, String> {
        let folded = (self.fold)(text);
        self.folded.find(folded.as_bytes()).ok_or(folded)
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
            assert_eq!(lookup.find(text.as_bytes()), Some(number));
            assert_eq!(lookup.find(format!("{text}x").as_bytes()), None);
        }
        assert_eq!(Lookup::default().find(b"a"), None);
        assert_eq!(Lookup::new([("", 1), ("a", 2), ("a", 3)]).find(b"a"), Some(2));
    }
}
