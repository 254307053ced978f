//! Blocks as nodes exchange and store them: with the signature of their producer.
//!
//! | bytes | what |
//! |---|---|
//! | header | timestamp, producer, confirmed, previous, roots, schedule, extensions |
//! | signature | type byte and 65 bytes for K1 |
//! | varuint | number of transactions, and for each: |
//! | 1, 4, varuint | status, CPU in µs, NET in words of 8 bytes |
//! | 1 | 0 and the id (32 bytes), or 1 and the packed transaction |
//! | varuint | number of block extensions: always 0 here |
//!
//! On a node: `signed_block` in `libraries/chain/include/eosio/chain/block.hpp`.

use super::{Block, BlockHeader, BlockTransaction, IncrementalMerkle};
use antelope_keys::signing::{self, SigningError};
use antelope_ledger::stored::{Malformed, Stored};
use antelope_ledger::transaction::unpack;
use antelope_types::{
    ChainError, Checksum256, Decode, Decoder, Encode, Encoder, ErrorKind, Extension,
    PackedTransaction, PrivateKey, Signature, VarUint32,
};
use std::sync::Arc;

/// What the producer of a block signs, or the signature.
///
/// Signing takes longer than making an empty block, and most blocks made in tests are never looked
/// at in signed form. So a block made here keeps the digest, and is signed when somebody asks for
/// it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seal {
    /// The digest to be signed.
    Digest(Checksum256),
    /// The signature, of a block that was read.
    Signature(Arc<Signature>),
}

impl Seal {
    /// The digest to be signed for a block with this header, given the ids of all blocks before it
    /// and the hash of the producer schedule that was proposed last.
    pub(crate) fn new(
        header: &BlockHeader,
        before: &IncrementalMerkle,
        schedule_hash: Checksum256,
    ) -> Self {
        Self::Digest(block_signing_digest(header, before, schedule_hash))
    }

    /// The seal of the first block of a chain, which nobody has signed: 65 zeros.
    pub(crate) fn unsigned() -> Self {
        Self::Signature(Arc::new(Signature::K1([0; 65])))
    }
}

/// What the producer of a block signs: the digest of its header, the root over the ids of all blocks
/// before it, and the hash of the schedule that was announced last, this block's included.
///
/// The hash is the SHA-256 of the schedule as headers have it: a [`LegacySchedule`](crate::LegacySchedule)
/// before `WTMSIG_BLOCK_SIGNATURES`, a [`Schedule`](crate::Schedule) since; before any is announced, of
/// the schedule of `eosio` alone. On a node: `sig_digest` in
/// `libraries/chain/block_header_state_legacy.cpp` of Leap.
pub fn block_signing_digest(
    header: &BlockHeader,
    before: &IncrementalMerkle,
    schedule_hash: Checksum256,
) -> Checksum256 {
    let pair =
        |left: Checksum256, right: Checksum256| Checksum256::sha256(&[left.0, right.0].concat());
    let header = Checksum256::sha256(&header.to_bytes());
    pair(pair(header, before.root()), schedule_hash)
}

/// A block with its producer's signature.
///
/// Its encoding ([`Encode`]) is that of nodes, in `blocks.log` and between peers.
///
/// ```
/// use antelope_chain::{Chain, Genesis, NoContracts, SignedBlock};
/// use antelope_types::Encode;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// let block = chain.produce_block()?;
/// let signed = chain.sign_block(&block)?;
/// let bytes = signed.to_bytes();
/// assert_eq!(SignedBlock::from_bytes(&bytes)?.block.id, block.id);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct SignedBlock {
    /// The block.
    pub block: Arc<Block>,
    /// Its producer's signature; 65 zeros for the first block of a chain, and for blocks of a chain
    /// whose key is unknown.
    pub signature: Signature,
}

impl SignedBlock {
    /// Signs a block that has no signature yet. Without a key, the signature is 65 zeros.
    pub(crate) fn sign(block: &Arc<Block>, key: Option<&PrivateKey>) -> Result<Self, SigningError> {
        let signature = match (&block.seal, key) {
            (Seal::Signature(signature), _) => Signature::clone(signature),
            (Seal::Digest(digest), Some(key)) => signing::sign_digest(key, digest)?,
            (Seal::Digest(_), None) => Signature::K1([0; 65]),
        };
        Ok(Self {
            block: Arc::clone(block),
            signature,
        })
    }

    /// Decodes a block. The id is computed from the header; the signature and the roots are not
    /// verified.
    ///
    /// # Errors
    /// `unpack_exception` where the bytes are not exactly one block, or a transaction in it cannot
    /// be unpacked.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ChainError> {
        let malformed = |problem: &str| ChainError::new(ErrorKind::Unpack, problem);
        let mut input = Decoder::new(bytes);
        let block = Self::read(&mut input).map_err(|Malformed(problem)| malformed(problem))?;
        if !input.is_empty() {
            return Err(malformed("bytes left over after the block"));
        }
        Ok(block)
    }

    /// Decodes a block at the beginning of the input, as the block log has it before its position.
    pub(crate) fn read(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let header = BlockHeader::decode(input)?;
        let signature = Signature::decode(input)?;
        let count = input.take_len()?;
        let transactions: Result<_, _> = (0..count).map(|_| read_transaction(input)).collect();
        Vec::<Extension>::decode(input)?;
        let block = Block {
            id: header.id(),
            header,
            transactions: transactions?,
            seal: Seal::Signature(Arc::new(signature.clone())),
        };
        Ok(Self {
            block: Arc::new(block),
            signature,
        })
    }
}

impl Encode for SignedBlock {
    fn encode(&self, out: &mut Encoder<'_>) {
        let Block {
            id: _,
            header,
            transactions,
            seal: _,
        } = &*self.block;
        header.encode(out);
        self.signature.encode(out);
        VarUint32(transactions.len() as u32).encode(out);
        for transaction in transactions {
            let receipt = &transaction.receipt;
            (receipt.status as u8).encode(out);
            receipt.cpu_usage_us.encode(out);
            VarUint32(receipt.net_usage_words).encode(out);
            match &transaction.packed {
                None => {
                    // Block extensions carry additional signatures and finality; blocks made here
                    // have neither.
                    0u8.encode(out);
                    transaction.id.encode(out);
                }
                Some(packed) => {
                    1u8.encode(out);
                    packed.encode(out);
                }
            }
        }
        // Blocks have had extensions for more signatures and for finality; these have none.
        0u8.encode(out);
    }
}

/// Decodes a receipt with its transaction. The id of a packed transaction is computed, not read.
fn read_transaction(input: &mut Decoder<'_>) -> Result<BlockTransaction, Malformed> {
    let status = Stored::restore(input)?;
    let receipt = antelope_types::TransactionReceipt {
        status,
        cpu_usage_us: u32::decode(input)?,
        net_usage_words: VarUint32::decode(input)?.0,
    };
    let (id, packed) = match input.take_tag()? {
        0 => (Checksum256::decode(input)?, None),
        1 => {
            let packed = PackedTransaction::decode(input)?;
            let signed =
                unpack(&packed).map_err(|_| Malformed("a transaction cannot be unpacked"))?;
            (signed.transaction.id(), Some(Arc::new(packed)))
        }
        _ => return Err(Malformed("neither a transaction nor a transaction id")),
    };
    Ok(BlockTransaction {
        receipt,
        id,
        packed,
    })
}
