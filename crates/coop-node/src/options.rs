//! How a node is started.

use crate::beginning::Boot;
use crate::clock::WallClock;
use antelope_chain::api;
use antelope_chain::{Detail, Durability};
use antelope_rpc::{Cors, ForkOptions};
use antelope_types::{PrivateKey, TimePoint};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How a node is started. The defaults are those of `veche node` without arguments.
#[derive(Clone, Debug)]
pub struct NodeOptions {
    /// Where HTTP is answered; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where indexers follow the chain as with the state history plugin of nodeos. None: nowhere. On
    /// a folder that was kept without, it begins with the next block.
    pub state_history: Option<SocketAddr>,
    /// How much state history tells of traces.
    pub trace_detail: Detail,
    /// Where the chain is kept. None: nothing is kept when the node ends.
    pub data: Option<PathBuf>,
    /// When blocks are made.
    pub production: Production,
    /// The node whose accounts and tables are taken over when they are needed. A new chain begins with
    /// its `eosio` and nothing else, and without `boot`; a chain that is there must be a fork of it. One
    /// that is a fork goes on without being told.
    pub fork: Option<ForkOptions>,
    /// What a new chain begins with; [`Boot::Sample`] where not given. A chain that is there keeps what
    /// it has.
    pub boot: Option<Boot>,
    /// When a call waits for the disk. Without `data` nothing waits.
    pub durability: Durability,
    /// After how many transactions and blocks the whole chain is written in the background, so that the
    /// next start has less to execute and the blocks before it leave memory.
    pub checkpoint_every: u64,
    /// Whether the calls under `/v1/dev/` are there, by which anybody who reaches the node moves its
    /// time and acts as anybody.
    pub development: bool,
    /// A socket in the file system to answer on as well, for programs of this machine. Whoever may
    /// write to its folder may use it.
    pub unix_socket: Option<PathBuf>,
    /// Whether errors have their first message only, as those of nodeos have by default. The further
    /// messages say in which action something failed, and what a contract has printed.
    pub terse_errors: bool,
    /// Which web pages may read answers.
    pub cors: Cors,
    /// Names of this node in the header `Host`, beside its addresses and `localhost`.
    pub hosts: Vec<String>,
    /// The key that blocks are signed with, and the key of `eosio` on a new chain. None: the
    /// development key, which everybody knows.
    pub producer_key: Option<PrivateKey>,
    /// Where the sources of the contracts are, to be built.
    pub workspace: PathBuf,
    /// Built contracts, `<folder>/soviet/soviet.wasm` and so on, instead of building them.
    pub contracts: Option<PathBuf>,
    /// The time at which a new chain begins; the clock's where not given.
    pub start_time: Option<TimePoint>,
    /// The clock.
    pub clock: WallClock,
}

impl Default for NodeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8888)),
            state_history: None,
            trace_detail: Detail::default(),
            data: None,
            production: Production::default(),
            fork: None,
            boot: None,
            durability: Durability::default(),
            checkpoint_every: 5_000,
            development: false,
            unix_socket: None,
            terse_errors: false,
            cors: Cors::default(),
            hosts: Vec::new(),
            producer_key: None,
            workspace: PathBuf::from("."),
            contracts: None,
            start_time: None,
            clock: WallClock::default(),
        }
    }
}

/// When blocks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Production {
    /// At this interval, with the time of the clock. Below 500 ms the chain's time runs ahead, since
    /// blocks are 500 ms apart.
    Every(Duration),
    /// After each transaction. Time stands still in between.
    PerTransaction,
    /// When somebody asks for one.
    OnDemand,
}

impl Production {
    /// What a transaction does.
    pub(crate) fn of_transactions(self) -> api::Production {
        match self {
            Self::PerTransaction => api::Production::PerTransaction,
            Self::Every(_) | Self::OnDemand => api::Production::OnDemand,
        }
    }
}

impl Default for Production {
    fn default() -> Self {
        Self::Every(Duration::from_millis(500))
    }
}
