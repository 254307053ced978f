//! What every question goes through: votes, the protocol, and its end.

use super::{Stage, StoryError, papers::Paper, stage::active};
use crate::input::{Expected, Votes};
use antelope_rpc_client::TransactionTrace;
use antelope_types::{Action, Checksum256, Name};
use coop_documents::{Choice, Effect, Person, Protocol};
use coop_language::Words;
use coop_model::{
    Document, catalogue::kind, clients::Soviet, decision::status, refusal::decision as refusal,
};

/// A question as its protocol tells it.
pub(super) struct Question {
    /// Whom it is about, or who proposed it.
    pub(super) person: Person,
    /// What the decision does.
    pub(super) effect: Effect,
    /// The hash of the statement or proposal.
    pub(super) hash: Checksum256,
}

impl Question {
    /// Whether a contract waits for the outcome.
    fn has_owner(&self) -> bool {
        self.effect.kind() != kind::FREEDECISION
    }
}

impl Stage<'_, '_> {
    /// The council votes on an open question and it is brought to its end; the protocol if the
    /// decision was taken.
    pub(super) fn settle(
        &mut self,
        id: u64,
        votes: &Votes,
        question: &Question,
    ) -> Result<Option<Paper>, StoryError> {
        self.vote(id, votes, false)?;
        self.conclude(id, votes, question)
    }

    /// Brings a question to its end that the council has voted on.
    pub(super) fn conclude(
        &mut self,
        id: u64,
        votes: &Votes,
        question: &Question,
    ) -> Result<Option<Paper>, StoryError> {
        let protocol = self.protocol(id, question)?;
        let told = self.vote_told(&protocol);
        let protocol = self.write(&protocol)?;
        let approved = votes.expected() == Expected::Approved;
        if approved {
            self.authorize_and_exec(id, &protocol)?;
        } else {
            self.remove_declined(id, question)?;
        }
        self.log.tell(&told);
        let left = self.question(question.hash)?.is_some();
        let words = Words::of("check.question_finished").with("id", id);
        self.log.check(&words, "false", &left.to_string());
        Ok(approved.then_some(protocol))
    }

    /// The number of the open question with this hash.
    pub(super) fn opened(&self, hash: Checksum256) -> Result<u64, StoryError> {
        let listed = self.question(hash)?.map(|decision| decision.id);
        listed.ok_or_else(|| self.no_question(hash))
    }

