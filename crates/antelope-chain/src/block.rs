//! Blocks: their contents, what they commit to, and their encoding.
//!
//! | type | what it is |
//! |---|---|
//! | [`Block`] | a complete block with its transactions, in memory |
//! | [`SignedBlock`] | the same with its signature, as nodes exchange and store it |
//! | [`Pending`] | the block in production, which the chain always has |
//! | [`BlockRecord`] | a complete block with what it did: traces and changes of tables |
//!
//! A block's id is the SHA-256 of its header with the block number written over the first four
//! bytes. The header commits to the transactions by `transaction_mroot` and to what they did by
//! `action_mroot`.

mod actions;
mod header_state;
mod merkle;
mod pending;
mod record;
mod signed;
mod stored;

pub(crate) use actions::{ActionKey, actions_of, decode, leaves_actions, own_id, transactions_of};
pub(crate) use header_state::HeaderState;
pub(crate) use merkle::Frontier;
pub use merkle::{IncrementalMerkle, merkle_root};
pub(crate) use pending::Pending;
pub(crate) use record::{BlockRecord, Done, Encoded};
pub(crate) use signed::Seal;
pub use signed::{SignedBlock, block_signing_digest};

pub use antelope_types::{BlockHeader, LegacySchedule, Schedule};
use antelope_types::{Checksum256, Encode, PackedTransaction, TransactionReceipt, VarUint32};
use std::sync::Arc;

/// A transaction in a block, with its receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockTransaction {
    /// Its status, the CPU billed in microseconds and the NET billed in words of 8 bytes.
    pub receipt: TransactionReceipt,
    /// The transaction's id: the SHA-256 of the serialized transaction without signatures.
    pub id: Checksum256,
    /// The transaction as it was received. `None` for a deferred transaction: blocks contain only
    /// its id, since the transaction itself was in the state.
    ///
    /// Shared, so that a block is completed without copying it.
    pub packed: Option<Arc<PackedTransaction>>,
}

impl BlockTransaction {
    /// The leaf of `transaction_mroot`: SHA-256 over status (1 byte), CPU (4 bytes), NET (varuint)
    /// and the digest of the transaction, or its id if it was deferred. On a node:
    /// `transaction_receipt::digest` in `block.hpp`.
    pub fn digest(&self) -> Checksum256 {
        let content = self.packed.as_deref().map_or(self.id, packed_digest);
        let mut receipt = vec![self.receipt.status as u8];
        receipt.extend(self.receipt.cpu_usage_us.to_bytes());
        receipt.extend(VarUint32(self.receipt.net_usage_words).to_bytes());
        receipt.extend(content.0);
        Checksum256::sha256(&receipt)
    }
}

/// The digest of a packed transaction. Signatures and context-free data enter by a digest of their
/// own, so that a node may prune them and still prove the block. On a node:
/// `packed_transaction::packed_digest`.
fn packed_digest(packed: &PackedTransaction) -> Checksum256 {
    let mut prunable = packed.signatures.to_bytes();
    prunable.extend(packed.packed_context_free_data.to_bytes());
    let mut bytes = packed.compression.to_bytes();
    bytes.extend(packed.packed_trx.to_bytes());
    bytes.extend(Checksum256::sha256(&prunable).0);
    Checksum256::sha256(&bytes)
}

/// A complete block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The SHA-256 of the header, its first 4 bytes replaced by the big-endian block number.
    pub id: Checksum256,
    /// Producer, time, previous block, roots, protocol features it activates.
    pub header: BlockHeader,
    /// Its transactions, in the order of execution; deferred ones come first.
    pub transactions: Vec<BlockTransaction>,
    /// The signature, or what is to be signed.
    pub(crate) seal: Seal,
}

impl Block {
    /// Its number; the first block of a chain is 1.
    pub fn number(&self) -> u32 {
        self.header.number()
    }
}
