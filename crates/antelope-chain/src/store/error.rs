//! What goes wrong between a chain and its folder.

use antelope_types::{ChainError, Checksum256, ErrorKind};
use std::io;
use std::path::PathBuf;

/// Why a chain cannot be read from its folder, or written to it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused, such as for want of room.
    #[error("cannot {doing} `{}`: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Another process has the folder open, or another chain of this one.
    #[error("`{}` is in use by another chain", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A file does not begin as such a file does.
    #[error("`{}` is no {expected} of a chain", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        expected: &'static str,
    },
    /// A file was written by another version.
    #[error("`{}` has format {found}, expected {expected}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The version that is read and written here.
        expected: u32,
    },
    /// A file holds another chain.
    #[error("`{}` belongs to the chain {found}, expected {expected}", path.display())]
    OtherChain {
        /// The file.
        path: PathBuf,
        /// The id of its chain.
        found: Checksum256,
        /// The id of the chain that was asked for.
        expected: Checksum256,
    },
    /// What was once written whole is so no longer.
    #[error("`{}` is damaged at byte {position}: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where, in bytes from its beginning.
        position: u64,
        /// What is wrong.
        problem: String,
    },
    /// A transaction or a block gives another result than it gave when it was acknowledged.
    #[error("record {sequence} of `{}` cannot be replayed: {problem}", path.display())]
    Replay {
        /// The folder.
        path: PathBuf,
        /// The number of the record.
        sequence: u64,
        /// What is different.
        problem: String,
    },
    /// The folder could not be written before, and what is in it is no longer known.
    #[error("nothing can be written until the chain is opened anew: {problem}")]
    Stopped {
        /// What had failed.
        problem: String,
    },
    /// The chain cannot begin.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

impl From<StoreError> for ChainError {
    /// What a transaction then fails with: `database_exception`.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Chain(error) => error,
            other => Self::new(ErrorKind::Database, other.to_string()),
        }
    }
}
