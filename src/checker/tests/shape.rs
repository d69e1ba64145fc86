//! What is wrong with the shape of the proposals that tests give: warnings of the pack (details 10).

use std::collections::BTreeSet;

use crate::checker::explain::proposals_of;
use crate::diagnostic::{Diagnostic, tidy};
use crate::engine::reading::{Reader, ShapeCode};
use crate::engine::record::Record;
use crate::rulebook::Rulebook;
use crate::text::Span;

/// A warning for each finding on the shape of a test's proposal, other than a missing field, and for each that is no JSON.
pub fn shape_warnings(book: &Rulebook) -> Vec<Diagnostic> {
    let reader = Reader::new(book);
    let mut record = Record::default();
    let mut out = Vec::new();
    let given: BTreeSet<Span> = book.tests.iter().flat_map(|test| test.given.iter().copied()).collect();
    for given in given {
        for (start, text) in proposals_of(book, given) {
            let at = |from: u32, to: u32| Span { file: given.file, start: start + from, end: start + to.max(from) };
            let mut faults = Vec::new();
            if let Err(error) = reader.read(text, &mut record, &mut faults) {
                let (message, help) = error.message("en");
                let offset = u32::try_from(error.offset.min(text.len())).unwrap_or(u32::MAX);
                out.push(warning(at(offset, offset), message, help));
            }
            for fault in faults.iter().filter(|fault| fault.code != ShapeCode::MissingField) {
                let (message, help) = fault.message(book, "en");
                out.push(warning(at(fault.extent.start, fault.extent.end), message, help));
            }
        }
    }
    tidy(&mut out);
    out
}

fn warning(span: Span, message: String, help: Option<String>) -> Diagnostic {
    let message = format!("a test's proposal: {message}");
    Diagnostic { help, ..Diagnostic::warning("rules/test-proposal", span, message, "not as declared") }
}
