//! Where the clock can be moved: questions that the council does not decide end with the voting.

use super::{Stage, StoryError, council::Question, stage::active};
use crate::input::{Contribution, Share, Votes};
use antelope_chain::api::Api;
use antelope_types::TimePoint;
use coop_documents::Choice;
use coop_language::Words;
use coop_model::{clients::Soviet, refusal::decision as refusal};

/// From one block to the next, in microseconds.
const BLOCK: i64 = 500_000;

impl Stage<'_, '_> {
    /// A return that too few members vote on: the share is free again.
    pub(super) fn lapse_return(
        &mut self,
        api: &Api,
        contribution: &Contribution,
        property_id: Option<u64>,
        with_attempts: bool,
    ) -> Result<(), StoryError> {
        let account = contribution.participant;
        let Some(back) = &contribution.back else {
            return Ok(());
        };
        match &contribution.share {
            Share::Money(_) => {
                let (id, question) = self.ask_money(account, back.quantity)?;
                self.lapse(api, id, &back.votes, &question, with_attempts)?;
                self.keep_money(account, back.quantity, &question)
            }
            Share::Property(thing) => {
                let property_id = property_id.unwrap_or_default();
                let (id, question) = self.ask_property(account, property_id, thing)?;
                self.lapse(api, id, &back.votes, &question, with_attempts)?;
                self.keep_property(account, thing, &question)
            }
        }
    }

    /// The members vote, the question finds no decision, and the voting ends; `with_attempts` also
    /// tries what must fail at its end.
    pub(super) fn lapse(
        &mut self,
        api: &Api,
        id: u64,
        votes: &Votes,
        question: &Question,
        with_attempts: bool,
    ) -> Result<(), StoryError> {
        self.vote(id, votes, false)?;
        let end = self.decision(id)?.expires_at;
        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let expire = soviet.expire(self.coop(), vec![id]).to_action();
        if with_attempts {
            self.wait_on_agenda(api, TimePoint::from_micros(end.micros() - BLOCK), id)?;
            let words = Words::of("attempt.early_expire").with("id", id);
            let early = std::slice::from_ref(&expire);
            self.attempt(words, anyone, early, refusal::VOTING_GOES_ON)?;
        }
        self.wait_on_agenda(api, end, id)?;
        if with_attempts {
            self.attempts_on_expired(id, votes)?;
        }
        let protocol = self.protocol(id, question)?;
        self.write(&protocol)?;
        let words = Words::of("step.expire").with("id", id);
        let actions = self.with_delivery(expire, id, question);
        let trace = self.act(words, anyone, &actions)?;
        self.log.result(&Words::of("result.expired"));
        self.log.tell(&self.vote_told(&protocol));
        self.check_events(id, &trace, "newdeclined");
        let left = self.question(question.hash)?.is_some();
        let words = Words::of("check.question_finished").with("id", id);
        self.log.check(&words, "false", &left.to_string());
        Ok(())
    }

    /// What is too late, or has no decision behind it.
    fn attempts_on_expired(&mut self, id: u64, votes: &Votes) -> Result<(), StoryError> {
        let silent = votes.iter().find(|(_, choice)| *choice == Choice::Silent);
        let late = silent.map_or(self.chairman()?.account, |(member, _)| member);
        let vote = self.vote_action(late, id, Choice::For)?;
        let words = Words::of("attempt.late_vote").with("id", id);
        self.attempt(words, late, &vote, refusal::VOTING_OVER)?;
        let exec = Soviet::at(self.contracts.soviet)
            .signed_by(active(late))
            .exec(late, self.coop(), id)
            .to_action();
        let words = Words::of("attempt.exec_unapproved").with("id", id);
        self.attempt(words, late, &[exec], refusal::NOT_AUTHORIZED)
    }

    /// Lets time pass, and shows whether readers find the question on the agenda then.
    fn wait_on_agenda(&mut self, api: &Api, until: TimePoint, id: u64) -> Result<(), StoryError> {
        api.jump_to(until)?;
        let questions = self.agenda()?.questions;
        let found = questions.iter().any(|question| question.id == id);
        let key = match found {
            true => "result.still_on_agenda",
            false => "result.off_agenda",
        };
        let reader = self.input.cashier.account;
        let words = Words::of("step.wait").with("until", until);
        self.look(words, reader, &Words::of(key).with("id", id));
        Ok(())
    }
}
