//! What every question goes through: votes, the protocol, and its end.

use antelope_client::Trace;
use antelope_types::{Action, Name};
use coop_documents::{Choice, Seat, Voting, VotingTimes};
use coop_model::{Document, clients::Soviet, council::position, decision::status};

use super::{Stage, StoryError, papers::Paper, rows::Decision, stage::active};
use crate::{input::Votes, words::Words};

/// The chain's texts for what must fail, as `docs/contracts.md` has them.
pub(super) mod refusal {
    pub(crate) const OUTSIDER: &str = "the account has no voting seat in the council";
    pub(crate) const SECOND_VOTE: &str = "the member has voted already: a vote is final";
    pub(crate) const EARLY_EXPIRE: &str = "the voting is not over: 48 hours have not passed";
    pub(crate) const OVER: &str = "the voting is over: 48 hours have passed";
    pub(crate) const NOT_AUTHORIZED: &str = "the decision is not authorized";
    pub(crate) const OTHER_DECISION: &str = "the protocol is about another decision";
}

impl Stage<'_, '_> {
    pub(super) fn vote_action(&self, member: Name, id: u64, choice: Choice) -> Option<Action> {
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(member));
        match choice {
            Choice::For => Some(soviet.votefor(self.coop(), member, id).to_action()),
            Choice::Against => Some(soviet.voteagainst(self.coop(), member, id).to_action()),
            Choice::Silent => None,
        }
    }

    /// The members vote in the order of the council, until the question is declined.
    pub(super) fn vote(
        &mut self,
        id: u64,
        votes: &Votes,
        with_attempt: bool,
    ) -> Result<(), StoryError> {
        let mut attempt = with_attempt;
        for (member, choice) in votes.iter() {
            let Some(action) = self.vote_action(member, id, choice) else {
                continue;
            };
            if self.decision(id)?.status == status::DECLINED {
                break;
            }
            let key = if choice == Choice::For {
                "step.vote_for"
            } else {
                "step.vote_against"
            };
            self.act(Words::of(key).with("id", id), member, &[action])?;
            self.tell_count(id)?;
            if std::mem::take(&mut attempt) {
                let other = if choice == Choice::For {
                    Choice::Against
                } else {
                    Choice::For
                };
                let second: Vec<Action> = self.vote_action(member, id, other).into_iter().collect();
                let words = Words::of("step.second_vote").with("id", id);
                self.attempt(words, member, &second, refusal::SECOND_VOTE)?;
            }
        }
        Ok(())
    }

    pub(super) fn tell_count(&mut self, id: u64) -> Result<(), StoryError> {
        let decision = self.decision(id)?;
        let key = match decision.status {
            status::APPROVED => "result.votes_approved",
            status::DECLINED => "result.votes_declined",
            _ => "result.votes",
        };
        let words = Words::of(key)
            .with("for", decision.votes_for.count_ones())
            .with("against", decision.votes_against.count_ones());
        self.log.result(&words);
        Ok(())
    }

    /// What an outsider may not do with an open question.
    pub(super) fn attempts_on_open(&mut self, id: u64, outsider: Name) -> Result<(), StoryError> {
        let vote: Vec<Action> = self
            .vote_action(outsider, id, Choice::For)
            .into_iter()
            .collect();
        let words = Words::of("step.outsider_vote").with("id", id);
        self.attempt(words, outsider, &vote, refusal::OUTSIDER)?;

        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(outsider));
        let expire = soviet.expire(self.coop(), id).to_action();
        let words = Words::of("step.early_expire").with("id", id);
        self.attempt(words, outsider, &[expire], refusal::EARLY_EXPIRE)?;

        let exec = soviet.exec(outsider, self.coop(), id).to_action();
        let words = Words::of("step.early_exec").with("id", id);
        self.attempt(words, outsider, &[exec], refusal::NOT_AUTHORIZED)
    }

    /// The facts of a vote, all from the chain: the electorate from the board's version that the
    /// question is frozen to, the voices from the decision's masks.
    pub(super) fn voting(&self, decision: &Decision) -> Result<Voting, StoryError> {
        let board = self.board(decision.board)?;
        let mut seats = Vec::new();
        for (i, seat) in board
            .members
            .iter()
            .filter(|seat| seat.is_voting)
            .enumerate()
        {
            let has = |mask: u64| mask >> i & 1 == 1;
            let choice = match (has(decision.votes_for), has(decision.votes_against)) {
                (true, _) => Choice::For,
                (_, true) => Choice::Against,
                _ => Choice::Silent,
            };
            let members = &self.input.council;
            let member = members
                .iter()
                .find(|member| member.person.account == seat.username);
            seats.push(Seat {
                person: member
                    .ok_or(StoryError::NoKey {
                        account: seat.username,
                    })?
                    .person
                    .clone(),
                is_chairman: seat.position == position::CHAIRMAN,
                choice,
            });
        }
        let approved_at = Some(decision.approved_at.micros()).filter(|micros| *micros != 0);
        let opened_at = decision.created_at.micros();
        // The votes are in the block that is being made, which is younger than the newest whole one.
        let counted_at = self
            .now()?
            .time
            .micros()
            .max(approved_at.unwrap_or(opened_at));
        Ok(Voting::new(
            decision.id,
            seats,
            VotingTimes {
                opened_at,
                approved_at,
                counted_at,
            },
        )?)
    }

    pub(super) fn authorize_action(
        &self,
        id: u64,
        protocol: Document,
    ) -> Result<Action, StoryError> {
        let chairman = self.chairman()?.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(chairman));
        Ok(soviet
            .authorize(self.coop(), chairman, id, protocol)
            .to_action())
    }

    /// The chairman's protocol and the execution, in one transaction.
    pub(super) fn authorize_and_exec(
        &mut self,
        id: u64,
        protocol: &Paper,
    ) -> Result<Trace, StoryError> {
        let chairman = self.chairman()?.account;
        let authorize = self.authorize_action(id, protocol.document.clone())?;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(chairman));
        let exec = soviet.exec(chairman, self.coop(), id).to_action();
        let words = Words::of("step.authorize_and_exec").with("id", id);
        let trace = self.act(words, chairman, &[authorize, exec])?;
        self.sent(protocol, trace.id);
        self.check_events(id, &trace, "newresolved, newdecision");
        Ok(trace)
    }

    /// Takes a declined question off the agenda; anyone may.
    pub(super) fn remove_declined(&mut self, id: u64) -> Result<Trace, StoryError> {
        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let action = soviet.declinedec(self.coop(), id).to_action();
        self.act(
            Words::of("step.remove_declined").with("id", id),
            anyone,
            &[action],
        )
    }

    /// The events that a transaction left in the registry.
    pub(super) fn check_events(&mut self, id: u64, trace: &Trace, expected: &str) {
        let soviet = self.contracts.soviet;
        let events: Vec<String> = trace
            .actions
            .iter()
            .filter(|action| {
                action.account == soviet && action.receiver == soviet && action.creator != 0
            })
            .map(|action| action.name.to_string())
            .filter(|name| name.starts_with("new"))
            .collect();
        self.log.check(
            &Words::of("check.events").with("id", id),
            expected,
            &events.join(", "),
        );
    }
}
