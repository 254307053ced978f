//! Blocks as nodes exchange and keep them: with the signature of their producer.

use super::{Block, BlockHeader, BlockTransaction, IncrementalMerkle};
use antelope_ledger::stored::{Malformed, Stored};
use antelope_ledger::transaction::unpack;
use antelope_rpc_client::signing::{self, SigningError};
use antelope_types::{
    ChainError, Checksum256, Decode, Decoder, Encode, Encoder, ErrorKind, Extension,
    PackedTransaction, PrivateKey, Signature, VarUint32,
};
use std::sync::Arc;

/// What the producer of a block signs, or has signed.
///
/// Blocks are signed when somebody wants to see it: most that are made in tests nobody does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seal {
    Digest(Checksum256),
    Signature(Arc<Signature>),
}

impl Seal {
    /// That of a block with this header, after blocks with these ids, where this schedule of
    /// producers was the last to be decided on.
    pub(crate) fn new(
        header: &BlockHeader,
        before: &IncrementalMerkle,
        schedule_hash: Checksum256,
    ) -> Self {
        let pair = |left: Checksum256, right: Checksum256| {
            Checksum256::sha256(&[left.0, right.0].concat())
        };
        // libraries/chain/block_header_state_legacy.cpp of Leap: `sig_digest`.
        let header = Checksum256::sha256(&header.to_bytes());
        Self::Digest(pair(pair(header, before.root()), schedule_hash))
    }

    /// That of the first block, which nobody has signed.
    pub(crate) fn unsigned() -> Self {
        Self::Signature(Arc::new(Signature::K1([0; 65])))
    }
}

/// A block with its signature.
///
/// Its encoding is that of nodes, in `blocks.log` as between peers.
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
    /// Its producer's signature; that of no key for the first block of a chain.
    pub signature: Signature,
}

impl SignedBlock {
    /// Signs a block, unless it was signed before. Without a key, the signature is that of no key.
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

    /// Reads the encoding.
    ///
    /// # Errors
    /// `unpack_exception` where the bytes are no block.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ChainError> {
        let malformed = |problem: &str| ChainError::new(ErrorKind::Unpack, problem);
        let mut input = Decoder::new(bytes);
        let block = Self::read(&mut input).map_err(|Malformed(problem)| malformed(problem))?;
        if !input.is_empty() {
            return Err(malformed("bytes left over after the block"));
        }
        Ok(block)
    }

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
            let signed = unpack(&packed).map_err(|_| Malformed("a transaction is none"))?;
            (signed.transaction.id(), Some(packed))
        }
        _ => return Err(Malformed("neither a transaction nor its id")),
    };
    Ok(BlockTransaction {
        receipt,
        id,
        packed,
    })
}
