//! The format `concise`: one finding a line, `path:line:column: severity[code] message`.
//!
//! The words of its frame are English in every language, so that what reads it need not know the reader's.

use std::io::Write as _;

use super::Settings;
use crate::checker::report::{Closing, Excerpt, Failure, Format, Header, Judgement, ProposalReport, WaivedBy};
use crate::diagnostic::Severity;
use crate::text::display::shown;

/// One finding a line.
#[derive(Debug)]
pub(super) struct Concise {
    quiet: bool,
}

impl Concise {
    pub(super) fn new(settings: Settings) -> Self {
        Self { quiet: settings.quiet }
    }
}

/// Writing to a vector cannot fail.
macro_rules! put {
    ($out:expr, $($piece:tt)*) => {
        let _infallible = write!($out, $($piece)*);
    };
}

impl Format for Concise {
    fn shows_pack(&self) -> bool {
        false
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        if report.findings.is_empty() {
            return;
        }
        let path = shown(&report.path);
        for finding in &report.findings {
            put!(out, "{path}:{}:{}: ", finding.start.line, finding.start.column);
            heading(&finding.judgement, out);
            put!(out, " ");
            body(&finding.judgement, out);
        }
    }

    fn end(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        for finding in &closing.portfolio {
            put!(out, "portfolio: ");
            heading(&finding.judgement, out);
            match &finding.value {
                Some(value) => put_value(value, out),
                None => out.push(b' '),
            }
            body(&finding.judgement, out);
        }
        for failure in &closing.failures {
            write_failure(failure, out);
        }
        summary(header, closing, self.quiet, out);
    }
}

fn put_value(value: &str, out: &mut Vec<u8>) {
    put!(out, " for {}: ", shown(value));
}

/// `error[endpoint-roles]`; of what is waived `note[endpoint-roles]`, for it no longer counts as more.
fn heading(judgement: &Judgement, out: &mut Vec<u8>) {
    let severity = if judgement.waived.is_some() { Severity::Note } else { judgement.severity };
    put!(out, "{}[{}]", severity.word(), shown(&judgement.code));
}

fn body(judgement: &Judgement, out: &mut Vec<u8>) {
    match judgement.waived.as_ref().map(|waived| &waived.by) {
        None => {},
        Some(WaivedBy::Waiver(waiver)) => {
            put!(out, "(waived by {} until {}) ", shown(&waiver.document), waiver.expires);
        },
        Some(WaivedBy::Baseline(name)) => {
            put!(out, "(known: {}) ", shown(name));
        },
    }
    put!(out, "{}", shown(&judgement.message));
    if !judgement.missing.is_empty() {
        let missing: Vec<String> = judgement.missing.iter().map(|pointer| shown(pointer)).collect();
        put!(out, " (missing: {})", missing.join(", "));
    }
    out.push(b'\n');
}

/// A failure on a line: `path: error[io/unreadable] message`, or without a path what befell the whole run.
fn write_failure(failure: &Failure, out: &mut Vec<u8>) {
    if !failure.path.is_empty() {
        put!(out, "{}: ", shown(&failure.path));
    }
    put!(out, "{}[{}] {}\n", failure.severity.word(), failure.code, shown(&failure.message));
}

fn summary(header: &Header, closing: &Closing, quiet: bool, out: &mut Vec<u8>) {
    let counts = closing.summary;
    if !quiet {
        put!(
            out,
            "summary: {} proposals in {} files: {} compliant, {} violating, {} undetermined, {} invalid, {} files unreadable; ",
            counts.proposals,
            counts.files,
            counts.compliant,
            counts.violating,
            counts.undetermined,
            counts.invalid,
            counts.unreadable
        );
        put!(out, "{} errors, {} warnings, {} notes; ", counts.errors, counts.warnings, counts.notes);
        if counts.waived > 0 {
            put!(out, "{} waived; ", counts.waived);
        }
        put!(
            out,
            "{} directives applied to nothing, {} proposals had no directive",
            closing.unapplied_directives.len(),
            closing.unapplied_proposals
        );
        if closing.omitted > 0 {
            put!(out, "; {} findings not shown", closing.omitted);
        }
        out.push(b'\n');
    }
    if !header.relaxations.is_empty() {
        let relaxations: Vec<String> = header.relaxations.iter().map(|option| shown(option)).collect();
        put!(out, "relaxed: {}\n", relaxations.join(", "));
    }
}
