//! `get_block` and `get_block_info`, and how a block is found.
//!
//! A block is asked for by its number or its id. Numbers wrap at 32 bits, and an id may be shorter
//! than 64 digits, both as on a node. Blocks of the block log are read from disk; the signature is
//! made when the block is asked for.
//!
//! | field | what |
//! |---|---|
//! | `block_num`, `id` | number and id; the first four bytes of the id are the number |
//! | `ref_block_prefix` | bytes 8 to 11 of the id, little-endian: what transactions refer to |
//! | `timestamp`, `producer`, `confirmed`, `previous` | the header |
//! | `transaction_mroot`, `action_mroot` | Merkle roots |
//! | `producer_signature` | the signature of the header |
//! | `transactions` | receipts, each with its transaction (`get_block` only) |

use super::Reader;
use super::answer::Refusal;
use super::bound::padded;
use super::fault::no_hex;
use super::request::{Request, wrapping};
use super::trace;
use crate::block::{Block, BlockTransaction};
use crate::chain::Chain;
use antelope_ledger::transaction::unpack;
use antelope_types::rpc::{self, TransactionBody, WholeTransaction};
use antelope_types::{ChainError, Checksum256, ErrorKind, PackedTransaction, Signature};
use serde_json::{Value, json};
use std::sync::Arc;

/// `get_block`. Request: `block_num_or_id`. Response: the header, the signature, and the
/// transactions with their actions decoded.
///
/// # Errors
/// `block_id_type_exception` (3010008) for text that is neither a number nor an id;
/// `unknown_block_exception` (3100002, status 400) where there is no such block.
pub(super) fn block(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let chain = reader.chain;
    let found = find(chain, &wanted)?;
    let block = found.ok_or_else(|| unknown("block", &wanted))?;
    let transactions = block.transactions.iter();
    let feature = |digest| json!({ "feature_digest": digest });
    let features = block.header.activated_features();
    Ok(json!(rpc::Block {
        info: block_header(chain, &block),
        new_producers: json!(block.header.new_producers),
        new_producer_schedule: json!(block.header.new_schedule()),
        new_protocol_features: features
            .map(|features| features.into_iter().map(feature).collect())
            .unwrap_or_default(),
        transactions: transactions
            .map(|transaction| in_block(reader, transaction))
            .collect(),
    }))
}

/// `get_block_info`. Request: `block_num`. Response: the header, and what a transaction needs to
/// refer to the block.
///
/// # Errors
/// `unknown_block_exception` (3100002, status 400).
///
/// Unlike `get_block` it decodes no transactions, so that it is the call for clients that make
/// transactions.
pub(super) fn block_info(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let number = request.number("block_num", 0)?;
    let block = reader.chain.block(number);
    let block = block.ok_or_else(|| unknown("block", number))?;
    Ok(json!(rpc::BlockInfo {
        ref_block_num: Some(number as u16),
        ..block_header(reader.chain, &block)
    }))
}

/// A header as nodes write it on its own: without what is derived from it.
pub(super) fn signed_header(chain: &Chain, block: &Arc<Block>) -> Value {
    let mut told = json!(block_header(chain, block));
    if let Some(fields) = told.as_object_mut() {
        for field in ["id", "block_num", "ref_block_prefix"] {
            fields.remove(field);
        }
        if let Some(new) = &block.header.new_producers {
            fields.insert("new_producers".to_owned(), json!(new));
        }
        let extensions = block.header.header_extensions.iter();
        let extensions = extensions.map(|it| json!([it.kind, trace::hex(&it.data)]));
        fields.insert("header_extensions".to_owned(), extensions.collect());
    }
    told
}

/// The block with this number or id, if there is one.
///
/// # Errors
/// `block_id_type_exception` (3010008), also for a text of a length that no id has.
pub(super) fn find(chain: &Chain, wanted: &str) -> Result<Option<Arc<Block>>, Refusal> {
    if wanted.is_empty() || wanted.len() > 64 {
        let message =
            "Invalid Block number or ID, must be greater than 0 and less than 65 characters";
        return Err(ChainError::new(ErrorKind::BlockIdType, message).into());
    }
    by_number_or_id(chain, wanted)
}

