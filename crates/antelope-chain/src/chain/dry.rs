//! Executing packed transactions without keeping what they did: `compute_transaction` and
//! `send_read_only_transaction` of a node. Each works on a fork of the state, so that the chain
//! needs no lock for writing.
//!
//! | | signatures | authorizations | may change the state |
//! |---|---|---|---|
//! | [`Chain::compute_packed`] | must be recoverable; whose keys they are does not matter | must be relevant, need not be satisfied | yes, on the fork |
//! | [`Chain::read_packed`] | ignored | must not be declared | no: such an action fails |

use super::{Chain, Failure};
use crate::observer;
use antelope_ledger::authority::Provided;
use antelope_ledger::transaction::{
    Input, RecoveredTransaction, TransactionContext, TransactionKind, check_not_delayed, unpack,
};
use antelope_types::{ChainError, ErrorDetail, ErrorKind, PackedTransaction, TransactionTrace};
use std::sync::Arc;

impl Chain {
    /// Executes a packed transaction and discards its effects. As on a node, it need not be signed, and
    /// its actions may declare any authorization that is strong enough for them. Signatures that are
    /// there must have keys.
    ///
    /// # Errors
    /// As for [`push_packed`](Self::push_packed), without those of authorities that are not satisfied.
    /// Where no action
    /// declares an authorization, nodes get as far as the limits of the first authorizer, and find no
    /// account of the empty name: `std::exception`.
    pub fn compute_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let unchecked = Provided {
            unchecked: true,
            ..Provided::default()
        };
        let signed = unpack(packed)?;
        check_not_delayed(&signed.transaction.header)?;
        RecoveredTransaction::recover_unpacked(packed.clone(), signed, &self.chain_id())?;
        let computed = self.dry(packed, TransactionKind::Ordinary(unchecked));
        computed.map_err(|failure| match failure.error().kind() {
            ErrorKind::TxNoAuths => no_authorizer().into(),
            _ => failure,
        })
    }

    /// Executes a packed read-only transaction: its actions must change nothing and declare no
    /// authorization.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        self.dry(packed, TransactionKind::ReadOnly)
    }

    /// Executes on a fork of the state.
    fn dry(
        &self,
        packed: &PackedTransaction,
        kind: TransactionKind,
    ) -> Result<TransactionTrace, Failure> {
        let signed = unpack(packed)?;
        let input = Input {
            id: signed.transaction.id(),
            packed_bytes: packed.packed_trx.len(),
            prunable_bytes: TransactionContext::prunable_bytes(packed),
            transaction: Arc::new(signed),
            kind,
        };
        let mut state = self.state.clone();
        let result =
            TransactionContext::execute(&mut state, &*self.executor, self.environment(), input);
        let outcome = result.map_err(|failed| self.failure(failed))?;
        observer::read(&outcome.trace);
        Ok(outcome.trace)
    }
}

/// What a node says of limits of an account without a name: an error of its database, passed on.
fn no_authorizer() -> ChainError {
    let error = ChainError::unknown_key("eosio::chain::name", "");
    let what = error.what().to_owned();
    let details = vec![ErrorDetail::new(format!("rethrow {what}: "))];
    ChainError::from_node(
        error.code(),
        error.name().to_owned().into(),
        what.into(),
        details,
    )
}
