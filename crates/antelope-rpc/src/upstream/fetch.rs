//! What a fork misses, read from the other node: one call at a time, each thing once.
//!
//! | a call that | |
//! |---|---|
//! | misses only what was read before | is answered at once |
//! | misses anything else while another call reads | waits for its end, and reads what is missed then |
//! | has waited for a call that got no answer | gets its error: it would wait as long for its own |
//! | has waited for a call that failed at something it misses too | gets that error |
//! | has waited, and its time is up | is refused |
//!
//! The time of a call is [`ForkOptions::patience`](super::ForkOptions::patience), waiting included. A
//! request that has begun is finished. What was read before one thing failed is remembered, so that who
//! asks again gets further.

use super::ForkSource;
use super::remote::{RemoteError, other};
use antelope_chain::api::Source;
use antelope_chain::{Fetched, Missing, Origin};
use antelope_types::{ChainError, ErrorKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{MutexGuard, PoisonError};
use std::time::Instant;

/// What the lock of a [`ForkSource`] protects.
#[derive(Default)]
pub(super) struct Reading {
    /// The chain that is read; unknown until it is first asked.
    pub(super) origin: Option<Origin>,
    /// What was read.
    known: BTreeMap<Missing, Fetched>,
    /// Whether a call reads.
    is_busy: bool,
    /// Why the last call that failed did.
    failure: Option<Failed>,
}

/// A call that has failed.
struct Failed {
    ended: Instant,
    /// At which things.
    of: BTreeSet<Missing>,
    /// Whether no answer came, so that others would get none either.
    is_unreachable: bool,
    error: ChainError,
}

impl Failed {
    /// Whether a call that has asked for these at this time gets the same error.
    fn is_shared(&self, asked: Instant, missing: &BTreeSet<Missing>) -> bool {
        self.ended > asked && (self.is_unreachable || !self.of.is_disjoint(missing))
    }
}

/// While it lives, its owner is the one who reads.
struct Turn<'a>(&'a ForkSource);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().is_busy = false;
        self.0.0.ended.notify_all();
    }
}

impl Source for ForkSource {
    fn fetch(
        &self,
        origin: &Origin,
        missing: &BTreeSet<Missing>,
    ) -> Result<Vec<Fetched>, ChainError> {
        let own = self.lock().origin.clone();
        // Another node of the same chain may be asked than the one that was forked.
        let same = |own: &Origin| (&own.url, own.chain_id) == (&origin.url, origin.chain_id);
        if let Some(own) = own.filter(|own| !same(own)) {
            let problem = format!(
                "this chain is a fork of {} (chain {}), and what it misses would be asked of {} \
                 (chain {}), which was forked later: attach the source of the first again",
                origin.url, origin.chain_id, own.url, own.chain_id
            );
            return Err(other(problem));
        }
        self.read(missing)
    }
}

impl ForkSource {
    pub(super) fn lock(&self) -> MutexGuard<'_, Reading> {
        // It is changed after everything was read, in one step.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads these, or remembers them.
    ///
    /// # Errors
    /// Where the other node cannot be reached, is not what it was, or something cannot be read there,
    /// and where it takes too long.
    pub(super) fn read(&self, missing: &BTreeSet<Missing>) -> Result<Vec<Fetched>, ChainError> {
        let patience = self.0.options.patience;
        let asked = Instant::now();
        let lacks = |state: &Reading| missing.iter().any(|it| !state.known.contains_key(it));
        let must_wait = |state: &mut Reading| state.is_busy && lacks(state);
        let waited = self
            .0
            .ended
            .wait_timeout_while(self.lock(), patience, must_wait);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if lacks(&state) {
            let unknown = missing.iter().filter(|it| !state.known.contains_key(it));
            let unknown: BTreeSet<Missing> = unknown.copied().collect();
            let failed = state.failure.as_ref();
            if let Some(failed) = failed.filter(|failed| failed.is_shared(asked, &unknown)) {
                return Err(failed.error.clone());
            }
            if state.is_busy {
                let problem = format!(
                    "the other node is being read for another call, for {} s already: ask again",
                    patience.as_secs()
                );
                return Err(other(problem));
            }
            state.is_busy = true;
            let origin = state.origin.clone();
            drop(state);
            let read = {
                // It ends where this fails or panics too, and after what was read is known.
                let _turn = Turn(self);
                let mut found = BTreeMap::new();
                let read = self.read_each(origin, &unknown, asked + patience, &mut found);
                let mut state = self.lock();
                state.known.append(&mut found);
                read.map_err(|failed| {
                    let error = failed.error.clone();
                    state.failure = Some(failed);
                    error
                })
            };
            read?;
            state = self.lock();
        }
        let found = missing.iter().filter_map(|it| state.known.get(it));
        Ok(found.cloned().collect())
    }

    /// Reads one after the other into a list, until this moment.
    fn read_each(
        &self,
        origin: Option<Origin>,
        unknown: &BTreeSet<Missing>,
        until: Instant,
        found: &mut BTreeMap<Missing, Fetched>,
    ) -> Result<(), Failed> {
        let failed = |of: BTreeSet<Missing>, is_unreachable, error| Failed {
            ended: Instant::now(),
            of,
            is_unreachable,
            error,
        };
        let block = origin.map_or(Ok(0), |origin| self.verify(&origin, until));
        let block = block.map_err(|error| {
            failed(
                unknown.clone(),
                error.is_unreachable(),
                ChainError::from(error),
            )
        })?;
        for missing in unknown {
            let read = self.read_one(*missing, until).map_err(|error| {
                let is_unreachable = error.is_unreachable();
                let error = explained(*missing, &error.into());
                failed(BTreeSet::from([*missing]), is_unreachable, error)
            })?;
            found.insert(*missing, read);
        }
        self.saw(block);
        Ok(())
    }

    /// Reads one thing.
    fn read_one(&self, missing: Missing, until: Instant) -> Result<Fetched, RemoteError> {
        let remote = self.remote(until);
        match missing {
            Missing::Account(name) => Ok(Fetched::Account {
                name,
                account: remote.fetch_account(name)?,
            }),
            Missing::Table(key) => {
                let table = remote.table(key, &key.scope.raw().to_string())?;
                Ok(Fetched::Table(table.fetched()?))
            }
        }
    }

    /// Whether the other node still is what it was; its newest block.
    fn verify(&self, origin: &Origin, until: Instant) -> Result<u32, RemoteError> {
        let info = self.remote(until).info()?;
        if info.chain_id != origin.chain_id {
            let problem = format!(
                "the other node is of chain {}, and this chain is a fork of {}: give the address of \
                 a node of that chain",
                info.chain_id, origin.chain_id
            );
            return Err(other(problem).into());
        }
        if info.head_block_num < origin.head_block_num {
            let problem = format!(
                "the other node is at block {} and was at {} when it was forked: wait until it has \
                 caught up",
                info.head_block_num, origin.head_block_num
            );
            return Err(other(problem).into());
        }
        Ok(info.head_block_num)
    }
}

/// An error with what could not be read. What is wrong with the request, such as a bound of rows, stays
/// an error of the request; anything else is one of the other node.
fn explained(missing: Missing, error: &ChainError) -> ChainError {
    let kind = match error.kind() {
        ErrorKind::InvalidHttpRequest => ErrorKind::InvalidHttpRequest,
        _ => ErrorKind::Unspecified,
    };
    let problem = format!("{missing} cannot be taken over: {}", error.message());
    ChainError::new(kind, problem)
}

#[cfg(test)]
mod tests;
