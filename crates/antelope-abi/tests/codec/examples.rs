//! The inputs that came from public reports, each with what the node makes of it.

use super::oracle;
use antelope_abi::{Abi, AbiException};
use antelope_types::{Name, name};
use serde_json::{Value, json};

fn structure(name: &str, base: &str, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, ty)| json!({ "name": name, "type": ty }))
        .collect();
    json!({ "name": name, "base": base, "fields": fields })
}

/// An ABI with one action `act` of this type.
fn abi(types: Value, structs: Vec<Value>, of: &str) -> Value {
    json!({
        "version": "eosio::abi/1.2",
        "types": types,
        "structs": structs,
        "actions": [{ "name": "act", "type": of, "ricardian_contract": "" }],
        "tables": [{ "name": "tab", "index_type": "i64", "key_names": [], "key_types": [], "type": of }],
    })
}

const ACT: Name = name!("act");

/// Both make these bytes of the JSON, and show the same of the bytes.
fn both(definition: &Value, arguments: &Value, hex: &str) {
    let abi = Abi::from_json(&definition.to_string()).unwrap();
    let account = oracle::account_with(definition);
    let bytes: Vec<u8> = antelope_types::json::bytes::deserialize(&json!(hex)).unwrap();
    assert_eq!(abi.pack_action(ACT, arguments).as_ref(), Ok(&bytes));
    assert_eq!(abi.pack_action_as_node(ACT, arguments).as_ref(), Ok(&bytes));
    assert_eq!(oracle::pack(account, ACT, arguments).as_ref(), Ok(&bytes));
    let shown = oracle::show(&[(account, ACT, bytes.clone())]).remove(0);
    let ty = &abi.definition().actions[0].ty;
    assert_eq!(abi.unpack_as_node(ty, &bytes).ok(), shown);
}

/// Neither takes the JSON.
fn neither(definition: &Value, arguments: &Value) {
    let abi = Abi::from_json(&definition.to_string()).unwrap();
    let account = oracle::account_with(definition);
    assert!(abi.pack_action(ACT, arguments).is_err(), "{arguments}");
    assert!(
        abi.pack_action_as_node(ACT, arguments).is_err(),
        "{arguments}"
    );
    assert!(
        oracle::pack(account, ACT, arguments).is_err(),
        "{arguments}"
    );
}

#[test]
fn a_struct_whose_base_is_an_alias() {
    let types = json!([{ "new_type_name": "bar", "type": "foo" }]);
    let structs = vec![
        structure("foo", "", &[("value", "int32")]),
        structure("baz", "bar", &[("more", "string")]),
        structure("hi", "", &[("b", "baz")]),
    ];
    let arguments = json!({ "b": { "value": -5, "more": "x" } });
    both(&abi(types, structs, "hi"), &arguments, "fbffffff0178");
}

#[test]
fn a_base_that_is_an_alias_of_an_alias() {
    let types = json!([
        { "new_type_name": "bar", "type": "foo" },
        { "new_type_name": "bars", "type": "bar" },
    ]);
    let structs = vec![
        structure("root", "", &[("id", "uint8")]),
        structure("foo", "root", &[("value", "uint8")]),
        structure("hi", "bars", &[("more", "uint8")]),
    ];
    let arguments = json!({ "more": 3, "value": 2, "id": 1 });
    both(&abi(types, structs, "hi"), &arguments, "010203");
}

#[test]
fn a_base_that_is_an_alias_of_an_optional_is_refused() {
    let types = json!([{ "new_type_name": "bar", "type": "foo?" }]);
    let structs = vec![
        structure("foo", "", &[("value", "int32")]),
        structure("hi", "bar", &[("more", "string")]),
    ];
    refused(&abi(types, structs, "hi"), 3_015_004, "Unknown struct bar");
}

#[test]
fn optionals_may_be_left_out() {
    let one = abi(
        json!([]),
        vec![structure("hi", "", &[("a", "uint64"), ("b", "uint64?")])],
        "hi",
    );
    both(&one, &json!({ "a": 1 }), "010000000000000000");
    both(&one, &json!({ "a": 1, "b": null }), "010000000000000000");
    let fields = [("a", "uint8"), ("b", "string?"), ("c", "uint8")];
    let two = abi(json!([]), vec![structure("hi", "", &fields)], "hi");
    both(&two, &json!({ "a": 1, "c": 3 }), "010003");
    neither(&two, &json!({ "a": 1 }));
}

