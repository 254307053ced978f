//! The journal: the inputs of a chain, each record complete or not there.
//!
//! A journal is a sequence of segments. A new one is begun with each checkpoint, named after the
//! last record before it. A record is
//!
//! | bytes | what |
//! |---|---|
//! | 4 | mark |
//! | 4 | flags: 1 if all records before it were on the disk when it was written |
//! | 4 | length of the content |
//! | 8 | sequence number |
//! | 8 | checksum of the content |
//! | 8 | checksum of the salt and all of the above |
//! | … | content: an encoded [`Entry`](super::Entry) |
//!
//! A record that cannot be read may mean two things. Either it was being written when the power
//! failed; then nobody was told that it exists, and it is dropped with everything after it. Or it
//! was on the disk once and something has damaged it; then opening the chain must fail instead of
//! silently losing acknowledged transactions. The flag decides: if a later record says that all
//! before it were on the disk, it is damage.
//!
//! # Example
//!
//! A segment after a loss of power, with the flag of each record:
//!
//! ```text
//! record 7, settled    all before 7 were on the disk
//! record 8             written while 7 was not yet on the disk
//! record 9             unreadable: torn
//! ```
//!
//! Records 7 and 8 are kept, 9 is dropped. If a readable record 10 with the flag followed, 9 must
//! have been on the disk, and opening fails.

use super::disk::{Disk, DiskFile};
use super::header::{FileHeader, FileKind, checksum};
use super::unnamed::Unnamed;
use super::{StoreError, io_error};
use antelope_types::Checksum256;
use std::sync::Arc;

/// The first bytes of a record: a byte that cannot be in UTF-8, and letters.
const MARK: [u8; 4] = *b"\xf5rec";

/// Bytes of a record before its content.
const FRAME: usize = 4 + 4 + 4 + 8 + 8 + 8;

/// The flag: all records before this one were on the disk when it was written.
const SETTLED: u32 = 1;

/// The last segment, open for writing. Owned by the chain and thus written by one thread at a time.
pub(crate) struct Journal {
    file: Arc<dyn DiskFile>,
    /// The header of the segment.
    header: FileHeader,
    /// The name of the file.
    name: String,
    /// Enters the checksums of records.
    salt: [u8; 8],
    /// The last record written.
    sequence: u64,
    /// The last record known to be on the disk.
    settled: u64,
    /// The length of the file in bytes.
    length: u64,
}

/// The records of a segment.
pub(crate) struct Records<'a> {
    /// Sequence number, position in the file and content of each, in order.
    pub(crate) records: Vec<(u64, u64, &'a [u8])>,
    /// The length of the segment up to the end of the last complete record.
    pub(crate) length: u64,
    /// Whether an incomplete record follows.
    pub(crate) torn: bool,
}

impl Journal {
    /// Begins a segment after this record. It appears under its name only when its header is on the
    /// disk.
    ///
    /// # Errors
    /// [`StoreError::Io`].
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
        let temporary = temporary(&name);
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

    /// Begins a segment after this record without waiting for the disk, which the chain would wait for.
    /// It has a temporary name until it is synced for the first time; then the segment before it is on
    /// the disk completely. `settled` is the last record known to be there now.
    ///
    /// Until then its records are found under the temporary name: by a process that is started after
    /// this one was killed. After a loss of power they need not be there, since nobody was told that
    /// they are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Io`]; there is no such segment then.
    pub(crate) fn begin(&self, disk: &Arc<dyn Disk>) -> Result<Self, StoreError> {
        let header = FileHeader {
            kind: FileKind::Journal,
            chain_id: self.header.chain_id,
            sequence: self.sequence,
        };
        let name = header.kind.name(self.sequence);
        let temporary = temporary(&name);
        let bytes = header.to_bytes();
        let create = || {
            let file = disk.create(&temporary)?;
            file.append(&bytes)?;
            Ok(file)
        };
        let file = create().map_err(|error| {
            // It may have come to be in part.
            let _ = disk.remove(&temporary);
            io_error(&**disk, "begin", &name)(error)
        })?;
        let file = Unnamed::new(disk, Arc::clone(&self.file), file, name);
        let mut begun = Self::at(Arc::new(file), header, self.sequence, bytes.len() as u64);
        begun.settled = self.settled;
        Ok(begun)
    }

    /// Opens a segment to write after its last complete record; an incomplete one is cut off.
    ///
    /// # Errors
    /// [`StoreError::Io`].
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

    /// A journal at the end of this file, all of which is on the disk.
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

    /// The name of the segment's file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The last record.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The file, for [`Group`](super::group::Group) to sync without the chain.
    pub(crate) fn file(&self) -> &Arc<dyn DiskFile> {
        &self.file
    }

    /// Notes that everything up to this record is on the disk.
    pub(crate) fn settle(&mut self, sequence: u64) {
        self.settled = self.settled.max(sequence).min(self.sequence);
    }

    /// Whether every record is known to be on the disk.
    pub(crate) fn is_settled(&self) -> bool {
        self.settled == self.sequence
    }

    /// Appends a record without waiting for the disk.
    ///
    /// # Errors
    /// [`WriteError`]: on failure the segment is cut back to its old length, if the system lets it.
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

    /// Returns when all records are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Io`]; it is unknown then which records are on the disk.
    pub(crate) fn sync(&mut self, disk: &dyn Disk) -> Result<(), StoreError> {
        if !self.is_settled() {
            let synced = self.file.sync();
            synced.map_err(io_error(disk, "write", &self.name))?;
            self.settled = self.sequence;
        }
        Ok(())
    }
}

/// The name of a segment that is not known to be on the disk.
pub(crate) fn temporary(name: &str) -> String {
    format!("{name}.tmp")
}

/// A failed append.
pub(crate) enum WriteError {
    /// The segment is as it was; the chain may go on.
    AsBefore(StoreError),
    /// The segment could not be cut back, so that its contents are unknown; the chain must stop.
    Unknown(StoreError),
}

/// The bytes of a record.
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

/// The fields of a record whose own checksum matches.
struct Frame {
    /// The flag.
    settled: bool,
    /// Length of the content.
    length: usize,
    /// Its number.
    sequence: u64,
    /// The checksum of the content.
    content: [u8; 8],
}

/// Reads the fields of a record at the beginning of the bytes; `None` where there is none.
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

/// Reads the complete records of a segment, given the bytes after its header.
///
/// # Errors
/// [`StoreError::Damaged`] where a record that was on the disk can no longer be read.
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
    if let Some(later) = settled_after(&salt, rest, at, next) {
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

/// The first record after this position that says that this one, which is missing, was on the disk:
/// it is later, and all before it were. A copy of an earlier record says nothing. Searched byte by
/// byte for the mark, since the lengths that lead from record to record are lost.
fn settled_after(salt: &[u8; 8], bytes: &[u8], from: usize, missing: u64) -> Option<u64> {
    let mut at = from + 1;
    while let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == MARK[0]) {
        at += found;
        if let Some(frame) = read_frame(salt, &bytes[at..])
            && frame.settled
            && frame.sequence > missing
        {
            return Some(frame.sequence);
        }
        at += 1;
    }
    None
}
