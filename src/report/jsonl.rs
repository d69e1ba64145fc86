//! The format `jsonl`: a line a proposal, each the object that stands for it in `json`, and nothing else.

use super::json::Proposal;
use super::safe::append;
use crate::checker::report::{Excerpt, Format, Header, ProposalReport};

/// A line a proposal.
#[derive(Debug)]
pub(super) struct Jsonl;

impl Format for Jsonl {
    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        append(out, &Proposal::from(report));
        out.push(b'\n');
    }
}
