//! Why a run stopped.

use antelope_build::BuildError;
use antelope_node::NodeError;
use antelope_rpc_client::{ClientError, SigningError};
use antelope_types::Name;
use coop_client::ReadError;
use coop_documents::DocumentError;
use std::path::PathBuf;

/// Why a run of the demo did not come to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoryError {
    /// A contract could not be built.
    #[error("{contract}: {source}")]
    Build {
        /// The contract's package.
        contract: &'static str,
        /// Why.
        source: Box<BuildError>,
    },
    /// The node did not start or did not do what was asked.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The embedded chain could not go on.
    #[error("embedded chain: {0}")]
    Embedded(String),
    /// A step that should succeed was refused.
    #[error("step {step}: {source}")]
    Refused {
        /// The step, in words.
        step: String,
        /// The chain's answer.
        source: ClientError,
    },
    /// A step that should be refused succeeded.
    #[error("step {step}: the chain accepted what it should refuse with \"{expected}\"")]
    Accepted {
        /// The step, in words.
        step: String,
        /// The refusal that was expected.
        expected: &'static str,
    },
    /// A step was refused for another reason than it should be.
    #[error("step {step}: refused with \"{found}\", expected \"{expected}\"")]
    OtherRefusal {
        /// The step, in words.
        step: String,
        /// The refusal that was expected.
        expected: &'static str,
        /// The refusal that came.
        found: String,
    },
    /// The chain's state could not be read.
    #[error("reading the chain: {0}")]
    Read(#[from] ClientError),
    /// A row could not be read, is not there, or has another shape.
    #[error(transparent)]
    Rows(#[from] ReadError),
    /// A document could not be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A key could not be made or used.
    #[error(transparent)]
    Key(#[from] SigningError),
    /// Nobody in the story has a key of this account.
    #[error("no key of {account}")]
    NoKey {
        /// The account.
        account: Name,
    },
    /// A file could not be written or read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What was read back from the chain is not what it should be.
    #[error("{failed} of {all} checks failed")]
    Checks {
        /// How many failed.
        failed: usize,
        /// How many were made.
        all: usize,
    },
}

impl StoryError {
    /// A stable name for programs: `other_refusal`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Build { .. } => "build",
            Self::Node(_) => "node",
            Self::Embedded(_) => "embedded",
            Self::Refused { .. } => "refused",
            Self::Accepted { .. } => "accepted",
            Self::OtherRefusal { .. } => "other_refusal",
            Self::Read(_) => "read",
            Self::Rows(_) => "row",
            Self::Document(_) => "document",
            Self::Key(_) => "key",
            Self::NoKey { .. } => "no_key",
            Self::File { .. } => "file",
            Self::Checks { .. } => "checks",
        }
    }
}
