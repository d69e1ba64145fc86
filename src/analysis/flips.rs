//! Proposals judged by two packs: whose verdict changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::difference::Difference;
use crate::checker::Checker;
use crate::checker::options::Options;
use crate::checker::output::{NoProgress, Output, OutputError};
use crate::checker::report::{Closing, Excerpt, Failure, FindingVerdict, Format, Header, ProposalReport, Status};
use crate::rulebook::{DirectiveId, Rulebook, Verdict};
use crate::value::Day;

/// A directive whose verdict on some proposal changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// One of both packs, by its place in [`Difference::compared`].
    Compared(usize),
    /// One of the second pack only.
    Added(DirectiveId),
    /// One of the first pack only.
    Removed(DirectiveId),
}

/// A directive that judges a proposal otherwise; of one that only one pack has, only what is violated or undetermined counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The file.
    pub path: Arc<str>,
    /// The proposal's number in the file, from 0.
    pub index: u64,
    /// Its identifier, if it has one.
    pub id: Option<String>,
    /// The directive.
    pub directive: Changed,
    /// What the first pack says.
    pub before: Option<Verdict>,
    /// What the second says.
    pub after: Option<Verdict>,
}

/// A proposal whose findings sum up otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusFlip {
    /// The file.
    pub path: Arc<str>,
    /// The proposal's number in the file, from 0.
    pub index: u64,
    /// Its identifier, if it has one.
    pub id: Option<String>,
    /// What it comes to by the first pack.
    pub before: Status,
    /// What it comes to by the second.
    pub after: Status,
    /// Findings on the shape that only one of the packs has: code and pointer.
    pub shape: Vec<(Arc<str>, String)>,
}

/// A portfolio directive that judges a value otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioFlip {
    /// Its name in the second pack, or in the first if only that has it.
    pub directive: String,
    /// Its place among those that both packs have.
    pub compared: Option<usize>,
    /// The value of `for each`.
    pub value: Option<String>,
    /// What the first pack says.
    pub before: Option<Verdict>,
    /// What the second says.
    pub after: Option<Verdict>,
}

/// What became of the proposals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flips {
    /// How many there were.
    pub proposals: usize,
    /// In the order of paths, places and directives.
    pub flips: Vec<Flip>,
    /// In the order of paths and places.
    pub statuses: Vec<StatusFlip>,
    /// In the order of the second pack.
    pub portfolio: Vec<PortfolioFlip>,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

/// Judges the proposals of some paths by both packs.
///
/// # Errors
/// What keeps a pack from judging anything.
pub fn flips(
    (old, new): (&Rulebook, &Rulebook),
    difference: &Difference,
    paths: &[PathBuf],
    as_of: Day,
) -> Result<Flips, Vec<Failure>> {
    let (before, failures) = gather(old, paths, as_of)?;
    let (after, later) = gather(new, paths, as_of)?;
    let mut found = Flips { proposals: after.proposals.len(), failures, ..Flips::default() };
    found.failures.extend(later);
    found.failures.sort_by(|a, b| (&a.path, a.code, &a.message).cmp(&(&b.path, b.code, &b.message)));
    found.failures.dedup();
    for (place, one) in &after.proposals {
        if let Some(earlier) = before.proposals.get(place) {
            found.flips.extend(proposal_flips(difference, place, earlier, one));
            found.statuses.extend(status_flip(place, earlier, one));
        }
    }
    found.portfolio = portfolio_flips((old, new), difference, &before.portfolio, &after.portfolio);
    Ok(found)
}

/// A file, and a number in it.
type PlaceOf = (Arc<str>, u64);

/// What a pack said of a proposal.
#[derive(Debug)]
struct Said {
    id: Option<String>,
    status: Status,
    /// By directive.
    verdicts: Vec<Verdict>,
    /// Findings on the shape: code and pointer.
    shape: BTreeSet<(Arc<str>, String)>,
}

/// What a pack said of all proposals.
#[derive(Debug, Default)]
struct Gathered {
    proposals: BTreeMap<PlaceOf, Said>,
    /// By name and value.
    portfolio: BTreeMap<(String, Option<String>), Verdict>,
}

fn proposal_flips(difference: &Difference, (path, index): &PlaceOf, before: &Said, after: &Said) -> Vec<Flip> {
    let of = |said: &Said, id: DirectiveId| said.verdicts.get(id.0 as usize).copied();
    let is_finding = |verdict: &Verdict| matches!(verdict, Verdict::Violated | Verdict::Undetermined);
    let both = difference
        .compared
        .iter()
        .enumerate()
        .map(|(number, pair)| (Changed::Compared(number), of(before, pair.old), of(after, pair.new)));
    let added = difference.added.iter().map(|id| (Changed::Added(*id), None, of(after, *id).filter(is_finding)));
    let removed = difference.removed.iter().map(|id| (Changed::Removed(*id), of(before, *id).filter(is_finding), None));
    let all = both.chain(added).chain(removed).filter(|(_, before, after)| before != after);
    all.map(|(directive, earlier, later)| Flip {
        path: Arc::clone(path),
        index: *index,
        id: after.id.clone().or_else(|| before.id.clone()),
        directive,
        before: earlier,
        after: later,
    })
    .collect()
}

