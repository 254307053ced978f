//! What is told of blocks: to listeners, and to readers of the history.
//!
//! A block is news once it is complete and on the disk. It is numbered under the chain's lock and
//! told without it, so that threads may tell in another order than they completed: what is older
//! than what was told already is dropped.

use super::Chain;
use crate::history::History;
use antelope_types::Checksum256;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A function that is called after each block, with its number.
pub(super) type Listener = Arc<dyn Fn(u32) + Send + Sync>;

/// The news of a chain that threads share.
pub(super) struct News {
    /// What was numbered last. Locked while the chain is.
    last: Mutex<Last>,
    /// What was told last. Locked for moments, and never together with another lock.
    told: Mutex<Told>,
}

/// What was numbered last.
struct Last {
    /// The number of the news.
    number: u64,
    /// The head of the chain.
    head: Checksum256,
    /// Whether it was recorded.
    recorded: bool,
}

/// What readers see.
struct Told {
    /// The number of the news.
    number: u64,
    /// The history by then.
    history: Option<History>,
    /// Who wants to be called.
    listeners: Vec<Listener>,
}

/// A complete block that is to be told.
pub(super) struct NewBlock {
    /// The number of the news.
    number: u64,
    /// The number of the block.
    block: u32,
    /// The history with it.
    history: Option<History>,
}

impl News {
    /// Of a chain all of whose blocks are told.
    pub(super) fn of(chain: &Chain) -> Self {
        Self {
            last: Mutex::new(Last {
                number: 0,
                head: chain.head().id,
                recorded: chain.records_history(),
            }),
            told: Mutex::new(Told {
                number: 0,
                history: chain.history(),
                listeners: Vec::new(),
            }),
        }
    }

    /// The chain's head, if it is new or what is recorded has changed. Called with the chain locked.
    pub(super) fn block(&self, chain: &Chain) -> Option<NewBlock> {
        let mut last = lock(&self.last);
        let head = chain.head();
        let recorded = chain.records_history();
        if last.head == head.id && last.recorded == recorded {
            return None;
        }
        *last = Last {
            number: last.number + 1,
            head: head.id,
            recorded,
        };
        Some(NewBlock {
            number: last.number,
            block: head.number(),
            history: chain.history(),
        })
    }

    /// Tells of a block. Called without the chain's lock, when the block is on the disk.
    pub(super) fn tell(&self, block: Option<NewBlock>) {
        let Some(new) = block else {
            return;
        };
        let listeners = {
            let mut told = lock(&self.told);
            if told.number >= new.number {
                return;
            }
            told.number = new.number;
            told.history = new.history;
            told.listeners.clone()
        };
        for listener in listeners {
            listener(new.block);
        }
    }

    /// The history that was told last.
    pub(super) fn history(&self) -> Option<History> {
        lock(&self.told).history.clone()
    }

    /// Adds a listener.
    pub(super) fn add(&self, listener: Listener) {
        lock(&self.told).listeners.push(listener);
    }
}

/// Takes a lock; what it protects is consistent at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
