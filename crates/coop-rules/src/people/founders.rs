//! Founders: the first participants.

use crate::cooperative::{Participant, Status};
use crate::kind::PersonKind;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, Reason, World};
use coop_model::catalogue::registry;
use coop_model::parameters::{MAX_FOUNDERS, MIN_FOUNDERS};

impl World {
    pub(crate) fn register_founders(
        &mut self,
        call: &Call<'_>,
        name: Account,
        founders: &[Account],
        meeting: &Paper,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        let is_first = coop.founded == Hash::NONE;
        require(is_first, Reason::FoundersRegistered)?;
        let number = (MIN_FOUNDERS..=MAX_FOUNDERS).contains(&founders.len());
        require(number, Reason::FoundersNumber)?;
        let all = founders.len() + coop.candidates.len();
        let has_room = all <= coop.max_participants as usize;
        require(has_room, Reason::ParticipantQuota)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: registry::MEETING,
            coop: name,
            about: name,
            is_of_meeting: true,
        };
        meeting.is_about(&demand)?;
        meeting.binds(&Subject::Founders(founders.to_vec()))?;
        let all = meeting.is_signed_by_all(founders);
        require(all, Reason::FoundersNotAllSigned)?;
        let hash = meeting.signed(&demand)?;
        self.coop(name)?.founded = hash;
        for &who in founders {
            self.is_registered(who)?;
            let coop = self.coop(name)?;
            let is_new = !coop.participants.contains_key(&who);
            require(is_new, Reason::FounderTwice)?;
            let participant = Participant {
                kind: PersonKind::Individual,
                hash,
                authorization: hash,
                initial: 0,
                minimum: 0,
                created_at: call.now,
                status: Status::Active,
            };
            coop.enter(who, participant);
        }
        Ok(())
    }
}
