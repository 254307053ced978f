//! The chain: transactions in, blocks out, and its clock.

mod abis;
mod batch;
mod blocks;
#[cfg(feature = "wasm")]
mod contracts;
mod deferred;
mod dry;
mod durable;
mod failure;
mod features;
mod live;
mod open_options;
mod push;
mod replay;
mod tables;

pub use failure::{Failure, UndecodedRow};
pub use live::{BlockProduction, LiveChain};
pub use open_options::OpenOptions;
pub use replay::{Replay, ReplayError};
pub use tables::{IndexedBy, RowError};

use crate::block::{Block, IncrementalMerkle, Pending, Seal};
use crate::store::{Attached, Logged};
use antelope_ledger::state::State;
use antelope_ledger::{DEVELOPMENT_KEY, Executor, Genesis};
use antelope_types::{ChainError, Checksum256, Feature, PrivateKey, TimePoint};
use imbl::OrdMap;
use std::sync::Arc;

/// A chain in this process, as nodes run one: it is booted, with every protocol feature active.
///
/// There is always a block in the making; its time is [`now`](Self::now), and it ends with
/// [`produce_block`](Self::produce_block). Nothing depends on the clock of the machine.
///
/// A clone is a fork, and costs next to nothing however much there is on the chain. Of a chain that is
/// kept in a folder ([`OpenOptions`](crate::OpenOptions)) it is a fork in memory.
#[derive(Clone)]
pub struct Chain {
    executor: Arc<dyn Executor>,
    chain_id: Checksum256,
    genesis: Arc<Genesis>,
    pub(crate) state: State,
    /// The blocks that are not in the log.
    blocks: OrdMap<u32, Arc<Block>>,
    logged: Logged,
    /// The tree of the ids of all blocks.
    block_ids: IncrementalMerkle,
    /// What blocks are signed with.
    producer_key: Option<PrivateKey>,
    head: Arc<Block>,
    pending: Pending,
    /// Protocol features that the next block activates.
    scheduled_features: Vec<Feature>,
    /// Transactions made here; each expires at another second, so that no two are the same.
    made: u32,
    store: Attached,
}

/// A chain as it was.
#[derive(Clone)]
pub struct Snapshot(Chain);

impl Chain {
    /// A chain that begins like this and runs contracts by this executor.
    ///
    /// # Errors
    /// Where the genesis makes no chain.
    pub fn start(genesis: Genesis, executor: Arc<dyn Executor>) -> Result<Self, ChainError> {
        let header = genesis.header();
        let head = Arc::new(Block {
            id: header.id(),
            header,
            transactions: Vec::new(),
            seal: Seal::unsigned(),
        });
        let mut block_ids = IncrementalMerkle::default();
        block_ids.append(head.id);
        let mut chain = Self {
            executor,
            chain_id: genesis.chain_id(),
            producer_key: producer_key(&genesis),
            state: genesis.state()?,
            genesis: Arc::new(genesis),
            blocks: OrdMap::unit(1, Arc::clone(&head)),
            logged: Logged::default(),
            block_ids,
            pending: Pending::at(head.header.timestamp),
            head,
            scheduled_features: Vec::new(),
            made: 0,
            store: Attached::default(),
        };
        chain.start_block(1)?;
        Ok(chain)
    }

    /// A copy of the chain that runs contracts by another executor from here on.
    #[must_use]
    pub fn with_executor(&self, executor: Arc<dyn Executor>) -> Self {
        Self {
            executor,
            ..self.clone()
        }
    }

    /// The chain's id.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// How the chain began.
    pub fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// The time of the block in the making.
    pub fn now(&self) -> TimePoint {
        TimePoint::from(self.pending.timestamp)
    }

    /// The state, with what the block in the making has done so far.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The chain as it is now, to [`revert`](Self::revert) to as often as needed: its state, its
    /// blocks, its clock and which transactions it has seen.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.clone())
    }

    /// Makes the chain what it was. In a folder, all of it is written then, whatever its size; where
    /// that fails, every later transaction says so.
    pub fn revert(&mut self, snapshot: &Snapshot) {
        let store = std::mem::take(&mut self.store);
        *self = snapshot.0.clone();
        self.store = store;
        self.replace_stored();
    }
}

/// The key of a chain that begins with the development key, which everybody knows.
fn producer_key(genesis: &Genesis) -> Option<PrivateKey> {
    let known = genesis.initial_key == Genesis::default().initial_key;
    known.then_some(DEVELOPMENT_KEY)
}