#[test]
fn an_optional_that_is_an_alias_may_not_be_left_out() {
    let types = json!([{ "new_type_name": "maybe", "type": "uint8?" }]);
    let fields = [("a", "uint8"), ("b", "maybe")];
    let definition = abi(types, vec![structure("hi", "", &fields)], "hi");
    neither(&definition, &json!({ "a": 1 }));
    both(&definition, &json!({ "a": 1, "b": null }), "0100");
}

#[test]
fn truth_is_sent_as_it_is_shown() {
    let fields = [("one", "bool"), ("many", "bool[]"), ("maybe", "bool?")];
    let definition = abi(json!([]), vec![structure("hi", "", &fields)], "hi");
    let arguments = json!({ "one": 1, "many": [1, 0, 5], "maybe": 0 });
    both(&definition, &arguments, "01030100050100");
}

#[test]
fn optionals_of_aliases_of_optionals() {
    let types = json!([{ "new_type_name": "o", "type": "uint8?" }]);
    let fields = [("a", "o?"), ("b", "o[]"), ("c", "o")];
    let definition = abi(types, vec![structure("hi", "", &fields)], "hi");
    let arguments = json!({ "a": 7, "b": [null, 8], "c": null });
    both(&definition, &arguments, "0101070200010800");
}

#[test]
fn a_struct_named_as_a_built_in_type_is_hidden_by_it() {
    let structs = vec![
        structure("name", "", &[("a", "uint8")]),
        structure("hi", "name", &[("b", "name")]),
    ];
    let definition = abi(json!([]), structs, "hi");
    // As a base the node reads it, but does not write it.
    let abi = Abi::from_json(&definition.to_string()).unwrap();
    let account = oracle::account_with(&definition);
    let arguments = json!({ "a": 1, "b": "eosio" });
    assert!(abi.pack_action_as_node(ACT, &arguments).is_err());
    assert!(oracle::pack(account, ACT, &arguments).is_err());
    let bytes = abi.pack_action(ACT, &arguments).unwrap();
    assert_eq!(bytes, [1, 0, 0, 0, 0, 0, 0xea, 0x30, 0x55]);
    let shown = oracle::show(&[(account, ACT, bytes.clone())]).remove(0);
    assert_eq!(shown.as_ref(), Some(&arguments));
    assert_eq!(abi.unpack_as_node("hi", &bytes).ok(), shown);
}

#[test]
fn seventeen_lists_by_aliases() {
    let types: Vec<_> = (0..17)
        .map(|level| {
            let inner = match level {
                0 => "uint8[]".to_owned(),
                level => format!("l{}[]", level - 1),
            };
            json!({ "new_type_name": format!("l{level}"), "type": inner })
        })
        .collect();
    let fields = [("it", "l16")];
    let definition = abi(json!(types), vec![structure("hi", "", &fields)], "hi");
    let value = (0..16).fold(json!([9]), |value, _| json!([value]));
    both(
        &definition,
        &json!({ "it": value }),
        &format!("{}09", "01".repeat(17)),
    );
}

#[test]
fn recursive_structs_and_a_field_named_self() {
    let fields = [("self", "uint8"), ("children", "hi[]"), ("next", "hi?")];
    let definition = abi(json!([]), vec![structure("hi", "", &fields)], "hi");
    let leaf = json!({ "self": 2, "children": [], "next": null });
    let arguments = json!({ "self": 1, "children": [leaf], "next": leaf });
    both(
        &definition,
        &arguments,
        "01010200000102 0000".replace(' ', "").as_str(),
    );
}

#[test]
fn bytes_after_an_abi_are_not_looked_at() {
    let definition = abi(
        json!([]),
        vec![structure("hi", "", &[("a", "uint8")])],
        "hi",
    );
    let abi = Abi::from_json(&definition.to_string()).unwrap();
    let mut bytes = abi.to_binary();
    bytes.extend(b"more");
    let again = Abi::from_binary(&bytes).unwrap();
    assert_eq!(again.definition(), abi.definition());
    let account = oracle::fresh_account();
    oracle::set_abis(&[(account, bytes)]);
    assert_eq!(oracle::verdict(account, &json!({ "a": 1 })), Ok(vec![1]));
}

