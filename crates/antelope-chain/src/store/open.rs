//! Opening a folder: which files there are, and in which order they make the chain.
//!
//! 1. The newest checkpoint that can be read is read. If the last one is damaged, or the logs do not
//!    have what it says, the one before it is used: the journal is kept from there on.
//! 2. The segments of the journal from that checkpoint on are read in order, and must follow one
//!    another without a gap. Only the last one may end in an incomplete record.
//! 3. A segment under its temporary name that follows the last record gets its name: it was begun, and
//!    its first sync did not end; see `unnamed`. Other temporary files are of an interrupted process, and
//!    are removed. Until then nothing is changed, so that a folder that is refused is as it was.
//!
//! The records are executed by [`Chain`](crate::Chain), not here.
//!
//! A folder with two checkpoints, after 1000 and 2000 records:
//!
//! ```text
//! checkpoint-00000000000000001000   used only if the other one is damaged
//! checkpoint-00000000000000002000
//! journal-00000000000000001000      records 1001 to 2000
//! journal-00000000000000002000      records 2001 to the end
//! ```

use super::disk::Disk;
use super::entry::Entry;
use super::header::{FileHeader, FileKind};
use super::journal::{self, Journal, temporary};
use super::{StoreError, checkpoint, io_error};
use antelope_types::{Checksum256, Decode};
use checkpoint::Image;

/// What a folder holds.
pub(crate) struct StoredChain {
    /// The newest readable checkpoint.
    pub(crate) image: Image,
    /// The number of the record after which it was written.
    pub(crate) sequence: u64,
    /// The records since that checkpoint, with their numbers.
    pub(crate) entries: Vec<(u64, Entry)>,
    /// The journal, open at its end.
    pub(crate) journal: Journal,
}

/// Reads a folder; `None` if it has no chain. `expected` is the id that the chain must have; without
/// it any chain is read. Of checkpoints, only those after less than `before` records are looked at.
///
/// Changes the folder in three ways, once everything is read: a segment of the journal that has a
/// temporary name and follows the last record gets its name, other temporary files are removed, and an
/// incomplete record at the end of the journal is cut off.
///
/// # Errors
///
/// | error | where |
/// |---|---|
/// | [`StoreError::Damaged`] | no checkpoint can be read, or a record between others is missing |
/// | [`StoreError::OtherChain`] | the folder, or one file of it, is of another chain |
/// | [`StoreError::Version`], [`StoreError::Foreign`] | a file has another format |
/// | [`StoreError::Io`] | the system refuses |
pub(crate) fn read(
    disk: &dyn Disk,
    expected: Option<Checksum256>,
    before: u64,
) -> Result<Option<StoredChain>, StoreError> {
    let names = disk.names().map_err(io_error(disk, "list", ""))?;
    let (mut unnamed, mut incomplete) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|name| name.ends_with(".tmp")) {
        match FileKind::Journal.sequence(name.trim_end_matches(".tmp")) {
            Some(first) => unnamed.push(first),
            None => incomplete.push(name),
        }
    }
    let clean_up = || {
        for name in incomplete {
            // The process ended before they were complete. One that cannot be removed is in nobody's
            // way: nothing reads it, and who writes under its name replaces it.
            let _ = disk.remove(name);
        }
    };
    let mut checkpoints = sequences(&names, FileKind::Checkpoint);
    checkpoints.retain(|sequence| *sequence < before);
    let journals = sequences(&names, FileKind::Journal);
    let Some(last) = checkpoints.pop() else {
        let Some(first) = journals.first() else {
            clean_up();
            return Ok(None);
        };
        return Err(StoreError::Damaged {
            path: disk.path().join(FileKind::Journal.name(*first)),
            position: 0,
            problem: "no checkpoint precedes it".to_owned(),
        });
    };
    let (image, sequence, problem) = newest(disk, last, &checkpoints)?;
    let chain_id = image.genesis.chain_id();
    if let Some(expected) = expected
        && expected != chain_id
    {
        return Err(StoreError::OtherChain {
            path: disk.path().to_path_buf(),
            found: chain_id,
            expected,
        });
    }
    let replayed = replayed(disk, chain_id, sequence, &journals, &unnamed);
    // Where the older one leads nowhere, as after a revert, the newest is what is bad.
    let (entries, journal) = replayed.map_err(|error| match (error, problem) {
        (StoreError::Damaged { .. }, Some(problem)) => problem,
        (error, _) => error,
    })?;
    clean_up();
    Ok(Some(StoredChain {
        image,
        sequence,
        entries,
        journal,
    }))
}

/// The numbers in the names of files of this kind, ascending.
pub(crate) fn sequences(names: &[String], kind: FileKind) -> Vec<u64> {
    let mut sequences: Vec<_> = names
        .iter()
        .filter_map(|name| kind.sequence(name))
        .collect();
    sequences.sort_unstable();
    sequences
}

