//! What is wrong with the shape of the proposals that tests give (details 10).

use std::collections::BTreeSet;

use crate::checker::explain::proposals_of;
use crate::diagnostic::Diagnostic;
use crate::engine::reading::{Reader, ShapeCode};
use crate::engine::record::Record;
use crate::rulebook::Rulebook;
use crate::text::Span;

/// An error for each proposal of a test that is no JSON, and a warning for each finding on the shape of one, other than
/// that a field is missing; messages are in `language`.
pub fn shape_faults(book: &Rulebook, language: &str) -> Vec<Diagnostic> {
    let reader = Reader::new(book);
    let mut record = Record::default();
    let mut found = Vec::new();
    let given: BTreeSet<Span> = book.tests.iter().flat_map(|test| test.given.iter().copied()).collect();
    for given in given {
        for (start, text) in proposals_of(book, given) {
            let at = |from: u32, to: u32| Span {
                file: given.file,
                start: start.saturating_add(from),
                end: start.saturating_add(to.max(from)),
            };
            let mut faults = Vec::new();
            if let Err(error) = reader.read(text, &mut record, &mut faults) {
                let (message, help) = error.message(language);
                let offset = u32::try_from(error.offset.min(text.len())).unwrap_or(u32::MAX);
                let diagnostic = Diagnostic::error("rules/given-syntax", at(offset, offset), message, "not JSON");
                found.push(Diagnostic { help, ..diagnostic });
                continue;
            }
            for fault in faults.iter().filter(|fault| fault.code != ShapeCode::MissingField) {
                let (message, help) = fault.message(book, language);
                let span = at(fault.extent.start, fault.extent.end);
                let diagnostic = Diagnostic::warning("rules/given-shape", span, message, fault.code.code());
                found.push(Diagnostic { help, ..diagnostic });
            }
        }
    }
    found
}
