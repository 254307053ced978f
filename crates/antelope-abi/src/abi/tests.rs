use super::*;
use alloc::format;
use alloc::vec;
use antelope_types::name;
use serde_json::Value;
use serde_json::json;

/// Aliases, bases, variants, lists, optional and appended fields, and every respelled type.
fn abi() -> Abi {
    let field = |name: &str, ty: &str| json!({ "name": name, "type": ty });
    let abi = json!({
        "version": "eosio::abi/1.2",
        "types": [{ "new_type_name": "owner", "type": "name" }],
        "structs": [
            { "name": "base", "base": "", "fields": [field("who", "owner")] },
            { "name": "row", "base": "base", "fields": [
                field("ids", "uint64[]"),
                field("maybe", "asset?"),
                field("choice", "choice"),
                field("later", "string$"),
            ] },
            { "name": "spelt", "base": "", "fields": [
                field("long", "float128"),
                field("hash", "checksum256"),
                field("raw", "bytes"),
                field("key", "public_key"),
                field("moment", "time_point"),
                field("second", "time_point_sec"),
                field("slot", "block_timestamp_type"),
                field("big", "uint64"),
                field("low", "int64"),
            ] },
            { "name": "empty", "base": "", "fields": [] },
            { "name": "nested", "base": "", "fields": [field("inner", "nested?")] },
        ],
        "actions": [{ "name": "act", "type": "row", "ricardian_contract": "" }],
        "tables": [{ "name": "rows", "type": "row", "index_type": "i64",
            "key_names": [], "key_types": [] }],
        "variants": [{ "name": "choice", "types": ["uint8", "base"] }],
        "action_results": [{ "name": "act", "result_type": "owner[]" }],
    });
    Abi::from_json(&abi.to_string()).unwrap()
}

fn row() -> Value {
    json!({
        "who": "alice",
        "ids": [1, "18446744073709551615"],
        "maybe": "1.00 X",
        "choice": ["base", { "who": "bob" }],
        "later": "end",
    })
}

#[test]
fn composite_values_go_there_and_back() {
    let abi = abi();
    let bytes = abi.pack("row", &row()).unwrap();
    assert_eq!(bytes.len(), 8 + (1 + 16) + (1 + 16) + (1 + 8) + (1 + 3));
    assert_eq!(abi.unpack("row", &bytes).unwrap(), row());
    assert_eq!(
        abi.unpack_row(Name::parse("rows").unwrap(), &bytes)
            .unwrap(),
        row()
    );
    let names = json!(["alice", "bob"]);
    let result = abi.pack("owner[]", &names).unwrap();
    assert_eq!(
        abi.unpack_result(Name::parse("act").unwrap(), &result)
            .unwrap(),
        names
    );
}

#[test]
fn appended_fields_may_be_absent() {
    let abi = abi();
    let act = Name::parse("act").unwrap();
    let mut short = row();
    short.as_object_mut().unwrap().remove("later");
    let bytes = abi.pack("row", &short).unwrap();
    assert_eq!(abi.unpack("row", &bytes).unwrap(), short);
    let in_order =
        json!(["alice", [1, "18446744073709551615"], "1.00 X", ["base", { "who": "bob" }]]);
    assert_eq!(abi.pack_action(act, &in_order).unwrap(), bytes);
    assert!(abi.pack_action(act, &json!(["alice", [], null])).is_err());
}

#[test]
fn values_are_spelt_as_nodes_spell_them() {
    let abi = abi();
    let value = json!({
        "long": "0x0000000000000000000000000000ff3f",
        "hash": "ab".repeat(32),
        "raw": "00ff",
        "key": "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV",
        "moment": "2026-01-02T03:04:05.678",
        "second": "2026-01-02T03:04:05",
        "slot": "2026-01-02T03:04:05.500",
        "big": 4_294_967_295_u64,
        "low": -4_294_967_295_i64,
    });
    let bytes = abi.pack("spelt", &value).unwrap();
    assert_eq!(abi.unpack("spelt", &bytes).unwrap(), value);
    for (ty, value) in [
        ("uint64", json!("4294967296")),
        ("int64", json!("-4294967296")),
    ] {
        let bytes = abi.pack(ty, &value).unwrap();
        assert_eq!(abi.unpack(ty, &bytes).unwrap(), value);
    }
}

