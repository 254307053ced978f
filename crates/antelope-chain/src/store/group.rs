//! Group commit: of the threads that wait for the disk, one syncs for all.
//!
//! An `fsync` takes milliseconds, execution microseconds. A `LiveChain` therefore releases the
//! chain before it waits. Threads that have written records meet here: the first one starts a sync,
//! those that come meanwhile wait, and the next sync covers all that was written in the meantime.
//!
//! The lock is held for bookkeeping only and never during a sync. It is taken after the chain's
//! lock (by [`wrote`](Group::wrote)) or alone (by [`wait`](Group::wait)), never the other way
//! round.
//!
//! ```text
//! thread A   write 1 | fsync for 1 ........ | done
//! thread B           write 2 | wait ........ | fsync for 2 and 3 ........ | done
//! thread C                   write 3 | wait ........................... | done
//! ```

use super::disk::DiskFile;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Which records are on the disk, and whether a sync is running.
#[derive(Default)]
pub(crate) struct Group {
    state: Mutex<State>,
    /// Signalled when a sync has ended.
    changed: Condvar,
}

/// What the lock protects.
#[derive(Default)]
struct State {
    /// The last record written, and the file that has it. Earlier files are on the disk completely.
    last: Option<(Arc<dyn DiskFile>, u64)>,
    /// The last record known to be on the disk.
    settled: u64,
    /// Whether a thread is syncing now.
    syncing: bool,
    /// Why a sync has failed, if one has. It never recovers: after a failed `fsync` the system may
    /// have dropped the data, and a later success would not mean that they are on the disk.
    failed: Option<String>,
}

impl Group {
    /// Takes the lock; the state is consistent at every moment, so that a panic elsewhere does no
    /// harm.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A record was written and is not on the disk yet. Called with the chain locked, in the order
    /// of records.
    pub(crate) fn wrote(&self, file: &Arc<dyn DiskFile>, sequence: u64) {
        self.lock().last = Some((Arc::clone(file), sequence));
    }

    /// All records up to this one are on the disk, by a sync made elsewhere.
    pub(crate) fn settle(&self, sequence: u64) {
        let mut state = self.lock();
        state.settled = state.settled.max(sequence);
        self.changed.notify_all();
    }

    /// Something beside the journal, or a sync that was made elsewhere, has failed in a way that leaves unknown
    /// what is on the disk.
    pub(crate) fn fail(&self, problem: String) {
        self.lock().failed.get_or_insert(problem);
        self.changed.notify_all();
    }

    /// The last record known to be on the disk, or why that is unknown.
    pub(crate) fn settled(&self) -> Result<u64, String> {
        let state = self.lock();
        state.failed.clone().map_or(Ok(state.settled), Err)
    }

    /// Returns when this record is on the disk. The calling thread syncs itself unless another is
    /// syncing.
    ///
    /// # Errors
    /// The failure of this sync or of an earlier one.
    pub(crate) fn wait(&self, sequence: u64) -> Result<(), String> {
        let mut state = self.lock();
        loop {
            if let Some(problem) = &state.failed {
                return Err(problem.clone());
            }
            if state.settled >= sequence {
                return Ok(());
            }
            let last = state.last.clone().filter(|_| !state.syncing);
            let Some((file, last)) = last else {
                let waited = self.changed.wait(state);
                state = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            state.syncing = true;
            drop(state);
            // Other threads may execute and write meanwhile. Their records are covered by the next
            // sync, which one of them starts.
            let synced = file.sync();
            state = self.lock();
            state.syncing = false;
            match synced {
                Ok(()) => state.settled = state.settled.max(last),
                Err(error) => state.failed = Some(format!("cannot write the journal: {error}")),
            }
            self.changed.notify_all();
        }
    }
}
