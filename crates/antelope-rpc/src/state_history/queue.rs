//! Results of a session that were read and are not sent yet.
//!
//! Its bytes are counted, so that what clients cost that do not read is known and bounded: a batch is
//! full with [`BATCH`] bytes or [`BATCH_RESULTS`] results. The result that fills it is still part of
//! it, however long it is.
//!
//! A result that is being given to the websocket is part of the queue until the websocket has taken
//! all of it. From there on it is in the websocket's buffer, which has a bound of its own.

use crate::state_history::counts::StateHistoryCounts;
use crate::state_history::cursor::Due;
use crate::state_history::result::Loaded;
use std::collections::VecDeque;
use tokio_tungstenite::tungstenite::Message;

/// After how many bytes a batch is full.
const BATCH: usize = 256 << 10;

/// The most results in a batch. Without it, more than a thousand empty blocks would be read for a
/// client that may ask for others meanwhile.
const BATCH_RESULTS: usize = 64;

/// Results that were read together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    results: VecDeque<Loaded>,
    /// Bytes of all of them.
    bytes: usize,
}

impl Batch {
    /// Adds a result; whether there is room for another.
    pub(crate) fn add(&mut self, result: Loaded) -> bool {
        self.bytes += result.len;
        self.results.push_back(result);
        self.bytes < BATCH && self.results.len() < BATCH_RESULTS
    }
}

/// The queue of a session.
#[derive(Debug)]
pub(crate) struct Queue {
    results: VecDeque<Loaded>,
    /// Bytes of all of them, which are in the counts too.
    bytes: usize,
    counts: StateHistoryCounts,
}

impl Queue {
    /// An empty queue, whose bytes are counted here.
    pub(crate) fn new(counts: &StateHistoryCounts) -> Self {
        Self {
            results: VecDeque::new(),
            bytes: 0,
            counts: counts.clone(),
        }
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.results.is_empty()
    }

    /// Replaces what waits by what was read now.
    pub(crate) fn fill(&mut self, batch: Batch) {
        self.clear();
        self.results = batch.results;
        self.set(batch.bytes);
    }

    /// The frames of the first result; `None` where nothing waits.
    pub(crate) fn frames(&self) -> Option<Vec<Message>> {
        self.results.front().map(Loaded::frames)
    }

    /// The websocket has taken the first result: which it was, and its bytes.
    pub(crate) fn taken(&mut self) -> Option<(Due, usize)> {
        let result = self.results.pop_front()?;
        self.set(self.bytes.saturating_sub(result.len));
        Some((result.due, result.len))
    }

    /// Throws everything away; it is read again if it is still due.
    pub(crate) fn clear(&mut self) {
        self.results.clear();
        self.set(0);
    }

    fn set(&mut self, bytes: usize) {
        // Neither is beyond what an address space has.
        let change = bytes as i64 - self.bytes as i64;
        self.counts.queued.inc_by(change);
        self.counts
            .longest
            .inner()
            .fetch_max(bytes as i64, std::sync::atomic::Ordering::Relaxed);
        self.bytes = bytes;
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.set(0);
    }
}
