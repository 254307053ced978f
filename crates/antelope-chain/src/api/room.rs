//! Giving transactions to the chain, and to those that wait where the block has no room.
//!
//! What becomes of a transaction that does not fit into the block in production:
//!
//! | blocks are completed | then |
//! |---|---|
//! | by a clock or on demand, and [`Api::wait_for_room`] was called | it waits for the next block |
//! | the same, without that | it is refused with the error of the block |
//! | with each transaction | the block is completed, and it is tried in the next one. What waited before blocks came so is tried first, and its blocks are completed |
//! | in a fork of another chain | it is refused |
//!
//! A block that is completed rings the bell of a thread, which then tries those that wait, in order of
//! arrival, until the new block is full as well. It holds the chain for two milliseconds at a time, so
//! that new transactions and reads come in between. Whoever has sent a transaction is answered when it
//! was tried: the answer says what it did, as if it had not waited.
//!
//! A transaction that waits is in memory only. That loses nothing that was acknowledged, since it is not
//! acknowledged before it is in a block; a client that gets no answer sends the same bytes again.

use super::send::{After, Pushed, Pushing, Tried};
use super::waiting::{self, Bell, Item, Queue, Verdict, WaitingBounds, does_not_fit, promise};
use super::{Api, Production};
use crate::chain::Chain;
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{ChainError, TimePointSec};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Those that wait for the next block, and the thread that tries them.
pub(super) struct Waiting {
    /// Locked with the chain only, so that nobody waits for it.
    queue: Mutex<Queue<Pushed>>,
    /// Wakes the thread.
    pub(super) bell: Arc<Bell>,
    /// The number of the last list of transactions.
    lists: AtomicU64,
}

impl Waiting {
    /// The queue. A thread that panicked while it had the lock left a whole queue.
    fn queue(&self) -> MutexGuard<'_, Queue<Pushed>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Api {
    /// From now on a transaction that does not fit into the block in production waits for the next
    /// one, as on a node: [`respond`](Self::respond) tells so, and [`answer`](Self::answer) waits.
    /// Without this it is refused with the error of the block.
    ///
    /// Only for a chain whose blocks are completed by others than those who send, such as a clock.
    /// With [`Production::PerTransaction`] nothing waits: the block is completed, and the
    /// transaction is in the next one.
    ///
    /// Starts a thread, which ends with the last clone of this. When called again it changes the
    /// bounds.
    ///
    /// # Errors
    /// Where the system cannot start a thread.
    pub fn wait_for_room(&self, bounds: WaitingBounds) -> io::Result<()> {
        if let Some(waiting) = self.shared.waiting.get() {
            waiting.queue().bound(bounds);
            return Ok(());
        }
        let bell = Arc::<Bell>::default();
        let (heard, shared) = (Arc::clone(&bell), Arc::downgrade(&self.shared));
        let thread = std::thread::Builder::new().name("waiting".to_owned());
        thread.spawn(move || {
            while heard.hear()
                && let Some(shared) = shared.upgrade()
            {
                let api = Self { shared };
                // A fault in one transaction must not end the thread; it was printed.
                let _ = catch_unwind(AssertUnwindSafe(|| api.try_waiting()));
            }
        })?;
        let rung = Arc::clone(&bell);
        self.shared.chain.on_block(move |_| rung.ring());
        let waiting = Waiting {
            queue: Mutex::new(Queue::new(bounds, Arc::clone(&bell))),
            bell,
            lists: AtomicU64::new(0),
        };
        if let Err(second) = self.shared.waiting.set(waiting) {
            // Another thread has done the same meanwhile.
            second.bell.close();
        }
        Ok(())
    }

    /// How many transactions wait for the next block.
    pub fn waiting(&self) -> usize {
        let waiting = self.shared.waiting.get();
        waiting.map_or(0, |waiting| waiting.bell.waiting())
    }

    /// A number for a list of transactions that are to be executed in order.
    pub(super) fn next_list(&self) -> u64 {
        let waiting = self.shared.waiting.get();
        waiting.map_or(0, |waiting| waiting.lists.fetch_add(1, Ordering::Relaxed))
    }

    /// [`push`](Self::push); in a fork, again until nothing is missed.
    ///
    /// # Errors
    /// As for `push`, and where what it misses cannot be had.
    pub(super) fn push_fetching(
        &self,
        recovered: RecoveredTransaction,
        list: Option<u64>,
    ) -> Result<Pushing, ChainError> {
        match self.is_fork() {
            true => self.fetching(|| self.push(recovered.clone(), list))?,
            false => self.push(recovered, list),
        }
    }

