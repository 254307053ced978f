//! A transaction whose signers are known: what can be found out before the chain is needed.

use super::unpack;
use antelope_keys::recovery::recover_canonical;
use antelope_types::{
    ChainError, Checksum256, PackedTransaction, PublicKey, Signature, SignedTransaction,
    TimePointSec, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A transaction as it came over the wire, unpacked, with its id and the keys that have signed it.
///
/// Recovering the keys takes longer than executing most transactions. It needs nothing of a chain
/// but its id, so it can be done on any thread, while the chain is busy with other transactions.
///
/// ```
/// use antelope_keys::signing::Signer;
/// use antelope_ledger::DEVELOPMENT_KEY;
/// use antelope_ledger::transaction::RecoveredTransaction;
/// use antelope_types::{Checksum256, PackedTransaction, SignedTransaction, Transaction};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let chain_id = Checksum256([7; 32]);
/// let transaction = Transaction::default();
/// let digest = transaction.signing_digest(&chain_id, &[]);
/// let packed = PackedTransaction::pack(&SignedTransaction {
///     signatures: vec![DEVELOPMENT_KEY.sign(&digest)?],
///     transaction,
///     ..SignedTransaction::default()
/// });
/// let recovered = std::thread::spawn(move || RecoveredTransaction::recover(packed, &chain_id));
/// let recovered = recovered.join().expect("the thread recovers a key without panicking")?;
/// assert!(recovered.keys().contains(&DEVELOPMENT_KEY.public_key()));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct RecoveredTransaction {
    /// The id of the transaction.
    id: Checksum256,
    /// The transaction, unpacked.
    signed: Arc<SignedTransaction>,
    /// The transaction as it came.
    packed: PackedTransaction,
    /// The keys that have signed it.
    keys: BTreeSet<PublicKey>,
    /// The chain for which the keys were recovered.
    chain_id: Checksum256,
}

impl RecoveredTransaction {
    /// Unpacks the transaction and recovers the keys that have signed it for the chain with this
    /// id.
    ///
    /// For another chain the same signatures give other keys, so no error tells that the id is
    /// wrong: the authority check will find the keys useless.
    ///
    /// # Errors
    /// - As [`unpack`] if the bytes are not a transaction.
    /// - `sig_variable_size_limit_exception` (3100011) if a WebAuthn signature has more than 16 384
    ///   bytes of data.
    /// - As `recover_canonical` of `antelope-keys` if a signature is malformed or not canonical.
    /// - `tx_duplicate_sig` (3090001) if two signatures are of the same key.
    pub fn recover(packed: PackedTransaction, chain_id: &Checksum256) -> Result<Self, ChainError> {
        let signed = unpack(&packed)?;
        Self::recover_unpacked(packed, signed, chain_id)
    }

    /// [`recover`](Self::recover) for a caller who has unpacked the transaction already: `signed`
    /// must be what [`unpack`] makes of `packed`.
    ///
    /// # Errors
    /// As for [`recover`](Self::recover).
    pub fn recover_unpacked(
        packed: PackedTransaction,
        signed: SignedTransaction,
        chain_id: &Checksum256,
    ) -> Result<Self, ChainError> {
        let keys = recover_keys(&signed, chain_id)?;
        Ok(Self {
            id: signed.transaction.id(),
            signed: Arc::new(signed),
            packed,
            keys,
            chain_id: *chain_id,
        })
    }

    /// The time after which no block may include the transaction.
    pub fn expiration(&self) -> TimePointSec {
        self.signed.transaction.header.expiration
    }

    /// The id of the transaction.
    pub fn id(&self) -> Checksum256 {
        self.id
    }

    /// The transaction with its signatures, unpacked.
    pub fn signed(&self) -> &SignedTransaction {
        &self.signed
    }

    /// The transaction as it came.
    pub fn packed(&self) -> &PackedTransaction {
        &self.packed
    }

    /// The id of the chain for which the keys were recovered.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// The transaction unpacked, the transaction as it came, and the keys that have signed it.
    pub fn into_parts(
        self,
    ) -> (
        Arc<SignedTransaction>,
        PackedTransaction,
        BTreeSet<PublicKey>,
    ) {
        (self.signed, self.packed, self.keys)
    }

    /// The keys that have signed it.
    pub fn keys(&self) -> &BTreeSet<PublicKey> {
        &self.keys
    }
}

/// The bytes that the data of a WebAuthn signature may have: the default of a node's option
/// `maximum-variable-signature-length`.
const MAX_SIGNATURE_DATA: usize = 16_384;

/// Refuses a signature with too much data, as `transaction_metadata::check_variable_sig_size` of a
/// node does before it recovers any key.
fn check_length(signature: &Signature) -> Result<(), ChainError> {
    let Signature::WebAuthn(signature) = signature else {
        return Ok(());
    };
    let length = signature.auth_data.len() + signature.client_json.len();
    ensure!(
        length <= MAX_SIGNATURE_DATA,
        SigVariableSizeLimit,
        "signature variable length component size ({length}) greater than subjective maximum ({MAX_SIGNATURE_DATA})"
    );
    Ok(())
}

/// Recovers the key of each signature over the digest for this chain.
fn recover_keys(
    transaction: &SignedTransaction,
    chain_id: &Checksum256,
) -> Result<BTreeSet<PublicKey>, ChainError> {
    let mut keys = BTreeSet::new();
    if transaction.signatures.is_empty() {
        return Ok(keys);
    }
    for signature in &transaction.signatures {
        check_length(signature)?;
    }
    let data = &transaction.context_free_data;
    let digest = transaction.transaction.signing_digest(chain_id, data);
    for signature in &transaction.signatures {
        recover_next(&digest, signature, &mut keys).map_err(ChainError::passed_on)?;
    }
    Ok(keys)
}

/// Recovers the key of one signature and adds it to those before.
fn recover_next(
    digest: &Checksum256,
    signature: &Signature,
    keys: &mut BTreeSet<PublicKey>,
) -> Result<(), ChainError> {
    let key = recover_canonical(digest, signature)?;
    ensure!(
        !keys.contains(&key),
        TxDuplicateSig,
        "transaction includes more than one signature signed using the same key associated with public key: {key}"
    );
    keys.insert(key);
    Ok(())
}
