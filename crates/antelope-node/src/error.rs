//! Errors of running a node.
//!
//! | error | what to do |
//! |---|---|
//! | [`ProgramMissing`](NodeError::ProgramMissing), [`ContractMissing`](NodeError::ContractMissing) | run `scripts/setup` |
//! | [`Start`](NodeError::Start) | read the end of the log; raise [`patience`](crate::NodeOptions::patience) on a busy machine |
//! | [`Call`](NodeError::Call) | the error of the client has the exception of the node |
//! | [`Abi`](NodeError::Abi) | correct the file |

use antelope_abi::AbiError;
use antelope_rpc_client::ClientError;
use std::path::PathBuf;

/// Why a node does not start or does not do what was asked. Each error says what was being done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// A program is not on this machine.
    #[error("{name} not found: {looked}; run scripts/setup or set the variable")]
    ProgramMissing {
        /// `nodeos`, `cleos` or `keosd`.
        name: &'static str,
        /// Where it was looked for, in words.
        looked: String,
    },
    /// A contract of the node's package is not in the cache folder.
    #[error("contract {name} not found in {folder}; run scripts/setup")]
    ContractMissing {
        /// The name of the contract.
        name: String,
        /// The folder in which it was looked for.
        folder: PathBuf,
    },
    /// The operating system refused an operation.
    #[error("{what}: {source}")]
    Io {
        /// The operation.
        what: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// The node ended before its first block, or produced none in time.
    #[error("nodeos {what}; the end of its log, {log}:\n{tail}")]
    Start {
        /// What happened, after "nodeos".
        what: String,
        /// The log file.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// The node refused a call, or could not be reached.
    #[error("{what}: {source}")]
    Call {
        /// The purpose of the call.
        what: String,
        /// The error of the client.
        source: ClientError,
    },
    /// An ABI file is not valid.
    #[error("{path}: {source}")]
    Abi {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: AbiError,
    },
}

/// Adds to an error what was being done.
pub(crate) trait Doing<T> {
    /// Wraps the error; `what` is called only where there is one.
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
