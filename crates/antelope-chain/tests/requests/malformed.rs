//! Requests that are no requests: bodies that are not JSON, fields of a wrong type, and what is no
//! transaction. The whole error must be the node's: the status and all messages, save the places in
//! its source and what [`INNER`] has.

use crate::shared::difference::difference;
use crate::shared::random::Random;
use crate::values;
use crate::world::World;
use serde_json::{Value, json};

/// Texts that are read in ways of their own, or not at all.
const TEXTS: &[&[u8]] = &[
    b"",
    b" ",
    b"\t",
    b"\n",
    b"{}",
    b" { \t} ",
    b"{\n}",
    b"{,}",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[]",
    b"[1",
    b"[1 2",
    b"null",
    b"nul",
    b"true",
    b"truex",
    b"falsehood",
    b"7",
    b"-7",
    b"-",
    b".",
    b"-.",
    b"1.5",
    b"1.5.2",
    b".5",
    b"1.",
    b"1e5",
    b"0x10",
    b"1x",
    b"+1",
    b"abc",
    b"\"text\"",
    b"\"text",
    b"\"te\\",
    b"\"\\u0041\\q\\n\"",
    b"\0",
    b"\0\0{}",
    b"\x04",
    b"\x0b{}",
    b"\xff",
    b"\xc3\xa9",
    b"/**/{}",
    b"99999999999999999999",
    b"-99999999999999999999",
    b"[99999999999",
    b"[1.5,-0.25,true,null,{\"a\":\"b\\\"\"},",
    b"{\"a\"",
    b"{\"a\":",
    b"{\"a\":1",
    b"{\"a\":1]",
    b"{\"a\":[1,",
    b"{\"a\":{\"b\":[",
    b"{\"a\" 1}",
    b"{'a':1}",
    b"{a:1}",
    b"{\"a\":\"b",
    b"{\"a\":\"\x01\x7f\xc2\x85",
    b"{\"a\":1}x",
    b"{\"a\":1}}",
    b"{\"a\":1,,}",
    b"{\"a\":1 \"b\":2}",
    b"{\"a\":1\0}",
    b"{\"a\":\"\xff\xfe",
    b"{\"id\":1}",
    b"[{}]",
    b"[{},1]",
    b"[7]",
    b"[[[[[[[[[[[[[[",
    b"{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[",
];

/// Calls that read their body in different ways.
const CALLS: [&str; 9] = [
    "/v1/chain/get_account",
    "/v1/chain/get_info",
    "/v1/chain/get_activated_protocol_features",
    "/v1/chain/push_transaction",
    "/v1/chain/send_transaction2",
    "/v1/chain/push_transactions",
    "/v1/chain/get_transaction_id",
    "/v1/chain/get_transaction_status",
    "/v1/trace_api/get_block",
];

