//! Transactions of requests that execute them: packed, or as JSON.

use super::unpacked::{self, Arguments, Unreadable};
use super::{Api, Reader};
use antelope_ledger::transaction::unpack;
use antelope_types::{ChainError, Compression, Encode, ErrorKind, PackedTransaction};
use serde_json::{Map, Value};

/// How hard nodes compress: `zlib::best_compression`.
const BEST: u8 = 9;

const TRANSACTION: &str = "packed_trx";
const FREE_DATA: &str = "packed_context_free_data";

impl Api {
    /// A transaction of a request, as `abi_serializer` of a node reads it: signatures and compression
    /// must be there. What is packed must be a transaction; where nothing is, `transaction` is one as
    /// JSON, and `context_free_data` a list.
    pub(super) fn read_packed(&self, given: Value) -> Result<PackedTransaction, ChainError> {
        let Value::Object(mut fields) = given else {
            return Err(invalid("expected an object"));
        };
        for field in ["signatures", "compression"] {
            if !fields.contains_key(field) {
                return Err(invalid(format!("Missing {field}")));
            }
        }
        if let Some(name) = compression_name(&fields["compression"]) {
            fields.insert("compression".to_owned(), name.into());
        }
        let free_data = match is_text(&fields, FREE_DATA) {
            true => None,
            false => Some(free_data(&fields)?),
        };
        let transaction = match is_text(&fields, TRANSACTION) {
            true => None,
            false => Some(self.unpacked(&fields)?),
        };
        let odd = even_digits(&mut fields);
        let mut packed: PackedTransaction = serde_json::from_value(Value::Object(fields))
            .map_err(|error| invalid(error.to_string()))?;
        if odd && packed.compression == Compression::Zlib {
            return Err(invalid("nothing that could be decompressed"));
        }
        let compression = packed.compression;
        if let Some(list) = free_data.filter(|list| !list.is_empty()) {
            packed.packed_context_free_data = pack(compression, list.to_bytes());
        }
        if let Some(bytes) = transaction {
            packed.packed_trx = pack(compression, bytes);
        }
        match unpack(&packed) {
            Ok(_) => Ok(packed),
            Err(error) => Err(invalid(error.message())),
        }
    }

    /// The transaction that is given as JSON.
    fn unpacked(&self, fields: &Map<String, Value>) -> Result<Vec<u8>, ChainError> {
        let given = fields.get("transaction");
        let given = given.ok_or_else(|| invalid("Missing transaction"))?;
        let reader = Reader {
            chain: &self.fork(),
            abis: &self.shared.abis,
        };
        let transaction = unpacked::transaction(reader, given, Arguments::ByAbi);
        let transaction = transaction.map_err(refused)?;
        Ok(transaction.to_bytes())
    }
}

fn invalid(problem: impl Into<String>) -> ChainError {
    let message = "Invalid packed transaction";
    ChainError::new(ErrorKind::PackedTransactionType, message).with_message(problem)
}

fn refused(problem: Unreadable) -> ChainError {
    problem.or(
        ErrorKind::PackedTransactionType,
        "Invalid packed transaction",
    )
}

/// Whether the field is text that nodes look at: they pass over what is empty or is not text.
fn is_text(fields: &Map<String, Value>, field: &str) -> bool {
    let text = fields.get(field).and_then(Value::as_str);
    text.is_some_and(|text| !text.is_empty())
}

/// The list of context-free data, none where it is missing.
fn free_data(fields: &Map<String, Value>) -> Result<Vec<Vec<u8>>, ChainError> {
    let items = match fields.get("context_free_data") {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(invalid("`context_free_data`: expected a list")),
    };
    let items = items
        .iter()
        .map(|item| unpacked::bytes(item, "context_free_data"));
    items.collect::<Result<_, _>>().map_err(refused)
}

/// Drops digits that are one too many, and empties what is not text; whether one of the texts has
/// become empty.
fn even_digits(fields: &mut Map<String, Value>) -> bool {
    let mut emptied = false;
    for field in [FREE_DATA, TRANSACTION] {
        match fields.get_mut(field) {
            Some(Value::String(digits)) if digits.len() % 2 == 1 => {
                digits.pop();
                emptied |= digits.is_empty();
            }
            Some(Value::String(_)) => {}
            _ => drop(fields.insert(field.to_owned(), "".into())),
        }
    }
    emptied
}

fn pack(compression: Compression, bytes: Vec<u8>) -> Vec<u8> {
    match compression {
        Compression::None => bytes,
        Compression::Zlib => miniz_oxide::deflate::compress_to_vec_zlib(&bytes, BEST),
    }
}

/// A way of compression, which may also be given by its number.
pub(super) fn compression_name(given: &Value) -> Option<&'static str> {
    let number = match given {
        Value::Null | Value::Bool(false) => 0,
        Value::Bool(true) => 1,
        Value::Number(number) => number.as_i64().or(number.as_f64().map(|it| it as i64))?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    match number {
        0 => Some("none"),
        1 => Some("zlib"),
        _ => None,
    }
}
