//! Transactions that a request gives as JSON.
//!
//! A node has two functions for it, which differ in the data of actions:
//!
//! | call | function of a node | data of an action |
//! |---|---|---|
//! | those that execute a transaction | `abi_serializer::from_variant` | hexadecimal, or JSON by the ABI |
//! | `get_required_keys` | `abi_serializer::from_variant` | the same |
//! | `get_transaction_id` | `fc::from_variant` | hexadecimal |
//!
//! Fields of a transaction, all of which may be missing:
//!
//! | field | contents |
//! |---|---|
//! | `expiration` | a time, in UTC and whole seconds; by default 1970 |
//! | `ref_block_num`, `ref_block_prefix` | 16 and 32 bits of the id of a recent block |
//! | `max_net_usage_words` | 8-byte words; 0 for no limit |
//! | `max_cpu_usage_ms` | milliseconds, 8 bits; 0 for no limit |
//! | `delay_sec` | seconds |
//! | `context_free_actions`, `actions` | lists of actions |
//! | `transaction_extensions` | a list of pairs of a number and hexadecimal |
//!
//! Numbers that are too large lose their high bits instead of being refused, as on a node.

use super::answer::{Refusal, from_hex};
use super::fault::{cast, no_bytes, no_name, quoted_cast};
use super::request::Request;
use super::{Reader, abis};
use antelope_types::{
    Action, ChainError, ErrorKind, Extension, Name, PermissionLevel, Transaction,
};
use serde_json::{Map, Value, json};

/// How the arguments of actions are given.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Arguments {
    /// As bytes, or as JSON that the ABI of the contract describes: `abi_serializer::from_variant`.
    ByAbi {
        /// Steps that a node takes before it comes to the arguments, of the 32 that it allows.
        steps: u32,
    },
    /// As bytes only: `fc::from_variant`.
    Bytes,
}

impl Arguments {
    /// In a transaction by itself: the transaction, its list of actions, the action.
    pub(super) const OF_TRANSACTION: Self = Self::ByAbi { steps: 3 };
    /// In a packed transaction, which is one step more.
    pub(super) const OF_PACKED: Self = Self::ByAbi { steps: 4 };
}

/// What `abi_serializer` adds to whatever is wrong.
const DESERIALIZING: &str = "Failed to deserialize variant";

/// Why a transaction cannot be read.
pub(super) enum Unreadable {
    /// A node has an error of its own for it, which it tells.
    Chain(ChainError),
    /// The JSON is not of the form that is expected: the messages of a node's library.
    Form(Vec<String>),
}

impl Unreadable {
    /// The error of a node: its own, or else one of this kind. The kind depends on the call, which is
    /// why it is not known here. In both cases `message` is part of it.
    pub(super) fn or(self, kind: ErrorKind, message: &str) -> ChainError {
        match self {
            Self::Chain(error) => error.with_message(message),
            Self::Form(problems) => {
                let error = ChainError::new(kind, message);
                problems.into_iter().fold(error, ChainError::with_message)
            }
        }
    }

    /// The same with the message of `abi_serializer`, which it passes where arguments are read by ABI.
    pub(super) fn deserializing(self) -> Self {
        match self {
            Self::Chain(error) => Self::Chain(error.with_message(DESERIALIZING)),
            Self::Form(mut problems) => {
                problems.push(DESERIALIZING.to_owned());
                Self::Form(problems)
            }
        }
    }
}

impl From<Refusal> for Unreadable {
    fn from(refusal: Refusal) -> Self {
        Self::Form(refusal.problems())
    }
}

impl From<ChainError> for Unreadable {
    fn from(error: ChainError) -> Self {
        Self::Chain(error)
    }
}

/// A value of the wrong form; the call decides what error that is.
pub(super) fn form(problem: impl Into<String>) -> Unreadable {
    Unreadable::Form(vec![problem.into()])
}

/// A value for which a node has an error of its own.
fn chain(kind: ErrorKind, problem: impl Into<String>) -> Unreadable {
    Unreadable::Chain(ChainError::new(kind, problem))
}

