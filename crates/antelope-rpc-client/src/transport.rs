//! The way to a node: HTTP, or anything else that answers a node's calls.

use crate::error::ClientError;
use crate::refusal::read_error_answer;
use antelope_types::ChainError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::thread::sleep;
use std::time::Duration;

/// What a node answers to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As HTTP has it: 2xx for success; else the body says what is wrong.
    pub status: u16,
    /// JSON.
    pub body: Vec<u8>,
}

/// The way to one node.
///
/// [`Client::new`](crate::Client::new) goes by HTTP. A chain in the same process, or something that
/// stands before a node, is given to [`Client::over`](crate::Client::over).
pub trait Transport: Debug + Send + Sync {
    /// What errors call the node by, e.g. `http://127.0.0.1:8888`.
    fn address(&self) -> &str;

    /// Sends one call: `path` like `/v1/chain/get_info`, and the request as JSON.
    ///
    /// # Errors
    /// When no answer came. An answer that refuses is none.
    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError>;

    /// Lets so much time pass while the client waits for a block: the thread sleeps. Where time
    /// does not pass by itself, this is where it is made to.
    fn pause(&self, time: Duration) {
        sleep(time);
    }
}

/// Calls `path` and reads the typed answer.
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

/// The start of an answer, fit for one line of an error message.
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
