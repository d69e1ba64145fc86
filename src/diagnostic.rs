//! What is wrong with a rule pack, as data: no rendering, no terminal, no file access.

use crate::text::Span;

/// How grave a diagnostic or a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Does not make a run fail.
    Note,
    /// Should be looked at.
    Warning,
    /// Makes the run fail.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A marked place with a few words on what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is the matter there; short.
    pub text: String,
}

/// One error or warning about a rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name, `rules/…`; every code has a page in the catalogue.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong: one line, lower case, the user's words in backquotes.
    pub message: String,
    /// The primary place first, related places (also in other files) after it; empty only where no place exists.
    pub labels: Vec<Label>,
    /// What to do about it, as an action.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place; `label` says what is wrong there.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        let labels = vec![Label { span, text: label.into() }];
        Self { code, severity: Severity::Error, message: message.into(), labels, help: None }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message, label) }
    }

    /// An entry or option stands twice that may stand once.
    pub fn twice(what: &str, again: Span, first: Span) -> Self {
        Self::error("rules/duplicate-entry", again, format!("`{what}` stands twice"), "again here")
            .also(first, "first here")
            .help("leave one of them out")
    }

    /// Adds a related place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Sorts by place and drops repetitions, so that the same faults give the same list on every run.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
    diagnostics.dedup();
}