    /// Executes a transaction and keeps what it did, or keeps the transaction for the next block. In a
    /// fork nothing waits.
    ///
    /// # Errors
    /// Where the chain's folder fails, or there is no room for one more that waits.
    pub(super) fn push(
        &self,
        recovered: RecoveredTransaction,
        list: Option<u64>,
    ) -> Result<Pushing, ChainError> {
        let expiration = recovered.expiration();
        let waiting = self.shared.waiting.get();
        // In a fork it may have to be done again, which nobody does later.
        let waiting = waiting.filter(|_| !self.is_fork());
        let pushed = self.shared.chain.with(|chain| {
            // It changes with the chain locked only.
            let completes = self.production() == Production::PerTransaction;
            let queue = waiting.map(Waiting::queue);
            // Those that have waited since before blocks came with transactions are not overtaken.
            let Some(mut queue) = queue.filter(|queue| !completes || !queue.is_empty()) else {
                return self.push_by_itself(chain, recovered).map(Pushing::Done);
            };
            let pushing = push_or_keep(chain, &mut queue, recovered, list)?;
            if completes && matches!(&pushing, Pushing::Done((Ok(_), _))) {
                chain.produce_block()?;
            }
            Ok(pushing)
        });
        let pushed = pushed.map_err(ChainError::from)??;
        if let Pushing::Done((result, _)) = &pushed {
            self.keep_trace(result, expiration);
        }
        Ok(pushed)
    }

    /// Executes a transaction, and completes its block where blocks come with transactions. There a
    /// block that is too full for it, with deferred transactions, is completed before.
    ///
    /// # Errors
    /// Where a block cannot be completed. A transaction that fails is a result.
    fn push_by_itself(
        &self,
        chain: &mut Chain,
        mut recovered: RecoveredTransaction,
    ) -> Result<(Tried, After), ChainError> {
        let completes = self.production() == Production::PerTransaction;
        let result = loop {
            // A block without transactions has all the room that there can be.
            let spare = completes && !chain.is_block_empty() && !waiting::has_ample_room(chain);
            let spare = spare.then(|| recovered.clone());
            match (chain.push_recovered(recovered), spare) {
                (Err(failure), Some(spare)) if does_not_fit(failure.error().kind()) => {
                    chain.produce_block()?;
                    recovered = spare;
                }
                (result, _) => break result,
            }
        };
        if result.is_ok() && completes {
            chain.produce_block()?;
        }
        let after = After::of(chain, &result);
        Ok((result, after))
    }

    /// Tries those that wait in the block in production, until each was tried or it is full.
    fn try_waiting(&self) {
        let Some(waiting) = self.shared.waiting.get() else {
            return;
        };
        loop {
            let mut ended = Vec::new();
            let passed = self.shared.chain.with(|chain| {
                let mut queue = waiting.queue();
                let passed = queue.pass(chain, |chain, item, tried| {
                    let after = After::of(chain, &tried);
                    ended.push((item, tried, after));
                });
                let idle = chain.is_block_empty() && queue.is_empty();
                if self.production() != Production::PerTransaction || idle {
                    return Ok(passed);
                }
                // Nobody else completes the block of those that have waited.
                chain.produce_block()?;
                Ok(queue.is_empty())
            });
            let (passed, failed) = match passed.map_err(ChainError::from).flatten() {
                Ok(passed) => (passed, None),
                Err(error) => (true, Some(error)),
            };
            for (item, tried, after) in ended {
                let Item {
                    recovered, promise, ..
                } = item;
                promise.give(match &failed {
                    // It is unknown whether it is on the disk.
                    Some(error) if tried.is_ok() => Err(error.clone()),
                    _ => {
                        self.keep_trace(&tried, recovered.expiration());
                        Ok((tried, after))
                    }
                });
            }
            if passed {
                return;
            }
            self.shared.chain.let_others();
        }
    }

    /// Keeps the trace of a transaction that succeeded.
    fn keep_trace(&self, result: &Tried, expiration: TimePointSec) {
        if let Ok(trace) = result {
            let traces = &self.shared.traces;
            traces.keep(&Arc::new(trace.clone()), expiration);
        }
    }
}

/// Executes a transaction, or keeps it where the block has no room for it or others are before it.
///
/// It is copied before it is executed only where the block has little room, since one that does not fit
/// is needed again.
///
/// # Errors
/// Those of [`Queue::receive`] and [`Queue::keep`].
fn push_or_keep(
    chain: &mut Chain,
    queue: &mut Queue<Pushed>,
    recovered: RecoveredTransaction,
    list: Option<u64>,
) -> Result<Pushing, ChainError> {
    let spare = match queue.receive(chain, &recovered, list)? {
        Verdict::Wait => return keep(queue, recovered, list, false),
        Verdict::Try { spare } => spare.then(|| recovered.clone()),
    };
    let result = chain.push_recovered(recovered);
    match (&result, spare) {
        (Err(failure), Some(spare)) if does_not_fit(failure.error().kind()) => {
            keep(queue, spare, list, true)
        }
        _ => {
            let after = After::of(chain, &result);
            Ok(Pushing::Done((result, after)))
        }
    }
}

/// Keeps a transaction for the next block; `tried` says whether it did not fit into this one.
///
/// # Errors
/// Those of [`Queue::keep`].
fn keep(
    queue: &mut Queue<Pushed>,
    recovered: RecoveredTransaction,
    list: Option<u64>,
    tried: bool,
) -> Result<Pushing, ChainError> {
    let (promise, promised) = promise();
    let item = Item {
        recovered,
        list,
        promise,
    };
    queue.keep(item, tried)?;
    Ok(Pushing::Waits(promised))
}
