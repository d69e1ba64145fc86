//! Finding a text among texts that were known beforehand: a small hash table that is filled once.
//!
//! A text is told apart by its length and its first and last eight bytes, which lie in the cell itself: a text of up
//! to sixteen bytes, as most terms are, is found by one multiplication and three comparisons, without a look at the
//! text that was put in.

/// Texts with a number each, found by their exact bytes.
#[derive(Debug, Clone, Default)]
pub struct Lookup {
    /// Twice as many as there are texts or more, a power of two; a text stands in its cell or the next free one.
    cells: Vec<Cell>,
    /// By how many bits to shift a hash to get a cell.
    shift: u32,
    /// The texts longer than [`ALL`], one after the other.
    long: Vec<u8>,
}

/// Half of a cache line.
#[derive(Debug, Clone, Copy)]
struct Cell {
    ends: Ends,
    length: u32,
    /// Where the text begins, if it is long.
    start: u32,
    /// [`FREE`] if no text stands here.
    value: u32,
}

/// The number of no text.
const FREE: u32 = u32::MAX;

impl Cell {
    const EMPTY: Self = Self { ends: Ends { first: 0, last: 0 }, length: 0, start: 0, value: FREE };
}

/// The first and last bytes of a text; with its length they are all of a text of up to [`ALL`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    /// Of a text that stands twice the first number counts; the number `u32::MAX` cannot be given.
    pub fn new<'s>(entries: impl IntoIterator<Item = (&'s str, u32)>) -> Self {
        let entries: Vec<_> = entries.into_iter().collect();
        let size = (entries.len() * 2).next_power_of_two().max(4);
        let cells = vec![Cell::EMPTY; size];
        let mut lookup = Self { cells, shift: 64 - size.trailing_zeros(), long: Vec::new() };
        for (text, value) in entries {
            if lookup.find(text.as_bytes()).is_none() {
                lookup.insert(text.as_bytes(), value);
            }
        }
        lookup
    }

    fn insert(&mut self, text: &[u8], value: u32) {
        let (Ok(length), Ok(start)) = (u32::try_from(text.len()), u32::try_from(self.long.len())) else { return };
        let cell = Cell { ends: Ends::of(text), length, start, value };
        if text.len() > ALL {
            self.long.extend_from_slice(text);
        }
        let mut at = self.home(cell.ends, text);
        while let Some(slot) = self.cells.get_mut(at) {
            if slot.value == FREE {
                *slot = cell;
                return;
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
    }

    /// The number of a text.
    #[inline]
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        let ends = Ends::of(text);
        let mut at = self.home(ends, text);
        // Half of the cells are free, so this ends.
        loop {
            let cell = self.cells.get(at)?;
            if cell.value == FREE {
                return None;
            }
            if cell.ends == ends && cell.length as usize == text.len() && self.is_rest(cell, text) {
                return Some(cell.value);
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
    }

    /// Whether a text whose ends are those of a cell is the same between them.
    #[inline]
    fn is_rest(&self, cell: &Cell, text: &[u8]) -> bool {
        text.len() <= ALL || self.long.get(cell.start as usize..).is_some_and(|long| long.starts_with(text))
    }

    #[inline]
    fn home(&self, ends: Ends, text: &[u8]) -> usize {
        usize::try_from(hash(ends, text) >> self.shift).unwrap_or(0)
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
        assert_eq!(Lookup::default().find(b""), None);
        assert_eq!(Lookup::new([("", 1), ("a", 2), ("a", 3)]).find(b"a"), Some(2));
    }
}
