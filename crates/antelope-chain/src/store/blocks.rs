//! The block log, in the format of nodes: `blocks.log` and `blocks.index`.
//!
//! | `blocks.log` | bytes |
//! |---|---|
//! | version, 3 | 4 |
//! | number of the first block, 1 | 4 |
//! | genesis | as nodes pack it |
//! | totem, all ones | 8 |
//! | for each block: the block, then its own position | variable, 8 |
//!
//! `blocks.index` has the position of each block, 8 bytes each. How both are written and read is in
//! [`indexed`](super::indexed).
//!
//! The log is written by the thread that writes checkpoints, before each checkpoint; the checkpoint
//! says how many blocks and bytes of it are valid. What follows was written for a checkpoint that
//! never appeared: it is cut off and written again. Blocks after the last checkpoint are in the
//! journal, as the transactions that they were made of.
//!
//! A log is trusted no more than its last id: each block that is read is checked to be the one that
//! the next block, or the chain, refers to, and to have the transactions that its header commits
//! to.
//!
//! The positions in the index make a look-up two reads. The index is not trusted either: it only
//! says where to look, and what is found there must be the right block.

use super::StoreError;
use super::disk::Disk;
use super::indexed::{IndexedLog, Valid};
use crate::block::{Block, SignedBlock, merkle_root};
use antelope_ledger::Genesis;
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{Checksum256, Decoder, Encode, PrivateKey};
use std::io;
use std::sync::Arc;

/// The blocks.
pub(crate) const LOG: &str = "blocks.log";
/// The positions of the blocks.
const INDEX: &str = "blocks.index";

/// The version of the log: `genesis_state_or_chain_id_version` in `libraries/chain/block_log.cpp`
/// of Leap.
const VERSION: u32 = 3;

/// Separates the preamble from the blocks.
const TOTEM: u64 = u64::MAX;

/// Offset in an encoded block of the id of the previous one: after timestamp (4), producer (8) and
/// confirmed (2).
const PREVIOUS: usize = 4 + 8 + 2;

/// How much of the log is valid: all blocks from the first one on. A value, not a handle: a fork of
/// a chain has its own, and notices when the chain that owns the folder has replaced the log.
#[derive(Clone, Default)]
pub(crate) struct Logged {
    /// The folder; `None` in a chain that is not in one.
    disk: Option<Arc<dyn Disk>>,
    /// Number of blocks, which is the number of the last one.
    pub(crate) blocks: u32,
    /// Length of the log up to and with them.
    bytes: u64,
}

impl Stored for Logged {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            // Given when the checkpoint is opened.
            disk: _,
            blocks,
            bytes,
        } = self;
        blocks.store(out);
        bytes.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            disk: None,
            blocks: Stored::restore(input)?,
            bytes: Stored::restore(input)?,
        })
    }
}

impl Logged {
    /// Attaches the folder and verifies that the log has these blocks, the last one with the id
    /// `last`. A damaged index is made anew.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the log does not have them, [`StoreError::Io`] where it cannot
    /// be read.
    pub(crate) fn open(self, disk: &Arc<dyn Disk>, last: Checksum256) -> Result<Self, StoreError> {
        let found = Self {
            disk: Some(Arc::clone(disk)),
            ..self
        };
        if found.blocks > 0 {
            log(&**disk).restore_index(found.valid())?;
            found.read(found.blocks, last)?;
        }
        Ok(found)
    }

    /// Whether the folder still has the log with all of these blocks. Their contents are verified
    /// when they are read.
    pub(crate) fn is_there(&self, disk: &dyn Disk) -> bool {
        self.blocks == 0 || disk.len(LOG).is_ok_and(|length| length >= self.bytes)
    }

