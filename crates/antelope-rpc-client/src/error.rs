//! What can go wrong between a program and a node, as data.

use crate::refusal::Refusal;
use crate::signing::SigningError;
use antelope_abi::AbiError;
use antelope_types::{ChainError, ErrorKind, TransactionTrace};

/// A failed call of [`Client`](crate::Client).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The node's address cannot be used.
    #[error("node address `{url}`: {problem}")]
    Url {
        /// The address as given.
        url: String,
        /// What is wrong with it and what was expected.
        problem: String,
    },
    /// No answer came: name resolution, connection, TLS or time-out.
    #[error("{url}: {problem}")]
    Transport {
        /// The full address of the call.
        url: String,
        /// What happened, in the transport's words.
        problem: String,
        /// True when the time allowed for the call ran out.
        timed_out: bool,
    },
    /// The answer was longer than this client is willing to read.
    #[error("{url}: answer longer than {limit} bytes")]
    AnswerTooLong {
        /// The full address of the call.
        url: String,
        /// The limit in bytes, see [`ClientOptions`](crate::ClientOptions).
        limit: u64,
    },
    /// The answer is not what an Antelope node says: a proxy's error page, another service.
    #[error("{url}: status {status}, expected a node's JSON, got `{excerpt}`")]
    NotANode {
        /// The full address of the call.
        url: String,
        /// HTTP status.
        status: u16,
        /// The first characters of the answer.
        excerpt: String,
    },
    /// JSON came, but a field is missing or has another shape.
    #[error("{url}: unexpected answer: {problem}")]
    Shape {
        /// The full address of the call.
        url: String,
        /// Which field, what was expected.
        problem: String,
    },
    /// The node does not offer this call (plugin not loaded, or an older version).
    #[error("{url}: the node does not offer this call")]
    Unsupported {
        /// The full address of the call.
        url: String,
    },
    /// The node or the chain refused.
    #[error(transparent)]
    Chain(#[from] Box<Refusal>),
    /// The account has no ABI, so its actions and tables cannot be named in JSON.
    #[error("account `{account}` has no ABI")]
    NoAbi {
        /// The account.
        account: String,
    },
    /// JSON and binary do not fit the ABI.
    #[error(transparent)]
    Abi(#[from] AbiError),
    /// A key cannot sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// Nothing of the kind happened in the time allowed.
    #[error("{what}: not within {seconds} s")]
    Waited {
        /// What was waited for.
        what: String,
        /// How long, in seconds.
        seconds: u64,
    },
}

impl ClientError {
    /// The node's or the chain's refusal, when that is what this is.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Chain(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The chain's error, when the node or the chain refused.
    #[must_use]
    pub fn chain(&self) -> Option<&ChainError> {
        self.refusal().map(|refusal| &refusal.error)
    }

    /// The chain's error code, e.g. 3050003.
    #[must_use]
    pub fn code(&self) -> Option<u64> {
        self.chain().map(ChainError::code)
    }

    /// Whether the chain refused for a reason of this kind.
    #[must_use]
    pub fn is(&self, kind: ErrorKind) -> bool {
        self.chain().is_some_and(|error| error.is(kind))
    }

    /// The text of a contract's failed check, without the chain's preamble.
    #[must_use]
    pub fn assertion(&self) -> Option<&str> {
        self.chain().and_then(ChainError::assertion)
    }

    /// The number of a contract's failed check that carries a code instead of a text.
    #[must_use]
    pub fn assertion_code(&self) -> Option<u64> {
        self.refusal().and_then(Refusal::contract_code)
    }

    /// What the chain executed before the transaction failed, when the node tells.
    #[must_use]
    pub fn trace(&self) -> Option<&TransactionTrace> {
        self.refusal().and_then(|refusal| refusal.trace.as_deref())
    }
}
