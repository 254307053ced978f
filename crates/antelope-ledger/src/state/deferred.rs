//! Transactions that wait for their time.
//!
//! There are two kinds, and a node keeps both as `generated_transaction_object`
//! (`libraries/chain/include/eosio/chain/generated_transaction_object.hpp`):
//!
//! - *deferred* ones, which a contract sent by `send_deferred`. Their key is the sender and a
//!   number that the sender chose.
//! - *delayed* ones, which a user sent with `delay_sec` above 0. They have no sender; their key is
//!   made from their id.
//!
//! Both kinds are being retired: once the protocol feature `DISABLE_DEFERRED_TRXS_STAGE_1` is active
//! no new one is accepted, and `DISABLE_DEFERRED_TRXS_STAGE_2` removes those that still wait.
//!
//! The state keeps three indexes: by key, by id, and by time and number. The last is the order in
//! which blocks execute them.

use super::{State, ram};
use crate::stored::stored_struct;
use antelope_types::{ChainError, Checksum256, Decode, ErrorKind, Name, TimePoint, Transaction};
use std::sync::Arc;

/// The sender and the sender's number for the transaction. For a delayed one the sender is the
/// empty name and the number is made from the id: see [`Deferred::key_of_delayed`].
pub type DeferredKey = (Name, u128);

stored_struct! {
    /// A transaction that waits for its time: `generated_transaction_object` of a node.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Deferred {
        /// A number that grows with each transaction added. Among those with the same `delay_until`
        /// the lower one is executed first.
        pub number: u64,
        /// The SHA-256 of the packed transaction. No two waiting transactions have the same.
        pub id: Checksum256,
        /// The contract that sent it; the empty name for a transaction that a user sent with a
        /// delay.
        pub sender: Name,
        /// The number that the sender gave it, by which it can be cancelled or replaced.
        pub sender_id: u128,
        /// The account that is billed for its RAM.
        pub payer: Name,
        /// The time of the block in which it was sent.
        pub published: TimePoint,
        /// The earliest time at which it may be executed: `published` plus its `delay_sec`.
        pub delay_until: TimePoint,
        /// The latest time at which it may be executed: `delay_until` plus the chain's
        /// `deferred_trx_expiration_window`, 600 s by default. After it the transaction is dropped.
        pub expiration: TimePoint,
        /// The packed transaction, without signatures.
        pub packed: Arc<[u8]>,
    }
}

impl Deferred {
    /// The key of a delayed transaction with this id: no sender, and the last 16 bytes of the id as
    /// a little-endian number (`transaction_id_to_sender_id` of a node).
    pub fn key_of_delayed(id: &Checksum256) -> DeferredKey {
        let mut half = [0; 16];
        half.copy_from_slice(&id.0[16..]);
        (Name::default(), u128::from_le_bytes(half))
    }

    /// The key of this transaction in `State::deferred`.
    pub fn key(&self) -> DeferredKey {
        (self.sender, self.sender_id)
    }

    /// The transaction, unpacked.
    ///
    /// # Errors
    /// `std_exception` (code 13) if the bytes are not a transaction. The chain packs them itself,
    /// so this happens only with a state file that was damaged.
    pub fn transaction(&self) -> Result<Transaction, ChainError> {
        Transaction::from_bytes(&self.packed)
            .map_err(|error| ChainError::new(ErrorKind::Std, error.to_string()))
    }

    /// The RAM that it is billed for, in bytes: a fixed [`ram::DEFERRED`] and its packed length.
    pub fn ram(&self) -> i64 {
        ram::DEFERRED + self.packed.len() as i64
    }
}

impl State {
    /// The waiting transactions in the order of execution: by `delay_until`, then by number.
    pub fn deferred(&self) -> impl Iterator<Item = &Deferred> {
        let order = self.deferred_order.iter();
        order.filter_map(|(_, _, key)| self.deferred.get(key))
    }

    /// The waiting transaction with this key.
    pub fn find_deferred(&self, key: DeferredKey) -> Option<&Deferred> {
        self.deferred.get(&key)
    }

    /// Adds a transaction, and gives it the next number. RAM is billed by the caller.
    ///
    /// # Errors
    /// `std::logic_error` of the node's database (`std_exception`, 13) if a transaction with the
    /// same id waits already.
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

    /// Removes a transaction from all three indexes, and returns it. RAM is given back by the
    /// caller.
    pub fn remove_deferred(&mut self, key: DeferredKey) -> Option<Deferred> {
        let deferred = self.deferred.remove(&key)?;
        let place = (deferred.delay_until, deferred.number, key);
        self.deferred_order.remove(&place);
        self.deferred_ids.remove(&deferred.id);
        Some(deferred)
    }

    /// Removes all waiting transactions and gives their RAM back to the payers: what activating
    /// `DISABLE_DEFERRED_TRXS_STAGE_2` does.
    ///
    /// # Errors
    /// As [`add_ram`](Self::add_ram); not with a state that has billed what it stores.
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
