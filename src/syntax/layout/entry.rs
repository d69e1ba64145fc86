//! What stands in a file or a block, one below the other: entries, each a row of cells and perhaps a body.

use super::part::{Group, Part, settle};
use super::source::Comment;

/// A cell whose column is this one follows the cell before it, wherever that ends.
pub(super) const FLOWING: usize = usize::MAX;

/// One item of a file, or one entry of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry<'a> {
    /// The comments on lines of their own before it.
    pub leading: Vec<Comment<'a>>,
    /// Whether a blank line stands before it and after its leading comments.
    pub blank: bool,
    pub row: Row<'a>,
    pub body: Option<Body<'a>>,
    /// Whether a comma must stand after it.
    pub comma: bool,
    /// The comment after it on its last line.
    pub trailing: Option<Comment<'a>>,
    /// Items of one family that follow on one another are set in columns together.
    pub family: Family,
}

/// Which items are set in columns together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Family {
    /// Nothing is set in columns with it.
    #[default]
    Alone,
    Relations,
    Facts,
    Definitions,
}

/// The cells of an entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Row<'a> {
    pub cells: Vec<Cell<'a>>,
    /// Whether its cells are not set in columns.
    pub free: bool,
    /// The column at which a cell goes on, on a line of its own, that would pass the edge.
    pub wrap: Option<usize>,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub column: usize,
    /// How many spaces part it from the cell before it, at least.
    pub gap: usize,
    pub group: Group<'a>,
}

/// What an entry holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Body<'a> {
    /// Whether it stands in braces.
    pub braces: bool,
    /// The comment after the opening brace.
    pub opened: Option<Comment<'a>>,
    pub entries: Vec<Entry<'a>>,
    /// The comments before the closing brace.
    pub closing: Vec<Comment<'a>>,
    /// What follows the closing brace.
    pub tail: Vec<Cell<'a>>,
    /// The widest cell that its columns make room for.
    pub widest: usize,
    /// Whether blank lines part it into stretches with columns of their own.
    pub stretches: bool,
}

impl<'a> Row<'a> {
    /// A row of one cell.
    pub fn free(parts: Vec<Part<'a>>) -> Self {
        let cell = Cell { column: 0, gap: 0, group: Group::new(parts) };
        Self { cells: vec![cell], free: true, wrap: None }
    }

    /// Adds a cell, unless it is empty.
    pub fn cell(&mut self, column: usize, gap: usize, group: Group<'a>) {
        if group.parts.iter().all(|part| matches!(part, Part::Comment(_)))
            && let Some(last) = self.cells.last_mut()
        {
            last.group.parts.extend(group.parts);
        } else if !group.parts.is_empty() {
            self.cells.push(Cell { column, gap, group });
        }
    }

    /// Sets its cells in the order of their columns. Where that turns their order, their comments go before them all.
    pub fn arrange(&mut self) {
        if self.cells.is_sorted_by_key(|cell| cell.column) {
            return;
        }
        let mut comments = Vec::new();
        for cell in &mut self.cells {
            cell.group.take_comments(&mut comments);
        }
        self.cells.sort_by_key(|cell| cell.column);
        if let Some(first) = self.cells.first_mut() {
            first.group.parts.splice(0..0, comments);
        }
    }

    /// How wide it is on one line, its cells not set in columns.
    pub fn width(&self) -> usize {
        self.cells.iter().map(|cell| cell.gap + cell.group.width).sum()
    }

    /// Whether one of its cells breaks though it would fit.
    pub fn is_broken(&self) -> bool {
        self.cells.iter().any(|cell| cell.group.broken)
    }

    /// Gives the comments in its cells their places, and back what goes before and after it.
    pub fn settle(&mut self) -> (Vec<Comment<'a>>, Vec<Comment<'a>>) {
        settle(&mut self.cells.iter_mut().map(|cell| &mut cell.group).collect::<Vec<_>>())
    }
}

impl<'a> Entry<'a> {
    /// Whether anything stands between this entry and the one before it.
    pub fn is_apart(&self) -> bool {
        self.blank || !self.leading.is_empty()
    }

    /// Does something with the entry that holds its last line: the last one of a body without braces, else itself.
    pub fn on_last_line<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        match self.body.as_mut().filter(|body| !body.braces).and_then(|body| body.entries.last_mut()) {
            Some(last) => work(last),
            None => work(self),
        }
    }
}
