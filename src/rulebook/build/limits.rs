//! How large a rule pack may be. Every number that the resolved rulebook keeps in few bits is bounded here.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Bytes of a plan file or of a test's proposal.
pub(super) const PLAN_BYTES: u64 = 16 << 20;
/// Bytes of a source text.
pub(super) const SOURCE_BYTES: u64 = 16 << 20;
/// Plan files of a pack.
pub(super) const PLAN_FILES: usize = 1_000;
/// Files and folders looked at for plan files.
pub(super) const FOLDER_ENTRIES: usize = 100_000;
/// Folders within folders.
pub(super) const FOLDERS: usize = 16;
/// Items of a pack.
pub(super) const ITEMS: usize = 20_000;
/// Terms of a vocabulary.
pub(super) const TERMS: usize = 4_096;
/// Units of a dimension.
pub(super) const UNITS: usize = 1_000;
/// Fields of the proposal, those of its records and lists included.
pub(super) const FIELDS: usize = 4_000;
/// Lists and records within one another.
pub(super) const FIELD_DEPTH: usize = 16;
/// Lists within one another.
pub(super) const LIST_DEPTH: usize = 8;

/// Something has more parts than a pack may have.
pub(super) fn too_large(span: Span, what: &str, most: usize, parts: &str) -> Diagnostic {
    let message = format!("{what} has more than {most} {parts}");
    Diagnostic::error("rules/too-large", span, message, format!("more than {most} {parts}"))
        .help(format!("keep to {most} {parts}, or split the rule pack"))
}