/// Calls with their fields, each of which is given values of all types.
const FIELDS: &[(&str, &[&str])] = &[
    ("get_account", &["account_name", "expected_core_symbol"]),
    ("get_abi", &["account_name"]),
    ("get_raw_abi", &["account_name", "abi_hash"]),
    ("get_code", &["account_name", "code_as_wasm"]),
    ("get_code_hash", &["account_name"]),
    ("get_raw_code_and_abi", &["account_name"]),
    ("get_block", &["block_num_or_id"]),
    ("get_block_info", &["block_num"]),
    ("get_block_header_state", &["block_num_or_id"]),
    ("get_raw_block", &["block_num_or_id"]),
    (
        "get_block_header",
        &["block_num_or_id", "include_extensions"],
    ),
    ("get_currency_balance", &["code", "account", "symbol"]),
    ("get_currency_stats", &["code", "symbol"]),
    (
        "get_producers",
        &["json", "lower_bound", "limit", "time_limit_ms"],
    ),
    (
        "get_scheduled_transactions",
        &["json", "lower_bound", "limit", "time_limit_ms"],
    ),
    (
        "get_activated_protocol_features",
        &[
            "lower_bound",
            "upper_bound",
            "limit",
            "search_by_block_num",
            "reverse",
            "time_limit_ms",
        ],
    ),
    (
        "get_table_by_scope",
        &[
            "code",
            "table",
            "lower_bound",
            "upper_bound",
            "limit",
            "reverse",
            "time_limit_ms",
        ],
    ),
    (
        "get_table_rows",
        &[
            "json",
            "code",
            "scope",
            "table",
            "table_key",
            "lower_bound",
            "upper_bound",
            "limit",
            "key_type",
            "index_position",
            "encode_type",
            "reverse",
            "show_payer",
            "time_limit_ms",
        ],
    ),
    ("get_accounts_by_authorizers", &["accounts", "keys"]),
    ("get_required_keys", &["transaction", "available_keys"]),
    (
        "get_transaction_id",
        &[
            "expiration",
            "ref_block_num",
            "actions",
            "transaction_extensions",
        ],
    ),
    (
        "send_transaction2",
        &[
            "return_failure_trace",
            "retry_trx",
            "retry_trx_num_blocks",
            "transaction",
        ],
    ),
    ("compute_transaction", &["transaction"]),
    ("send_read_only_transaction", &["transaction"]),
];

/// What is no transaction as JSON.
fn unpacked() -> Vec<Value> {
    let action = |action: Value| json!({ "actions": [action] });
    let level = |level: Value| json!({ "account": "eosio", "name": "a", "authorization": level });
    vec![
        json!({ "actions": 7 }),
        json!({ "expiration": 7 }),
        json!({ "ref_block_num": "x" }),
        json!({ "delay_sec": [] }),
        json!({ "max_cpu_usage_ms": {} }),
        json!({ "transaction_extensions": {} }),
        json!({ "transaction_extensions": [7] }),
        json!({ "transaction_extensions": [["x"]] }),
        json!({ "transaction_extensions": [[1, 7]] }),
        json!({ "transaction_extensions": [[1, "x"]] }),
        action(json!(7)),
        action(json!({})),
        action(json!({ "account": "eosio" })),
        action(json!({ "account": "eosio", "name": 7 })),
        action(json!({ "account": "EOSIO", "name": "a" })),
        action(json!({ "account": "eosio", "name": "toolongtobeaname" })),
        action(level(json!({}))),
        action(level(json!([7]))),
        action(level(json!([{ "actor": 7 }]))),
        action(level(json!([{ "actor": "A" }]))),
        action(json!({ "account": "eosio", "name": "a", "data": "x" })),
        action(json!({ "account": "eosio", "name": "a", "data": 7 })),
        action(json!({ "account": "eosio", "name": "a", "data": {} })),
        action(json!({ "account": "eosio", "name": "a", "hex_data": "xy" })),
    ]
}

/// What is asked for in this order, each time with one field more.
fn transactions() -> Vec<Value> {
    let unpacked = unpacked().into_iter().map(|transaction| {
        json!({ "signatures": [], "compression": "none", "transaction": transaction })
    });
    let mut all: Vec<Value> = unpacked.collect();
    all.extend([
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
        json!({ "signatures": [], "compression": 7 }),
        json!({ "signatures": [], "compression": "7" }),
        json!({ "signatures": [], "compression": [] }),
        json!({ "signatures": [[]], "compression": "none" }),
        json!({ "signatures": [7], "compression": "none" }),
        json!({ "signatures": [], "compression": "none", "context_free_data": 7 }),
        json!({ "signatures": [], "compression": "none", "context_free_data": [7] }),
        json!([]),
        json!("transaction"),
        json!(null),
    ]);
    all
}

