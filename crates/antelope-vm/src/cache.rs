//! A least-recently-used cache from a hash of code to what was derived from that code: its compiled
//! module, its instrumented module, or the verdict of its validation.
//!
//! The map is behind one lock, held only while an entry is looked up or inserted, never while a
//! value is made: compiling takes milliseconds, and other threads must not wait for it. The price
//! is that two threads which miss at the same time both make the value; the later insertion wins,
//! and both values are equal.

use antelope_types::Checksum256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Entries kept: the bound on the memory of a process that meets many contracts, as a fuzz test
/// does.
const CAPACITY: usize = 256;

/// A cache of at most [`CAPACITY`] values by hash. Values are behind [`Arc`], so that an evicted
/// one lives on while somebody uses it.
pub(super) struct Cache<T> {
    modules: Mutex<Modules<T>>,
}

/// What the lock protects.
struct Modules<T> {
    /// Counts look-ups: the time stamps of entries.
    clock: u64,
    /// The value, and the clock when it was last looked up or inserted.
    by_hash: HashMap<[u8; 32], (u64, Arc<T>)>,
}

impl<T> Cache<T> {
    /// An empty cache.
    pub(super) fn new() -> Self {
        let modules = Modules {
            clock: 0,
            by_hash: HashMap::new(),
        };
        Self {
            modules: Mutex::new(modules),
        }
    }

    /// The value of this hash. On a miss it is made without the lock and then inserted. An error of
    /// `make` is returned and not cached, so that the next caller tries again.
    pub(super) fn get_or_make<E>(
        &self,
        hash: &Checksum256,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        if let Some(found) = self.with(|modules| modules.get(hash)) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        self.with(|modules| modules.insert(hash, Arc::clone(&made)));
        Ok(made)
    }

    /// Runs a function with the lock held. A panic in another thread cannot have left the map half
    /// changed, so that a poisoned lock is used as it is.
    fn with<R>(&self, run: impl FnOnce(&mut Modules<T>) -> R) -> R {
        run(&mut self.modules.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Modules<T> {
    /// Looks an entry up and stamps it as the most recently used.
    fn get(&mut self, hash: &Checksum256) -> Option<Arc<T>> {
        self.clock += 1;
        let entry = self.by_hash.get_mut(&hash.0)?;
        entry.0 = self.clock;
        Some(Arc::clone(&entry.1))
    }

    /// Inserts a value. Where the cache is full, the entry that was used longest ago is evicted
    /// first: a scan over at most [`CAPACITY`] entries, which is nothing beside making a value.
    fn insert(&mut self, hash: &Checksum256, module: Arc<T>) {
        if self.by_hash.len() >= CAPACITY {
            let oldest = self.by_hash.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(hash, _)| *hash) {
                self.by_hash.remove(&oldest);
            }
        }
        self.by_hash.insert(hash.0, (self.clock, module));
    }
}
