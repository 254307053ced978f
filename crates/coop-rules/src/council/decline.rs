//! Questions that come to nothing.

use crate::cooperative::{Question, QuestionState, Undelivered};
use crate::event::Why;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, QuestionKind, Reason, World};
use coop_model::parameters::MAX_BATCH;

impl World {
    pub(crate) fn take_off_declined(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        id: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoQuestion)?;
        let question = coop.question(id)?;
        if question.state != QuestionState::Declined {
            let is_open = question.state == QuestionState::Open;
            require(is_open, Reason::NotDeclined)?;
            require(call.now < question.expires_at, Reason::VotingOver)?;
            let hopeless = question.is_hopeless(coop.remaining(question));
            require(hopeless, Reason::NotDeclined)?;
            call.events.push(Event::Declined {
                coop: name,
                id,
                why: Why::Declined,
            });
        }
        coop.keep_decline(id, Why::Declined)
    }

    pub(crate) fn take_off_expired(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        ids: &[u64],
    ) -> Result<(), Reason> {
        require((1..=MAX_BATCH).contains(&ids.len()), Reason::Batch)?;
        let signing = self.terms.signing;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoQuestion)?;
        for &id in ids {
            let question = coop.question(id)?;
            let why = match question.state {
                QuestionState::Open => {
                    let over = call.now >= question.expires_at;
                    require(over, Reason::VotingGoesOn)?;
                    Why::NotApproved
                }
                QuestionState::Approved { at } => {
                    let over = call.now >= at.after(signing);
                    require(over, Reason::Approved)?;
                    Why::NotAuthorized
                }
                QuestionState::Authorized { .. } => return Err(Reason::Authorized),
                QuestionState::Declined => return Err(Reason::Declined),
            };
            call.events.push(Event::Declined {
                coop: name,
                id,
                why,
            });
            coop.keep_decline(id, why)?;
        }
        Ok(())
    }

    pub(crate) fn deliver(
        &mut self,
        call: &Call<'_>,
        name: Account,
        id: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NothingToDeliver)?;
        let row = coop
            .undelivered
            .remove(&id)
            .ok_or(Reason::NothingToDeliver)?;
        self.refused(call, name, row.kind, row.hash)
    }
}

impl Cooperative {
    /// Takes a question off the agenda, with whatever was kept for it.
    pub(super) fn take_off(&mut self, id: u64) -> Result<Question, Reason> {
        let question = self.questions.remove(&id).ok_or(Reason::NoQuestion)?;
        if let Some(council) = &mut self.council {
            council.signed_by = match question.state {
                QuestionState::Authorized { by, .. } => Some(by),
                _ => None,
            };
        }
        self.forget_boards();
        Ok(question)
    }

    /// Takes a question off that comes to nothing; whose kind has an owner, the owner is to be told.
    fn keep_decline(&mut self, id: u64, why: Why) -> Result<(), Reason> {
        let question = self.take_off(id)?;
        if question.kind != QuestionKind::Free {
            let row = Undelivered {
                kind: question.kind,
                hash: question.hash,
                why,
            };
            self.undelivered.insert(id, row);
        }
        Ok(())
    }
}
