//! Transactions that wait for their time: those that contracts have deferred and those that were
//! sent with a delay.

use super::{State, ram};
use antelope_types::{ChainError, Checksum256, Decode, ErrorKind, Name, TimePoint, Transaction};
use std::sync::Arc;

/// What a deferred transaction is known by: its sender, empty for one that was delayed, and the
/// number that the sender gave it.
pub type DeferredKey = (Name, u128);

/// A transaction that waits for its time: `generated_transaction_object` of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferred {
    /// Its number: of two for the same time the lower one comes first.
    pub number: u64,
    /// Its id.
    pub id: Checksum256,
    /// The contract that sent it; empty for a transaction that was sent with a delay.
    pub sender: Name,
    /// What its sender calls it.
    pub sender_id: u128,
    /// Who pays for its RAM.
    pub payer: Name,
    /// When it was sent.
    pub published: TimePoint,
    /// When it may be executed at the earliest.
    pub delay_until: TimePoint,
    /// After when it may no longer be executed.
    pub expiration: TimePoint,
    /// The transaction, encoded.
    pub packed: Arc<[u8]>,
}

impl Deferred {
    /// What a transaction with this id that was sent with a delay is known by.
    pub fn key_of_delayed(id: &Checksum256) -> DeferredKey {
        let mut half = [0; 16];
        half.copy_from_slice(&id.0[16..]);
        (Name::default(), u128::from_le_bytes(half))
    }

    /// What it is known by.
    pub fn key(&self) -> DeferredKey {
        (self.sender, self.sender_id)
    }

    /// The transaction.
    ///
    /// # Errors
    /// Never for one that the chain has kept.
    pub fn transaction(&self) -> Result<Transaction, ChainError> {
        Transaction::from_bytes(&self.packed)
            .map_err(|error| ChainError::new(ErrorKind::Std, error.to_string()))
    }

    /// The RAM that it takes, in bytes.
    pub fn ram(&self) -> i64 {
        ram::DEFERRED + self.packed.len() as i64
    }
}

impl State {
    /// The transactions that wait, by when they may be executed.
    pub fn deferred(&self) -> impl Iterator<Item = &Deferred> {
        let order = self.deferred_order.iter();
        order.filter_map(|(_, _, key)| self.deferred.get(key))
    }

    /// One of them.
    pub fn find_deferred(&self, key: DeferredKey) -> Option<&Deferred> {
        self.deferred.get(&key)
    }

    /// Adds one, with a number of its own.
    ///
    /// # Errors
    /// Where there is one with this id.
    pub fn add_deferred(&mut self, mut deferred: Deferred) -> Result<(), ChainError> {
        if self.deferred_ids.contains(&deferred.id) {
            return Err(ChainError::database(
                "could not insert object, most likely a uniqueness constraint was violated",
            ));
        }
        self.deferred_ids.insert(deferred.id);
        deferred.number = self.global.next_deferred;
        self.global.next_deferred += 1;
        let key = deferred.key();
        self.deferred_order
            .insert((deferred.delay_until, deferred.number, key));
        self.deferred.insert(key, deferred);
        Ok(())
    }

    /// Removes one.
    pub fn remove_deferred(&mut self, key: DeferredKey) -> Option<Deferred> {
        let deferred = self.deferred.remove(&key)?;
        let place = (deferred.delay_until, deferred.number, key);
        self.deferred_order.remove(&place);
        self.deferred_ids.remove(&deferred.id);
        Some(deferred)
    }

    /// Removes all, and gives their RAM back.
    pub fn forget_deferred(&mut self) -> Result<(), ChainError> {
        let all: Vec<_> = self.deferred.keys().copied().collect();
        for key in all {
            if let Some(deferred) = self.remove_deferred(key) {
                self.add_ram(deferred.payer, -deferred.ram())?;
            }
        }
        Ok(())
    }
}
