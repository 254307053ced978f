//! Which JSON is a value and which is not: the node's answer and ours, for texts near the border.

use std::sync::OnceLock;

use antelope_types::{Asset, Encode, Name, PublicKey, Symbol, SymbolCode, json as form, name};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use veche_tests::nodeos;

use super::node::{accepted, account};

/// Our bytes of a JSON value, if it is one.
fn read<T: DeserializeOwned + Encode>(json: &Value) -> Option<Vec<u8>> {
    serde_json::from_value::<T>(json.clone())
        .ok()
        .map(|value| value.to_bytes())
}

/// Asks the node and us about each value of `it`: we must give the same answer, and the same bytes.
/// The values in `node_only` are a surprise to most people, and only the node takes them.
fn agree(action: Name, read: fn(&Value) -> Option<Vec<u8>>, values: &[Value], node_only: &[Value]) {
    static ACCOUNT: OnceLock<Name> = OnceLock::new();
    let code = *ACCOUNT.get_or_init(account);
    let theirs = |value| accepted(nodeos().client(), code, action, &json!({"it": value}));
    for value in values {
        assert_eq!(read(value), theirs(value), "{action}: {value}");
    }
    for value in node_only {
        assert_eq!(read(value), None, "{action}: {value}");
        assert!(theirs(value).is_some(), "{action}: {value}");
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> [Value; N] {
    texts.map(|text| json!(text))
}

#[test]
fn names() {
    let values = texts([
        "",
        "a",
        "alice",
        ".alice",
        "a..b",
        "12345",
        "eosio.token",
        "zzzzzzzzzzzzj",
        "zzzzzzzzzzzzk",
        "zzzzzzzzzzzzzz",
        "Alice",
        "alice.",
        "6",
        "0",
        "a b",
        " a",
        "a ",
        "é",
    ]);
    agree(name!("aname"), read::<Name>, &values, &[]);
}

#[test]
fn symbols() {
    let values = texts([
        "", "A", "EOS", "ABCDEFG", "ABCDEFGH", "eos", "A B", "A1", " A",
    ]);
    agree(name!("acode"), read::<SymbolCode>, &values, &[]);
    let values = texts([
        "",
        "4,EOS",
        "0,A",
        "18,A",
        "4,",
        "19,A",
        "255,A",
        "-1,A",
        ",A",
        "4 ,A",
        "4, A",
        "A",
        "4,eos",
        "4,ABCDEFGH",
        "4.0,EOS",
    ]);
    agree(
        name!("asymbol"),
        read::<Symbol>,
        &values,
        &texts(["004,EOS", "+4,EOS"]),
    );
}

#[test]
fn assets() {
    let values = texts([
        "",
        "1 A",
        "1.0000 EOS",
        "-1 A",
        "-0.1 A",
        "00001 A",
        "0.000000000000000001 A",
        "4611686018427387903 A",
        "-4611686018427387903 A",
        "1.0000EOS",
        "- 1 A",
        ".1 A",
        "1. A",
        "1.1.1 A",
        "1,1 A",
        "1e1 A",
        "--1 A",
        "1 a",
        "1 ABCDEFGH",
        "4611686018427387904 A",
        "-4611686018427387904 A",
        "18446744073709551617 A",
        "0.0000000000000000001 A",
        "1",
        "A",
        "-.5 A",
        "0x1 A",
    ]);
    let node_only = texts(["+1 A", " 1 A", "1  A", "1 A "]);
    agree(name!("anasset"), read::<Asset>, &values, &node_only);
}

#[test]
fn numbers() {
    let read = |value: &Value| {
        form::uint64::deserialize(value)
            .ok()
            .map(|it| it.to_bytes())
    };
    let values = [
        json!(1),
        json!("1"),
        json!(u64::MAX),
        json!("18446744073709551615"),
        json!(""),
        json!("x"),
        json!("18446744073709551616"),
        json!("1.5"),
        json!(" 1"),
        json!("1 "),
        json!("+1"),
        json!("0x10"),
    ];
    let node_only = [json!(-1), json!("-1"), json!(1.5), json!(true), json!(null)];
    agree(name!("anint"), read, &values, &node_only);
}

#[test]
fn truth_values() {
    let read = |value: &Value| {
        form::boolean::deserialize(value)
            .ok()
            .map(|it| it.to_bytes())
    };
    let values = [
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!("1"),
        json!("0"),
        json!("true"),
        json!("x"),
    ];
    agree(name!("abool"), read, &values, &[json!(2), json!(null)]);
}

#[test]
fn keys() {
    let values = texts([
        "",
        "EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin",
        "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs",
        "PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu",
        "PUB_WA_WdCPfafVNxVMiW5ybdNs83oWjenQXvSt1F49fg9mv7qrCiRwHj5b38U3ponCFWxQTkDsMC",
        "EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRim",
        "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin",
        "FIO87DUhBcZrLhyFfBVDyu1iWZJUGURqbk6CQxwv5g6iWUCy9dCUJ",
        " EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin",
    ]);
    agree(name!("akey"), read::<PublicKey>, &values, &[]);
}
