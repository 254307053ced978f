//! What the sessions of a server count.
//!
//! | metric | type | what |
//! |---|---|---|
//! | `antelope_state_history_sessions` | gauge | sessions that are open |
//! | `antelope_state_history_refused_total` | counter | connections turned away with 503 |
//! | `antelope_state_history_blocks_total` | counter | results sent for blocks |
//! | `antelope_state_history_bytes_total` | counter | bytes of these results, without framing |
//! | `antelope_state_history_queued_bytes` | gauge | bytes of results that were read and that no websocket has taken yet |
//! | `antelope_state_history_longest_queue_bytes` | gauge | the most of these that one session has had |
//!
//! They are of all sessions together and begin at 0 with the server. Where every client follows the
//! head, each session adds as many blocks as are made; the rate is higher while one catches up, and
//! lower where one has not asked yet, does not acknowledge or reads slowly.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Counters of a [`StateHistory`](crate::StateHistory) server. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct StateHistoryCounts {
    /// Sessions whose handshake is done and that have not ended.
    pub(crate) sessions: Gauge,
    /// Connections for which there was no session.
    pub(crate) refused: Counter,
    /// Results that the websocket has taken.
    pub(crate) blocks: Counter,
    /// The bytes of these.
    pub(crate) bytes: Counter,
    /// The bytes of results that wait in queues of sessions.
    pub(crate) queued: Gauge,
    /// The most bytes that one queue has had.
    pub(crate) longest: Gauge,
}

impl StateHistoryCounts {
    /// Sessions that are open now.
    pub fn sessions(&self) -> u64 {
        u64::try_from(self.sessions.get()).unwrap_or(0)
    }

    /// Connections that were turned away because there were too many sessions.
    pub fn refused(&self) -> u64 {
        self.refused.get()
    }

    /// Results sent for blocks, over all sessions.
    pub fn blocks(&self) -> u64 {
        self.blocks.get()
    }

    /// Bytes of these results, without the framing of the websocket.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Bytes of results that were read for sessions and that no websocket has taken yet, over all
    /// sessions. Each session has at most 256 KiB and one result, however little its client reads.
    pub fn queued(&self) -> u64 {
        u64::try_from(self.queued.get()).unwrap_or(0)
    }

    /// The most bytes that the queue of one session has had so far.
    pub fn longest_queue(&self) -> u64 {
        u64::try_from(self.longest.get()).unwrap_or(0)
    }

    /// Adds the counters to those that `/metrics` shows.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "antelope_state_history_sessions",
            "Open sessions of state history",
            self.sessions.clone(),
        );
        registry.register(
            "antelope_state_history_refused",
            "Connections turned away because there were too many sessions",
            self.refused.clone(),
        );
        registry.register(
            "antelope_state_history_blocks",
            "Results sent for blocks",
            self.blocks.clone(),
        );
        registry.register(
            "antelope_state_history_queued_bytes",
            "Bytes of results that were read and that no websocket has taken yet",
            self.queued.clone(),
        );
        registry.register(
            "antelope_state_history_longest_queue_bytes",
            "The most bytes that the queue of one session has had",
            self.longest.clone(),
        );
        registry.register(
            "antelope_state_history_bytes",
            "Bytes of the results sent for blocks",
            self.bytes.clone(),
        );
    }
}
