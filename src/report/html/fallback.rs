//! What a reader sees whose browser runs no script: the counts, and how often each directive was broken.

use super::embed::escape;
use super::{both, text};
use crate::catalogue;
use crate::checker::report::{Closing, CodeCount, Header, PortfolioFinding};
use crate::report::words::{Language, Words};

/// Writes the summary as plain tables.
pub(super) fn write(header: &Header, closing: &Closing, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<section class=\"fallback sheet\">\n<h2>");
    phrase(out, |words| words.summary);
    out.extend_from_slice(b"</h2>\n<table>\n");
    let summary = &closing.summary;
    row(out, |words| words.compliant, summary.compliant);
    row(out, |words| words.violating, summary.violating);
    row(out, |words| words.undetermined, summary.undetermined);
    row(out, |words| words.invalid, summary.invalid);
    row(out, |words| words.waived, summary.waived);
    out.extend_from_slice(b"</table>\n");
    if !closing.counts.is_empty() {
        out.extend_from_slice(b"<h3>");
        phrase(out, |words| words.all_broken);
        out.extend_from_slice(b"</h3>\n<table>\n");
        closing.counts.iter().for_each(|count| code(header, count, out));
        out.extend_from_slice(b"</table>\n");
    }
    if !closing.portfolio.is_empty() {
        out.extend_from_slice(b"<h3>");
        phrase(out, |words| words.portfolio_heading);
        out.extend_from_slice(b"</h3>\n<ul>\n");
        closing.portfolio.iter().for_each(|one| portfolio(one, out));
        out.extend_from_slice(b"</ul>\n");
    }
    for failure in &closing.failures {
        out.extend_from_slice(b"<p>");
        escape(&failure.path, out);
        out.push(b' ');
        escape(&failure.message, out);
        out.extend_from_slice(b"</p>\n");
    }
    out.extend_from_slice(b"</section>");
}

fn phrase(out: &mut Vec<u8>, word: impl Fn(&'static Words) -> &'static str) {
    both(out, |language| word(language.words()));
}

fn row(out: &mut Vec<u8>, word: impl Fn(&'static Words) -> &'static str, number: u64) {
    out.extend_from_slice(b"<tr><th scope=\"row\">");
    phrase(out, word);
    out.extend_from_slice(format!("</th><td>{number}</td></tr>\n").as_bytes());
}

fn code(header: &Header, count: &CodeCount, out: &mut Vec<u8>) {
    let title = |language: Language| match header.pack.directive(&count.code) {
        Some(directive) => text(header, &directive.title, language),
        None => catalogue::find(&count.code).map_or(count.title.as_str(), |entry| entry.summary(language.tag())),
    };
    out.extend_from_slice(b"<tr><th scope=\"row\"><code>");
    escape(&count.code, out);
    out.extend_from_slice(b"</code></th><td>");
    both(out, title);
    out.extend_from_slice(format!("</td><td>{}</td></tr>\n", count.broken + count.undetermined).as_bytes());
}

fn portfolio(one: &PortfolioFinding, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<li><code>");
    escape(&one.judgement.code, out);
    out.extend_from_slice(b"</code> ");
    escape(&one.judgement.message, out);
    out.extend_from_slice(b"</li>\n");
}
