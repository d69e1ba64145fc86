//! The pool: threads that take the next piece of work, judge it, and hand in what comes of it in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Checker;
use super::closing::{close, close_for};
use super::count::Counts;
use super::desk::Desk;
use super::document::Batch;
use super::feed::Feed;
use super::output::{Output, OutputError, Progress};
use super::report::{Closing, Failure, Member, Part};
use super::walk::{Input, Walk};
use crate::engine::portfolio::{Tally, tallies};

/// How many results may wait for one before them, for each thread.
const WINDOW: u64 = 4;

/// Results that wait for their turn, and the desk that they go to.
struct Queue<'o> {
    desk: Desk<'o>,
    next: u64,
    waiting: BTreeMap<u64, Vec<Vec<u8>>>,
    failures: Vec<Failure>,
}

/// What the threads share.
struct Shared<'s, 'o> {
    feed: Mutex<Feed<'s>>,
    queue: Mutex<Queue<'o>>,
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
        let saw_folder = paths.is_empty() || paths.iter().any(|path| path.is_dir());
        self.run_over(walk, saw_folder, outputs, progress)
    }

    /// Judges what was found already, in the order of names; `saw_folder` says whether a folder was asked for.
    pub fn run_over(
        &self,
        found: impl Iterator<Item = Result<Input, Failure>> + Send,
        saw_folder: bool,
        outputs: &mut [Box<dyn Output>],
        progress: &dyn Progress,
    ) -> Closing {
        let desk = Desk::new(outputs);
        let is_recorded = desk.formats().iter().any(|format| format.keeps_record());
        let queue = Queue { desk, next: 0, waiting: BTreeMap::new(), failures: Vec::new() };
        let feed = Feed::new(found, is_recorded.then_some(self.options.digests));
        let shared = Shared {
            feed: Mutex::new(feed),
            queue: Mutex::new(queue),
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
        let mut queue = shared.queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        counts.failures.append(&mut queue.failures);
        let mut closing = close_for(self, counts, &gathered, saw_folder, &queue.desk.formats());
        closing.part = self.options.is_part.then_some(Part { tallies: gathered, saw_folder });
        if !shared.stop.load(Ordering::Relaxed) {
            queue.desk.end(&self.header, &mut closing);
        }
        closing
    }

    /// The end of a run that could not begin.
    fn nothing_read(&self, failures: Vec<Failure>) -> Closing {
        let counts = Counts { failures, ..Counts::new(self.book.directives.len()) };
        close(self, counts, &tallies(self.book), false, false)
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

    /// Whether findings are counted in order: their number is bounded, or a baseline says how many of a sort are known.
    pub(super) fn counts_in_order(&self) -> bool {
        self.options.max_findings.is_some() || self.options.baseline.is_some()
    }

    /// How many threads: only one can count in order.
    fn jobs(&self) -> u64 {
        if self.counts_in_order() {
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
        locked(&self.queue).desk.formats()
    }

    fn write_first(&self, checker: &Checker<'_>) {
        let mut queue = locked(&self.queue);
        let written = queue.desk.begin(&checker.header);
        self.stop_if_refused(&mut queue, written);
    }

    /// Hands in what came of a piece, and writes all that is next in order. Waits while too much is waiting.
    fn hand_in(&self, number: u64, bytes: Vec<Vec<u8>>, jobs: u64) {
        let mut queue = locked(&self.queue);
        queue.waiting.insert(number, bytes);
        while let Some(next) = {
            let next = queue.next;
            queue.waiting.remove(&next)
        } {
            queue.next += 1;
            if !self.stop.load(Ordering::Relaxed) {
                let written = queue.desk.take(&next);
                self.stop_if_refused(&mut queue, written);
            }
        }
        self.turn.notify_all();
        while number >= queue.next + WINDOW * jobs && !self.stop.load(Ordering::Relaxed) {
            queue = self.turn.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Ends the run where an output takes no more: quietly if nobody reads it.
    fn stop_if_refused(&self, queue: &mut Queue<'_>, written: Result<(), OutputError>) {
        if let Err(error) = written {
            self.stop.store(true, Ordering::Relaxed);
            self.turn.notify_all();
            queue.failures.extend(error.failure());
        }
    }
}
