//! Transactions from the wire that leave nothing behind.

use super::{Chain, Failure};
use crate::observer;
use antelope_ledger::authority::Provided;
use antelope_ledger::transaction::{Input, TransactionContext, TransactionKind, unpack};
use antelope_types::{PackedTransaction, TransactionTrace};
use std::sync::Arc;

impl Chain {
    /// Executes a transaction as it comes over the wire, and forgets what it did. As on a node, its
    /// signatures are not looked at, and its actions may declare any authority.
    ///
    /// # Errors
    /// As [`push_packed`](Self::push_packed).
    pub fn compute_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        self.dry(
            packed,
            TransactionKind::Ordinary(Provided {
                unchecked: true,
                ..Provided::default()
            }),
        )
    }

    /// Asks by a transaction as it comes over the wire, whose actions change nothing and that
    /// nobody has signed.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        self.dry(packed, TransactionKind::ReadOnly)
    }

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
