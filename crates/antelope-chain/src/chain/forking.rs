//! A fork of another chain, which takes over accounts and tables when they are needed.
//!
//! Where they come from is not the chain's affair: it says what is missing, and is given what was
//! fetched. In between it is not locked.
//!
//! | who misses | what happens |
//! |---|---|
//! | a transaction | it fails and changes nothing; whoever has sent it executes it again |
//! | `onblock` | the block does without, and [`Chain::take_wanted`] tells |
//! | a deferred transaction | it waits for the next block, and [`Chain::take_wanted`] tells |
//! | a reading call | it is done again |
//!
//! What is taken over is recorded like a transaction, so that a chain in a folder has it after a
//! restart. It is part of the state: a snapshot that is reverted to has what it had then.

use super::Chain;
use crate::store::Entry;
use antelope_ledger::state::{Fetched, Missing, Origin};
use antelope_types::ChainError;
use std::collections::BTreeSet;

impl Chain {
    /// The chain that this one was forked from, where it was.
    pub fn origin(&self) -> Option<&Origin> {
        self.state.global.origin.as_deref()
    }

    /// Writes what was fetched from the other chain, all of it or nothing. What was taken over
    /// before, and accounts that are this chain's own, are left as they are. RAM is not billed: what
    /// an account uses was fetched with it.
    ///
    /// # Errors
    /// Where it cannot be written to the chain's folder, and for contents that no node tells.
    pub fn take_over(&mut self, fetched: Vec<Fetched>) -> Result<(), ChainError> {
        if fetched.is_empty() {
            return Ok(());
        }
        let beginning = self.state.begin();
        let mut taken = fetched.iter().map(|fetched| self.state.take_over(fetched));
        let mut taken = taken.find(Result::is_err).unwrap_or(Ok(()));
        if taken.is_ok() {
            taken = self.record(|| Entry::TakeOver { fetched });
        }
        if taken.is_err() {
            self.state.undo(beginning);
        }
        taken
    }

    /// What blocks have missed when they began, since this was last called.
    pub fn take_wanted(&mut self) -> BTreeSet<Missing> {
        std::mem::take(&mut self.wanted)
    }
}
