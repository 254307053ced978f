//! Requests that are no transaction. A wallet shows the first message of an answer, so that this one
//! must be the node's: which field is missing, or that the transaction is invalid as a whole.

use crate::world::World;
use serde_json::{Value, json};

/// What is asked for in this order, each time with one field more.
fn bodies() -> Vec<Value> {
    vec![
        json!({}),
        json!({ "unrelated": 1, "object": { "of": ["some", "kind"] } }),
        json!({ "account_name": "alice" }),
        json!({ "compression": "none" }),
        json!({ "signatures": [] }),
        json!({ "signatures": [], "packed_trx": "" }),
        json!({ "signatures": [], "compression": "none" }),
        json!({ "signatures": [], "compression": "none", "packed_trx": "" }),
        json!({ "signatures": {}, "compression": "none" }),
        json!({ "signatures": "none", "compression": "none" }),
        json!({ "signatures": ["none"], "compression": "none" }),
        json!({ "signatures": [], "compression": "best" }),
        json!({ "signatures": [], "compression": "none", "packed_trx": "xy" }),
        json!({ "signatures": [], "compression": "none", "packed_trx": "00" }),
        json!({ "signatures": [], "compression": "zlib", "packed_trx": "00" }),
        json!({ "signatures": [], "compression": "none", "transaction": 7 }),
        json!([]),
        json!("transaction"),
        json!(null),
    ]
}

/// The status and the first message of an answer.
fn told(status: u16, body: &[u8]) -> (u16, String) {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let first = &value["error"]["details"][0]["message"];
    (status, first.as_str().unwrap_or_default().to_owned())
}

/// The differences of first messages, of each call that takes a transaction.
pub fn run(world: &World) -> Vec<String> {
    let mut differences = Vec::new();
    for call in [
        "push_transaction",
        "send_transaction",
        "send_transaction2",
        "compute_transaction",
        "send_read_only_transaction",
    ] {
        let is_bare = matches!(call, "push_transaction" | "send_transaction");
        let mut requests = bodies();
        if !is_bare {
            let inside = requests.iter().map(|body| json!({ "transaction": body }));
            requests = inside
                .chain([json!({}), json!({ "unrelated": 1 })])
                .collect();
        }
        for request in requests {
            let (path, bytes) = (format!("/v1/chain/{call}"), request.to_string());
            let there = world.both.node.client().post(&path, bytes.as_bytes());
            let there = there.unwrap();
            let here = world.api.answer(&path, bytes.as_bytes());
            let there = told(there.status, &there.body);
            let here = told(here.status, &here.body);
            if there != here {
                differences.push(format!("== {call} {bytes}\n- {there:?}\n+ {here:?}"));
            }
        }
    }
    differences
}
