//! The keys that have signed a transaction.

use crate::error::{ChainError, ErrorKind, ensure};
use antelope_client::signing;
use antelope_types::{Checksum256, PublicKey, SignedTransaction};
use std::collections::BTreeSet;

/// The keys behind the signatures, for the chain with this id.
pub(crate) fn recover_keys(
    transaction: &SignedTransaction,
    chain_id: &Checksum256,
) -> Result<BTreeSet<PublicKey>, ChainError> {
    let mut keys = BTreeSet::new();
    if transaction.signatures.is_empty() {
        return Ok(keys);
    }
    let data = &transaction.context_free_data;
    let digest = transaction.transaction.signing_digest(chain_id, data);
    for signature in &transaction.signatures {
        let key = signing::recover(&digest, signature)
            .map_err(|error| ChainError::new(ErrorKind::Std, error.to_string()))?;
        ensure!(
            !keys.contains(&key),
            TxDuplicateSig,
            "transaction includes more than one signature signed using the same key associated with public key: {key}"
        );
        keys.insert(key);
    }
    Ok(keys)
}