    pub(super) fn vote_action(
        &self,
        member: Name,
        id: u64,
        choice: Choice,
    ) -> Result<Vec<Action>, StoryError> {
        let hash = self.decision(id)?.hash;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(member));
        Ok(match choice {
            Choice::For => vec![soviet.votefor(self.coop(), member, id, hash).to_action()],
            Choice::Against => vec![
                soviet
                    .voteagainst(self.coop(), member, id, hash)
                    .to_action(),
            ],
            Choice::Silent => Vec::new(),
        })
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
            if choice == Choice::Silent {
                continue;
            }
            if self.decision(id)?.status == status::DECLINED {
                break;
            }
            let (key, other) = if choice == Choice::For {
                ("step.vote_for", Choice::Against)
            } else {
                ("step.vote_against", Choice::For)
            };
            let action = self.vote_action(member, id, choice)?;
            self.act(Words::of(key).with("id", id), member, &action)?;
            self.tell_count(id)?;
            if std::mem::take(&mut attempt) {
                let second = self.vote_action(member, id, other)?;
                let words = Words::of("attempt.second_vote").with("id", id);
                self.attempt(words, member, &second, refusal::VOTED_ALREADY)?;
            }
        }
        Ok(())
    }

    fn tell_count(&mut self, id: u64) -> Result<(), StoryError> {
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

    /// The vote on a question as the short story tells it.
    pub(super) fn vote_told(&self, protocol: &Protocol) -> Words {
        let voting = &protocol.voting;
        let is_majority = voting.count(Choice::For) >= voting.majority();
        let key = if voting.is_approved() {
            "story.approved"
        } else if is_majority {
            "story.no_quorum"
        } else if voting.count(Choice::Against) + voting.majority() > voting.seats() {
            "story.declined"
        } else {
            "story.undecided"
        };
        Words::of(key)
            .with("id", voting.decision_id())
            .with("matter", self.log.matter(&protocol.effect))
            .with("who", protocol.person.short_name())
            .with("for", voting.count(Choice::For))
            .with("against", voting.count(Choice::Against))
            .with("seats", voting.seats())
            .with("quorum", voting.quorum())
    }

    /// What an outsider may not do with an open question, and the chairman not before a majority.
    pub(super) fn attempts_on_open(
        &mut self,
        id: u64,
        outsider: Name,
        question: &Question,
    ) -> Result<(), StoryError> {
        let vote = self.vote_action(outsider, id, Choice::For)?;
        let words = Words::of("attempt.outsider_vote").with("id", id);
        let no_seat = coop_model::refusal::council::NO_VOTING_SEAT;
        self.attempt(words, outsider, &vote, no_seat)?;

        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(outsider));
        let expire = soviet.expire(self.coop(), vec![id]).to_action();
        let words = Words::of("attempt.early_expire").with("id", id);
        self.attempt(words, outsider, &[expire], refusal::VOTING_GOES_ON)?;

        let exec = soviet.exec(outsider, self.coop(), id).to_action();
        let words = Words::of("attempt.early_exec").with("id", id);
        self.attempt(words, outsider, &[exec], refusal::NOT_AUTHORIZED)?;

        let chairman = self.chairman()?.account;
        let protocol = self.forge(&self.protocol(id, question)?)?;
        let authorize = self.authorize_action(id, protocol)?;
        let words = Words::of("attempt.early_authorize").with("id", id);
        self.attempt(words, chairman, &[authorize], refusal::NOT_APPROVED)
    }

    /// What was carried out is not carried out again.
    pub(super) fn attempt_second_exec(&mut self, id: u64) -> Result<(), StoryError> {
        let chairman = self.chairman()?.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(chairman));
        let exec = soviet.exec(chairman, self.coop(), id).to_action();
        let words = Words::of("attempt.second_exec").with("id", id);
        self.attempt(words, chairman, &[exec], refusal::NO_QUESTION)
    }

    /// The protocol of a question as the chain shows its votes now.
    pub(super) fn protocol(&self, id: u64, question: &Question) -> Result<Protocol, StoryError> {
        Ok(Protocol {
            voting: self.voting(&self.decision(id)?)?,
            person: question.person.clone().into(),
            effect: question.effect.clone(),
            question: question.hash,
            chairman: self.chairman()?.clone(),
        })
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
    fn authorize_and_exec(
        &mut self,
        id: u64,
        protocol: &Paper,
    ) -> Result<TransactionTrace, StoryError> {
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

    /// Takes a declined question off the agenda and delivers the news; anyone may.
    fn remove_declined(
        &mut self,
        id: u64,
        question: &Question,
    ) -> Result<TransactionTrace, StoryError> {
        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let remove = soviet.declinedec(self.coop(), id).to_action();
        let words = Words::of("step.remove_declined").with("id", id);
        let actions = self.with_delivery(remove, id, question);
        let trace = self.act(words, anyone, &actions)?;
        self.log.result(&Words::of("result.removed"));
        Ok(trace)
    }

    /// What takes a question off, and what tells its owner, for one transaction.
    pub(super) fn with_delivery(
        &self,
        removal: Action,
        id: u64,
        question: &Question,
    ) -> Vec<Action> {
        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let mut actions = vec![removal];
        if question.has_owner() {
            actions.push(soviet.deliver(self.coop(), id).to_action());
        }
        actions
    }

    /// The events that a transaction left in the registry.
    pub(super) fn check_events(&mut self, id: u64, trace: &TransactionTrace, expected: &str) {
        let events = self.events(trace).join(", ");
        self.log
            .check(&Words::of("check.events").with("id", id), expected, &events);
    }

    /// The names of the registry events of a transaction.
    pub(super) fn events(&self, trace: &TransactionTrace) -> Vec<String> {
        let soviet = self.contracts.soviet;
        let inline = trace.action_traces.iter().filter(|action| {
            action.act.account == soviet
                && !action.is_notification()
                && action.creator_action_ordinal != 0
        });
        inline
            .map(|action| action.act.name.to_string())
            .filter(|name| name.starts_with("new"))
            .collect()
    }
}
