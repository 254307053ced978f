//! A transaction to execute, and the block it is to be in.

use crate::authority::Provided;
use antelope_types::{
    Action, BlockTimestamp, Checksum256, Name, SignedTransaction, TimePoint, Transaction,
};
use std::sync::Arc;

/// What transactions of one block have in common.
#[derive(Clone, Copy)]
pub(crate) struct Environment {
    /// The number of the block that is being made.
    pub(crate) block_num: u32,
    /// The id of the block before it.
    pub(crate) head: Checksum256,
    /// Its time.
    pub(crate) timestamp: BlockTimestamp,
}

impl Environment {
    pub(crate) fn time(&self) -> TimePoint {
        TimePoint::from(self.timestamp)
    }
}

/// A transaction to execute.
#[derive(Clone)]
pub(crate) struct Input {
    pub(crate) transaction: Arc<SignedTransaction>,
    pub(crate) id: Checksum256,
    /// The bytes of the transaction on the wire, without signatures.
    pub(crate) packed_bytes: usize,
    /// The bytes of its signatures and context-free data.
    pub(crate) prunable_bytes: usize,
    pub(crate) kind: Kind,
}

/// What kind of transaction it is.
#[derive(Clone)]
pub(crate) enum Kind {
    /// Somebody's, with what satisfies its authorities.
    Ordinary(Provided),
    /// The chain's own, which needs no authority and pays no NET.
    Implicit,
    /// One that was deferred or delayed, when it was sent: it was checked then, and paid its NET.
    Deferred(TimePoint),
    /// The chain's own word to a contract whose deferred transaction has failed.
    OnError(TimePoint),
    /// One that asks and changes nothing, which needs no authority and pays nothing.
    ReadOnly,
}

impl Input {
    /// Whose contract runs for an action of the transaction: the action's, but for the chain's word
    /// on a failure, which goes to the contract that it concerns.
    pub(crate) fn receiver(&self, action: &Action) -> Name {
        let level = action.authorization.first();
        match (&self.kind, level) {
            (Kind::OnError(_), Some(level)) => level.actor,
            _ => action.account,
        }
    }

    /// A transaction that nobody has sent.
    pub(crate) fn local(transaction: Transaction, kind: Kind) -> Self {
        Self {
            id: transaction.id(),
            packed_bytes: 0,
            prunable_bytes: 0,
            transaction: Arc::new(SignedTransaction {
                transaction,
                ..SignedTransaction::default()
            }),
            kind,
        }
    }
}
