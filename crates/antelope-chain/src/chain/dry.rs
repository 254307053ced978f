//! Executing packed transactions without keeping what they did: `compute_transaction` and
//! `send_read_only_transaction` of a node. Each works on a fork of the state, so that the chain
//! needs no lock for writing.
//!
//! | | signatures | authorizations | may change the state |
//! |---|---|---|---|
//! | [`Chain::compute_packed`] | ignored | not checked | yes, on the fork |
//! | [`Chain::read_packed`] | ignored | must not be declared | no: such an action fails |

use super::{Chain, Failure};
use crate::observer;
use antelope_ledger::authority::Provided;
use antelope_ledger::transaction::{Input, TransactionContext, TransactionKind, unpack};
use antelope_types::{PackedTransaction, TransactionTrace};
use std::sync::Arc;

impl Chain {
    /// Executes a packed transaction and discards its effects. As on a node, its signatures are not
    /// verified and its actions may declare any authorization.
    ///
    /// # Errors
    /// As for [`push_packed`](Self::push_packed), without the errors of signatures.
    pub fn compute_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        self.dry(
            packed,
            TransactionKind::Ordinary(Provided {
                unchecked: true,
                ..Provided::default()
            }),
        )
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
