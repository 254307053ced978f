//! Authorization: the chairman of the moment signs, once.

use crate::cooperative::QuestionState;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Event, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn authorize(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        chairman: Account,
        id: u64,
        protocol: &Paper,
    ) -> Result<(), Reason> {
        call.needs(chairman)?;
        let terms = self.terms;
        let kinds = self.kinds.clone();
        let coop = self.coops.get_mut(&name).ok_or(Reason::NotTheChairman)?;
        coop.signed_by_chairman(call, chairman)?;
        let question = coop.question(id)?;
        let at = match question.state {
            QuestionState::Open => return Err(Reason::NotApproved),
            QuestionState::Declined => return Err(Reason::Declined),
            QuestionState::Authorized { .. } => return Err(Reason::Authorized),
            QuestionState::Approved { at } => at,
        };
        require(call.now < at.after(terms.signing), Reason::SigningOver)?;
        let registry = match question.kind {
            QuestionKind::Free => QuestionKind::Free.protocol(),
            kind => kinds.get(&kind).ok_or(Reason::KindNotRegistered)?.protocol,
        };
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry,
            coop: name,
            about: question.about,
            is_of_meeting: false,
        };
        protocol.is_about(&demand)?;
        let Some(Subject::Decision {
            id: shown,
            hash,
            votes_for,
            votes_against,
            quorum,
        }) = &protocol.subject
        else {
            return Err(Reason::ProtocolWithoutDecision);
        };
        let is_this = *shown == id && *hash == question.hash;
        require(is_this, Reason::ProtocolOfAnother)?;
        let shows = |is_for: bool, shown: &std::collections::BTreeSet<Account>| {
            let votes = question.votes.iter().filter(|(_, voice)| **voice == is_for);
            votes.map(|(who, _)| who).eq(shown.iter())
        };
        let same = shows(true, votes_for) && shows(false, votes_against);
        let same = same && *quorum == question.quorum;
        require(same, Reason::ProtocolShowsOtherVotes)?;
        let hash = protocol.signed_by(&demand, chairman)?;
        let question = coop.questions.get_mut(&id).ok_or(Reason::NoQuestion)?;
        question.state = QuestionState::Authorized {
            at,
            by: chairman,
            protocol: hash,
        };
        call.events.push(Event::Resolved {
            coop: name,
            id,
            protocol: hash,
        });
        Ok(())
    }
}
