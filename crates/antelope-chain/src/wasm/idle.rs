//! Instances that wait for the next action of their contract.
//!
//! A thread takes what it has put here: memory that another processor has in its cache is slow to
//! write, and slower than making it.

use super::instance::Instance;
use antelope_types::Checksum256;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many threads have a place of their own; more share.
const PLACES: usize = 16;

/// Instances in one place.
const EACH: usize = 8;

/// How many may wait.
pub(super) const ALL: u32 = (PLACES * EACH) as u32;

/// All that wait.
#[derive(Default)]
pub(super) struct Idle {
    places: [Place; PLACES],
}

/// Those of a thread, from the one that was used longest ago. No two share a line of the cache.
#[derive(Default)]
#[repr(align(128))]
struct Place(Mutex<Vec<(Kind, Instance)>>);

/// The hash of the module as it is compiled, and how many pages its memory may have.
pub(super) type Kind = (Checksum256, u32);

impl Idle {
    /// One of these, if it waits here.
    pub(super) fn take(&self, kind: &Kind) -> Option<Instance> {
        let mut place = self.of_thread().lock();
        let found = place.iter().rposition(|(other, _)| other == kind)?;
        Some(place.remove(found).1)
    }

    /// Keeps it for the next action.
    pub(super) fn put(&self, kind: Kind, instance: Instance) {
        let mut place = self.of_thread().lock();
        let oldest = (place.len() >= EACH).then(|| place.remove(0));
        place.push((kind, instance));
        drop(place);
        drop(oldest);
    }

    /// Drops all: somebody needs what they take up.
    pub(super) fn clear(&self) {
        for place in &self.places {
            let all = std::mem::take(&mut *place.lock());
            drop(all);
        }
    }

    fn of_thread(&self) -> &Place {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static THREAD: usize = THREADS.fetch_add(1, Ordering::Relaxed);
        }
        &self.places[THREAD.with(|thread| *thread) % PLACES]
    }
}

impl Place {
    fn lock(&self) -> MutexGuard<'_, Vec<(Kind, Instance)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
