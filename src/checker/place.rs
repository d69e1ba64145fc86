//! From bytes of a proposal to lines and columns of its file.

use crate::text::{Position, characters};

/// The position of the byte at `offset` of `text`, where `text` begins at `base` in its file.
///
/// Counting starts at the proposal, not at the file, so that places in a file of a million proposals stay cheap.
pub(super) fn position(text: &str, base: Position, offset: usize) -> Position {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let columns = |bytes: &[u8]| u32::try_from(characters(bytes)).unwrap_or(u32::MAX);
    let (line, column) = match memchr::memrchr(b'\n', before) {
        None => (base.line, base.column.saturating_add(columns(before))),
        Some(last) => {
            let breaks = memchr::memchr_iter(b'\n', before).count();
            let line = base.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            (line, columns(before.get(last + 1..).unwrap_or_default()).saturating_add(1))
        },
    };
    Position { line, column, offset: base.offset + before.len() as u64 }
}

/// Finds positions in one proposal, each from where the last one was found, so that many findings in order cost one pass.
pub(super) struct Locator<'t> {
    text: &'t str,
    base: Position,
    last: (usize, Position),
}

impl<'t> Locator<'t> {
    pub(super) fn new(text: &'t str, base: Position) -> Self {
        Self { text, base, last: (0, base) }
    }

    pub(super) fn position(&mut self, offset: usize) -> Position {
        let (from, at) = if offset >= self.last.0 { self.last } else { (0, self.base) };
        let found = position(self.text.get(from..).unwrap_or_default(), at, offset - from);
        if self.text.is_char_boundary(offset) {
            self.last = (offset, found);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_on_from_where_the_proposal_begins() {
        let base = Position { line: 3, column: 5, offset: 100 };
        let text = "{\"城\": 1,\n \"市\": 2}";
        assert_eq!(position(text, base, 0), base);
        assert_eq!(position(text, base, 5), Position { line: 3, column: 8, offset: 105 });
        assert_eq!(position(text, base, 12), Position { line: 4, column: 2, offset: 112 });
    }

    #[test]
    fn going_on_from_the_last_place_finds_the_same_places() {
        let base = Position { line: 3, column: 5, offset: 100 };
        let text = "{\"城\": 1,\n \"市\": 2,\n\n \"县\": 3}";
        let mut locator = Locator::new(text, base);
        for offset in (0..text.len()).chain([1, 12, 3]) {
            assert_eq!(locator.position(offset), position(text, base, offset), "{offset}");
        }
    }
}
