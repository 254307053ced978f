//! Transactions, from their header to what goes over the wire.
//!
//! | type | what it is |
//! |---|---|
//! | [`TransactionHeader`] | expiration, reference block and limits |
//! | [`Transaction`] | the header and the actions; its encoding is what the id and signatures are of |
//! | [`SignedTransaction`] | a transaction, its signatures and context-free data, each readable |
//! | [`PackedTransaction`] | the same with transaction and data encoded, as `send_transaction` takes it |

use crate::{
    AbiType, Action, Checksum256, Decode, DecodeError, Decoder, Encode, Encoder, Signature,
    TimePointSec, VarUint32,
};
use alloc::vec::Vec;

/// Until when a transaction may be executed, on which chain, and at what cost.
///
/// On the wire it takes 13 bytes where both varints are below 128: 4, 2, 4, a varint, 1 and a varint.
/// In JSON the fields stand beside the actions; those that are left out are zero.
///
/// A node refuses a transaction that has expired, one that expires more than
/// [`max_transaction_lifetime`](crate::ChainConfig::max_transaction_lifetime) seconds after the pending
/// block, and one whose reference block it does not know.
///
/// ```
/// use antelope_types::{TimePointSec, TransactionHeader, VarUint32};
/// let header = TransactionHeader {
///     expiration: TimePointSec::from_seconds(1_704_067_260),
///     max_net_usage_words: VarUint32(100),
///     ..TransactionHeader::default()
/// };
/// assert_eq!(header.ref_block_num, 0); // until `set_reference_block`
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, AbiType)]
#[abi(name = "transaction_header")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct TransactionHeader {
    /// No block after this moment takes the transaction.
    /// Until then a node remembers the id, so that the transaction cannot be executed twice.
    pub expiration: TimePointSec,
    /// The low 16 bits of the number of a recent block.
    /// A node keeps the ids of the last 65 536 blocks under these bits, so that the block may be 9 hours
    /// old.
    pub ref_block_num: u16,
    /// Four bytes of that block's id.
    /// Bytes 8 to 11, read as a little-endian number.
    pub ref_block_prefix: u32,
    /// The most NET to bill, in words of 8 bytes; 0 for no limit.
    pub max_net_usage_words: VarUint32,
    /// The most CPU to bill, in milliseconds; 0 for no limit.
    pub max_cpu_usage_ms: u8,
    /// Seconds to wait before execution; 0 on every chain of today.
    pub delay_sec: VarUint32,
}

impl TransactionHeader {
    /// Ties the transaction to the chain that has the block with this id (TAPOS).
    ///
    /// If a fork undoes the block, the transaction becomes invalid: a reference to the last irreversible
    /// block is safe, while one to the head ties the transaction to its fork.
    ///
    /// ```
    /// use antelope_types::{Checksum256, TransactionHeader};
    /// let mut block_id = Checksum256::ZERO;
    /// block_id.0[..4].copy_from_slice(&0x0001_0203u32.to_be_bytes());
    /// block_id.0[8] = 7;
    /// let mut header = TransactionHeader::default();
    /// header.set_reference_block(&block_id);
    /// assert_eq!((header.ref_block_num, header.ref_block_prefix), (0x0203, 7));
    /// ```
    pub fn set_reference_block(&mut self, block_id: &Checksum256) {
        let [_, _, high, low, _, _, _, _, prefix @ ..] = block_id.0;
        self.ref_block_num = u16::from_be_bytes([high, low]);
        self.ref_block_prefix = u32::from_le_bytes([prefix[0], prefix[1], prefix[2], prefix[3]]);
    }
}

/// Data at the end of a transaction or an ABI, of a kind that its number tells.
///
/// In JSON it is a pair of the number and hexadecimal data, `[1, "ff"]`.
///
/// ```
/// use antelope_types::{Encode, Extension};
/// let extension = Extension { kind: 1, data: vec![0xff] };
/// assert_eq!(extension.to_bytes(), [1, 0, 1, 0xff]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, AbiType)]
#[abi(name = "extension")]
pub struct Extension {
    /// The kind.
    #[abi(name = "type")]
    pub kind: u16,
    /// The data.
    pub data: Vec<u8>,
}

/// Actions that happen together or not at all.
///
/// Its encoding is the header, then the three lists. The only extension of a transaction that nodes
/// know is of kind 0, the context of a deferred transaction.
///
/// ```
/// use antelope_types::{Checksum256, Encode, Transaction};
/// let transaction = Transaction::default();
/// assert_eq!(transaction.to_bytes().len(), 16);
/// assert_ne!(transaction.id(), transaction.signing_digest(&Checksum256::ZERO, &[]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, AbiType)]
#[abi(name = "transaction")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Transaction {
    /// Expiration, reference block and limits.
    #[abi(base)]
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub header: TransactionHeader,
    /// Actions that see no state of the chain and need no permission.
    /// They run before the others, and may read the context-free data.
    #[cfg_attr(feature = "serde", serde(default))]
    pub context_free_actions: Vec<Action>,
    /// The actions, in order.
    /// At least one. All of them take effect, or none does.
    pub actions: Vec<Action>,
    /// Further data, ascending by kind.
    #[cfg_attr(feature = "serde", serde(default))]
    pub transaction_extensions: Vec<Extension>,
}

