//! Signed transactions.

use antelope_chain::{Chain, DEVELOPMENT_KEY};
use antelope_rpc_client::signing::Signer;
use antelope_types::{Checksum256, SignedTransaction, Transaction};

/// Signs with the development key.
pub fn sign(chain: &Chain, transaction: Transaction) -> SignedTransaction {
    sign_with(&chain.chain_id(), transaction, &[&DEVELOPMENT_KEY])
}

/// Signs for the chain of this id.
pub fn sign_with<S: Signer + ?Sized>(
    chain: &Checksum256,
    transaction: Transaction,
    keys: &[&S],
) -> SignedTransaction {
    sign_with_data(chain, transaction, Vec::new(), keys)
}

/// Signs a transaction with data that its context-free actions read.
pub fn sign_with_data<S: Signer + ?Sized>(
    chain: &Checksum256,
    transaction: Transaction,
    context_free_data: Vec<Vec<u8>>,
    keys: &[&S],
) -> SignedTransaction {
    let digest = transaction.signing_digest(chain, &context_free_data);
    let signatures = keys.iter().map(|key| key.sign(&digest).unwrap());
    SignedTransaction {
        signatures: signatures.collect(),
        transaction,
        context_free_data,
    }
}
