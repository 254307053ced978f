//! Responses as a node writes them: JSON of a result, or of an error.
//!
//! An error response is
//!
//! ```json
//! {
//!   "code": 500,
//!   "message": "Internal Service Error",
//!   "error": {
//!     "code": 3050003,
//!     "name": "eosio_assert_message_exception",
//!     "what": "eosio_assert_message assertion failure",
//!     "details": [{ "message": "…", "file": "", "line_number": 0, "method": "" }]
//!   }
//! }
//! ```
//!
//! where the outer `code` is the HTTP status and the inner one the number of the exception. Nodes
//! fill `file`, `line_number` and `method` with places in their own source; here they are empty.
//!
//! | status | exceptions |
//! |---|---|
//! | 400 | `unknown_block_exception`, `invalid_http_request`, `account_query_exception` |
//! | 401 | `unsatisfied_authorization` |
//! | 404 | unknown paths; transactions without a trace |
//! | 409 | `tx_duplicate` |
//! | 500 | all others |

use antelope_rpc_client::Answer;
use antelope_types::rpc::ErrorAnswer;
use antelope_types::{ChainError, ErrorKind};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};

/// An error response.
#[derive(Debug)]
pub(super) struct Refusal(Box<ErrorAnswer>);

impl Refusal {
    /// An error response with this HTTP status and the text that goes with it.
    fn new(code: u16, message: &str, error: ChainError) -> Self {
        let message = message.to_owned();
        Self(Box::new(ErrorAnswer {
            code,
            message,
            error,
        }))
    }

    /// The response to an unknown path: 404.
    pub(super) fn unknown_endpoint() -> Self {
        let error = ChainError::new(ErrorKind::Unspecified, "Unknown Endpoint");
        Self::new(404, "Not Found", error)
    }

    /// The response of `trace_api` where it does not have the transaction: 404.
    pub(super) fn no_trace() -> Self {
        let summary = "Trace API: transaction id missing in the transaction id log files";
        Self::of_trace_api(404, summary)
    }

    /// The response of `trace_api` where a transaction is in a block and has left no trace: 404.
    pub(super) fn no_trace_in_block() -> Self {
        Self::of_trace_api(404, "Trace API: transaction trace missing")
    }

    /// The response of `trace_api` where it does not have the block: 404.
    pub(super) fn no_block_trace() -> Self {
        Self::of_trace_api(404, "Trace API: block trace missing")
    }

    /// The response of `trace_api` to a request without a valid block number: 400.
    pub(super) fn no_block_number() -> Self {
        Self::of_trace_api(400, "Bad or missing block_num")
    }

    /// The response of `trace_api` to a request without a valid id: 400.
    pub(super) fn no_transaction_id() -> Self {
        Self::of_trace_api(400, "Bad or missing transaction ID")
    }

    /// An error response of `trace_api`, in which all fields but the summary are empty.
    fn of_trace_api(status: u16, summary: &str) -> Self {
        let error = ChainError::from_node(0, "".into(), "".into(), Vec::new());
        Self::new(status, summary, error)
    }

    /// The response to a transaction that failed: 500. Nodes pass its error on without its type, so that
    /// the status does not depend on what it failed with.
    pub(super) fn failed(error: &ChainError) -> Self {
        Self::new(500, "Internal Service Error", error.clone())
    }

    /// The response to a body that is missing or not what the call takes: `invalid_http_request`
    /// (3200006), 400.
    pub(super) fn request(problem: impl Into<String>) -> Self {
        ChainError::new(ErrorKind::InvalidHttpRequest, problem).into()
    }

    /// The response to a body one of whose fields has the wrong type: the same, with the text of a
    /// node and the problem as a second message.
    pub(super) fn field(problem: impl Into<String>) -> Self {
        let message = "Unable to parse valid input from POST body";
        ChainError::new(ErrorKind::InvalidHttpRequest, message)
            .with_message(problem)
            .into()
    }

