//! What is wrong with a rule pack as annotations of GitHub's runner.

use super::super::github::annotation::{Annotation, Limit, Place};
use super::super::location::Location;
use super::{Pack, Settings};
use crate::diagnostic::{Diagnostic, Severity};

/// An annotation each, as many as the runner shows; how many more there are, at the end.
pub(super) fn write(diagnostics: &[Diagnostic], pack: Pack<'_>, settings: Settings) -> Vec<u8> {
    let mut out = Vec::new();
    let mut limit = Limit::default();
    for diagnostic in diagnostics.iter().filter(|one| limit.admits(one.severity)) {
        let message = match &diagnostic.help {
            Some(help) => format!("{}\n{help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let path = diagnostic.span().map(|span| pack.path(span.file)).unwrap_or_default();
        let location = Location::of(&path, None);
        let place = diagnostic.span().map(|span| {
            let (start, end) = pack.ends(span);
            Place { path: location.path(), start: (start.line, start.column), end: (end.line, end.column) }
        });
        let title = diagnostic.code;
        let _infallible = Annotation { severity: diagnostic.severity, title, message: &message, place }.write(&mut out);
    }
    let [errors, warnings, _] = limit.left_out();
    if errors + warnings > 0 {
        let words = settings.language.words();
        let message = format!(
            "+ {errors} {}{}{warnings} {}",
            words.errors.form(errors),
            words.comma,
            words.warnings.form(warnings)
        );
        let more = Annotation { severity: Severity::Note, title: "plancheck lint", message: &message, place: None };
        let _infallible = more.write(&mut out);
    }
    out
}
