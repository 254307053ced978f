//! A pool with one free list per thread.
//!
//! An instance of a contract is up to a megabyte of memory that the processor which ran it last has
//! in its cache: another processor writes it slowly. A single free list would also be one lock that
//! all threads contend for. So each thread takes from, and puts back to, a list of its own; a lock
//! is still needed, since more threads than [`PLACES`] share the lists and [`ByThread::clear`]
//! empties them all, but it is uncontended in the common case.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Number of free lists. Threads are numbered in the order in which they first use a pool; the list
/// is the number modulo this, so that up to this many threads have one each and more share.
pub const PLACES: usize = 16;

/// A pool of reusable objects with one free list per thread.
#[derive(Debug)]
pub struct ByThread<T> {
    places: [ThreadList<T>; PLACES],
}

/// The free list of a thread, oldest first. Aligned to 128 bytes so that no two lists share a cache
/// line, nor the pair of lines that processors prefetch together.
#[derive(Debug)]
#[repr(align(128))]
struct ThreadList<T>(Mutex<Vec<T>>);

impl<T> ByThread<T> {
    /// Takes the object that this thread put back most recently among those that fit.
    pub fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut place = self.of_thread().lock();
        let found = place.iter().rposition(fits)?;
        Some(place.remove(found))
    }

    /// Puts an object into this thread's list. Where the list already holds `most`, its oldest
    /// object is dropped.
    pub fn put(&self, thing: T, most: usize) {
        let mut place = self.of_thread().lock();
        let oldest = (place.len() >= most).then(|| place.remove(0));
        place.push(thing);
        // Dropping an object may be slow (an instance unmaps its memory), so that the lock is
        // released first.
        drop(place);
        drop(oldest);
    }

    /// Drops the objects of all threads. The locks are taken one after another, never two at a
    /// time.
    pub fn clear(&self) {
        for place in &self.places {
            let all = std::mem::take(&mut *place.lock());
            drop(all);
        }
    }

    /// The list of the calling thread.
    fn of_thread(&self) -> &ThreadList<T> {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static THREAD: usize = THREADS.fetch_add(1, Ordering::Relaxed);
        }
        &self.places[THREAD.with(|thread| *thread) % PLACES]
    }
}

impl<T> Default for ByThread<T> {
    fn default() -> Self {
        Self {
            places: std::array::from_fn(|_| ThreadList(Mutex::default())),
        }
    }
}

impl<T> ThreadList<T> {
    /// Locks the list; a panic elsewhere cannot have left it half changed.
    fn lock(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_finds_what_it_has_put() {
        let things = ByThread::default();
        things.put(1, 2);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                assert_eq!(things.take(|_| true), None);
                things.put(2, 2);
            });
        });
        assert_eq!(things.take(|thing| *thing == 2), None);
        assert_eq!(things.take(|_| true), Some(1));
        assert_eq!(things.take(|_| true), None);
    }

    #[test]
    fn the_oldest_goes_first_and_the_latest_is_taken() {
        let things = ByThread::default();
        for thing in 1..=3 {
            things.put(thing, 2);
        }
        assert_eq!(things.take(|thing| *thing == 1), None);
        assert_eq!(things.take(|_| true), Some(3));
        things.clear();
        assert_eq!(things.take(|_| true), None);
    }
}
