//! What was found out of code, such as its compiled module, by its hash.

use antelope_types::Checksum256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept.
const CAPACITY: usize = 256;

/// What was used last.
pub(super) struct Cache<T> {
    modules: Mutex<Modules<T>>,
}

struct Modules<T> {
    clock: u64,
    by_hash: HashMap<[u8; 32], (u64, Arc<T>)>,
}

impl<T> Cache<T> {
    pub(super) fn new() -> Self {
        let modules = Modules {
            clock: 0,
            by_hash: HashMap::new(),
        };
        Self {
            modules: Mutex::new(modules),
        }
    }

    /// The module of this hash, made where there is none yet.
    ///
    /// Two threads may make the same module at once; others are not held up meanwhile.
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

    fn with<R>(&self, run: impl FnOnce(&mut Modules<T>) -> R) -> R {
        run(&mut self.modules.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Modules<T> {
    fn get(&mut self, hash: &Checksum256) -> Option<Arc<T>> {
        self.clock += 1;
        let entry = self.by_hash.get_mut(&hash.0)?;
        entry.0 = self.clock;
        Some(Arc::clone(&entry.1))
    }

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
