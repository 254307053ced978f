//! Calls on a chain that is a fork of another and takes over what it needs when it is needed.
//!
//! A call that misses something ([`missing_during`]) has its result thrown away. What it missed is
//! asked of the [`Source`] while the chain is not locked, written, and the call is done again, until
//! nothing is missed. So each result is of a state in which everything was there that it looked at.
//!
//! A block that misses something does without, so that blocks never wait for the network: a thread
//! fetches it for the next one ([`Api::fetch_wanted_later`]).
//!
//! Calls that list all of something, such as the scopes of a table, cannot be answered so, and are
//! refused: see [`refuse_list`].

use super::Api;
use super::answer::Refusal;
use crate::chain::Chain;
use antelope_ledger::state::{Fetched, Missing, Origin, missing_during, not_here};
use antelope_types::{ChainError, ErrorKind};
use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long one call may go on to fetch what it misses. A fetch that has begun is finished.
const LONGEST: Duration = Duration::from_secs(120);

/// How long blocks do without what could not be fetched before it is asked for again.
const PAUSE: Duration = Duration::from_secs(30);

/// Where the accounts and tables of the other chain come from.
pub trait Source: Send + Sync {
    /// Fetches these for a chain that is a fork of this one. What is not on the other chain is answered
    /// too, as missing there. May take as long as the network does; threads call it at the same time.
    ///
    /// # Errors
    /// Where this is the source of another fork, as after a revert, where the other chain cannot be
    /// reached, or something cannot be read there, in words that say what to do. Nothing is changed
    /// here then.
    fn fetch(
        &self,
        origin: &Origin,
        missing: &BTreeSet<Missing>,
    ) -> Result<Vec<Fetched>, ChainError>;
}

/// What a fork asks.
struct Other {
    source: Arc<dyn Source>,
    /// The chain that it is a fork of.
    origin: Origin,
}

/// The source of a fork, if there is one.
#[derive(Default)]
pub(super) struct Origins {
    /// Whether the chain is or was a fork, so that calls must look for what they miss.
    is_fork: AtomicBool,
    source: RwLock<Option<Arc<dyn Source>>>,
    /// When what blocks have missed could not be fetched, and why; none once it could.
    failed: RwLock<Option<(Instant, ChainError)>>,
    /// Wakes the thread that fetches what blocks have missed, once somebody has needed it.
    wake: OnceLock<SyncSender<()>>,
    /// Held while that thread is started.
    starting: Mutex<()>,
}

impl Origins {
    /// Those of a chain as it is found.
    pub(super) fn of(chain: &Chain) -> Self {
        Self {
            is_fork: AtomicBool::new(chain.origin().is_some()),
            source: RwLock::default(),
            failed: RwLock::default(),
            wake: OnceLock::new(),
            starting: Mutex::default(),
        }
    }

