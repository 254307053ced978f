//! Calls about transactions that are not sent: which keys must sign one, and its id.

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use antelope_abi::AbiError;
use antelope_types::{ChainError, ErrorKind, Name, PublicKey, Transaction};
use serde_json::{Value, json};

/// `get_required_keys`.
pub(super) fn required(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let transaction = request.value("transaction").cloned().unwrap_or_default();
    let transaction = read(reader, transaction)?;
    let keys = request.value("available_keys").cloned();
    let keys: Vec<PublicKey> = serde_json::from_value(keys.unwrap_or_else(|| json!([])))
        .map_err(|error| Refusal::field(format!("`available_keys`: {error}")))?;
    let required = reader.chain.required_keys(&transaction.actions, keys)?;
    Ok(json!({ "required_keys": required }))
}

/// `get_transaction_id`.
pub(super) fn transaction_id(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    Ok(json!(read(reader, request.to_value())?.id()))
}

/// A transaction whose actions have their arguments as bytes or, where there is an ABI, as JSON.
fn read(reader: Reader<'_>, mut transaction: Value) -> Result<Transaction, Refusal> {
    for list in ["context_free_actions", "actions"] {
        let actions = transaction.get_mut(list).and_then(Value::as_array_mut);
        for action in actions.into_iter().flatten() {
            pack(reader, action)?;
        }
    }
    serde_json::from_value(transaction)
        .map_err(|error| Refusal::field(format!("`transaction`: {error}")))
}

fn pack(reader: Reader<'_>, action: &mut Value) -> Result<(), Refusal> {
    if let Some(bytes) = action.get("hex_data").cloned() {
        action["data"] = bytes;
        return Ok(());
    }
    let Some(arguments) = action.get("data").filter(|data| !data.is_string()) else {
        return Ok(());
    };
    let name = |field: &str| {
        let text = action[field].as_str().unwrap_or_default();
        Name::parse(text).map_err(|error| Refusal::field(format!("`{field}`: {error}")))
    };
    let (account, action_name) = (name("account")?, name("name")?);
    let abi = reader.abis.find(reader.chain.state(), account);
    let abi = abi.ok_or_else(|| {
        let message = format!("No ABI found for {account}");
        ChainError::new(ErrorKind::AbiNotFound, message)
    })?;
    let bytes = abi
        .and_then(|abi| abi.pack_action_as_node(action_name, arguments))
        .map_err(|error| match error {
            AbiError::Unknown { .. } => ChainError::new(ErrorKind::Pack, error.to_string()),
            _ => super::abis::refused(&error),
        })?;
    action["data"] = super::trace::hex(&bytes);
    Ok(())
}
