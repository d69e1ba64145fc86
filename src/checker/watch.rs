//! Checking again and again: what each file came to is kept, and only files that may have changed are judged anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, Metadata};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::SystemTime;

use super::Checker;
use super::closing::close_for;
use super::count::Counts;
use super::desk::Desk;
use super::document::Batch;
use super::feed::Feed;
use super::output::{NoProgress, Output, OutputError};
use super::report::{Closing, Failure, Format, Member};
use super::walk::{Input, InputSource, Walk};
use crate::diagnostic::Severity;
use crate::engine::portfolio::{Tally, tallies};

/// Into how many heaps files are put, so that a change asks for the sum of one heap and not of all files.
const HEAPS: usize = 128;

/// Proposals that are looked at again and again with one rule pack.
pub struct Watch<'c, 'b> {
    checker: &'c Checker<'b>,
    formats: Vec<Arc<dyn Format>>,
    paths: Vec<PathBuf>,
    /// What every file came to, by its name: reports have this order.
    files: BTreeMap<Arc<str>, Kept>,
    /// What the files of each heap came to together; `None` where one of them has changed.
    sums: Vec<Option<Outcome>>,
    /// The heap that the next new file is put into.
    next_heap: usize,
    /// What kept files from being found at the last look.
    unfound: Outcome,
}

/// A file as it was when it was judged last.
struct Kept {
    heap: usize,
    stamp: Option<Stamp>,
    outcome: Outcome,
}

/// What came of judging one file.
struct Outcome {
    /// What each format wrote, piece by piece.
    pieces: Vec<Vec<Vec<u8>>>,
    counts: Counts,
    tallies: Vec<Tally<Member>>,
}

/// A file that must be judged.
struct Stale {
    input: Input,
    heap: usize,
    stamp: Option<Stamp>,
    /// How many findings it had, if it was there.
    before: Option<u64>,
}

/// By what a file is known to be as it was. It is taken before the file is read, so that a change meanwhile shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    identity: (u64, i64, i64),
}

/// What came of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// How many files there are.
    pub files: usize,
    /// How many of them were judged.
    pub judged: usize,
    /// The files that are new, gone, or were judged anew, in the order of their names.
    pub changes: Vec<Change>,
    /// Whether something else is told than before of what cannot be read.
    pub is_told_otherwise: bool,
}

/// What a look found of a file, and the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What reports call the file.
    pub name: Arc<str>,
    /// How many findings it had; `None` if it was not there.
    pub before: Option<u64>,
    /// How many it has; `None` if it is gone.
    pub after: Option<u64>,
}

impl Look {
    /// Whether the report is another one than before.
    pub fn is_news(&self) -> bool {
        self.is_told_otherwise || !self.changes.is_empty()
    }
}

impl fmt::Debug for Watch<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

impl<'c, 'b> Watch<'c, 'b> {
    /// Begins with nothing judged. The formats are those of the outputs that reports will go to.
    pub fn new(checker: &'c Checker<'b>, formats: Vec<Arc<dyn Format>>, paths: &[PathBuf]) -> Self {
        let unfound = Outcome::new(checker);
        // Where all is judged anew for a report, nothing written is kept.
        let formats = if checker.counts_in_order() { Vec::new() } else { formats };
        let sums = (0..HEAPS).map(|_| None).collect();
        Self { checker, formats, paths: paths.to_vec(), files: BTreeMap::new(), sums, next_heap: 0, unfound }
    }

