//! Calls that tell a block without looking into its transactions: `get_raw_block`,
//! `get_block_header`.

use super::Reader;
use super::answer::Refusal;
use super::block::{find, signed_header, unknown};
use super::request::Request;
use crate::block::BlockTransaction;
use serde_json::{Value, json};

/// `get_raw_block`: the block as it is stored, by number or id.
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

/// `get_block_header`: by number or id.
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

/// A transaction of a block: a variant of its id, where it was deferred, and what was sent.
fn as_stored(transaction: &BlockTransaction) -> Value {
    let mut answer = json!(transaction.receipt);
    answer["trx"] = match &transaction.packed {
        None => json!([0, transaction.id]),
        Some(packed) => json!([1, packed]),
    };
    answer
}
