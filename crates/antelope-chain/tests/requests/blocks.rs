//! Blocks with the same transaction, which are told in the same way but for what is a block's own.

use crate::shared::difference::difference;
use crate::transactions::{LATER, packed};
use crate::world::World;
use antelope_types::asset;
use serde_json::{Value, json};
use std::time::Duration;

/// Fields that are a block's own.
const OWN: [&str; 18] = [
    "timestamp",
    "producer_signature",
    "previous",
    "transaction_mroot",
    "action_mroot",
    "block_num",
    "ref_block_num",
    "ref_block_prefix",
    "cpu_usage_us",
    "block_number",
    "block_id",
    "block_timestamp",
    "head_number",
    "head_id",
    "head_timestamp",
    "irreversible_number",
    "irreversible_id",
    "irreversible_timestamp",
];

/// What of them is an own one too, where it is a block's.
const IDS: [&str; 3] = [
    "id",
    "earliest_tracked_block_id",
    "earliest_tracked_block_number",
];

/// The value with each field of a chain's own replaced by its kind.
fn strip(value: &mut Value, block: bool) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                match OWN.contains(&&**field) || (block && IDS.contains(&&**field)) {
                    true => *value = form(value),
                    false => strip(value, false),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, false)),
        _ => {}
    }
}

/// Whether this text is a number: an integer beyond 32 bits or a decimal fraction, both of which
/// answers have as text. Other text may consist of digits alone, such as a version.
fn is_number(text: &str) -> bool {
    let is_large = |n: i128| n.unsigned_abs() > u128::from(u32::MAX);
    match text.contains('.') {
        true => text.len() < 40 && text.parse::<f64>().is_ok(),
        false => text.len() <= 20 && text.parse().is_ok_and(is_large),
    }
}

/// The kinds of a value and of what is in it. Numbers that are large are told as text.
pub fn form(value: &Value) -> Value {
    match value {
        Value::Null => json!("nothing"),
        Value::Bool(_) => json!("flag"),
        Value::Number(_) => json!("number"),
        Value::String(text) if is_number(text) => json!("number"),
        Value::String(_) => json!("text"),
        Value::Array(items) => {
            let mut forms: Vec<_> = items.iter().map(form).collect();
            forms.dedup();
            forms.into()
        }
        Value::Object(fields) => fields
            .iter()
            .map(|(name, it)| (name.clone(), form(it)))
            .collect(),
    }
}

pub fn run(world: &World) -> Vec<String> {
    let transaction = packed(world, 9_000_000, asset!("0.0002 TOK"), LATER);
    let request = json!({ "transaction": transaction });
    let answer = |here: bool, call: &str, request: &Value| -> Value {
        let path = format!("/v1/chain/{call}");
        let body = request.to_string().into_bytes();
        let answer = match here {
            true => world.api.answer(&path, &body),
            false => world.both.node.client().post(&path, &body).unwrap(),
        };
        serde_json::from_slice(&answer.body).unwrap()
    };
    let pushed = [false, true].map(|here| answer(here, "send_transaction2", &request));
    let [there, here] = pushed.each_ref().map(|it| {
        let number = it["processed"]["block_num"].as_u64();
        number.unwrap_or_else(|| panic!("{it}"))
    });
    world.api.with(|chain| {
        for _ in 0..3 {
            chain.produce_block().unwrap();
        }
    });
    let patience = Duration::from_secs(20);
    world
        .both
        .node
        .client()
        .wait_for_block(there as u32 + 3, patience)
        .unwrap();
    let id = &pushed[0]["transaction_id"];
    let mut requests = Vec::new();
    for call in ["get_block", "get_raw_block", "get_block_info"] {
        let field = if call == "get_block_info" {
            "block_num"
        } else {
            "block_num_or_id"
        };
        requests.push((call, json!({ field: there }), json!({ field: here })));
    }
    for extensions in [false, true] {
        let of = |number| json!({ "block_num_or_id": number, "include_extensions": extensions });
        requests.push(("get_block_header", of(there), of(here)));
    }
    requests.push((
        "get_transaction_status",
        json!({ "id": id }),
        json!({ "id": id }),
    ));
    eprintln!("{} requests for a block of both", requests.len());
    let different = requests.into_iter().filter_map(|(call, there, here)| {
        let mut there = answer(false, call, &there);
        let mut here = answer(true, call, &here);
        strip(&mut there, true);
        strip(&mut here, true);
        difference(&there, &here).map(|lines| format!("== {call}\n{lines}"))
    });
    different.collect()
}
