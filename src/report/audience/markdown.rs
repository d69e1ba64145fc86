//! A document as Markdown.

use std::fmt::Write as _;

use super::document::{Block, Item, Line, Mark, Span, Writer};
use crate::report::markdown::text::{code, escaped, with_code};

#[derive(Debug)]
pub(super) struct Markdown;

impl Writer for Markdown {
    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading(level, line) => {
                let _infallible = writeln!(out, "{} {}\n", "#".repeat(usize::from(*level)), written(line));
            },
            Block::Paragraph(line) => {
                let _infallible = writeln!(out, "{}\n", written(line));
            },
            Block::Items(items) => {
                items.iter().for_each(|item| entry(item, out));
                out.push('\n');
            },
            Block::Table(heads, rows) => {
                let _infallible = writeln!(out, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(written).collect();
                    let _infallible = writeln!(out, "| {} |", cells.join(" | "));
                }
                out.push('\n');
            },
            Block::Break => out.push_str("---\n\n"),
        }
    }
}

fn entry(item: &Item, out: &mut String) {
    let mark = match item.mark {
        Mark::Todo => "[ ] ",
        Mark::Done => "[x] ",
        Mark::Point => "",
    };
    let _infallible = writeln!(out, "- {mark}{}", written(&item.line));
    for line in &item.below {
        let _infallible = writeln!(out, "  - {}", written(line));
    }
}

fn written(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Plain(text) => escaped(text),
        Span::Strong(text) if text.trim().is_empty() => String::new(),
        Span::Strong(text) => format!("**{}**", escaped(text.trim())),
        Span::Code(text) => code(text),
        Span::Said(text) => with_code(text),
    };
    line.iter().map(span).collect()
}
