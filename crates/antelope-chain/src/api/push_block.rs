//! `push_block`: what a node answers to every block that it can read, also to one that it does not
//! take. Blocks of others are never taken here, so nothing is done with it.
//!
//! Request: a signed block as `get_raw_block` gives it; every field may be missing. Response: an empty
//! object. On a node: `read_write::push_block`.
//!
//! | fields | form |
//! |---|---|
//! | `timestamp` | a time |
//! | `producer` | a name |
//! | `confirmed`, `schedule_version` | numbers |
//! | `previous`, `transaction_mroot`, `action_mroot` | hexadecimal, an even number of digits |
//! | `new_producers` | an object with `version` and `producers`, or `null` |
//! | `header_extensions`, `block_extensions` | lists of pairs of a number and hexadecimal |
//! | `producer_signature` | a signature |
//! | `transactions` | a list of receipts |

use super::answer::Refusal;
use super::bound::padded;
use super::packed::compression_name;
use super::request::Request;
use super::unpacked::{Unreadable, array, bytes, extension, form, object};
use antelope_ledger::transaction::unpack;
use antelope_types::{ErrorKind, PackedTransaction, PublicKey, Signature, TimePoint};
use serde_json::{Value, json};

/// `push_block`. The block is checked for its form alone: whether it links to the chain, and whether its
/// signature is right, does not change the response.
///
/// # Errors
/// `invalid_http_request` (3200006, status 400) for a field that does not have the form of a block, or
/// the node's own error for a transaction that does not unpack.
pub(super) fn push_block(request: &Request) -> Result<Value, Refusal> {
    let message = "Unable to parse valid input from POST body";
    read(request).map_err(|problem| problem.or(ErrorKind::InvalidHttpRequest, message))?;
    Ok(json!({}))
}

/// What a check results in: nothing, or why the field cannot be read.
type Checked = Result<(), Unreadable>;

/// Reads every field that is there, as `fc::from_variant` does.
fn read(block: &Request) -> Checked {
    time(block, "timestamp")?;
    block.name("producer")?;
    for field in ["confirmed", "schedule_version"] {
        block.number(field, 0)?;
    }
    for field in ["previous", "transaction_mroot", "action_mroot"] {
        hash(block.field(field), field)?;
    }
    if let Some(schedule) = block.value("new_producers") {
        let schedule = Request::of(object(schedule)?.clone());
        schedule.number("version", 0)?;
        each(&schedule, "producers", producer)?;
    }
    for field in ["header_extensions", "block_extensions"] {
        each(block, field, |it| extension(it).map(drop))?;
    }
    text::<Signature>(block.field("producer_signature"), "producer_signature")?;
    each(block, "transactions", receipt)
}

/// A producer of a schedule: `producer_name` and `block_signing_key`.
fn producer(given: &Value) -> Checked {
    let producer = Request::of(object(given)?.clone());
    producer.name("producer_name")?;
    text::<PublicKey>(producer.field("block_signing_key"), "block_signing_key")
}

/// A receipt: `status`, by name or number, `cpu_usage_us`, `net_usage_words`, and the transaction in
/// `trx`.
fn receipt(given: &Value) -> Checked {
    let receipt = Request::of(object(given)?.clone());
    const STATES: [&str; 5] = ["executed", "soft_fail", "hard_fail", "delayed", "expired"];
    let known = match receipt.field("status") {
        None => true,
        Some(Value::String(name)) => {
            STATES.contains(&&**name) || name.parse().is_ok_and(|number: usize| number < 5)
        }
        Some(_) => receipt.number("status", 0)? < 5,
    };
    if !known {
        return Err(wrong("status"));
    }
    for field in ["cpu_usage_us", "net_usage_words"] {
        receipt.number(field, 0)?;
    }
    let Some(trx) = receipt.field("trx") else {
        return Ok(());
    };
    // A variant: the number of its type, and a value; what is shorter is passed over.
    let [index, content, ..] = array(trx)? else {
        return Ok(());
    };
    let index = Request::of([("trx".to_owned(), index.clone())].into_iter().collect());
    match index.number("trx", 0)? {
        0 => hash(Some(content), "trx"),
        1 => packed(content),
        _ => Err(wrong("trx")),
    }
}

/// A packed transaction, which is unpacked too.
fn packed(given: &Value) -> Checked {
    let fields = Request::of(object(given)?.clone());
    each(&fields, "signatures", |it| {
        text::<Signature>(Some(it), "signatures")
    })?;
    let mut read = PackedTransaction {
        signatures: Vec::new(),
        compression: Default::default(),
        packed_context_free_data: Vec::new(),
        packed_trx: Vec::new(),
    };
    if let Some(compression) = fields.field("compression") {
        let name = compression_name(compression).map(Value::from);
        let name = name.unwrap_or_else(|| compression.clone());
        read.compression = serde_json::from_value(name).map_err(|_| wrong("compression"))?;
    }
    for (field, into) in [
        (
            "packed_context_free_data",
            &mut read.packed_context_free_data,
        ),
        ("packed_trx", &mut read.packed_trx),
    ] {
        if let Some(data) = fields.field(field) {
            *into = bytes(data)?;
        }
    }
    unpack(&read)?;
    Ok(())
}

/// Every item of a list that may be missing.
fn each(request: &Request, field: &str, check: impl Fn(&Value) -> Checked) -> Checked {
    match request.field(field) {
        None => Ok(()),
        Some(items) => array(items)?.iter().try_for_each(check),
    }
}

/// A time that may be missing.
fn time(request: &Request, field: &str) -> Checked {
    if request.field(field).is_none() {
        return Ok(());
    }
    let text = request.text(field)?;
    let time = text.parse::<TimePoint>().map_err(|_| wrong(field));
    time.map(drop)
}

/// A hash that may be missing.
fn hash(given: Option<&Value>, field: &str) -> Checked {
    let Some(given) = given else {
        return Ok(());
    };
    let text = given.as_str().filter(|text| text.len().is_multiple_of(2));
    let digits = text.and_then(padded::<32>);
    digits.map(drop).ok_or_else(|| wrong(field))
}

/// Text that stands for a key or a signature.
fn text<T: std::str::FromStr>(given: Option<&Value>, field: &str) -> Checked {
    let Some(given) = given else {
        return Ok(());
    };
    let text = given.as_str().ok_or_else(|| wrong(field))?;
    text.parse::<T>().map(drop).map_err(|_| wrong(field))
}

/// The problem of a field that has another form.
fn wrong(field: &str) -> Unreadable {
    form(format!("`{field}`: not what a block has there"))
}
