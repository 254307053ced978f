//! A node of canned answers, for tests.

use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use serde_json::{Value, json};
use std::fmt;
use std::sync::{Arc, Mutex};

/// Answers a call by its path and request with a status and a body; none for an answer that is lost.
type Answering = Box<dyn FnMut(&str, &Value) -> Option<(u16, Value)> + Send>;

/// The node.
struct FakeNode(Mutex<Answering>);

impl fmt::Debug for FakeNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FakeNode")
    }
}

impl Transport for FakeNode {
    fn address(&self) -> &str {
        "fake:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let request = serde_json::from_slice(body).unwrap_or_default();
        let answer = self.0.lock().unwrap()(path, &request);
        let (status, body) = answer.ok_or_else(|| ClientError::Transport {
            url: path.to_owned(),
            problem: "lost".to_owned(),
            timed_out: false,
        })?;
        let body = body.to_string().into_bytes();
        Ok(Answer { status, body })
    }
}

/// A client of a node that answers so.
pub(crate) fn node(
    answering: impl FnMut(&str, &Value) -> Option<(u16, Value)> + Send + 'static,
) -> Client {
    Client::over(Arc::new(FakeNode(Mutex::new(Box::new(answering)))))
}

/// The error of a node.
pub(crate) fn refusal(status: u16, code: u64, text: &str) -> Option<(u16, Value)> {
    let details = json!([{ "message": text, "file": "", "line_number": 0, "method": "" }]);
    let error = json!({ "code": code, "name": "x", "what": text, "details": details });
    let body = json!({ "code": status, "message": text, "error": error });
    Some((status, body))
}

/// What a node says to a call that it does not have.
pub(crate) fn unknown() -> Option<(u16, Value)> {
    let body = json!({ "code": 404, "message": "Not Found", "error": {
        "code": 0, "name": "exception", "what": "unspecified",
        "details": [{ "message": "Unknown Endpoint", "file": "", "line_number": 0, "method": "" }],
    } });
    Some((404, body))
}

/// The state of a chain.
pub(crate) fn info(head: u32, irreversible: u32) -> Option<(u16, Value)> {
    let zeros = "0".repeat(64);
    let info = json!({
        "chain_id": zeros, "head_block_num": head, "head_block_id": zeros,
        "head_block_time": "2026-01-01T00:00:00.000", "head_block_producer": "eosio",
        "last_irreversible_block_num": irreversible, "last_irreversible_block_id": zeros,
    });
    Some((200, info))
}
