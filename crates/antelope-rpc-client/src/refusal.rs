//! A node's refusal of a call: the chain's error, and what the call has come to until then.

use antelope_types::rpc::ErrorAnswer;
use antelope_types::{ChainError, ErrorKind, TransactionTrace};
use std::fmt;

/// A refusal by a node or by the chain, in the node's own words.
///
/// Its `Debug` is made for test failures: the message, the whole log and what contracts printed,
/// but not the trace's bytes.
#[derive(Clone, PartialEq)]
pub struct Refusal {
    /// HTTP status; 202 when the failure came as a transaction trace.
    pub status: u16,
    /// Why.
    pub error: ChainError,
    /// The failed transaction's trace, when the node returned it.
    pub trace: Option<Box<TransactionTrace>>,
}

impl Refusal {
    /// The number a contract gave to `eosio_assert_code`.
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

/// The trace, or the refusal where it is that of a failed transaction.
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

/// Reads an error answer; `None` when it is not in the node's form.
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