/// The newest checkpoint that can be read, its number, and what is wrong with a newer one if there is
/// one.
///
/// # Errors
/// That of the last checkpoint, where no other can be read; errors other than damage at once.
fn newest(
    disk: &dyn Disk,
    last: u64,
    older: &[u64],
) -> Result<(Image, u64, Option<StoreError>), StoreError> {
    let problem = match checkpoint::read(disk, last) {
        Ok(image) => return Ok((image, last, None)),
        Err(problem @ StoreError::Damaged { .. }) => problem,
        Err(other) => return Err(other),
    };
    for &sequence in older.iter().rev() {
        if let Ok(image) = checkpoint::read(disk, sequence) {
            return Ok((image, sequence, Some(problem)));
        }
    }
    Err(problem)
}

/// The records after a checkpoint, and the journal open at its end.
///
/// # Errors
/// [`StoreError::Damaged`] where a record is missing or cannot be read, [`StoreError::OtherChain`].
fn replayed(
    disk: &dyn Disk,
    chain_id: Checksum256,
    checkpoint: u64,
    journals: &[u64],
    unnamed: &[u64],
) -> Result<(Vec<(u64, Entry)>, Journal), StoreError> {
    let mut entries = Vec::new();
    let mut last = checkpoint;
    let mut end = None;
    let first = journals
        .partition_point(|first| *first <= checkpoint)
        .max(1)
        - 1;
    let relevant = journals.get(first..).unwrap_or_default();
    for (index, &segment) in relevant.iter().enumerate() {
        let name = FileKind::Journal.name(segment);
        let path = disk.path().join(&name);
        let damaged = |position: u64, problem: String| StoreError::Damaged {
            path: path.clone(),
            position,
            problem,
        };
        let bytes = disk
            .read(&name, 0, u64::MAX)
            .map_err(io_error(disk, "read", &name))?;
        let (header, rest) = FileHeader::read(FileKind::Journal, &path, &bytes)?;
        if header.chain_id != chain_id {
            return Err(StoreError::OtherChain {
                path,
                found: header.chain_id,
                expected: chain_id,
            });
        }
        if header.sequence != segment || segment > last {
            let problem = format!(
                "record {} is missing: it should precede this segment",
                last + 1
            );
            return Err(damaged(0, problem));
        }
        let read = journal::read(disk, header, rest)?;
        let reached = segment + read.records.len() as u64;
        // A segment is on the disk completely before the next one is begun, so that only the last
        // may be torn before it reaches the next.
        let next = relevant.get(index + 1);
        if read.torn && next.is_some_and(|next| reached < *next) {
            let problem = format!("record {} cannot be read", reached + 1);
            return Err(damaged(read.length, problem));
        }
        for (sequence, place, content) in read.records {
            if sequence <= last {
                continue;
            }
            let entry = Entry::from_bytes(content)
                .map_err(|error| damaged(place, format!("record {sequence}: {error}")))?;
            entries.push((sequence, entry));
            last = sequence;
        }
        end = Some((header, reached, read.length));
    }
    for &segment in unnamed {
        let found = match segment == last && !journals.contains(&segment) {
            true => unnamed_records(disk, chain_id, segment)?,
            false => None,
        };
        let name = FileKind::Journal.name(segment);
        let Some((header, added, length)) = found else {
            let name = temporary(&name);
            disk.remove(&name)
                .map_err(io_error(disk, "remove", &name))?;
            continue;
        };
        let before = end.map(|(header, ..)| FileKind::Journal.name(header.sequence));
        let give_name = || {
            // The process may have been killed before any of this was on the disk.
            for name in before.into_iter().chain([temporary(&name)]) {
                disk.open(&name)?.sync()?;
            }
            disk.rename(&temporary(&name), &name)?;
            disk.sync()
        };
        give_name().map_err(io_error(disk, "go on with", &name))?;
        last += added.len() as u64;
        entries.extend(added);
        end = Some((header, last, length));
    }
    let journal = match end {
        Some((header, reached, length)) if reached == last => {
            Journal::resume(disk, header, last, length)?
        }
        _ => Journal::create(disk, chain_id, last)?,
    };
    Ok((entries, journal))
}

/// The header, the records and the valid length of a segment.
type Segment = (FileHeader, Vec<(u64, Entry)>, u64);

/// The segment under its temporary name; `None` where
/// it is not whole, as after a loss of power. Nobody was told that a record of it is on the disk.
///
/// # Errors
/// [`StoreError::Io`].
fn unnamed_records(
    disk: &dyn Disk,
    chain_id: Checksum256,
    segment: u64,
) -> Result<Option<Segment>, StoreError> {
    let name = temporary(&FileKind::Journal.name(segment));
    let path = disk.path().join(&name);
    let bytes = disk
        .read(&name, 0, u64::MAX)
        .map_err(io_error(disk, "read", &name))?;
    let Ok((header, rest)) = FileHeader::read(FileKind::Journal, &path, &bytes) else {
        return Ok(None);
    };
    let Ok(read) = journal::read(disk, header, rest) else {
        return Ok(None);
    };
    let entry = |(sequence, _, content)| Some((sequence, Entry::from_bytes(content).ok()?));
    let entries: Option<Vec<_>> = read.records.into_iter().map(entry).collect();
    let whole = header.chain_id == chain_id && header.sequence == segment;
    Ok(entries
        .filter(|_| whole)
        .map(|entries| (header, entries, read.length)))
}
