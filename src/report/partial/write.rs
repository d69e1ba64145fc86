//! Writing partial results: a format like any other, so that the threads that judge proposals write them too.

use std::sync::Arc;

use super::{Beside, First, Foot, Last, SCHEMA, TOOL};
use crate::checker::report::{Closing, Excerpt, Format, Header, Part, ProposalReport, RunRecord, Verdict};
use crate::report::json::record::{Input, Record};
use crate::report::json::{FailureEntry, proposal_with};
use crate::report::safe::append;

/// Writes partial results.
#[derive(Debug)]
pub struct PartialWriter {
    record: RunRecord,
    idle: Vec<(Arc<str>, Verdict)>,
}

impl PartialWriter {
    /// For a run with the options and files of that record; `idle` are the verdicts on a proposal that the index of directives passes over, which
    /// need not be written.
    pub fn new(record: RunRecord, idle: Vec<(Arc<str>, Verdict)>) -> Self {
        Self { record, idle }
    }
}

impl Format for PartialWriter {
    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        let first = First {
            partial: SCHEMA,
            tool: TOOL.to_owned(),
            plan: header.plan.clone(),
            digest: header.digest.clone(),
            as_of: header.as_of.clone(),
            record: Record::from(&self.record),
        };
        append(out, &first);
        out.push(b'\n');
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        // Of what is no JSON there are no verdicts, not even idle ones.
        let verdicts = report.verdicts.as_ref().filter(|verdicts| !verdicts.is_empty());
        let telling = verdicts.map(|verdicts| {
            let pairs = verdicts.iter().zip(&self.idle).filter(|(own, idle)| own != idle);
            pairs.map(|(own, _)| own.clone()).collect::<Vec<_>>()
        });
        out.extend_from_slice(b"{\"proposal\":");
        proposal_with(out, report, telling.as_deref());
        out.extend_from_slice(b",\"beside\":");
        let facets = report.facets.as_ref();
        let beside = Beside {
            facets: facets.map(|facets| {
                let claims = facets.claims.iter().map(|claims| claims.iter().collect()).collect();
                (facets.place, claims)
            }),
            translations: report.findings.iter().map(|finding| finding.judgement.translation.clone()).collect(),
        };
        append(out, &beside);
        out.extend_from_slice(b"}\n");
    }

    fn end(&self, _header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let (tallies, saw_folder) = match &closing.part {
            Some(Part { tallies, saw_folder }) => (tallies.as_slice(), *saw_folder),
            None => (&[][..], false),
        };
        let end = Foot {
            files: closing.summary.files,
            unreadable: closing.summary.unreadable,
            proposals: closing.summary.proposals,
            unapplied_directives: closing.unapplied_directives.clone(),
            unapplied_proposals: closing.unapplied_proposals,
            saw_folder,
            failures: closing.failures.iter().map(FailureEntry::from).collect(),
            inputs: closing.record.iter().flat_map(|record| &record.inputs).map(Input).collect(),
            tallies,
        };
        append(out, &Last { end });
        out.push(b'\n');
    }

    fn keeps_record(&self) -> bool {
        true
    }

    fn needs_verdicts(&self) -> bool {
        true
    }

    fn is_browsed(&self) -> bool {
        true
    }
}
