//! A log of what blocks did, in the format of nodeos's `state_history_plugin`.
//!
//! | `*.log`, for each block | bytes |
//! |---|---|
//! | magic: the name `ship`, version 0 | 8 |
//! | id of the block | 32 |
//! | length of what follows, up to the position | 8 |
//! | 1: the next field is there | 4 |
//! | length of the content, uncompressed | 8 |
//! | content, compressed by zlib | variable |
//! | position of this entry | 8 |
//!
//! `*.index` has the position of each entry, 8 bytes each; how both are written and read is in
//! [`indexed`](crate::store::indexed). All numbers are little-endian. On a node:
//! `libraries/state_history/include/eosio/state_history/log.hpp` of Leap.
//!
//! # Why this format
//!
//! Programs that read the logs of a node read these too. Only the compressed bytes may differ from
//! those of a node: implementations of zlib compress the same content differently.
//!
//! Entries are never changed. Appending writes after the extent that the checkpoint names, and cuts
//! off what is there: it was written for a checkpoint that never appeared.
//!
//! # What is verified
//!
//! Every field is verified when an entry is read; the content has the checksum of zlib (Adler-32).

use crate::store::StoreError;
use crate::store::disk::Disk;
use crate::store::indexed::{IndexedLog, Valid, number_at};
use antelope_ledger::stored::stored_by_field;
use antelope_types::{Checksum256, name};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// The first 8 bytes of an entry: version 0 is in the low bits.
const MAGIC: u64 = name!("ship").raw();

/// Bytes before the payload: magic, id, length.
const HEADER: usize = 8 + 32 + 8;

/// The format of the payload that has the length of its content.
const SIZED: u32 = 1;

/// Bytes of the payload before the compressed content.
const PREFIX: usize = 4 + 8;

/// The level of compression, 0 to 10. Higher ones cost more time than the executing thread does.
const LEVEL: u8 = 1;

/// How much of a log is valid: a value, as [`Logged`](crate::store::Logged) is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The first block.
    pub(crate) first: u32,
    /// How many blocks there are.
    pub(crate) blocks: u32,
    /// Length of the log with them.
    pub(crate) bytes: u64,
}

stored_by_field! {
    Extent { first, blocks, bytes }
}

impl Extent {
    /// Whether a block is in it.
    pub(crate) fn contains(self, number: u32) -> bool {
        number >= self.first && number - self.first < self.blocks
    }

    /// The same as [`IndexedLog`] has it.
    fn valid(self) -> Valid {
        Valid {
            first: self.first,
            entries: self.blocks,
            bytes: self.bytes,
        }
    }

    /// The last block; meaningless where there is none.
    pub(crate) fn last(self) -> u32 {
        self.first + self.blocks.saturating_sub(1)
    }
}

/// One of the logs of a folder, by its name.
#[derive(Clone, Copy)]
pub(crate) struct Log<'a>(IndexedLog<'a>);

/// An entry that was read, and whose magic, length and position were right.
struct Entry {
    /// The id of its block.
    id: Checksum256,
    /// Its compressed content.
    content: Vec<u8>,
    /// The length of the content, uncompressed.
    length: u64,
}

impl<'a> Log<'a> {
    /// The log of traces.
    pub(crate) fn traces(disk: &'a dyn Disk) -> Self {
        let (name, index) = ("trace_history.log", "trace_history.index");
        Self(IndexedLog { disk, name, index })
    }

    /// The log of changes of tables.
    pub(crate) fn deltas(disk: &'a dyn Disk) -> Self {
        let (name, index) = ("chain_state_history.log", "chain_state_history.index");
        Self(IndexedLog { disk, name, index })
    }

    /// Writes entries after the valid part, replacing whatever follows it, and syncs both files.
    ///
    /// # Errors
    /// [`StoreError::Io`]. The valid part is untouched then.
    pub(crate) fn append(
        self,
        extent: Extent,
        entries: impl Iterator<Item = (u32, Checksum256, impl AsRef<[u8]>)>,
    ) -> Result<Extent, StoreError> {
        let mut entries = entries.peekable();
        let first = match (extent.blocks, entries.peek()) {
            (0, Some((number, ..))) => *number,
            _ => extent.first,
        };
        let valid = Valid {
            first,
            ..extent.valid()
        };
        let encoded = entries.map(|(_, id, content)| Ok(entry(id, content.as_ref())));
        let Valid {
            first,
            entries,
            bytes,
        } = self.0.append(valid, &[], encoded)?;
        Ok(Extent {
            first,
            blocks: entries,
            bytes,
        })
    }

