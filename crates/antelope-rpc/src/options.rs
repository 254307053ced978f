//! How a server is bounded, and whom it answers.

use crate::production::Producing;
use crate::state_history::StateHistoryCounts;
use crate::upstream::ForkSource;
use antelope_chain::api::WaitingBounds;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Bounds of a server, and the origins and hosts that it answers. The defaults serve a wallet in a
/// browser on this machine; where nodeos has an option of the same meaning, it is named.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a client may take to send the head of a request, and how long a connection is kept
    /// open between two requests. nodeos has no such bound.
    pub head_timeout: Duration,
    /// How long a client may take to send the body of a request.
    pub body_timeout: Duration,
    /// How long a client may take to accept a part of its answer.
    pub write_timeout: Duration,
    /// The longest body of a request, in bytes (`max-body-size`, 2 MiB).
    pub max_body: usize,
    /// The most bytes of requests and answers that are held at a time
    /// (`http-max-bytes-in-flight-mb`, 500 MiB). A request beyond it is answered with 503.
    pub max_bytes: usize,
    /// The most connections at a time. More wait in the listener's queue. It is lowered to what the
    /// system's limit of open files allows.
    pub max_connections: usize,
    /// The most calls that run at a time (`http-threads`). Each occupies a thread, also while it
    /// waits for the disk.
    pub max_calls: usize,
    /// The most calls that wait for one of `max_calls` (`http-max-in-flight-requests`). The next is
    /// answered with 503.
    pub max_waiting: usize,
    /// How much may wait for the next block where the block in production has no room for it
    /// (`incoming-transaction-queue-size-mb`). What comes beyond it is refused with
    /// `tx_resource_exhaustion`. None: a transaction that does not fit into the block in production is
    /// refused with the error of the block.
    pub waiting_transactions: Option<WaitingBounds>,
    /// Whether errors have all their messages (`verbose-http-errors`); otherwise the first one. On by
    /// default, unlike nodeos: the further messages say in which action it happened.
    pub verbose_errors: bool,
    /// Whether the calls under `/v1/dev/` are there, by which anybody who reaches this server moves
    /// its time, acts as any account and goes back to earlier states. Off by default.
    pub development: bool,
    /// Who makes the blocks, for `/v1/dev/production` to ask. None: nobody, so that the call may start a
    /// clock.
    pub production: Option<Arc<dyn Producing>>,
    /// The node that the chain is a fork of, for `/v1/dev/get_fork` to tell of.
    pub fork: Option<ForkSource>,
    /// A socket in the file system to listen on as well (`unix-socket-path`). Whoever may write to
    /// its folder may use it; `Host` is not looked at.
    pub unix_socket: Option<PathBuf>,
    /// What the sessions of a [`StateHistory`](crate::StateHistory) server count, to be shown by
    /// `/metrics`.
    pub state_history: Option<StateHistoryCounts>,
    /// Which web pages may read answers.
    pub cors: Cors,
    /// Names of this server in the header `Host`, beside its addresses and `localhost`
    /// (`http-alias`). None: every name is accepted (`http-validate-host = false`). With a list, a
    /// web page cannot reach the server through a name of its own that leads to this machine.
    pub hosts: Option<Vec<String>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            max_body: 2 << 20,
            max_bytes: 500 << 20,
            max_connections: 16_384,
            max_calls: 64,
            max_waiting: 4096,
            waiting_transactions: Some(WaitingBounds::default()),
            verbose_errors: true,
            development: false,
            production: None,
            fork: None,
            unix_socket: None,
            state_history: None,
            cors: Cors::default(),
            hosts: Some(Vec::new()),
        }
    }
}

/// The `Access-Control-…` headers of every answer, as nodeos writes them.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    /// `access-control-allow-origin`: `*`, or one origin such as `https://desk.example`. None: no
    /// web page of another origin may read answers.
    pub allow_origin: Option<String>,
    /// `access-control-allow-headers`.
    pub allow_headers: Option<String>,
    /// `access-control-max-age`, in seconds.
    pub max_age: Option<String>,
    /// `access-control-allow-credentials`.
    pub allow_credentials: bool,
}