    /// The error in one text, as nodes log it; used by `push_transactions`, whose results contain
    /// errors as text.
    pub(super) fn details(&self) -> String {
        let error = &self.0.error;
        let (code, name, what) = (error.code(), error.name(), error.kind().what());
        let messages: Vec<_> = error.messages().collect();
        format!("{code} {name}: {what}\n{}", messages.join("\n"))
    }

    /// The HTTP response.
    pub(super) fn answer(self) -> Answer {
        Answer {
            status: self.0.code,
            // It consists of text and numbers, so that it can be written.
            body: serde_json::to_vec(&self.0).unwrap_or_default(),
        }
    }
}

impl From<ChainError> for Refusal {
    /// The response to an error of the chain. The status depends on the exception:
    /// `http_plugin::handle_exception`.
    fn from(error: ChainError) -> Self {
        let (status, summary) = match error.kind() {
            ErrorKind::UnknownBlock => (400, "Unknown Block"),
            ErrorKind::InvalidHttpRequest => (400, "Invalid Request"),
            ErrorKind::AccountQuery => (400, "Account lookup"),
            ErrorKind::UnsatisfiedAuthorization => (401, "UnAuthorized"),
            ErrorKind::TxDuplicate => (409, "Conflict"),
            _ => (500, "Internal Service Error"),
        };
        Self::new(status, summary, error)
    }
}

/// The HTTP response to a call that succeeded. The value is written as it is read, without a tree of
/// JSON in between, which would take longer than executing a transaction.
pub(super) fn success(status: u16, value: &impl Serialize) -> Answer {
    let mut body = Vec::with_capacity(ROOM);
    let mut writer = Serializer::with_formatter(&mut body, Quoting);
    // What is written are values of the chain and of JSON, none of which refuses to be.
    let _ = value.serialize(&mut writer);
    Answer { status, body }
}

/// Bytes that most answers have room in.
const ROOM: usize = 4096;

/// The bytes of hexadecimal text; `None` for other text.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    antelope_types::json::bytes::parse(text).ok()
}

/// Writes integers beyond 32 bits as strings, as nodes do, since JavaScript would lose their digits.
/// Nodes do it for every integer of a response, by its magnitude.
struct Quoting;

impl Quoting {
    /// The greatest magnitude of a plain number.
    const PLAIN: u64 = 0xffff_ffff;

    /// Writes a quotation mark around a number that needs one.
    fn quote<W: Write + ?Sized>(writer: &mut W, magnitude: u64) -> io::Result<()> {
        match magnitude > Self::PLAIN {
            true => writer.write_all(b"\""),
            false => Ok(()),
        }
    }
}

impl Formatter for Quoting {
    fn write_i64<W: Write + ?Sized>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        Self::quote(writer, value.unsigned_abs())?;
        CompactFormatter.write_i64(writer, value)?;
        Self::quote(writer, value.unsigned_abs())
    }

    fn write_u64<W: Write + ?Sized>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        Self::quote(writer, value)?;
        CompactFormatter.write_u64(writer, value)?;
        Self::quote(writer, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn large_numbers_are_text() {
        let value = json!({ "a": [4_294_967_295u64, 4_294_967_296u64, -4_294_967_296i64], "b": 1 });
        let answer = success(200, &value);
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(
            text,
            r#"{"a":[4294967295,"4294967296","-4294967296"],"b":1}"#
        );
    }

    #[test]
    fn errors_have_the_status_that_a_node_gives_them() {
        for (kind, status) in [
            (ErrorKind::UnsatisfiedAuthorization, 401),
            (ErrorKind::TxDuplicate, 409),
            (ErrorKind::AccountQuery, 400),
            (ErrorKind::EosioAssertMessage, 500),
        ] {
            let refusal = Refusal::from(ChainError::new(kind, "why"));
            assert_eq!(refusal.answer().status, status, "{kind:?}");
        }
    }
}
