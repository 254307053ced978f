//! Whether two answers say the same.

use antelope_rpc_client::Answer;
use serde_json::{Value, json};
use test_support::difference::difference;
use test_support::normal::{normal, normal_error, refused_alike};

/// The lines that only one of two answers has.
#[derive(Debug)]
pub(crate) struct Difference(pub(crate) String);

/// Compares what a node and the embedded chain answer to a call.
pub(crate) fn compare(call: &str, there: &Answer, here: &Answer) -> Result<(), Difference> {
    let [mut there, mut here] = [there, here].map(|answer| lasting(call, answer));
    leave_out_mended(&mut there, &mut here);
    if refused_alike(&there, &here["trace"]) {
        return Ok(());
    }
    match difference(&there, &here) {
        Some(lines) => Err(Difference(lines)),
        None => Ok(()),
    }
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
