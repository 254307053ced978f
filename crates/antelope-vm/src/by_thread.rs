//! What threads take to work with and put back: each finds its own again.
//!
//! Memory that another processor has in its cache is slow to write, and a lock that others take is slow to take. So
//! threads do not share one heap of such things; they have places of their own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many threads have a place of their own; more share.
pub const PLACES: usize = 16;

/// Things that lie where a thread has put them.
#[derive(Debug)]
pub struct ByThread<T> {
    places: [Place<T>; PLACES],
}

/// Those of a thread, from the one that was put there first. No two places share a line of the cache.
#[derive(Debug)]
#[repr(align(128))]
struct Place<T>(Mutex<Vec<T>>);

impl<T> ByThread<T> {
    /// The last of these that this thread has put here.
    pub fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut place = self.of_thread().lock();
        let found = place.iter().rposition(fits)?;
        Some(place.remove(found))
    }

    /// Puts it where this thread takes from, in place of the oldest where there are so many.
    pub fn put(&self, thing: T, most: usize) {
        let mut place = self.of_thread().lock();
        let oldest = (place.len() >= most).then(|| place.remove(0));
        place.push(thing);
        // What is dropped may take its time.
        drop(place);
        drop(oldest);
    }

    /// Drops what all threads have put here.
    pub fn clear(&self) {
        for place in &self.places {
            let all = std::mem::take(&mut *place.lock());
            drop(all);
        }
    }

    fn of_thread(&self) -> &Place<T> {
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
            places: std::array::from_fn(|_| Place(Mutex::default())),
        }
    }
}

impl<T> Place<T> {
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
