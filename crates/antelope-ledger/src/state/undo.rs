//! The beginning of a transaction, and the way back to it.

use super::map::Undo;
use super::{Global, Indexes, State};

/// What was not in maps when a transaction began; maps remember that themselves.
pub struct Beginning(Global);

impl State {
    /// What there is now is where [`undo`](Self::undo) goes back to.
    pub fn begin(&mut self) -> Beginning {
        self.maps().into_iter().for_each(Undo::begin);
        Beginning(self.global.clone())
    }

    /// Takes back what was changed since the last beginning.
    pub fn undo(&mut self, beginning: Beginning) {
        self.maps().into_iter().for_each(Undo::undo);
        self.global = beginning.0;
    }

    fn maps(&mut self) -> [&mut dyn Undo; 26] {
        // All fields stand here, so that none is forgotten.
        let Self {
            global: _,
            accounts,
            sequences,
            permissions,
            permission_names,
            links,
            codes,
            resources,
            pending_limits,
            tables,
            rows,
            indexes,
            transactions,
            transactions_by_expiration,
            reference_blocks,
            deferred,
            deferred_ids,
            deferred_order,
        } = self;
        let Indexes {
            u64,
            u128,
            u256,
            f64,
            f128,
        } = indexes;
        [
            accounts,
            sequences,
            permissions,
            permission_names,
            links,
            codes,
            resources,
            pending_limits,
            tables,
            rows,
            &mut u64.by_primary,
            &mut u64.by_key,
            &mut u128.by_primary,
            &mut u128.by_key,
            &mut u256.by_primary,
            &mut u256.by_key,
            &mut f64.by_primary,
            &mut f64.by_key,
            &mut f128.by_primary,
            &mut f128.by_key,
            transactions,
            transactions_by_expiration,
            reference_blocks,
            deferred,
            deferred_ids,
            deferred_order,
        ]
    }
}
