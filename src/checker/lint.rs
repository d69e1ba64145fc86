//! All that is wrong or questionable in a rule pack, the proposals of its tests included.

use crate::diagnostic::{Diagnostic, Severity, tidy};
use crate::engine::reading::Reader;
use crate::engine::record::{Extent, Record};
use crate::rulebook::{Rulebook, RulebookError};
use crate::text::{Sources, Span};

/// What was found in a rule pack.
#[derive(Debug, Clone)]
pub struct Lint {
    /// The files that the diagnostics point into; without any, there is no pack.
    pub files: Sources,
    /// Errors and warnings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gathers what loading a pack found, and looks at the proposals of its tests; messages on these are in `language`.
pub fn lint(loaded: Result<Rulebook, RulebookError>, language: &str) -> Lint {
    let (files, mut diagnostics, declared) = match loaded {
        Ok(book) => (book.files.clone(), book.warnings.clone(), Some(Box::new(book))),
        Err(error) => (error.files, error.diagnostics, error.declared),
    };
    if let Some(book) = declared {
        given(&book, &files, language, &mut diagnostics);
    }
    tidy(&mut diagnostics);
    Lint { files, diagnostics }
}

/// The shape of the proposals that tests give (details 10): whatever is wrong but a missing field.
fn given(book: &Rulebook, files: &Sources, language: &str, sink: &mut Vec<Diagnostic>) {
    let reader = Reader::new(book);
    let mut record = Record::default();
    let mut faults = Vec::new();
    for place in book.tests.iter().flat_map(|test| &test.given) {
        faults.clear();
        let text = files.slice(*place);
        match reader.read(text, &mut record, &mut faults) {
            Err(error) => {
                let (message, help) = error.message(language);
                let at = u32::try_from(error.offset.min(text.len())).unwrap_or(u32::MAX);
                let extent = Extent { start: at, end: at };
                let diagnostic = Diagnostic::error("rules/given-syntax", within(*place, extent), message, "not JSON");
                sink.push(Diagnostic { help, ..diagnostic });
            },
            Ok(()) => {
                for fault in faults.iter().filter(|fault| fault.code.code() != "proposal/missing-field") {
                    let (message, help) = fault.message(book, language);
                    let span = within(*place, fault.extent);
                    let label = fault.code.code();
                    let diagnostic = Diagnostic::warning("rules/given-shape", span, message, label);
                    sink.push(Diagnostic { help, severity: Severity::Warning, ..diagnostic });
                }
            },
        }
    }
}

/// A stretch of a proposal as one of its file.
fn within(place: Span, extent: Extent) -> Span {
    Span { start: place.start.saturating_add(extent.start), end: place.start.saturating_add(extent.end), ..place }
}
