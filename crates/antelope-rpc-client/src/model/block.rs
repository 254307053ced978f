//! A block and what is in it.

use antelope_types::{Checksum256, Name, TimePoint};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A block as the node shows it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Block {
    /// Its id.
    pub id: Checksum256,
    /// Its number.
    pub block_num: u32,
    /// Its time.
    pub timestamp: TimePoint,
    /// Who produced it.
    pub producer: Name,
    /// The block before.
    pub previous: Checksum256,
    /// The first bytes of the id as a number, for TAPOS.
    pub ref_block_prefix: u32,
    /// What was executed, in order.
    pub transactions: Vec<BlockTransaction>,
}

/// A transaction in a block.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BlockTransaction {
    /// `executed`, `soft_fail`, `hard_fail`, `delayed` or `expired`.
    pub status: String,
    /// Billed CPU in microseconds.
    pub cpu_usage_us: u32,
    /// Billed network use in words of eight bytes.
    pub net_usage_words: u32,
    /// Its id.
    #[serde(rename = "trx", deserialize_with = "transaction_id")]
    pub id: Checksum256,
}

/// Deferred transactions are in blocks by their id only, others with their content.
fn transaction_id<'de, D: Deserializer<'de>>(input: D) -> Result<Checksum256, D::Error> {
    use serde::de::Error;
    let mut value = Value::deserialize(input)?;
    let id = match &mut value {
        Value::Object(content) => content.remove("id").unwrap_or_default(),
        _ => value,
    };
    serde_json::from_value(id).map_err(D::Error::custom)
}
