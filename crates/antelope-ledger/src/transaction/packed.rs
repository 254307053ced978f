//! Unpacking transactions as they come over the wire: `packed_transaction` of a node
//! (`libraries/chain/transaction.cpp`).

use antelope_types::{
    ChainError, Compression, Decode, Decoder, ErrorKind, PackedTransaction, SignedTransaction,
    Transaction,
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::borrow::Cow;

/// The most bytes that a compressed transaction may decompress to, as in nodes: 1 MiB. It bounds
/// the memory that a small hostile input can claim.
const MAX_DECOMPRESSED: usize = 1024 * 1024;

/// Decompresses and decodes a packed transaction.
///
/// As on a node, bytes after the transaction are ignored, and integers of variable length may be
/// written longer than necessary. The id and the signed digest are those of the decoded
/// transaction, so such bytes change nothing.
///
/// # Errors
/// - `tx_decompression_error` (3040001) if zlib data are damaged or decompress to more than 1 MiB.
/// - `packed_transaction_type_exception` (3010010) if the bytes are not a transaction or not a list
///   of context-free data.
pub fn unpack(packed: &PackedTransaction) -> Result<SignedTransaction, ChainError> {
    let transaction = decompressed(packed, &packed.packed_trx)?;
    let data = decompressed(packed, &packed.packed_context_free_data)?;
    let malformed = |error: antelope_types::DecodeError| {
        ChainError::new(ErrorKind::PackedTransactionType, error.to_string())
    };
    Ok(SignedTransaction {
        transaction: Transaction::decode(&mut Decoder::as_node(&transaction)).map_err(malformed)?,
        signatures: packed.signatures.clone(),
        context_free_data: match &data[..] {
            [] => Vec::new(),
            data => Vec::decode(&mut Decoder::as_node(data)).map_err(malformed)?,
        },
    })
}

/// The bytes, decompressed if the transaction says that they are compressed. No bytes stay no
/// bytes.
fn decompressed<'a>(
    packed: &PackedTransaction,
    bytes: &'a [u8],
) -> Result<Cow<'a, [u8]>, ChainError> {
    if packed.compression == Compression::None || bytes.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    match decompress_to_vec_zlib_with_limit(bytes, MAX_DECOMPRESSED) {
        Ok(bytes) => Ok(Cow::Owned(bytes)),
        Err(error) => Err(ChainError::new(
            ErrorKind::TxDecompressionError,
            error.to_string(),
        )),
    }
}
