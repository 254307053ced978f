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
//!
//! Whether blocks are made by the clock can be changed while the thread runs, see [`Producing`]. It
//! ticks in any case: somebody has to look after the folder.

use crate::clock::WallClock;
use crate::options::Production;
use antelope_chain::api::Api;
use antelope_chain::{ChainError, LiveChain};
use antelope_rpc::{Producing, ProductionMode};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A difference between clock and chain that is told, in µs.
const FAR: i64 = 10_000_000;

/// How often the folder of a node without a clock is looked after.
const CARE: Duration = Duration::from_millis(500);

/// Blocks that are made one by one before the present: what clients refer to.
const RECENT: u64 = 4;

/// What a thread does at each tick.
pub(crate) struct Ticker {
    api: Api,
    live: LiveChain,
    clock: WallClock,
    /// Whether the chain was far ahead of the clock.
    was_ahead: bool,
    /// The last problem that was told.
    told: Option<String>,
    /// The last problem with the chain that this one was forked from.
    unfetched: Option<String>,
    /// The last problem with files that are of no use any more.
    left: Option<String>,
}

impl Ticker {
    pub(crate) fn new(api: Api, live: LiveChain, clock: WallClock) -> Self {
        Self {
            api,
            live,
            clock,
            was_ahead: false,
            told: None,
            unfetched: None,
            left: None,
        }
    }

    /// Makes a block, or only looks after the folder, and tells of problems when they come and go.
    pub(crate) fn tick(&mut self, makes_block: bool) {
        let done = match makes_block {
            true => self.produce(),
            false => self.verify(),
        };
        self.tell_of_unfetched();
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

    /// On a fork, has another thread fetch what the beginning of the block has missed, since blocks do
    /// not wait for the network, and tells where that fails, once for each reason.
    fn tell_of_unfetched(&mut self) {
        let asked = self.api.fetch_wanted_later();
        let problem = asked.err().map(|error| error.to_string());
        if let Some(problem) = problem
            .as_ref()
            .filter(|it| Some(*it) != self.unfetched.as_ref())
        {
            tracing::warn!(
                %problem,
                "blocks go on without what they need of the chain that this one was forked from"
            );
        }
        self.unfetched = problem;
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

/// When blocks are made, and the way to change it while the thread runs.
struct Shared {
    api: Api,
    state: Mutex<Ticking>,
    changed: Condvar,
}

/// What the lock protects.
struct Ticking {
    production: Production,
    /// How often the mode was set. A change begins the interval anew.
    set: u64,
    stopped: bool,
}

/// Why the thread goes on.
enum Woken {
    /// The time has come.
    Tick(Production),
    /// When blocks are made was changed.
    Changed(Production),
    /// It is to end.
    Stopped,
}

impl Producer {
    /// Starts the thread.
    ///
    /// # Errors
    /// Where the system has none.
    pub(crate) fn start(
        mut ticker: Ticker,
        production: Production,
    ) -> Result<Self, std::io::Error> {
        let shared = Arc::new(Shared {
            api: ticker.api.clone(),
            state: Mutex::new(Ticking {
                production,
                set: 0,
                stopped: false,
            }),
            changed: Condvar::new(),
        });
        let waiting = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("producer".to_owned());
        let thread = thread.spawn(move || {
            let mut next = Instant::now() + interval(production);
            let mut set = 0;
            loop {
                match waiting.wait_until(next, &mut set) {
                    Woken::Tick(production) => {
                        ticker.tick(matches!(production, Production::Every(_)));
                        // Ticks that were missed are skipped.
                        next = (next + interval(production)).max(Instant::now());
                    }
                    Woken::Changed(production) => next = Instant::now() + interval(production),
                    Woken::Stopped => return,
                }
            }
        })?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// What may read and change when blocks are made.
    pub(crate) fn producing(&self) -> Arc<dyn Producing> {
        Arc::clone(&self.shared) as Arc<dyn Producing>
    }

    /// Stops the thread and waits for it; a block that is being completed is complete then.
    pub(crate) fn stop(&mut self) {
        self.shared.lock().stopped = true;
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

impl Producing for Shared {
    fn mode(&self) -> ProductionMode {
        match self.lock().production {
            Production::Every(interval) => ProductionMode::Every(interval),
            Production::PerTransaction => ProductionMode::PerTransaction,
            Production::OnDemand => ProductionMode::OnDemand,
        }
    }

    fn set_mode(&self, mode: ProductionMode) -> Result<(), String> {
        let production = match mode {
            ProductionMode::Every(interval) => Production::Every(interval),
            ProductionMode::PerTransaction => Production::PerTransaction,
            ProductionMode::OnDemand => Production::OnDemand,
        };
        let mut state = self.lock();
        state.production = production;
        state.set += 1;
        self.api.set_production(production.of_transactions());
        drop(state);
        self.changed.notify_all();
        Ok(())
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Producer").field(&self.mode()).finish()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Ticking> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until this moment, or until something is changed; `set` is how often the mode was set
    /// when the thread last looked.
    fn wait_until(&self, next: Instant, set: &mut u64) -> Woken {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return Woken::Stopped;
            }
            if state.set != *set {
                *set = state.set;
                return Woken::Changed(state.production);
            }
            let left = next.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Woken::Tick(state.production);
            }
            let waited = self.changed.wait_timeout(state, left);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The time between two ticks.
fn interval(production: Production) -> Duration {
    match production {
        Production::Every(interval) => interval,
        Production::PerTransaction | Production::OnDemand => CARE,
    }
}

#[cfg(test)]
mod tests;
