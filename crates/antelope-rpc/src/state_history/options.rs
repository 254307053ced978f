//! How sessions are bounded.

use std::time::Duration;

/// Bounds of a [`StateHistory`](crate::StateHistory) server. nodeos has none of them but the length
/// of a request, which it takes up to 16 MiB.
#[derive(Clone, Debug)]
pub struct StateHistoryOptions {
    /// The most sessions at a time. The next client is answered with status 503.
    pub max_sessions: usize,
    /// The longest request, in bytes. The only long one asks for blocks and lists those that the
    /// client has, with 36 bytes each; the default has room for 7,000 of them.
    pub max_request: usize,
    /// How long a client may take for the handshake.
    pub handshake_timeout: Duration,
    /// How often a client that says nothing is pinged.
    pub ping_every: Duration,
    /// How long a client may accept no byte, or leave pings without an answer, before its session
    /// ends. An indexer that waits for its database meanwhile is no worse off below that.
    pub patience: Duration,
}

impl Default for StateHistoryOptions {
    fn default() -> Self {
        Self {
            max_sessions: 100,
            max_request: 256 << 10,
            handshake_timeout: Duration::from_secs(10),
            ping_every: Duration::from_secs(30),
            patience: Duration::from_secs(600),
        }
    }
}
