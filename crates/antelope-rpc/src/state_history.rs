//! State history: what blocks did, over a websocket, as indexers read it from nodeos's
//! `state_history_plugin`.
//!
//! # A session
//!
//! 1. The client connects to any path. The server sends the ABI of everything that follows as a text
//!    message.
//! 2. The client asks, in binary messages; text is taken, too.
//!
//!    | request | answer |
//!    |---|---|
//!    | `get_status_request_v0` | `get_status_result_v0`: head, last irreversible block, which blocks have traces and deltas, chain id |
//!    | `get_blocks_request_v0` | `get_blocks_result_v0` for each block of the range, in order, and for new blocks as they are made |
//!    | `get_blocks_ack_request_v0` | none; as many results may be sent in addition |
//!
//! 3. Each result carries, beside the block that it is about, the head and the last irreversible
//!    block, so that a client sees how far behind it is. `block`, `traces` and `deltas` are there
//!    where they were asked for and the chain has them.
//! 4. A request that cannot be read ends the session, with a close frame that says so. nodeos ends
//!    it without one.
//!
//! Where a range begins, what positions of the client's do, and what happens on a fork, which is
//! here what [`Chain::revert`](antelope_chain::Chain::revert) makes, are in a table in `cursor.rs`;
//! the answers are compared with a node's in `tests/server/history`.
//!
//! The last irreversible block is the chain's own. nodeos tells the one before it here, since it
//! looks before the new block has made it irreversible.
//!
//! # What a client can cost
//!
//! | a client that | is bounded by |
//! |---|---|
//! | sends long requests | [`StateHistoryOptions::max_request`] |
//! | sends requests and reads no answers | a queue of 16, then it is read no further |
//! | does not acknowledge | nothing more is read for it; its session is pinged |
//! | reads slowly, or acknowledges each block | one batch of 256 KiB, or one block, in memory, which [`StateHistoryCounts::queued`] counts, and the buffer of its websocket; its session ends after [`StateHistoryOptions::patience`] without a byte |
//! | is gone without a word | pings, [`StateHistoryOptions::patience`] |
//! | opens many connections | [`StateHistoryOptions::max_sessions`]; the next gets status 503 |
//!
//! Sessions run on threads of their own. They take no lock of the chain, and read and encode blocks
//! on threads that may wait. Sessions that follow the head share one encoding of each new block.
//!
//! # Errors
//! Where the history cannot be read, the session ends with close code 1011 and the log says why;
//! others go on.

mod counts;
mod cursor;
mod options;
mod queue;
mod refusal;
mod result;
mod session;
mod source;

pub use counts::StateHistoryCounts;
pub use options::StateHistoryOptions;

use crate::deadline::Deadline;
use crate::error::ServeError;
use crate::running::{Counted, Running, accepting, bind};
use antelope_chain::LiveChain;
use result::Shelf;
use session::Shared;
use source::Source;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;
use tokio_tungstenite::accept_async_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// Where nodeos listens unless told otherwise (`state-history-endpoint`).
pub const STATE_HISTORY_ENDPOINT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Threads that read and encode blocks.
const READERS: usize = 4;

/// Clients that are turned away at a time with a word; more are without one.
const TURNED_AWAY: usize = 64;

/// How long sessions may take to end when the server is shut down.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// The most that the websocket of a session holds of what the system does not take, in bytes: what it
/// gathers before it writes (128 KiB), and the fragment that it was given then (256 KiB).
const BUFFERED: usize = 512 << 10;

/// What is read of a client at a time, in bytes. Requests are short.
const READ: usize = 16 << 10;

/// A server of state history. It runs on threads of its own until it is dropped.
///
/// ```
/// use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
/// use antelope_rpc::{StateHistory, StateHistoryOptions};
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// chain.record_history();
/// let live = LiveChain::new(chain);
/// let history = StateHistory::start(
///     &live,
///     "127.0.0.1:0".parse()?,
///     StateHistoryOptions::default(),
/// )?;
/// println!("indexers connect to {}", history.url());
/// history.shut_down();
/// # Ok(()) }
/// ```
pub struct StateHistory {
    address: SocketAddr,
    counts: StateHistoryCounts,
    running: Running,
    /// What tells sessions of new blocks; the chain holds it as long as it is here.
    _blocks: Arc<watch::Sender<()>>,
}

