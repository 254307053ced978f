//! The way to a node: HTTP, or anything else that answers a node's calls.
//!
//! A transport moves bytes and knows nothing of their meaning. What the bytes of an answer mean is
//! decided here, once for all transports:
//!
//! | status | body | outcome |
//! |---|---|---|
//! | 2xx | JSON of the wanted type | the value |
//! | 2xx | anything else | [`ClientError::Shape`] |
//! | 404 | a node's error with the message `Unknown Endpoint` | [`ClientError::Unsupported`] |
//! | any other | a node's error | [`ClientError::Chain`] |
//! | any other | anything else | [`ClientError::NotANode`] |
//!
//! A failed transaction is a trace with an error in it under status 202; `push.rs` handles that.

use crate::error::ClientError;
use crate::refusal::read_error_answer;
use antelope_types::ChainError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::thread::sleep;
use std::time::Duration;

/// What a node answers to a call, before it is interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status. 2xx is success; with every other status the body says what is wrong, in the
    /// form of [`ErrorAnswer`](antelope_types::rpc::ErrorAnswer).
    pub status: u16,
    /// JSON, as UTF-8 text.
    pub body: Vec<u8>,
}

/// The way to one node.
///
/// [`Client::new`](crate::Client::new) goes by HTTP. A chain in the same process, or something that
/// stands before a node, is given to [`Client::over`](crate::Client::over). The page of the
/// crate has an implementation with canned answers.
///
/// A transport is shared by all clones of a client and may be called by many threads at once. It
/// does not repeat calls: a transaction must not be sent twice behind the caller's back.
pub trait Transport: Debug + Send + Sync {
    /// How errors name the node, such as `http://127.0.0.1:8888`. The path of the call is appended to
    /// it.
    fn address(&self) -> &str;

    /// Sends one call and returns the node's answer. `path` begins with a slash, such as
    /// `/v1/chain/get_info`; `body` is the request as JSON.
    ///
    /// # Errors
    /// [`ClientError::Transport`] or [`ClientError::AnswerTooLong`] where no whole answer came. An
    /// answer with which the node refuses is not an error here: it is returned as `Ok`.
    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError>;

    /// Lets time pass between two questions of
    /// [`Client::wait_for_block`](crate::Client::wait_for_block). By default the thread sleeps. A
    /// transport to a chain that produces no blocks by itself overrides this and produces one.
    fn pause(&self, time: Duration) {
        sleep(time);
    }
}

/// Calls `path` and reads the typed answer, by the table at the head of this module.
pub(crate) fn call<A: DeserializeOwned>(
    transport: &dyn Transport,
    path: &str,
    request: &impl Serialize,
) -> Result<A, ClientError> {
    let url = || format!("{}{path}", transport.address());
    let shape = |problem| ClientError::Shape {
        url: url(),
        problem,
    };
    let payload = serde_json::to_vec(request).map_err(|e| shape(format!("request: {e}")))?;
    let Answer { status, body } = transport.post(path, &payload)?;
    if (200..300).contains(&status) {
        return serde_json::from_slice(&body).map_err(|e| shape(e.to_string()));
    }
    match read_error_answer(status, &body) {
        Some(refusal) if status == 404 && is_unknown_endpoint(&refusal.error) => {
            Err(ClientError::Unsupported { url: url() })
        }
        Some(refusal) => Err(Box::new(refusal).into()),
        None => Err(ClientError::NotANode {
            url: url(),
            status,
            excerpt: excerpt(&body),
        }),
    }
}

/// Nodes answer 404 to a call they do not have, but also for unknown blocks and transactions.
fn is_unknown_endpoint(error: &ChainError) -> bool {
    error.code() == 0 && error.messages().any(|text| text == "Unknown Endpoint")
}

/// The first 200 bytes of an answer, with each run of white space as one space: fit for one line of
/// an error message. Bytes that are not UTF-8 become replacement characters.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(200)]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A chain that is a block further each time it is waited for.
    #[derive(Debug, Default)]
    struct Counter(AtomicU32);

    impl Transport for Counter {
        fn address(&self) -> &str {
            "counter"
        }

        fn post(&self, path: &str, _: &[u8]) -> Result<Answer, ClientError> {
            assert_eq!(path, "/v1/chain/get_info");
            let (zeros, number) = ("0".repeat(64), self.0.load(Ordering::Relaxed));
            let info = serde_json::json!({
                "chain_id": zeros, "head_block_num": number, "head_block_id": zeros,
                "head_block_time": "2020-01-01T00:00:00.000", "head_block_producer": "eosio",
                "last_irreversible_block_num": number, "last_irreversible_block_id": zeros,
            });
            Ok(Answer {
                status: 200,
                body: info.to_string().into_bytes(),
            })
        }

        fn pause(&self, _: Duration) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_client_goes_any_way_and_waits_as_the_way_has_it() {
        let client = Client::over(Arc::new(Counter::default()));
        assert_eq!(client.url(), "counter");
        let info = client.wait_for_block(7, Duration::from_secs(60)).unwrap();
        assert_eq!(info.head_block_num, 7);
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(b"<html>\n  <b>502</b>\n"), "<html> <b>502</b>");
        assert!(excerpt(&[b'x'; 5000]).len() == 200);
    }
}
