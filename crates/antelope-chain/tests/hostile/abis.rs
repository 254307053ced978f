//! ABIs that contracts bring, and values by them.

use crate::run;
use crate::shared::mutate::mutate;
use crate::shared::random::Random;
use antelope_abi::Abi;
use antelope_node::package_contract;
use antelope_types::Name;
use serde_json::{Value, json};

/// An ABI with what good and bad ones have: a name for the seed, its JSON.
fn definitions() -> Vec<String> {
    let mut all = [
        json!({
            "version": "eosio::abi/1.2",
            "types": [{ "new_type_name": "amount", "type": "int64" }, { "new_type_name": "many", "type": "tree[]" }],
            "structs": [
                { "name": "base", "base": "", "fields": [{ "name": "a", "type": "uint64" }] },
                { "name": "tree", "base": "base", "fields": [
                    { "name": "children", "type": "many" },
                    { "name": "maybe", "type": "tree?" },
                    { "name": "either", "type": "choice" },
                    { "name": "late", "type": "string$" },
                ] },
            ],
            "actions": [{ "name": "plant", "type": "tree", "ricardian_contract": "" }],
            "tables": [{ "name": "trees", "index_type": "i64", "key_names": [], "key_types": [], "type": "tree" }],
            "variants": [{ "name": "choice", "types": ["uint8", "tree", "string", "amount"] }],
            "action_results": [{ "name": "plant", "result_type": "many" }],
        }),
        // Types that are made of themselves.
        json!({
            "version": "eosio::abi/1.1",
            "types": [{ "new_type_name": "x", "type": "y" }, { "new_type_name": "y", "type": "x" }],
            "structs": [{ "name": "s", "base": "s", "fields": [{ "name": "s", "type": "s" }] }],
            "actions": [{ "name": "plant", "type": "s", "ricardian_contract": "" }],
        }),
        json!({ "version": "eosio::abi/1.1" }),
    ]
    .iter()
    .map(Value::to_string)
    .collect::<Vec<_>>();
    for contract in ["eosio.token", "eosio.msig"] {
        if let Ok((_, abi)) = package_contract(contract) {
            all.push(std::fs::read_to_string(abi).unwrap());
        }
    }
    all
}

/// Everything that an ABI can be asked, with these bytes.
fn convert(abi: &Abi, data: &[u8]) {
    let definition = abi.definition();
    let mut types: Vec<String> = definition
        .structs
        .iter()
        .map(|of| of.name.clone())
        .collect();
    types.extend(definition.types.iter().map(|of| of.new_type_name.clone()));
    types.extend(
        [
            "tree[]",
            "choice?",
            "bytes",
            "string[]",
            "symbol",
            "signature",
            "nothing",
            "",
        ]
        .map(str::to_owned),
    );
    for of in types.iter().take(24) {
        if let Ok(value) = abi.unpack(of, data) {
            // What was read can be written; a value has one encoding but for what was beyond it.
            if let Ok(again) = abi.pack(of, &value) {
                assert!(again.len() <= data.len() + 64, "{of}");
            }
        }
        let _ = abi.inspect(of, data);
        for value in [
            json!(null),
            json!({}),
            json!([[[[]]]]),
            json!("7"),
            json!(-1),
            json!(1e300),
        ] {
            let _ = abi.pack(of, &value);
        }
        if let Ok(value) = serde_json::from_slice::<Value>(data) {
            let _ = abi.pack(of, &value);
        }
    }
    for action in definition.actions.iter().take(8) {
        let _ = abi.unpack_action(action.name, data);
        let _ = abi.unpack_result(action.name, data);
    }
    for table in definition.tables.iter().take(8) {
        let _ = abi.unpack_row(table.name, data);
    }
    let _ = abi.unpack_action(Name::from_raw(u64::MAX), data);
}

/// The first half of the bytes is an ABI, as JSON or packed, the rest a value; whether it was one.
fn target(data: &[u8]) -> bool {
    let middle = data.len() / 2;
    let parts = [(data, data), data.split_at(middle)];
    let mut any = false;
    for (abi, value) in parts {
        let text = String::from_utf8_lossy(abi);
        for abi in [Abi::from_json(&text), Abi::from_binary(abi)]
            .into_iter()
            .flatten()
        {
            any = true;
            convert(&abi, &value[..value.len().min(4096)]);
        }
    }
    any
}

#[test]
fn spoilt_definitions_are_refused_or_used() {
    let definitions = definitions();
    let mut good = 0;
    let make = |random: &mut Random| {
        let json = random.of(&definitions);
        let mut bytes = match Abi::from_json(json) {
            Ok(abi) if random.below(2) == 0 => abi.to_binary(),
            _ => json.clone().into_bytes(),
        };
        mutate(random, &mut bytes);
        bytes
    };
    run(1200, make, |data| good += u64::from(target(data)));
    assert!(
        good > 0,
        "no definition was good: only the reading was tried"
    );
}

#[test]
fn spoilt_values_are_refused_or_read() {
    let abis: Vec<_> = definitions()
        .iter()
        .filter_map(|json| Abi::from_json(json).ok())
        .collect();
    let make = |random: &mut Random| {
        let length = random.below(200);
        let mut bytes = match random.below(3) {
            // Small numbers: lists and variants that are almost there.
            0 => (0..length).map(|_| random.below(4) as u8).collect(),
            1 => vec![1; 4096],
            _ => random.bytes(length),
        };
        mutate(random, &mut bytes);
        bytes
    };
    run(1500, make, |data| {
        for abi in &abis {
            convert(abi, data);
        }
    });
}

/// JSON that nests as deep as it likes.
#[test]
fn values_nested_too_deep_are_refused() {
    let abi = Abi::from_json(&definitions()[0]).unwrap();
    for depth in [10, 1000, 100_000] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = abi.pack("tree[]", &value);
        }
        let nested = format!("tree{}", "[]".repeat(depth));
        assert!(abi.unpack(&nested, &[1; 100]).is_err());
        let _ = abi.pack(&nested, &json!([]));
    }
}
