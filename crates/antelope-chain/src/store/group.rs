//! Many who wait for the disk: one of them syncs for all.

use super::disk::DiskFile;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Which records are on the disk, and who sees to it.
#[derive(Default)]
pub(crate) struct Group {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The file with the last record, and its number. All that is in other files is on the disk.
    last: Option<(Arc<dyn DiskFile>, u64)>,
    settled: u64,
    syncing: bool,
    failed: Option<String>,
}

impl Group {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A record was written that is not on the disk yet.
    pub(crate) fn wrote(&self, file: &Arc<dyn DiskFile>, sequence: u64) {
        self.lock().last = Some((Arc::clone(file), sequence));
    }

    /// All up to this record is on the disk.
    pub(crate) fn settle(&self, sequence: u64) {
        let mut state = self.lock();
        state.settled = state.settled.max(sequence);
        self.changed.notify_all();
    }

    /// The last record that is on the disk, or why nobody knows.
    pub(crate) fn settled(&self) -> Result<u64, String> {
        let state = self.lock();
        state.failed.clone().map_or(Ok(state.settled), Err)
    }

    /// Waits until this record is on the disk.
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
            // Others write on meanwhile; whoever comes next syncs for them.
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
