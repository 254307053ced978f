//! Transactions from the wire that leave nothing behind.

use super::{Chain, Failure};
use crate::observer;
use antelope_ledger::authority::Provided;
use antelope_ledger::transaction::{Input, Kind, TransactionContext, check_not_delayed, unpack};
use antelope_types::{ChainError, ErrorKind, PackedTransaction, TransactionTrace};
use std::sync::Arc;

impl Chain {
    /// Executes a transaction as it comes over the wire, and forgets what it did. As on a node, its
    /// signatures are not looked at, and its actions may declare any authority.
    ///
    /// # Errors
    /// As [`push_packed`](Self::push_packed). Where nobody authorizes anything, nodes let it through
    /// to where they look for the limits of who pays, and find no account of the empty name.
    pub fn compute_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let unchecked = Provided {
            unchecked: true,
            ..Provided::default()
        };
        let computed = self.dry(packed, Kind::Ordinary(unchecked));
        computed.map_err(|failure| match failure.error().kind() {
            ErrorKind::TxNoAuths => {
                ChainError::new(ErrorKind::Std, "unknown key (eosio::chain::name): ").into()
            }
            _ => failure,
        })
    }

    /// Asks by a transaction as it comes over the wire, whose actions change nothing and that
    /// nobody has signed.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        self.dry(packed, Kind::ReadOnly)
    }

    fn dry(&self, packed: &PackedTransaction, kind: Kind) -> Result<TransactionTrace, Failure> {
        let signed = unpack(packed)?;
        if !matches!(kind, Kind::ReadOnly) {
            check_not_delayed(&signed.transaction.header)?;
        }
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