/// Every request, by its path and body.
fn requests() -> Vec<(String, Vec<u8>)> {
    let mut requests = Vec::new();
    for call in CALLS {
        requests.extend(TEXTS.iter().map(|text| (call.to_owned(), text.to_vec())));
    }
    for call in [
        "push_transaction",
        "send_transaction",
        "send_transaction2",
        "compute_transaction",
        "send_read_only_transaction",
    ] {
        let is_bare = matches!(call, "push_transaction" | "send_transaction");
        let mut bodies = transactions();
        if !is_bare {
            let inside = bodies.iter().map(|body| json!({ "transaction": body }));
            bodies = inside
                .chain([json!({}), json!({ "unrelated": 1 })])
                .collect();
        }
        let bodies = bodies.into_iter().map(|body| body.to_string().into_bytes());
        requests.extend(bodies.map(|body| (format!("/v1/chain/{call}"), body)));
    }
    for transaction in unpacked() {
        let body = transaction.to_string().into_bytes();
        requests.push(("/v1/chain/get_transaction_id".to_owned(), body));
        let body = json!({ "transaction": transaction, "available_keys": [] });
        let path = "/v1/chain/get_required_keys".to_owned();
        requests.push((path, body.to_string().into_bytes()));
    }
    let mut random = Random::new(7);
    for (call, fields) in FIELDS {
        for field in *fields {
            let mut given = vec![
                json!(null),
                json!(true),
                json!(7),
                json!(-7),
                json!(1.5),
                json!([]),
                json!([1]),
                json!({}),
                json!({ "a": 1 }),
                json!("a word"),
                json!("toolongtobeaname"),
                json!("UPPER"),
                json!("7"),
            ];
            given.extend((0..6).map(|_| values::any(&mut random)));
            for value in given {
                let body = json!({ *field: value }).to_string();
                requests.push((format!("/v1/chain/{call}"), body.into_bytes()));
            }
        }
    }
    requests
}

/// An error without places in the source of a node; only the status of a success.
fn told(status: u16, body: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    if status < 300 {
        return json!({ "status": status });
    }
    let details = value.pointer_mut("/error/details");
    for detail in details.and_then(Value::as_array_mut).into_iter().flatten() {
        let message = detail["message"].as_str().unwrap_or_default();
        // The end of the text inside of an object is told with the places where it was noticed.
        *detail = match message.starts_with("Unexpected EOF: ") {
            true => {
                let lines = message.lines().filter(|line| !line.starts_with("    "));
                lines.collect::<Vec<_>>().join("\n").into()
            }
            false => message.into(),
        };
    }
    json!({ "status": status, "error": value })
}

/// What nodes say of bytes that end too early, with the structures of their source that they were
/// reading, and of text that is not a time, in words of boost. Their first messages are compared.
const INNER: [&str; 2] = [
    "read datastream of length ",
    "unable to convert ISO-formatted string to fc::time_point_sec",
];

/// Whether an error has one of these.
fn is_inner(error: &Value) -> bool {
    let second = &error["error"]["error"]["details"][1];
    let second = second.as_str().unwrap_or_default();
    INNER.iter().any(|text| second.contains(text))
}

/// The differences of all of them.
pub fn run(world: &World) -> Vec<String> {
    let mut differences = Vec::new();
    let (requests, mut errors, mut inner) = (requests(), 0, 0);
    for (path, body) in &requests {
        let there = world.both.node.client().post(path, body).unwrap();
        let here = world.api.answer(path, body);
        errors += usize::from(there.status >= 300);
        let mut there = told(there.status, &there.body);
        let mut here = told(here.status, &here.body);
        if is_inner(&there) {
            inner += 1;
            for error in [&mut there, &mut here] {
                let details = error.pointer_mut("/error/error/details");
                details.unwrap().as_array_mut().unwrap().truncate(1);
            }
        }
        if let Some(lines) = difference(&there, &here) {
            let body = String::from_utf8_lossy(body);
            differences.push(format!("== {path} {body:?}\n{lines}"));
        }
    }
    eprintln!(
        "{} malformed requests, {errors} of them errors, {inner} by their first messages, {} differ",
        requests.len(),
        differences.len()
    );
    differences
}
