//! A document as a page that needs no network and no script, and prints each reader's part on paper of its own.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use super::document::{Block, Item, Line, Mark, Span, Writer};
use crate::report::Language;
use crate::report::html::embed::escape;
use crate::report::human::paint::one_line;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

#[derive(Debug)]
pub(super) struct Html {
    pub language: Language,
}

impl Writer for Html {
    fn begin(&self, title: &str, out: &mut String) {
        let digest = BASE64_STANDARD.encode(Sha256::digest(STYLE));
        out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
            self.language.tag(),
            html(title)
        ));
    }

    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading(level, line) => out.push_str(&format!("<h{level}>{}</h{level}>\n", written(line))),
            Block::Paragraph(line) => out.push_str(&format!("<p>{}</p>\n", written(line))),
            Block::Items(items) => {
                out.push_str("<ul>\n");
                items.iter().for_each(|item| entry(item, out));
                out.push_str("</ul>\n");
            },
            Block::Table(heads, rows) => {
                out.push_str("<table>\n<thead><tr>");
                heads.iter().for_each(|head| out.push_str(&format!("<th scope=\"col\">{}</th>", html(head))));
                out.push_str("</tr></thead>\n<tbody>\n");
                for row in rows {
                    out.push_str("<tr>");
                    row.iter().for_each(|cell| out.push_str(&format!("<td>{}</td>", written(cell))));
                    out.push_str("</tr>\n");
                }
                out.push_str("</tbody>\n</table>\n");
            },
            Block::Break => out.push_str("<hr>\n"),
        }
    }

    fn end(&self, out: &mut String) {
        out.push_str("</main>\n</body>\n</html>\n");
    }
}

fn entry(item: &Item, out: &mut String) {
    let (class, mark) = match item.mark {
        Mark::Todo => (" class=\"todo\"", "<span aria-hidden=\"true\">☐</span> "),
        Mark::Done => (" class=\"done\"", "<span aria-hidden=\"true\">☑</span> "),
        Mark::Point => ("", ""),
    };
    out.push_str(&format!("<li{class}>{mark}{}", written(&item.line)));
    if !item.below.is_empty() {
        out.push_str("\n<ul>\n");
        item.below.iter().for_each(|line| out.push_str(&format!("<li>{}</li>\n", written(line))));
        out.push_str("</ul>\n");
    }
    out.push_str("</li>\n");
}

fn written(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Plain(text) => html(text),
        Span::Strong(text) => format!("<strong>{}</strong>", html(text)),
        Span::Code(text) => format!("<code>{}</code>", html(text)),
        Span::Said(text) => said(text),
    };
    line.iter().map(span).collect()
}

/// A message with its names as code.
fn said(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return html(text);
    }
    let part = |(number, part): (usize, &str)| match number % 2 {
        0 => html(part),
        _ => format!("<code>{}</code>", html(part)),
    };
    text.split('`').enumerate().map(part).collect()
}

/// A text that is shown as it is.
fn html(text: &str) -> String {
    let mut out = Vec::new();
    escape(&one_line(text), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
