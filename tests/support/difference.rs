//! Whether two answers say the same.

use crate::normal::{normal, normal_error};
use antelope_client::Answer;
use serde_json::{Value, json};

/// The lines that only one of two answers has.
#[derive(Debug)]
pub(crate) struct Difference(pub(crate) String);

/// Compares what a node and the embedded chain answer to a call.
pub(crate) fn compare(call: &str, there: &Answer, here: &Answer) -> Result<(), Difference> {
    let [mut there, mut here] = [there, here].map(|answer| lasting(call, answer));
    leave_out_mended(&mut there, &mut here);
    let began = |answer: &Value| {
        let actions = answer["trace"]["actions"].as_array();
        actions.is_some_and(|actions| !actions.is_empty())
    };
    // A node looks at some things before it begins a transaction, and then gives no trace.
    let refused_alike = there["refused"] != Value::Null
        && !began(&here)
        && there["refused"]["code"] == *code_of(&here)
        && there["refused"]["name"] == *name_of(&here);
    if there == here || refused_alike {
        return Ok(());
    }
    let lines = |value: &Value| -> Vec<String> {
        let text = serde_json::to_string_pretty(value).expect("JSON");
        text.lines().map(str::to_owned).collect()
    };
    let (there, here) = (lines(&there), lines(&here));
    let mut text = String::new();
    for (mark, lines, others) in [('-', &there, &here), ('+', &here, &there)] {
        for line in lines.iter().filter(|line| !others.contains(line)) {
            text.push_str(&format!("{mark} {}\n", line.trim()));
        }
    }
    Err(Difference(text))
}

/// Where text is no UTF-8, nodes mend it, and the embedded chain shows the bytes.
fn leave_out_mended(there: &mut Value, here: &mut Value) {
    let read = [there, here].map(|answer| answer["read"].as_array_mut());
    let [Some(there), Some(here)] = read else {
        return;
    };
    for (there, here) in there.iter_mut().zip(here) {
        let is_mended = here[0].as_str().is_some_and(is_no_text) && there[0].is_object();
        if is_mended {
            there[0] = here[0].clone();
        }
    }
}

/// Whether these hexadecimal digits are of bytes that are no UTF-8.
fn is_no_text(digits: &str) -> bool {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
    bytes.is_some_and(|bytes| std::str::from_utf8(&bytes).is_err())
}

fn code_of(answer: &Value) -> &Value {
    match &answer["refused"] {
        Value::Null => &answer["trace"]["except"]["code"],
        refused => &refused["code"],
    }
}

fn name_of(answer: &Value) -> &Value {
    match &answer["refused"] {
        Value::Null => &answer["trace"]["except"]["name"],
        refused => &refused["name"],
    }
}

/// An answer without what cannot be the same on two chains.
fn lasting(call: &str, answer: &Answer) -> Value {
    let mut value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if !(200..300).contains(&answer.status) {
        let error = &value["error"];
        let code = error["code"].as_u64().unwrap_or_default();
        let name = error["name"].as_str().unwrap_or_default();
        return normal_error(code, name);
    }
    let trace = &value["processed"];
    if trace.is_object() {
        let actions = trace["action_traces"].as_array().into_iter().flatten();
        let read: Vec<_> = actions
            .map(|action| json!([action["act"]["data"], action["return_value_data"]]))
            .collect();
        return json!({ "id": value["transaction_id"], "trace": normal(trace), "read": read });
    }
    if call == "get_raw_abi" {
        // This node's version adds one more `=` to all base64, which later ones do not.
        let abi = value["abi"].as_str().unwrap_or_default();
        value["abi"] = abi.trim_end_matches('=').into();
    }
    if call == "get_account" {
        let account = value.as_object_mut().expect("an account");
        for field in [
            "head_block_num",
            "head_block_time",
            "net_limit",
            "cpu_limit",
        ] {
            account.remove(field);
        }
        // CPU is measured by the clock.
        account.remove("subjective_cpu_bill_limit");
        // Set at another time, when the chains were booted.
        if account["account_name"] == "eosio" {
            account.remove("last_code_update");
        }
    }
    value
}
