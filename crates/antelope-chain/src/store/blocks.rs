//! The block log, in the format that nodes keep theirs in: `blocks.log` and `blocks.index`.
//!
//! The log is written by checkpoints, and they say how much of it is whole: what comes after that is
//! cut off and written again. Blocks since the last checkpoint are in the journal, by what they were
//! made of.

use super::disk::Disk;
use super::{StoreError, io_error};
use crate::block::{Block, SignedBlock, merkle_root};
use antelope_ledger::Genesis;
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{Checksum256, Decoder, Encode, PrivateKey};
use std::io;
use std::sync::Arc;

const LOG: &str = "blocks.log";
const INDEX: &str = "blocks.index";

/// The version of the log: libraries/chain/block_log.cpp of Leap, `genesis_state_or_chain_id_version`.
const VERSION: u32 = 3;

/// What separates the beginning of the log from its blocks.
const TOTEM: u64 = u64::MAX;

/// How much is gathered before it is written.
const CHUNK: usize = 1024 * 1024;

/// Where the header of a block has the id of the one before it.
const PREVIOUS: usize = 4 + 8 + 2;

/// The blocks in the log, from the first on.
#[derive(Clone, Default)]
pub(crate) struct Logged {
    disk: Option<Arc<dyn Disk>>,
    /// How many there are.
    pub(crate) blocks: u32,
    /// The length of the log with them.
    bytes: u64,
}

impl Stored for Logged {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
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
    /// Finds the blocks in this folder, of which the last has this id.
    ///
    /// # Errors
    /// Where the log does not have them.
    pub(crate) fn open(self, disk: &Arc<dyn Disk>, last: Checksum256) -> Result<Self, StoreError> {
        let found = Self {
            disk: Some(Arc::clone(disk)),
            ..self
        };
        if found.blocks > 0 {
            found.restore_index(&**disk)?;
            found.read(found.blocks, last)?;
        }
        Ok(found)
    }

