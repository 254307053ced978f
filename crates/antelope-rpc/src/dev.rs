//! Calls for development, `POST /v1/dev/…`: time, blocks, snapshots, impersonation, forking from
//! another node.
//!
//! They are there only where [`Options::development`](crate::Options::development) is set, and
//! unknown paths (404) otherwise. Whoever can reach them can do anything to the chain.
//!
//! | call | request | answer |
//! |---|---|---|
//! | `advance_time` | `seconds`, a number, or `to`, a UTC time | the head |
//! | `produce_blocks` | `count`, 1 by default and at most 10 000, `interval_ms` | the head |
//! | `production` | `mode` and `interval_ms`, or none | when blocks are made, and the head |
//! | `snapshot` | none | `id` and the head |
//! | `revert` | `id` | the head, as it was then |
//! | `get_snapshots` | none | `snapshots`: of each the `id` and the head |
//! | `drop_snapshot` | `id` | `id` |
//! | `push_actions` | `actions` as in a transaction, `data` hexadecimal or JSON | as `send_transaction`, 202 |
//! | `fork` | `url`, `accounts`, `tables`, or `lazy`; see `fork` | what was written |
//! | `get_fork` | none | the other chain, and what was taken over of it |
//!
//! The head is `head_block_num`, `head_block_id`, `head_block_time`, and `now`, the time of the block
//! in production. `docs/node-development.md` of the repository has each with an example.
//!
//! Errors have the form of a node's, with `invalid_http_request` (3200006, status 400) for what was
//! wrong with the request.

mod fork;
mod import;
mod input;
mod production;
mod snapshots;
mod time;

use crate::options::Options;
use crate::production::{OwnClock, Producing};
use crate::upstream::ForkSource;
use antelope_chain::Chain;
use antelope_chain::api::Api;
use antelope_rpc_client::Answer;
use antelope_types::rpc::ErrorAnswer;
use antelope_types::{ChainError, ErrorKind};
use input::Input;
use serde_json::{Value, json};
use snapshots::Snapshots;
use std::sync::{Arc, Mutex};

/// The calls, with what they keep.
pub(crate) struct Dev {
    /// The chain.
    api: Api,
    /// Snapshots that were taken, by their ids.
    snapshots: Snapshots,
    /// The node that the chain is a fork of, where it is asked.
    source: Mutex<Option<ForkSource>>,
    /// Who makes the blocks.
    producing: Arc<dyn Producing>,
}

impl Dev {
    /// The paths of all calls.
    pub(crate) const CALLS: &[&str] = &[
        "/v1/dev/advance_time",
        "/v1/dev/drop_snapshot",
        "/v1/dev/fork",
        "/v1/dev/get_fork",
        "/v1/dev/get_snapshots",
        "/v1/dev/produce_blocks",
        "/v1/dev/production",
        "/v1/dev/push_actions",
        "/v1/dev/revert",
        "/v1/dev/snapshot",
    ];

    /// The calls for this chain, without snapshots.
    pub(crate) fn new(api: Api, options: &Options) -> Self {
        let producing = options.production.clone();
        Self {
            producing: producing.unwrap_or_else(|| Arc::new(OwnClock::new(api.clone()))),
            api,
            snapshots: Snapshots::default(),
            source: Mutex::new(options.fork.clone()),
        }
    }

    /// Answers a call; `None` for a path that is not one of these.
    ///
    /// Runs on a thread for calls: it may wait for the chain, and `fork` for the other node.
    pub(crate) fn answer(&self, path: &str, body: &[u8]) -> Option<Answer> {
        let call = path.strip_prefix("/v1/dev/")?;
        if call == "push_actions" {
            return Some(self.api.push_unsigned(body));
        }
        let call: fn(&Self, &Input) -> Result<Value, ChainError> = match call {
            "advance_time" => Self::advance_time,
            "produce_blocks" => Self::produce_blocks,
            "production" => Self::production,
            "snapshot" => Self::snapshot,
            "revert" => Self::revert,
            "get_snapshots" => Self::get_snapshots,
            "drop_snapshot" => Self::drop_snapshot,
            "fork" => Self::fork,
            "get_fork" => Self::get_fork,
            _ => return None,
        };
        let result = Input::read(body).and_then(|input| call(self, &input));
        Some(result.map_or_else(refusal, |value| Answer {
            status: 200,
            body: value.to_string().into_bytes(),
        }))
    }
}

/// What calls say of the chain. `now` is the time of the block in production, which contracts see as
/// the current time and in which the next transaction will be.
fn head(chain: &Chain) -> Value {
    let head = chain.head();
    json!({
        "head_block_num": head.number(),
        "head_block_id": head.id,
        "head_block_time": chain.head_time(),
        "now": chain.now(),
    })
}

/// An error as a node tells it: status 400 for what was wrong with the request, and 500 for what the
/// chain or the other node has refused.
fn refusal(error: ChainError) -> Answer {
    let (code, message) = match error.kind() {
        ErrorKind::InvalidHttpRequest => (400, "Invalid Request"),
        _ => (500, "Internal Service Error"),
    };
    let answer = ErrorAnswer {
        code,
        message: message.to_owned(),
        error,
    };
    Answer {
        status: code,
        // It consists of text and numbers, so that it can be written.
        body: serde_json::to_vec(&answer).unwrap_or_default(),
    }
}
