//! The journal: what the chain was given, each record whole or not there.
//!
//! A record that cannot be read is one of two things. Either it was being written when the machine
//! stopped, and nobody was told that it is there: then it is dropped with all after it. Or it was
//! once on the disk: then something has damaged it, and the chain does not open as if it had never
//! been. Records tell which: each says of itself whether all before it was on the disk when it was
//! written.

use super::disk::{Disk, DiskFile};
use super::header::{FileHeader, FileKind, checksum};
use super::{StoreError, io_error};
use antelope_types::Checksum256;
use std::sync::Arc;

/// What a record begins with.
const MARK: [u8; 4] = *b"\xf5rec";

/// The bytes before what a record holds: mark, flags, length, sequence and two checksums, of what
/// it holds and of these.
const FRAME: usize = 4 + 4 + 4 + 8 + 8 + 8;

/// All before the record was on the disk when it was written.
const SETTLED: u32 = 1;

/// A segment of the journal, to write to.
pub(crate) struct Journal {
    file: Arc<dyn DiskFile>,
    header: FileHeader,
    name: String,
    salt: [u8; 8],
    /// The last record.
    sequence: u64,
    /// The last record that is known to be on the disk.
    settled: u64,
    length: u64,
}

/// The records of a segment.
pub(crate) struct Records<'a> {
    /// Their numbers, places and contents, in order.
    pub(crate) records: Vec<(u64, u64, &'a [u8])>,
    /// The length of the segment up to the last of them.
    pub(crate) length: u64,
    /// What comes after them, if anything does, was not written whole.
    pub(crate) torn: bool,
}

impl Journal {
    /// Begins a segment after this record.
    pub(crate) fn create(
        disk: &dyn Disk,
        chain_id: Checksum256,
        sequence: u64,
    ) -> Result<Self, StoreError> {
        let header = FileHeader {
            kind: FileKind::Journal,
            chain_id,
            sequence,
        };
        let name = header.kind.name(sequence);
        let temporary = format!("{name}.tmp");
        let bytes = header.to_bytes();
        let create = || {
            let file = disk.create(&temporary)?;
            file.append(&bytes)?;
            file.sync()?;
            disk.rename(&temporary, &name)?;
            disk.sync()?;
            Ok(file)
        };
        let file = create().map_err(io_error(disk, "begin", &name))?;
        Ok(Self::at(file, header, sequence, bytes.len() as u64))
    }

    /// Goes on with a segment after its last record.
    pub(crate) fn resume(
        disk: &dyn Disk,
        header: FileHeader,
        sequence: u64,
        length: u64,
    ) -> Result<Self, StoreError> {
        let name = header.kind.name(header.sequence);
        let resume = || {
            let file = disk.open(&name)?;
            file.truncate(length)?;
            file.sync()?;
            Ok(file)
        };
        let file = resume().map_err(io_error(disk, "go on with", &name))?;
        Ok(Self::at(file, header, sequence, length))
    }

    fn at(file: Arc<dyn DiskFile>, header: FileHeader, sequence: u64, length: u64) -> Self {
        Self {
            file,
            name: header.kind.name(header.sequence),
            salt: header.salt(),
            header,
            sequence,
            settled: sequence,
            length,
        }
    }

    /// The record after which the segment begins.
    pub(crate) fn first(&self) -> u64 {
        self.header.sequence
    }

    /// The last record.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The file, for others to wait for it.
    pub(crate) fn file(&self) -> &Arc<dyn DiskFile> {
        &self.file
    }

    /// Everything up to this record is known to be on the disk.
    pub(crate) fn settle(&mut self, sequence: u64) {
        self.settled = self.settled.max(sequence).min(self.sequence);
    }

    /// Whether everything is known to be on the disk.
    pub(crate) fn is_settled(&self) -> bool {
        self.settled == self.sequence
    }

