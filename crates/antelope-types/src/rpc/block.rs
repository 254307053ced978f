//! A block and what is in it.

use crate::{BlockHeader, Checksum256, Compression, Name, TimePoint, TransactionReceipt, json};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A block as the node shows it without its transactions: `get_block_info`.
///
/// The answer is small, however many transactions there are. The fields before `producer_signature` are
/// those of [`BlockHeader`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockInfo {
    /// Its time.
    /// A multiple of 500 ms.
    pub timestamp: TimePoint,
    /// Who produced it.
    pub producer: Name,
    /// How many blocks before it its producer confirms.
    #[serde(default)]
    pub confirmed: u16,
    /// The block before.
    pub previous: Checksum256,
    /// The root of the tree of its transactions.
    #[serde(default)]
    pub transaction_mroot: Checksum256,
    /// The root of the tree of the receipts of its actions.
    #[serde(default)]
    pub action_mroot: Checksum256,
    /// The version of the schedule of producers.
    #[serde(default)]
    pub schedule_version: u32,
    /// Its producer's signature.
    /// It is text, since a node may know kinds of signatures that are not known here.
    #[serde(default)]
    pub producer_signature: String,
    /// Its id.
    /// See [`BlockHeader::id`].
    pub id: Checksum256,
    /// Its number.
    pub block_num: u32,
    /// The low 16 bits of its number, for TAPOS; `get_block` leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ref_block_num: Option<u16>,
    /// Four bytes of its id as a number, for TAPOS.
    /// Bytes 8 to 11, little-endian, as [`TransactionHeader`](crate::TransactionHeader) takes them.
    pub ref_block_prefix: u32,
}

impl BlockInfo {
    /// Of a header with its id and its producer's signature.
    ///
    /// `ref_block_num` is left out, as in `get_block`.
    pub fn new(header: &BlockHeader, id: Checksum256, producer_signature: String) -> Self {
        let [.., a, b, c, d] = *id.0.first_chunk::<12>().unwrap_or(&[0; 12]);
        Self {
            timestamp: header.timestamp.into(),
            producer: header.producer,
            confirmed: header.confirmed,
            previous: header.previous,
            transaction_mroot: header.transaction_mroot,
            action_mroot: header.action_mroot,
            schedule_version: header.schedule_version,
            producer_signature,
            id,
            block_num: header.number(),
            ref_block_num: None,
            ref_block_prefix: u32::from_le_bytes([a, b, c, d]),
        }
    }
}

/// A block as the node shows it: `get_block`.
///
/// Its own fields and those of [`BlockInfo`] are in one object; a block derefs to the latter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Itself.
    #[serde(flatten)]
    pub info: BlockInfo,
    /// The schedule of producers that is to follow, before `WTMSIG_BLOCK_SIGNATURES`.
    /// Null in later blocks.
    #[serde(default)]
    pub new_producers: Value,
    /// The schedule of producers that is to follow.
    /// Left out where the block changes nothing.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub new_producer_schedule: Value,
    /// The protocol features that it activates.
    /// Left out where there are none.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub new_protocol_features: Value,
    /// What was executed, in order.
    pub transactions: Vec<BlockTransaction>,
}

impl Deref for Block {
    type Target = BlockInfo;

    fn deref(&self) -> &BlockInfo {
        &self.info
    }
}

/// A transaction in a block.
///
/// The receipt's fields stand beside `trx`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockTransaction {
    /// How it ended, and what was billed.
    #[serde(flatten)]
    pub receipt: TransactionReceipt,
    /// What it is.
    pub trx: TransactionBody,
}

impl BlockTransaction {
    /// Its id.
    pub fn id(&self) -> Checksum256 {
        match &self.trx {
            TransactionBody::Deferred(id) => *id,
            TransactionBody::Whole(whole) => whole.id,
        }
    }
}

/// What a block holds of a transaction.
///
/// In JSON `trx` is a text for the former and an object for the latter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TransactionBody {
    /// Of a deferred transaction, its id alone.
    Deferred(Checksum256),
    /// Of all others, everything.
    Whole(Box<WholeTransaction>),
}

/// A transaction in a block with its signatures and content.
///
/// Bytes are hexadecimal. The packed fields are the exact bytes that were signed, unless compressed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WholeTransaction {
    /// Its id.
    pub id: Checksum256,
    /// A signature for each key.
    /// They are text, since a node may know kinds of signatures that are not known here.
    #[serde(default)]
    pub signatures: Vec<String>,
    /// Whether the packed bytes are compressed.
    #[serde(default)]
    pub compression: Compression,
    /// The encoding of the list of context-free data.
    #[serde(default, with = "json::bytes")]
    pub packed_context_free_data: Vec<u8>,
    /// Data for each context-free action.
    #[serde(default, with = "json::bytes_list")]
    pub context_free_data: Vec<Vec<u8>>,
    /// The encoding of the transaction.
    #[serde(default, with = "json::bytes")]
    pub packed_trx: Vec<u8>,
    /// The transaction as JSON, with the arguments of actions by the ABIs of their accounts; null
    /// where it could not be read.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub transaction: Value,
}
