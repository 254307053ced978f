//! Executing many signed transactions, with their signatures recovered on other threads meanwhile.
//!
//! Recovering a key from a signature takes longer than executing most transactions, and needs
//! nothing of the chain. So helper threads recover ahead, in order, while this thread executes. If
//! it catches up with them, it recovers as well instead of waiting.
//!
//! ```text
//! this thread   execute 0 | execute 1 | execute 2 | …
//! helper 1      recover 0 | recover 2 | recover 4 | …
//! helper 2      recover 1 | recover 3 | recover 5 | …
//! ```

use super::{Chain, Failure};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{ChainError, Checksum256, PackedTransaction, TransactionTrace};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

impl Chain {
    /// Executes signed transactions in their order, each independently: the failure of one does not
    /// affect the others. The results are those of [`push_packed`](Self::push_packed) for each,
    /// obtained sooner: signatures are recovered on the machine's other processors, ahead of the
    /// execution.
    ///
    /// In a chain that is kept in a folder, all of them are written and then waited for once. If
    /// that fails, every success becomes a failure, since it is unknown which are on the disk.
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

    /// Executes them, with as many helper threads as there are other processors.
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

/// Transactions whose signatures are being recovered. Shared by reference between the threads of a
/// scope.
struct Recovery<'a> {
    transactions: &'a [PackedTransaction],
    chain_id: Checksum256,
    /// The first transaction that no thread has taken.
    next: AtomicUsize,
    /// What has been recovered, by index, until it is executed.
    done: Vec<OnceLock<Mutex<Option<Recovered>>>>,
}

/// A transaction with its signers, or why there are none.
type Recovered = Result<RecoveredTransaction, ChainError>;

impl<'a> Recovery<'a> {
    /// Nothing recovered yet.
    fn new(transactions: &'a [PackedTransaction], chain_id: Checksum256) -> Self {
        Self {
            transactions,
            chain_id,
            next: AtomicUsize::new(0),
            done: transactions.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Recovers the next transaction that no thread has taken; `false` if there is none.
    fn recover_next(&self) -> bool {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= self.transactions.len() {
            return false;
        }
        let recovered = self.recover(index);
        // Each index is taken by one thread only, so that setting cannot fail.
        let _ = self.done[index].set(Mutex::new(Some(recovered)));
        true
    }

    /// The transaction with this index, once. If it is not ready, this thread recovers others until
    /// it is, and then waits for the thread that has it.
    fn take(&self, index: usize) -> Recovered {
        let done = &self.done[index];
        while done.get().is_none() && self.recover_next() {}
        // Taking it out saves a copy, which costs more than the lock that nobody contends for.
        let mut done = done.wait().lock().unwrap_or_else(PoisonError::into_inner);
        done.take().unwrap_or_else(|| self.recover(index))
    }

    /// Recovers the transaction with this index, which exists.
    fn recover(&self, index: usize) -> Recovered {
        RecoveredTransaction::recover(self.transactions[index].clone(), &self.chain_id)
    }
}
