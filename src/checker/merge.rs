//! Parts of a portfolio, each judged by a run of its own, put together to what one run over all of them says.
//!
//! A part gives its proposals with their findings, its tallies, and what it met on the way. Everything that hangs on more
//! than one proposal is decided here anew: what a baseline knows, which waivers were needed, what applied to nothing, and
//! what the portfolio directives say.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::Checker;
use super::acceptance::settle;
use super::closing::close_for;
use super::count::Counts;
use super::desk::Desk;
use super::document::write;
use super::output::{Output, OutputError};
use super::report::{Closing, Failure, InputDigest, Member, ProposalReport};
use crate::diagnostic::Severity;
use crate::engine::portfolio::{Tally, tallies};

/// How much of a report is gathered before it is handed on.
const PIECE: usize = 64 * 1024;

/// A whole, as its parts come in.
#[derive(Debug)]
pub struct Merger<'c, 'b> {
    checker: &'c Checker<'b>,
    counts: Counts,
    tallies: Vec<Tally<Member>>,
    saw_folder: bool,
    parts: u64,
    /// Globs that met nothing, with the number of parts in which they did not.
    unmet: BTreeMap<(String, String), (Failure, u64)>,
}

impl<'c, 'b> Merger<'c, 'b> {
    /// A whole without parts yet; the checker is one of the same pack and options as those of the parts.
    pub fn new(checker: &'c Checker<'b>) -> Self {
        Self {
            checker,
            counts: Counts::new(checker.book.directives.len()),
            tallies: tallies(checker.book),
            saw_folder: false,
            parts: 0,
            unmet: BTreeMap::new(),
        }
    }

    /// Takes in what the run over a part came to; false if its tallies were not gathered for this pack.
    #[must_use]
    pub fn add(&mut self, closing: Closing) -> bool {
        let Some(part) = closing.part else { return false };
        let directives = &self.checker.book.portfolio;
        if part.tallies.len() != directives.len()
            || !part.tallies.iter().zip(directives).all(|(tally, directive)| tally.fits(directive))
        {
            return false;
        }
        for ((whole, part), directive) in self.tallies.iter_mut().zip(part.tallies).zip(directives) {
            whole.merge(part, directive);
        }
        self.saw_folder |= part.saw_folder;
        self.parts += 1;
        for (number, name) in self.checker.names.iter().enumerate() {
            if !closing.unapplied_directives.contains(name) {
                self.counts.applied.insert(number);
            }
        }
        let mut counts = Counts::new(0);
        counts.summary.files = closing.summary.files;
        counts.summary.unreadable = closing.summary.unreadable;
        counts.unapplied_proposals = closing.unapplied_proposals;
        // What one run reads from standard input are files to the whole, each with a name of its own.
        let inputs = closing.record.into_iter().flat_map(|record| record.inputs);
        counts.inputs.extend(inputs.map(|input| InputDigest { is_standard_input: false, ..input }));
        self.counts.merge(counts);
        for failure in closing.failures {
            if failure.code == "run/unmatched-glob" {
                let key = (failure.path.clone(), failure.message.clone());
                self.unmet.entry(key).or_insert((failure, 0)).1 += 1;
            } else {
                self.counts.failures.push(failure);
            }
        }
        true
    }

    /// Writes the report on the whole to the outputs: `parts` are the proposals of each part, in order, with what the part
    /// is called.
    ///
    /// # Errors
    /// What a part gives instead of a proposal, and parts that overlap or are out of order. The outputs are left unfinished.
    pub fn finish<I>(mut self, parts: Vec<(String, I)>, outputs: &mut [Box<dyn Output>]) -> Result<Closing, Failure>
    where
        I: Iterator<Item = Result<ProposalReport, Failure>>,
    {
        let proposals = Ordered::new(parts)?;
        let checker = self.checker;
        let mut desk = Desk::new(outputs);
        let formats = desk.formats();
        let written = self.write(proposals, &mut desk)?;
        // A glob is told of if no part has met it.
        let unmet = self.unmet.into_values().filter(|(_, parts)| *parts == self.parts).map(|(failure, _)| failure);
        self.counts.failures.extend(unmet);
        let is_refused = written.is_err();
        self.counts.failures.extend(written.err().and_then(OutputError::failure));
        let mut closing = close_for(checker, self.counts, &self.tallies, self.saw_folder, &formats);
        if !is_refused {
            desk.end(&checker.header, &mut closing);
        }
        Ok(closing)
    }

