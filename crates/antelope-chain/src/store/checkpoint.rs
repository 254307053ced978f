//! Checkpoints: a chain at one moment, so that opening it does not re-execute it from its first
//! block.
//!
//! A file is a header (`header`), then chunks: length (4 bytes), checksum (8 bytes) over the salt
//! of the header, the index of the chunk and its content, and the content. An empty chunk ends the
//! file. The contents together are the encoding of an [`Image`]. The salt and the index make a
//! chunk of another file, or at another place, fail its checksum.
//!
//! Writing is atomic: the file is written under a temporary name, synced, and renamed. The image
//! shares its data with the chain that goes on executing, so that taking it costs nothing, and it
//! is encoded in pieces, so that it is never in memory twice.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 68 | header |
//! | then, for each chunk | 4 | length of its content |
//! | | 8 | checksum |
//! | | … | content |

use super::disk::Disk;
use super::header::{FileHeader, FileKind, checksum};
use super::{Logged, RecordingImage, StoreError, io_error};
use crate::block::{Block, HeaderState, IncrementalMerkle, Pending};
use antelope_ledger::Genesis;
use antelope_ledger::state::State;
use antelope_ledger::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::{Checksum256, Decoder, Feature};
use imbl::OrdMap;
use std::sync::Arc;

/// A chain at one moment: everything of a [`Chain`](crate::Chain) that lasts.
#[derive(Clone)]
pub(crate) struct Image {
    /// How the chain began.
    pub(crate) genesis: Arc<Genesis>,
    /// Accounts, tables, permissions, resources, deferred transactions.
    pub(crate) state: State,
    /// The last complete block.
    pub(crate) head: Arc<Block>,
    /// The block in production.
    pub(crate) pending: Pending,
    /// Protocol features that the next block activates.
    pub(crate) scheduled_features: Vec<Feature>,
    /// How many transactions the chain has made itself; see
    /// [`Chain::transaction`](crate::Chain::transaction).
    pub(crate) made: u32,
    /// The Merkle tree of the ids of all blocks.
    pub(crate) block_ids: IncrementalMerkle,
    /// The states of the blocks that are not irreversible.
    pub(crate) header_states: OrdMap<u32, Arc<HeaderState>>,
    /// The part of the block log that is valid at this moment.
    pub(crate) logged: Logged,
    /// Complete blocks that are not in the log, in order.
    pub(crate) blocks: Vec<Arc<Block>>,
    /// What is recorded of what blocks did, where it is. The image is then the chain before the
    /// block in production, with the inputs since.
    pub(crate) recording: Option<RecordingImage>,
}

stored_by_field! {
    Image {
        genesis, state, head, pending, scheduled_features, made, block_ids, header_states, logged,
        blocks, recording,
    }
}

/// Bytes of a chunk before its content: length and checksum.
const CHUNK_HEADER: usize = 4 + 8;

/// Writes the checkpoint after record `sequence`. Either the complete file appears, or none. That it
/// has appeared lasts once the caller has synced the folder.
///
/// # Errors
/// [`StoreError::Io`].
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
        // The empty chunk at the end tells a complete file from one that was cut off between two
        // chunks.
        sink(&[])?;
        file.sync()?;
        disk.rename(&temporary, &name)
    };
    write().map_err(|error| {
        // The most likely failure is a full disk, so that the room is given back at once. A file
        // that cannot be removed now is removed when the chain is opened.
        let _ = disk.remove(&temporary);
        io_error(disk, "write", &name)(error)
    })
}

/// Reads the checkpoint after record `sequence`.
///
/// # Errors
/// [`StoreError::Damaged`] where it is incomplete or a checksum does not match,
/// [`StoreError::Version`] where another version wrote it, [`StoreError::Io`].
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
    // The contents of the chunks are moved together in place, so that the file is in memory once.
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
            return Err(damaged(from, "the checksum of a chunk does not match"));
        };
        let content = from + CHUNK_HEADER;
        bytes.copy_within(content..content + length, to);
        (from, to, index) = (content + length, to + length, index + 1);
        if length == 0 {
            break;
        }
    }
    // Whatever follows the empty chunk was not written by this library; what precedes it is complete.
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
