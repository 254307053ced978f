//! A chain that is a fork of another node's, and takes over accounts and tables when they are first
//! needed.
//!
//! [`ForkSource`] is what a chain asks ([`Source`]). What it fetches becomes part of the chain's state,
//! so that it is fetched once, is in the chain's folder, and is what a snapshot goes back to. It also
//! remembers it itself while it runs: what a revert has taken away is given again as it was.
//!
//! # What can be had of a node
//!
//! | what | how | limits |
//! |---|---|---|
//! | an account | `get_account`, `get_raw_code_and_abi` | no counters of receipts, no times of permissions, no usage of the last day |
//! | a table in one scope | `get_table_by_scope`, `get_table_rows`; see `rows` | whole, up to [`ForkOptions::max_rows`] |
//! | its indexes | `get_table_rows` by each index; see `indexes` | floats only where their digits are exact; the payer of an entry is taken to be that of its row |
//! | parameters of the chain | `get_consensus_parameters` | once, in the beginning |
//! | protocol features | `get_activated_protocol_features` | a chain that is there keeps its own |
//! | lists: the scopes of a table, the accounts of a key | cannot be taken over a part at a time | the chain refuses such calls, with the address of the node |
//! | waiting transactions, history, producers' schedules | not at all | the fork has its own |
//!
//! A table of a contract that has no ABI, or one without the table, cannot be read: nodes refuse it.
//!
//! Where something cannot be had the transaction or the call that needs it fails, with the reason. It
//! never goes on with less.
//!
//! # The other chain moves on
//!
//! Nodes tell the state of their newest block only, so that what is fetched later is of a later block.
//! A fork of an earlier block is refused. [`ForkSource::last_read_block`] and the chain's origin say of
//! which blocks what is here is.
//! A node that is of another chain than before, or has fewer blocks than the fork began with, is
//! refused.
//!
//! Nothing is ever sent to the other node but calls that read.

mod account;
mod fetch;
mod indexes;
mod parameters;
mod remote;
mod rows;
mod table;

pub(crate) use account::authority;
pub(crate) use remote::{Remote, other, read_scope};
pub(crate) use table::{Keys, Table};

use antelope_chain::api::Api;
use antelope_chain::{Chain, Fetched, Missing, Origin};
use antelope_rpc_client::{Client, ClientOptions};
use antelope_types::{ChainError, ErrorKind, Feature, FeatureSet, name};
use fetch::Reading;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Blocks that a fork makes in the beginning at most, until `onblock` misses nothing any more.
const FIRST_BLOCKS: usize = 20;

/// How another node is forked.
///
/// The defaults suit a public node: tables of tokens and proposals fit, and tables of all voters of a
/// large chain do not.
#[derive(Clone, Debug)]
pub struct ForkOptions {
    /// Where the other node answers, such as `https://node.example`.
    pub url: String,
    /// The block to fork; none for the newest. Nodes tell the state of the newest only, so that any
    /// other is refused.
    pub block: Option<u32>,
    /// The most rows of a table in one scope, 50 000 by default. A transaction that touches a larger
    /// one fails.
    pub max_rows: usize,
    /// How long one request to the other node may take, 10 s by default.
    pub timeout: Duration,
    /// How long everything that one transaction misses at a time may take to be read, 90 s by
    /// default. Waiting for what another transaction reads counts.
    pub patience: Duration,
}

impl ForkOptions {
    /// The defaults, for this node.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            block: None,
            max_rows: 50_000,
            timeout: Duration::from_secs(10),
            patience: Duration::from_secs(90),
        }
    }
}

/// The node that a chain is a fork of. Clones are the same.
///
/// ```no_run
/// use antelope_chain::api::{Api, Production};
/// use antelope_chain::{Chain, Genesis, NoContracts};
/// use antelope_rpc::{ForkOptions, ForkSource};
/// use antelope_types::name;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let source = ForkSource::connect(ForkOptions::new("https://node.example"))?;
/// let genesis = Genesis {
///     features: source.features()?,
///     ..Genesis::default()
/// };
/// let chain = Chain::start(genesis, Arc::new(NoContracts))?;
/// let api = Api::new(chain, Production::PerTransaction);
/// source.begin(&api, true)?;
/// // Asks the other node, once.
/// api.client().get_account(name!("eosio.token"))?;
/// # Ok(()) }
/// ```
///
/// One fetch runs at a time. Whoever waits for one that gets no answer gets its error, so that a node
/// that does not answer costs the time of one request and not of one after the other. Other errors
/// are only of those that miss the same.
///
/// A source reads for one chain. A chain that was reverted to a fork of another node is refused: it
/// needs the source of that one, by [`attach`](Self::attach).
#[derive(Clone)]
pub struct ForkSource(Arc<Shared>);

struct Shared {
    options: ForkOptions,
    client: Client,
    /// The newest block of the other node when something was last fetched.
    last_block: AtomicU32,
    /// Never held while something is read.
    state: Mutex<Reading>,
    /// Told when a call has ended that has read.
    ended: Condvar,
}

/// The answer of `get_activated_protocol_features`.
#[derive(Deserialize)]
struct Activated {
    activated_protocol_features: Vec<Digest>,
}

#[derive(Deserialize)]
struct Digest {
    feature_digest: antelope_types::Checksum256,
}

