//! Calls that read, with one to three fields of each request replaced by anything.

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
    /// The status and the code: blocks are others.
    Code,
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
            Same::Code,
            3,
        ),
        call("get_abi", account(), &[], Same::All, 2),
        call("get_raw_abi", account(), &["abi_hash"], Same::All, 3),
        call("get_code", account(), &["code_as_wasm"], Same::Code, 2),
        call("get_code_hash", account(), &[], Same::All, 2),
        call("get_raw_code_and_abi", account(), &[], Same::Code, 2),
        call(
            "get_block",
            json!({ "block_num_or_id": "1" }),
            &[],
            Same::Code,
            3,
        ),
        call(
            "get_block_info",
            json!({ "block_num": 1 }),
            &[],
            Same::Code,
            3,
        ),
        call(
            "get_block_header_state",
            json!({ "block_num_or_id": "1" }),
            &[],
            Same::Code,
            3,
        ),
        call(
            "get_producers",
            json!({ "json": true }),
            &["lower_bound", "limit"],
            Same::All,
            3,
        ),
        call("get_producer_schedule", json!({}), &["a"], Same::Code, 1),
        call("get_consensus_parameters", json!({}), &["a"], Same::Code, 1),
        call("get_finalizer_info", json!({}), &["a"], Same::Code, 1),
        call(
            "get_scheduled_transactions",
            json!({ "json": true }),
            &["lower_bound", "limit"],
            Same::All,
            3,
        ),
        call(
            "get_activated_protocol_features",
            json!({ "limit": 3 }),
            &[
                "lower_bound",
                "upper_bound",
                "search_by_block_num",
                "reverse",
            ],
            Same::Code,
            3,
        ),
        call(
            "get_required_keys",
            json!({ "transaction": { "actions": [] }, "available_keys": [] }),
            &[],
            Same::Code,
            2,
        ),
        call(
            "get_transaction_id",
            json!({ "expiration": "2026-01-01T00:00:00", "ref_block_num": 1, "ref_block_prefix": 2,
                "max_net_usage_words": 0, "max_cpu_usage_ms": 0, "delay_sec": 0,
                "context_free_actions": [], "actions": [], "transaction_extensions": [] }),
            &[],
            Same::All,
            3,
        ),
        call("get_info", json!({}), &["a"], Same::Code, 1),
    ]
}

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
    let path = format!("/v1/chain/{call}");
    let bytes = body.to_string().into_bytes();
    let client = world.both.node.client();
    let there = client
        .post(&path, &bytes)
        .unwrap_or_else(|error| panic!("{call} {body}: {error}; then {:?}", client.get_info()));
    let here = world.api.answer(&path, &bytes);
    let [there, here] = [there, here].map(|answer| kept(&answer, call, same));
    (there != here).then(|| {
        let short = |value: Value| value.to_string().chars().take(500).collect::<String>();
        format!("== {call} {body}\n- {}\n+ {}", short(there), short(here))
    })
}

fn kept(answer: &Answer, call: &str, same: Same) -> Value {
    let mut value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if !(200..300).contains(&answer.status) {
        return json!({ "status": answer.status, "code": value["error"]["code"] });
    }
    if call == "get_raw_abi" {
        // This node's version adds one more `=` to all base64, which later ones do not.
        let abi = value["abi"].as_str().unwrap_or_default();
        value["abi"] = abi.trim_end_matches('=').into();
    }
    match same {
        Same::All => json!({ "status": answer.status, "answer": value }),
        Same::Code => json!({ "status": answer.status }),
    }
}

pub fn run(world: &World) -> Vec<String> {
    let number = |variable: &str, otherwise: u64| {
        let text = std::env::var(variable).ok();
        text.map_or(otherwise, |text| text.parse().unwrap())
    };
    let seed = number("REQUEST_SEED", 0);
    let count = 3000 * number("REQUEST_ROUNDS", 1);
    let calls = calls();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
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
        let body = request(&mut random, call);
        let [tried, differ] = counts.entry(call.name).or_default();
        *tried += 1;
        if let Some(text) = compare(world, call.name, &body, call.same) {
            *differ += 1;
            differences.push(text);
        }
    }
    for (call, [tried, differ]) in counts {
        eprintln!("{call}: {tried} random requests, {differ} differ");
    }
    differences
}
