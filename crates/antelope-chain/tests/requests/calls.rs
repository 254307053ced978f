//! Calls that read, with one to three fields of each request replaced by anything.
//!
//! Two of them only compare refusals here. Of the blocks that `get_block_header_state` is asked for, all
//! are irreversible, and the node has no state of those: `blocks` asks for the head.
//! `get_finalizer_info` came with Spring; the node is a Leap 4.1 and answers 404, as the chain does
//! without the feature `SAVANNA`. What Spring tells is in `tests/chain/headers.rs`, by its sources.

use crate::blocks::form;
use crate::mutate::mutate;
use crate::shared::difference::difference;
use crate::shared::random::Random;
use crate::values;
use crate::world::{SCOPES, World};
use antelope_rpc_client::Answer;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What of an answer can be the same on two chains.
#[derive(Clone, Copy, PartialEq)]
pub enum Same {
    All,
    /// The status, the code, and the form: blocks are others.
    Form,
    /// The status and the code.
    Status,
}

/// A call, a request that it answers, and fields that it may have besides.
struct Call {
    name: &'static str,
    request: Value,
    more: &'static [&'static str],
    same: Same,
    /// For how many of a hundred requests it is taken.
    share: usize,
}

fn calls() -> Vec<Call> {
    let call = |name, request, more, same, share| Call {
        name,
        request,
        more,
        same,
        share,
    };
    let account = || json!({ "account_name": "shelf" });
    vec![
        call(
            "get_table_rows",
            json!({ "code": "shelf", "scope": "shelf", "table": "items", "json": true }),
            &[
                "lower_bound",
                "upper_bound",
                "limit",
                "key_type",
                "index_position",
                "encode_type",
                "reverse",
                "show_payer",
                "table_key",
            ],
            Same::All,
            50,
        ),
        call(
            "get_table_by_scope",
            json!({ "code": "shelf" }),
            &["table", "lower_bound", "upper_bound", "limit", "reverse"],
            Same::All,
            10,
        ),
        call(
            "get_currency_balance",
            json!({ "code": "eosio.token", "account": "alice" }),
            &["symbol"],
            Same::All,
            4,
        ),
        call(
            "get_currency_stats",
            json!({ "code": "eosio.token", "symbol": "TOK" }),
            &[],
            Same::All,
            4,
        ),
        call(
            "get_account",
            account(),
            &["expected_core_symbol"],
            Same::Form,
            3,
        ),
        call("get_abi", account(), &[], Same::All, 2),
        call("get_raw_abi", account(), &["abi_hash"], Same::All, 3),
        call("get_code", account(), &["code_as_wasm"], Same::Form, 2),
        call("get_code_hash", account(), &[], Same::All, 2),
        call("get_raw_code_and_abi", account(), &[], Same::Form, 2),
        call(
            "get_block",
            json!({ "block_num_or_id": "1" }),
            &[],
            Same::Form,
            3,
        ),
        call(
            "get_block_info",
            json!({ "block_num": 1 }),
            &[],
            Same::Form,
            3,
        ),
        call(
            "get_block_header_state",
            json!({ "block_num_or_id": "1" }),
            &[],
            Same::Form,
            3,
        ),
        call(
            "get_raw_block",
            json!({ "block_num_or_id": "1" }),
            &[],
            Same::Form,
            3,
        ),
        call(
            "get_block_header",
            json!({ "block_num_or_id": "1" }),
            &["include_extensions"],
            Same::Form,
            3,
        ),
        call(
            "get_transaction_status",
            json!({ "id": "f58262c8005bb64b8f99ec6083faf050c502d099d9929ae37ffed2fe1bb954fb" }),
            &[],
            Same::Form,
            2,
        ),
        call(
            "get_accounts_by_authorizers",
            json!({
                "accounts": ["alice", { "actor": "alice", "permission": "owner" }, "112233445511"],
                "keys": [
                    "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV",
                    more_key(),
                ],
            }),
            &[],
            Same::All,
            8,
        ),
        call(
            "get_producers",
            json!({ "json": true }),
            &["lower_bound", "limit"],
            Same::All,
            3,
        ),
        call("get_producer_schedule", json!({}), &["a"], Same::Form, 1),
        call("get_consensus_parameters", json!({}), &["a"], Same::Form, 1),
        call("get_finalizer_info", json!({}), &["a"], Same::Form, 1),
        call(
            "get_scheduled_transactions",
            json!({ "json": true }),
            &["lower_bound", "limit"],
            Same::All,
            3,
        ),
        call(
            "get_activated_protocol_features",
            json!({ "limit": 1000 }),
            &[
                "lower_bound",
                "upper_bound",
                "search_by_block_num",
                "reverse",
                "time_limit_ms",
            ],
            Same::Form,
            3,
        ),
        call(
            "get_required_keys",
            json!({ "transaction": transaction(), "available_keys": [more_key()] }),
            &[],
            Same::All,
            10,
        ),
        call("get_transaction_id", transaction(), &[], Same::All, 10),
        call("get_info", json!({}), &["a"], Same::Form, 1),
    ]
}

