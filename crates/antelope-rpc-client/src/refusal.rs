//! A node's refusal of a call: the chain's error, and what was executed before it.
//!
//! Nodes refuse in two ways, and both become a [`Refusal`]: with an HTTP status of 4xx or 5xx and an
//! error in the body, or, for a transaction that was executed and failed, with status 202 and a trace
//! that holds the error.

use antelope_types::rpc::ErrorAnswer;
use antelope_types::{ChainError, ErrorKind, TransactionTrace};
use std::fmt;

/// A refusal by a node or by the chain, in the node's own words.
///
/// `Display` is one line, by who refused:
///
/// | who | text |
/// |---|---|
/// | a contract, by a check with a text | `contract refused: <text>` |
/// | a contract, by a check with a number | `contract refused with error code <number>` |
/// | the chain | `chain refused: <reason> (<name of the error> <code>)` |
/// | the node, without an error code | `node refused (status <status>): <reason>` |
///
/// ```
/// use antelope_rpc_client::{ChainError, ErrorKind, Refusal};
///
/// let error = ChainError::new(ErrorKind::MissingAuth, "missing authority of alice");
/// let refusal = Refusal { status: 202, error, trace: None };
/// assert_eq!(
///     refusal.to_string(),
///     "chain refused: missing authority of alice (missing_auth_exception 3090004)"
/// );
/// ```
///
/// Its `Debug` is made for test failures: the message, the whole log and what contracts printed,
/// but not the trace's bytes.
#[derive(Clone, PartialEq)]
pub struct Refusal {
    /// HTTP status; 202 when the failure came as a transaction trace.
    pub status: u16,
    /// The error with its code, its kind and all messages of the node.
    pub error: ChainError,
    /// The failed transaction's trace, when the node returned it. It has the actions that were
    /// executed up to the failure, with what they printed, and no receipt. Only
    /// `send_transaction2` and read-only calls return one.
    pub trace: Option<Box<TransactionTrace>>,
}

impl Refusal {
    /// The number a contract gave to `eosio_assert_code`; `None` for every other refusal. It is taken
    /// from the error's message, else from the trace's `error_code`.
    #[must_use]
    pub fn contract_code(&self) -> Option<u64> {
        let of_trace = || {
            // For any other failure, nodes write a number of their own there.
            let is_number = self.error.is(ErrorKind::EosioAssertCode);
            let trace = self.trace.as_ref().filter(|_| is_number)?;
            trace.error_code
        };
        self.error.contract_code().or_else(of_trace)
    }
}

/// The trace of a transaction that succeeded; the refusal where the trace has an error in it. A failed
/// transaction comes with a status of success, which therefore says nothing.
pub(crate) fn executed(status: u16, trace: TransactionTrace) -> Result<TransactionTrace, Refusal> {
    match &trace.except {
        None => Ok(trace),
        Some(error) => Err(Refusal {
            status,
            error: error.clone(),
            trace: Some(Box::new(trace)),
        }),
    }
}

/// Reads the body of an answer with another status than 2xx; `None` when it is not in a node's form.
///
/// Some answers of nodes' HTTP plugin have an empty `what`. The `message` of the answer, which else
/// only repeats the status, takes its place there, so that a reason is always told.
pub(crate) fn read_error_answer(status: u16, body: &[u8]) -> Option<Refusal> {
    let answer: ErrorAnswer = serde_json::from_slice(body).ok()?;
    let mut error = answer.error;
    if error.what().is_empty() {
        let (name, details) = (error.name().to_owned(), error.details().to_vec());
        error = ChainError::from_node(error.code(), name.into(), answer.message.into(), details);
    }
    Some(Refusal {
        status,
        error,
        trace: None,
    })
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, error, .. } = self;
        if let Some(text) = error.assertion() {
            return write!(f, "contract refused: {text}");
        }
        if let Some(code) = self.contract_code() {
            return write!(f, "contract refused with error code {code}");
        }
        let reason = error.reason();
        match error.code() {
            0 => write!(f, "node refused (status {status}): {reason}"),
            code => write!(f, "chain refused: {reason} ({} {code})", error.name()),
        }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} (status {})", self.status)?;
        let details = self.error.details().iter();
        for detail in details.filter(|it| !it.message.is_empty()) {
            let (file, line) = (&detail.file, detail.line_number);
            write!(f, "\n  {} ({file}:{line})", detail.message)?;
        }
        let Some(trace) = &self.trace else {
            return Ok(());
        };
        write!(f, "\n  in transaction {}", trace.id)?;
        for action in &trace.action_traces {
            let (ordinal, creator) = (action.action_ordinal, action.creator_action_ordinal);
            write!(f, "\n  {ordinal} by {creator}: {} <= ", action.receiver)?;
            write!(f, "{}::{}", action.act.account, action.act.name)?;
            if action.except.is_some() {
                f.write_str(", failed")?;
            }
            if !action.console.is_empty() {
                write!(f, "\n    printed: {}", action.console)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests;
