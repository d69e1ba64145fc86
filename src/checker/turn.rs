//! Waiting for a turn, where waking costs nothing as long as nobody waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, MutexGuard, PoisonError};

/// A condition variable that knows whether anybody waits: to wake nobody is a call of the system too.
#[derive(Default)]
pub(super) struct Turn {
    condition: Condvar,
    /// Changed only by who holds the mutex, which orders it with what is waited for.
    sleepers: AtomicUsize,
}

impl Turn {
    /// Lets go of the mutex until [`Self::call`]; whoever waits looks again then.
    pub(super) fn wait<'g, T>(&self, guard: MutexGuard<'g, T>) -> MutexGuard<'g, T> {
        self.sleepers.fetch_add(1, Ordering::Relaxed);
        let guard = self.condition.wait(guard).unwrap_or_else(PoisonError::into_inner);
        self.sleepers.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    /// Wakes all who wait; to be called after what they wait for was changed with the mutex held.
    pub(super) fn call(&self) {
        if self.sleepers.load(Ordering::Relaxed) > 0 {
            self.condition.notify_all();
        }
    }
}
