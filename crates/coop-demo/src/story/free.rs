//! Fourth chapter: a council member puts a question, and the council decides it freely.

use super::{
    Stage, StoryError,
    council::Question,
    papers::{Paper, sha256},
    stage::active,
};
use crate::input::{self, Expected};
use antelope_types::Name;
use coop_client::rows::Decision;
use coop_documents::{Effect, Proposal};
use coop_language::Words;
use coop_model::{clients::Soviet, refusal::decision as refusal};

impl Stage<'_, '_> {
    /// A free question from the proposal to its end; the first one also with a protocol that is
    /// about another decision.
    pub(super) fn decide(
        &mut self,
        number: usize,
        question: &input::Question,
    ) -> Result<(), StoryError> {
        let (id, asked) = self.propose(number, question)?;
        self.vote(id, &question.votes, false)?;
        if number == 0 && question.votes.expected() == Expected::Approved {
            self.attempt_other_protocol(id, &asked)?;
        }
        if self.conclude(id, &question.votes, &asked)?.is_some() {
            self.log.result(&Words::of("result.recorded"));
        }
        Ok(())
    }

    /// Puts a question on the agenda; its number.
    pub(super) fn propose(
        &mut self,
        number: usize,
        question: &input::Question,
    ) -> Result<(u64, Question), StoryError> {
        // A draft is known by an identifier that whoever drafts it chooses.
        let project =
            sha256(format!("{} {number} {}", self.chain_id(), question.question).as_bytes());
        let proposer = self.person(question.proposer)?;
        let proposal = self.write(&Proposal {
            proposer: proposer.clone(),
            project,
            question: question.question.clone(),
            decision: question.decision.clone(),
        })?;
        let id = self.send_proposal(question.proposer, &proposal)?;
        let asked = Question {
            person: proposer,
            effect: Effect::Free {
                question: question.question.clone(),
                decision: question.decision.clone(),
            },
            hash: proposal.hash(),
        };
        Ok((id, asked))
    }

    fn send_proposal(&mut self, proposer: Name, proposal: &Paper) -> Result<u64, StoryError> {
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(proposer));
        let action = soviet
            .freedecision(self.coop(), proposer, proposal.document.clone())
            .to_action();
        let trace = self.act(Words::of("step.propose"), proposer, &[action])?;
        self.sent(proposal, trace.id);
        let decision = self.question(proposal.hash())?;
        let decision = decision.ok_or_else(|| self.no_question(proposal.hash()))?;
        self.check_events(decision.id, &trace, "newsubmitted");
        let words = Words::of("result.question")
            .with("id", decision.id)
            .with("until", decision.expires_at);
        self.log.result(&words);
        Ok(decision.id)
    }

    /// The chairman signs a protocol that is right in everything but the number of the decision.
    fn attempt_other_protocol(&mut self, id: u64, question: &Question) -> Result<(), StoryError> {
        let decision = self.decision(id)?;
        let mut protocol = self.protocol(id, question)?;
        protocol.voting = self.voting(&Decision {
            id: id - 1,
            ..decision
        })?;
        let forged = self.forge(&protocol)?;
        let action = self.authorize_action(id, forged)?;
        let words = Words::of("attempt.other_protocol")
            .with("id", id)
            .with("other", id - 1);
        let chairman = self.chairman()?.account;
        self.attempt(words, chairman, &[action], refusal::PROTOCOL_OF_ANOTHER)
    }
}
