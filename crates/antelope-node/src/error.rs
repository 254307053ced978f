//! What can go wrong when running a node.

use antelope_abi::AbiError;
use antelope_rpc_client::ClientError;
use std::path::PathBuf;

/// A node that does not start or does not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// The program is not on this machine.
    #[error("{name} not found: {looked}; run scripts/setup or set the variable")]
    ProgramMissing {
        /// `nodeos`, `cleos` or `keosd`.
        name: &'static str,
        /// Where it was looked for.
        looked: String,
    },
    /// A contract of the node's package is not in the cache.
    #[error("contract {name} not found in {folder}; run scripts/setup")]
    ContractMissing {
        /// Its name.
        name: String,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The operating system refused.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The node ended before its first block, or produced none in time.
    #[error("nodeos {what}; the end of its log, {log}:\n{tail}")]
    Start {
        /// What happened.
        what: String,
        /// The log file.
        log: PathBuf,
        /// The last lines of it.
        tail: String,
    },
    /// A call of the node failed.
    #[error("{what}: {source}")]
    Call {
        /// What was being done.
        what: String,
        /// Why it failed.
        source: ClientError,
    },
    /// An ABI file cannot be used.
    #[error("{path}: {source}")]
    Abi {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: AbiError,
    },
}

/// Says what was being done when something failed.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, NodeError>;
}

impl<T> Doing<T> for Result<T, std::io::Error> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, NodeError> {
        self.map_err(|source| NodeError::Io {
            what: what(),
            source,
        })
    }
}

impl<T> Doing<T> for Result<T, ClientError> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, NodeError> {
        self.map_err(|source| NodeError::Call {
            what: what(),
            source,
        })
    }
}
