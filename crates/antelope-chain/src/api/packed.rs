//! Transactions of requests that execute them: packed, or as JSON.
//!
//! It is the form that `send_transaction`, `push_transaction` and their relatives take. On a node:
//! the overload of `abi_from_variant::extract` for packed transactions, in `abi_serializer.hpp`.
//!
//! | field | contents | where missing |
//! |---|---|---|
//! | `signatures` | a list of signatures as text | error |
//! | `compression` | `none` or `zlib`, or the number 0 or 1 | error |
//! | `packed_trx` | the transaction in hexadecimal, compressed as stated | `transaction` is read |
//! | `packed_context_free_data` | likewise, the list of context-free data | `context_free_data` is read |
//! | `transaction` | the transaction as JSON | error, unless `packed_trx` is there |
//! | `context_free_data` | a list of hexadecimal strings | an empty list |
//!
//! A transaction given as JSON is packed here, and compressed if `compression` says so, because the
//! net usage that is billed depends on the packed size.
//!
//! Errors are `packed_transaction_type_exception` (3010010), unless a node has a more specific one,
//! such as `name_type_exception` (3010001) for an account that is not a name. The summary "Invalid
//! packed transaction" comes last where the node has looked for the fault itself, as for a field that
//! is missing, and first where its library has: a value of the wrong type, or text that is not
//! hexadecimal. Programs that show only the first message thus show what is missing, and it is always
//! `signatures` before `compression` before `transaction`.

use super::fault::{cast, no_delimiter, quoted_cast};
use super::request::text_of;
use super::unpacked::{self, Arguments, Unreadable};
use super::{Api, Reader};
use antelope_ledger::transaction::unpack;
use antelope_types::{
    ChainError, Compression, Encode, ErrorKind, PackedTransaction, Signature, SignedTransaction,
};
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
    ///
    /// Returns it as it came and unpacked. Signatures are parsed but not verified: that is part of
    /// executing the transaction.
    ///
    /// # Errors
    /// `packed_transaction_type_exception` (3010010) if the value is not an object, a required field
    /// is missing, a field has the wrong type, or the bytes do not unpack.
    pub(super) fn read_packed(
        &self,
        given: Value,
    ) -> Result<(PackedTransaction, SignedTransaction), ChainError> {
        let Value::Object(fields) = given else {
            return Err(invalid(quoted_cast(&given, "Object")));
        };
        for field in ["signatures", "compression"] {
            if !fields.contains_key(field) {
                return Err(missing(field));
            }
        }
        let signatures = list(&fields["signatures"])?.iter().map(of_text);
        let signatures = signatures.collect::<Result<_, _>>()?;
        let compression = read_compression(&fields["compression"])?;
        // Nodes pass over what is empty or is not text.
        let packed_context_free_data = match text(&fields, "packed_context_free_data") {
            Some(packed) => from_text(packed)?,
            None => match free_data(&fields)? {
                none if none.is_empty() => Vec::new(),
                list => pack(compression, list.to_bytes()),
            },
        };
        let packed_trx = match text(&fields, "packed_trx") {
            Some(packed) => from_text(packed)?,
            None => pack(compression, self.unpacked(&fields)?),
        };
        let packed = PackedTransaction {
            signatures,
            compression,
            packed_context_free_data,
            packed_trx,
        };
        match unpack(&packed) {
            Ok(signed) => Ok((packed, signed)),
            Err(error) => Err(refused(Unreadable::Form(match error.kind() {
                ErrorKind::TxDecompressionError => {
                    vec!["internal decompression error".to_owned(), String::new()]
                }
                _ => vec![error.message().to_owned()],
            }))),
        }
    }

    /// The transaction that is given as JSON, in its binary form. Actions are packed by the ABIs that
    /// their accounts have when the request arrives.
    ///
    /// # Errors
    /// `packed_transaction_type_exception` (3010010) if `transaction` is missing or cannot be read;
    /// the error of the ABI if the arguments of an action do not match it.
    fn unpacked(&self, fields: &Map<String, Value>) -> Result<Vec<u8>, ChainError> {
        let given = fields.get("transaction");
        let given = given.ok_or_else(|| missing("transaction"))?;
        let reader = Reader {
            chain: &self.fork(),
            abis: &self.shared.abis,
        };
        let transaction = unpacked::transaction(reader, given, Arguments::OF_PACKED);
        let transaction = transaction.map_err(refused)?;
        Ok(transaction.to_bytes())
    }
}