#[cfg(feature = "hash")]
impl Transaction {
    /// The transaction's id: the SHA-256 of its encoding.
    ///
    /// The signatures and the context-free data are no part of it.
    pub fn id(&self) -> Checksum256 {
        Checksum256::sha256(&self.to_bytes())
    }

    /// What the signatures sign, on the chain with this id.
    ///
    /// It is the SHA-256 of the chain's id, the transaction's encoding, and the SHA-256 of the encoded list
    /// of context-free data, which is 32 zeros for an empty list. The chain's id keeps a transaction of one
    /// chain from being valid on another.
    pub fn signing_digest(
        &self,
        chain_id: &Checksum256,
        context_free_data: &[Vec<u8>],
    ) -> Checksum256 {
        let context_free_digest = if context_free_data.is_empty() {
            Checksum256::ZERO
        } else {
            Checksum256::sha256(&context_free_data.to_bytes())
        };
        Checksum256::sha256_of(&[&chain_id.0, &self.to_bytes(), &context_free_digest.0])
    }
}

/// A transaction with its signatures and the data of its context-free actions.
///
/// JSON has the fields of the transaction, `signatures` and `context_free_data` in one object.
///
/// ```
/// use antelope_types::{Signature, SignedTransaction, Transaction};
/// let signed = SignedTransaction {
///     transaction: Transaction::default(),
///     signatures: vec![Signature::K1([31; 65])],
///     context_free_data: vec![],
/// };
/// assert_eq!(signed.transaction.id(), Transaction::default().id()); // signatures do not count
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SignedTransaction {
    /// What is signed.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub transaction: Transaction,
    /// A signature for each key.
    /// The keys are recovered from them, so that their order does not matter.
    #[cfg_attr(feature = "serde", serde(default))]
    pub signatures: Vec<Signature>,
    /// Data for each context-free action.
    #[cfg_attr(feature = "serde", serde(default, with = "crate::json::bytes_list"))]
    pub context_free_data: Vec<Vec<u8>>,
}

/// Whether the bytes of a packed transaction are compressed.
///
/// It is a byte on the wire, 0 or 1; in JSON `"none"` or `"zlib"`.
///
/// ```
/// use antelope_types::{Compression, Decode};
/// assert_eq!(Compression::from_bytes(&[1]), Ok(Compression::Zlib));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Compression {
    /// As they are.
    #[default]
    None,
    /// By zlib; this crate carries such bytes and does not read them.
    Zlib,
}

impl Encode for Compression {
    fn encode(&self, out: &mut Encoder<'_>) {
        (*self as u8).encode(out);
    }
}

impl<'a> Decode<'a> for Compression {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        match u8::decode(input)? {
            0 => Ok(Self::None),
            1 => Ok(Self::Zlib),
            _ => Err(DecodeError::UnknownVariant),
        }
    }
}

/// A transaction as nodes exchange it, and as `/v1/chain/send_transaction` takes it.
///
/// Its JSON has the signatures as text and both packed fields in hexadecimal. NET is billed by the size
/// of the packed fields.
///
/// ```
/// use antelope_types::{PackedTransaction, SignedTransaction};
/// let signed = SignedTransaction::default();
/// let packed = PackedTransaction::pack(&signed);
/// assert_eq!(packed.packed_trx.len(), 16); // a header of 13 bytes, and three empty lists
/// assert_eq!(packed.unpack(), Ok(Some(signed)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PackedTransaction {
    /// A signature for each key.
    pub signatures: Vec<Signature>,
    /// Whether the two fields below are compressed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub compression: Compression,
    /// The encoding of the list of context-free data, empty for an empty list.
    #[cfg_attr(feature = "serde", serde(default, with = "crate::json::bytes"))]
    pub packed_context_free_data: Vec<u8>,
    /// The encoding of the [`Transaction`].
    #[cfg_attr(feature = "serde", serde(with = "crate::json::bytes"))]
    pub packed_trx: Vec<u8>,
}

impl PackedTransaction {
    /// Packs without compression.
    pub fn pack(signed: &SignedTransaction) -> Self {
        Self {
            signatures: signed.signatures.clone(),
            compression: Compression::None,
            packed_context_free_data: if signed.context_free_data.is_empty() {
                Vec::new()
            } else {
                signed.context_free_data.to_bytes()
            },
            packed_trx: signed.transaction.to_bytes(),
        }
    }

    /// The transaction within; `None` if it is compressed.
    ///
    /// # Errors
    /// [`DecodeError`] where the bytes are no transaction.
    /// Bytes after the transaction are an error.
    pub fn unpack(&self) -> Result<Option<SignedTransaction>, DecodeError> {
        if self.compression != Compression::None {
            return Ok(None);
        }
        Ok(Some(SignedTransaction {
            transaction: Transaction::from_bytes(&self.packed_trx)?,
            signatures: self.signatures.clone(),
            context_free_data: if self.packed_context_free_data.is_empty() {
                Vec::new()
            } else {
                Vec::from_bytes(&self.packed_context_free_data)?
            },
        }))
    }
}
