//! Outcomes of tests for people.

use super::words::Words;
use super::{TestReport, painter, sentence, steps};
use crate::diagnostic::Severity;
use crate::report::Settings;
use crate::report::human::paint::{Style, one_line};
use crate::report::human::snippet::{Renderer, Source};

/// How many places that no test reaches are named unless all are asked for.
const PLACES: usize = 10;

/// The tests that failed, with the steps that led to the other verdict; what tests do not reach; the counts.
pub(super) fn human(report: &TestReport<'_>, settings: Settings) -> Vec<u8> {
    let painter = painter(settings);
    let renderer = Renderer::new(settings);
    let words = settings.language.words();
    let files = &report.book.files;
    let mut out = String::new();
    for outcome in report.outcomes.iter().filter(|outcome| !outcome.failures.is_empty()) {
        painter.put(&mut out, Style::Bold, &one_line(&outcome.name));
        out.push('\n');
        for failure in &outcome.failures {
            let source = files.get(failure.span.file).map(|file| {
                let at = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
                Source::of_file(file, std::iter::once((at(failure.span.start), at(failure.span.end), String::new())))
            });
            renderer.draw(&mut out, Severity::Error, &one_line(&sentence(failure, words)), source.as_ref());
            out.push_str(&steps(failure, report, settings));
        }
        out.push('\n');
    }
    if !settings.quiet {
        lacking(report, settings, &mut out);
    }
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let failed = count(report.failed());
    let passed = count(report.outcomes.len()) - failed;
    let text = format!("{passed} {}", words.test_passed.form(passed));
    painter.put(&mut out, if failed == 0 { Style::Green } else { Style::Bold }, &text);
    if failed > 0 {
        out.push_str(words.comma);
        painter.put(&mut out, Style::Red, &format!("{failed} {}", words.test_failed.form(failed)));
    }
    out.push('\n');
    out.push_str(&figures(report, settings));
    out.push('\n');
    out.into_bytes()
}

/// `covered: 37/37 directives, 230/280 outcomes of conditions, 82.1%`
pub(super) fn figures(report: &TestReport<'_>, settings: Settings) -> String {
    let words = Words::of(settings.language);
    let (tested, directives) = report.measure.directives_tested();
    let (seen, outcomes) = report.measure.outcomes();
    format!(
        "{}{tested}/{directives}{}{seen}/{outcomes}{}{}{}%",
        words.coverage,
        words.directives,
        words.outcomes,
        settings.language.words().comma,
        report.measure.percent_text()
    )
}

/// What no test reaches, a line each: `directives/belts.plan:12:9 endpoint-roles: when …  is never unknown`.
fn lacking(report: &TestReport<'_>, settings: Settings, out: &mut String) {
    let (painter, words, files) = (painter(settings), Words::of(settings.language), &report.book.files);
    let mut lines = Vec::new();
    for directive in &report.measure.directives {
        let place = |span| {
            let position = files.position(span);
            format!("{}:{}:{}", files.name(span.file), position.line, position.column)
        };
        if directive.verdicts.is_empty() {
            lines.push((place(directive.span), format!("{}{}", words.untested, directive.name)));
            continue;
        }
        for condition in &directive.conditions {
            let truths: Vec<&str> = condition.lacking().map(|truth| words.truth(truth)).collect();
            if !truths.is_empty() {
                let text = files.slice(condition.span).split_whitespace().collect::<Vec<_>>().join(" ");
                let clause = words.clause(condition.clause);
                let truths = truths.join(words.separator);
                let text = format!("{}: {clause} `{text}`{}{truths}", directive.name, words.lacking);
                lines.push((place(condition.span), text));
            }
        }
    }
    let shown = if settings.verbose { lines.len() } else { PLACES };
    for (place, text) in lines.iter().take(shown) {
        painter.put(out, Style::Cyan, &one_line(place));
        out.push(' ');
        out.push_str(&one_line(text));
        out.push('\n');
    }
    if lines.len() > shown {
        let (before, after) = words.more;
        painter.put(out, Style::Dim, &format!("{before}{}{after}", lines.len() - shown));
        out.push('\n');
    }
    if !lines.is_empty() {
        out.push('\n');
    }
}
