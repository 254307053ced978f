//! Calls that execute transactions, with requests that were damaged.

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

/// Random requests.
const COUNT: u64 = 400;

/// How long after the chain's time a transaction expires, in seconds, and one that has expired.
const LATER: i64 = 3000;
const PAST: i64 = -5000;

/// A transfer, packed, as JSON.
fn packed(world: &World, number: u64, quantity: Asset, expires: i64) -> Value {
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

/// The status, the code, and what failed in a trace.
fn outcome(status: u16, body: &[u8]) -> Value {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    json!({
        "status": status,
        "code": value["error"]["code"],
        "except": value["processed"]["except"]["code"],
        "receipt": value["processed"]["receipt"]["status"],
    })
}

fn compare(world: &World, call: &str, body: &Value) -> Option<String> {
    let path = format!("/v1/chain/{call}");
    let bytes = body.to_string().into_bytes();
    let there = world.both.node.client().post(&path, &bytes).unwrap();
    let here = world.api.answer(&path, &bytes);
    let told = [&there, &here].map(|answer| outcome(answer.status, &answer.body));
    let [told_there, told_here] = &told;
    (told_there != told_here).then(|| format!("== {call} {body}\n- {told_there}\n+ {told_here}"))
}

pub fn run(world: &mut World) -> Vec<String> {
    let mut differences = Vec::new();
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
    for round in 0..COUNT {
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
        let [tried, differ] = counts.entry(call).or_default();
        *tried += 1;
        if let Some(text) = compare(world, call, &body) {
            *differ += 1;
            differences.push(text);
        }
    }
    for (call, [tried, differ]) in counts {
        eprintln!("{call}: {tried} random requests, {differ} differ");
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
