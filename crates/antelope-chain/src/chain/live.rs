//! A chain that threads share, and that produces blocks by the clock.
//!
//! # Locks
//!
//! There is one lock, on the chain. It is held while a transaction executes or a block is
//! completed, and not while signatures are recovered or the disk is waited for. Readers take a
//! fork, which holds the lock for the time of a clone. A second lock, in the `Group` of the store,
//! is taken with the first one held and never the other way round.

mod news;

use super::{Chain, Failure};
use crate::history::History;
use crate::store::{Durability, StoreError};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{ChainError, Checksum256, PackedTransaction, TransactionTrace};
use news::News;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

/// How long a thread that needs the chain again and again lets others have it.
const OTHERS: Duration = Duration::from_millis(1);

/// How long a reader that must not be kept waiting tries to have the chain: some transactions of usual
/// length. To hand a call over to another thread takes as long.
const SHORT: Duration = Duration::from_micros(200);

/// A chain shared by threads; clones refer to the same chain.
///
/// For a chain in a folder, a call returns when what it did is on the disk; callers that wait at
/// the same time share one `fsync`. A reader may see changes before they are on the disk.
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
    /// The chain.
    chain: Arc<Mutex<Chain>>,
    /// What is told of blocks that are complete and on the disk.
    news: Arc<News>,
    /// Known without the lock, since signatures are recovered without it.
    chain_id: Checksum256,
    /// What waits for the disk; `None` for a chain in memory.
    durability: Option<Durability>,
    /// How many threads wait for the lock.
    wanted: Arc<AtomicUsize>,
}

impl LiveChain {
    /// Shares a chain.
    pub fn new(chain: Chain) -> Self {
        Self {
            chain_id: chain.chain_id(),
            durability: chain.durability(),
            news: Arc::new(News::of(&chain)),
            chain: Arc::new(Mutex::new(chain)),
            wanted: Arc::default(),
        }
    }

    /// The chain's id.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// What waits for the disk; `None` for a chain in memory.
    pub(crate) fn durability(&self) -> Option<Durability> {
        self.durability
    }

    /// Runs a function with exclusive access to the chain. Everything it did is written and then
    /// waited for once, after the lock is released.
    ///
    /// # Errors
    /// [`StoreError`] where that fails: it is unknown then what is on the disk, and the result is
    /// discarded.
    pub fn with<R>(&self, act: impl FnOnce(&mut Chain) -> R) -> Result<R, StoreError> {
        let (result, owed, block) = {
            let mut chain = self.lock();
            let (result, owed) = chain.owing(act);
            (result, owed, self.news.block(&chain))
        };
        owed.map_or(Ok(()), |owed| owed.wait())?;
        self.news.tell(block);
        Ok(result)
    }

    /// Runs a function with exclusive access to the chain; each of its calls waits for the disk by
    /// itself.
    pub(crate) fn exclusively<R>(&self, act: impl FnOnce(&mut Chain) -> R) -> R {
        let (result, block) = {
            let mut chain = self.lock();
            (act(&mut chain), self.news.block(&chain))
        };
        self.news.tell(block);
        result
    }

    /// The history after the last block that is complete and on the disk; `None` where the chain
    /// does not record. Does not take the chain's lock.
    pub fn history(&self) -> Option<History> {
        self.news.history()
    }

    /// Calls the listener after each block that is complete and on the disk, with its number.
    ///
    /// It is called on the thread that has completed the block, without locks, and must be quick.
    /// Where threads complete blocks at the same time, numbers may be left out or come in another
    /// order: what is there to read is [`history`](Self::history). After a revert the number may be
    /// lower than before.
    pub fn on_block(&self, listener: impl Fn(u32) + Send + Sync + 'static) {
        self.news.add(Arc::new(listener));
    }

