//! Checkpoints: the chain at one moment, so that opening it does not begin with its first block.

use super::disk::Disk;
use super::header::{FileHeader, FileKind, checksum};
use super::{Logged, StoreError, io_error};
use crate::block::{Block, IncrementalMerkle, Pending};
use antelope_ledger::Genesis;
use antelope_ledger::state::State;
use antelope_ledger::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::{Checksum256, Decoder, Feature};
use std::sync::Arc;

/// A chain at one moment.
#[derive(Clone)]
pub(crate) struct Image {
    pub(crate) genesis: Arc<Genesis>,
    pub(crate) state: State,
    pub(crate) head: Arc<Block>,
    pub(crate) pending: Pending,
    pub(crate) scheduled_features: Vec<Feature>,
    pub(crate) made: u32,
    /// The tree of the ids of all blocks.
    pub(crate) block_ids: IncrementalMerkle,
    /// The blocks in the log.
    pub(crate) logged: Logged,
    /// The complete blocks after those, in order.
    pub(crate) blocks: Vec<Arc<Block>>,
}

stored_by_field! {
    Image { genesis, state, head, pending, scheduled_features, made, block_ids, logged, blocks }
}

/// A chunk's length and checksum.
const CHUNK_HEADER: usize = 4 + 8;

/// Writes a checkpoint: beside, and in its place only when it is whole and on the disk.
pub(crate) fn write(disk: &dyn Disk, sequence: u64, image: &Image) -> Result<(), StoreError> {
    let header = FileHeader {
        kind: FileKind::Checkpoint,
        chain_id: image.genesis.chain_id(),
        sequence,
    };
    let name = header.kind.name(sequence);
    let temporary = format!("{name}.tmp");
    let write = || {
        let file = disk.create(&temporary)?;
        file.append(&header.to_bytes())?;
        let (salt, mut index) = (header.salt(), 0u64);
        let mut sink = |bytes: &[u8]| {
            let mut chunk = Vec::with_capacity(CHUNK_HEADER + bytes.len());
            chunk.extend((bytes.len() as u32).to_le_bytes());
            chunk.extend(checksum(&[&salt, &index.to_le_bytes(), bytes]));
            chunk.extend(bytes);
            index += 1;
            file.append(&chunk)
        };
        let mut out = Output::new(&mut sink);
        image.store(&mut out);
        out.finish()?;
        // An empty chunk is the last.
        sink(&[])?;
        file.sync()?;
        disk.rename(&temporary, &name)?;
        disk.sync()
    };
    write().map_err(|error| {
        // Its room is wanted for other things; where it cannot be removed, opening will.
        let _ = disk.remove(&temporary);
        io_error(disk, "write", &name)(error)
    })
}

/// Reads a checkpoint.
///
/// # Errors
/// Where it is not whole, or another version's.
pub(crate) fn read(disk: &dyn Disk, sequence: u64) -> Result<Image, StoreError> {
    let name = FileKind::Checkpoint.name(sequence);
    let path = disk.path().join(&name);
    let mut bytes = disk
        .read(&name, 0, u64::MAX)
        .map_err(io_error(disk, "read", &name))?;
    let (header, _) = FileHeader::read(FileKind::Checkpoint, &path, &bytes)?;
    let damaged = |position: usize, problem: &str| StoreError::Damaged {
        path: path.clone(),
        position: position as u64,
        problem: problem.to_owned(),
    };
    if header.sequence != sequence {
        return Err(damaged(0, "its header is of another checkpoint"));
    }
    // Chunks are moved together in place, so that a checkpoint is in memory once.
    let (salt, mut index) = (header.salt(), 0u64);
    let (mut from, mut to) = (FileHeader::LEN, 0);
    loop {
        let chunk = bytes.get(from..).and_then(|rest| {
            let (fields, rest) = rest.split_at_checked(CHUNK_HEADER)?;
            let length = u32::from_le_bytes(fields[..4].try_into().ok()?) as usize;
            let content = rest.get(..length)?;
            let whole = checksum(&[&salt, &index.to_le_bytes(), content]) == fields[4..];
            whole.then_some(length)
        });
        let Some(length) = chunk else {
            return Err(damaged(from, "a part does not have its checksum"));
        };
        let content = from + CHUNK_HEADER;
        bytes.copy_within(content..content + length, to);
        (from, to, index) = (content + length, to + length, index + 1);
        if length == 0 {
            break;
        }
    }
    if from != bytes.len() {
        return Err(damaged(from, "it goes on after its end"));
    }
    let mut input = Decoder::new(&bytes[..to]);
    let image = Image::restore(&mut input);
    let image = match image {
        Ok(image) if input.is_empty() => image,
        Ok(_) => return Err(damaged(from, "bytes are left over after the chain")),
        Err(Malformed(problem)) => {
            let position = input.position();
            let problem = format!("{problem}, at byte {position} of its content");
            return Err(damaged(FileHeader::LEN, &problem));
        }
    };
    let found: Checksum256 = image.genesis.chain_id();
    if found != header.chain_id {
        return Err(StoreError::OtherChain {
            path,
            found,
            expected: header.chain_id,
        });
    }
    Ok(image)
}
