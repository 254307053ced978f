//! Fourth chapter: a council member puts a question, and the council decides it freely.

use antelope_types::Name;
use coop_documents::{DecisionProtocol, Person, Proposal, Voting};
use coop_model::clients::Soviet;

use super::{
    Stage, StoryError,
    council::refusal,
    papers::{Paper, sha256},
    rows::Decision,
    stage::active,
};
use crate::{
    input::{Expected, Question},
    words::Words,
};

impl Stage<'_, '_> {
    /// A free question from the proposal to its end; the first one also with a protocol that is
    /// about another decision.
    pub(super) fn decide(&mut self, number: usize, question: &Question) -> Result<(), StoryError> {
        let proposal = self.propose(number, question)?;
        let hash = proposal.hash();
        let listed = self.question(hash)?.map(|decision| decision.id);
        let id = listed.ok_or_else(|| self.no_question(hash))?;
        self.vote(id, &question.votes, false)?;
        if question.votes.expected() == Expected::Approved {
            if number == 0 {
                self.attempt_other_protocol(id, question, &proposal)?;
            }
            let protocol = {
                let voting = self.voting(&self.decision(id)?)?;
                let form = self.protocol_form(voting, question, &proposal)?;
                self.write(&form)?
            };
            self.authorize_and_exec(id, &protocol)?;
            self.log.result(&Words::of("result.recorded"));
        } else {
            self.remove_declined(id)?;
            self.log.result(&Words::of("result.removed"));
        }
        let left = self.question(hash)?.is_some();
        self.log.check(
            &Words::of("check.question_finished").with("id", id),
            "false",
            &left.to_string(),
        );
        Ok(())
    }

    pub(super) fn propose(
        &mut self,
        number: usize,
        question: &Question,
    ) -> Result<Paper, StoryError> {
        // A draft is known by an identifier that whoever drafts it chooses.
        let project =
            sha256(format!("{} {number} {}", self.chain_id(), question.question).as_bytes());
        let proposal = self.write(&Proposal {
            proposer: self.member(question.proposer)?.clone(),
            project,
            question: question.question.clone(),
            decision: question.decision.clone(),
        })?;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(question.proposer));
        let action = soviet
            .freedecision(self.coop(), question.proposer, proposal.document.clone())
            .to_action();
        let trace = self.act(Words::of("step.propose"), question.proposer, &[action])?;
        self.sent(&proposal, trace.id);
        let decision = self.question(proposal.hash())?;
        let decision = decision.ok_or_else(|| self.no_question(proposal.hash()))?;
        self.check_events(decision.id, &trace, "newsubmitted");
        let words = Words::of("result.question")
            .with("id", decision.id)
            .with("until", decision.expires_at);
        self.log.result(&words);
        Ok(proposal)
    }

    fn protocol_form(
        &self,
        voting: Voting,
        question: &Question,
        proposal: &Paper,
    ) -> Result<DecisionProtocol, StoryError> {
        Ok(DecisionProtocol {
            voting,
            proposer: question.proposer,
            question: question.question.clone(),
            decision: question.decision.clone(),
            proposal: proposal.hash(),
            chairman: self.chairman()?.account,
        })
    }

    /// The chairman signs a protocol that is right in everything but the number of the decision.
    fn attempt_other_protocol(
        &mut self,
        id: u64,
        question: &Question,
        proposal: &Paper,
    ) -> Result<(), StoryError> {
        let decision = self.decision(id)?;
        let voting = self.voting(&Decision {
            id: id - 1,
            ..decision
        })?;
        let forged = self.forge(&self.protocol_form(voting, question, proposal)?)?;
        let action = self.authorize_action(id, forged)?;
        let words = Words::of("step.other_protocol")
            .with("id", id)
            .with("other", id - 1);
        let chairman = self.chairman()?.account;
        self.attempt(words, chairman, &[action], refusal::OTHER_DECISION)
    }

    fn member(&self, account: Name) -> Result<&Person, StoryError> {
        let member = self
            .input
            .council
            .iter()
            .find(|member| member.person.account == account);
        member
            .map(|member| &member.person)
            .ok_or(StoryError::NoKey { account })
    }
}
