//! Errors between a chain and its folder.

use antelope_types::{ChainError, Checksum256, ErrorKind};
use std::io;
use std::path::PathBuf;

/// Why a chain cannot be read from its folder, or written to it.
///
/// | what to do | errors |
/// |---|---|
/// | make room, check permissions, try again | [`Io`](Self::Io) |
/// | close the other chain | [`Locked`](Self::Locked) |
/// | choose another folder | [`Foreign`](Self::Foreign), [`OtherChain`](Self::OtherChain) |
/// | open it with the version that wrote it, or let a node replay its `blocks.log` | [`Version`](Self::Version), [`Replay`](Self::Replay) |
/// | restore a backup | [`Damaged`](Self::Damaged) |
/// | open the chain again | [`Stopped`](Self::Stopped) |
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The operating system refused an operation, for example because the disk is full.
    #[error("cannot {doing} `{}`: {source}", path.display())]
    Io {
        /// The operation, as a verb.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another process has the folder open, or another chain of this process.
    #[error("`{}` is already open, in this process or another", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A file does not begin like a file of a chain.
    #[error("`{}` is not a {expected} of a chain", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it should have been: `journal` or `checkpoint`.
        expected: &'static str,
    },
    /// A file was written in another version of the format. There is no migration: the folder is left
    /// as it is, for the version that wrote it.
    #[error(
        "`{}` has format version {found}, expected {expected}: {} wrote it, and nothing was changed",
        path.display(),
        writer(*found, *expected)
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
        /// The version that this library reads and writes.
        expected: u32,
    },
    /// A file belongs to another chain: the genesis is different.
    #[error("`{}` belongs to the chain {found}, expected {expected}", path.display())]
    OtherChain {
        /// The file.
        path: PathBuf,
        /// The id of its chain.
        found: Checksum256,
        /// The id of the chain that was asked for.
        expected: Checksum256,
    },
    /// Something that was once completely on the disk no longer is as it was written. A record that
    /// was being written when the power failed is not damage; it is dropped silently.
    #[error("`{}` is damaged at byte {position}: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The offset in bytes from the beginning of the file.
        position: u64,
        /// What is wrong.
        problem: String,
    },
    /// A transaction or block gives another result than when it was acknowledged: the folder was
    /// written by a version that executes differently.
    #[error("record {sequence} of `{}` cannot be replayed: {problem}", path.display())]
    Replay {
        /// The folder.
        path: PathBuf,
        /// The number of the record in the journal.
        sequence: u64,
        /// What is different.
        problem: String,
    },
    /// Writing failed before, in a way that leaves unknown what is on the disk. The chain accepts
    /// no changes until it is opened again.
    #[error("the chain accepts no changes until it is opened again: {problem}")]
    Stopped {
        /// The original failure.
        problem: String,
    },
    /// The chain itself refused, for example a genesis that makes no chain.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// Which versions of this library have written files of this format.
fn writer(found: u32, expected: u32) -> &'static str {
    match found {
        1 | 2 => "a version from before chains recorded what their blocks did",
        3 => {
            "one of two development versions, with either recorded history or the states of reversible blocks"
        }
        4 => "a version from before chains could be forks of another",
        _ if found > expected => "a newer version",
        _ => "another version",
    }
}

impl From<StoreError> for ChainError {
    /// The error with which a transaction then fails: `database_exception` (3060000).
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Chain(error) => error,
            other => Self::new(ErrorKind::Database, other.to_string()),
        }
    }
}
