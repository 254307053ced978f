//! Whether transactions are long enough to wake another thread for.
//!
//! A thread that executes a transaction does not look at its connections meanwhile. Another one that
//! sleeps can be woken before, so that it does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// To wake a thread costs a twentieth of a usual transfer. Where transactions are shorter than this, other
/// connections wait no longer for the thread that executes one than for a thread that is woken.
const LONG: Duration = Duration::from_millis(1);

/// How long transactions take, judged by the last one. All threads of a server share it.
#[derive(Debug)]
pub(crate) struct Pace(AtomicBool);

impl Default for Pace {
    /// Of the first transaction nothing is known, so that it is taken for a long one.
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

impl Pace {
    /// Whether the next transaction is expected to take longer than it costs to wake a thread.
    pub(crate) fn is_slow(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Remembers what a transaction took.
    pub(crate) fn took(&self, time: Duration) {
        self.0.store(time > LONG, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_transaction_says_what_the_next_one_takes() {
        let pace = Pace::default();
        assert!(pace.is_slow(), "nothing is known yet");
        for (micros, slow) in [
            (0, false),
            (400, false),
            (1000, false),
            (1001, true),
            (30_000, true),
            (999, false),
        ] {
            pace.took(Duration::from_micros(micros));
            assert_eq!(pace.is_slow(), slow, "{micros} us");
        }
    }
}
