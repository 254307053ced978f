//! What a decision does, and what happens where there will be none.

use crate::cooperative::QuestionState;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Event, Hash, Kind, Reason, World};

impl World {
    /// Anyone brings an authorized decision into effect, exactly once.
    pub(crate) fn execute(
        &mut self,
        call: &mut Call<'_>,
        executer: Account,
        name: Account,
        id: u64,
    ) -> Result<(), Reason> {
        call.needs(executer)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoQuestion)?;
        let question = coop.question(id)?;
        let QuestionState::Authorized { by, protocol, .. } = question.state else {
            return Err(Reason::NotAuthorized);
        };
        let question = coop.take_off(id)?;
        call.events.push(Event::Decided { coop: name, id });
        let hash = question.hash;
        if question.kind == Kind::Free {
            return Ok(());
        }
        self.is_sound(question.kind)?;
        match question.kind {
            Kind::Join => self.admission_granted(call, name, hash, protocol),
            Kind::Leave => self.exit_granted(call, name, hash, by),
            Kind::Move => self.move_granted(call, name, hash),
            Kind::Block => self.blocking_granted(name, hash),
            Kind::ShareMoney => self.coop(name)?.money_taken(hash),
            Kind::ShareProp => self.coop(name)?.property_taken(hash),
            Kind::ReturnMoney => self.money_return_granted(call, name, hash, by),
            Kind::ReturnProp => self.property_return_granted(call, name, hash, by),
            Kind::Free | Kind::Other(_) => Ok(()),
        }
    }

    /// What was taken is given back.
    pub(crate) fn refused(
        &mut self,
        call: &Call<'_>,
        name: Account,
        kind: Kind,
        hash: Hash,
    ) -> Result<(), Reason> {
        self.is_sound(kind)?;
        match kind {
            Kind::Join => self.admission_refused(call, name, hash),
            Kind::Leave => self.exit_refused(name, hash),
            Kind::Move => self.move_refused(name, hash),
            Kind::Block => self.blocking_refused(name, hash),
            Kind::ShareMoney => self.money_refused(call, name, hash),
            Kind::ShareProp => self.property_refused(call, name, hash),
            Kind::ReturnMoney => self.coop(name)?.money_return_refused(hash),
            Kind::ReturnProp => self.coop(name)?.property_return_refused(hash),
            Kind::Free | Kind::Other(_) => Ok(()),
        }
    }

    /// The callbacks of a kind are actions of its contract; a broken kind waits to be mended.
    fn is_sound(&self, kind: Kind) -> Result<(), Reason> {
        let row = self.kinds.get(&kind).ok_or(Reason::KindNotRegistered)?;
        require(row.is_sound, Reason::BrokenCallback)
    }
}
