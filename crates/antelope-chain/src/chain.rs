//! The chain: transactions in, blocks out, and its clock.
//!
//! [`Chain`] is a value. It has no threads and no locks: whoever has it mutably executes, and
//! [`LiveChain`] shares one between threads behind a lock. Its parts, by file:
//!
//! | file | what it adds |
//! |---|---|
//! | `push` | executing transactions: by impersonation, signed, packed; read-only actions |
//! | `dry` | executing without keeping anything |
//! | `batch` | executing many, with signatures recovered on other threads |
//! | `blocks` | completing blocks and advancing time |
//! | `deferred`, `features` | what happens at the beginning of a block |
//! | `forking` | accounts and tables of the chain that this one was forked from |
//! | `tables`, `abis` | reading rows, typed or as JSON |
//! | `failure`, `replay` | everything about a transaction that failed |
//! | `durable`, `open_options`, `live` | a chain in a folder; a chain shared by threads |
//! | `recording` | keeping what every block did |
//!
//! # Atomicity
//!
//! A transaction changes the state through an undo session of the ledger and is undone as a whole
//! when it fails. Completing a block works on a fork that replaces the chain at the end. So no
//! error and no panic leaves a chain half changed.
//!
//! # Why cloning is cheap
//!
//! The state and the list of blocks are persistent maps (`imbl`): a clone shares their nodes, and a
//! change copies the path to the changed entry only. Snapshots, forks, read-only actions and
//! checkpoints all are clones.

mod abis;
mod batch;
mod blocks;
#[cfg(feature = "wasm")]
mod contracts;
mod deferred;
mod dry;
pub(crate) mod durable;
mod failure;
mod features;
mod forking;
mod live;
mod open_options;
mod push;
mod recording;
mod replay;
mod tables;

pub use failure::{Failure, UndecodedRow};
pub use live::{BlockProduction, LiveChain};
pub use open_options::OpenOptions;
pub use replay::{Replay, ReplayError};
pub use tables::{IndexedBy, RowError};

use crate::block::{Block, HeaderState, IncrementalMerkle, Pending, Seal};
use crate::history::Recording;
use crate::store::{Attached, Logged};
use antelope_ledger::state::{Missing, State};
use antelope_ledger::{DEVELOPMENT_KEY, Executor, Genesis};
use antelope_types::{ChainError, Checksum256, Feature, PrivateKey, TimePoint};
use imbl::OrdMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A blockchain in this process, booted and with every protocol feature active by default.
///
/// There is always a block in production. Its time is [`now`](Self::now), and
/// [`produce_block`](Self::produce_block) or [`advance`](Self::advance) completes it. Nothing
/// depends on the clock of the machine, so that a sequence of calls always gives the same blocks.
///
/// A clone is a fork: both go on independently, and share their data until they differ. A clone of
/// a chain that is kept in a folder ([`OpenOptions`]) is in memory only.
#[derive(Clone)]
pub struct Chain {
    /// What runs contracts.
    executor: Arc<dyn Executor>,
    /// SHA-256 of the genesis; part of every signed digest.
    chain_id: Checksum256,
    /// How the chain began.
    genesis: Arc<Genesis>,
    /// Accounts, tables, permissions, resources; with what the block in production has done so far.
    pub(crate) state: State,
    /// Complete blocks that are not in the block log: all of them for a chain in memory.
    blocks: OrdMap<u32, Arc<Block>>,
    /// The part of the block log that is valid, for a chain in a folder.
    logged: Logged,
    /// The Merkle tree of the ids of all blocks, which block signatures cover.
    block_ids: IncrementalMerkle,
    /// The states of the blocks that are not irreversible, by number.
    header_states: OrdMap<u32, Arc<HeaderState>>,
    /// The key that blocks are signed with. Never written to disk.
    producer_key: Option<PrivateKey>,
    /// The last complete block.
    head: Arc<Block>,
    /// The block in production.
    pending: Pending,
    /// Protocol features that the next block activates.
    scheduled_features: Vec<Feature>,
    /// How many transactions were made by [`transaction`](Self::transaction). Each gets another
    /// expiration, so that equal actions give transactions with different ids.
    made: u32,
    /// What is recorded of what blocks did, if it is.
    recording: Option<Box<Recording>>,
    /// In a fork, what the beginning of a block has missed.
    wanted: BTreeSet<Missing>,
    /// The folder, if there is one.
    store: Attached,
}

