//! The table of codes: a row each, sorted by name.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
