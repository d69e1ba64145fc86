//! Reports for one sort of reader: what an applicant has to do, and what a reviewer has to decide. Each is a document, which
//! is written in several formats.

mod applicant;
mod document;
mod html;
mod human;
mod markdown;
mod phrases;
mod reviewer;
mod sheet;

use std::sync::Arc;

use self::document::Writer;
use super::Settings;
use super::words::Words;
use crate::checker::report::{Cite, Format, Header};

/// Whom a report is for, if not for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever hands in a proposal.
    Applicant,
    /// Whoever decides about proposals.
    Reviewer,
}

/// The formats that speak to one sort of reader.
pub const FORMATS: [&str; 3] = ["human", "markdown", "html"];

/// The format of that name for a sort of reader, if it speaks to one.
pub(super) fn format(name: &str, audience: Audience, settings: Settings) -> Option<Arc<dyn Format>> {
    let writer: Box<dyn Writer> = match name {
        "human" => Box::new(human::Human::new(settings)),
        "markdown" => Box::new(markdown::Markdown),
        "html" => Box::new(html::Html { language: settings.language }),
        _ => return None,
    };
    Some(match audience {
        Audience::Applicant => Arc::new(applicant::Applicant::new(writer, settings.language)),
        Audience::Reviewer => Arc::new(reviewer::Reviewer::new(writer, settings.language)),
    })
}

/// What the plan is called.
fn titled(header: &Header) -> &str {
    let title = header.pack.text(&header.pack.title);
    if title.is_empty() { &header.plan } else { title }
}

/// `§3.9 “…”`
fn grounds(cite: &Cite, words: &Words) -> String {
    let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
    format!("{clause}{}{}{}", words.open_quote, cite.text, words.close_quote)
}
