//! The format `json`: one document, written as it comes, with what is known last at its end.

mod entries;
pub(super) mod record;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use self::entries::{proposal, proposal_with};
use super::Settings;
use super::safe::append;
use crate::checker::report::{Closing, CodeCount, Excerpt, Failure, Format, Header, ProposalReport, Summary};

/// About how many bytes of an input stand beside its path.
const BESIDE_PATH: usize = 72;

/// One JSON document.
#[derive(Debug)]
pub(super) struct Json {
    statistics: bool,
}

impl Json {
    pub(super) fn new(settings: Settings) -> Self {
        Self { statistics: settings.statistics }
    }
}

impl Format for Json {
    fn shows_pack(&self) -> bool {
        false
    }

    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\n");
        entry(out, "schema", &1);
        entry(out, "tool", &Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") });
        entry(out, "plan", &Plan { name: &header.plan, version: &header.version, digest: &header.digest });
        entry(out, "as_of", &header.as_of);
        entry(out, "relaxations", &header.relaxations);
        out.extend_from_slice(b"  \"proposals\": [\n");
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"    ");
        proposal(out, report);
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn keeps_record(&self) -> bool {
        true
    }

    fn end(&self, _header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n  ],\n");
        list(out, "portfolio", &closing.portfolio, entries::portfolio);
        let ungrouped: BTreeMap<&str, u64> = closing.ungrouped.iter().map(|(name, count)| (&**name, *count)).collect();
        entry(out, "ungrouped", &ungrouped);
        entry(out, "unapplied", &Unapplied::from(closing));
        list(out, "failures", &closing.failures, |out, failure| append(out, &FailureEntry::from(failure)));
        if self.statistics {
            list(out, "statistics", &closing.counts, |out, count| append(out, &Count::from(count)));
        }
        entry(out, "omitted", &closing.omitted);
        if let Some(record) = &closing.record {
            entry(out, "record", &record::Record::from(record));
            // Of a large tree this is most of what stands here, and would be moved again and again while it grows.
            out.reserve(record.inputs.iter().map(|input| input.path.len() + BESIDE_PATH).sum());
            list(out, "inputs", &record.inputs, entries::input);
        }
        entry(out, "summary", &Counts::from(&closing.summary));
        out.extend_from_slice(b"  \"exit\": ");
        append(out, &closing.exit);
        out.extend_from_slice(b"\n}\n");
    }
}

/// Writes a key of the document and its value on a line.
fn entry(out: &mut Vec<u8>, key: &str, value: &impl Serialize) {
    out.extend_from_slice(b"  ");
    append(out, &key);
    out.extend_from_slice(b": ");
    append(out, value);
    out.extend_from_slice(b",\n");
}

/// Writes a key of the document and a list, one element a line.
fn list<T>(out: &mut Vec<u8>, key: &str, elements: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    out.extend_from_slice(b"  ");
    append(out, &key);
    out.extend_from_slice(b": [");
    let mut before = "\n    ";
    for element in elements {
        out.extend_from_slice(before.as_bytes());
        write(out, element);
        before = ",\n    ";
    }
    out.extend_from_slice(if before.starts_with(',') { b"\n  ],\n" } else { b"],\n" });
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
}

/// What applied to nothing, and to how much nothing applied.
#[derive(Serialize)]
pub(super) struct Unapplied<'a> {
    directives: Vec<&'a str>,
    proposals: u64,
}

impl<'a> From<&'a Closing> for Unapplied<'a> {
    fn from(closing: &'a Closing) -> Self {
        let directives = closing.unapplied_directives.iter().map(AsRef::as_ref).collect();
        Self { directives, proposals: closing.unapplied_proposals }
    }
}

/// What could not be read or done.
#[derive(Serialize)]
pub(super) struct FailureEntry<'a> {
    path: &'a str,
    code: &'a str,
    message: &'a str,
    severity: &'static str,
}

impl<'a> From<&'a Failure> for FailureEntry<'a> {
    fn from(failure: &'a Failure) -> Self {
        Self { path: &failure.path, code: failure.code, message: &failure.message, severity: failure.severity.word() }
    }
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    title: &'a str,
    broken: u64,
    undetermined: u64,
}

impl<'a> From<&'a CodeCount> for Count<'a> {
    fn from(count: &'a CodeCount) -> Self {
        Self { code: &count.code, title: &count.title, broken: count.broken, undetermined: count.undetermined }
    }
}

#[derive(Serialize)]
struct Counts {
    files: u64,
    proposals: u64,
    compliant: u64,
    violating: u64,
    undetermined: u64,
    invalid: u64,
    unreadable: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    waived: u64,
    known: u64,
}

impl From<&Summary> for Counts {
    fn from(summary: &Summary) -> Self {
        Self {
            files: summary.files,
            proposals: summary.proposals,
            compliant: summary.compliant,
            violating: summary.violating,
            undetermined: summary.undetermined,
            invalid: summary.invalid,
            unreadable: summary.unreadable,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            waived: summary.waived,
            known: summary.known,
        }
    }
}