    /// The block with this number, if the log has it. `last` is the id of the last block in the
    /// log.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the block is not the one that belongs there;
    /// [`StoreError::Io`].
    pub(crate) fn read(
        &self,
        number: u32,
        last: Checksum256,
    ) -> Result<Option<Arc<Block>>, StoreError> {
        let Some(disk) = self.disk.as_deref() else {
            return Ok(None);
        };
        if number == 0 || number > self.blocks {
            return Ok(None);
        }
        let (block, next) = self.entry(disk, number)?;
        let damaged = |problem: String| log(disk).damaged(0, problem);
        // A fork keeps reading from the folder of the chain it was made from. That chain may have
        // been reverted and have written other blocks since.
        let ours = number == self.blocks || self.entry(disk, self.blocks)?.0.id == last;
        if block.id != next.unwrap_or(last) || !ours {
            return Err(damaged(format!(
                "block {number} is not the one that this chain made"
            )));
        }
        let digests = block.transactions.iter().map(|found| found.digest());
        if merkle_root(digests.collect()) != block.header.transaction_mroot {
            return Err(damaged(format!(
                "the transactions of block {number} do not match its header"
            )));
        }
        Ok(Some(block))
    }

    /// The block at this number as the log has it, and the id that the next block gives for it
    /// (`None` for the last one). `number` is from 1 to [`blocks`](Self::blocks).
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the index has no valid position, or what is there is not this
    /// block; whether it is this chain's is for the caller to test. [`StoreError::Io`].
    fn entry(
        &self,
        disk: &dyn Disk,
        number: u32,
    ) -> Result<(Arc<Block>, Option<Checksum256>), StoreError> {
        let log = log(disk);
        let (start, end) = log.span(self.valid(), number)?;
        let wrong = |problem: &str| {
            let problem = format!("block {number} cannot be read: {problem}");
            log.damaged(start, problem)
        };
        // Together with the beginning of the next block, for its `previous`.
        let length = end - start;
        let bytes = log.read(start, length + PREVIOUS as u64 + 32)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (own, next) = bytes
            .split_at_checked(length)
            .ok_or_else(|| wrong("the log ends in it"))?;
        let mut input = Decoder::new(own);
        let signed = SignedBlock::read(&mut input).map_err(|Malformed(problem)| wrong(problem))?;
        if input.rest() != start.to_le_bytes() || signed.block.number() != number {
            return Err(wrong("its number or its position is wrong"));
        }
        let previous = next.get(PREVIOUS..PREVIOUS + 32);
        let next = previous.and_then(|id| id.try_into().ok()).map(Checksum256);
        Ok((signed.block, next.filter(|_| number < self.blocks)))
    }

    /// Writes blocks after the valid part of the log, replacing whatever follows it, and syncs both
    /// files. Returns the log with them. Called on the checkpoint thread; holds no lock.
    ///
    /// # Errors
    /// [`StoreError::Io`]. The valid part is untouched then.
    pub(crate) fn append(
        &self,
        disk: &Arc<dyn Disk>,
        genesis: &Genesis,
        blocks: &[Arc<Block>],
        key: Option<&PrivateKey>,
    ) -> Result<Self, StoreError> {
        let signed = blocks.iter().map(|block| {
            let signed = SignedBlock::sign(block, key).map_err(io::Error::other)?;
            Ok(signed.to_bytes())
        });
        let written = log(&**disk).append(self.valid(), &beginning(genesis), signed)?;
        Ok(Self {
            disk: Some(Arc::clone(disk)),
            blocks: written.entries,
            bytes: written.bytes,
        })
    }

    /// The valid part, as [`IndexedLog`] has it: the first entry is of block 1.
    fn valid(&self) -> Valid {
        Valid {
            first: 1,
            entries: self.blocks,
            bytes: self.bytes,
        }
    }
}

/// The log of a folder.
fn log(disk: &dyn Disk) -> IndexedLog<'_> {
    let (name, index) = (LOG, INDEX);
    IndexedLog { disk, name, index }
}

/// The preamble of the log of a chain: what stands before its first block.
fn beginning(genesis: &Genesis) -> Vec<u8> {
    let mut bytes = VERSION.to_bytes();
    // The number of the first block.
    bytes.extend(1u32.to_bytes());
    bytes.extend(genesis.packed());
    bytes.extend(TOTEM.to_bytes());
    bytes
}
