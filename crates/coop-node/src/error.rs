//! Why a node does not start or has not ended well, and what to do about it.

use antelope_chain::{ChainError, StoreError};
use antelope_rpc::ServeError;
use coop_demo::StoryError;
use std::io;
use std::path::PathBuf;

/// Why a node does not start, or has not ended well.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// It cannot listen.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The chain cannot be read from its folder, or written to it.
    #[error("{0}; {advice}", advice = advice(.0))]
    Store(#[from] StoreError),
    /// The folder cannot be used.
    #[error("cannot use the folder `{}`: {problem}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The contracts or the sample cooperative could not be made.
    #[error("cannot make the chain: {0}; {hint}", hint = boot_hint(.0))]
    Boot(#[from] StoryError),
    /// The system contracts could not be installed.
    #[error("cannot make the chain: {0}")]
    System(#[from] antelope_node::NodeError),
    /// The chain cannot be a fork of another node's.
    #[error("cannot fork: {0}")]
    Fork(ChainError),
    /// The folder has a chain that is not a fork, and it was to be one.
    #[error(
        "cannot fork: the folder has a chain that is not a fork; choose an empty folder with --data"
    )]
    NotAFork,
    /// The chain itself refused.
    #[error("the chain refused: {0}")]
    Chain(#[from] ChainError),
    /// The system has no thread for it.
    #[error("cannot start a thread: {0}; end other programs or raise the limit (ulimit -u)")]
    Thread(io::Error),
}

fn boot_hint(error: &StoryError) -> &'static str {
    match error {
        StoryError::Build { .. } => {
            "run this in the checkout, or name built contracts with --contracts DIR, or begin without \
             them with --boot empty"
        }
        StoryError::File { .. } | StoryError::Node(_) => {
            "--contracts DIR expects DIR/soviet/soviet.wasm and soviet.abi, and so on"
        }
        _ => "nothing was kept; this is a fault of the program or of the contracts",
    }
}

/// What to do about an error of the folder.
pub(crate) fn advice(error: &StoreError) -> String {
    match error {
        StoreError::Io { source, .. } => io_advice(source).to_owned(),
        StoreError::Locked { .. } => {
            "end the other node, or choose another folder with --data".to_owned()
        }
        StoreError::Foreign { .. } | StoreError::OtherChain { .. } => {
            "the folder has files of something else: choose another with --data, or restore a backup \
             as a whole"
                .to_owned()
        }
        StoreError::Version { .. } | StoreError::Replay { .. } => {
            "start the version of the program that wrote the folder, or let a node replay its \
             chain/blocks.log; docs/node.md says how under Formats"
                .to_owned()
        }
        StoreError::Damaged { .. } => {
            "restore a backup of the whole folder; nothing was changed".to_owned()
        }
        StoreError::Stopped { .. } => "mend what is wrong and start the node again".to_owned(),
        StoreError::Chain(_) => "choose another folder with --data".to_owned(),
        _ => "see docs/node.md".to_owned(),
    }
}

/// What to do about an error of the system.
pub(crate) fn io_advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full: make room; the node goes on by itself then"
        }
        io::ErrorKind::FileTooLarge => {
            "the file may not grow: raise the limit of file sizes (ulimit -f)"
        }
        io::ErrorKind::PermissionDenied => {
            "give this user the right to write there, or choose another folder with --data"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk is read-only: look into the system's log, mount it for writing"
        }
        io::ErrorKind::NotFound => {
            "somebody has removed it: leave the folder to the node; restore a backup if it does not \
             start any more"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a folder was expected there: choose another with --data"
        }
        _ => "look into the system's log (dmesg)",
    }
}
