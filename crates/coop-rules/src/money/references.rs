//! References of bank records: each counts once, for as long as it is remembered.

use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Hash, Reason, Time, World};
use coop_model::parameters::{MAX_BATCH, MAX_REFERENCES};

/// How many old ones one payment forgets.
const FORGOTTEN_BY_ONE: usize = 2;

impl World {
    pub(crate) fn references_freed(
        &mut self,
        call: &Call<'_>,
        name: Account,
        limit: u32,
    ) -> Result<(), Reason> {
        let limit = limit as usize;
        require((1..=MAX_BATCH).contains(&limit), Reason::Batch)?;
        let term = self.terms.reference;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoFunds)?;
        require(coop.funds.is_some(), Reason::NoFunds)?;
        let forgotten = coop.forget_references(call.now, term, limit);
        require(forgotten > 0, Reason::NothingToForget)
    }
}

impl Cooperative {
    pub(super) fn use_reference(
        &mut self,
        reference: Hash,
        now: Time,
        term: i64,
    ) -> Result<(), Reason> {
        require(reference != Hash::NONE, Reason::NoReference)?;
        let is_new = self.references.values().all(|(used, _)| *used != reference);
        require(is_new, Reason::ReferenceUsed)?;
        let funds = self.open_funds()?;
        funds.last_reference += 1;
        let id = funds.last_reference;
        self.references.insert(id, (reference, now));
        self.forget_references(now, term, FORGOTTEN_BY_ONE);
        Ok(())
    }

    /// Forgets the oldest, as far as their term is over or they are too many; gives how many.
    fn forget_references(&mut self, now: Time, term: i64, limit: usize) -> usize {
        let last = self.funds.as_ref().map_or(0, |funds| funds.last_reference);
        let old = |(id, (_, used_at)): &(&u64, &(Hash, Time))| {
            now >= used_at.after(term) || **id + MAX_REFERENCES <= last
        };
        let oldest = self.references.iter().take(limit).take_while(old);
        let oldest: Vec<_> = oldest.map(|(id, _)| *id).collect();
        for id in &oldest {
            self.references.remove(id);
        }
        oldest.len()
    }
}
