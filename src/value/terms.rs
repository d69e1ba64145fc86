//! Sets of terms of one vocabulary, as bits.

use smallvec::SmallVec;

/// A set of terms, one bit a term; sets of up to 128 terms need no allocation.
#[derive(Debug, Clone, Default)]
pub struct TermSet {
    words: SmallVec<[u64; 2]>,
}

impl TermSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The terms `0..count`.
    pub fn all(count: u16) -> Self {
        let (last, bit) = place(count);
        let mut words = SmallVec::from_elem(u64::MAX, last);
        words.push(bit - 1);
        Self { words }
    }

    /// Adds a term; false if it was there.
    #[inline]
    pub fn insert(&mut self, term: u16) -> bool {
        let (word, bit) = place(term);
        if self.words.len() <= word {
            self.widen(word);
        }
        let Some(word) = self.words.get_mut(word) else { return false };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Makes room for a word.
    fn widen(&mut self, word: usize) {
        if word == 0 {
            // The first word of a new set, which is all that most ever have.
            self.words.push(0);
        } else {
            self.words.resize(word + 1, 0);
        }
    }

    /// Empties the set and keeps its memory.
    pub fn clear(&mut self) {
        self.words.clear();
    }

    /// Whether a term is in the set.
    pub fn contains(&self, term: u16) -> bool {
        let (word, bit) = place(term);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// How many terms are in the set.
    pub fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether the set has no term.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The terms in the vocabulary's order.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        self.words.iter().zip(0_u16..).flat_map(|(word, index)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = u16::try_from(rest.trailing_zeros()).ok().filter(|bit| *bit < 64)?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }

    /// Whether the two share a term.
    pub fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// How many terms of this set the other lacks.
    pub fn count_outside(&self, other: &Self) -> u32 {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter().zip(others).map(|(a, b)| (a & !b).count_ones()).sum()
    }

    /// Adds all terms of the other set.
    pub fn unite(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a |= b;
        }
    }

    /// Keeps only the terms that the other set has.
    pub fn intersect(&mut self, other: &Self) {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        for (a, b) in self.words.iter_mut().zip(others) {
            *a &= b;
        }
    }

    /// Drops the terms that the other set has.
    pub fn subtract(&mut self, other: &Self) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= !b;
        }
    }
}

fn place(term: u16) -> (usize, u64) {
    (usize::from(term >> 6), 1 << (term & 63))
}

impl PartialEq for TermSet {
    fn eq(&self, other: &Self) -> bool {
        self.count_outside(other) == 0 && other.count_outside(self) == 0
    }
}

impl Eq for TermSet {}

impl FromIterator<u16> for TermSet {
    fn from_iter<I: IntoIterator<Item = u16>>(terms: I) -> Self {
        let mut set = Self::new();
        for term in terms {
            set.insert(term);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_different_width_compare_by_their_terms() {
        let mut wide: TermSet = [1, 200].into_iter().collect();
        wide.subtract(&[200].into_iter().collect());
        assert_eq!(wide, [1].into_iter().collect());
        assert_eq!(wide.iter().collect::<Vec<_>>(), [1]);
        assert_eq!(wide.len(), 1);
    }

    #[test]
    fn all_terms_are_those_below_the_count() {
        for count in [0, 1, 63, 64, 65, 128, 2500, u16::MAX] {
            assert!(TermSet::all(count).iter().eq(0..count), "{count}");
        }
    }
}