/// Fields of a transaction that are numbers, and how many bits of them count.
const NUMBERS: [(&str, u32); 5] = [
    ("ref_block_num", 16),
    ("ref_block_prefix", 32),
    ("max_net_usage_words", 32),
    ("max_cpu_usage_ms", 8),
    ("delay_sec", 32),
];

/// Lists of actions, in the order of the binary form.
const ACTIONS: [&str; 2] = ["context_free_actions", "actions"];

/// Reads a transaction. A field that is missing is zero or empty.
///
/// Fields with other names are ignored.
///
/// # Errors
/// `Unreadable::Form` if it is not an object or a field has the wrong type; `Unreadable::Chain` for a
/// text that is not a name, an action without `account` or `name`, or arguments that do not match
/// their ABI.
pub(super) fn transaction(
    reader: Reader<'_>,
    transaction: &Value,
    arguments: Arguments,
) -> Result<Transaction, Unreadable> {
    let fields = object(transaction)?;
    let given = Request::of(fields.clone());
    let mut plain = Map::new();
    for (field, bits) in NUMBERS {
        let number = u64::from(given.number(field, 0)?) & ((1 << bits) - 1);
        plain.insert(field.to_owned(), number.into());
    }
    let expiration = given.field("expiration").cloned();
    let expiration = expiration.unwrap_or_else(|| json!("1970-01-01T00:00:00"));
    plain.insert("expiration".to_owned(), expiration);
    plain.insert("transaction_extensions".to_owned(), json!([]));
    for list in ACTIONS {
        plain.insert(list.to_owned(), json!([]));
    }
    let mut transaction: Transaction =
        serde_json::from_value(Value::Object(plain)).map_err(|error| form(error.to_string()))?;
    let actions = |list: &str| -> Result<Vec<Action>, Unreadable> {
        let Some(items) = given.field(list) else {
            return Ok(Vec::new());
        };
        let items = array(items)?.iter();
        items.map(|it| action(reader, it, arguments)).collect()
    };
    transaction.context_free_actions = actions(ACTIONS[0])?;
    transaction.actions = actions(ACTIONS[1])?;
    if let Some(extensions) = given.field("transaction_extensions") {
        let extensions = array(extensions)?.iter().map(extension);
        transaction.transaction_extensions = extensions.collect::<Result<_, _>>()?;
    }
    Ok(transaction)
}

/// A pair of a number and bytes: what is missing is zero or empty, and what is more is passed over.
pub(super) fn extension(given: &Value) -> Result<Extension, Unreadable> {
    let pair = array(given)?;
    let kind = pair.first().cloned().unwrap_or_else(|| 0.into());
    let kind = Request::of(Map::from_iter([("type".to_owned(), kind)])).number("type", 0)?;
    let data = pair.get(1).map(bytes).transpose()?;
    Ok(Extension {
        kind: kind as u16,
        data: data.unwrap_or_default(),
    })
}

/// An action: `account`, `name`, `authorization` (a list of levels, by default empty) and `data`.
///
/// # Errors
/// `packed_transaction_type_exception` (3010010) if `account` or `name` is missing where actions are
/// packed by ABI. A node's `fc::from_variant` takes a missing name for the empty one, and so does
/// this function with `Arguments::Bytes`.
fn action(reader: Reader<'_>, given: &Value, arguments: Arguments) -> Result<Action, Unreadable> {
    let request = Request::of(object(given)?.clone());
    for field in ["account", "name"] {
        if arguments != Arguments::Bytes && request.field(field).is_none() {
            let problem = format!("Missing {field}");
            return Err(chain(ErrorKind::PackedTransactionType, problem));
        }
    }
    let (account, name) = (name_of(&request, "account")?, name_of(&request, "name")?);
    let authorization = match request.field("authorization") {
        None => Vec::new(),
        Some(levels) => {
            let levels = array(levels)?.iter();
            levels.map(level).collect::<Result<_, _>>()?
        }
    };
    let data = match arguments {
        Arguments::Bytes => match request.field("data") {
            None => Vec::new(),
            Some(data) => bytes(data)?,
        },
        Arguments::ByAbi { steps } => by_abi(reader, account, name, &request, steps)?,
    };
    Ok(Action {
        account,
        name,
        authorization,
        data,
    })
}

