//! A document as lines on a terminal.

use textwrap::core::display_width;

use super::document::{Block, Item, Line, Mark, Span, Writer};
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line, wrap};

/// How far lines below an entry stand in.
const BELOW: usize = 8;

/// What stands before each cell of a table.
const GAP: usize = 2;

/// No column is narrower than this because of the others.
const NARROWEST: usize = 20;

#[derive(Debug)]
pub(super) struct Human {
    painter: Painter,
}

impl Human {
    pub(super) fn new(settings: Settings) -> Self {
        Self { painter: Painter { settings: Settings { width: settings.width.clamp(40, 160), ..settings } } }
    }

    fn item(&self, item: &Item, out: &mut String) {
        let (mark, style) = match item.mark {
            Mark::Todo => ("[ ]", Style::Yellow),
            Mark::Done => ("[x]", Style::Green),
            Mark::Point => ("-", Style::Dim),
        };
        self.painter.entry(out, mark, style, &written(&item.line));
        let gap = " ".repeat(BELOW);
        for line in &item.below {
            for part in wrap(&written(line), self.painter.settings.width.saturating_sub(BELOW)) {
                out.push_str(&gap);
                out.push_str(&part);
                out.push('\n');
            }
        }
    }

    fn table(&self, heads: &[&'static str], rows: &[Vec<Line>], out: &mut String) {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(written).collect()).collect();
        let all: Vec<&Vec<String>> = std::iter::once(&heads).chain(&rows).collect();
        let width = |column: usize| all.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max();
        let mut widths: Vec<usize> = (0..heads.len()).map(|column| width(column).unwrap_or(0)).collect();
        let whole: usize = widths.iter().map(|width| width + GAP).sum();
        // The widest column gives way.
        if let Some(widest) = widths.iter_mut().max() {
            let others = whole - *widest;
            *widest = (*widest).min(self.painter.settings.width.saturating_sub(others).max(NARROWEST));
        }
        for (number, row) in all.iter().enumerate() {
            let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| wrap(cell, *width)).collect();
            for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let mut text = String::new();
                for (cell, width) in cells.iter().zip(&widths) {
                    let part = cell.get(line).map(AsRef::as_ref).unwrap_or_default();
                    text.push_str(&" ".repeat(GAP));
                    text.push_str(part);
                    text.push_str(&" ".repeat(width.saturating_sub(display_width(part))));
                }
                let text = text.trim_end();
                if number == 0 {
                    self.painter.put(out, Style::Dim, text)
                } else {
                    out.push_str(text)
                }
                out.push('\n');
            }
        }
    }
}

impl Writer for Human {
    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading(level, line) => {
                self.painter.put(out, if *level == 1 { Style::Cyan } else { Style::Bold }, &written(line));
                out.push('\n');
                if *level < 3 {
                    out.push('\n');
                }
            },
            Block::Paragraph(line) => {
                for part in wrap(&written(line), self.painter.settings.width) {
                    out.push_str(&part);
                    out.push('\n');
                }
                out.push('\n');
            },
            Block::Items(items) => {
                items.iter().for_each(|item| self.item(item, out));
                out.push('\n');
            },
            Block::Table(heads, rows) => {
                self.table(heads, rows, out);
                out.push('\n');
            },
            Block::Break => {},
        }
    }
}

fn written(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Plain(text) | Span::Strong(text) | Span::Code(text) | Span::Said(text) => one_line(text).into_owned(),
    };
    line.iter().map(span).collect()
}
