//! The codec beside `abieos`: `cargo bench -p antelope-abi`, with a word to measure only the rows
//! that have it in their names.
//!
//! The crate `rs_abieos` is the C++ library of that name rewritten in Rust by its authors, who say it
//! is the faster of the two; its feature `cpp-backend` puts the C++ in its place. Both sides go from
//! JSON text to bytes and back to JSON text, and from JSON values to bytes and back, by an ABI that
//! is ready; and both read an ABI. Rounds alternate, and of each side the median counts.

#![allow(missing_docs, clippy::unwrap_used)]

use antelope_abi::Abi;
use rs_abieos::Abieos;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Many short rounds: a busy machine interrupts few of them, and the median leaves these out.
const ROUNDS: usize = 101;

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

/// The time of one of many runs that take about a thousandth of a second.
fn time(run: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < Duration::from_millis(1) {
        run();
        count += 1;
    }
    start.elapsed() / count
}

/// Prints the medians of two sides that alternate.
fn beside(what: &str, ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) {
    // Cargo adds `--bench`.
    let mut words = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    if words.next().is_some_and(|word| !what.contains(&word)) {
        return;
    }
    let (mut our, mut their): (Vec<_>, Vec<_>) =
        (0..ROUNDS).map(|_| (time(ours), time(theirs))).unzip();
    our.sort_unstable();
    their.sort_unstable();
    let (ours, theirs) = (our[ROUNDS / 2], their[ROUNDS / 2]);
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
        beside(
            &format!("{what}, packed"),
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
        beside(
            &format!("{what}, unpacked"),
            &mut || drop(black_box(abi.unpack_json(ty, black_box(&bytes)).unwrap())),
            &mut || {
                drop(black_box(
                    abieos.bin_to_json("bench", ty, black_box(&bytes)).unwrap(),
                ))
            },
        );
        // What a program has that works with values: the library knows only text.
        beside(
            &format!("{what}, value packed"),
            &mut || drop(black_box(abi.pack(ty, black_box(&value)).unwrap())),
            &mut || {
                let text = black_box(&value).to_string();
                black_box(abieos.json_to_bin("bench", ty, &text).unwrap());
            },
        );
        beside(
            &format!("{what}, value unpacked"),
            &mut || drop(black_box(abi.unpack(ty, black_box(&bytes)).unwrap())),
            &mut || {
                let text = abieos.bin_to_json("bench", ty, black_box(&bytes)).unwrap();
                black_box(serde_json::from_str::<Value>(&text).unwrap());
            },
        );
    }
    let contract = include_str!("../../../abi/registrator.abi");
    let contract = Abi::from_json(contract).unwrap();
    for (what, abi) in [
        ("the ABI, read", &abi),
        ("a contract's ABI, read", &contract),
    ] {
        let binary = abi.to_binary();
        beside(
            what,
            &mut || drop(black_box(Abi::from_binary(black_box(&binary)).unwrap())),
            &mut || {
                let read = rs_abieos::AbiHandle::from_bin(black_box(&binary));
                drop(black_box(read.unwrap()));
            },
        );
    }
}