/// A chain at one moment, for [`Chain::revert`].
#[derive(Clone)]
pub struct Snapshot(Chain);

impl Chain {
    /// Starts a chain with this genesis. The first block is complete and the second in production.
    ///
    /// # Errors
    /// Where the genesis is invalid, such as parameters out of their range or protocol features
    /// without those that they depend on.
    pub fn start(genesis: Genesis, executor: Arc<dyn Executor>) -> Result<Self, ChainError> {
        let mut chain = Self::before_second_block(genesis, executor)?;
        chain.start_block(1)?;
        Ok(chain)
    }

    /// A chain with its first block, before the second has begun.
    fn before_second_block(
        genesis: Genesis,
        executor: Arc<dyn Executor>,
    ) -> Result<Self, ChainError> {
        let header = genesis.header();
        let head = Arc::new(Block {
            id: header.id(),
            header,
            transactions: Vec::new(),
            seal: Seal::unsigned(),
        });
        let mut block_ids = IncrementalMerkle::default();
        block_ids.append(head.id);
        Ok(Self {
            executor,
            chain_id: genesis.chain_id(),
            producer_key: producer_key(&genesis),
            state: genesis.state()?,
            genesis: Arc::new(genesis),
            blocks: OrdMap::unit(1, Arc::clone(&head)),
            logged: Logged::default(),
            block_ids,
            header_states: OrdMap::new(),
            pending: Pending::at(head.header.timestamp),
            head,
            scheduled_features: Vec::new(),
            made: 0,
            recording: None,
            wanted: BTreeSet::new(),
            store: Attached::default(),
        })
    }

    /// A fork of the chain that runs contracts by another executor, such as a
    /// [`Profiler`](crate::wasm::Profiler).
    #[must_use]
    pub fn with_executor(&self, executor: Arc<dyn Executor>) -> Self {
        Self {
            executor,
            ..self.clone()
        }
    }

    /// The chain's id: SHA-256 of the genesis.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// The genesis that the chain was started with.
    pub fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// The time of the block in production, which contracts see as the current time.
    pub fn now(&self) -> TimePoint {
        TimePoint::from(self.pending.timestamp)
    }

    /// The state, including the changes of the block in production.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The chain at this moment: state, blocks, clock, and the transactions it has seen. It can be
    /// reverted to any number of times.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.clone())
    }

    /// Goes back to a snapshot. A chain in a folder writes itself there completely; if that fails,
    /// every later transaction fails with `database_exception` (3060000).
    pub fn revert(&mut self, snapshot: &Snapshot) {
        let store = std::mem::take(&mut self.store);
        let recorded = self.records_history();
        *self = snapshot.0.clone();
        self.store = store;
        if recorded {
            // Of a snapshot that was taken before the recording began, it begins anew.
            self.record_history();
        }
        self.replace_stored();
    }
}

/// Parts of a value from which on dropping it is left to another thread.
const MANY: usize = 500;

/// Drops a value of so many parts. Where they are many it is done on a thread of its own: the chain is
/// locked here, and giving back the memory of thousands of transactions takes milliseconds.
fn discard<T: Send + 'static>(parts: usize, value: T) {
    if parts >= MANY {
        let thread = std::thread::Builder::new().name("discard".to_owned());
        // Without a thread it is dropped here.
        let _ = thread.spawn(move || drop(value));
    }
}

/// The private key of a chain whose genesis has the development key, which is public knowledge.
fn producer_key(genesis: &Genesis) -> Option<PrivateKey> {
    let known = genesis.initial_key == Genesis::default().initial_key;
    known.then_some(DEVELOPMENT_KEY)
}