/// A key that is a part of several permissions.
fn more_key() -> String {
    crate::world::key(2).key.to_string()
}

/// A transaction with actions of every form.
fn transaction() -> Value {
    json!({
        "expiration": "2026-01-01T00:00:00",
        "ref_block_num": 1,
        "ref_block_prefix": 2,
        "max_net_usage_words": 0,
        "max_cpu_usage_ms": 0,
        "delay_sec": 0,
        "context_free_actions": [
            { "account": "shelf", "name": "fill", "authorization": [], "data": "" },
        ],
        "actions": [
            {
                "account": "eosio.token",
                "name": "transfer",
                "authorization": [{ "actor": "112233445511", "permission": "more" }],
                "data": { "from": "alice", "to": "shelf", "quantity": "1.0000 TOK", "memo": "a" },
                "hex_data": "0000000000855c34",
            },
            {
                "account": "shelf",
                "name": "fill",
                "authorization": [{ "actor": "shelf", "permission": "more" }],
                "data": "00ff",
            },
            {
                "account": "nobody",
                "name": "nothing",
                "authorization": [],
                "data": {},
                "hex_data": "07",
            },
        ],
        "transaction_extensions": [[3, "aa"]],
    })
}

/// Calls whose requests are damaged inside too.
const DEEP: [&str; 3] = [
    "get_accounts_by_authorizers",
    "get_required_keys",
    "get_transaction_id",
];

/// A value that the field may have, or nearly.
fn fitting(random: &mut Random, field: &str) -> Value {
    match field {
        "index_position" => {
            let words = [
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "17",
                "18",
                "secondary",
                "two",
                "ter",
                "th",
                "fourth",
                "fifth",
                "six",
                "sev",
                "ten",
                "first",
                "one",
                "primary",
                "eleven",
            ];
            json!(random.of(&words))
        }
        "key_type" => {
            let types = [
                "i64",
                "i128",
                "i256",
                "float64",
                "float128",
                "sha256",
                "ripemd160",
                "name",
                "",
                "uint64",
            ];
            json!(random.of(&types))
        }
        "encode_type" => json!(random.of(&["dec", "hex", "", "HEX"])),
        "scope" => match random.below(3) {
            0 => json!(random.of(&SCOPES).to_string()),
            1 => json!(random.of(&["shelf", "112233445511", "7", ""])),
            _ => values::text(random),
        },
        "limit" => values::number(random),
        "table" => json!(random.of(&["items", "odd", "accounts", "stat", "", "zzzzzzzzzzzzj"])),
        "code" | "account_name" | "account" => {
            json!(random.of(&["shelf", "eosio.token", "alice", "nobody", ""]))
        }
        "lower_bound" | "upper_bound" | "symbol" => values::text(random),
        _ => values::any(random),
    }
}

/// A request, and which of its fields were replaced.
fn request(random: &mut Random, call: &Call) -> Value {
    let mut request = call.request.clone();
    if DEEP.contains(&call.name) && random.below(3) > 0 {
        for _ in 0..random.below(3) {
            mutate(random, &mut request);
        }
        return request;
    }
    let known = request.as_object().unwrap().keys().cloned();
    let fields: Vec<String> = known
        .chain(call.more.iter().map(|it| (*it).to_owned()))
        .collect();
    if call.name == "get_table_rows" && random.below(3) > 0 {
        request["index_position"] = fitting(random, "index_position");
        request["key_type"] = fitting(random, "key_type");
    }
    for _ in 0..1 + random.below(3) {
        let Some(field) = fields.get(random.below(fields.len())) else {
            break;
        };
        match random.below(5) {
            0 => {
                request.as_object_mut().unwrap().remove(field);
            }
            1 | 2 => request[field] = values::any(random),
            _ => request[field] = fitting(random, field),
        }
    }
    request
}

/// What both say; `None` where it is the same.
pub fn compare(world: &World, call: &str, body: &Value, same: Same) -> Option<String> {
    compared(world, call, body, same).1
}

/// Whether the node answers with what was asked for, and what both say; `None` where it is the same.
fn compared(world: &World, call: &str, body: &Value, same: Same) -> (bool, Option<String>) {
    let path = format!("/v1/chain/{call}");
    let bytes = body.to_string().into_bytes();
    let client = world.both.node.client();
    let there = client
        .post(&path, &bytes)
        .unwrap_or_else(|error| panic!("{call} {body}: {error}; then {:?}", client.get_info()));
    let here = world.api.answer(&path, &bytes);
    let answered = (200..300).contains(&there.status);
    let [there, here] = [there, here].map(|answer| kept(&answer, call, same));
    let difference = difference(&there, &here);
    let short = |lines: String| lines.chars().take(1500).collect::<String>();
    let difference = difference.map(|lines| format!("== {call} {body}\n{}", short(lines)));
    (answered, difference)
}

