//! The pool: threads that take the next piece of work, judge it, and hand in what comes of it in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;

use super::Checker;
use super::closing::{close, close_for};
use super::count::Counts;
use super::desk::Desk;
use super::document::Batch;
use super::feed::Feed;
use super::output::{Output, OutputError, Progress};
use super::report::{Closing, Failure, Format, Member, Part};
use super::turn::Turn;
use super::walk::{Input, Walk};
use crate::engine::portfolio::{Tally, tallies};

/// How many results may wait for one before them, for each thread.
const WINDOW: u64 = 4;

/// The most bytes that are kept to hold a result.
const LARGEST_SPARE: usize = 1024 * 1024;

/// Results that wait for their turn.
#[derive(Default)]
struct Queue {
    next: u64,
    waiting: BTreeMap<u64, Vec<Vec<u8>>>,
    /// What held results that are written, to hold the next: memory that one thread takes and another one gives back is dear.
    spare: Vec<Vec<Vec<u8>>>,
    failures: Vec<Failure>,
}

/// What the threads share.
struct Shared<'s, 'o> {
    feed: Mutex<Feed<'s>>,
    queue: Mutex<Queue>,
    /// Apart from the queue, so that nobody waits for the system's writing to hand in a result.
    desk: Mutex<Desk<'o>>,
    turn: Turn,
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
        let mut feed = Feed::new(found, is_recorded.then_some(self.options.digests));
        let jobs = if feed.has_several() { self.jobs() } else { 1 };
        let shared = Shared {
            feed: Mutex::new(feed),
            queue: Mutex::default(),
            desk: Mutex::new(desk),
            turn: Turn::default(),
            stop: AtomicBool::new(false),
        };
        shared.write_first(self);
        let mut counts = Counts::new(self.book.directives.len());
        let mut gathered = tallies(self.book);
        thread::scope(|scope| {
            let work = || self.work(&shared, jobs, progress);
            // This thread does not work beside others: the memory that it takes lies between the rules that all read, and
            // a core that writes beside what another one reads takes it away from that one.
            let threads: Vec<_> = (0..jobs).filter(|_| jobs > 1).map(|_| scope.spawn(work)).collect();
            let mine = if jobs == 1 { Some(work()) } else { None };
            for (their_counts, their_tallies) in
                mine.into_iter().chain(threads.into_iter().filter_map(|thread| thread.join().ok()))
            {
                counts.merge(their_counts);
                for ((all, one), directive) in gathered.iter_mut().zip(their_tallies).zip(&self.book.portfolio) {
                    all.merge(one, directive);
                }
            }
        });
        let desk = shared.desk.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut queue = shared.queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        counts.failures.append(&mut queue.failures);
        let mut closing = close_for(self, counts, &gathered, saw_folder, &desk.formats());
        closing.part = self.options.is_part.then_some(Part { tallies: gathered, saw_folder });
        if !shared.stop.load(Ordering::Relaxed) {
            desk.end(&self.header, &mut closing);
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
            batch.spare = locked(&shared.queue).spare.pop();
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
    fn formats(&self) -> Vec<Arc<dyn Format>> {
        locked(&self.desk).formats()
    }

    fn write_first(&self, checker: &Checker<'_>) {
        let written = locked(&self.desk).begin(&checker.header);
        self.stop_if_refused(written);
    }

    /// Hands in what came of a piece. Waits while too much is waiting.
    fn hand_in(&self, number: u64, bytes: Vec<Vec<u8>>, jobs: u64) {
        locked(&self.queue).waiting.insert(number, bytes);
        self.write_ready();
        let mut queue = locked(&self.queue);
        while number >= queue.next + WINDOW * jobs && !self.stop.load(Ordering::Relaxed) {
            queue = self.turn.wait(queue);
        }
    }

    /// Writes all that is next in order, unless another thread does: then that one writes what was handed in meanwhile.
    fn write_ready(&self) {
        loop {
            let mut desk = match self.desk.try_lock() {
                Ok(desk) => desk,
                Err(TryLockError::Poisoned(desk)) => desk.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            loop {
                // Let go of at once: nobody is to wait for the queue while something is written.
                let next = locked(&self.queue).take_next();
                let Some(next) = next else { break };
                if !self.stop.load(Ordering::Relaxed) {
                    self.stop_if_refused(desk.take(&next));
                }
                locked(&self.queue).take_back(next);
                self.turn.call();
            }
            drop(desk);
            // One may have been handed in between the last look and now, by a thread that found the desk taken.
            if !locked(&self.queue).is_ready() {
                return;
            }
        }
    }

    /// Ends the run where an output takes no more: quietly if nobody reads it.
    fn stop_if_refused(&self, written: Result<(), OutputError>) {
        if let Err(error) = written {
            self.stop.store(true, Ordering::Relaxed);
            locked(&self.queue).failures.extend(error.failure());
            self.turn.call();
        }
    }
}

impl Queue {
    fn is_ready(&self) -> bool {
        self.waiting.contains_key(&self.next)
    }

    fn take_next(&mut self) -> Option<Vec<Vec<u8>>> {
        let next = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some(next)
    }

    /// Keeps what held a result.
    fn take_back(&mut self, mut written: Vec<Vec<u8>>) {
        if written.iter().map(Vec::capacity).sum::<usize>() <= LARGEST_SPARE {
            written.iter_mut().for_each(Vec::clear);
            self.spare.push(written);
        }
    }
}
