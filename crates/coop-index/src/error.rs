//! Why the index cannot go on, or cannot be read.

use antelope_follow::{BlockPosition, FollowError};
use antelope_types::DecodeError;
use coop_client::ReadError;
use rusqlite::ErrorCode;
use std::io;
use std::path::PathBuf;

/// Why the index cannot go on, or cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The database refused.
    #[error("the database of the index: {problem}{}", advice(.0), problem = .0)]
    Database(#[from] rusqlite::Error),
    /// The chain cannot be followed.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The database is of a newer version of this program.
    #[error(
        "the database has version {found}, and this program knows versions up to {known}: \
         use the newer program, or rebuild the index"
    )]
    Version {
        /// The version of the database.
        found: u32,
        /// The newest version that is known.
        known: u32,
    },
    /// The database is of an older version, which only a writer brings up to date.
    #[error(
        "the database has version {found} of an older program: follow the chain with this program first, which \
         brings it up to date"
    )]
    Old {
        /// The version of the database.
        found: u32,
    },
    /// The database is about something else.
    #[error(
        "the index is about {key} {found}, not {wanted}: use another file, or rebuild the index"
    )]
    OtherScope {
        /// What differs.
        key: &'static str,
        /// What the index is about.
        found: String,
        /// What was asked for.
        wanted: String,
    },
    /// Another program has written to the database meanwhile.
    #[error("another program writes to this index: an index has one writer")]
    AnotherWriter,
    /// Another program holds the folder of the index.
    #[error("another program writes to the index in {}: stop it first", folder.display())]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder or a file of the index cannot be used.
    #[error("{}: {problem}", path.display())]
    Files {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        problem: io::Error,
    },
    /// The tables of the chain cannot be read.
    #[error(transparent)]
    Chain(#[from] ReadError),
    /// A source gave a block that is not the next one.
    #[error("block {} does not follow block {}", block.block_num, head.block_num)]
    NotNext {
        /// The last block of the index.
        head: BlockPosition,
        /// The block that was given.
        block: BlockPosition,
    },
    /// A source wants to undo what is final or unknown.
    #[error("block {} with the id {} cannot be gone back to: it is not kept", to.block_num, to.block_id)]
    NotKept {
        /// The block.
        to: BlockPosition,
    },
    /// What the database says cannot be.
    #[error("the index is damaged, rebuild it: {0}")]
    Damaged(String),
    /// A cursor that this program has not given out.
    #[error("{0:?} is not a cursor: expected what the page before gave as its next one")]
    Cursor(String),
}

impl IndexError {
    /// Whether trying again may help without anybody's doing.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Follow(error) => error.is_transient(),
            Self::Chain(ReadError::Client(_)) => true,
            Self::Database(error) => {
                matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DiskFull)
                )
            }
            _ => false,
        }
    }

    /// Whether the disk of the index is full: once there is space, it goes on where it was.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Database(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull))
    }

    /// Whether the file of the index is damaged, or is no database.
    pub fn is_corrupt(&self) -> bool {
        matches!(self, Self::Database(error) if is_corrupt(error))
    }
}

/// Whether a database is damaged, or is none.
pub(crate) fn is_corrupt(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(
        code,
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    )
}

/// What to do, where a text of SQLite alone does not say it: it is all that a log or `/health` has.
fn advice(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "; free some space on its disk, and it goes on",
        _ if is_corrupt(error) => "; build it again (veche index rebuild), or restore a backup",
        _ => "",
    }
}

impl From<DecodeError> for IndexError {
    fn from(error: DecodeError) -> Self {
        Self::Damaged(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_damaged_file_are_told_with_what_to_do() {
        let of = |code| {
            let error = rusqlite::ffi::Error::new(code);
            IndexError::from(rusqlite::Error::SqliteFailure(error, None))
        };
        let full = of(rusqlite::ffi::SQLITE_FULL);
        assert!(full.is_disk_full() && full.is_transient() && !full.is_corrupt());
        assert!(full.to_string().contains("free some space"), "{full}");
        for code in [rusqlite::ffi::SQLITE_CORRUPT, rusqlite::ffi::SQLITE_NOTADB] {
            let damaged = of(code);
            assert!(damaged.is_corrupt() && !damaged.is_transient());
            assert!(
                damaged.to_string().contains("veche index rebuild"),
                "{damaged}"
            );
        }
        let other = of(rusqlite::ffi::SQLITE_READONLY);
        assert!(!other.to_string().contains(';'), "{other}");
    }
}
