//! The pool: threads that take the next piece of work, judge it, and hand in what comes of it in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Checker;
use super::closing::close;
use super::count::Counts;
use super::document::Batch;
use super::feed::Feed;
use super::output::{Output, OutputError, Progress};
use super::report::{Closing, Failure, Member};
use super::walk::Walk;
use crate::engine::portfolio::{Tally, tallies};

/// How many results may wait for one before them, for each thread.
const WINDOW: u64 = 4;

/// Results that wait for their turn, and the outputs that they go to.
struct Desk<'o> {
    outputs: &'o mut [Box<dyn Output>],
    /// Whether anything was written to each output yet.
    begun: Vec<bool>,
    next: u64,
    waiting: BTreeMap<u64, Vec<Vec<u8>>>,
    failures: Vec<Failure>,
}

/// What the threads share.
struct Shared<'s, 'o> {
    feed: Mutex<Feed<'s>>,
    desk: Mutex<Desk<'o>>,
    turn: Condvar,
    /// Set when nobody reads on, or nothing can be written.
    stop: AtomicBool,
}

impl Checker<'_> {
    /// Judges every proposal that the paths hold, and writes the report to the outputs as it goes.
    pub fn run(&self, paths: &[PathBuf], outputs: &mut [Box<dyn Output>], progress: &dyn Progress) -> Closing {
        let options = &self.options;
        let walk = match Walk::new(paths, &options.exclude, options.stdin_filename.as_deref()) {
            Ok(walk) => walk,
            Err(failures) => return self.nothing_read(failures),
        };
        let begun = vec![false; outputs.len()];
        let desk = Desk { outputs, begun, next: 0, waiting: BTreeMap::new(), failures: Vec::new() };
        let feed = Feed::new(walk);
        let shared = Shared {
            feed: Mutex::new(feed),
            desk: Mutex::new(desk),
            turn: Condvar::new(),
            stop: AtomicBool::new(false),
        };
        shared.write_first(self);
        let jobs = self.jobs();
        let mut counts = Counts::new(self.book.directives.len());
        let mut gathered = tallies(self.book);
        thread::scope(|scope| {
            let threads: Vec<_> = (1..jobs).map(|_| scope.spawn(|| self.work(&shared, jobs, progress))).collect();
            let mine = self.work(&shared, jobs, progress);
            for (their_counts, their_tallies) in
                std::iter::once(mine).chain(threads.into_iter().filter_map(|thread| thread.join().ok()))
            {
                counts.merge(their_counts);
                for ((all, one), directive) in gathered.iter_mut().zip(their_tallies).zip(&self.book.portfolio) {
                    all.merge(one, directive);
                }
            }
        });
        let mut desk = shared.desk.into_inner().unwrap_or_else(PoisonError::into_inner);
        counts.failures.append(&mut desk.failures);
        let saw_folder = paths.is_empty() || paths.iter().any(|path| path.is_dir());
        let mut closing = close(self, counts, &gathered, saw_folder);
        if !shared.stop.load(Ordering::Relaxed) {
            desk.write_last(self, &mut closing);
        }
        closing
    }

    /// The end of a run that could not begin.
    fn nothing_read(&self, failures: Vec<Failure>) -> Closing {
        let counts = Counts { failures, ..Counts::new(self.book.directives.len()) };
        close(self, counts, &tallies(self.book), false)
    }

    /// One thread: takes pieces of work until there is none.
    fn work(&self, shared: &Shared<'_, '_>, jobs: u64, progress: &dyn Progress) -> (Counts, Vec<Tally<Member>>) {
        let formats = shared.formats();
        let mut batch = Batch::new(self, formats);
        while !shared.stop.load(Ordering::Relaxed) {
            let task = locked(&shared.feed).task();
            let Some((number, task)) = task else { break };
            let (files, proposals) = batch.progress();
            let bytes = batch.work(task);
            let (files_now, proposals_now) = batch.progress();
            progress.judged(files_now - files, proposals_now - proposals);
            shared.hand_in(number, bytes, jobs);
        }
        batch.finish()
    }

    /// How many threads: findings are counted in order where their number is bounded, so that one thread does it.
    fn jobs(&self) -> u64 {
        if self.options.max_findings.is_some() {
            return 1;
        }
        let asked = self.options.jobs.or_else(|| thread::available_parallelism().ok());
        asked.map_or(1, NonZeroUsize::get).try_into().unwrap_or(1)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared<'_, '_> {
    fn formats(&self) -> Vec<std::sync::Arc<dyn super::report::Format>> {
        locked(&self.desk).outputs.iter().map(|output| output.format()).collect()
    }

    fn write_first(&self, checker: &Checker<'_>) {
        let mut desk = locked(&self.desk);
        let first: Vec<Vec<u8>> = desk
            .outputs
            .iter()
            .map(|output| {
                let mut bytes = Vec::new();
                output.format().begin(&checker.header, &mut bytes);
                bytes
            })
            .collect();
        for (index, bytes) in first.iter().enumerate() {
            self.write(&mut desk, index, bytes);
        }
    }

    /// Hands in what came of a piece, and writes all that is next in order. Waits while too much is waiting.
    fn hand_in(&self, number: u64, bytes: Vec<Vec<u8>>, jobs: u64) {
        let mut desk = locked(&self.desk);
        desk.waiting.insert(number, bytes);
        while let Some(next) = {
            let next = desk.next;
            desk.waiting.remove(&next)
        } {
            desk.next += 1;
            for (index, bytes) in next.iter().enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
                let separator = desk.outputs.get(index).map(|output| output.format().separator());
                let has_begun = desk.begun.get_mut(index).map(|begun| std::mem::replace(begun, true));
                if let (Some(separator), Some(true)) = (separator, has_begun) {
                    self.write(&mut desk, index, separator.as_bytes());
                }
                self.write(&mut desk, index, bytes);
            }
        }
        self.turn.notify_all();
        while number >= desk.next + WINDOW * jobs && !self.stop.load(Ordering::Relaxed) {
            desk = self.turn.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn write(&self, desk: &mut Desk<'_>, index: usize, bytes: &[u8]) {
        if bytes.is_empty() || self.stop.load(Ordering::Relaxed) {
            return;
        }
        let Some(output) = desk.outputs.get_mut(index) else { return };
        if let Err(error) = output.write(bytes) {
            self.stop.store(true, Ordering::Relaxed);
            self.turn.notify_all();
            desk.failures.extend(failure_of(error));
        }
    }
}

impl Desk<'_> {
    fn write_last(&mut self, checker: &Checker<'_>, closing: &mut Closing) {
        let outputs = std::mem::take(&mut self.outputs);
        for output in outputs {
            let mut bytes = Vec::new();
            output.format().end(&checker.header, closing, &mut bytes);
            if let Err(error) = output.write(&bytes).and_then(|()| output.finish())
                && let Some(failure) = failure_of(error)
            {
                closing.failures.push(failure);
                closing.exit = 2;
            }
        }
    }
}

/// A closed pipe ends the run quietly; anything else is a failure.
fn failure_of(error: OutputError) -> Option<Failure> {
    match error {
        OutputError::Closed => None,
        OutputError::Failed(failure) => Some(failure),
    }
}
