//! Blocks with the same transaction, which are told in the same way but for what is a block's own, and
//! the state behind the header of a block that both have under the same number.

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

/// What the chain, or else the node, answers.
fn answer(world: &World, here: bool, call: &str, request: &Value) -> Value {
    let path = format!("/v1/chain/{call}");
    let body = request.to_string().into_bytes();
    let answer = match here {
        true => world.api.answer(&path, &body),
        false => world.both.node.client().post(&path, &body).unwrap(),
    };
    serde_json::from_slice(&answer.body).unwrap()
}

/// The number of the head here and on the node, once they are the same: whichever is behind makes
/// blocks.
fn common_head(world: &World) -> u32 {
    let client = world.both.node.client();
    let here = world.api.with(|chain| chain.head().number());
    let there = client.get_info().unwrap().head_block_num;
    if there < here {
        // It makes a block each half second.
        let patience = Duration::from_millis(500) * (here - there) + Duration::from_secs(20);
        client.wait_for_block(here, patience).unwrap();
    }
    world.api.with(|chain| {
        for _ in here..there {
            chain.produce_block().unwrap();
        }
    });
    here.max(there)
}

/// The state behind the header of the head. One producer makes all blocks, so that this is the one
/// block that is not irreversible, and nodes before Spring keep no state of others.
///
/// Since its number is the same on both, so are all numbers in the state: the irreversible blocks, what
/// producers have made, and how many ids the Merkle tree has. Ids and what is signed are compared by
/// their form.
///
/// # Panics
/// Where the head of the node is never asked for before it makes the next.
fn header_state(world: &World) -> Option<String> {
    let request = |number: u32| json!({ "block_num_or_id": number.to_string() });
    let asked = (0..20).find_map(|_| {
        let request = request(common_head(world));
        let there = answer(world, false, "get_block_header_state", &request);
        there["block_num"].is_number().then_some((request, there))
    });
    let (request, there) = asked.unwrap_or_else(|| panic!("the node tells no state of its head"));
    let here = answer(world, true, "get_block_header_state", &request);
    let [there, here] = [there, here].map(|mut state| {
        state["id"] = form(&state["id"]);
        strip(&mut state["header"], false);
        let ids = state["blockroot_merkle"]["_active_nodes"].as_array_mut();
        ids.into_iter().flatten().for_each(|id| *id = form(id));
        state
    });
    let lines = difference(&there, &here)?;
    Some(format!("== get_block_header_state {request}\n{lines}"))
}

pub fn run(world: &World) -> Vec<String> {
    let transaction = packed(world, 9_000_000, asset!("0.0002 TOK"), LATER);
    let request = json!({ "transaction": transaction });
    let pushed = [false, true].map(|here| answer(world, here, "send_transaction2", &request));
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
    eprintln!("{} requests for a block of both", requests.len() + 1);
    let different = requests.into_iter().filter_map(|(call, there, here)| {
        let mut there = answer(world, false, call, &there);
        let mut here = answer(world, true, call, &here);
        strip(&mut there, true);
        strip(&mut here, true);
        difference(&there, &here).map(|lines| format!("== {call}\n{lines}"))
    });
    different.chain(header_state(world)).collect()
}
