//! All that is wrong or questionable in a rule pack, the proposals of its tests included.

use super::tests::shape_faults;
use crate::diagnostic::{Diagnostic, tidy};
use crate::rulebook::{Rulebook, RulebookError};
use crate::text::Sources;

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
    diagnostics.extend(declared.iter().flat_map(|book| shape_faults(book, language)));
    tidy(&mut diagnostics);
    Lint { files, diagnostics }
}
