//! What wakes the thread that tries those that wait.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often those that wait are looked after where no block is told: the chain's folder may have
/// failed.
const CARE: Duration = Duration::from_millis(500);

/// Rung when a block has begun.
#[derive(Default)]
pub(in crate::api) struct Bell {
    state: Mutex<State>,
    changed: Condvar,
    /// How many transactions wait. Written with the chain locked; without any, the bell is silent.
    waiting: AtomicUsize,
}

/// What the lock protects.
#[derive(Default)]
struct State {
    /// Rung and not yet heard.
    rung: bool,
    /// Nobody will ring any more.
    closed: bool,
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many transactions wait.
    pub(in crate::api) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Notes how many wait.
    pub(in crate::api) fn set_waiting(&self, transactions: usize) {
        self.waiting.store(transactions, Ordering::Relaxed);
    }

    /// Rings, if a transaction waits.
    pub(in crate::api) fn ring(&self) {
        if self.waiting() > 0 {
            self.lock().rung = true;
            self.changed.notify_all();
        }
    }

    /// Rings for the last time.
    pub(in crate::api) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Waits until it rings; `false` when it was closed. It returns from time to time by itself.
    pub(in crate::api) fn hear(&self) -> bool {
        let mut state = self.lock();
        while !state.rung && !state.closed {
            let waited = self.changed.wait_timeout(state, CARE);
            let (woken, time) = waited.unwrap_or_else(PoisonError::into_inner);
            state = woken;
            if time.timed_out() && self.waiting() > 0 {
                break;
            }
        }
        state.rung = false;
        !state.closed
    }
}