fn kept(answer: &Answer, call: &str, same: Same) -> Value {
    let mut value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if !(200..300).contains(&answer.status) {
        return json!({ "status": answer.status, "code": value["error"]["code"] });
    }
    if call == "get_scheduled_transactions" {
        value = waiting(value);
    }
    // They were activated in another order.
    let features = value.get_mut("activated_protocol_features");
    for feature in features.and_then(Value::as_array_mut).into_iter().flatten() {
        feature["dependencies"] = Value::Null;
    }
    if call.contains("block") {
        without_activations(&mut value);
        // Blocks with transactions are compared in `blocks`.
        if let Some(fields) = value.as_object_mut() {
            fields.remove("transactions");
        }
    }
    if call == "get_raw_abi" {
        // This node's version adds one more `=` to all base64, which later ones do not.
        let abi = value["abi"].as_str().unwrap_or_default();
        value["abi"] = abi.trim_end_matches('=').into();
    }
    match same {
        Same::All => json!({ "status": answer.status, "answer": value }),
        Same::Form => json!({ "status": answer.status, "form": form(&value) }),
        Same::Status => json!({ "status": answer.status }),
    }
}

/// The kind of the header extension that lists the features that a block activates.
const ACTIVATION: u64 = 0;

/// Removes what a block's header says about activated features, at any depth of the answer. The
/// first blocks of the node activate features, which the chain's genesis has. Blocks of both that
/// activate one are compared in `blocks`.
fn without_activations(answer: &mut Value) {
    match answer {
        Value::Object(fields) => {
            fields.remove("new_protocol_features");
            if let Some(Value::Array(extensions)) = fields.get_mut("header_extensions") {
                extensions.retain(|extension| extension[0] != ACTIVATION);
            }
            fields.values_mut().for_each(without_activations);
        }
        Value::Array(items) => items.iter_mut().for_each(without_activations),
        _ => {}
    }
}

/// Times are others, and with them what a contract has sent: they are told by their form.
fn waiting(mut answer: Value) -> Value {
    let form = |value: &Value| json!(value.as_str().map(str::len));
    for row in answer["transactions"].as_array_mut().into_iter().flatten() {
        for field in ["delay_until", "expiration", "published"] {
            row[field] = form(&row[field]);
        }
        if row["sender"] == "" {
            continue;
        }
        row["trx_id"] = form(&row["trx_id"]);
        if row["transaction"].is_string() {
            row["transaction"] = form(&row["transaction"]);
        } else {
            for field in ["expiration", "ref_block_num", "ref_block_prefix"] {
                row["transaction"][field] = Value::Null;
            }
            let generation = &mut row["transaction"]["deferred_transaction_generation"];
            generation["sender_trx_id"] = form(&generation["sender_trx_id"]);
        }
    }
    answer["more"] = form(&answer["more"]);
    answer
}

/// A number of the environment.
fn number(variable: &str, otherwise: u64) -> u64 {
    let text = std::env::var(variable).ok();
    text.map_or(otherwise, |text| text.parse().unwrap())
}

/// How many times as many requests are made.
pub fn rounds() -> u64 {
    number("REQUEST_ROUNDS", 1)
}

pub fn run(world: &World) -> Vec<String> {
    let seed = number("REQUEST_SEED", 0);
    let count = 3000 * rounds();
    let calls = calls();
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut differences = Vec::new();
    for round in 0..count {
        let mut random = Random::new(seed << 32 | round);
        let total: usize = calls.iter().map(|call| call.share).sum();
        let mut ticket = random.below(total);
        let call = calls.iter().find(|call| {
            let taken = ticket < call.share;
            ticket = ticket.wrapping_sub(call.share);
            taken
        });
        let call = call.unwrap();
        let mut body = request(&mut random, call);
        if call.name == "get_accounts_by_authorizers" {
            // After the greatest name this node looks for the next one, and never ends.
            let text = body.to_string().replace("zzzzzzzzzzzzj", "zzzzzzzzzzzzi");
            body = serde_json::from_str(&text).unwrap();
        }
        let mut same = call.same;
        if call.name == "get_activated_protocol_features" {
            // This node has activated them in other blocks.
            if body.get("search_by_block_num").is_some() {
                same = Same::Status;
            }
        }
        let [tried, succeed, differ] = counts.entry(call.name).or_default();
        let (answered, difference) = compared(world, call.name, &body, same);
        *tried += 1;
        *succeed += usize::from(answered);
        *differ += usize::from(difference.is_some());
        differences.extend(difference);
    }
    for (call, [tried, succeed, differ]) in counts {
        eprintln!("{call}: {tried} random requests, {succeed} succeed, {differ} differ");
    }
    differences
}
