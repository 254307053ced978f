//! What an undo needs besides the logs of the maps: a copy of the singletons, and the walk over all
//! secondary indexes.

use super::map::Undo;
use super::{Global, IndexKey, Indexes, SecondaryIndex};

/// The point that an undo goes back to: what [`State::begin`](super::State::begin) returns.
///
/// It holds only the singletons; maps keep their own logs. It is therefore valid until the next
/// `begin`.
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

    fn watch(&mut self) {
        self.by_primary.watch();
    }

    fn unwatch(&mut self) {
        self.by_primary.unwatch();
    }
}

/// Calls a method on the indexes of every key type. The pattern lists all fields, so that a key
/// type added to [`Indexes`] and forgotten here does not compile.
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

    fn watch(&mut self) {
        each_index!(self, watch);
    }

    fn unwatch(&mut self) {
        each_index!(self, unwatch);
    }
}