#[test]
fn a_struct_without_fields_is_shown_but_not_by_nodes() {
    let abi = Abi::from_json(
        r#"{"version": "eosio::abi/1.2", "structs": [
            {"name": "nothing", "base": "", "fields": []},
            {"name": "some", "base": "", "fields": [{"name": "of", "type": "nothing[]"}]}]}"#,
    )
    .unwrap();
    assert_eq!(abi.unpack("nothing", &[]).unwrap(), json!({}));
    assert!(abi.unpack_as_node("nothing", &[]).is_err());
    assert!(abi.unpack_as_node("some", &[1]).is_err());
    let none = json!({ "of": [] });
    assert_eq!(abi.unpack_as_node("some", &[0]).unwrap(), none);
}

#[test]
fn problems_are_told_with_their_place() {
    let abi = abi();
    let with = |field: &str, value: Value| {
        let mut changed = row();
        changed[field] = value;
        abi.pack("row", &changed).unwrap_err().to_string()
    };
    for (problem, expected) in [
        (
            with("ids", json!(5)),
            "`ids`: a number, expected an array of uint64",
        ),
        (with("maybe", json!("1.00X")), "`maybe`: `1.00X`"),
        (
            with("choice", json!(["int8", 1])),
            "`choice`: \"int8\", expected one of uint8, base",
        ),
        (
            with("choice", json!("bob")),
            "`choice`: text, expected [type, value]",
        ),
        (
            with("choice", json!(["base", { "who": "B" }])),
            "`choice[1].who`: `B`",
        ),
        (
            with("extra", json!(1)),
            "no field `extra` in row, expected who, ids, maybe, choice, later",
        ),
    ] {
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let mut value = json!({ "inner": null });
    for _ in 0..100 {
        value = json!({ "inner": value });
    }
    let problem = abi().pack("nested", &value).unwrap_err().to_string();
    assert!(problem.ends_with("nested deeper than 32"), "{problem}");
    // Each level is one byte, so that hostile bytes can claim any depth.
    let problem = abi()
        .unpack("nested", &[1; 10_000])
        .unwrap_err()
        .to_string();
    assert!(problem.ends_with("nested deeper than 32"), "{problem}");
}

#[test]
fn lists_do_not_grow_beyond_their_bytes() {
    let abi = abi();
    // Four billion items of no size, or of a size that is not there.
    let many = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for ty in ["uint64[]", "empty[]"] {
        let problem = abi.unpack(ty, &many).unwrap_err().to_string();
        assert!(problem.contains("of 4294967295 items"), "{problem}");
    }
    assert_eq!(abi.unpack("empty[]", &[3]).unwrap(), json!([{}, {}, {}]));
}

#[test]
fn bytes_of_every_type_are_used_up() {
    let abi = abi();
    for ty in ["row", "spelt"] {
        for length in 0..40 {
            let bytes = vec![0; length];
            if let Ok(value) = abi.unpack(ty, &bytes) {
                assert_eq!(abi.pack(ty, &value).unwrap(), bytes);
            }
        }
    }
    let bytes = abi.pack("row", &row()).unwrap();
    for length in 0..bytes.len() {
        // Only the appended field may be missing.
        assert_eq!(
            abi.unpack("row", &bytes[..length]).is_ok(),
            length == bytes.len() - 4
        );
    }
    let longer = [&bytes[..], &[0]].concat();
    let problem = abi.unpack("row", &longer).unwrap_err().to_string();
    assert!(problem.ends_with("1 bytes too many"), "{problem}");
}

#[test]
fn what_is_no_abi_is_refused() {
    for json in [
        "",
        "{}",
        "[]",
        r#"{"version":"eosio::abi/1.2","structs":5}"#,
    ] {
        assert!(
            matches!(Abi::from_json(json), Err(AbiError::Definition { .. })),
            "{json}"
        );
    }
    assert!(matches!(
        Abi::from_binary(&[1, 2, 3]),
        Err(AbiError::Definition { .. })
    ));
    let loops = r#"{"version":"eosio::abi/1.2","types":[{"new_type_name":"a","type":"b"},
        {"new_type_name":"b","type":"a"}],"structs":[],"actions":[],"tables":[]}"#;
    assert!(Abi::from_json(loops).is_err());
}

