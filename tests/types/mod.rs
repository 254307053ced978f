//! `antelope-types` beside `rs_abieos` and the real node: the same bytes and the same JSON for
//! random values of every built-in type and of what types are made of.

mod abieos;
mod composite;
mod definition;
mod node;
mod onchain;
mod refusal;
mod value;

use value::{BUILT_IN, Sample};

/// Rows of one value of each built-in type.
const ROWS: usize = 400;

/// Actions with one argument, `it`, and its type.
const ONE: [(&str, &str); 10] = [
    ("aname", "name"),
    ("asymbol", "symbol"),
    ("acode", "symbol_code"),
    ("anasset", "asset"),
    ("abool", "bool"),
    ("anint", "uint64"),
    ("akey", "public_key"),
    ("floats", "float64[]"),
    ("times", "time_point[]"),
    ("authorities", "authority[]"),
];

/// An ABI with a struct `row` of all built-in types, the types that it is composed of in
/// `composite`, and an action `check` that takes many of both.
fn abi() -> String {
    let fields: Vec<_> = BUILT_IN
        .iter()
        .map(|(ty, _)| serde_json::json!({"name": format!("f_{ty}"), "type": ty}))
        .collect();
    let mut structs = vec![
        serde_json::json!({"name": "row", "base": "", "fields": fields}),
        serde_json::json!({"name": "check", "base": "", "fields": [
            {"name": "rows", "type": "row[]"},
            {"name": "composites", "type": "composite[]"},
        ]}),
    ];
    structs.extend(composite::structs());
    structs.extend(ONE.map(|(action, ty)| {
        serde_json::json!({"name": action, "base": "", "fields": [{"name": "it", "type": ty}]})
    }));
    let mut actions = vec!["check", "extended"];
    actions.extend(ONE.map(|(action, _)| action));
    let actions: Vec<_> = actions
        .into_iter()
        .map(|name| serde_json::json!({"name": name, "type": name, "ricardian_contract": ""}))
        .collect();
    serde_json::json!({
        "version": "eosio::abi/1.2",
        "types": [{"new_type_name": "account", "type": "name"}],
        "structs": structs,
        "actions": actions,
        "tables": [],
        "ricardian_clauses": [],
        "error_messages": [],
        "abi_extensions": [],
        "variants": [{"name": "choice", "types": ["account", "asset", "string", "pair"]}],
        "action_results": [],
    })
    .to_string()
}

/// One value of each built-in type, as one value of the struct `row`.
fn row(random: &mut test_support::random::Random) -> Sample {
    let mut bytes = Vec::new();
    let mut json = serde_json::Map::new();
    for (ty, draw) in BUILT_IN {
        let sample = draw(random);
        bytes.extend(sample.bytes);
        json.insert(format!("f_{ty}"), sample.json);
    }
    Sample {
        bytes,
        json: json.into(),
    }
}

/// The first line in which two values differ, for a message that can be read.
fn difference(ours: &serde_json::Value, theirs: &serde_json::Value) -> Option<String> {
    let lines = |value| serde_json::to_string_pretty(value).unwrap_or_default();
    let (ours, theirs) = (lines(ours), lines(theirs));
    ours.lines()
        .zip(theirs.lines())
        .find(|(ours, theirs)| ours != theirs)
        .map(|(ours, theirs)| format!("ours {} theirs {}", ours.trim(), theirs.trim()))
        .or_else(|| (ours != theirs).then(|| "one is longer".into()))
}
