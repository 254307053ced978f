//! Transactions, from their header to what goes over the wire.

use crate::{
    AbiType, Action, Checksum256, Decode, DecodeError, Decoder, Encode, Encoder, Signature,
    TimePointSec, VarUint32,
};
use alloc::vec::Vec;

/// What a transaction says of itself: until when it holds, on which chain, at what cost.
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
    pub expiration: TimePointSec,
    /// The low 16 bits of the number of a recent block.
    pub ref_block_num: u16,
    /// Four bytes of that block's id.
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
    #[cfg_attr(feature = "serde", serde(default))]
    pub context_free_actions: Vec<Action>,
    /// The actions, in order.
    pub actions: Vec<Action>,
    /// Further data, ascending by kind.
    #[cfg_attr(feature = "serde", serde(default))]
    pub transaction_extensions: Vec<Extension>,
}

#[cfg(feature = "hash")]
impl Transaction {
    /// The transaction's id: the SHA-256 of its encoding.
    pub fn id(&self) -> Checksum256 {
        Checksum256::sha256(&self.to_bytes())
    }

    /// What the signatures sign, on the chain with this id.
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
        let mut message = chain_id.0.to_vec();
        message.extend_from_slice(&self.to_bytes());
        message.extend_from_slice(&context_free_digest.0);
        Checksum256::sha256(&message)
    }
}

/// A transaction with its signatures and the data of its context-free actions.
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
    #[cfg_attr(feature = "serde", serde(default))]
    pub signatures: Vec<Signature>,
    /// Data for each context-free action.
    #[cfg_attr(feature = "serde", serde(default, with = "crate::json::bytes_list"))]
    pub context_free_data: Vec<Vec<u8>>,
}

/// Whether the bytes of a packed transaction are compressed.
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

/// A transaction as nodes exchange it.
///
/// ```
/// use antelope_types::{PackedTransaction, SignedTransaction};
/// let signed = SignedTransaction::default();
/// let packed = PackedTransaction::pack(&signed);
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
