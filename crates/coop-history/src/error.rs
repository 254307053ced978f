//! Errors of reading a log.

use std::io;
use std::path::PathBuf;

/// Why a log cannot be read. What is wrong in a log that can be read is a [`LogDamage`](crate::LogDamage).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// The operating system refused to read the file.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file is not a block log of a version that is known.
    #[error(
        "{path}: {problem}; expected the blocks.log of a node, of version 3, or the folder that it is in"
    )]
    NotALog {
        /// The file.
        path: PathBuf,
        /// What is there instead.
        problem: String,
    },
}
