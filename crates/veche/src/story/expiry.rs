//! Sixth chapter, where the clock can be moved: a question that finds no majority ends after 48 hours.

use antelope_chain::api::Api;
use antelope_types::TimePoint;
use coop_documents::Choice;
use coop_model::clients::Soviet;

use super::{Stage, StoryError, council::refusal, ground::Ground, stage::active};
use crate::words::Words;

/// From one block to the next, in microseconds.
const BLOCK: i64 = 500_000;

impl Stage<'_, '_> {
    /// The first question is put once more, and this time hardly anybody votes.
    ///
    /// On a chain whose clock goes by itself this would take two days, so there it is left out.
    pub(super) fn expire_question(&mut self) -> Result<(), StoryError> {
        let (Ground::Embedded(_, api), Some(question)) = (&self.node, self.input.questions.first())
        else {
            return Ok(());
        };
        let api = api.clone();
        let proposal = self.propose(self.input.questions.len(), question)?;
        let listed = self.question(proposal.hash())?;
        let decision = listed.ok_or_else(|| self.no_question(proposal.hash()))?;
        let (id, end) = (decision.id, decision.expires_at);
        let proposer = question.proposer;
        let vote: Vec<_> = self
            .vote_action(proposer, id, Choice::For)
            .into_iter()
            .collect();
        self.act(Words::of("step.vote_for").with("id", id), proposer, &vote)?;
        self.tell_count(id)?;

        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let expire = soviet.expire(self.coop(), id).to_action();
        self.wait(&api, TimePoint::from_micros(end.micros() - BLOCK), id)?;
        let words = Words::of("step.early_expire").with("id", id);
        self.attempt(
            words,
            anyone,
            std::slice::from_ref(&expire),
            refusal::EARLY_EXPIRE,
        )?;

        self.wait(&api, end, id)?;
        let late = self.chairman()?.account;
        let vote: Vec<_> = self
            .vote_action(late, id, Choice::For)
            .into_iter()
            .collect();
        let words = Words::of("step.late_vote").with("id", id);
        self.attempt(words, late, &vote, refusal::OVER)?;
        let exec = Soviet::at(self.contracts.soviet)
            .signed_by(active(late))
            .exec(late, self.coop(), id)
            .to_action();
        let words = Words::of("step.exec_unapproved").with("id", id);
        self.attempt(words, late, &[exec], refusal::NOT_AUTHORIZED)?;

        let words = Words::of("step.expire").with("id", id);
        let trace = self.act(words, anyone, &[expire])?;
        self.log.result(&Words::of("result.expired"));
        self.check_events(id, &trace, "newdeclined");
        let left = self.question(proposal.hash())?.is_some();
        let words = Words::of("check.question_finished").with("id", id);
        self.log.check(&words, "false", &left.to_string());
        Ok(())
    }

    /// Lets time pass, and shows whether readers find the question on the agenda then.
    fn wait(&mut self, api: &Api, until: TimePoint, id: u64) -> Result<(), StoryError> {
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
