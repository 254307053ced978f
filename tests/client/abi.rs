//! JSON to bytes and back, by ABIs of the node's package.

use antelope_abi::AbiError;
use antelope_types::{Asset, Encode, Name, name};
use serde_json::{Value, json};
use veche_tests::reference;

fn pack(arguments: Value) -> Result<Vec<u8>, String> {
    let packed = reference("eosio.token")
        .abi
        .pack_action(name!("transfer"), &arguments);
    packed.map_err(|e| e.to_string())
}

#[test]
fn arguments_by_field_and_in_order_give_the_same_bytes() {
    let expected = [
        name!("alice").to_bytes(),
        name!("bob").to_bytes(),
        "1.0000 EOS".parse::<Asset>().unwrap().to_bytes(),
        "hi".to_bytes(),
    ]
    .concat();
    let by_field = json!({ "from": "alice", "to": "bob", "quantity": "1.0000 EOS", "memo": "hi" });
    assert_eq!(pack(by_field.clone()).unwrap(), expected);
    assert_eq!(
        pack(json!(["alice", "bob", "1.0000 EOS", "hi"])).unwrap(),
        expected
    );
    let abi = &reference("eosio.token").abi;
    assert_eq!(
        abi.unpack_action(name!("transfer"), &expected).unwrap(),
        by_field
    );
}

#[test]
fn mistakes_are_named_with_their_place() {
    let fine = json!({ "from": "alice", "to": "bob", "quantity": "1.0000 EOS", "memo": "" });
    let with = |field: &str, value: Value| {
        let mut arguments = fine.clone();
        arguments[field] = value;
        pack(arguments).unwrap_err()
    };
    for (problem, expected) in [
        (
            with("quantity", json!("1.0000EOS")),
            "`quantity`: `1.0000EOS`",
        ),
        (
            with("quantity", json!(1)),
            "`quantity`: a number, expected an asset",
        ),
        (with("from", json!("Alice")), "`from`: `Alice`"),
        (
            with("from", json!("abcdefghijklmn")),
            "`from`: `abcdefghijklmn`",
        ),
        (with("memo", json!(null)), "`memo`: null, expected text"),
        (with("Memo", json!("")), "no field `Memo` in transfer"),
        (
            pack(json!({ "from": "alice" })).unwrap_err(),
            "field `to` is missing",
        ),
        (pack(json!(["alice"])).unwrap_err(), "1 values, expected 4"),
        (
            pack(json!("alice")).unwrap_err(),
            "text, expected an object",
        ),
    ] {
        assert!(problem.starts_with("JSON as `transfer`: "), "{problem}");
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn nested_types_are_checked_too() {
    let abi = &reference("eosio.bios").abi;
    let authority = |key: &str| json!({ "threshold": 1, "keys": [{ "key": key, "weight": 1 }], "accounts": [], "waits": [] });
    let developer = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV";
    let arguments = |name: &str, key: &str| json!({ "creator": "eosio", "name": name, "owner": authority(key), "active": authority(key) });
    let good = abi
        .pack_action(name!("newaccount"), &arguments("alice", developer))
        .unwrap();
    assert_eq!(good.len(), 16 + 2 * (4 + 1 + 34 + 2 + 1 + 1));
    let bad = abi
        .pack_action(name!("newaccount"), &arguments("alice", "EOS6MRy"))
        .unwrap_err();
    assert!(matches!(bad, AbiError::Pack { .. }));
    let mut spoilt = arguments("alice", developer);
    spoilt["owner"]["keys"][0]["weigth"] = json!(1);
    let bad = abi
        .pack_action(name!("newaccount"), &spoilt)
        .unwrap_err()
        .to_string();
    assert!(bad.contains("`owner.keys[0]`: no field `weigth`"), "{bad}");
}

#[test]
fn bytes_must_be_used_up() {
    let abi = &reference("eosio.token").abi;
    let mut bytes = pack(json!(["alice", "bob", "1.0000 EOS", "hi"])).unwrap();
    bytes.push(0);
    let error = abi.unpack_action(name!("transfer"), &bytes).unwrap_err();
    assert!(error.to_string().contains("1 bytes too many"), "{error}");
    let error = abi
        .unpack_action(name!("transfer"), &bytes[..30])
        .unwrap_err();
    assert!(matches!(error, AbiError::Unpack { .. }));
}

#[test]
fn unknown_names_are_refused() {
    let abi = &reference("eosio.token").abi;
    let nothing: Name = name!("nothing");
    for error in [
        abi.pack_action(nothing, &json!({})).unwrap_err(),
        abi.unpack_action(nothing, &[]).unwrap_err(),
        abi.unpack_row(nothing, &[]).unwrap_err(),
        abi.unpack_result(nothing, &[]).unwrap_err(),
    ] {
        assert!(matches!(error, AbiError::Unknown { .. }), "{error}");
    }
}
