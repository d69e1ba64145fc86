//! Regular expressions, and what is said of those that are none.

use crate::diagnostic::Diagnostic;
use crate::rulebook::Pattern;
use crate::syntax::tree::Text;
use crate::text::display::shown;

/// Reads a regular expression; what is none, or is too large, is an error.
pub(crate) fn pattern(text: &Text, sink: &mut Vec<Diagnostic>) -> Option<Pattern> {
    Pattern::new(&text.value).map_err(|error| sink.push(bad_pattern(text, &error))).ok()
}

fn bad_pattern(text: &Text, error: &regex::Error) -> Diagnostic {
    let reason = match error {
        regex::Error::CompiledTooBig(_) => "it needs too much memory".to_owned(),
        // The error shows the pattern over several lines; its last line says what is wrong.
        error => {
            let all = error.to_string();
            let last = all.lines().last().unwrap_or_default();
            shown(last.trim().trim_start_matches("error: "))
        },
    };
    Diagnostic::error(
        "rules/bad-pattern",
        text.span,
        format!("the regular expression is not accepted: {reason}"),
        "not accepted",
    )
    .help("the syntax is that of the `regex` crate: no look-around, no back-references, and `\\` before a mark that stands for itself")
}
