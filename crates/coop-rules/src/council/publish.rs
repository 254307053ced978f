//! Publication of questions.

use crate::cooperative::{Proposer, Question, QuestionState};
use crate::kind::BoardKind;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Hash, Paper, QuestionKind, Reason, Terms, World};
use coop_model::parameters;
use std::collections::BTreeMap;

impl World {
    /// A standardized question, which the contract of its kind publishes.
    pub(crate) fn publish(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        about: Account,
        kind: QuestionKind,
        hash: Hash,
    ) -> Result<(), Reason> {
        let row = self.kinds.get(&kind).ok_or(Reason::KindNotRegistered)?;
        let contract = row.contract;
        require(contract == kind.owner(), Reason::NotInline)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.accepts(kind, contract)?;
        let of_kind = coop.unfinished_of(kind) < parameters::MAX_UNFINISHED_OF_KIND as usize;
        require(of_kind, Reason::TooManyOfKind)?;
        let told = coop.undelivered_of(kind) < parameters::MAX_UNDELIVERED as usize;
        require(told, Reason::TooManyUndelivered)?;
        coop.put_on_agenda(call, name, about, kind, hash, &terms)
    }

    pub(crate) fn propose_free(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        proposal: &Paper,
    ) -> Result<(), Reason> {
        call.needs(who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        require(coop.has_voting_seat(who), Reason::NoVotingSeat)?;
        coop.active_participant(who)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::Free.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        proposal.is_about(&demand)?;
        let is_draft = matches!(proposal.subject, Some(Subject::Project));
        require(is_draft, Reason::AnotherSubject)?;
        let hash = proposal.signed_by(&demand, who)?;
        if let Some(before) = coop.proposers.get(&who) {
            proposal.is_newer(before.last_document)?;
            let open = coop.free_of(who) < parameters::MAX_UNFINISHED_OF_MEMBER as usize;
            require(open, Reason::TooManyOfMember)?;
        }
        let row = Proposer {
            last_document: proposal.created_at,
        };
        coop.proposers.insert(who, row);
        coop.put_on_agenda(call, name, who, QuestionKind::Free, hash, &terms)
    }
}

impl Cooperative {
    /// Free questions of a member that are not finished.
    pub fn free_of(&self, who: Account) -> usize {
        let mine =
            |question: &&Question| question.kind == QuestionKind::Free && question.about == who;
        self.questions.values().filter(mine).count()
    }

    fn put_on_agenda(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        about: Account,
        kind: QuestionKind,
        hash: Hash,
        terms: &Terms,
    ) -> Result<(), Reason> {
        let is_new = self
            .questions
            .values()
            .all(|question| question.hash != hash);
        require(is_new, Reason::HashUnfinished)?;
        let board = self
            .sitting(BoardKind::Council)
            .ok_or(Reason::CouncilMissing)?;
        let all = self.questions.len() < parameters::MAX_UNFINISHED as usize;
        require(all, Reason::TooManyQuestions)?;
        let free =
            self.unfinished_of(QuestionKind::Free) < parameters::MAX_UNFINISHED_FREE as usize;
        require(kind != QuestionKind::Free || free, Reason::TooManyFree)?;
        let council = self.council.as_mut().ok_or(Reason::CouncilMissing)?;
        council.last_question += 1;
        let id = council.last_question;
        let question = Question {
            about,
            kind,
            hash,
            board,
            seats: self.boards[&board].voters().count() as u32,
            quorum: self.charter.quorum,
            votes: BTreeMap::new(),
            state: QuestionState::Open,
            created_at: call.now,
            expires_at: call.now.after(terms.voting),
        };
        self.questions.insert(id, question);
        call.events.push(Event::Submitted {
            coop: name,
            id,
            kind,
        });
        Ok(())
    }
}
