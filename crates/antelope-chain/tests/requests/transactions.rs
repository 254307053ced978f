//! Calls that execute transactions, with requests that were damaged.

use crate::calls::rounds;
use crate::mutate::mutate;
use crate::shared::difference::difference;
use crate::shared::random::Random;
use crate::shared::signing::sign_with;
use crate::shared::token::token;
use crate::values;
use crate::world::{ALICE, NUMBER, TOKEN, World};
use antelope_types::{
    Asset, PackedTransaction, TimePointSec, Transaction, TransactionHeader, asset,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CALLS: [&str; 5] = [
    "push_transaction",
    "send_transaction",
    "send_transaction2",
    "compute_transaction",
    "send_read_only_transaction",
];

/// Random requests of each kind, for one round.
const REQUESTS: u64 = 400;

/// How long after the chain's time a transaction expires, in seconds, and one that has expired.
pub const LATER: i64 = 3000;
const PAST: i64 = -5000;

/// A transfer, packed, as JSON.
pub fn packed(world: &World, number: u64, quantity: Asset, expires: i64) -> Value {
    let memo = number.to_string();
    let transfer = token(TOKEN, ALICE)
        .transfer(ALICE, NUMBER, quantity, (&*memo).into())
        .to_action();
    let now = world.both.chain.now().micros() / 1_000_000;
    let transaction = Transaction {
        header: TransactionHeader {
            expiration: TimePointSec::from_seconds((now + expires) as u32),
            ..TransactionHeader::default()
        },
        actions: vec![transfer],
        ..Transaction::default()
    };
    let signed = sign_with(
        &world.both.chain.chain_id(),
        transaction,
        &[&world.both.key],
    );
    serde_json::to_value(PackedTransaction::pack(&signed)).unwrap()
}

/// The packed transaction in zlib's form.
fn compressed(mut packed: Value) -> Value {
    let bytes = |text: &str| -> Vec<u8> {
        let digits: Vec<_> = text.bytes().collect();
        let pairs = digits.chunks(2);
        pairs
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    };
    let raw = bytes(packed["packed_trx"].as_str().unwrap());
    let small = miniz_oxide::deflate::compress_to_vec_zlib(&raw, 6);
    let text: String = small.iter().map(|byte| format!("{byte:02x}")).collect();
    packed["packed_trx"] = json!(text);
    packed["compression"] = json!("zlib");
    packed
}

fn body(call: &str, packed: Value) -> Value {
    match call {
        "push_transaction" | "send_transaction" => packed,
        _ => json!({ "transaction": packed }),
    }
}

/// Fields of an answer that depend on the chain's time and on what it did before.
const OWN: [&str; 10] = [
    "elapsed",
    "block_num",
    "block_time",
    "producer_block_id",
    "cpu_usage_us",
    "global_sequence",
    "recv_sequence",
    "code_sequence",
    "abi_sequence",
    "auth_sequence",
];

/// The status, the code, and what was processed.
fn outcome(status: u16, body: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    strip(&mut value);
    let code = &value["error"]["code"];
    if !code.is_null() {
        return json!({ "status": status, "code": code });
    }
    json!({ "status": status, "answer": value })
}

/// Takes out what is a chain's own, and the words of errors.
fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|field, _| !OWN.contains(&&**field));
            if let Some(except) = fields.get_mut("except").filter(|it| !it.is_null()) {
                *except = except["code"].clone();
            }
            // Of `push_transactions`: the text begins with the code.
            if let Some(Value::String(text)) = fields.get_mut("error") {
                let end = text.find(' ').unwrap_or(text.len());
                text.truncate(end);
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

fn compare(world: &World, call: &str, body: &Value) -> Option<String> {
    let path = format!("/v1/chain/{call}");
    let bytes = body.to_string().into_bytes();
    let there = world.both.node.client().post(&path, &bytes).unwrap();
    let here = world.api.answer(&path, &bytes);
    let told = [&there, &here].map(|answer| outcome(answer.status, &answer.body));
    let [told_there, told_here] = &told;
    let lines = difference(told_there, told_here)?;
    let short = |text: String| text.chars().take(1500).collect::<String>();
    let words = String::from_utf8_lossy(&there.body).into_owned();
    let [body, lines, words] = [body.to_string(), lines, words].map(short);
    Some(format!("== {call} {body}\n{lines}  {words}\n"))
}

pub fn run(world: &mut World) -> Vec<String> {
    let mut differences = Vec::new();
    let count = REQUESTS * rounds();
    let mut number = 0;
    let one = asset!("0.0001 TOK");
    let mut transfer = |world: &World, quantity, expires| {
        number += 1;
        packed(world, number, quantity, expires)
    };
    for call in CALLS {
        let good = transfer(world, one, LATER);
        let mut missing = transfer(world, one, LATER);
        missing.as_object_mut().unwrap().remove("compression");
        let mut spoilt = compressed(transfer(world, one, LATER));
        let text = spoilt["packed_trx"]
            .as_str()
            .unwrap()
            .replacen("78", "79", 1);
        spoilt["packed_trx"] = json!(text);
        let mut cut = compressed(transfer(world, one, LATER));
        let text = cut["packed_trx"].as_str().unwrap();
        cut["packed_trx"] = json!(text[..text.len() - 20]);
        for request in [
            good.clone(),
            good,
            compressed(transfer(world, one, LATER)),
            transfer(world, asset!("9999.0000 TOK"), LATER),
            transfer(world, one, PAST),
            missing,
            spoilt,
            cut,
        ] {
            differences.extend(compare(world, call, &body(call, request)));
        }
    }
    // What is said of a transaction that has expired, but for its id and the times.
    let expired = body("send_transaction2", transfer(world, one, PAST)).to_string();
    let path = "/v1/chain/send_transaction2";
    let words = |body: &[u8]| {
        let value: Value = serde_json::from_slice(body).unwrap();
        let text = value["error"]["details"][0]["message"].to_string();
        let plain = text
            .split(' ')
            .filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
        plain.map(str::to_owned).collect::<Vec<_>>()
    };
    let there = world
        .both
        .node
        .client()
        .post(path, expired.as_bytes())
        .unwrap();
    let here = world.api.answer(path, expired.as_bytes());
    if words(&there.body) != words(&here.body) {
        let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        differences.push(format!(
            "== expired\n- {}\n+ {}",
            text(&there.body),
            text(&here.body)
        ));
    }
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for round in 0..count {
        let mut random = Random::new(round);
        let call = *random.of(&CALLS);
        let quantity = *random.of(&[one, asset!("9999.0000 TOK")]);
        let expires = if random.below(8) == 0 { PAST } else { LATER };
        let mut request = transfer(world, quantity, expires);
        if random.below(2) == 0 {
            request = compressed(request);
        }
        damage(&mut random, &mut request);
        let mut body = body(call, request);
        if call == "send_transaction2" && random.below(2) == 0 {
            body["return_failure_trace"] = values::any(&mut random);
        }
        for option in ["retry_trx", "retry_trx_num_blocks"] {
            if call == "send_transaction2" && random.below(4) == 0 {
                body[option] = values::any(&mut random);
            }
        }
        let [tried, differ] = counts.entry(call).or_default();
        *tried += 1;
        if let Some(text) = compare(world, call, &body) {
            *differ += 1;
            differences.push(text);
        }
    }
    differences.extend(as_json(world, &mut counts));
    differences.extend(lists(world, &mut counts));
    differences.extend(blocks(world, &mut counts));
    for (call, [tried, differ]) in counts {
        eprintln!("{call}: {tried} random requests, {differ} differ");
    }
    differences
}

type Counts = BTreeMap<&'static str, [usize; 2]>;

fn note(counts: &mut Counts, call: &'static str, difference: Option<&String>) {
    let [tried, differ] = counts.entry(call).or_default();
    *tried += 1;
    *differ += usize::from(difference.is_some());
}

/// Transactions that are not packed. Those that are only read need no signature, so that the id says
/// whether the same was packed.
fn as_json(world: &World, counts: &mut Counts) -> Vec<String> {
    let mut differences = Vec::new();
    let now = world.both.chain.now().micros() / 1_000_000;
    let expiration = TimePointSec::from_seconds((now + LATER) as u32).to_string();
    let transaction = json!({
        "expiration": expiration,
        "ref_block_num": 0,
        "ref_block_prefix": 0,
        "max_net_usage_words": 0,
        "max_cpu_usage_ms": 0,
        "delay_sec": 0,
        "context_free_actions": [],
        "actions": [
            { "account": "alice", "name": "put", "authorization": [], "data": { "id": 7, "text": "a" } },
            { "account": "alice", "name": "fill", "authorization": [], "data": {} },
            { "account": "alice", "name": "put", "authorization": [], "data": "0800000000000000016263" },
            { "account": "alice", "name": "other", "authorization": [], "hex_data": "07" },
            { "account": "eosio.token", "name": "nothing", "data": "" },
        ],
        "transaction_extensions": [],
    });
    let plain = json!({
        "signatures": [],
        "compression": "none",
        "context_free_data": [],
        "transaction": transaction,
    });
    for round in 0..REQUESTS * rounds() {
        let mut random = Random::new(1 << 40 | round);
        let mut request = plain.clone();
        if random.below(8) == 0 {
            request["context_free_data"] = json!(["00", "aabb"]);
            let free = request["transaction"]["actions"][1].clone();
            request["transaction"]["context_free_actions"] = json!([free]);
        }
        for _ in 0..random.below(4) {
            mutate(&mut random, &mut request);
        }
        let call = *random.of(&["send_read_only_transaction", "compute_transaction"]);
        if call == "compute_transaction" && random.below(4) > 0 {
            let level = json!([{ "actor": "alice", "permission": "active" }]);
            let first = request.pointer_mut("/transaction/actions/0");
            if let Some(Value::Object(first)) = first {
                first.insert("authorization".to_owned(), level);
            }
        }
        let difference = compare(world, call, &body(call, request));
        note(counts, "as JSON", difference.as_ref());
        differences.extend(difference);
    }
    differences
}

/// Lists of transactions.
fn lists(world: &World, counts: &mut Counts) -> Vec<String> {
    let call = "push_transactions";
    let mut requests = vec![
        json!([]),
        json!({}),
        json!("a"),
        json!([1]),
        json!([[]]),
        json!(null),
        json!(vec![json!({}); 1000]),
        json!(vec![json!({}); 1001]),
    ];
    for round in 0..REQUESTS * rounds() / 4 {
        let mut random = Random::new(2 << 40 | round);
        let length = 1 + random.below(3) as u64;
        let list = (0..length).map(|item| {
            let number = 1_000_000 + round * 8 + item;
            let quantity = *random.of(&[asset!("0.0001 TOK"), asset!("9999.0000 TOK")]);
            let mut request = packed(world, number, quantity, LATER);
            if random.below(2) == 0 {
                damage(&mut random, &mut request);
            }
            request
        });
        let mut list = Value::Array(list.collect());
        if random.below(6) == 0 {
            mutate(&mut random, &mut list);
        }
        requests.push(list);
    }
    let mut differences = Vec::new();
    for request in requests {
        let difference = compare(world, call, &request);
        note(counts, call, difference.as_ref());
        differences.extend(difference);
    }
    differences
}

/// Blocks that nobody takes.
fn blocks(world: &World, counts: &mut Counts) -> Vec<String> {
    let mut differences = Vec::new();
    let client = world.both.node.client();
    let request = json!({ "block_num_or_id": "3" });
    let block: Value = client.call("/v1/chain/get_raw_block", &request).unwrap();
    let mut transaction = packed(world, 5_000_000, asset!("0.0001 TOK"), LATER);
    transaction["compression"] = json!("none");
    for round in 0..REQUESTS * rounds() {
        let mut random = Random::new(3 << 40 | round);
        let mut request = block.clone();
        // It is the child of no block.
        request["previous"] = json!("f5".repeat(32));
        request["transactions"] = json!([{
            "status": "executed",
            "cpu_usage_us": 100,
            "net_usage_words": 20,
            "trx": [1, transaction],
        }]);
        request["header_extensions"] = json!([[0, "00"]]);
        request["new_producers"] = json!({ "version": 1, "producers": [
            { "producer_name": "alice", "block_signing_key": "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV" },
        ] });
        for _ in 0..1 + random.below(2) {
            mutate(&mut random, &mut request);
        }
        if request["previous"] == block["previous"] {
            continue;
        }
        let difference = compare(world, "push_block", &request);
        note(counts, "push_block", difference.as_ref());
        differences.extend(difference);
    }
    differences
}

fn damage(random: &mut Random, request: &mut Value) {
    let field = *random.of(&[
        "signatures",
        "compression",
        "packed_context_free_data",
        "packed_trx",
    ]);
    match random.below(6) {
        0 => {
            request.as_object_mut().unwrap().remove(field);
        }
        1 => request[field] = values::any(random),
        2 => {
            let given = ["none", "zlib", "gzip", "ZLIB", "0", "1", "2"];
            request["compression"] = json!(random.of(&given));
        }
        3 => request["compression"] = json!(random.below(4)),
        4 => {
            let mut text: Vec<_> = request["packed_trx"]
                .as_str()
                .unwrap_or("")
                .bytes()
                .collect();
            let at = random.below(text.len());
            match random.below(3) {
                0 => text.truncate(at),
                1 => text[at] = *random.of(b"0123456789abcdefABz"),
                _ => text.extend(b"00"),
            }
            request["packed_trx"] = json!(String::from_utf8(text).unwrap());
        }
        _ => {}
    }
}
