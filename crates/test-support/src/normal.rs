//! Traces without what cannot be the same on two chains: times, sequences of the system's account.

use serde_json::{Value, json};

/// A trace of a node or of the chain, in one form.
pub fn normal(trace: &Value) -> Value {
    let actions = trace["action_traces"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    json!({
        "status": trace["receipt"]["status"],
        "net_usage_words": trace["receipt"]["net_usage_words"],
        "net_usage": trace["net_usage"],
        "scheduled": trace["scheduled"],
        "actions": actions.iter().map(action).collect::<Vec<_>>(),
        "except": except(&trace["except"]),
        "error_code": trace["error_code"].as_str().map_or(trace["error_code"].clone(), |t| t.parse::<u64>().expect("a number").into()),
    })
}

/// A transaction that was refused before it was begun.
pub fn normal_error(code: u64, name: &str) -> Value {
    json!({ "refused": { "code": code, "name": name } })
}

/// Whether both were refused for the same: a node looks at some things before it begins a
/// transaction, and then gives no trace.
pub fn refused_alike(there: &Value, here: &Value) -> bool {
    let (refused, except) = (&there["refused"], &here["except"]);
    let began = here["actions"]
        .as_array()
        .is_some_and(|actions| !actions.is_empty());
    !refused.is_null()
        && !began
        && refused["code"] == except["code"]
        && refused["name"] == except["name"]
}

fn action(trace: &Value) -> Value {
    let act = &trace["act"];
    // Nodes add the decoded data where they can, and then keep the bytes under another name.
    let data = act.get("hex_data").unwrap_or(&act["data"]);
    let mut receipt = trace["receipt"].clone();
    if let Some(fields) = receipt.as_object_mut() {
        fields.remove("global_sequence");
        // The system's account takes part in every block, and there its contract was set.
        if act["account"] == "eosio" {
            fields.remove("code_sequence");
            fields.remove("abi_sequence");
        }
        if trace["receiver"] == "eosio" {
            fields.remove("recv_sequence");
        }
        if let Some(sequences) = fields
            .get_mut("auth_sequence")
            .and_then(Value::as_array_mut)
        {
            sequences.retain(|pair| pair[0] != "eosio");
        }
    }
    json!({
        "ordinal": trace["action_ordinal"],
        "creator": trace["creator_action_ordinal"],
        "ancestor": trace["closest_unnotified_ancestor_action_ordinal"],
        "receipt": receipt,
        "receiver": trace["receiver"],
        "account": act["account"],
        "name": act["name"],
        "authorization": act["authorization"],
        "data": data,
        "context_free": trace["context_free"],
        "console": trace["console"],
        "ram": trace["account_ram_deltas"],
        "except": except(&trace["except"]),
        "returned": trace.get("return_value_hex_data").and_then(Value::as_str).unwrap_or_default(),
    })
}

/// The kind of an exception, and its messages with their values filled in.
pub fn except(except: &Value) -> Value {
    if except.is_null() {
        return Value::Null;
    }
    let stack = except["stack"].as_array().cloned().unwrap_or_default();
    json!({
        "code": except["code"],
        "name": except["name"],
        "message": except["message"],
        "stack": stack.iter().filter_map(message).collect::<Vec<_>>(),
    })
}

/// A value as a node prints it: strings bare, and fields in the order of the type.
fn text_of(value: &Value) -> String {
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    if value.get("threshold").is_none() {
        return value.to_string();
    }
    let fields = ["threshold", "keys", "accounts", "waits"];
    let fields = fields.map(|field| format!("\"{field}\":{}", value[field]));
    format!("{{{}}}", fields.join(","))
}

fn message(entry: &Value) -> Option<String> {
    let mut text = entry["format"].as_str().unwrap_or_default().to_owned();
    // The library that nodes read bytes with tells the way through its C++ types; this chain tells
    // the offset instead.
    let of_contract = text.starts_with("assertion failure");
    let of_reading = text.contains("datastream") || text.to_lowercase().contains("error unpacking");
    if of_reading && !of_contract {
        return None;
    }
    for (key, value) in entry["data"].as_object().into_iter().flatten() {
        let value = text_of(value);
        text = text.replace(&format!("${{{key}}}"), &value);
    }
    Some(without_times(&text))
}

/// The text with every time, which is the only thing with a `T` between digits, made the same.
fn without_times(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let is_time = word.starts_with("20") && word.as_bytes().get(10) == Some(&b'T');
        if is_time { "TIME" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}
