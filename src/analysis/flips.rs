//! Proposals judged by two packs: whose verdict changes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::difference::Compared;
use crate::checker::Checker;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::output::{NoProgress, Output, OutputError};
use crate::checker::report::{Excerpt, Failure, Format, Header, ProposalReport};
use crate::rulebook::{Rulebook, Verdict};
use crate::value::Day;

/// A directive that judges a proposal otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The file.
    pub path: Arc<str>,
    /// The proposal's number in the file, from 0.
    pub index: u64,
    /// Its identifier, if it has one.
    pub id: Option<String>,
    /// The place of the directive in [`super::Difference::compared`].
    pub compared: usize,
    /// What the first pack says.
    pub before: Verdict,
    /// What the second says.
    pub after: Verdict,
}

/// What became of the proposals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flips {
    /// How many there were.
    pub proposals: usize,
    /// In the order of paths, places and directives.
    pub flips: Vec<Flip>,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

/// Judges the proposals of some paths by both packs.
///
/// # Errors
/// What keeps a pack from judging anything.
pub fn flips(
    (old, new): (&Rulebook, &Rulebook),
    compared: &[Compared],
    paths: &[PathBuf],
    as_of: Day,
) -> Result<Flips, Vec<Failure>> {
    let (before, failures) = gather(old, paths, as_of)?;
    let (after, _) = gather(new, paths, as_of)?;
    let mut flips = Vec::new();
    for (place, (id, verdicts)) in &after {
        let Some((_, earlier)) = before.get(place) else { continue };
        for (number, pair) in compared.iter().enumerate() {
            let of = |verdicts: &[Verdict], id: u32| verdicts.get(id as usize).copied();
            if let (Some(before), Some(after)) = (of(earlier, pair.old.0), of(verdicts, pair.new.0))
                && before != after
            {
                let (path, index) = (Arc::clone(&place.0), place.1);
                flips.push(Flip { path, index, id: id.clone(), compared: number, before, after });
            }
        }
    }
    Ok(Flips { proposals: after.len(), flips, failures })
}

/// Verdicts by directive, of each proposal by its place.
type Gathered = BTreeMap<(Arc<str>, u64), (Option<String>, Vec<Verdict>)>;

fn gather(book: &Rulebook, paths: &[PathBuf], as_of: Day) -> Result<(Gathered, Vec<Failure>), Vec<Failure>> {
    let options = Options { verdicts: true, portfolio: PortfolioMode::Off, ..Options::new(as_of) };
    let checker = Checker::new(book, options)?;
    let collector = Arc::new(Collector::default());
    let mut outputs: Vec<Box<dyn Output>> = vec![Box::new(Nowhere(Arc::clone(&collector)))];
    let closing = checker.run(paths, &mut outputs, &NoProgress);
    let gathered = std::mem::take(&mut *collector.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((gathered, closing.failures))
}

#[derive(Debug, Default)]
struct Collector(Mutex<Gathered>);

impl Format for Collector {
    fn proposal(&self, _: &Header, report: &ProposalReport, _: Option<Excerpt<'_>>, _: &mut Vec<u8>) {
        let verdicts = report.verdicts.iter().flatten().map(|(_, verdict)| *verdict).collect();
        let place = (Arc::clone(&report.path), report.index);
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.insert(place, (report.id.clone(), verdicts));
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
