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
//! | `data`, object or list | arguments, packed by the ABI of the account |
//! | `hex_data` | hexadecimal digits; takes precedence, since `get_block` gives both |

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use antelope_abi::AbiError;
use antelope_types::{ChainError, ErrorKind, Name, PublicKey, Transaction};
use serde_json::{Value, json};

/// `get_required_keys`. Request: `transaction`, and `available_keys`, a list of public keys.
/// Response: those of the keys that must sign, in `required_keys`.
///
/// # Errors
/// `transaction_type_exception` (3010006) for a malformed transaction; `unsatisfied_authorization`
/// (3090003, status 401) where all the keys together do not suffice.
pub(super) fn required(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let keys = request.field("available_keys").cloned();
    let keys: Vec<PublicKey> = serde_json::from_value(keys.unwrap_or_else(|| json!([])))
        .map_err(|error| Refusal::field(format!("`available_keys`: {error}")))?;
    let transaction = request.value("transaction").cloned().unwrap_or_default();
    let transaction = read(reader, transaction).map_err(|problem| {
        ChainError::new(ErrorKind::TransactionType, "Invalid transaction").with_message(problem)
    })?;
    let required = reader.chain.required_keys(&transaction.actions, keys)?;
    Ok(json!({ "required_keys": required }))
}

/// `get_transaction_id`. Request: the transaction itself. Response: its id, a JSON string.
pub(super) fn transaction_id(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let transaction = read(reader, request.to_value());
    Ok(json!(transaction.map_err(Refusal::field)?.id()))
}

/// Number fields of a transaction and how many bits of them count: larger numbers wrap.
const NUMBERS: [(&str, u32); 5] = [
    ("ref_block_num", 16),
    ("ref_block_prefix", 32),
    ("max_net_usage_words", 32),
    ("max_cpu_usage_ms", 8),
    ("delay_sec", 32),
];

/// List fields of a transaction.
const LISTS: [&str; 3] = ["context_free_actions", "actions", "transaction_extensions"];

/// Reads a transaction. Problems are returned as text, since each of the two calls reports them
/// differently.
fn read(reader: Reader<'_>, mut transaction: Value) -> Result<Transaction, String> {
    let fields = transaction.as_object_mut();
    let fields = fields.ok_or("expected a transaction, an object")?;
    let given = Request::of(fields.clone());
    for (field, bits) in NUMBERS {
        let number = given.number(field, 0).map_err(|it| it.details())?;
        let number = u64::from(number) & ((1 << bits) - 1);
        fields.insert(field.to_owned(), number.into());
    }
    for list in LISTS {
        fields.entry(list).or_insert_with(|| json!([]));
    }
    let never = || json!("1970-01-01T00:00:00");
    fields.entry("expiration").or_insert_with(never);
    for list in &LISTS[..2] {
        let actions = fields.get_mut(*list).and_then(Value::as_array_mut);
        for action in actions.into_iter().flatten() {
            pack(reader, action).map_err(|refusal| refusal.details())?;
        }
    }
    serde_json::from_value(transaction).map_err(|error| error.to_string())
}

/// Makes the bytes of an action's data. `hex_data` takes precedence, then text as hexadecimal
/// digits, then JSON by the ABI.
///
/// # Errors
/// `abi_not_found_exception` (3015001) where the account has no ABI; `pack_exception` where it does
/// not have the action, or the data do not match.
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