    /// Writes the proposals, and counts them. An output that takes no more ends it; that is in the inner result.
    fn write(
        &mut self,
        proposals: impl Iterator<Item = Result<ProposalReport, Failure>>,
        desk: &mut Desk<'_>,
    ) -> Result<Result<(), OutputError>, Failure> {
        let checker = self.checker;
        let formats = desk.formats();
        let mut pieces = vec![Vec::new(); formats.len()];
        let mut taken = desk.begin(&checker.header);
        for proposal in proposals {
            let mut report = proposal?;
            report.findings.iter_mut().for_each(|finding| finding.judgement.reinstate());
            report.status =
                settle(&checker.options, report.id.as_deref(), &report.path, &mut report.findings, &mut self.counts);
            self.counts.proposal(&report, None);
            write(checker, &formats, &mut report, None, &mut pieces);
            if taken.is_ok() && pieces.iter().any(|piece| piece.len() >= PIECE) {
                taken = desk.take(&pieces);
                pieces.iter_mut().for_each(Vec::clear);
            }
            if taken.is_err() {
                return Ok(taken);
            }
        }
        Ok(taken.and_then(|()| desk.take(&pieces)))
    }
}

/// The proposals of all parts, in order.
struct Ordered<I> {
    parts: Vec<(String, I)>,
    heads: BinaryHeap<Reverse<Head>>,
    last: Option<((Arc<str>, u64), usize)>,
}

/// The next proposal of a part.
struct Head {
    report: ProposalReport,
    part: usize,
}

impl Head {
    fn key(&self) -> (&Arc<str>, u64) {
        (&self.report.path, self.report.index)
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.key(), self.part).cmp(&(other.key(), other.part))
    }
}

impl<I: Iterator<Item = Result<ProposalReport, Failure>>> Ordered<I> {
    /// Looks at the first proposal of each part; two that begin with the same are told of before anything is written.
    fn new(parts: Vec<(String, I)>) -> Result<Self, Failure> {
        let count = parts.len();
        let mut ordered = Self { parts, heads: BinaryHeap::new(), last: None };
        for part in 0..count {
            ordered.advance(part)?;
        }
        let mut first: Vec<&Head> = ordered.heads.iter().map(|head| &head.0).collect();
        first.sort();
        let twice = first.windows(2).find_map(|pair| match pair {
            [one, other] if one.key() == other.key() => Some((one.part, other)),
            _ => None,
        });
        match twice {
            Some((one, other)) => Err(ordered.twice(one, other)),
            None => Ok(ordered),
        }
    }

    fn advance(&mut self, part: usize) -> Result<(), Failure> {
        if let Some(report) = self.parts.get_mut(part).and_then(|(_, proposals)| proposals.next()).transpose()? {
            self.heads.push(Reverse(Head { report, part }));
        }
        Ok(())
    }

    fn name(&self, part: usize) -> &str {
        self.parts.get(part).map(|(name, _)| name.as_str()).unwrap_or_default()
    }

    fn twice(&self, part: usize, head: &Head) -> Failure {
        let (path, index) = (&head.report.path, head.report.index);
        let message = match part == head.part {
            true => format!(
                "proposal {index} of `{path}` stands in it twice: the file was changed since it was written; check this part again"
            ),
            false => format!(
                "proposal {index} of `{path}` stands in `{}` too: each part of the portfolio can be merged once; parts that come from standard input need names of their own (--stdin-filename)",
                self.name(part)
            ),
        };
        bad(self.name(head.part), message)
    }
}

impl<I: Iterator<Item = Result<ProposalReport, Failure>>> Iterator for Ordered<I> {
    type Item = Result<ProposalReport, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse(head) = self.heads.pop()?;
        if let Some(((path, index), part)) = &self.last {
            match head.key().cmp(&(path, *index)) {
                Ordering::Greater => {},
                Ordering::Equal => return Some(Err(self.twice(*part, &head))),
                Ordering::Less => {
                    let message = "its proposals are not in order: the file was changed since it was written; check this part again";
                    return Some(Err(bad(self.name(head.part), message.to_owned())));
                },
            }
        }
        self.last = Some(((Arc::clone(&head.report.path), head.report.index), head.part));
        Some(self.advance(head.part).map(|()| head.report))
    }
}

fn bad(part: &str, message: String) -> Failure {
    Failure { path: part.to_owned(), code: "run/bad-partial", message, severity: Severity::Error }
}