    /// Executes a packed transaction. Its signatures are recovered before the lock is taken.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push_packed(&self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let recovered = RecoveredTransaction::recover(packed.clone(), &self.chain_id)?;
        let pushed = self.with(|chain| chain.push_recovered(recovered));
        pushed.map_err(ChainError::from)?
    }

    /// Why the chain takes no transactions now; see [`Chain::problem`]. A fork does not know.
    pub fn problem(&self) -> Option<String> {
        self.lock().problem()
    }

    /// A fork of the chain as it is now.
    pub fn fork(&self) -> Chain {
        self.lock().clone()
    }

    /// Reads from the chain, unless another thread has it locked for longer than [`SHORT`]. The chain
    /// is locked meanwhile, so `read` must be short and must not wait for anything.
    ///
    /// Gives its processor up between tries, so that the thread that has the chain may run on it.
    pub(crate) fn try_read<R>(&self, read: impl FnOnce(&Chain) -> R) -> Option<R> {
        let mut began = None;
        loop {
            match self.chain.try_lock() {
                Ok(chain) => return Some(read(&chain)),
                Err(TryLockError::Poisoned(poisoned)) => return Some(read(&poisoned.into_inner())),
                Err(TryLockError::WouldBlock) => {
                    if began.get_or_insert_with(Instant::now).elapsed() > SHORT {
                        return None;
                    }
                    std::thread::yield_now();
                }
            }
        }
    }

    /// Starts a thread that completes a block at each interval.
    ///
    /// The next block's time is that of the machine's clock if that is later than 500 ms after the
    /// last block: a chain that was stopped for a day continues with the present. Otherwise it is
    /// 500 ms later, so that a chain whose time is in the future goes on there.
    ///
    /// # Errors
    /// Where the system cannot start a thread.
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

    /// Closes a chain in a folder, as [`Chain::close`] does. Others that share it can still read;
    /// their transactions fail.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn close(&self) -> Result<(), StoreError> {
        self.lock().end()
    }

    /// Completes the block in production, and starts the next at the present time or one slot
    /// later.
    fn produce(&self) -> Result<(), ChainError> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.map_or(0, |now| now.as_micros() as i64);
        let produced = self.with(|chain| {
            let behind = u64::try_from(now - chain.now().micros()).unwrap_or(0);
            chain.advance(Duration::from_micros(behind))
        })?;
        produced.map(drop)
    }

    /// Locks the chain.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Chain> {
        self.wanted.fetch_add(1, Ordering::Relaxed);
        // A transaction takes effect at its end and in one step, so that a thread which panicked
        // has left the chain consistent.
        let chain = self.chain.lock().unwrap_or_else(PoisonError::into_inner);
        self.wanted.fetch_sub(1, Ordering::Relaxed);
        chain
    }

    /// Lets those have the chain who wait for it now, for the time of a few calls. For a thread that
    /// locks it again and again: the lock goes to whoever asks first, which is the thread that has
    /// just released it.
    pub(crate) fn let_others(&self) {
        let began = Instant::now();
        while self.wanted.load(Ordering::Relaxed) > 0 && began.elapsed() < OTHERS {
            std::thread::yield_now();
        }
    }
}

/// A thread that produces blocks, until it is stopped or dropped.
pub struct BlockProduction {
    clock: Arc<Clock>,
    thread: Option<JoinHandle<()>>,
}

impl BlockProduction {
    /// Why the last block could not be completed, if it could not. The thread tries again at each
    /// interval.
    pub fn problem(&self) -> Option<ChainError> {
        self.clock.lock().problem.clone()
    }

    /// Stops the thread and waits for it; a block that is being completed is complete then.
    ///
    /// # Errors
    /// As for [`problem`](Self::problem).
    pub fn stop(mut self) -> Result<(), ChainError> {
        self.end();
        self.problem().map_or(Ok(()), Err)
    }

    /// Stops the thread and waits for it.
    fn end(&mut self) {
        self.clock.lock().stopped = true;
        self.clock.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // It holds nothing that a panic could leave inconsistent.
            let _ = thread.join();
        }
    }
}

impl Drop for BlockProduction {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the producing thread waits on.
#[derive(Default)]
struct Clock {
    state: Mutex<Ticking>,
    /// Signalled when it is to stop, so that stopping does not take an interval.
    changed: Condvar,
}

/// What the lock protects.
#[derive(Default)]
struct Ticking {
    stopped: bool,
    problem: Option<ChainError>,
}

impl Clock {
    /// Takes the lock.
    fn lock(&self) -> MutexGuard<'_, Ticking> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `tick` at each interval until stopped. Holds the lock only while waiting.
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
            // Ticks that were missed, as when a block took longer than an interval, are skipped.
            next = (next + interval).max(Instant::now());
        }
    }
}