impl ForkSource {
    /// Asks the other node for its newest block.
    ///
    /// # Errors
    /// Where the address is not one, the node does not answer, or another block than its newest is
    /// asked for.
    pub fn connect(options: ForkOptions) -> Result<Self, ChainError> {
        let source = Self::unread(options)?;
        let info = source.remote(source.deadline()).info()?;
        if let Some(block) = source.0.options.block
            && block != info.head_block_num
        {
            let problem = format!(
                "block {block} cannot be forked: nodes tell the state of their newest block only, \
                 which is {}; fork `latest`, or a node that has stopped at block {block}",
                info.head_block_num
            );
            return Err(invalid(problem));
        }
        source.saw(info.head_block_num);
        source.lock().origin = Some(Origin {
            url: source.0.client.url().to_owned(),
            chain_id: info.chain_id,
            head_block_num: info.head_block_num,
            head_block_id: info.head_block_id,
            head_block_time: info.head_block_time,
            total_net_weight: info.total_net_weight,
            total_cpu_weight: info.total_cpu_weight,
        });
        Ok(source)
    }

    /// Goes on with a chain that was made a fork earlier, such as one in a folder. The other node is
    /// asked when something is missed. Where `options` have another address, that is asked: it must be
    /// of the same chain.
    ///
    /// # Errors
    /// Where the address is not one, or the chain is not a fork.
    pub fn resume(options: ForkOptions, api: &Api) -> Result<Self, ChainError> {
        let origin = api.fork().origin().cloned();
        let origin = origin.ok_or_else(|| invalid("this chain is not a fork of another".into()))?;
        let source = Self::unread(options)?;
        source.saw(origin.head_block_num);
        source.lock().origin = Some(origin);
        source.attach(api);
        Ok(source)
    }

    fn unread(options: ForkOptions) -> Result<Self, ChainError> {
        let limits = ClientOptions {
            timeout: options.timeout,
            ..ClientOptions::default()
        };
        let client = Client::with_options(&options.url, &limits);
        let client = client.map_err(|error| invalid(error.to_string()))?;
        Ok(Self(Arc::new(Shared {
            options,
            client,
            last_block: AtomicU32::new(0),
            state: Mutex::default(),
            ended: Condvar::new(),
        })))
    }

    /// Makes the chain a fork: from now on, what it misses is taken over. With `system`, its account
    /// `eosio` becomes that of the other chain, with its contract, its own keys of it are not valid any
    /// more, and the parameters of the chain are the other's. The chain's time goes on to that of the
    /// other, if that is later.
    ///
    /// # Errors
    /// Where the chain is a fork already, or the other node cannot be read; the chain is as before
    /// then.
    pub fn begin(&self, api: &Api, system: bool) -> Result<Origin, ChainError> {
        let origin = self.lock().origin.clone();
        let origin = origin.ok_or_else(|| invalid("connect to the other node first".into()))?;
        let mut fetched = vec![Fetched::Origin(origin.clone())];
        if system {
            let parameters = self.remote(self.deadline()).parameters()?;
            fetched.extend(parameters.map(Fetched::Parameters));
            let wanted = BTreeSet::from([Missing::Account(name!("eosio"))]);
            fetched.extend(self.read(&wanted)?);
        }
        let before = api.live().with(|chain| {
            if let Some(origin) = chain.origin() {
                let problem = format!(
                    "this chain is a fork of {} already: revert to a snapshot of before, or start \
                     another",
                    origin.url
                );
                return Err(invalid(problem));
            }
            let before = chain.snapshot();
            chain.take_over(fetched)?;
            Ok(before)
        });
        let before = before.map_err(ChainError::from)??;
        self.attach(api);
        let begun = first_blocks(api, &origin);
        if begun.is_err() {
            api.with(|chain| chain.revert(&before));
        }
        begun.map(|()| origin)
    }

    /// What this chain misses is asked here from now on. For another [`Api`] of a chain that was
    /// [begun](Self::begin) as a fork, and for one that was reverted to this fork after another.
    pub fn attach(&self, api: &Api) {
        api.set_source(Arc::new(self.clone()));
    }

    /// The protocol features that are active on the other chain, of those that are known here.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn features(&self) -> Result<FeatureSet, ChainError> {
        let request = json!({ "lower_bound": 0, "limit": 1000 });
        let path = "/v1/chain/get_activated_protocol_features";
        let told: Activated = self.remote(self.deadline()).call(path, &request)?;
        let digests = told.activated_protocol_features.iter();
        let known = digests.filter_map(|told| Feature::by_digest(&told.feature_digest));
        Ok(known.fold(FeatureSet::NONE, FeatureSet::with))
    }

    /// The newest block of the other chain when something was last fetched. Waits for nothing.
    pub fn last_read_block(&self) -> u32 {
        self.0.last_block.load(Ordering::Relaxed)
    }

    fn saw(&self, block: u32) {
        self.0.last_block.store(block, Ordering::Relaxed);
    }

    /// When it is too late for what begins now.
    fn deadline(&self) -> Instant {
        Instant::now() + self.0.options.patience
    }

    /// The way to the other node, until this moment.
    fn remote(&self, until: Instant) -> Remote {
        Remote {
            client: self.0.client.clone(),
            most: self.0.options.max_rows,
            until: Some(until),
        }
    }
}

/// Moves the time on, and makes blocks until they miss nothing.
fn first_blocks(api: &Api, origin: &Origin) -> Result<(), ChainError> {
    api.jump_to(origin.head_block_time)?;
    for _ in 0..FIRST_BLOCKS {
        api.with(Chain::produce_block)?;
        if !api.fetch_wanted()? {
            break;
        }
    }
    Ok(())
}

/// An error of the request.
fn invalid(problem: String) -> ChainError {
    ChainError::new(ErrorKind::InvalidHttpRequest, problem)
}

impl fmt::Debug for ForkSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ForkSource").field(&self.0.options).finish()
    }
}
