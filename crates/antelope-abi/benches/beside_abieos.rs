//! The codec beside the C++ library `abieos`: `cargo bench -p antelope-abi`.
//!
//! Both go from JSON text to bytes and back to JSON text, and from JSON values to bytes and back, by
//! an ABI that is ready. Rounds alternate, and of each side the fastest counts.

#![allow(missing_docs, clippy::unwrap_used)]

use antelope_abi::Abi;
use rs_abieos::Abieos;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

fn definition() -> Value {
    let field = |name: &str, ty: &str| json!({ "name": name, "type": ty });
    json!({
        "version": "eosio::abi/1.1",
        "types": [{ "new_type_name": "account", "type": "name" }],
        "structs": [
            { "name": "transfer", "base": "", "fields": [
                field("from", "account"), field("to", "account"),
                field("quantity", "asset"), field("memo", "string") ] },
            { "name": "base", "base": "", "fields": [field("id", "uint64"), field("owner", "name")] },
            { "name": "order", "base": "base", "fields": [
                field("price", "asset"), field("tags", "string[]"), field("parent", "uint64?"),
                field("what", "choice"), field("hash", "checksum256"), field("at", "time_point_sec"),
                field("open", "bool") ] },
            { "name": "orders", "base": "", "fields": [field("orders", "order[]")] },
            { "name": "numbers", "base": "", "fields": [field("numbers", "uint64[]")] },
        ],
        "variants": [{ "name": "choice", "types": ["uint8", "transfer", "string"] }],
    })
}

fn samples() -> Vec<(&'static str, &'static str, Value)> {
    let transfer =
        json!({ "from": "alice", "to": "bob", "quantity": "1.0000 EOS", "memo": "rent" });
    let order = json!({
        "id": "12345678901234", "owner": "eosio.token", "price": "12.50 USD",
        "tags": ["one", "two", "three"], "parent": null, "what": ["transfer", transfer],
        "hash": "ab".repeat(32), "at": "2026-01-02T03:04:05", "open": true,
    });
    let numbers: Vec<u64> = (0..1000).map(|n| n * n * n).collect();
    vec![
        ("a transfer", "transfer", transfer),
        ("an order", "order", order.clone()),
        (
            "200 orders",
            "orders",
            json!({ "orders": vec![order; 200] }),
        ),
        ("1000 numbers", "numbers", json!({ "numbers": numbers })),
    ]
}

/// The time of one of many runs that take about a hundredth of a second.
fn time(run: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < Duration::from_millis(10) {
        run();
        count += 1;
    }
    start.elapsed() / count
}

/// The fastest rounds of two sides that alternate.
fn beside(ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best = (best.0.min(time(ours)), best.1.min(time(theirs)));
    }
    best
}

fn told(what: &str, (ours, theirs): (Duration, Duration)) {
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("{what:32} {ours:>12.2?} {theirs:>12.2?} {ratio:>6.2}");
}

fn main() {
    let text = definition().to_string();
    let abi = Abi::from_json(&text).unwrap();
    let abieos = Abieos::new();
    abieos.set_abi_json("bench", &text).unwrap();
    println!(
        "{:32} {:>12} {:>12} {:>6}",
        "", "antelope-abi", "abieos", "ratio"
    );
    for (what, ty, value) in samples() {
        let text = value.to_string();
        let bytes = abi.pack(ty, &value).unwrap();
        assert_eq!(
            abieos.json_to_bin("bench", ty, &text).unwrap(),
            bytes,
            "{what}"
        );
        let packed = beside(
            &mut || {
                let value: Value = serde_json::from_str(black_box(&text)).unwrap();
                black_box(abi.pack(ty, &value).unwrap());
            },
            &mut || {
                drop(black_box(
                    abieos.json_to_bin("bench", ty, black_box(&text)).unwrap(),
                ))
            },
        );
        told(&format!("{what}, packed"), packed);
        let unpacked = beside(
            &mut || {
                drop(black_box(
                    abi.unpack(ty, black_box(&bytes)).unwrap().to_string(),
                ))
            },
            &mut || {
                drop(black_box(
                    abieos.bin_to_json("bench", ty, black_box(&bytes)).unwrap(),
                ))
            },
        );
        told(&format!("{what}, unpacked"), unpacked);
        // What a program has that works with values: the library knows only text.
        let value_packed = beside(
            &mut || drop(black_box(abi.pack(ty, black_box(&value)).unwrap())),
            &mut || {
                let text = black_box(&value).to_string();
                black_box(abieos.json_to_bin("bench", ty, &text).unwrap());
            },
        );
        told(&format!("{what}, value packed"), value_packed);
        let value_unpacked = beside(
            &mut || drop(black_box(abi.unpack(ty, black_box(&bytes)).unwrap())),
            &mut || {
                let text = abieos.bin_to_json("bench", ty, black_box(&bytes)).unwrap();
                black_box(serde_json::from_str::<Value>(&text).unwrap());
            },
        );
        told(&format!("{what}, value unpacked"), value_unpacked);
    }
    let binary = abi.to_binary();
    let read = beside(
        &mut || drop(black_box(Abi::from_binary(black_box(&binary)).unwrap())),
        &mut || {
            drop(black_box(
                rs_abieos::AbiHandle::from_bin(black_box(&binary)).unwrap(),
            ))
        },
    );
    told("the ABI, read", read);
}