/// The block with this number or id, if there is one.
pub(super) fn by_number_or_id(chain: &Chain, wanted: &str) -> Result<Option<Arc<Block>>, Refusal> {
    if let Some(number) = wrapping(wanted) {
        // Block numbers have 32 bits, and nodes ignore the others.
        return Ok(chain.block(number as u32));
    }
    let invalid = || {
        let message = format!("Invalid block ID: {wanted}");
        ChainError::new(ErrorKind::BlockIdType, message).with_message(no_hex(wanted))
    };
    let even = wanted.len().is_multiple_of(2);
    let id = padded(wanted).filter(|_| even).ok_or_else(invalid)?;
    let id = Checksum256(id);
    let number = u32::from_be_bytes([id.0[0], id.0[1], id.0[2], id.0[3]]);
    Ok(chain.block(number).filter(|block| block.id == id))
}

/// The error for a block, or a part of one, that does not exist; `what` names it.
pub(super) fn unknown(what: &str, wanted: impl std::fmt::Display) -> ChainError {
    let message = format!("Could not find {what}: {wanted}");
    ChainError::new(ErrorKind::UnknownBlock, message)
}

/// What both calls have in common: the header, the id and the signature.
fn block_header(chain: &Chain, block: &Arc<Block>) -> rpc::BlockInfo {
    // A key that is not a valid scalar gives the same signature as no key.
    let signed = chain.sign_block(block);
    let signature = signed.map_or(Signature::K1([0; 65]), |signed| signed.signature);
    rpc::BlockInfo::new(&block.header, block.id, signature.to_string())
}

/// A transaction of a block: its receipt, and in `trx` either the id of a deferred transaction or
/// the packed transaction with its decoded form.
fn in_block(reader: Reader<'_>, transaction: &BlockTransaction) -> rpc::BlockTransaction {
    let id = transaction.id;
    rpc::BlockTransaction {
        receipt: transaction.receipt,
        trx: match &transaction.packed {
            // A deferred transaction is represented by its id.
            None => TransactionBody::Deferred(id),
            Some(packed) => TransactionBody::Whole(Box::new(whole(reader, id, packed))),
        },
    }
}

/// A packed transaction with its decoded form.
fn whole(reader: Reader<'_>, id: Checksum256, packed: &PackedTransaction) -> WholeTransaction {
    // It was executed, so that it can be unpacked.
    let signed = unpack(packed).unwrap_or_default();
    let transaction = trace::transaction(reader, &signed.transaction, trace::Steps::BLOCK);
    WholeTransaction {
        id,
        signatures: packed.signatures.iter().map(Signature::to_string).collect(),
        compression: packed.compression,
        packed_context_free_data: packed.packed_context_free_data.clone(),
        context_free_data: signed.context_free_data,
        packed_trx: packed.packed_trx.clone(),
        transaction,
    }
}

/// The receipt of a transaction with the packed form or the id, and the transaction with its actions
/// decoded unless it was deferred: `trx` of `get_transaction` in `/v1/history`.
pub(super) fn receipt_and_transaction(reader: Reader<'_>, found: &BlockTransaction) -> Value {
    let mut receipt = json!(found.receipt);
    let Some(packed) = &found.packed else {
        receipt["trx"] = json!([0, found.id]);
        return json!({ "receipt": receipt });
    };
    receipt["trx"] = json!([1, **packed]);
    // It was executed, so that it can be unpacked.
    let signed = unpack(packed).unwrap_or_default();
    let mut trx = trace::transaction(reader, &signed.transaction, trace::Steps::TRANSACTION);
    trx["signatures"] = json!(packed.signatures);
    let data = signed.context_free_data.iter();
    trx["context_free_data"] = data.map(|data| trace::hex(data)).collect();
    json!({ "receipt": receipt, "trx": trx })
}
