//! The beginning of a transaction, and the way back to it.

use super::map::Undo;
use super::{Global, IndexKey, Indexes, SecondaryIndex};

/// What was not in maps when a transaction began; maps remember that themselves.
pub struct Beginning(pub(super) Global);

impl<K: IndexKey> Undo for SecondaryIndex<K> {
    fn begin(&mut self) {
        self.by_primary.begin();
        self.by_key.begin();
    }

    fn undo(&mut self) {
        self.by_primary.undo();
        self.by_key.undo();
    }
}

/// Does something with the indexes of all types; all fields stand here, so that none is forgotten.
macro_rules! each_index {
    ($indexes:ident, $act:ident) => {{
        let Indexes {
            u64,
            u128,
            u256,
            f64,
            f128,
        } = $indexes;
        u64.$act();
        u128.$act();
        u256.$act();
        f64.$act();
        f128.$act();
    }};
}

impl Undo for Indexes {
    fn begin(&mut self) {
        each_index!(self, begin);
    }

    fn undo(&mut self) {
        each_index!(self, undo);
    }
}
