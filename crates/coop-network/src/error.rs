//! Errors of running a network.

use antelope_node::NodeError;
use antelope_rpc_client::ClientError;
use std::path::PathBuf;

/// Why a network does not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// The arguments are wrong; nothing was changed.
    #[error("{problem}; expected {expected}")]
    Use {
        /// What is wrong.
        problem: String,
        /// What would be right.
        expected: String,
    },
    /// There is no network in the folder.
    #[error("no network in {0}; make one by `up`")]
    NotThere(PathBuf),
    /// Another command changes the same network.
    #[error("another command is working on the network in {0}; wait for its end")]
    Busy(PathBuf),
    /// The operating system refused an operation.
    #[error("{what}: {source}")]
    Io {
        /// The operation.
        what: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// A file of the folder is not what this program writes.
    #[error("{path}: {problem}; `down --delete` removes the network")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A node ended before it answered.
    #[error("node {node} {what}; the end of its log, {log}:\n{tail}")]
    Start {
        /// Its name.
        node: String,
        /// What happened.
        what: String,
        /// Its log.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// Something did not happen in time.
    #[error("waited {seconds} s for {what}; last seen: {seen}")]
    Waited {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
        /// What was there instead.
        seen: String,
    },
    /// The first node, which makes the chain, failed.
    #[error(transparent)]
    Boot(#[from] NodeError),
    /// A node refused a call, or could not be reached.
    #[error("{what}: {source}")]
    Call {
        /// The purpose of the call.
        what: String,
        /// The error of the client.
        source: ClientError,
    },
}

/// Adds to an error what was being done.
pub(crate) trait During<T> {
    /// Wraps the error; `what` is called only where there is one.
    fn during(self, what: impl FnOnce() -> String) -> Result<T, NetworkError>;
}

impl<T> During<T> for Result<T, std::io::Error> {
    fn during(self, what: impl FnOnce() -> String) -> Result<T, NetworkError> {
        self.map_err(|source| NetworkError::Io {
            what: what(),
            source,
        })
    }
}

impl<T> During<T> for Result<T, rustix::io::Errno> {
    fn during(self, what: impl FnOnce() -> String) -> Result<T, NetworkError> {
        self.map_err(std::io::Error::from).during(what)
    }
}

impl<T> During<T> for Result<T, ClientError> {
    fn during(self, what: impl FnOnce() -> String) -> Result<T, NetworkError> {
        self.map_err(|source| NetworkError::Call {
            what: what(),
            source,
        })
    }
}
