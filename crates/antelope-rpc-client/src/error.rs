//! What can go wrong between a program and a node, as data.

use crate::refusal::Refusal;
use crate::signing::SigningError;
use antelope_abi::AbiError;
use antelope_types::{ChainError, ErrorKind, TransactionTrace};

/// Why a call of [`Client`](crate::Client) failed.
///
/// The variants follow the way of a call: the address, the transport, the answer, the node, and then
/// what the client does by itself with ABIs and keys. Programs that only want to know why a
/// transaction was refused use the methods, which are `None` or `false` for all other failures:
///
/// ```
/// use antelope_rpc_client::{ChainError, ClientError, ErrorKind, Refusal};
///
/// let text = "assertion failure with message: overdrawn balance";
/// let error = ChainError::new(ErrorKind::EosioAssertMessage, text);
/// let error = ClientError::from(Box::new(Refusal { status: 500, error, trace: None }));
/// assert!(error.is(ErrorKind::EosioAssertMessage));
/// assert_eq!(error.code(), Some(3050003));
/// assert_eq!(error.assertion(), Some("overdrawn balance"));
/// assert_eq!(error.to_string(), "contract refused: overdrawn balance");
/// ```
///
/// After [`Transport`](Self::Transport), [`AnswerTooLong`](Self::AnswerTooLong),
/// [`NotANode`](Self::NotANode) and [`Shape`](Self::Shape), a transaction may have been executed:
/// perhaps only the answer was lost or cannot be read. After [`Chain`](Self::Chain) it was not, except
/// that a refused duplicate tells of an earlier one that was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The address given to [`Client::new`](crate::Client::new) cannot be used. Nothing was sent.
    #[error("node address `{url}`: {problem}")]
    Url {
        /// The address as given.
        url: String,
        /// What is wrong with it and what was expected.
        problem: String,
    },
    /// No whole answer came: the name was not resolved, the connection failed or broke, TLS failed,
    /// or the time allowed ran out.
    #[error("{url}: {problem}")]
    Transport {
        /// The full address of the call.
        url: String,
        /// What happened, in the transport's words.
        problem: String,
        /// True when the time allowed for the call or for its connection ran out, see
        /// [`ClientOptions::timeout`](crate::ClientOptions::timeout).
        timed_out: bool,
    },
    /// The answer is longer than
    /// [`ClientOptions::max_answer_bytes`](crate::ClientOptions::max_answer_bytes). What was read of
    /// it is dropped.
    #[error(
        "{url}: the answer is longer than the {limit} bytes that this client reads; \
         ask for less or raise the limit"
    )]
    AnswerTooLong {
        /// The full address of the call.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The status is not 2xx, and the body is not the error of an Antelope node: a proxy's error
    /// page, a redirection, or another service at this address.
    #[error("{url}: status {status}, expected a node's JSON, got `{excerpt}`")]
    NotANode {
        /// The full address of the call.
        url: String,
        /// HTTP status.
        status: u16,
        /// The first 200 bytes of the answer at most, in one line.
        excerpt: String,
    },
    /// The status is 2xx, but the body is not the JSON that the call is known to return: it is not
    /// JSON, a field is missing or has another type, or pages of a listing contradict each other.
    #[error("{url}: unexpected answer: {problem}")]
    Shape {
        /// The full address of the call.
        url: String,
        /// Which field or row, what was found and what was expected.
        problem: String,
    },
    /// The node does not offer this call: a plugin or an option that brings it is not enabled, or the
    /// node's version is older than the call.
    #[error(
        "{url}: the node does not offer this call; \
         enable the plugin or the option that brings it, or use a newer node"
    )]
    Unsupported {
        /// The full address of the call.
        url: String,
    },
    /// The node or the chain refused. A transaction that is refused has no effect.
    #[error(transparent)]
    Chain(#[from] Box<Refusal>),
    /// The account exists and has no ABI, so that JSON cannot be packed for it or read from it.
    /// Actions whose data is packed already need none.
    #[error(
        "account `{account}` has no ABI, expected one that describes its actions; set it with `setabi`"
    )]
    NoAbi {
        /// The account.
        account: String,
    },
    /// The arguments or the bytes do not fit the ABI, or the ABI itself cannot be used. Nothing was
    /// sent, except where the result of a read-only action cannot be unpacked.
    #[error(transparent)]
    Abi(#[from] AbiError),
    /// A key cannot sign. The transaction was not sent.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// What was waited for did not happen in the time allowed. The node answered all the while.
    #[error("{what}: still missing after {seconds} s")]
    Waited {
        /// What was waited for.
        what: String,
        /// The time allowed, in whole seconds, rounded down.
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

    /// The chain's error code, such as 3050003 for a contract's failed check; `Some(0)` for a refusal
    /// that the node gives no code for, such as an unknown path.
    #[must_use]
    pub fn code(&self) -> Option<u64> {
        self.chain().map(ChainError::code)
    }

    /// Whether the chain refused for a reason of this kind, compared by its code.
    #[must_use]
    pub fn is(&self, kind: ErrorKind) -> bool {
        self.chain().is_some_and(|error| error.is(kind))
    }

    /// The text of a contract's failed check, without the chain's preamble `assertion failure with
    /// message: `.
    #[must_use]
    pub fn assertion(&self) -> Option<&str> {
        self.chain().and_then(ChainError::assertion)
    }

    /// The number of a contract's failed check that carries a code instead of a text
    /// (`eosio_assert_code`).
    #[must_use]
    pub fn assertion_code(&self) -> Option<u64> {
        self.refusal().and_then(Refusal::contract_code)
    }

    /// What the chain executed before the transaction failed. `None` from nodes that only have the
    /// older calls to send transactions, and for a refusal before execution, such as a duplicate.
    #[must_use]
    pub fn trace(&self) -> Option<&TransactionTrace> {
        self.refusal().and_then(|refusal| refusal.trace.as_deref())
    }
}
