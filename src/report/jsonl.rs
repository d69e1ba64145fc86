//! The format `jsonl`: a line a proposal, each the object that stands for it in `json`, and nothing else.

use super::json::Proposal;
use super::safe::append;
use crate::checker::report::{Closing, Excerpt, Format, Header, ProposalReport};

/// A line a proposal.
#[derive(Debug)]
pub(super) struct Jsonl;

impl Format for Jsonl {
    fn begin(&self, _header: &Header, _out: &mut Vec<u8>) {}

    fn proposal(&self, report: &ProposalReport, _excerpt: Excerpt<'_>, out: &mut Vec<u8>) {
        append(out, &Proposal::from(report));
        out.push(b'\n');
    }

    fn end(&self, _header: &Header, _closing: &Closing, _out: &mut Vec<u8>) {}
}
