//! Votes, and what they decide.

use crate::cooperative::{Question, QuestionState};
use crate::event::Why;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Hash, Reason, World};

impl Question {
    /// Votes for, and votes against.
    pub fn tally(&self) -> (u32, u32) {
        let votes_for = self.votes.values().filter(|is_for| **is_for).count() as u32;
        (votes_for, self.votes.len() as u32 - votes_for)
    }

    /// More than half of the seats are for it, and the quorum is there.
    pub fn is_carried(&self) -> bool {
        let (votes_for, against) = self.tally();
        self.would_carry(votes_for, against)
    }

    /// It cannot be carried, even if all of `remaining` seats vote for it.
    pub fn is_hopeless(&self, remaining: u32) -> bool {
        let (votes_for, against) = self.tally();
        !self.would_carry(votes_for + remaining, against)
    }

    fn would_carry(&self, votes_for: u32, against: u32) -> bool {
        let majority = 2 * votes_for > self.seats;
        let quorum = 100 * (votes_for + against) >= u32::from(self.quorum) * self.seats;
        majority && quorum
    }
}

impl Cooperative {
    pub(crate) fn question(&self, id: u64) -> Result<&Question, Reason> {
        self.questions.get(&id).ok_or(Reason::NoQuestion)
    }

    /// Seats of the frozen electorate that have not voted and still may.
    pub(super) fn remaining(&self, question: &Question) -> u32 {
        let Some(board) = self.boards.get(&question.board) else {
            return 0;
        };
        let silent = board
            .voters()
            .filter(|who| !question.votes.contains_key(who));
        silent.filter(|who| self.has_voting_seat(*who)).count() as u32
    }
}

impl World {
    pub(crate) fn vote(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        id: u64,
        hash: Hash,
        is_for: bool,
    ) -> Result<(), Reason> {
        call.needs(who)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoQuestion)?;
        let question = coop.question(id)?;
        require(question.hash == hash, Reason::AnotherQuestion)?;
        require(coop.has_voting_seat(who), Reason::NoVotingSeat)?;
        match question.state {
            QuestionState::Declined => return Err(Reason::Declined),
            QuestionState::Authorized { .. } => return Err(Reason::Authorized),
            QuestionState::Open | QuestionState::Approved { .. } => {}
        }
        require(call.now < question.expires_at, Reason::VotingOver)?;
        let electorate = coop.boards.get(&question.board);
        let may_vote = electorate.is_some_and(|board| board.voters().any(|voter| voter == who));
        require(may_vote, Reason::NoSeat)?;
        let voted = question.votes.contains_key(&who);
        require(!voted, Reason::VotedAlready)?;
        let question = coop.questions.get_mut(&id).ok_or(Reason::NoQuestion)?;
        question.votes.insert(who, is_for);
        if question.state != QuestionState::Open {
            return Ok(());
        }
        let silent = question.seats - question.votes.len() as u32;
        if question.is_carried() {
            question.state = QuestionState::Approved { at: call.now };
        } else if question.is_hopeless(silent) {
            question.state = QuestionState::Declined;
            call.events.push(Event::Declined {
                coop: name,
                id,
                why: Why::Declined,
            });
        }
        Ok(())
    }
}