#[test]
fn the_binary_form_is_the_chains() {
    let abi = abi();
    let again = Abi::from_binary(&abi.to_binary()).unwrap();
    assert_eq!(again.definition(), abi.definition());
}

#[test]
fn what_does_not_fit_says_where() {
    let abi = abi();
    let bytes = abi.pack("row", &row()).unwrap();
    let whole = abi.inspect("row", &bytes);
    assert_eq!(whole.misfit, None);
    let starts: Vec<_> = whole.fields.iter().map(|field| field.offset).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    for length in 0..bytes.len() {
        let part = abi.inspect("row", &bytes[..length]);
        // What lies before the cut is told as it is in the whole.
        assert!(whole.fields.starts_with(&part.fields), "{length}");
        let refused = abi.unpack("row", &bytes[..length]).err();
        let refused = refused.map(|error| error.problem().to_string());
        let expected = part.misfit.map(|misfit| misfit.to_string());
        assert_eq!(refused, expected, "{length}");
    }
}

#[test]
fn text_has_the_fields_in_the_order_of_the_abi() {
    let abi = abi();
    let bytes = abi.pack("row", &row()).unwrap();
    let text = concat!(
        r#"{"who":"alice","ids":[1,"18446744073709551615"],"maybe":"1.00 X","#,
        r#""choice":["base",{"who":"bob"}],"later":"end"}"#
    );
    assert_eq!(abi.unpack_json("row", &bytes).unwrap(), text);
    assert_eq!(abi.unpack_json_as_node("row", &bytes).unwrap(), text);
    let error = abi.unpack_json("row", &bytes[1..]).unwrap_err();
    assert_eq!(Err(error), abi.unpack("row", &bytes[1..]));
}

/// The second field of a name replaces the first, in text too.
#[test]
fn a_name_that_is_there_twice_is_shown_once() {
    let field = |name: &str, ty: &str| json!({ "name": name, "type": ty });
    let wide: Vec<_> = (0..65)
        .map(|it| field(&format!("f{it}"), "uint8"))
        .collect();
    let abi = json!({
        "version": "eosio::abi/1.2",
        "structs": [
            { "name": "base", "base": "", "fields": [field("a", "uint8"), field("b", "uint8")] },
            { "name": "both", "base": "base", "fields": [field("a", "string")] },
            { "name": "wide", "base": "", "fields": wide },
        ],
    });
    let abi = Abi::from_json(&abi.to_string()).unwrap();
    let text = abi.unpack_json("both[]", &[1, 1, 2, 1, b'x']).unwrap();
    assert_eq!(text, r#"[{"a":"x","b":2}]"#);
    let bytes: Vec<u8> = (0..65).collect();
    let text = abi.unpack_json("wide", &bytes).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value, abi.unpack("wide", &bytes).unwrap());
}

/// Reading bytes, a struct and its fields take a step each, and the item of the list a third; reading
/// JSON, the struct takes none of its own. At depth 32 a node gives up, wherever it began.
#[test]
fn what_lies_around_a_value_counts_for_its_depth() {
    let abi = Abi::from_json(
        r#"{"version": "eosio::abi/1.2", "types": [], "tables": [],
            "structs": [{"name": "nest", "base": "", "fields": [{"name": "in", "type": "nest[]"}]}],
            "actions": [{"name": "nest", "type": "nest", "ricardian_contract": ""}]}"#,
    )
    .unwrap();
    // How many can be inside each other, if a node has come as deep as this before.
    for (begins, most) in [
        (3, [9, 14]),
        (6, [8, 13]),
        (7, [8, 12]),
        (9, [7, 11]),
        (11, [7, 10]),
    ] {
        let (steps, mut found) = (begins - 3, [0, 0]);
        for levels in 1..20 {
            let mut bytes = vec![1; levels];
            bytes[levels - 1] = 0;
            let mut json = json!({ "in": [] });
            for _ in 1..levels {
                json = json!({ "in": [json] });
            }
            if abi.unpack_as_node_below(steps, "nest", &bytes).as_ref() == Ok(&json) {
                found[0] = levels;
            }
            let packed = abi.pack_action_as_node_below(steps, name!("nest"), &json);
            if packed.as_ref() == Ok(&bytes) {
                found[1] = levels;
            }
        }
        assert_eq!(found, most, "from {begins}");
    }
}
