//! A chain that many threads share, and that makes blocks by the clock.

use super::{Chain, Failure};
use crate::store::StoreError;
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{ChainError, Checksum256, PackedTransaction, TransactionTrace};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

/// A chain that many threads share. Cheap to clone.
///
/// Of a chain in a folder, a call returns when what it did is on the disk, and those who wait at the
/// same time wait for one writing together. Who reads meanwhile, may see what is not there yet.
///
/// ```
/// use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
/// use antelope_types::name;
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let live = LiveChain::new(Chain::start(Genesis::default(), Arc::new(NoContracts))?);
/// let production = live.produce_every(Duration::from_millis(10))?;
/// live.with(|chain| chain.create_account(name!("alice")))??;
/// while live.fork().head().number() < 4 {
///     std::thread::yield_now();
/// }
/// production.stop()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct LiveChain {
    chain: Arc<Mutex<Chain>>,
    chain_id: Checksum256,
}

impl LiveChain {
    /// Shares a chain.
    pub fn new(chain: Chain) -> Self {
        Self {
            chain_id: chain.chain_id(),
            chain: Arc::new(Mutex::new(chain)),
        }
    }

    /// The chain's id.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// Does something with the chain while nobody else does. All that it does is written to the disk
    /// at once, in the end.
    ///
    /// # Errors
    /// Where it cannot be written; what is there then, only opening the chain tells.
    pub fn with<R>(&self, act: impl FnOnce(&mut Chain) -> R) -> Result<R, StoreError> {
        let (result, owed) = {
            let mut chain = self.lock();
            chain.owing(act)
        };
        owed.map_or(Ok(()), |owed| owed.wait())?;
        Ok(result)
    }

    /// Executes a transaction as it comes over the wire. Its signers are found before the chain is
    /// kept from others.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let recovered = RecoveredTransaction::recover(packed.clone(), &self.chain_id)?;
        let pushed = self.with(|chain| chain.push_recovered(recovered));
        pushed.map_err(ChainError::from)?
    }

    /// The chain as it is now, for itself.
    pub fn fork(&self) -> Chain {
        self.lock().clone()
    }

    /// Makes a block whenever so much time has passed. Its time is that of the machine's clock, as
    /// long as that is ahead of the chain's: a chain that has been elsewhere in the meantime begins
    /// with the present, and one that is in the future goes on there, by half seconds.
    ///
    /// # Errors
    /// Where the system has no thread for it.
    pub fn produce_every(&self, interval: Duration) -> Result<BlockProduction, std::io::Error> {
        let shared = Arc::new(Clock::default());
        let (live, clock) = (self.clone(), Arc::clone(&shared));
        let thread = std::thread::Builder::new().name("producer".to_owned());
        let thread = thread.spawn(move || clock.run(interval, || live.produce()))?;
        Ok(BlockProduction {
            clock: shared,
            thread: Some(thread),
        })
    }

    /// Ends a chain in a folder, as [`Chain::close`]. Who still shares it, changes nothing any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn close(&self) -> Result<(), StoreError> {
        self.lock().end()
    }

    /// Completes the block in the making; the next is of the present, if that has not passed.
    fn produce(&self) -> Result<(), ChainError> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.map_or(0, |now| now.as_micros() as i64);
        let produced = self.with(|chain| {
            let behind = u64::try_from(now - chain.now().micros()).unwrap_or(0);
            chain.advance(Duration::from_micros(behind))
        })?;
        produced.map(drop)
    }

    /// The chain itself.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Chain> {
        // A transaction changes the chain at its end and in one step, so that nothing is half done
        // where a thread has panicked.
        self.chain.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes blocks until it is stopped or dropped.
pub struct BlockProduction {
    clock: Arc<Clock>,
    thread: Option<JoinHandle<()>>,
}

impl BlockProduction {
    /// Why the last block could not be made, if it could not. It is tried again each time.
    pub fn problem(&self) -> Option<ChainError> {
        self.clock.lock().problem.clone()
    }

    /// Makes no more blocks; the one that is being made is complete then.
    ///
    /// # Errors
    /// Why the last block could not be made.
    pub fn stop(mut self) -> Result<(), ChainError> {
        self.end();
        self.problem().map_or(Ok(()), Err)
    }

    fn end(&mut self) {
        self.clock.lock().stopped = true;
        self.clock.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // It holds nothing that a panic could leave half done.
            let _ = thread.join();
        }
    }
}

impl Drop for BlockProduction {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the producer's thread waits by.
#[derive(Default)]
struct Clock {
    state: Mutex<Ticking>,
    changed: Condvar,
}

#[derive(Default)]
struct Ticking {
    stopped: bool,
    problem: Option<ChainError>,
}

impl Clock {
    fn lock(&self) -> MutexGuard<'_, Ticking> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, interval: Duration, tick: impl Fn() -> Result<(), ChainError>) {
        let mut next = Instant::now() + interval;
        loop {
            let mut state = self.lock();
            while let Some(left) = next.checked_duration_since(Instant::now())
                && !left.is_zero()
                && !state.stopped
            {
                let waited = self.changed.wait_timeout(state, left);
                (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            }
            if state.stopped {
                return;
            }
            drop(state);
            let problem = tick().err();
            self.lock().problem = problem;
            // Turns that were missed are not made up for.
            next = (next + interval).max(Instant::now());
        }
    }
}
