//! Which keys of a map transactions have written, in the order in which they did.
//!
//! State history lists the rows that a block has changed in the order of the changes, and lists rows
//! that were written with what they had. Two states do not tell that, so a map that is *watched* keeps
//! a list of the keys. Maps are not watched unless somebody asks: see
//! [`State::watch`](super::State::watch).
//!
//! The writes of a transaction are open until the next one begins, since an undo takes them back.

use imbl::Vector;

/// A write of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write<K> {
    /// The key.
    pub key: K,
    /// Whether the key was removed; otherwise it was set.
    pub removed: bool,
}

/// The writes of a watched map.
#[derive(Debug)]
pub(super) struct Written<K> {
    /// Those that are certain.
    done: Vector<Write<K>>,
    /// Those of the present transaction.
    open: Vec<Write<K>>,
}

impl<K: Clone> Written<K> {
    /// No writes yet.
    pub(super) fn new() -> Self {
        Self {
            done: Vector::new(),
            open: Vec::new(),
        }
    }

    /// Adds a write of the present transaction.
    pub(super) fn add(&mut self, key: &K, removed: bool) {
        let key = key.clone();
        self.open.push(Write { key, removed });
    }

    /// Keeps the writes of the transaction: another one begins.
    pub(super) fn keep(&mut self) {
        self.done.extend(self.open.drain(..));
    }

    /// Forgets the writes of the transaction: it is undone.
    pub(super) fn forget(&mut self) {
        self.open.clear();
    }

    /// All writes, the first one first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Write<K>> {
        self.done.iter().chain(&self.open)
    }
}

/// A clone has nothing that an undo could take back: what is open here is certain there.
impl<K: Clone> Clone for Written<K> {
    fn clone(&self) -> Self {
        let mut done = self.done.clone();
        done.extend(self.open.iter().cloned());
        let open = Vec::new();
        Self { done, open }
    }
}