fn status_flip((path, index): &PlaceOf, before: &Said, after: &Said) -> Option<StatusFlip> {
    (before.status != after.status).then(|| StatusFlip {
        path: Arc::clone(path),
        index: *index,
        id: after.id.clone().or_else(|| before.id.clone()),
        before: before.status,
        after: after.status,
        shape: before.shape.symmetric_difference(&after.shape).cloned().collect(),
    })
}

type ByValue = BTreeMap<(String, Option<String>), Verdict>;

fn portfolio_flips(
    (old, new): (&Rulebook, &Rulebook),
    difference: &Difference,
    before: &ByValue,
    after: &ByValue,
) -> Vec<PortfolioFlip> {
    let members = &difference.portfolio;
    let name = |book: &'_ Rulebook, number: usize| {
        book.portfolio.get(number).map(|one| one.heading.name.clone()).unwrap_or_default()
    };
    let both = members
        .both
        .iter()
        .enumerate()
        .map(|(place, (one, other))| (Some(place), Some(name(old, *one)), Some(name(new, *other))));
    let added = members.added.iter().map(|number| (None, None, Some(name(new, *number))));
    let removed = members.removed.iter().map(|number| (None, Some(name(old, *number)), None));
    let mut flips = Vec::new();
    for (compared, earlier, later) in both.chain(added).chain(removed) {
        let of = |all: &ByValue, name: &Option<String>| -> BTreeMap<Option<String>, Verdict> {
            let own = all.iter().filter(|((of, _), _)| Some(of) == name.as_ref());
            own.map(|((_, value), verdict)| (value.clone(), *verdict)).collect()
        };
        let (was, is) = (of(before, &earlier), of(after, &later));
        let values: BTreeSet<&Option<String>> = was.keys().chain(is.keys()).collect();
        for value in values {
            let (before, after) = (was.get(value).copied(), is.get(value).copied());
            let is_finding =
                |verdict: Option<Verdict>| matches!(verdict, Some(Verdict::Violated | Verdict::Undetermined));
            let counts = before.is_some() && after.is_some() || is_finding(before) || is_finding(after);
            if before != after && counts {
                let directive = later.clone().or_else(|| earlier.clone()).unwrap_or_default();
                flips.push(PortfolioFlip { directive, compared, value: value.clone(), before, after });
            }
        }
    }
    flips
}

fn gather(book: &Rulebook, paths: &[PathBuf], as_of: Day) -> Result<(Gathered, Vec<Failure>), Vec<Failure>> {
    let options = Options { verdicts: true, ..Options::new(as_of) };
    let checker = Checker::new(book, options)?;
    let collector = Arc::new(Collector::default());
    let mut outputs: Vec<Box<dyn Output>> = vec![Box::new(Nowhere(Arc::clone(&collector)))];
    let closing = checker.run(paths, &mut outputs, &NoProgress);
    let mut gathered = std::mem::take(&mut *collector.0.lock().unwrap_or_else(PoisonError::into_inner));
    gathered.portfolio = by_value(&closing);
    Ok((gathered, closing.failures))
}

fn by_value(closing: &Closing) -> ByValue {
    let verdict = |finding: FindingVerdict| match finding {
        FindingVerdict::Of(verdict) => Some(verdict),
        FindingVerdict::Invalid | FindingVerdict::Waived => None,
    };
    let all = closing
        .portfolio
        .iter()
        .filter_map(|one| Some(((one.judgement.code.to_string(), one.value.clone()), verdict(one.judgement.verdict)?)));
    all.collect()
}

#[derive(Debug, Default)]
struct Collector(Mutex<Gathered>);

impl Format for Collector {
    fn proposal(&self, _: &Header, report: &ProposalReport, _: Option<Excerpt<'_>>, _: &mut Vec<u8>) {
        let shape = report.findings.iter().filter(|one| one.judgement.verdict == FindingVerdict::Invalid);
        let said = Said {
            id: report.id.clone(),
            status: report.status,
            // Sorted by name, as directives are in a pack.
            verdicts: report.verdicts.iter().flatten().map(|(_, verdict)| *verdict).collect(),
            shape: shape.map(|one| (Arc::clone(&one.judgement.code), one.pointer.clone())).collect(),
        };
        let place = (Arc::clone(&report.path), report.index);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).proposals.insert(place, said);
    }

    fn needs_verdicts(&self) -> bool {
        true
    }
}

/// An output that keeps nothing but what the format has gathered.
struct Nowhere(Arc<Collector>);

impl Output for Nowhere {
    fn format(&self) -> Arc<dyn Format> {
        Arc::clone(&self.0) as Arc<dyn Format>
    }

    fn write(&mut self, _bytes: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
