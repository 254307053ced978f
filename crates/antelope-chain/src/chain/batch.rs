//! Many signed transactions, whose signers are found on other threads while the chain executes.

use super::{Chain, Failure};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{ChainError, Checksum256, PackedTransaction, TransactionTrace};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Chain {
    /// Executes signed transactions in their order, each for itself: what one of them fails with
    /// changes nothing for the others. The result is that of
    /// [`push_packed`](Self::push_packed) for each, sooner: their signers are found on the other
    /// processors of the machine, which works ahead of the execution.
    ///
    /// Of a chain in a folder, all of them are written to the disk at once, in the end.
    pub fn push_batch(
        &mut self,
        transactions: &[PackedTransaction],
    ) -> Vec<Result<TransactionTrace, Failure>> {
        let (mut results, owed) = self.owing(|chain| chain.push_each(transactions));
        if let Some(Err(error)) = owed.map(|owed| owed.wait()) {
            let error = ChainError::from(error);
            for result in results.iter_mut().filter(|result| result.is_ok()) {
                *result = Err(error.clone().into());
            }
        }
        results
    }

    fn push_each(
        &mut self,
        transactions: &[PackedTransaction],
    ) -> Vec<Result<TransactionTrace, Failure>> {
        let recovery = Recovery::new(transactions, self.chain_id);
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let helpers = (processors - 1).min(transactions.len().saturating_sub(1));
        std::thread::scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(|| while recovery.recover_next() {});
            }
            let execute = |index| {
                let recovered = recovery.take(index)?;
                self.push_recovered(recovered)
            };
            (0..transactions.len()).map(execute).collect()
        })
    }
}

/// Transactions whose signers are being found, by whoever has the time.
struct Recovery<'a> {
    transactions: &'a [PackedTransaction],
    chain_id: Checksum256,
    next: AtomicUsize,
    done: Vec<OnceLock<Result<RecoveredTransaction, ChainError>>>,
}

impl<'a> Recovery<'a> {
    fn new(transactions: &'a [PackedTransaction], chain_id: Checksum256) -> Self {
        Self {
            transactions,
            chain_id,
            next: AtomicUsize::new(0),
            done: transactions.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Does the first that nobody has begun; `false` if there is none.
    fn recover_next(&self) -> bool {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let Some(packed) = self.transactions.get(index) else {
            return false;
        };
        let recovered = RecoveredTransaction::recover(packed.clone(), &self.chain_id);
        // Nobody else has this index.
        let _ = self.done[index].set(recovered);
        true
    }

    /// The transaction at this place. Until it is there, this thread does others.
    fn take(&self, index: usize) -> Result<RecoveredTransaction, ChainError> {
        let done = &self.done[index];
        while done.get().is_none() && self.recover_next() {}
        done.wait().clone()
    }
}