    /// The last failure to fetch what blocks have missed.
    fn failure(&self) -> Option<(Instant, ChainError)> {
        let failed = self.failed.read();
        failed.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes how fetching what blocks have missed has ended.
    fn ended(&self, result: &Result<(), ChainError>) {
        let failure = result.clone().err().map(|error| (Instant::now(), error));
        *self.failed.write().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

impl Api {
    /// From now on, what this chain misses is fetched from here.
    pub fn set_source(&self, source: Arc<dyn Source>) {
        let origins = &self.shared.origins;
        *origins
            .source
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(source);
        origins.is_fork.store(true, Ordering::Release);
    }

    /// Whether calls must look for what they miss.
    pub(super) fn is_fork(&self) -> bool {
        self.shared.origins.is_fork.load(Ordering::Acquire)
    }

    /// Does something, again and again until it misses nothing. It must change nothing where it
    /// misses anything, as a transaction does.
    ///
    /// # Errors
    /// Where what it misses cannot be had.
    pub(super) fn fetching<R>(&self, mut act: impl FnMut() -> R) -> Result<R, ChainError> {
        if !self.is_fork() {
            return Ok(act());
        }
        let began = Instant::now();
        let mut last = BTreeSet::new();
        loop {
            let (result, missing) = missing_during(&mut act);
            let Some(first) = missing.first() else {
                // The caller does not wait for what its block does without. Blocks by a clock say
                // where that fails.
                let _ = self.fetch_wanted_later();
                return Ok(result);
            };
            if missing == last || began.elapsed() > LONGEST {
                let problem = format!(
                    "{}; it was still missing after {} seconds: ask again",
                    not_here(first).message(),
                    began.elapsed().as_secs()
                );
                return Err(ChainError::new(ErrorKind::Unspecified, problem));
            }
            self.fetch(&missing)?;
            last = missing;
        }
    }

    /// Fetches what the beginnings of blocks have missed, so that the next block has it. Returns whether
    /// anything was fetched. After a failure, blocks go on without for half a minute.
    ///
    /// # Errors
    /// Where it cannot be had; the same error for half a minute.
    pub fn fetch_wanted(&self) -> Result<bool, ChainError> {
        let wanted = self.wanted()?;
        if wanted.is_empty() {
            return Ok(false);
        }
        let fetched = self.fetch(&wanted);
        self.shared.origins.ended(&fetched);
        fetched.map(|()| true)
    }

    /// Has a thread do what [`fetch_wanted`](Self::fetch_wanted) does, and returns at once. The thread
    /// is started by the first call on a fork, and ends with the last clone of this.
    ///
    /// # Errors
    /// The error of the last fetch, until one succeeds; and where the system cannot start a thread.
    pub fn fetch_wanted_later(&self) -> Result<(), ChainError> {
        if !self.is_fork() {
            return Ok(());
        }
        let wake = self.fetcher().map_err(|error| {
            let problem = format!("cannot start a thread: {error}");
            ChainError::new(ErrorKind::Unspecified, problem)
        })?;
        // Where it is full, the thread has not begun to look yet.
        let _ = wake.try_send(());
        let failure = self.shared.origins.failure();
        failure.map_or(Ok(()), |(_, error)| Err(error))
    }

    /// What wakes the thread that fetches what blocks have missed, which is started where it is not.
    ///
    /// # Errors
    /// Where the system has no thread.
    fn fetcher(&self) -> io::Result<&SyncSender<()>> {
        let origins = &self.shared.origins;
        if let Some(wake) = origins.wake.get() {
            return Ok(wake);
        }
        let starting = origins.starting.lock();
        let _starting = starting.unwrap_or_else(PoisonError::into_inner);
        if let Some(wake) = origins.wake.get() {
            return Ok(wake);
        }
        let (wake, woken) = sync_channel(1);
        let shared = Arc::downgrade(&self.shared);
        let thread = std::thread::Builder::new().name("fetching".to_owned());
        thread.spawn(move || {
            // The chain is not kept while the network is waited for, so that its folder can be closed.
            let api = || shared.upgrade().map(|shared| Self { shared });
            while woken.recv().is_ok()
                && let Some(before) = api()
            {
                // During the pause nothing is asked for; the error is kept.
                let wanted = before.wanted().unwrap_or_default();
                if wanted.is_empty() {
                    continue;
                }
                let other = before.other(&wanted);
                drop(before);
                let fetched = other.and_then(|other| match other {
                    Some(Other { source, origin }) => {
                        let fetched = source.fetch(&origin, &wanted)?;
                        Ok(Some((origin, fetched)))
                    }
                    None => Ok(None),
                });
                let Some(after) = api() else { return };
                let taken = fetched.and_then(|fetched| match fetched {
                    Some((origin, fetched)) => after.take_over(&origin, fetched),
                    None => Ok(()),
                });
                after.shared.origins.ended(&taken);
            }
        })?;
        Ok(origins.wake.get_or_init(|| wake))
    }

    /// What the beginnings of blocks have missed since this was last called.
    ///
    /// # Errors
    /// That of the last fetch, for half a minute.
    fn wanted(&self) -> Result<BTreeSet<Missing>, ChainError> {
        if !self.is_fork() {
            return Ok(BTreeSet::new());
        }
        let failure = self.shared.origins.failure();
        if let Some((ended, error)) = &failure
            && ended.elapsed() < PAUSE
        {
            return Err(error.clone());
        }
        let wanted = self.with(Chain::take_wanted);
        if wanted.is_empty() && failure.is_some() {
            // Whoever has missed it was given it by others meanwhile.
            self.shared.origins.ended(&Ok(()));
        }
        Ok(wanted)
    }

    /// Fetches these and writes them.
    fn fetch(&self, missing: &BTreeSet<Missing>) -> Result<(), ChainError> {
        let Some(other) = self.other(missing)? else {
            return Ok(());
        };
        let fetched = other.source.fetch(&other.origin, missing)?;
        self.take_over(&other.origin, fetched)
    }

    /// Writes what was fetched for a fork of this chain; not to another, such as after a revert.
    fn take_over(&self, origin: &Origin, fetched: Vec<Fetched>) -> Result<(), ChainError> {
        let taken = self.shared.chain.with(|chain| {
            let is_same = chain.origin() == Some(origin);
            if is_same {
                chain.take_over(fetched)
            } else {
                Ok(())
            }
        });
        taken.map_err(ChainError::from)?
    }

    /// The other chain, which has what is missing; none after a revert to before the fork, where
    /// nothing is.
    ///
    /// # Errors
    /// Where the node was started without the other chain.
    fn other(&self, missing: &BTreeSet<Missing>) -> Result<Option<Other>, ChainError> {
        let Some(origin) = self.lock().origin().cloned() else {
            return Ok(None);
        };
        let source = self.shared.origins.source.read();
        let source = source.unwrap_or_else(PoisonError::into_inner).clone();
        let source = source.ok_or_else(|| {
            let first = missing.first().map(not_here);
            let first = first.as_ref().map_or("", |first| first.message());
            let problem = format!("{first}: start the node with --fork {}", origin.url);
            ChainError::new(ErrorKind::Unspecified, problem)
        })?;
        Ok(Some(Other { source, origin }))
    }
}

/// Refuses to list what a fork knows only a part of: `what` is the rest of a sentence.
///
/// # Errors
/// `unsupported_feature` on a fork, with the address of the other node.
pub(super) fn refuse_list(chain: &Chain, what: &str) -> Result<(), Refusal> {
    let Some(origin) = chain.origin() else {
        return Ok(());
    };
    let problem = format!(
        "this chain is a fork that takes over what is needed, and cannot tell {what}: ask {}",
        origin.url
    );
    Err(ChainError::new(ErrorKind::UnsupportedFeature, problem).into())
}
