//! The format `jsonl`: a line a proposal, each the object that stands for it in `json`, and nothing else.

use super::json::proposal;
use crate::checker::report::{Excerpt, Format, Header, ProposalReport};

/// A line a proposal.
#[derive(Debug)]
pub(super) struct Jsonl;

impl Format for Jsonl {
    fn shows_pack(&self) -> bool {
        false
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        proposal(out, report);
        out.push(b'\n');
    }
}