    /// The content of the entry of a block, uncompressed. `last` is the id of the last block of the
    /// extent.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the log does not have it, or another chain's;
    /// [`StoreError::Io`].
    pub(crate) fn read(
        self,
        extent: Extent,
        number: u32,
        last: Checksum256,
    ) -> Result<Vec<u8>, StoreError> {
        // A fork keeps reading from the folder of the chain it was made from, which may have been
        // reverted and have written other blocks since.
        if number != extent.last() {
            self.verify_last(extent, last)?;
        }
        let (position, entry) = self.entry(extent, number)?;
        let id = entry.id;
        if number == extent.last() && id != last {
            return Err(self.foreign(extent));
        }
        let limit = usize::try_from(entry.length).unwrap_or(usize::MAX);
        let content = decompress_to_vec_zlib_with_limit(&entry.content, limit);
        match content {
            Ok(content) if content.len() == limit => Ok(content),
            Ok(_) => Err(self
                .0
                .damaged(position, format!("block {number} has another length"))),
            Err(error) => Err(self.0.damaged(position, format!("block {number}: {error}"))),
        }
    }

    /// Verifies that the log has these blocks, the last one with this id, and makes a damaged index
    /// anew.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it does not, [`StoreError::Io`].
    pub(crate) fn open(self, extent: Extent, last: Checksum256) -> Result<(), StoreError> {
        if extent.blocks == 0 {
            return Ok(());
        }
        self.0.restore_index(extent.valid())?;
        self.read(extent, extent.last(), last).map(drop)
    }

    /// Verifies that the last entry is of the block with this id, without reading its content. Block
    /// ids chain, so that the entries before it are then those of the same chain.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is of another block, [`StoreError::Io`].
    fn verify_last(self, extent: Extent, last: Checksum256) -> Result<(), StoreError> {
        let place = self.0.place_before(extent.bytes)?;
        let start = place.filter(|start| *start < extent.bytes);
        let start = start.ok_or_else(|| self.foreign(extent))?;
        let header = self.0.read(start, HEADER as u64)?;
        match header.get(8..40) == Some(&last.0) {
            true => Ok(()),
            false => Err(self.foreign(extent)),
        }
    }

    /// The entry of a block, with its position. Two reads: 16 bytes of the index, which are where it
    /// begins and where the next one does, and the bytes between them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the index has no valid position, or what is there is not the
    /// entry of this block; [`StoreError::Io`].
    fn entry(self, extent: Extent, number: u32) -> Result<(u64, Entry), StoreError> {
        let (start, end) = self.0.span(extent.valid(), number)?;
        let wrong = |problem: &str| {
            let problem = format!("block {number} cannot be read: {problem}");
            self.0.damaged(start, problem)
        };
        let length = end - start;
        let bytes = self.0.read(start, length)?;
        let entry = parse(&bytes, start).map_err(wrong)?;
        let found =
            u32::from_be_bytes([entry.id.0[0], entry.id.0[1], entry.id.0[2], entry.id.0[3]]);
        match found == number && bytes.len() as u64 == length {
            true => Ok((start, entry)),
            false => Err(wrong("it is another block")),
        }
    }

    /// The error for a log that another chain has written.
    fn foreign(self, extent: Extent) -> StoreError {
        let problem = format!(
            "block {} is not the one that this chain made",
            extent.last()
        );
        self.0.damaged(0, problem)
    }
}

/// The bytes of an entry without its position.
fn entry(id: Checksum256, content: &[u8]) -> Vec<u8> {
    let compressed = compress_to_vec_zlib(content, LEVEL);
    let payload = (PREFIX + compressed.len()) as u64;
    let mut bytes = Vec::with_capacity(HEADER + PREFIX + compressed.len() + 8);
    bytes.extend(MAGIC.to_le_bytes());
    bytes.extend(id.0);
    bytes.extend(payload.to_le_bytes());
    bytes.extend(SIZED.to_le_bytes());
    bytes.extend((content.len() as u64).to_le_bytes());
    bytes.extend(compressed);
    bytes
}

/// Reads the bytes of an entry with its position, which must be `start`.
///
/// # Errors
/// What is wrong, in words. Whether it is the right block is for the caller to test.
fn parse(bytes: &[u8], start: u64) -> Result<Entry, &'static str> {
    let short = "the log ends in it";
    let end = bytes.len().checked_sub(8).ok_or(short)?;
    let (entry, position) = bytes.split_at_checked(end).ok_or(short)?;
    let (header, payload) = entry.split_at_checked(HEADER + PREFIX).ok_or(short)?;
    if position != start.to_le_bytes() {
        return Err("its position is wrong");
    }
    if number_at(header, 0) != Some(MAGIC) || header[HEADER..HEADER + 4] != SIZED.to_le_bytes() {
        return Err("it is not an entry of this format");
    }
    if number_at(header, 40) != Some((PREFIX + payload.len()) as u64) {
        return Err("its length is wrong");
    }
    let id = header[8..40]
        .try_into()
        .map(Checksum256)
        .map_err(|_| short)?;
    let length = number_at(header, HEADER + 4).ok_or(short)?;
    let content = payload.to_vec();
    Ok(Entry {
        id,
        content,
        length,
    })
}
