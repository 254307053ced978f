//! What the three contracts have executed, from the newest action to the oldest.
//!
//! The chain's state forgets what is finished; the history of actions is the record. Nodes offer it in two
//! forms, of which the first that a node has is used:
//!
//! | call | nodes | a read is |
//! |---|---|---|
//! | `/v1/history/get_actions` | `veche node`, public history providers | a page of actions of one contract |
//! | `/v1/trace_api/get_block` | nodeos with `trace_api_plugin` | a block |
//!
//! Reads are bounded by their number: a chain makes 172 800 blocks a day. Nothing is kept, and what is newer
//! than the last irreversible block may still be undone by a fork.

pub mod keys;
mod listed;
mod recorded;

use crate::cooperative::Contracts;
use crate::error::ReadError;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Checksum256, Name, TimePoint};
use listed::Listed;
use recorded::Recorded;
use serde_json::Value;

/// An action that one of the contracts executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Executed {
    /// Its number in the whole chain.
    pub sequence: u64,
    /// The block.
    pub block: u32,
    /// The time of the block.
    pub time: TimePoint,
    /// The transaction.
    pub transaction: Checksum256,
    /// The contract.
    pub contract: Name,
    /// The action's name.
    pub action: Name,
    /// Its arguments, by the ABI that the contract has now; null where they do not fit it.
    pub data: Value,
}

/// Where a walk through the history begins; it goes back from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// At the newest block.
    #[default]
    Now,
    /// Below this block.
    Block(u32),
    /// At the newest block that is older than this.
    Time(TimePoint),
}

/// A walk back through the history.
#[derive(Debug)]
pub struct History {
    source: Source,
    /// How many reads are left.
    left: u32,
    /// The bound is reached: only what is missing of the current block is still read.
    is_over: bool,
    /// How many reads there were.
    reads: u32,
    is_cut: bool,
    /// The block of the newest action that was returned last.
    block: u32,
}

#[derive(Debug)]
enum Source {
    Listed(Listed),
    Recorded(Recorded),
}

impl History {
    /// Finds out which form of history the node has, and where the walk begins. `most` is how many reads
    /// it may take. It ends between two blocks, so that a few reads more may finish the last one, and has at
    /// least one block: another walk goes on below it.
    ///
    /// # Errors
    /// [`ReadError::NoHistory`] where the node has none; [`ReadError::Client`].
    pub fn open(
        client: &Client,
        contracts: &Contracts,
        before: Before,
        most: u32,
    ) -> Result<Self, ReadError> {
        let source = match Listed::open(client, contracts, before) {
            Ok(listed) => Source::Listed(listed),
            Err(ClientError::Unsupported { .. }) => {
                let recorded = Recorded::open(client, contracts, before)?;
                Source::Recorded(recorded.ok_or(ReadError::NoHistory)?)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            source,
            left: most.max(1),
            is_over: false,
            reads: 0,
            is_cut: false,
            block: 0,
        })
    }

    /// The next older action; none at the beginning of the history, and where the bound is reached.
    ///
    /// # Errors
    /// [`ReadError::Client`].
    pub fn older(&mut self) -> Result<Option<Executed>, ReadError> {
        loop {
            let ready = match &mut self.source {
                Source::Listed(listed) => listed.take(),
                Source::Recorded(recorded) => recorded.take(),
            };
            if let Some(executed) = ready {
                if self.is_over && self.block != 0 && executed.block != self.block {
                    self.is_cut = true;
                    return Ok(None);
                }
                self.block = executed.block;
                return Ok(Some(executed));
            }
            if self.left == 0 {
                // Blocks that are read as such are read whole.
                if let Source::Recorded(_) = self.source {
                    self.is_cut = true;
                    return Ok(None);
                }
                self.is_over = true;
            }
            let read = match &mut self.source {
                Source::Listed(listed) => listed.read()?,
                Source::Recorded(recorded) => recorded.read(self.left)?,
            };
            if read == 0 {
                return Ok(None);
            }
            self.left = self.left.saturating_sub(read);
            self.reads += read;
        }
    }

    /// Whether the walk ended at its bound, and older actions may be there.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// How many reads there were.
    pub fn reads(&self) -> u32 {
        self.reads
    }

    /// The oldest block that was looked at.
    pub fn block(&self) -> u32 {
        match &self.source {
            Source::Listed(_) => self.block,
            Source::Recorded(recorded) => recorded.oldest(),
        }
    }
}