    /// Writes a record. Where it fails, the segment is as before, or [`Unknown`] what it is.
    pub(crate) fn append(&mut self, disk: &dyn Disk, content: &[u8]) -> Result<(), WriteError> {
        let sequence = self.sequence + 1;
        let flags = if self.is_settled() { SETTLED } else { 0 };
        let frame = frame(&self.salt, flags, sequence, content);
        if let Err(error) = self.file.append(&frame) {
            let restored = self.file.truncate(self.length);
            let error = io_error(disk, "write", &self.name)(error);
            return Err(match restored {
                Ok(()) => WriteError::AsBefore(error),
                Err(_) => WriteError::Unknown(error),
            });
        }
        self.sequence = sequence;
        self.length += frame.len() as u64;
        Ok(())
    }

    /// Returns when all records are on the disk. Where it fails, nobody knows what is.
    pub(crate) fn sync(&mut self, disk: &dyn Disk) -> Result<(), StoreError> {
        if !self.is_settled() {
            let synced = self.file.sync();
            synced.map_err(io_error(disk, "write", &self.name))?;
            self.settled = self.sequence;
        }
        Ok(())
    }
}

/// What is in a segment after writing to it has failed.
pub(crate) enum WriteError {
    /// What was there before.
    AsBefore(StoreError),
    /// Nobody knows.
    Unknown(StoreError),
}

fn frame(salt: &[u8; 8], flags: u32, sequence: u64, content: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(FRAME + content.len());
    frame.extend(MARK);
    frame.extend(flags.to_le_bytes());
    frame.extend((content.len() as u32).to_le_bytes());
    frame.extend(sequence.to_le_bytes());
    frame.extend(checksum(&[content]));
    frame.extend(checksum(&[salt, &frame]));
    frame.extend(content);
    frame
}

/// A frame whose own checksum is right.
struct Frame {
    settled: bool,
    length: usize,
    sequence: u64,
    content: [u8; 8],
}

fn read_frame(salt: &[u8; 8], bytes: &[u8]) -> Option<Frame> {
    let (fields, own) = bytes.get(..FRAME)?.split_at(FRAME - 8);
    if fields[..4] != MARK || checksum(&[salt, fields]) != own {
        return None;
    }
    let number = |from: usize| {
        let bytes = fields.get(from..from + 4)?;
        bytes.try_into().map(u32::from_le_bytes).ok()
    };
    Some(Frame {
        settled: number(4)? & SETTLED != 0,
        length: number(8)? as usize,
        sequence: u64::from_le_bytes(fields[12..20].try_into().ok()?),
        content: fields[20..28].try_into().ok()?,
    })
}

/// Reads the records of a segment.
///
/// # Errors
/// Where a record that was on the disk is no longer as it was.
pub(crate) fn read<'a>(
    disk: &dyn Disk,
    header: FileHeader,
    rest: &'a [u8],
) -> Result<Records<'a>, StoreError> {
    let salt = header.salt();
    let mut records = Vec::new();
    let (mut at, mut next) = (0, header.sequence + 1);
    loop {
        let place = (FileHeader::LEN + at) as u64;
        let whole = read_frame(&salt, &rest[at..]).and_then(|frame| {
            let from = at + FRAME;
            let content = rest.get(from..from.checked_add(frame.length)?)?;
            let whole = frame.sequence == next && checksum(&[content]) == frame.content;
            whole.then_some(content)
        });
        let Some(content) = whole else {
            break;
        };
        records.push((next, place, content));
        (at, next) = (at + FRAME + content.len(), next + 1);
    }
    let length = (FileHeader::LEN + at) as u64;
    if let Some(later) = settled_after(&salt, rest, at) {
        return Err(StoreError::Damaged {
            path: disk.path().join(header.kind.name(header.sequence)),
            position: length,
            problem: format!("record {next} cannot be read, and record {later} comes after it"),
        });
    }
    Ok(Records {
        records,
        length,
        torn: at < rest.len(),
    })
}

/// The first record after this place of which all before it was on the disk.
fn settled_after(salt: &[u8; 8], bytes: &[u8], from: usize) -> Option<u64> {
    let mut at = from + 1;
    while let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == MARK[0]) {
        at += found;
        if let Some(frame) = read_frame(salt, &bytes[at..])
            && frame.settled
        {
            return Some(frame.sequence);
        }
        at += 1;
    }
    None
}
