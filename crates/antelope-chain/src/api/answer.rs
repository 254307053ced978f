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
//! # Status codes
//!
//! `http_plugin::handle_exception` of nodes chooses them by the type of the exception:
//!
//! | status | exceptions | where |
//! |---|---|---|
//! | 400 | `unknown_block_exception`, `invalid_http_request`, `account_query_exception` | calls that read; a body that cannot be read is `invalid_http_request`, whatever is wrong with it |
//! | 401 | `unsatisfied_authorization` | `get_required_keys` |
//! | 404 | none: unknown paths; blocks and transactions without a trace | all paths; `trace_api` |
//! | 409 | `tx_duplicate` | a transaction that the node has seen |
//! | 500 | all others | |
//!
//! An exception that ends a transaction has status 500 whatever its type is: it is passed on by value as
//! the base of all exceptions ([`Refusal::failed`]), and only what is refused before the transaction
//! begins keeps its type.

use super::json;
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
        let error = error.map_messages(|message| json::visible(message.as_bytes()));
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

    /// The response to a body that is not JSON, or one of whose fields has the wrong type: the same,
    /// with the text of a node and the problem as a second message.
    pub(super) fn field(problem: impl Into<String>) -> Self {
        Self::fields([problem.into()])
    }

    /// The same with several messages.
    pub(super) fn fields(problems: impl IntoIterator<Item = String>) -> Self {
        let message = "Unable to parse valid input from POST body";
        let error = ChainError::new(ErrorKind::InvalidHttpRequest, message);
        problems
            .into_iter()
            .fold(error, ChainError::with_message)
            .into()
    }

    /// All messages but the summary of the call.
    pub(super) fn problems(&self) -> Vec<String> {
        let messages = self.0.error.messages().skip(1);
        messages.map(str::to_owned).collect()
    }

    /// The error in one text, as nodes log it; used by `push_transactions`, whose results contain
    /// errors as text.
    pub(super) fn details(&self) -> String {
        let error = &self.0.error;
        let (code, name, what) = (error.code(), error.name(), error.kind().what());
        let messages: Vec<_> = error.messages().collect();
        format!("{code} {name}: {what}\n{}", messages.join("\n"))
    }

    /// The refusal with a further message, of a level that it passes.
    pub(super) fn with_message(mut self, message: &str) -> Self {
        self.0.error = self.0.error.with_message(message);
        self
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
        let (status, summary) = status(error.code());
        Self::new(status, summary, error)
    }
}

/// Exceptions that have a status of their own, in the order in which `handle_exception` catches them.
const STATUSES: [(u64, u16, &str); 5] = [
    (ErrorKind::UnknownBlock.code(), 400, "Unknown Block"),
    (ErrorKind::InvalidHttpRequest.code(), 400, "Invalid Request"),
    (ErrorKind::AccountQuery.code(), 400, "Account lookup"),
    (
        ErrorKind::UnsatisfiedAuthorization.code(),
        401,
        "UnAuthorized",
    ),
    (ErrorKind::TxDuplicate.code(), 409, "Conflict"),
];

/// The HTTP status of an exception with this number, and the text that goes with it.
fn status(code: u64) -> (u16, &'static str) {
    let found = STATUSES.iter().find(|(known, ..)| *known == code);
    found.map_or((500, "Internal Service Error"), |(_, status, summary)| {
        (*status, summary)
    })
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
        let others = ErrorKind::ALL.iter().map(|kind| kind.code());
        for code in others.chain([11, 3_999_999]) {
            let expected = match code {
                3_100_002 | 3_200_006 | 3_060_002 => 400,
                3_090_003 => 401,
                3_040_008 => 409,
                _ => 500,
            };
            let error = ChainError::from_node(code, "".into(), "".into(), Vec::new());
            assert_eq!(
                Refusal::from(error.clone()).answer().status,
                expected,
                "{code}"
            );
            // What ends a transaction has lost its type.
            assert_eq!(Refusal::failed(&error).answer().status, 500, "{code}");
        }
    }
}
