//! Blocks: what they say, and what they commit to.

mod merkle;
mod pending;
mod signed;
mod stored;

pub(crate) use merkle::IncrementalMerkle;
pub use merkle::merkle_root;
pub(crate) use pending::Pending;
pub(crate) use signed::Seal;
pub use signed::SignedBlock;

pub use antelope_types::{BlockHeader, LegacySchedule, Schedule};
use antelope_types::{Checksum256, Encode, PackedTransaction, TransactionReceipt, VarUint32};

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
