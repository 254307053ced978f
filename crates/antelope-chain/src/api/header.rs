//! Calls that tell a block without looking into its transactions: `get_raw_block`,
//! `get_block_header`.
//!
//! Both take `block_num_or_id`, the number of a block or its id, as `get_block` does. Since no data is
//! decoded by ABIs, the cost depends on the size of the block only. On a node:
//! `read_only::get_raw_block` and `read_only::get_block_header`.
//!
//! | | `get_raw_block` | `get_block_header` |
//! |---|---|---|
//! | header and signature | at the top level | in `signed_block_header` |
//! | `id` | | at the top level |
//! | `transactions` | receipts with packed transactions | |
//! | `block_extensions` | always | with `include_extensions` |
//!
//! The number and the id are not part of a header: a client derives them from `previous` and the
//! digest of the header.

use super::Reader;
use super::answer::Refusal;
use super::block::{find, signed_header, unknown};
use super::request::Request;
use crate::block::BlockTransaction;
use serde_json::{Value, json};

/// `get_raw_block`: the block as it is stored, by number or id. Request: `block_num_or_id`. Response:
/// the fields of the signed header, `transactions`, and `block_extensions`, which is empty.
///
/// # Errors
/// `block_id_type_exception` (3010008) for text that is neither a number nor an id;
/// `unknown_block_exception` (3100002, status 400) where there is no such block.
pub(super) fn raw_block(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let found = find(reader.chain, &wanted)?;
    let block = found.ok_or_else(|| unknown("block", &wanted))?;
    let mut answer = signed_header(reader.chain, &block);
    answer["transactions"] = block.transactions.iter().map(as_stored).collect();
    // Additional signatures would be here; one key makes all signatures.
    answer["block_extensions"] = json!([]);
    Ok(answer)
}

/// `get_block_header`: by number or id. Request: `block_num_or_id`, and `include_extensions`, false by
/// default. Response: `id`, `signed_block_header`, and `block_extensions` if asked for.
///
/// # Errors
/// Those of `get_raw_block`.
pub(super) fn block_header(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let extensions = request.flag("include_extensions", false)?;
    let found = find(reader.chain, &wanted)?;
    let block = found.ok_or_else(|| unknown("block header", &wanted))?;
    let mut answer = json!({
        "id": block.id,
        "signed_block_header": signed_header(reader.chain, &block),
    });
    if extensions {
        answer["block_extensions"] = json!([]);
    }
    Ok(answer)
}

/// A transaction of a block: its receipt, and in `trx` a variant, written as a pair of the number of
/// its type and a value.
///
/// | `trx` | transaction |
/// |---|---|
/// | `[0, id]` | deferred: the block has its id only |
/// | `[1, packed]` | as it was sent, with its signatures |
fn as_stored(transaction: &BlockTransaction) -> Value {
    let mut answer = json!(transaction.receipt);
    answer["trx"] = match &transaction.packed {
        None => json!([0, transaction.id]),
        Some(packed) => json!([1, **packed]),
    };
    answer
}
