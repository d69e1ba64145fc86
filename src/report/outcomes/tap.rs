//! Outcomes of tests in the Test Anything Protocol, version 14.

use std::fmt::Write as _;

use super::human::figures;
use super::{TestReport, plain, sentence, steps};
use crate::report::Settings;
use crate::report::human::paint::one_line;

/// `ok 1 - name`, a line a test, and what is the matter under each that failed.
pub(super) fn tap(report: &TestReport<'_>, settings: Settings) -> Vec<u8> {
    let words = settings.language.words();
    let mut out = format!("TAP version 14\n1..{}\n", report.outcomes.len());
    for (number, outcome) in (1..).zip(report.outcomes) {
        let verdict = if outcome.failures.is_empty() { "ok" } else { "not ok" };
        let _infallible = writeln!(out, "{verdict} {number} - {}", escaped(&outcome.name));
        if outcome.failures.is_empty() {
            continue;
        }
        let position = report.book.files.position(outcome.span);
        let _infallible = writeln!(
            out,
            "  ---\n  file: {}\n  line: {}\n  failures:",
            quoted(report.book.files.name(outcome.span.file)),
            position.line
        );
        for failure in &outcome.failures {
            let _infallible = writeln!(out, "    - message: {}", quoted(&sentence(failure, words)));
            let steps = steps(failure, report, plain(settings));
            if !steps.is_empty() {
                out.push_str("      steps:\n");
            }
            for line in steps.lines() {
                let _infallible = writeln!(out, "        - {}", quoted(line));
            }
        }
        out.push_str("  ...\n");
    }
    let _infallible = writeln!(out, "# {}", figures(report, settings));
    out.into_bytes()
}

/// A description: on one line, with the marks of the protocol escaped.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// A text in YAML: JSON's quotes are YAML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(one_line(text)).to_string()
}
