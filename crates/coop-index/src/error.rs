//! Why the index cannot go on, or cannot be read.

use antelope_follow::{BlockPosition, FollowError};
use antelope_types::DecodeError;
use coop_client::ReadError;
use std::io;
use std::path::PathBuf;

/// Why the index cannot go on, or cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The database refused.
    #[error("the database of the index: {0}")]
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
            Self::Database(rusqlite::Error::SqliteFailure(error, _)) => matches!(
                error.code,
                rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DiskFull
            ),
            _ => false,
        }
    }
}

impl From<DecodeError> for IndexError {
    fn from(error: DecodeError) -> Self {
        Self::Damaged(error.to_string())
    }
}
