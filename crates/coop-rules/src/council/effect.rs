//! What a decision does, and what happens where there will be none.

use crate::cooperative::QuestionState;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Event, Hash, QuestionKind, Reason, World};

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
        if question.kind == QuestionKind::Free {
            return Ok(());
        }
        self.is_sound(question.kind)?;
        match question.kind {
            QuestionKind::Join => self.admission_granted(call, name, hash, protocol),
            QuestionKind::Leave => self.exit_granted(call, name, hash, by),
            QuestionKind::Move => self.move_granted(call, name, hash),
            QuestionKind::Block => self.blocking_granted(name, hash),
            QuestionKind::ShareMoney => self.coop(name)?.money_taken(hash),
            QuestionKind::ShareProp => self.coop(name)?.property_taken(hash),
            QuestionKind::ReturnMoney => self.money_return_granted(call, name, hash, by),
            QuestionKind::ReturnProp => self.property_return_granted(call, name, hash, by),
            QuestionKind::Free | QuestionKind::Other(_) => Ok(()),
        }
    }

    /// What was taken is given back.
    pub(crate) fn refused(
        &mut self,
        call: &Call<'_>,
        name: Account,
        kind: QuestionKind,
        hash: Hash,
    ) -> Result<(), Reason> {
        self.is_sound(kind)?;
        match kind {
            QuestionKind::Join => self.admission_refused(call, name, hash),
            QuestionKind::Leave => self.exit_refused(name, hash),
            QuestionKind::Move => self.move_refused(name, hash),
            QuestionKind::Block => self.blocking_refused(name, hash),
            QuestionKind::ShareMoney => self.money_refused(call, name, hash),
            QuestionKind::ShareProp => self.property_refused(call, name, hash),
            QuestionKind::ReturnMoney => self.coop(name)?.money_return_refused(hash),
            QuestionKind::ReturnProp => self.coop(name)?.property_return_refused(hash),
            QuestionKind::Free | QuestionKind::Other(_) => Ok(()),
        }
    }

    /// The callbacks of a kind are actions of its contract; a broken kind waits to be mended.
    fn is_sound(&self, kind: QuestionKind) -> Result<(), Reason> {
        let row = self.kinds.get(&kind).ok_or(Reason::KindNotRegistered)?;
        require(row.is_sound, Reason::BrokenCallback)
    }
}
