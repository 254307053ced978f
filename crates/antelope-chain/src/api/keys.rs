//! `get_required_keys` and `get_transaction_id`: calls about a transaction that is not sent.
//!
//! Both take a transaction as JSON, whose actions may have their data as JSON by the ABI of their
//! account. Fields that are missing are zero or empty, and numbers may be strings, as everywhere in
//! the API.
//!
//! The bytes of an action's data may be given in three ways:
//!
//! | field | contents |
//! |---|---|
//! | `data`, text | hexadecimal digits |
//! | `data`, object | arguments, packed by the ABI of the account (`get_required_keys` only) |
//! | `hex_data` | hexadecimal digits |
//!
//! `get_block` gives both `data` and `hex_data`. `get_transaction_id` then reads `hex_data`;
//! `get_required_keys` does so only if `data` gives no bytes.

use super::Reader;
use super::answer::Refusal;
use super::json;
use super::request::Request;
use super::unpacked::{self, Arguments};
use antelope_types::{ChainError, ErrorKind, Transaction};
use serde_json::{Map, Value, json};

/// `get_required_keys`. Request: `transaction`, and `available_keys`, a list of public keys.
/// Response: those of the keys that must sign, in `required_keys`.
///
/// # Errors
/// `transaction_type_exception` (3010006) for a malformed transaction; `unsatisfied_authorization`
/// (3090003, status 401) where all the keys together do not suffice.
pub(super) fn required(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let keys = request.keys("available_keys")?;
    let transaction = request.value("transaction").cloned().unwrap_or_default();
    let transaction = unpacked::transaction(reader, &transaction, Arguments::OF_TRANSACTION);
    let transaction = transaction.map_err(|problem| {
        let problem = problem.deserializing();
        problem.or(ErrorKind::TransactionType, INVALID)
    })?;
    let required = reader.chain.required_keys(&transaction.actions, keys)?;
    Ok(json!({ "required_keys": required }))
}

/// `get_transaction_id`. Request: the transaction itself. Response: its id, a JSON string.
///
/// # Errors
/// `invalid_http_request` (3200006, status 400) without a body, and for one that is not a transaction.
pub(super) fn transaction_id(reader: Reader<'_>, body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Err(Refusal::request("A Request body is required"));
    }
    let refused = |problem: &str| Refusal::request(problem).with_message(INVALID);
    let mut given = json::read(body).map_err(|faults| {
        let error = ChainError::new(ErrorKind::InvalidHttpRequest, INVALID);
        faults.into_iter().fold(error, ChainError::with_message)
    })?;
    if !given.is_object() {
        return Err(refused("Transaction object is missing or invalid"));
    }
    let actions = given["actions"].as_array_mut();
    let actions = actions.ok_or_else(|| refused("Transaction actions are missing or invalid"))?;
    for action in actions {
        let action = action.as_object_mut();
        let action =
            action.ok_or_else(|| refused("Transaction contains invalid or empty action"))?;
        as_bytes(action).map_err(refused)?;
    }
    let transaction = unpacked::transaction(reader, &given, Arguments::Bytes)
        .map_err(|problem| problem.or(ErrorKind::InvalidHttpRequest, INVALID))?;
    let id = transaction.id();
    if id == Transaction::default().id() {
        return Err(refused("Invalid transaction object"));
    }
    Ok(json!(id))
}

/// What a node adds to everything that is wrong with a transaction.
const INVALID: &str = "Invalid transaction";

/// Arguments are bytes, in `hex_data` where `data` may be JSON.
///
/// # Errors
/// What is wrong.
fn as_bytes(action: &mut Map<String, Value>) -> Result<(), &'static str> {
    let hex = action.get("hex_data").cloned();
    match (action.get_mut("data"), hex) {
        (Some(data), Some(hex)) => *data = hex,
        (Some(data), None) if !data.is_string() => {
            return Err("Request supports only un-exploded 'data' (hex form)");
        }
        _ => {}
    }
    Ok(())
}