    /// Looks at every file below the paths, and judges those that are new, have changed, or are called as one that is
    /// said to have changed.
    ///
    /// # Errors
    /// Globs that are none, and a report of one's own among the proposals: writing it would make it change for ever.
    pub fn look(&mut self, changed: &BTreeSet<OsString>, own: &[PathBuf]) -> Result<Look, Vec<Failure>> {
        let options = &self.checker.options;
        let walk = Walk::new(&self.paths, &options.exclude, options.stdin_filename.as_deref())?;
        let mut before = std::mem::take(&mut self.files);
        let (mut unfound, mut stale) = (Outcome::new(self.checker), Vec::new());
        for found in walk {
            match found {
                Err(failure) => unfound.add(self.judge(Err(failure)), self.checker),
                Ok(input) => {
                    if let Some(report) = own_report(&input, own) {
                        return Err(vec![among_proposals(report, &input.name)]);
                    }
                    let stamp = Stamp::of(&input);
                    let is_named = file_name(&input).is_some_and(|name| changed.contains(name));
                    match before.remove(&input.name) {
                        Some(kept) if !is_named && stamp.is_some() && kept.stamp == stamp => {
                            self.files.insert(input.name, kept);
                        },
                        Some(Kept { heap, outcome, .. }) => {
                            stale.push(Stale { input, heap, stamp, before: Some(outcome.findings()) });
                        },
                        None => {
                            stale.push(Stale { input, heap: self.next_heap, stamp, before: None });
                            self.next_heap = (self.next_heap + 1) % HEAPS;
                        },
                    }
                },
            }
        }
        let gone = |(name, kept): (&Arc<str>, &Kept)| Change {
            name: Arc::clone(name),
            before: Some(kept.outcome.findings()),
            after: None,
        };
        let mut changes: Vec<Change> = before.iter().map(gone).collect();
        let judged = stale.len();
        for heap in before.values().map(|kept| kept.heap).chain(stale.iter().map(|stale| stale.heap)) {
            if let Some(sum) = self.sums.get_mut(heap) {
                *sum = None;
            }
        }
        for (name, before, kept) in self.judge_all(stale) {
            changes.push(Change { name: Arc::clone(&name), before, after: Some(kept.outcome.findings()) });
            self.files.insert(name, kept);
        }
        changes.sort_by(|a, b| a.name.cmp(&b.name));
        let is_told_otherwise = unfound.counts.failures != self.unfound.counts.failures;
        self.unfound = unfound;
        Ok(Look { files: self.files.len(), judged, changes, is_told_otherwise })
    }

    /// Judges files on as many threads as are asked for; gives what each had before, and what it came to.
    fn judge_all(&self, stale: Vec<Stale>) -> Vec<(Arc<str>, Option<u64>, Kept)> {
        let asked = self.checker.options.jobs.or_else(|| thread::available_parallelism().ok());
        let threads = asked.map_or(1, NonZeroUsize::get).min(stale.len());
        let waiting = Mutex::new(stale.into_iter());
        let work = || {
            let mut done = Vec::new();
            loop {
                let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(Stale { input, heap, stamp, before }) = next else { return done };
                let name = Arc::clone(&input.name);
                done.push((name, before, Kept { heap, stamp, outcome: self.judge(Ok(input)) }));
            }
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mine = work();
            others.into_iter().filter_map(|thread| thread.join().ok()).flatten().chain(mine).collect()
        })
    }

    fn judge(&self, found: Result<Input, Failure>) -> Outcome {
        let is_recorded = self.formats.iter().any(|format| format.keeps_record());
        let mut feed = Feed::new(std::iter::once(found), is_recorded.then_some(self.checker.options.digests));
        let mut batch = Batch::new(self.checker, self.formats.clone());
        let mut pieces = Vec::new();
        while let Some((_, task)) = feed.task() {
            pieces.push(batch.work(task));
        }
        let (counts, tallies) = batch.finish();
        Outcome { pieces, counts, tallies }
    }

    /// What all files came to together.
    fn sum(&mut self) -> Outcome {
        let checker = self.checker;
        let is_fresh: Vec<bool> = self.sums.iter().map(Option::is_none).collect();
        for kept in self.files.values().filter(|kept| is_fresh.get(kept.heap) == Some(&true)) {
            if let Some(sum) = self.sums.get_mut(kept.heap) {
                sum.get_or_insert_with(|| Outcome::new(checker)).add(kept.outcome.clone_counts(), checker);
            }
        }
        let mut whole = Outcome::new(checker);
        for sum in self.sums.iter().flatten().chain([&self.unfound]) {
            whole.add(sum.clone_counts(), checker);
        }
        whole
    }

    /// Writes the report of the last look to outputs that are new.
    pub fn report(&mut self, outputs: &mut [Box<dyn Output>]) -> Closing {
        let checker = self.checker;
        if checker.counts_in_order() {
            // What counts hangs on what came before it: it is all judged anew.
            return checker.run(&self.paths, outputs, &NoProgress);
        }
        let mut desk = Desk::new(outputs);
        let mut written = desk.begin(&checker.header);
        let mut whole = self.sum();
        for outcome in self.files.values().map(|kept| &kept.outcome).chain([&self.unfound]) {
            written = written.and_then(|()| outcome.pieces.iter().try_for_each(|piece| desk.take(piece)));
        }
        let is_written = written.is_ok();
        whole.counts.failures.extend(written.err().and_then(OutputError::failure));
        let saw_folder = self.paths.is_empty() || self.paths.iter().any(|path| path.is_dir());
        let mut closing = close_for(checker, whole.counts, &whole.tallies, saw_folder, &desk.formats());
        if is_written {
            desk.end(&checker.header, &mut closing);
        }
        closing
    }
}

