//! Transactions as they come over the wire.

use antelope_types::{
    ChainError, Compression, Decode, Decoder, ErrorKind, PackedTransaction, SignedTransaction,
    Transaction,
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::borrow::Cow;

/// The most bytes that a compressed transaction may become, as in nodes.
const MAX_DECOMPRESSED: usize = 1024 * 1024;

/// The transaction within. As on a node, bytes that follow it belong to nobody, and numbers may be
/// written longer than they are: what was signed is the transaction.
///
/// # Errors
/// Where there is none.
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
