//! Files of a rule pack, spans of bytes in them, and the way from a byte to a line and a column.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// The number of a file in its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A stretch of bytes of one file of a rule pack; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file that the bytes stand in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that holds both; they must lie in one file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span just after this one.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }
}

/// A place in a text as people count it: lines and columns from 1, columns in characters, the offset in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// Bytes from the start of the file.
    pub offset: u64,
}

impl Position {
    /// The same place in a file, where this one is counted in a text that begins at `base` in that file.
    #[must_use]
    pub fn after(self, base: Self) -> Self {
        let column = if self.line == 1 { base.column.saturating_add(self.column - 1) } else { self.column };
        Self { line: base.line.saturating_add(self.line - 1), column, offset: base.offset + self.offset }
    }
}

/// The starts of the lines of a text, and how many characters stand before each stretch of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
    /// Characters before each [`STRETCH`], so that the columns of a long line are found without going through all of it.
    before: Vec<usize>,
}

/// How many bytes are gone through to find a column, at most.
const STRETCH: usize = 1024;

/// How many characters begin in some bytes of a text.
pub fn characters(bytes: &[u8]) -> usize {
    // As many as a byte can count: so the compiler adds whole vectors of bytes.
    let count = |some: &[u8]| some.iter().map(|byte| u8::from((*byte & 0xC0) != 0x80)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|some| usize::from(count(some))).sum()
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let mut before = vec![0];
        before.extend(text.as_bytes().chunks(STRETCH).scan(0, |all, stretch| {
            *all += characters(stretch);
            Some(*all)
        }));
        Self { starts: std::iter::once(0).chain(breaks).collect(), before }
    }

    /// The line (from 1) that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Offset of the first byte of `line` (from 1), if there is such a line.
    pub fn start(&self, line: usize) -> Option<usize> {
        line.checked_sub(1).and_then(|index| self.starts.get(index)).copied()
    }

    /// How many lines there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The position of the byte at `offset` of `text`, the text that these lines were made from.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let before = |offset: usize| {
            let stretch = offset.min(text.len()) / STRETCH;
            let near = text.as_bytes().get(stretch * STRETCH..offset.min(text.len())).unwrap_or_default();
            self.before.get(stretch).copied().unwrap_or(0) + characters(near)
        };
        let column = before(offset) - before(self.start(line).unwrap_or(0)) + 1;
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            offset: offset as u64,
        }
    }
}

/// One file of a rule pack: its name relative to the pack, with `/`, and its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Name relative to the pack's folder, with `/` between folders.
    pub name: String,
    /// The whole text, without a byte-order mark.
    pub text: Arc<str>,
    /// Its lines, found when they are first asked for: most files of a pack are never pointed into.
    lines: OnceLock<Lines>,
}

impl SourceFile {
    /// Its lines.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// All files of a rule pack that spans may point into: plan files, source texts, test proposals.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and gives its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { name: name.into(), text: text.into(), lines: OnceLock::new() });
        id
    }

    /// The file of that number.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().zip(0..).map(|(file, id)| (FileId(id), file))
    }

    /// The text that a span covers; empty if the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
    }

    /// The name of a span's file.
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map(|file| file.name.as_str()).unwrap_or_default()
    }

    /// Line and column of a span's first byte.
    pub fn position(&self, span: Span) -> Position {
        match self.get(span.file) {
            Some(file) => file.lines().position(&file.text, span.start as usize),
            None => Position { line: 1, column: 1, offset: 0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_however_long_the_line() {
        for line in ["a", "郑", "é1", "𠮷郑a"] {
            for times in [1, 511, STRETCH / line.len(), STRETCH, 3 * STRETCH + 1] {
                let text = format!("first\n{}\nlast", line.repeat(times));
                let lines = Lines::new(&text);
                let mut start = 0;
                for (number, written) in (1_u32..).zip(text.split('\n')) {
                    for (column, (at, _)) in (1_u32..).zip(written.char_indices()) {
                        let position = lines.position(&text, start + at);
                        assert_eq!((position.line, position.column), (number, column));
                    }
                    start += written.len() + 1;
                }
            }
        }
        let full = "x".repeat(STRETCH);
        assert_eq!(Lines::new(&full).position(&full, STRETCH).column as usize, STRETCH + 1);
    }
}
