//! Calls about blocks.

use super::Reader;
use super::answer::Refusal;
use super::bound::padded;
use super::request::{Request, wrapping};
use super::trace;
use crate::block::{Block, BlockTransaction};
use crate::chain::Chain;
use antelope_ledger::transaction::unpack;
use antelope_types::{
    ChainError, Checksum256, Compression, ErrorKind, Feature, Signature, TimePoint,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// `get_block`: by number or id.
pub(super) fn block(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let chain = reader.chain;
    let found = find(chain, &wanted)?;
    let block = found.ok_or_else(|| unknown("block", &wanted))?;
    let transactions = block.transactions.iter();
    let mut answer = header(chain, &block);
    answer["new_producers"] = json!(block.header.new_producers);
    if let Some(features) = block.header.activated_features() {
        let feature = |digest| json!({ "feature_digest": digest });
        answer["new_protocol_features"] = features.into_iter().map(feature).collect();
    }
    if let Some(schedule) = block.header.new_schedule() {
        answer["new_producer_schedule"] = json!(schedule);
    }
    answer["transactions"] = transactions
        .map(|transaction| in_block(reader, transaction))
        .collect();
    Ok(answer)
}

/// `get_block_info`.
pub(super) fn block_info(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let number = request.number("block_num", 0)?;
    let block = reader.chain.block(number);
    let block = block.ok_or_else(|| unknown("block", number))?;
    let mut answer = header(reader.chain, &block);
    answer["ref_block_num"] = (number as u16).into();
    Ok(answer)
}

/// `get_block_header_state` of a block that can still be undone. As Spring does, it tells the header
/// alone, and leaves the rest as it is in a state of no block.
pub(super) fn header_state(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let chain = reader.chain;
    let reversible = |block: &Arc<Block>| block.number() > chain.last_irreversible();
    let known = chain.state().has(Feature::SAVANNA);
    let block = by_number_or_id(chain, &wanted)?.filter(|block| known || reversible(block));
    let block = block.ok_or_else(|| {
        let message = format!("Could not find reversible block: {wanted}");
        ChainError::new(ErrorKind::UnknownBlock, message)
    })?;
    let none = json!({ "version": 0, "producers": [] });
    Ok(json!({
        "block_num": block.number(),
        "dpos_proposed_irreversible_blocknum": 0,
        "dpos_irreversible_blocknum": 0,
        "active_schedule": none,
        "blockroot_merkle": { "_active_nodes": [], "_node_count": 0 },
        "producer_to_last_produced": [],
        "producer_to_last_implied_irb": [],
        "valid_block_signing_authority": [0, { "threshold": 0, "keys": [] }],
        "confirm_count": [],
        "id": block.id,
        "header": signed_header(chain, &block),
        "pending_schedule": {
            "schedule_lib_num": 0,
            "schedule_hash": Checksum256::ZERO,
            "schedule": none,
        },
        "activated_protocol_features": null,
        "additional_signatures": [],
    }))
}

/// A header as nodes tell it alone.
pub(super) fn signed_header(chain: &Chain, block: &Arc<Block>) -> Value {
    let mut told = header(chain, block);
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

/// A block by a number or an id of a length that ids may have, as far as there is one.
pub(super) fn find(chain: &Chain, wanted: &str) -> Result<Option<Arc<Block>>, Refusal> {
    if wanted.is_empty() || wanted.len() > 64 {
        let message =
            "Invalid Block number or ID, must be greater than 0 and less than 65 characters";
        return Err(ChainError::new(ErrorKind::BlockIdType, message).into());
    }
    by_number_or_id(chain, wanted)
}

/// A block, as far as there is one.
fn by_number_or_id(chain: &Chain, wanted: &str) -> Result<Option<Arc<Block>>, Refusal> {
    if let Some(number) = wrapping(wanted) {
        // Numbers of blocks have 32 bits, and nodes look at no more of them.
        return Ok(chain.block(number as u32));
    }
    let invalid = || {
        let message = format!("Invalid block ID: {wanted}");
        ChainError::new(ErrorKind::BlockIdType, message)
    };
    let even = wanted.len().is_multiple_of(2);
    let id = padded(wanted).filter(|_| even).ok_or_else(invalid)?;
    let id = Checksum256(id);
    let number = u32::from_be_bytes([id.0[0], id.0[1], id.0[2], id.0[3]]);
    Ok(chain.block(number).filter(|block| block.id == id))
}

/// `what` is not there.
pub(super) fn unknown(what: &str, wanted: impl std::fmt::Display) -> ChainError {
    let message = format!("Could not find {what}: {wanted}");
    ChainError::new(ErrorKind::UnknownBlock, message)
}

fn header(chain: &Chain, block: &Arc<Block>) -> Value {
    let header = &block.header;
    // A key that is no number of its curve signs as none does.
    let signed = chain.sign_block(block);
    let signature = signed.map_or(Signature::K1([0; 65]), |signed| signed.signature);
    let id = &block.id.0;
    json!({
        "timestamp": TimePoint::from(header.timestamp),
        "producer": header.producer,
        "confirmed": header.confirmed,
        "previous": header.previous,
        "transaction_mroot": header.transaction_mroot,
        "action_mroot": header.action_mroot,
        "schedule_version": header.schedule_version,
        "producer_signature": signature.to_string(),
        "id": block.id,
        "block_num": block.number(),
        "ref_block_prefix": u32::from_le_bytes([id[8], id[9], id[10], id[11]]),
    })
}

/// The name of a way of compression.
pub(super) fn compression(compression: Compression) -> &'static str {
    match compression {
        Compression::None => "none",
        Compression::Zlib => "zlib",
    }
}

fn in_block(reader: Reader<'_>, transaction: &BlockTransaction) -> Value {
    let mut answer = json!(transaction.receipt);
    // A deferred transaction is told by its id alone.
    let Some(packed) = &transaction.packed else {
        answer["trx"] = json!(transaction.id);
        return answer;
    };
    let mut content = json!(packed);
    content["id"] = json!(transaction.id);
    content["compression"] = compression(packed.compression).into();
    // It was executed, so it can be unpacked.
    if let Ok(signed) = unpack(packed) {
        let data = signed.context_free_data.iter();
        content["context_free_data"] = data.map(|bytes| trace::hex(bytes)).collect();
        content["transaction"] = trace::transaction(reader, &signed.transaction);
    }
    answer["trx"] = content;
    answer
}