/// The arguments as bytes or as JSON; as `hex_data` where that gives none.
///
/// `data` may be an empty string, for an action without arguments. But if there is only `hex_data`, it
/// must not be empty: a node takes empty bytes for a failure to pack `data`.
///
/// # Errors
/// `packed_transaction_type_exception` (3010010) if neither field gives bytes; this is also the error
/// for JSON arguments of an account without ABI.
fn by_abi(
    reader: Reader<'_>,
    account: Name,
    name: Name,
    request: &Request,
    steps: u32,
) -> Result<Vec<u8>, Unreadable> {
    let packed = match request.field("data") {
        Some(text @ Value::String(_)) => Some(bytes(text)?),
        Some(arguments @ Value::Object(_)) => pack(reader, account, name, arguments, steps)?,
        _ => None,
    };
    if let Some(packed) = packed {
        return Ok(packed);
    }
    let data = match request.field("hex_data") {
        Some(text @ Value::String(_)) => bytes(text)?,
        _ => Vec::new(),
    };
    if data.is_empty() {
        let problem = format!("Failed to deserialize data for {account}:{name}");
        return Err(chain(ErrorKind::PackedTransactionType, problem));
    }
    Ok(data)
}

/// Packs JSON arguments by the ABI of the account. None where the account has no ABI, or its ABI no
/// such action.
///
/// # Errors
/// The exception that `abi_serializer` throws for an invalid ABI, for arguments that do not match it,
/// and for arguments nested deeper than the 32 steps leave room for.
fn pack(
    reader: Reader<'_>,
    account: Name,
    name: Name,
    arguments: &Value,
    steps: u32,
) -> Result<Option<Vec<u8>>, Unreadable> {
    let Some(abi) = reader.abis.find(reader.chain.state(), account) else {
        return Ok(None);
    };
    let abi = abi.map_err(|error| abis::refused(&error))?;
    if abi.definition().find_action(name).is_none() {
        return Ok(None);
    }
    let packed = abi.pack_action_as_node_below(steps, name, arguments);
    Ok(Some(packed.map_err(|error| abis::refused(&error))?))
}

/// A name, empty where there is none.
///
/// # Errors
/// `name_type_exception` (3010001) for text that is not a name.
fn name_of(request: &Request, field: &str) -> Result<Name, Unreadable> {
    match request.field(field) {
        Some(Value::String(text)) => {
            Name::parse(text).map_err(|_| chain(ErrorKind::NameType, no_name(text)))
        }
        _ => Ok(request.name(field)?),
    }
}

/// A permission level: an object with `actor` and `permission`.
fn level(given: &Value) -> Result<PermissionLevel, Unreadable> {
    let request = Request::of(object(given)?.clone());
    Ok(PermissionLevel {
        actor: name_of(&request, "actor")?,
        permission: name_of(&request, "permission")?,
    })
}

/// Bytes of hexadecimal text.
pub(super) fn bytes(given: &Value) -> Result<Vec<u8>, Unreadable> {
    let bytes = given.as_str().and_then(from_hex);
    bytes.ok_or_else(|| form(no_bytes(given)))
}

/// The fields of an object.
pub(super) fn object(given: &Value) -> Result<&Map<String, Value>, Unreadable> {
    let object = given.as_object();
    object.ok_or_else(|| form(quoted_cast(given, "Object")))
}

/// The items of a list.
pub(super) fn array(given: &Value) -> Result<&[Value], Unreadable> {
    let array = given.as_array().map(Vec::as_slice);
    array.ok_or_else(|| form(cast(given, "Array")))
}
