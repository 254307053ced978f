//! The header with which every file of a chain begins.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `antelope` |
//! | 8 | kind: `journal` or `checkpt`, zero-padded |
//! | 4 | version of the format |
//! | 32 | id of the chain |
//! | 8 | sequence: the last record before what the file holds |
//! | 8 | checksum of all this |
//!
//! All numbers are little-endian. The checksum is also the salt of every part of the file: a record
//! or chunk that was copied from another file, or left over from one that used the same disk
//! blocks, does not verify.

use super::StoreError;
use antelope_types::{Checksum256, Decode, Encode};
use std::path::Path;

/// The version of the format. It is raised with every change of what files contain; there is no
/// migration. Errors name who wrote earlier ones ([`StoreError::Version`]).
///
/// | version | since |
/// |---|---|
/// | 1 | the first |
/// | 2 | transactions change entries where they are |
/// | 3 | one of two development versions, with either recorded history or the states of reversible blocks |
/// | 4 | both |
/// | 5 | a chain may be a fork of another, and take over accounts and tables |
const VERSION: u32 = 5;

/// The first bytes of every file.
const MAGIC: [u8; 8] = *b"antelope";

/// What a file contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Inputs of the chain, in order.
    Journal,
    /// The chain at one moment.
    Checkpoint,
}

impl FileKind {
    /// The kind in the header.
    fn mark(self) -> [u8; 8] {
        match self {
            Self::Journal => *b"journal\0",
            Self::Checkpoint => *b"checkpt\0",
        }
    }

    /// The kind in names of files and in messages.
    fn text(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Checkpoint => "checkpoint",
        }
    }

    /// The name of the file that begins after this record: twenty digits, so that names sort by
    /// number.
    pub(crate) fn name(self, sequence: u64) -> String {
        format!("{}-{sequence:020}", self.text())
    }

    /// The number in the name of a file of this kind; `None` for other names.
    pub(crate) fn sequence(self, name: &str) -> Option<u64> {
        let (kind, digits) = name.split_once('-')?;
        (kind == self.text() && digits.len() == 20)
            .then(|| digits.parse().ok())
            .flatten()
    }
}

/// The header of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileHeader {
    /// What the file contains.
    pub(crate) kind: FileKind,
    /// Which chain it belongs to.
    pub(crate) chain_id: Checksum256,
    /// The last record before what the file holds.
    pub(crate) sequence: u64,
}

impl FileHeader {
    /// Its length in bytes.
    pub(crate) const LEN: usize = 8 + 8 + 4 + 32 + 8 + 8;

    /// Its encoding.
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::LEN);
        bytes.extend(MAGIC);
        bytes.extend(self.kind.mark());
        bytes.extend(VERSION.to_bytes());
        bytes.extend(self.chain_id.0);
        bytes.extend(self.sequence.to_bytes());
        bytes.extend(checksum(&[&bytes]));
        bytes
    }

    /// The checksum of the header, which enters the checksums of all parts of the file.
    pub(crate) fn salt(self) -> [u8; 8] {
        let mut salt = [0; 8];
        salt.copy_from_slice(&self.to_bytes()[Self::LEN - 8..]);
        salt
    }

    /// Reads the header of a file of this kind; returns it with the rest of the bytes.
    ///
    /// # Errors
    /// [`StoreError::Foreign`], [`StoreError::Version`], or [`StoreError::Damaged`] where the file
    /// is too short or the checksum does not match.
    pub(crate) fn read<'a>(
        kind: FileKind,
        path: &Path,
        bytes: &'a [u8],
    ) -> Result<(Self, &'a [u8]), StoreError> {
        let path = || path.to_path_buf();
        let foreign = || StoreError::Foreign {
            path: path(),
            expected: kind.text(),
        };
        let damaged = || StoreError::Damaged {
            path: path(),
            position: 0,
            problem: "the checksum of the header does not match".to_owned(),
        };
        let (header, rest) = bytes.split_at_checked(Self::LEN).ok_or_else(damaged)?;
        if header[..8] != MAGIC || header[8..16] != kind.mark() {
            return Err(foreign());
        }
        let fields: Result<(u32, [u8; 32], u64), _> = (|| {
            let mut input = antelope_types::Decoder::new(&header[16..]);
            Ok::<_, antelope_types::DecodeError>((
                u32::decode(&mut input)?,
                input.take_array()?,
                u64::decode(&mut input)?,
            ))
        })();
        let (version, chain_id, sequence) = fields.map_err(|_| damaged())?;
        if version != VERSION {
            return Err(StoreError::Version {
                path: path(),
                found: version,
                expected: VERSION,
            });
        }
        let this = Self {
            kind,
            chain_id: Checksum256(chain_id),
            sequence,
        };
        if this.to_bytes() != header {
            return Err(damaged());
        }
        Ok((this, rest))
    }
}

/// The first 8 bytes of the SHA-256 over all parts: enough to detect damage. It does not protect
/// against somebody who may write the folder.
pub(crate) fn checksum(parts: &[&[u8]]) -> [u8; 8] {
    let digest = Checksum256::sha256_of(parts);
    let mut checksum = [0; 8];
    checksum.copy_from_slice(&digest.0[..8]);
    checksum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_written_and_a_changed_one_is_not() {
        let header = FileHeader {
            kind: FileKind::Journal,
            chain_id: Checksum256([7; 32]),
            sequence: 42,
        };
        let bytes = header.to_bytes();
        assert_eq!(bytes.len(), FileHeader::LEN);
        let read = |bytes: &[u8]| {
            FileHeader::read(FileKind::Journal, Path::new("x"), bytes).map(|(header, _)| header)
        };
        assert_eq!(read(&bytes).unwrap(), header);
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            let error = read(&changed).unwrap_err();
            match index {
                0..16 => assert!(matches!(error, StoreError::Foreign { .. }), "{error}"),
                16..20 => assert!(matches!(error, StoreError::Version { .. }), "{error}"),
                _ => assert!(matches!(error, StoreError::Damaged { .. }), "{error}"),
            }
            assert!(read(&bytes[..index]).is_err());
        }
    }

    #[test]
    fn names_of_files_tell_where_they_begin() {
        let name = FileKind::Checkpoint.name(7);
        assert_eq!(name, "checkpoint-00000000000000000007");
        assert_eq!(FileKind::Checkpoint.sequence(&name), Some(7));
        assert_eq!(FileKind::Journal.sequence(&name), None);
        assert_eq!(FileKind::Journal.sequence("journal-7"), None);
    }
}