impl StateHistory {
    /// Listens on an address; port 0 takes a free one, which [`address`](Self::address) tells.
    ///
    /// # Errors
    /// [`ServeError`]; [`ServeError::NoHistory`] where the chain does not record what blocks do.
    pub fn start(
        live: &LiveChain,
        listen: SocketAddr,
        options: StateHistoryOptions,
    ) -> Result<Self, ServeError> {
        if live.history().is_none() {
            return Err(ServeError::NoHistory);
        }
        let blocks = Arc::new(watch::channel(()).0);
        let heard = Arc::downgrade(&blocks);
        live.on_block(move |_| {
            if let Some(blocks) = heard.upgrade() {
                blocks.send_replace(());
            }
        });
        Self::serve(source::of(live), blocks, listen, options)
    }

    /// Serves any source of blocks, of which `blocks` tells each new one. It is apart from
    /// [`start`](Self::start) for tests, whose chains fork at will.
    ///
    /// # Errors
    /// Where the address cannot be listened on, or the system has no threads.
    fn serve(
        source: Source,
        blocks: Arc<watch::Sender<()>>,
        listen: SocketAddr,
        options: StateHistoryOptions,
    ) -> Result<Self, ServeError> {
        let (listener, address) = bind(listen, "state history")?;
        let running = Running::start("history", 2, READERS)?;
        let counts = StateHistoryCounts::default();
        let shared = Arc::new(Shared {
            source,
            shelf: Shelf::default(),
            options,
            counts: counts.clone(),
            blocks: blocks.subscribe(),
        });
        let stopping = running.stopping();
        running.spawn(|| {
            let listener = TcpListener::from_std(listener);
            let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
            Ok::<_, ServeError>(accept(listener, shared, stopping))
        })?;
        Ok(Self {
            address,
            counts,
            running,
            _blocks: blocks,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, e.g. `ws://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// What its sessions count.
    pub fn counts(&self) -> &StateHistoryCounts {
        &self.counts
    }

    /// Accepts no more clients, tells those that are there by a close frame, and returns when they
    /// are gone; at most after 5 seconds.
    pub fn shut_down(mut self) {
        self.running.end(LAST_WORDS);
    }
}

/// Ends sessions as [`StateHistory::shut_down`] does, but waits for them for a second only.
impl Drop for StateHistory {
    fn drop(&mut self) {
        self.running.end(Duration::from_secs(1));
    }
}

impl fmt::Debug for StateHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateHistory")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Accepts clients until the server stops. Each takes a place of its own, which it holds until its
/// connection is gone; one for which there is none is turned away, by a task of its own, so that it
/// keeps nobody waiting.
async fn accept(listener: TcpListener, shared: Arc<Shared>, stopping: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(shared.options.max_sessions.max(1)));
    let turned_away = Arc::new(Semaphore::new(TURNED_AWAY));
    let next = async || {
        let (stream, _) = listener.accept().await?;
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            let shared = Arc::clone(&shared);
            tokio::spawn(connect(stream, shared, stopping.clone(), place));
            return Ok(());
        }
        shared.counts.refused.inc();
        if let Ok(place) = Arc::clone(&turned_away).try_acquire_owned() {
            let stream = Deadline::new(stream, shared.options.patience);
            tokio::spawn(async move {
                refusal::refuse(stream, "503 Service Unavailable", "too many sessions").await;
                drop(place);
            });
        }
        Ok(())
    };
    accepting(stopping.clone(), next).await;
}

/// One connection, from the handshake on. What goes wrong here concerns this client only, and is
/// logged for debugging: a port that is open to others gets connections of every kind.
async fn connect(
    stream: TcpStream,
    shared: Arc<Shared>,
    mut stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    // Results are small, and a client may wait for each.
    let _ = stream.set_nodelay(true);
    let options = &shared.options;
    let mut stream = Deadline::new(stream, options.patience);
    let config = WebSocketConfig::default()
        .max_message_size(Some(options.max_request))
        .max_frame_size(Some(options.max_request))
        .max_write_buffer_size(BUFFERED)
        .read_buffer_size(READ);
    let handshake = accept_async_with_config(&mut stream, Some(config));
    let accepted = tokio::select! {
        accepted = timeout(options.handshake_timeout, handshake) => accepted,
        _ = stopping.changed() => return,
    };
    match accepted {
        Ok(Ok(socket)) => {
            let _counted = Counted::of(&shared.counts.sessions);
            session::serve(socket, &shared, &mut stopping).await;
        }
        Ok(Err(error)) => {
            tracing::debug!(%error, "a connection is no websocket");
            let what = "expected the handshake of a websocket";
            refusal::refuse(stream, "400 Bad Request", what).await;
        }
        Err(_) => tracing::debug!("a client has not finished its handshake in time"),
    }
}

#[cfg(test)]
mod tests;
