//! A log whose entries are followed by their own position, and its index.
//!
//! The block log and the logs of the history have this in common, as they have on nodes:
//!
//! | file | bytes |
//! |---|---|
//! | `*.log` | what precedes the first entry; then, for each entry, the entry and its position in 8 bytes |
//! | `*.index` | the position of each entry, 8 bytes each |
//!
//! The position after each entry lets a log be read backwards, and the index be made anew. What an
//! entry is, and whether it is the right one, is for [`blocks`](super::blocks) and
//! [`recorded`](super::recorded) to say: both know how much of a log is valid from the checkpoint.
//!
//! All numbers are little-endian.

use super::disk::Disk;
use super::{StoreError, io_error};
use std::io;

/// Bytes gathered before they are written.
const CHUNK: usize = 1024 * 1024;

/// How much of a log is valid.
#[derive(Clone, Copy)]
pub(super) struct Valid {
    /// The number of the block that the first entry is of.
    pub(super) first: u32,
    /// How many entries there are, one for each block.
    pub(super) entries: u32,
    /// Length of the log with them.
    pub(super) bytes: u64,
}

/// One of the logs of a folder, by its name.
#[derive(Clone, Copy)]
pub(super) struct IndexedLog<'a> {
    /// The folder.
    pub(super) disk: &'a dyn Disk,
    /// The log.
    pub(super) name: &'static str,
    /// The positions of its entries.
    pub(super) index: &'static str,
}

impl IndexedLog<'_> {
    /// Writes entries after the valid part, replacing whatever follows it, and syncs both files and
    /// the folder. A log without valid entries is made anew and begins with `beginning`. Returns the
    /// valid part with them.
    ///
    /// # Errors
    /// [`StoreError::Io`], for an entry that cannot be made as well. The valid part is untouched then.
    pub(super) fn append(
        self,
        valid: Valid,
        beginning: &[u8],
        entries: impl Iterator<Item = io::Result<Vec<u8>>>,
    ) -> Result<Valid, StoreError> {
        let mut now = valid;
        let write = || {
            let (log, index) = if valid.entries == 0 {
                let (log, index) = (self.disk.create(self.name)?, self.disk.create(self.index)?);
                now.bytes = beginning.len() as u64;
                (log, index)
            } else {
                let (log, index) = (self.disk.open(self.name)?, self.disk.open(self.index)?);
                log.truncate(valid.bytes)?;
                index.truncate(u64::from(valid.entries) * 8)?;
                (log, index)
            };
            let mut chunk = match valid.entries {
                0 => beginning.to_vec(),
                _ => Vec::new(),
            };
            let mut positions = Vec::new();
            for entry in entries {
                let (entry, position) = (entry?, now.bytes.to_le_bytes());
                now.bytes += entry.len() as u64 + 8;
                now.entries += 1;
                chunk.extend(entry);
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
            self.disk.sync()
        };
        write().map_err(io_error(self.disk, "write", self.name))?;
        Ok(now)
    }

    /// Where the entry of a block begins, and where its position ends. The index is not trusted: it
    /// only says where to look, and what is there must be the right entry.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the index has no valid position; [`StoreError::Io`].
    pub(super) fn span(self, valid: Valid, number: u32) -> Result<(u64, u64), StoreError> {
        let place = u64::from(number - valid.first) * 8;
        // Together with where the next one begins.
        let index = self.get(self.index, place, 16)?;
        let last = valid.first + valid.entries.saturating_sub(1);
        let end = match number < last {
            true => number_at(&index, 8),
            false => Some(valid.bytes),
        };
        let end = end.filter(|end| *end <= valid.bytes);
        let (Some(start), Some(end)) = (number_at(&index, 0), end) else {
            return Err(StoreError::Damaged {
                path: self.disk.path().join(self.index),
                position: place,
                problem: format!("it has no valid position for block {number}"),
            });
        };
        match start <= end {
            true => Ok((start, end)),
            false => {
                let problem = format!("block {number} cannot be read: it ends before it begins");
                Err(self.damaged(start, problem))
            }
        }
    }

    /// Makes the index anew where it is too short or its last position is wrong, by walking the log
    /// backwards along the positions.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where an entry is not followed by its position; [`StoreError::Io`].
    pub(super) fn restore_index(self, valid: Valid) -> Result<(), StoreError> {
        let whole = u64::from(valid.entries) * 8;
        let failed = |doing| io_error(self.disk, doing, self.index);
        if self.disk.len(self.index).map_err(failed("read"))? >= whole {
            let last = self.get(self.index, whole.saturating_sub(8), 8)?;
            if number_at(&last, 0) == self.place_before(valid.bytes)? {
                return Ok(());
            }
        }
        let (mut places, mut end) = (Vec::new(), valid.bytes);
        for number in (valid.first..valid.first + valid.entries).rev() {
            let start = self.place_before(end)?.filter(|start| *start < end);
            let Some(start) = start else {
                let problem = format!("block {number} is not followed by its position");
                return Err(self.damaged(end, problem));
            };
            places.push(start);
            end = start;
        }
        let bytes: Vec<u8> = places.iter().rev().flat_map(|p| p.to_le_bytes()).collect();
        let write = || {
            let index = self.disk.create(self.index)?;
            index.append(&bytes)?;
            index.sync()?;
            self.disk.sync()
        };
        write().map_err(failed("write"))
    }

    /// The position in the 8 bytes of the log before this one: where the entry that ends there
    /// begins. `None` where the log has fewer.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn place_before(self, end: u64) -> Result<Option<u64>, StoreError> {
        let Some(from) = end.checked_sub(8) else {
            return Ok(None);
        };
        Ok(number_at(&self.get(self.name, from, 8)?, 0))
    }

    /// At most so many bytes of the log; fewer where it ends before.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn read(self, from: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        self.get(self.name, from, length)
    }

    /// The same of one of its files.
    fn get(self, name: &str, from: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        let read = self.disk.read(name, from, length);
        read.map_err(io_error(self.disk, "read", name))
    }

    /// An error at a position of the log.
    pub(super) fn damaged(self, position: u64, problem: String) -> StoreError {
        StoreError::Damaged {
            path: self.disk.path().join(self.name),
            position,
            problem,
        }
    }
}

/// The number at this offset; `None` where the bytes end before.
pub(super) fn number_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + 8)?;
    bytes.try_into().ok().map(u64::from_le_bytes)
}
