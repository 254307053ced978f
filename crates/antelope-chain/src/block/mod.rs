//! Blocks: what they say, and what they commit to.

pub(crate) mod announcement;
mod merkle;
mod schedule;
mod signed;

pub(crate) use merkle::IncrementalMerkle;
pub use merkle::merkle_root;
pub use schedule::{LegacySchedule, Producer, ProducerKey, Schedule, SigningAuthority};
pub(crate) use signed::Seal;
pub use signed::SignedBlock;

use crate::trace::TransactionReceipt;
use antelope_types::{
    BlockTimestamp, Checksum256, Decode, Encode, Extension, Name, PackedTransaction, VarUint32,
};

/// What a block says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BlockHeader {
    /// Its time.
    pub timestamp: BlockTimestamp,
    /// Who made it.
    pub producer: Name,
    /// How many blocks before it its producer confirms.
    pub confirmed: u16,
    /// The id of the block before it.
    pub previous: Checksum256,
    /// The root of the tree of its transactions.
    pub transaction_mroot: Checksum256,
    /// The root of the tree of the receipts of its actions.
    pub action_mroot: Checksum256,
    /// The version of the schedule of producers.
    pub schedule_version: u32,
    /// The schedule that is to follow, before `WTMSIG_BLOCK_SIGNATURES`.
    pub new_producers: Option<LegacySchedule>,
    /// Changes of the schedule and of protocol features.
    pub header_extensions: Vec<Extension>,
}

impl BlockHeader {
    /// The block's number, from 1.
    pub fn number(&self) -> u32 {
        number_of(&self.previous) + 1
    }

    /// The block's id: its digest, with its number in the first four bytes.
    pub fn id(&self) -> Checksum256 {
        let mut id = Checksum256::sha256(&self.to_bytes());
        id.0[..4].copy_from_slice(&self.number().to_be_bytes());
        id
    }
}

/// The number in a block's id.
fn number_of(id: &Checksum256) -> u32 {
    let [a, b, c, d, ..] = id.0;
    u32::from_be_bytes([a, b, c, d])
}

/// A transaction in a block.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockTransaction {
    /// What was billed.
    pub receipt: TransactionReceipt,
    /// The transaction's id.
    pub id: Checksum256,
    /// The transaction as it came; none for one that was deferred, which is in the state.
    pub packed: Option<PackedTransaction>,
}

impl BlockTransaction {
    /// What the block commits to.
    pub fn digest(&self) -> Checksum256 {
        let content = self.packed.as_ref().map_or(self.id, packed_digest);
        let mut receipt = vec![self.receipt.status as u8];
        receipt.extend(self.receipt.cpu_usage_us.to_bytes());
        receipt.extend(VarUint32(self.receipt.net_usage_words).to_bytes());
        receipt.extend(content.0);
        Checksum256::sha256(&receipt)
    }
}

/// The digest of a transaction as it came: what can be pruned is in it by its own digest.
fn packed_digest(packed: &PackedTransaction) -> Checksum256 {
    let mut prunable = packed.signatures.to_bytes();
    prunable.extend(packed.packed_context_free_data.to_bytes());
    let mut bytes = packed.compression.to_bytes();
    bytes.extend(packed.packed_trx.to_bytes());
    bytes.extend(Checksum256::sha256(&prunable).0);
    Checksum256::sha256(&bytes)
}

/// A block.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its id.
    pub id: Checksum256,
    /// What it says of itself.
    pub header: BlockHeader,
    /// Its transactions, in order.
    pub transactions: Vec<BlockTransaction>,
    pub(crate) seal: Seal,
}

impl Block {
    /// Its number, from 1.
    pub fn number(&self) -> u32 {
        self.header.number()
    }
}
