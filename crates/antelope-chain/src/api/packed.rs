//! Transactions of requests that execute them: packed, or as JSON.

use super::unpacked::{self, Arguments, Unreadable};
use super::{Api, Reader};
use antelope_ledger::transaction::unpack;
use antelope_types::{ChainError, Compression, Encode, ErrorKind, PackedTransaction, Signature};
use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, TDEFLFlush, compress_to_output,
    create_comp_flags_from_zip_params,
};
use serde_json::{Map, Value};

/// How hard nodes compress: `zlib::best_compression`.
const BEST: i32 = 9;

/// Zlib's form, with the window of 32 KiB.
const ZLIB_WINDOW: i32 = 15;

impl Api {
    /// A transaction of a request, as `abi_serializer` of a node reads it: signatures and compression
    /// must be there. What is packed must be a transaction; where nothing is, `transaction` is one as
    /// JSON, and `context_free_data` a list.
    pub(super) fn read_packed(&self, given: Value) -> Result<PackedTransaction, ChainError> {
        let Value::Object(fields) = given else {
            return Err(invalid("expected an object"));
        };
        for field in ["signatures", "compression"] {
            if !fields.contains_key(field) {
                return Err(invalid(format!("Missing {field}")));
            }
        }
        let signatures = list(&fields["signatures"], "signatures")?.iter();
        let signatures = signatures.map(|it| of_text(it, "signatures"));
        let signatures = signatures.collect::<Result<_, _>>()?;
        let compression = read_compression(&fields["compression"])?;
        // Nodes pass over what is empty or is not text.
        let packed_context_free_data = match text(&fields, "packed_context_free_data") {
            Some(packed) => from_text(packed, "packed_context_free_data")?,
            None => match free_data(&fields)? {
                none if none.is_empty() => Vec::new(),
                list => pack(compression, list.to_bytes()),
            },
        };
        let packed_trx = match text(&fields, "packed_trx") {
            Some(packed) => from_text(packed, "packed_trx")?,
            None => pack(compression, self.unpacked(&fields)?),
        };
        let packed = PackedTransaction {
            signatures,
            compression,
            packed_context_free_data,
            packed_trx,
        };
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
        let transaction = unpacked::transaction(reader, given, Arguments::OF_PACKED);
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

/// The text of a field, where it is not empty.
fn text<'a>(fields: &'a Map<String, Value>, field: &str) -> Option<&'a Value> {
    let value = fields.get(field)?;
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(|_| value)
}

fn from_text(packed: &Value, field: &str) -> Result<Vec<u8>, ChainError> {
    unpacked::bytes(packed, field).map_err(refused)
}

fn list<'a>(given: &'a Value, field: &str) -> Result<&'a [Value], ChainError> {
    unpacked::array(given, field).map_err(refused)
}

fn of_text(given: &Value, field: &str) -> Result<Signature, ChainError> {
    let signature = given.as_str().and_then(|text| text.parse().ok());
    signature.ok_or_else(|| invalid(format!("`{field}`: expected signatures")))
}

/// The list of context-free data, none where it is missing.
fn free_data(fields: &Map<String, Value>) -> Result<Vec<Vec<u8>>, ChainError> {
    let field = "context_free_data";
    match fields.get(field) {
        None => Ok(Vec::new()),
        Some(items) => list(items, field)?
            .iter()
            .map(|item| from_text(item, field))
            .collect(),
    }
}

/// Compresses as zlib does at its best: it takes the codes that fit the content, or those that need
/// no table, whichever are shorter.
fn pack(compression: Compression, bytes: Vec<u8>) -> Vec<u8> {
    if compression == Compression::None {
        return bytes;
    }
    let strategies = [CompressionStrategy::Default, CompressionStrategy::Fixed];
    let packed = strategies.map(|strategy| {
        let flags = create_comp_flags_from_zip_params(BEST, ZLIB_WINDOW, strategy as i32);
        let mut out = Vec::new();
        compress_to_output(
            &mut CompressorOxide::new(flags),
            &bytes,
            TDEFLFlush::Finish,
            |part| {
                out.extend(part);
                true
            },
        );
        out
    });
    packed.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

fn read_compression(given: &Value) -> Result<Compression, ChainError> {
    let name = match compression_name(given) {
        Some(name) => Value::from(name),
        None => given.clone(),
    };
    serde_json::from_value(name).map_err(|error| invalid(error.to_string()))
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
    // Of the number, 32 bits count.
    match number as i32 {
        0 => Some("none"),
        1 => Some("zlib"),
        _ => None,
    }
}
