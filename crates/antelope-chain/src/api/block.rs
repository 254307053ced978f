//! Calls about blocks.

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use super::trace;
use crate::block::{Block, BlockTransaction};
use crate::chain::Chain;
use antelope_ledger::transaction::unpack;
use antelope_types::{ChainError, Checksum256, Compression, ErrorKind, Signature, TimePoint};
use serde_json::{Value, json};
use std::sync::Arc;

/// `get_block`: by number or id.
pub(super) fn block(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let chain = reader.chain;
    let found = match wanted.parse::<u32>() {
        Ok(number) => chain.block(number),
        Err(_) => {
            let id = wanted.parse::<Checksum256>().map_err(|error| {
                let message = format!("Invalid block ID: {wanted}");
                ChainError::new(ErrorKind::BlockIdType, message).with_message(error.to_string())
            })?;
            let number = u32::from_be_bytes([id.0[0], id.0[1], id.0[2], id.0[3]]);
            chain.block(number).filter(|block| block.id == id)
        }
    };
    let block = found.ok_or_else(|| unknown(&wanted))?;
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
    let block = block.ok_or_else(|| unknown(number))?;
    let mut answer = header(reader.chain, &block);
    answer["ref_block_num"] = (number as u16).into();
    Ok(answer)
}

fn unknown(wanted: impl std::fmt::Display) -> ChainError {
    let message = format!("Could not find block: {wanted}");
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

fn in_block(reader: Reader<'_>, transaction: &BlockTransaction) -> Value {
    let mut answer = json!(transaction.receipt);
    // A deferred transaction is told by its id alone.
    let Some(packed) = &transaction.packed else {
        answer["trx"] = json!(transaction.id);
        return answer;
    };
    let mut content = json!(packed);
    content["id"] = json!(transaction.id);
    content["compression"] = match packed.compression {
        Compression::None => "none".into(),
        Compression::Zlib => "zlib".into(),
    };
    // It was executed, so it can be unpacked.
    if let Ok(signed) = unpack(packed) {
        let data = signed.context_free_data.iter();
        content["context_free_data"] = data.map(|bytes| trace::hex(bytes)).collect();
        let mut inner = json!(signed.transaction);
        for list in ["context_free_actions", "actions"] {
            for act in inner[list].as_array_mut().into_iter().flatten() {
                trace::decode(reader, act);
            }
        }
        if let Some(fields) = inner.as_object_mut()
            && signed.transaction.transaction_extensions.is_empty()
        {
            fields.remove("transaction_extensions");
        }
        content["transaction"] = inner;
    }
    answer["trx"] = content;
    answer
}
