//! A text for one sort of reader, before it is Markdown, a page or lines on a terminal.

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Span {
    /// As it is.
    Plain(String),
    /// To be seen first.
    Strong(String),
    /// A name in a file: a field, a path, a directive.
    Code(String),
    /// A message, in which `` `names` `` stand in backquotes.
    Said(String),
}

/// Pieces that stand on one line.
pub(super) type Line = Vec<Span>;

/// What stands before an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Something is to be done.
    Todo,
    /// Nothing is to be done any more.
    Done,
    /// An entry.
    Point,
}

/// An entry of a list, and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub mark: Mark,
    pub line: Line,
    pub below: Vec<Line>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Of level 1, 2 or 3.
    Heading(u8, Line),
    Paragraph(Line),
    Items(Vec<Item>),
    /// Heads, and rows of as many cells.
    Table(Vec<&'static str>, Vec<Vec<Line>>),
    /// What comes next is for another reader.
    Break,
}

/// A line of its own words.
pub(super) fn plain(text: impl Into<String>) -> Line {
    vec![Span::Plain(text.into())]
}

/// Writes a document as one format has it.
pub(super) trait Writer: Send + Sync + std::fmt::Debug {
    /// What stands before the first block; `title` is what the document is called.
    fn begin(&self, _title: &str, _out: &mut String) {}
    /// Writes a block.
    fn block(&self, block: &Block, out: &mut String);
    /// What stands after the last block.
    fn end(&self, _out: &mut String) {}
}
