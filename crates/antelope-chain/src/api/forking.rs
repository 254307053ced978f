//! Calls on a chain that is a fork of another and takes over what it needs when it is needed.
//!
//! A call that misses something ([`missing_during`]) has its result thrown away. What it missed is
//! asked of the [`Source`] while the chain is not locked, written, and the call is done again, until
//! nothing is missed. So each result is of a state in which everything was there that it looked at.
//!
//! Calls that list all of something, such as the scopes of a table, cannot be answered so, and are
//! refused: see [`refuse_list`].

use super::Api;
use super::answer::Refusal;
use crate::chain::Chain;
use antelope_ledger::state::{Fetched, Missing, Origin, missing_during, not_here};
use antelope_types::{ChainError, ErrorKind};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
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

/// The source of a fork, if there is one.
#[derive(Default)]
pub(super) struct Origins {
    /// Whether the chain is or was a fork, so that calls must look for what they miss.
    is_fork: AtomicBool,
    source: RwLock<Option<Arc<dyn Source>>>,
    /// When what blocks have missed could not be fetched.
    failed: RwLock<Option<Instant>>,
}

impl Origins {
    /// Those of a chain as it is found.
    pub(super) fn of(chain: &Chain) -> Self {
        Self {
            is_fork: AtomicBool::new(chain.origin().is_some()),
            source: RwLock::default(),
            failed: RwLock::default(),
        }
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
                // A block does without what it misses; the next has it. Blocks by a clock say
                // where that fails.
                let _ = self.fetch_wanted();
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

    /// Fetches what the beginnings of blocks have missed, so that the next block has it; whether there
    /// was anything. After a failure, blocks go on without for half a minute.
    ///
    /// # Errors
    /// Where it cannot be had.
    pub fn fetch_wanted(&self) -> Result<bool, ChainError> {
        if !self.is_fork() {
            return Ok(false);
        }
        let failed = &self.shared.origins.failed;
        let last = *failed.read().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < PAUSE) {
            return Ok(false);
        }
        let wanted = self.with(Chain::take_wanted);
        if wanted.is_empty() {
            return Ok(false);
        }
        let fetched = self.fetch(&wanted);
        let ended = fetched.is_err().then(Instant::now);
        *failed.write().unwrap_or_else(PoisonError::into_inner) = ended;
        fetched.map(|()| true)
    }

    /// Fetches these and writes them.
    fn fetch(&self, missing: &BTreeSet<Missing>) -> Result<(), ChainError> {
        let source = &self.shared.origins.source;
        let source = source
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let source = source.ok_or_else(|| {
            let first = missing.first().map(not_here);
            let first = first.as_ref().map_or("", |first| first.message());
            let problem = format!("{first}: start the node so that it may ask there");
            ChainError::new(ErrorKind::Unspecified, problem)
        })?;
        let Some(origin) = self.fork().origin().cloned() else {
            // It was reverted to before the fork, and misses nothing.
            return Ok(());
        };
        let fetched = source.fetch(&origin, missing)?;
        // What was fetched for a fork is not written to another.
        let taken = self
            .shared
            .chain
            .with(|chain| match chain.origin() == Some(&origin) {
                true => chain.take_over(fetched),
                false => Ok(()),
            });
        taken.map_err(ChainError::from)?
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