impl Outcome {
    fn new(checker: &Checker<'_>) -> Self {
        Self { pieces: Vec::new(), counts: Counts::new(checker.book.directives.len()), tallies: tallies(checker.book) }
    }

    /// Adds what came of other files.
    fn add(&mut self, other: Self, checker: &Checker<'_>) {
        self.pieces.extend(other.pieces);
        self.counts.merge(other.counts);
        for ((all, one), directive) in self.tallies.iter_mut().zip(other.tallies).zip(&checker.book.portfolio) {
            all.merge(one, directive);
        }
    }

    fn clone_counts(&self) -> Self {
        Self { pieces: Vec::new(), counts: self.counts.clone(), tallies: self.tallies.clone() }
    }

    fn findings(&self) -> u64 {
        let summary = &self.counts.summary;
        summary.errors + summary.warnings + summary.notes + self.counts.failures.len() as u64
    }
}

impl Stamp {
    fn of(input: &Input) -> Option<Self> {
        let InputSource::File(path) = &input.source else { return None };
        let found = fs::metadata(path).ok()?;
        Some(Self { modified: found.modified().ok(), length: found.len(), identity: identity(&found) })
    }
}

/// What tells a file from another one with the same time and length: its number, and when anything of it changed.
#[cfg(unix)]
fn identity(found: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_found: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

fn file_name(input: &Input) -> Option<&OsStr> {
    match &input.source {
        InputSource::File(path) => path.file_name(),
        InputSource::Standard | InputSource::Kept(_) => None,
    }
}

/// The report of one's own that a file is, if it is one.
fn own_report<'o>(input: &Input, own: &'o [PathBuf]) -> Option<&'o Path> {
    let InputSource::File(path) = &input.source else { return None };
    let is_same = |own: &PathBuf| {
        own.file_name() == path.file_name()
            && fs::canonicalize(own).is_ok_and(|own| fs::canonicalize(path).is_ok_and(|path| path == own))
    };
    own.iter().find(|own| is_same(own)).map(PathBuf::as_path)
}

fn among_proposals(report: &Path, name: &str) -> Failure {
    let report = crate::text::display::shown(&report.to_string_lossy());
    let message = format!(
        "the report `{report}` lies among the proposals and would be checked itself, again and again; write it elsewhere, or leave it out with --exclude"
    );
    Failure { path: name.to_owned(), code: "run/bad-arguments", message, severity: Severity::Error }
}