    /// The block with this number, if the log has it; the last of all has this id.
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
        let damaged = |problem: String| damaged(disk, LOG, 0, problem);
        // The log may be another's by now: that of the chain from which this one was forked.
        let ours = number == self.blocks || self.entry(disk, self.blocks)?.0.id == last;
        if block.id != next.unwrap_or(last) || !ours {
            return Err(damaged(format!(
                "block {number} is not the one that was made"
            )));
        }
        let digests = block.transactions.iter().map(|found| found.digest());
        if merkle_root(digests.collect()) != block.header.transaction_mroot {
            return Err(damaged(format!(
                "block {number} does not have its transactions"
            )));
        }
        Ok(Some(block))
    }

    /// A block as the log has it, and what the next one says is its id.
    fn entry(
        &self,
        disk: &dyn Disk,
        number: u32,
    ) -> Result<(Arc<Block>, Option<Checksum256>), StoreError> {
        let place = u64::from(number - 1) * 8;
        let index = disk
            .read(INDEX, place, 16)
            .map_err(io_error(disk, "read", INDEX))?;
        let position =
            |at: usize| Some(u64::from_le_bytes(index.get(at..at + 8)?.try_into().ok()?));
        let end = match number < self.blocks {
            true => position(8),
            false => Some(self.bytes),
        };
        let (Some(start), Some(end)) = (position(0), end.filter(|end| *end <= self.bytes)) else {
            let problem = format!("it does not tell where block {number} is");
            return Err(damaged(disk, INDEX, place, problem));
        };
        let wrong = |problem: &str| {
            let problem = format!("block {number} cannot be read: {problem}");
            damaged(disk, LOG, start, problem)
        };
        let length = end
            .checked_sub(start)
            .ok_or_else(|| wrong("it ends before it begins"))?;
        // With the beginning of the next one.
        let bytes = disk
            .read(LOG, start, length + PREVIOUS as u64 + 32)
            .map_err(io_error(disk, "read", LOG))?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (own, next) = bytes
            .split_at_checked(length)
            .ok_or_else(|| wrong("the log ends in it"))?;
        let mut input = Decoder::new(own);
        let signed = SignedBlock::read(&mut input).map_err(|Malformed(problem)| wrong(problem))?;
        if input.rest() != start.to_le_bytes() || signed.block.number() != number {
            return Err(wrong("it is another, or has another place"));
        }
        let previous = next.get(PREVIOUS..PREVIOUS + 32);
        let next = previous.and_then(|id| id.try_into().ok()).map(Checksum256);
        Ok((signed.block, next.filter(|_| number < self.blocks)))
    }

    /// Writes blocks after these, in place of whatever is there; the log with them.
    pub(crate) fn append(
        &self,
        disk: &Arc<dyn Disk>,
        genesis: &Genesis,
        blocks: &[Arc<Block>],
        key: Option<&PrivateKey>,
    ) -> Result<Self, StoreError> {
        let mut bytes = self.bytes;
        let mut write = || {
            let (log, index) = if self.blocks == 0 {
                let log = disk.create(LOG)?;
                let beginning = beginning(genesis);
                bytes = beginning.len() as u64;
                log.append(&beginning)?;
                (log, disk.create(INDEX)?)
            } else {
                let (log, index) = (disk.open(LOG)?, disk.open(INDEX)?);
                log.truncate(self.bytes)?;
                index.truncate(u64::from(self.blocks) * 8)?;
                (log, index)
            };
            let (mut chunk, mut positions) = (Vec::new(), Vec::new());
            for block in blocks {
                let signed = SignedBlock::sign(block, key).map_err(io::Error::other)?;
                let (encoded, position) = (signed.to_bytes(), bytes.to_le_bytes());
                bytes += encoded.len() as u64 + 8;
                chunk.extend(encoded);
                chunk.extend(position);
                positions.extend(position);
                if chunk.len() >= CHUNK {
                    log.append(&chunk)?;
                    chunk.clear();
                }
            }
            log.append(&chunk)?;
            index.append(&positions)?;
            log.sync()?;
            index.sync()?;
            disk.sync()
        };
        write().map_err(io_error(&**disk, "write", LOG))?;
        Ok(Self {
            disk: Some(Arc::clone(disk)),
            blocks: self.blocks + blocks.len() as u32,
            bytes,
        })
    }

    /// Makes an index anew from the log, if it is not whole: each block is followed by its place.
    fn restore_index(&self, disk: &dyn Disk) -> Result<(), StoreError> {
        let failed = |doing| io_error(disk, doing, INDEX);
        let length = disk.len(INDEX).map_err(failed("read"))?;
        let whole = u64::from(self.blocks) * 8;
        let last = whole - 8;
        if length >= whole {
            let index = disk.read(INDEX, last, 8).map_err(failed("read"))?;
            if Some(index) == self.place_before(disk, self.bytes)? {
                return Ok(());
            }
        }
        let mut places = Vec::new();
        let mut end = self.bytes;
        for number in (1..=self.blocks).rev() {
            let place = self.place_before(disk, end)?;
            let place = place.and_then(|place| place.try_into().ok());
            let start = place.map(u64::from_le_bytes).filter(|start| *start < end);
            let Some(start) = start else {
                let problem = format!("block {number} is not followed by its place");
                return Err(damaged(disk, LOG, end, problem));
            };
            places.push(start);
            end = start;
        }
        let bytes: Vec<u8> = places.iter().rev().flat_map(|p| p.to_le_bytes()).collect();
        let write = || {
            let index = disk.create(INDEX)?;
            index.append(&bytes)?;
            index.sync()?;
            disk.sync()
        };
        write().map_err(failed("write"))
    }

    /// The place that stands before this one in the log.
    fn place_before(&self, disk: &dyn Disk, end: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(from) = end.checked_sub(8) else {
            return Ok(None);
        };
        let place = disk.read(LOG, from, 8);
        let place = place.map_err(io_error(disk, "read", LOG))?;
        Ok((place.len() == 8).then_some(place))
    }
}

/// What the log of a chain begins with.
fn beginning(genesis: &Genesis) -> Vec<u8> {
    let mut bytes = VERSION.to_bytes();
    // The number of the first block.
    bytes.extend(1u32.to_bytes());
    bytes.extend(genesis.packed());
    bytes.extend(TOTEM.to_bytes());
    bytes
}

fn damaged(disk: &dyn Disk, name: &str, position: u64, problem: String) -> StoreError {
    StoreError::Damaged {
        path: disk.path().join(name),
        position,
        problem,
    }
}
