//! Blocks by the clock.
//!
//! Each tick completes a block and begins the next one at the clock's time, or 500 ms later where the
//! chain is ahead. Clocks jump: a machine sleeps, or somebody sets its time.
//!
//! | the clock | the chain |
//! |---|---|
//! | goes on | a block at each tick |
//! | is far ahead, after a sleep or a jump | continues with the present: the last blocks before it are made one by one, so that clients find a recent head; a warning |
//! | is far behind, after it was set back | goes on by 500 ms a tick from where it is, until the clock has caught up; a warning |
//!
//! No time of a block is before that of an earlier one.

use antelope_chain::api::Api;
use antelope_chain::{ChainError, LiveChain};
use antelope_types::TimePoint;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A difference between clock and chain that is told, in µs.
const FAR: i64 = 10_000_000;

/// Blocks that are made one by one before the present: what clients refer to.
const RECENT: u64 = 4;

/// A clock of the machine, or one that a test sets.
#[derive(Clone)]
pub struct WallClock(Arc<dyn Fn() -> TimePoint + Send + Sync>);

impl WallClock {
    /// A clock that says what this function says.
    pub fn new(now: impl Fn() -> TimePoint + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What time it is.
    pub fn now(&self) -> TimePoint {
        (self.0)()
    }
}

impl Default for WallClock {
    /// The machine's clock. Before 1970 it stands still.
    fn default() -> Self {
        Self::new(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            let micros = now.map_or(0, |now| now.as_micros());
            TimePoint::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
        })
    }
}

impl fmt::Debug for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WallClock").field(&self.now()).finish()
    }
}

/// What a thread does at each tick.
pub(crate) struct Ticker {
    api: Api,
    live: LiveChain,
    clock: WallClock,
    /// Whether blocks are made; otherwise only the folder is looked after.
    makes_blocks: bool,
    /// Whether the chain was far ahead of the clock.
    was_ahead: bool,
    /// The last problem that was told.
    told: Option<String>,
    /// The last problem with files that are of no use any more.
    left: Option<String>,
}

impl Ticker {
    pub(crate) fn new(api: Api, live: LiveChain, clock: WallClock, makes_blocks: bool) -> Self {
        Self {
            api,
            live,
            clock,
            makes_blocks,
            was_ahead: false,
            told: None,
            left: None,
        }
    }

    /// Makes a block, or looks after the folder, and tells of problems when they come and go.
    pub(crate) fn tick(&mut self) {
        let done = match self.makes_blocks {
            true => self.produce(),
            false => self.verify(),
        };
        let problem = done.err().map(|error| error.to_string());
        self.tell_of_leftovers();
        if problem == self.told {
            return;
        }
        match &problem {
            Some(problem) => tracing::error!(
                %problem,
                "no block can be completed, and no transaction is taken; what was acknowledged is kept. \
                 It is tried again with each block"
            ),
            None => tracing::info!("blocks are completed again"),
        }
        self.told = problem;
    }

    /// Tells of older files that cannot be removed, once for each reason. They harm nobody but the room
    /// of the disk.
    fn tell_of_leftovers(&mut self) {
        let Ok(left) = self.live.with(|chain| chain.leftover_files()) else {
            return;
        };
        if let Some(problem) = left.as_ref().filter(|_| left != self.left) {
            tracing::warn!(
                %problem,
                "older files of the folder stay, and take room; each checkpoint tries to remove them again"
            );
        }
        self.left = left;
    }

    fn verify(&self) -> Result<(), ChainError> {
        match self.live.problem() {
            // Trying is the only way to know.
            Some(_) => self.live.with(|chain| chain.produce_block())?.map(drop),
            None => Ok(self.live.with(|chain| chain.verify_files())??),
        }
    }

    fn produce(&mut self) -> Result<(), ChainError> {
        let now = self.clock.now();
        let ahead = self.api.now().micros().saturating_sub(now.micros());
        if ahead < -FAR {
            let seconds = -ahead / 1_000_000;
            tracing::warn!(
                seconds,
                %now,
                "the clock is far ahead of the chain: the machine slept or its time was set; the chain \
                 continues with the present"
            );
        }
        if (ahead > FAR) != self.was_ahead {
            self.was_ahead = ahead > FAR;
            let seconds = ahead / 1_000_000;
            match self.was_ahead {
                true => tracing::warn!(
                    seconds,
                    %now,
                    "the chain is ahead of the clock: the machine's time was set back, or the chain's \
                     was moved on; blocks go on 500 ms apart from the chain's time"
                ),
                false => tracing::info!("the clock has caught up with the chain"),
            }
        }
        let behind = u64::try_from(-ahead).unwrap_or(0);
        if behind > RECENT * 500_000 {
            return self.api.jump_to(now);
        }
        let produced = self
            .live
            .with(|chain| chain.advance(Duration::from_micros(behind)))?;
        produced.map(drop)
    }
}

/// A thread that ticks until it is stopped or dropped.
pub(crate) struct Producer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Tells the thread to stop, and wakes it.
#[derive(Default)]
struct Shared {
    stopped: Mutex<bool>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, bool> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Producer {
    /// Starts the thread.
    ///
    /// # Errors
    /// Where the system has none.
    pub(crate) fn start(mut ticker: Ticker, interval: Duration) -> Result<Self, std::io::Error> {
        let shared = Arc::<Shared>::default();
        let waiting = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("producer".to_owned());
        let thread = thread.spawn(move || {
            let mut next = Instant::now() + interval;
            while waiting.wait_until(next) {
                ticker.tick();
                // Ticks that were missed are skipped.
                next = (next + interval).max(Instant::now());
            }
        })?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Stops the thread and waits for it; a block that is being completed is complete then.
    pub(crate) fn stop(&mut self) {
        *self.shared.lock() = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic of it was printed.
            let _ = thread.join();
        }
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    /// Waits until this moment; whether to go on.
    fn wait_until(&self, next: Instant) -> bool {
        let mut stopped = self.lock();
        while !*stopped {
            let left = next.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.changed.wait_timeout(stopped, left);
            (stopped, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
        !*stopped
    }
}

#[cfg(test)]
mod tests;
