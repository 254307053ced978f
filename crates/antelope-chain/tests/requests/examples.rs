//! Requests of which it is known that they were answered otherwise once.

use crate::calls::{Same, compare};
use crate::shared::difference::difference;
use crate::world::{World, browser_key};
use serde_json::{Value, json};

fn rows(more: Value) -> Value {
    let mut request = json!({ "code": "shelf", "scope": "shelf", "table": "items", "json": true });
    for (field, value) in more.as_object().unwrap() {
        request[field] = value.clone();
    }
    request
}

/// A bound of a secondary index by its position and type.
fn bound(position: &str, ty: &str, which: &str, bound: &str) -> Value {
    rows(json!({ "index_position": position, "key_type": ty, which: bound }))
}

/// A request for the accounts of a browser's key.
fn browsers(presence: u8, rpid: &str) -> Value {
    json!({ "accounts": [], "keys": [browser_key(presence, rpid).key] })
}

/// The permissions of the shelf, one of which has keys of browsers with any user presence.
fn permissions(world: &World) -> Option<String> {
    let (path, request) = ("/v1/chain/get_account", br#"{"account_name":"shelf"}"#);
    let there = world.both.node.client().post(path, request).unwrap();
    let here = world.api.answer(path, request);
    let [there, here] = [there.body, here.body].map(|body| {
        let account: Value = serde_json::from_slice(&body).unwrap();
        account["permissions"].clone()
    });
    assert!(there.to_string().contains("PUB_WA_"), "{there}");
    let lines = difference(&there, &here)?;
    Some(format!("== permissions of the shelf\n{lines}"))
}

/// The supply of a token, byte for byte: its fields are in the order of a node.
fn order_of_supplies(world: &World) -> Option<String> {
    let path = "/v1/chain/get_currency_stats";
    let request = br#"{"code":"eosio.token","symbol":"TOK"}"#;
    let there = world.both.node.client().post(path, request).unwrap();
    let here = world.api.answer(path, request);
    let [there, here] = [there.body, here.body].map(|body| String::from_utf8(body).unwrap());
    assert!(there.starts_with(r#"{"TOK":{"supply":"#), "{there}");
    (there != here).then(|| format!("== order of supplies\n- {there}\n+ {here}"))
}

pub fn run(world: &World) -> Vec<String> {
    let beyond = "999999999999999999999999999999999999999999999";
    let table_rows = [
        bound("4", "i256", "lower_bound", beyond),
        bound("4", "i256", "lower_bound", "0xff"),
        bound("4", "i256", "lower_bound", "255"),
        bound("3", "i128", "upper_bound", "-1"),
        bound("4", "sha256", "lower_bound", "20"),
        bound("4", "ripemd160", "lower_bound", "20"),
        bound("5", "float64", "lower_bound", "abc"),
        bound("5", "float64", "lower_bound", "0x10"),
        bound("6", "float128", "lower_bound", "abc"),
        bound("6", "float128", "lower_bound", "0x10"),
        bound("2", "i64", "lower_bound", "!!"),
        bound("2", "name", "lower_bound", "!!"),
        bound("3", "i128", "lower_bound", "abc"),
        bound("4", "i256", "lower_bound", "xyz"),
        bound("4", "sha256", "lower_bound", "xyz"),
        rows(json!({ "limit": -1 })),
        rows(json!({ "limit": 2.0 })),
        rows(json!({ "limit": true })),
        rows(json!({ "limit": 4_294_967_296u64 })),
        rows(json!({ "limit": "2" })),
        rows(json!({ "index_position": -1, "key_type": "i64" })),
        rows(json!({ "index_position": "-1", "key_type": "i64" })),
        rows(json!({ "index_position": "eleventh", "key_type": "i64" })),
        rows(json!({ "reverse": "1" })),
        rows(json!({ "reverse": 1 })),
        rows(json!({ "scope": "112233445511" })),
        rows(json!({ "lower_bound": "112233445511" })),
    ];
    let mut all: Vec<_> = table_rows.map(|body| ("get_table_rows", body)).into();
    all.extend([
        (
            "get_currency_stats",
            json!({ "code": "eosio.token", "symbol": "" }),
        ),
        (
            "get_currency_stats",
            json!({ "code": "eosio.token", "symbol": "tok" }),
        ),
        ("get_abi", json!({ "account_name": "shelf" })),
        ("get_abi", json!({ "account_name": "eosio.token" })),
        ("get_producers", json!({})),
        ("get_producers", json!({ "json": true, "limit": 1 })),
        ("get_scheduled_transactions", json!({})),
        (
            "get_scheduled_transactions",
            json!({ "json": true, "limit": 1 }),
        ),
        ("get_consensus_parameters", json!({})),
        ("get_finalizer_info", json!({})),
        ("get_accounts_by_authorizers", browsers(7, "a.example")),
        ("get_accounts_by_authorizers", browsers(8, "a.example")),
        ("get_accounts_by_authorizers", browsers(1, "")),
    ]);
    eprintln!("{} requests of the examples", all.len());
    let differ = all
        .iter()
        .filter_map(|(call, body)| compare(world, call, body, Same::All));
    let differ = differ.chain(permissions(world));
    differ.chain(order_of_supplies(world)).collect()
}
