//! From entries to text: columns, lines that break where they pass the edge, and indentation.

use unicode_width::UnicodeWidthStr as _;

use super::entry::{Body, Cell, Entry, FLOWING, Family, Row};
use super::part::{Break, Group, Lines, LinesAt, Part};
use super::source::Comment;

/// Where lines break if they can, in cells of a terminal; a Chinese character takes two.
pub(super) const WIDTH: usize = 120;

/// How much further in each block is set.
const STEP: usize = 2;

/// How many spaces part a comment from what it follows.
const COMMENT_GAP: usize = 2;

/// Renders the items of a file, and the comments after them.
pub(super) fn file(items: &[Entry<'_>], closing: &[Comment<'_>]) -> String {
    let mut renderer = Renderer::default();
    renderer.items(items);
    for comment in closing {
        renderer.own_line(comment, 0, comment.blank);
    }
    renderer.out
}

/// The columns at which the cells of a block stand, counted from its indentation.
type Columns = Vec<usize>;

#[derive(Debug, Default)]
struct Renderer {
    out: String,
}

impl Renderer {
    /// Items: those of one family that follow on one another share their columns; a blank line parts the others.
    fn items(&mut self, items: &[Entry<'_>]) {
        let mut rest = items;
        let mut before: Option<bool> = None;
        while !rest.is_empty() {
            let together = |pair: &&[Entry<'_>]| {
                matches!(pair, [a, b] if a.family == b.family && !is_long(a) && !is_long(b) && !b.blank
                    && b.leading.iter().all(|comment| !comment.blank))
            };
            let length = 1 + rest.windows(2).take_while(together).count();
            let (run, after) = rest.split_at(length);
            let texts = rows(run, columns(run, usize::MAX), 0);
            for (item, row) in run.iter().zip(pad_comments(run, texts)) {
                let forced = before.is_some_and(|before| before || is_long(item));
                self.entry(item, &row, 0, before.is_none(), forced);
                before = Some(is_long(item));
            }
            rest = after;
        }
    }

    /// Entries of a block.
    fn entries(&mut self, body: &Body<'_>, indent: usize) {
        let is_apart = |entry: &&Entry<'_>| body.stretches && (entry.blank || entry.leading.iter().any(|c| c.blank));
        let mut rest = body.entries.as_slice();
        while !rest.is_empty() {
            let is_first = rest.len() == body.entries.len();
            let length = 1 + rest.iter().skip(1).take_while(|entry| !is_apart(entry)).count();
            let (stretch, after) = rest.split_at(length);
            let texts = rows(stretch, columns(stretch, body.widest), indent);
            for ((entry, row), index) in stretch.iter().zip(pad_comments(stretch, texts)).zip(0..) {
                self.entry(entry, &row, indent, is_first && index == 0, false);
            }
            rest = after;
        }
        for (comment, index) in body.closing.iter().zip(body.entries.len()..) {
            self.own_line(comment, indent, comment.blank && index > 0);
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, row: &Rendered, indent: usize, is_first: bool, forced: bool) {
        for (comment, index) in entry.leading.iter().zip(0..) {
            let blank = if index == 0 { !is_first && (forced || comment.blank) } else { comment.blank };
            self.own_line(comment, indent, blank);
        }
        if entry.leading.is_empty() && !is_first && (forced || entry.blank) || !entry.leading.is_empty() && entry.blank
        {
            self.out.push('\n');
        }
        push_spaces(&mut self.out, indent);
        self.out.push_str(&row.text);
        match &entry.body {
            Some(body) => self.body(body, indent),
            None if entry.comma => self.out.push(','),
            None => {},
        }
        if let Some(comment) = &entry.trailing {
            push_spaces(&mut self.out, row.pad + COMMENT_GAP);
            self.out.push_str(comment.text);
        }
        self.out.push('\n');
        if let (Some(body), false) = (&entry.body, entry.body.as_ref().is_some_and(|body| body.braces)) {
            self.entries(body, indent + STEP);
        }
    }

    /// A body in braces, from its opening brace on; one without stands on the lines after its entry.
    fn body(&mut self, body: &Body<'_>, indent: usize) {
        if !body.braces {
            return;
        }
        if body.entries.is_empty() && body.closing.is_empty() && body.opened.is_none() {
            self.out.push_str(" {}");
        } else {
            self.out.push_str(" {");
            if let Some(comment) = &body.opened {
                push_spaces(&mut self.out, COMMENT_GAP);
                self.out.push_str(comment.text);
            }
            self.out.push('\n');
            self.entries(body, indent + STEP);
            push_spaces(&mut self.out, indent);
            self.out.push('}');
        }
        if !body.tail.is_empty() {
            let cells = body.tail.iter().map(|cell| Cell { column: FLOWING, ..cell.clone() }).collect();
            let tail = Row { cells, free: true, wrap: None };
            self.out.push_str(&line(&tail, &[], indent, indent + 1).text);
        }
    }

    fn own_line(&mut self, comment: &Comment<'_>, indent: usize, blank: bool) {
        if blank && !self.out.is_empty() {
            self.out.push('\n');
        }
        push_spaces(&mut self.out, indent);
        self.out.push_str(comment.text);
        self.out.push('\n');
    }
}

/// Whether blank lines part an item from those around it: it takes several lines, or is of a kind that does.
fn is_long(item: &Entry<'_>) -> bool {
    item.family == Family::Alone || item.body.is_some() || item.row.is_broken() || item.row.width() > WIDTH
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// Where each column of some entries begins. Cells that are wider than `widest` do not count.
fn columns(entries: &[Entry<'_>], widest: usize) -> Columns {
    let mut sizes: Vec<Option<(usize, usize)>> = Vec::new();
    let cells = entries.iter().filter(|entry| !entry.row.free).flat_map(|entry| {
        // What stands before a brace takes its place in a column, and makes no room there.
        let opens = entry.body.as_ref().is_some_and(|body| body.braces);
        entry.row.cells.iter().map(move |cell| (cell, opens && cell.column > 0))
    });
    for (cell, is_guest) in cells {
        if cell.column == FLOWING {
            continue;
        }
        if sizes.len() <= cell.column {
            sizes.resize(cell.column + 1, None);
        }
        if let Some(size) = sizes.get_mut(cell.column) {
            let (width, gap) = size.unwrap_or_default();
            let own = if is_guest || cell.group.broken || cell.group.width > widest { 0 } else { cell.group.width };
            *size = Some((width.max(own), gap.max(cell.gap)));
        }
    }
    let mut end = 0;
    let starts = sizes.into_iter().map(|size| match size {
        Some((width, gap)) => {
            let start = end + gap;
            end = start + width;
            start
        },
        None => end,
    });
    starts.collect()
}

/// An entry's row as text.
#[derive(Debug, Default)]
struct Rendered {
    text: String,
    /// Where its last line ends.
    end: usize,
    /// How far its trailing comment is moved, to stand under that of its neighbours.
    pad: usize,
}

fn rows(entries: &[Entry<'_>], columns: Columns, indent: usize) -> Vec<Rendered> {
    entries.iter().map(|entry| line(&entry.row, &columns, indent, indent)).collect()
}

/// Comments after entries on lines that follow on one another stand below one another.
fn pad_comments(entries: &[Entry<'_>], mut rows: Vec<Rendered>) -> Vec<Rendered> {
    let takes_part = |entry: &Entry<'_>| entry.trailing.is_some() && entry.body.is_none();
    let mut from = 0;
    while from < entries.len() {
        let follow = |entry: &&Entry<'_>| takes_part(entry) && !entry.is_apart();
        let run = match entries.get(from) {
            Some(first) if takes_part(first) => 1 + entries.iter().skip(from + 1).take_while(follow).count(),
            _ => 1,
        };
        let run_rows = rows.get_mut(from..from + run).unwrap_or_default();
        let end = run_rows.iter().map(|row| row.end).max().unwrap_or(0);
        if run > 1 {
            run_rows.iter_mut().for_each(|row| row.pad = end - row.end);
        }
        from += run;
    }
    rows
}

/// Renders a row that begins at `column` in a block that is indented by `indent`.
fn line(row: &Row<'_>, columns: &[usize], indent: usize, column: usize) -> Rendered {
    let mut writer = Writer { out: String::new(), column, entry: indent };
    for (cell, index) in row.cells.iter().zip(0..) {
        let start = |column: usize| columns.get(column).map(|start| indent + start);
        let wanted = if row.free { None } else { start(cell.column) };
        let at = wanted.unwrap_or(0).max(writer.column + cell.gap);
        let passes =
            at + cell.group.width > WIDTH || index > 0 && writer.out.contains('\n') && row.wrap == Some(index - 1);
        let wrapped = row.wrap.filter(|wrap| index > *wrap && passes).and_then(start);
        match wrapped {
            Some(at) if writer.column > at => writer.new_line(at),
            _ => writer.pad_to(at),
        }
        let base = writer.column;
        writer.group(&cell.group, base, 0);
    }
    Rendered { text: writer.out, end: writer.column, pad: 0 }
}

/// Writes the parts of a row.
#[derive(Debug)]
struct Writer {
    out: String,
    column: usize,
    /// The indentation of the entry.
    entry: usize,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.width();
    }

    fn pad_to(&mut self, column: usize) {
        push_spaces(&mut self.out, column.saturating_sub(self.column));
        self.column = self.column.max(column);
    }

    fn new_line(&mut self, indent: usize) {
        self.out.push('\n');
        push_spaces(&mut self.out, indent);
        self.column = indent;
    }

    /// Writes a group; `tail` is the width of what follows it before a line may break.
    fn group(&mut self, group: &Group<'_>, indent: usize, tail: usize) {
        let indent = group.indent + if group.align { self.column } else { indent };
        let fits = !group.broken && self.column + group.width + tail <= WIDTH;
        for (part, index) in group.parts.iter().zip(1..) {
            let after = group.parts.get(index..).unwrap_or_default();
            match part {
                Part::Text(text) => self.push(text),
                Part::Space => self.push(" "),
                Part::Lines(lines) => self.lines(lines, indent),
                Part::Comment(_) => {},
                Part::Group(inner) if fits => self.group(inner, indent, 0),
                Part::Group(inner) => self.group(inner, indent, width_of_tail(after, tail)),
                Part::Break(at) if fits => self.push(if at.tight { "" } else { " " }),
                Part::Break(at) => {
                    let next = usize::from(!at.tight) + width_of_tail(after, tail);
                    if group.fill && at.comments.is_empty() && self.column + next <= WIDTH {
                        self.push(if at.tight { "" } else { " " });
                    } else {
                        self.break_line(at, indent);
                    }
                },
            }
        }
    }

    fn break_line(&mut self, at: &Break<'_>, indent: usize) {
        let indent = indent.saturating_sub(at.outdent).max(indent.min(self.entry + STEP));
        for (comment, index) in at.comments.iter().zip(0..) {
            if index == 0 && comment.trailing {
                push_spaces(&mut self.out, COMMENT_GAP);
            } else {
                self.new_line(indent);
            }
            self.out.push_str(comment.text);
        }
        self.new_line(indent);
    }

    fn lines(&mut self, lines: &Lines<'_>, indent: usize) {
        let mut rest = lines.lines.iter();
        if let Some(first) = rest.next() {
            self.push(first);
        }
        for line in rest {
            let indent = match lines.at {
                _ if line.is_empty() => 0,
                LinesAt::Here => indent,
                LinesAt::Entry => self.entry,
                LinesAt::Untouched => 0,
            };
            self.new_line(indent);
            self.push(line);
        }
    }
}

/// The width of what follows up to the next place to break.
fn width_of_tail(parts: &[Part<'_>], tail: usize) -> usize {
    let mut width = 0;
    for part in parts {
        match part {
            Part::Break(_) => return width,
            other => width += other.width(),
        }
    }
    width + tail
}
