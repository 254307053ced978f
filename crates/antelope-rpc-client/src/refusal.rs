//! What nodes and chains say when they refuse, read from errors and from traces.

use crate::trace::{ActionTrace, Trace};
use serde::Deserialize;
use std::fmt;

/// The chain's code of `eosio_assert_message_exception`: a contract's check with a text.
pub const ASSERT_MESSAGE: u64 = 3_050_003;
/// The chain's code of `eosio_assert_code_exception`: a contract's check with a number.
pub const ASSERT_CODE: u64 = 3_050_004;
/// The chain's code of `tx_duplicate`: this very transaction is already known.
pub const DUPLICATE_TRANSACTION: u64 = 3_040_008;
/// The chain's code of `expired_tx_exception`.
pub const EXPIRED_TRANSACTION: u64 = 3_040_005;
/// The chain's code of `unsatisfied_authorization`: the keys given do not satisfy a permission.
pub const UNSATISFIED_AUTHORIZATION: u64 = 3_090_003;
/// The chain's code of `missing_auth_exception`: an action asked for an authority it was not given.
pub const MISSING_AUTH: u64 = 3_090_004;

/// A refusal by a node or by the chain, in the node's own words.
///
/// Its `Debug` is made for test failures: the message, the whole log and what contracts printed,
/// but not the trace's bytes.
#[derive(Clone, PartialEq)]
pub struct ChainError {
    /// HTTP status; 202 when the failure came as a transaction trace.
    pub status: u16,
    /// The exception's code, e.g. 3050003; zero when the node names none.
    pub code: u64,
    /// The exception's name, e.g. `eosio_assert_message_exception`.
    pub name: String,
    /// The exception's general description, e.g. `eosio_assert_message assertion failure`.
    pub what: String,
    /// The log behind it, most specific first. Empty on nodes that hide it
    /// (`--verbose-http-errors` off), except for contract assertions.
    pub details: Vec<ErrorDetail>,
    /// The number a contract gave to `eosio_assert_code` (code 3050004).
    pub error_code: Option<u64>,
    /// The failed transaction's trace, when the node returned it.
    pub trace: Option<Box<Trace>>,
}

/// One entry of the log behind a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ErrorDetail {
    /// What happened.
    pub message: String,
    /// Source file of the node.
    #[serde(default)]
    pub file: String,
    /// Line in it.
    #[serde(default)]
    pub line_number: u64,
    /// Function in it.
    #[serde(default)]
    pub method: String,
}

impl ChainError {
    /// The most specific text there is: the contract's own words for a failed check.
    #[must_use]
    pub fn message(&self) -> &str {
        if let Some(text) = self.assertion() {
            return text;
        }
        match self.details.iter().find(|d| !d.message.is_empty()) {
            Some(detail) => &detail.message,
            None => &self.what,
        }
    }

    /// The text of a contract's failed check, without `assertion failure with message: `.
    #[must_use]
    pub fn assertion(&self) -> Option<&str> {
        if self.code != ASSERT_MESSAGE {
            return None;
        }
        const PREAMBLE: &str = "assertion failure with message: ";
        self.details
            .iter()
            .find_map(|d| d.message.strip_prefix(PREAMBLE))
    }
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.assertion() {
            return write!(f, "contract refused: {text}");
        }
        if let Some(code) = self.error_code {
            return write!(f, "contract refused with error code {code}");
        }
        match self.code {
            0 => write!(
                f,
                "node refused (status {}): {}",
                self.status,
                self.message()
            ),
            code => write!(
                f,
                "chain refused: {} ({} {code})",
                self.message(),
                self.name
            ),
        }
    }
}

impl fmt::Debug for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} (status {})", self.status)?;
        for detail in self.details.iter().filter(|d| !d.message.is_empty()) {
            write!(
                f,
                "\n  {} ({}:{})",
                detail.message, detail.file, detail.line_number
            )?;
        }
        let Some(trace) = &self.trace else {
            return Ok(());
        };
        write!(f, "\n  in transaction {}", trace.id)?;
        for action in &trace.actions {
            let failed = if action.error.is_some() {
                ", failed"
            } else {
                ""
            };
            let ActionTrace {
                ordinal,
                creator,
                receiver,
                account,
                name,
                ..
            } = action;
            write!(
                f,
                "\n  {ordinal} by {creator}: {receiver} <= {account}::{name}{failed}"
            )?;
            if !action.console.is_empty() {
                write!(f, "\n    printed: {}", action.console)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ChainError {}

/// The node's envelope of an error: `{code, message, error: {code, name, what, details}}`.
#[derive(Deserialize)]
struct ErrorEnvelope {
    #[serde(default)]
    message: String,
    error: Option<Exception>,
}

/// An exception as nodes write it, in error envelopes and in traces.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Exception {
    #[serde(default, deserialize_with = "crate::json::u64_or_text")]
    code: u64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Vec<ErrorDetail>,
    #[serde(default)]
    stack: Vec<StackEntry>,
}

/// The form of a log entry inside a trace: a format and its values, not yet put together.
#[derive(Debug, Clone, Deserialize)]
struct StackEntry {
    #[serde(default)]
    context: serde_json::Value,
    #[serde(default)]
    format: String,
    #[serde(default)]
    data: serde_json::Value,
}

impl Exception {
    /// Turns the node's exception into a refusal.
    pub(crate) fn into_chain_error(self, status: u16, trace: Option<Box<Trace>>) -> ChainError {
        let mut details = self.details;
        details.extend(self.stack.iter().map(StackEntry::to_detail));
        // Nodes fill the trace's field for any failure of a contract, with a number of their own.
        let error_code = trace.as_ref().and_then(|t| t.error_code).or_else(|| {
            let preamble = "assertion failure with error code: ";
            details
                .iter()
                .find_map(|d| d.message.strip_prefix(preamble)?.parse().ok())
        });
        let error_code = error_code.filter(|_| self.code == ASSERT_CODE);
        ChainError {
            status,
            code: self.code,
            name: self.name,
            what: if self.what.is_empty() {
                self.message
            } else {
                self.what
            },
            details,
            error_code,
            trace,
        }
    }
}

impl StackEntry {
    fn to_detail(&self) -> ErrorDetail {
        let text = |key: &str| self.context[key].as_str().unwrap_or_default().to_owned();
        ErrorDetail {
            message: fill(&self.format, &self.data),
            file: text("file"),
            line_number: self.context["line"].as_u64().unwrap_or_default(),
            method: text("method"),
        }
    }
}

/// Puts `data`'s values in the `${places}` of a log format, as the node's logger does.
fn fill(format: &str, data: &serde_json::Value) -> String {
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(start) = rest.find("${") {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        match data.get(&from[2..end]) {
            Some(serde_json::Value::String(text)) => out.push_str(text),
            Some(value) => out.push_str(&value.to_string()),
            None => out.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Reads an error answer; `None` when it is not in the node's form.
pub(crate) fn read_error_answer(status: u16, body: &[u8]) -> Option<ChainError> {
    let envelope: ErrorEnvelope = serde_json::from_slice(body).ok()?;
    let mut error = envelope.error?.into_chain_error(status, None);
    if error.what.is_empty() {
        error.what = envelope.message;
    }
    Some(error)
}

#[cfg(test)]
mod tests;
