//! Spellings of terms and units: as the rule pack writes them, and the lenient second look.

use std::sync::OnceLock;

use crate::rulebook::{Dimension, Vocabulary};
use crate::text::lookup::Lookup;
use crate::text::normal::{fold, fold_unit};

/// Spellings of terms or units: as written, else folded.
#[derive(Debug, Clone)]
pub(super) struct Spellings<'b> {
    of: Of<'b>,
    written: Lookup,
    /// Made when the first spelling is met that the rule pack does not have, which for most packs is never.
    folded: OnceLock<Lookup>,
}

/// What is spelt.
#[derive(Debug, Clone, Copy)]
enum Of<'b> {
    Terms(&'b Vocabulary),
    Units(&'b Dimension),
}

impl<'b> Spellings<'b> {
    pub(super) fn of_terms(vocabulary: &'b Vocabulary) -> Self {
        Self::new(Of::Terms(vocabulary))
    }

    pub(super) fn of_units(dimension: &'b Dimension) -> Self {
        Self::new(Of::Units(dimension))
    }

    fn new(of: Of<'b>) -> Self {
        let entries = of.entries();
        Self { of, written: Lookup::new(entries.iter().copied()), folded: OnceLock::new() }
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
        self.written.find(text).and_then(|number| u16::try_from(number).ok())
    }

    #[cold]
    fn find_folded(&self, text: &str) -> Result<u16, String> {
        let lookup = self.folded.get_or_init(|| {
            let folded: Vec<_> =
                self.of.entries().into_iter().map(|(text, number)| (self.of.fold(text), number)).collect();
            Lookup::new(folded.iter().map(|(text, number)| (text.as_str(), *number)))
        });
        let folded = self.of.fold(text);
        let number = lookup.find(folded.as_bytes()).and_then(|number| u16::try_from(number).ok());
        number.ok_or(folded)
    }
}

impl<'b> Of<'b> {
    /// Each spelling with the number of what it spells.
    fn entries(self) -> Vec<(&'b str, u32)> {
        match self {
            Self::Terms(vocabulary) => {
                let terms = vocabulary.terms.iter().zip(0..);
                terms.flat_map(|(term, number)| term.spellings().map(move |text| (text, number))).collect()
            },
            Self::Units(dimension) => {
                let units = dimension.units.iter().zip(0..);
                units.flat_map(|(unit, number)| unit.spellings().map(move |text| (text, number))).collect()
            },
        }
    }

    fn fold(self, text: &str) -> String {
        match self {
            Self::Terms(_) => fold(text),
            Self::Units(_) => fold_unit(text),
        }
    }
}