/// Both refuse the ABI with this number and these words.
fn refused(definition: &Value, code: u64, words: &str) {
    let account = oracle::account_with(definition);
    assert_eq!(
        oracle::verdict(account, &json!({})),
        Err((code, words.to_owned()))
    );
    let error = Abi::from_json(&definition.to_string()).unwrap_err();
    let ours = error
        .exception()
        .map(|exception| u64::from(exception.code()));
    assert_eq!((ours, error.problem()), (Some(code), words), "{error}");
}

#[test]
fn abis_that_nodes_refuse() {
    let with = |ty: &str| abi(json!([]), vec![structure("hi", "", &[("a", ty)])], "hi");
    refused(&with("uint8[][]"), 3_015_004, "uint8[][]");
    refused(&with("uint8[]?"), 3_015_004, "uint8[]?");
    refused(&with("nothing$"), 3_015_004, "nothing$");
    let mut definition = with("uint8");
    definition["version"] = json!("eosio::abi/2.0");
    refused(&definition, 3_015_016, "ABI has an unsupported version");
    let mut definition = with("uint8");
    definition["variants"] = json!([{ "name": "v", "types": ["uint8", "name$"] }]);
    refused(&definition, 3_015_004, "name$");
    let mut definition = with("uint8");
    let table = definition["tables"][0].clone();
    definition["tables"] = json!([table, table]);
    refused(
        &definition,
        3_015_008,
        "duplicate table definition detected",
    );
    let mut definition = with("uint8");
    definition["structs"] = json!([definition["structs"][0], definition["structs"][0]]);
    refused(
        &definition,
        3_015_006,
        "duplicate struct definition detected",
    );
    let mut definition = with("uint8");
    definition["types"] = json!([{ "new_type_name": "name", "type": "uint8" }]);
    refused(&definition, 3_015_005, "type already exists");
    let mut definition = with("uint8");
    definition["types"] = json!([
        { "new_type_name": "x", "type": "y" }, { "new_type_name": "y", "type": "x" }]);
    refused(&definition, 3_015_012, "Circular reference in type x");
    let mut definition = with("uint8");
    definition["structs"][0]["base"] = json!("hi");
    refused(&definition, 3_015_012, "Circular reference in struct hi");
}

#[test]
fn a_cut_abi_is_refused_with_number_8() {
    let definition = abi(
        json!([]),
        vec![structure("hi", "", &[("a", "uint8")])],
        "hi",
    );
    let bytes = Abi::from_json(&definition.to_string()).unwrap().to_binary();
    let account = oracle::fresh_account();
    for length in [5, 17, 30, bytes.len() - 6] {
        oracle::set_abis(&[(account, bytes[..length].into())]);
        let (_, words) = oracle::verdict(account, &json!({})).unwrap_err();
        let error = Abi::from_binary(&bytes[..length]).unwrap_err();
        assert_eq!(error.exception(), Some(AbiException::OutOfRange));
        assert_eq!(error.problem(), words, "{length}");
    }
}

#[test]
fn nesting_ends_where_it_ends_for_the_node() {
    let definition = abi(
        json!([]),
        vec![
            structure("leaf", "", &[("next", "leaf?")]),
            structure("hi", "", &[("it", "leaf")]),
        ],
        "hi",
    );
    let abi = Abi::from_json(&definition.to_string()).unwrap();
    let account = oracle::account_with(&definition);
    let (mut taken, mut refused) = (0, 0);
    for depth in 1..20 {
        let mut value = json!({ "next": null });
        for _ in 1..depth {
            value = json!({ "next": value });
        }
        let arguments = json!({ "it": value });
        let theirs = oracle::pack(account, ACT, &arguments);
        let ours = abi.pack_action_as_node(ACT, &arguments);
        // What is in a transaction is some steps deeper than what is asked for by itself.
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(ours, theirs);
                taken += 1;
            }
            (Err(_), Err(_)) => refused += 1,
            (Ok(_), Err(_)) => {}
            (Err(_), Ok(_)) => panic!("{depth}"),
        }
    }
    println!("{taken} taken, {refused} refused");
    assert!(taken > 5 && refused > 0);
}