/// What a node says of every transaction that it cannot read.
const SUMMARY: &str = "Invalid packed transaction";

/// The error for a malformed transaction: `packed_transaction_type_exception` (3010010), with the
/// summary of a node first and the problem second.
fn invalid(problem: impl Into<String>) -> ChainError {
    refused(unpacked::form(problem))
}

/// The error for a field that is not there: the same, with the field first and the summary last.
fn missing(field: &str) -> ChainError {
    let problem = format!("Missing {field}");
    let error = ChainError::new(ErrorKind::PackedTransactionType, problem);
    refused(Unreadable::Chain(error))
}

/// The error for a part that could not be read: the node's own error if it has one, else the same as
/// `invalid`.
fn refused(problem: Unreadable) -> ChainError {
    let problem = problem.deserializing();
    problem.or(ErrorKind::PackedTransactionType, SUMMARY)
}

/// The text of a field, where it is not empty. It is returned as a JSON value, which is what the
/// readers of `unpacked` take.
fn text<'a>(fields: &'a Map<String, Value>, field: &str) -> Option<&'a Value> {
    let value = fields.get(field)?;
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(|_| value)
}

/// The bytes of a field in hexadecimal.
fn from_text(packed: &Value) -> Result<Vec<u8>, ChainError> {
    unpacked::bytes(packed).map_err(refused)
}

/// The items of a field that must be a list.
fn list(given: &Value) -> Result<&[Value], ChainError> {
    unpacked::array(given).map_err(refused)
}

/// A signature from its text, such as `SIG_K1_…`.
fn of_text(given: &Value) -> Result<Signature, ChainError> {
    let text = text_of(given).ok_or_else(|| invalid(cast(given, "string")))?;
    text.parse().map_err(|error| {
        let problem = match text.contains('_') {
            true => format!("`{text}`: {error}"),
            false => no_delimiter(&text, "type"),
        };
        let passing = "error parsing signature".to_owned();
        refused(Unreadable::Form(vec![problem, passing]))
    })
}

/// The list of context-free data, none where it is missing.
fn free_data(fields: &Map<String, Value>) -> Result<Vec<Vec<u8>>, ChainError> {
    match fields.get("context_free_data") {
        None => Ok(Vec::new()),
        Some(items) => list(items)?.iter().map(from_text).collect(),
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

/// The field `compression`, by name or by number.
///
/// # Errors
/// `packed_transaction_type_exception` (3010010) for any other value.
fn read_compression(given: &Value) -> Result<Compression, ChainError> {
    let name = match compression_name(given) {
        Some(name) => Value::from(name),
        None => given.clone(),
    };
    serde_json::from_value(name).map_err(|_| {
        let of = "enum 'eosio::chain::packed_transaction::compression_type'";
        invalid(match given {
            Value::Array(_) | Value::Object(_) => cast(given, "int64"),
            Value::String(text) if text.parse::<i64>().is_err() => {
                format!("invalid name '{text}' in {of}")
            }
            other => format!(
                "invalid index '{}' in {of}",
                text_of(other).unwrap_or_default()
            ),
        })
    })
}

/// A way of compression that is given by its number. `None` for anything else: a name, which the
/// caller then reads, or a value that it refuses.
///
/// | given | result |
/// |---|---|
/// | 0, `"0"`, `null`, `false` | `none` |
/// | 1, `"1"`, `true` | `zlib` |
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
