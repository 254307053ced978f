//! Questions of a cooperative: proposed, voted on, authorized, executed, removed.

use antelope_types::{Action, Checksum256};
use coop_model::{Document, parameters};

use super::{Coop, Question};
use crate::scenarios::world::{Draft, Outcome, Person, number};

impl Coop<'_> {
    /// A free question proposed by the chairman.
    pub(crate) fn question(&self) -> Question {
        self.question_by(self.chairman())
    }

    /// A free question proposed by this member.
    pub(crate) fn question_by(&self, member: &Person) -> Question {
        let proposal = Draft::proposal(self, member.name).signed_by(self.chain, &[member]);
        self.propose(member, &proposal).accepted();
        self.question_of(proposal.hash())
    }

    /// The unfinished question with this hash.
    #[track_caller]
    pub(crate) fn question_of(&self, hash: Checksum256) -> Question {
        let text = hash.to_string();
        let rows = self.decisions();
        let row = rows
            .iter()
            .find(|row| row["hash"] == text.as_str())
            .expect("a question with this hash");
        Question {
            id: number(&row["id"]),
            hash,
        }
    }

    /// Publishes a free question.
    pub(crate) fn propose(&self, member: &Person, proposal: &Document) -> Outcome {
        let action = self
            .soviet(member)
            .freedecision(self.name(), member.name, proposal.clone())
            .to_action();
        self.chain.push(vec![action], &[member])
    }

    pub(crate) fn vote_for(&self, member: &Person, question: &Question) -> Outcome {
        let action = self
            .soviet(member)
            .votefor(self.name(), member.name, question.id, question.hash)
            .to_action();
        self.chain.push(vec![action], &[member])
    }

    pub(crate) fn vote_against(&self, member: &Person, question: &Question) -> Outcome {
        let action = self
            .soviet(member)
            .voteagainst(self.name(), member.name, question.id, question.hash)
            .to_action();
        self.chain.push(vec![action], &[member])
    }

    /// As many votes for as approve the question, from the chairman on.
    pub(crate) fn approve(&self, question: &Question) {
        let voting = number(&self.decision(question.id).expect("a question")["seats"]);
        for member in self.members.iter().take(voting as usize / 2 + 1) {
            self.vote_for(member, question).accepted();
        }
    }

    /// The votes that are missing for approval, when the chairman's is there already.
    pub(crate) fn approve_rest(&self, question: &Question) {
        for member in self.members.iter().skip(1) {
            if self.status(question) != "open" {
                return;
            }
            self.vote_for(member, question).accepted();
        }
    }

    /// As many votes against as decline the question, from the last member with a vote on.
    pub(crate) fn decline(&self, question: &Question) {
        let voting = number(&self.decision(question.id).expect("a question")["seats"]);
        for member in self.members.iter().take(voting as usize).rev() {
            if self.status(question) != "open" {
                return;
            }
            self.vote_against(member, question).accepted();
        }
    }

    /// Anyone takes a declined question off and tells the owner of its kind, in one transaction.
    pub(crate) fn remove_declined(&self, question: &Question) -> Outcome {
        let off = self
            .soviet(&self.chain.stranger)
            .declinedec(self.name(), question.id)
            .to_action();
        self.push_with_delivery(off, question)
    }

    /// Anyone takes a question off whose term is over, and tells the owner of its kind.
    pub(crate) fn expire(&self, question: &Question) -> Outcome {
        let off = self
            .soviet(&self.chain.stranger)
            .expire(self.name(), vec![question.id])
            .to_action();
        self.push_with_delivery(off, question)
    }

    fn push_with_delivery(&self, off: Action, question: &Question) -> Outcome {
        let is_standardized = self
            .decision(question.id)
            .is_some_and(|row| row["kind"] != "freedecision");
        let delivery = is_standardized.then(|| self.delivery(question));
        let actions = [off].into_iter().chain(delivery).collect();
        self.chain.push(actions, &[&self.chain.stranger])
    }

    /// Anyone takes a declined question off and tells nobody.
    pub(crate) fn take_off(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.chain.stranger)
            .declinedec(self.name(), question.id)
            .to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
    }

    /// Anyone takes questions off whose term is over, and tells nobody.
    pub(crate) fn expire_all(&self, ids: &[u64]) -> Outcome {
        let action = self
            .soviet(&self.chain.stranger)
            .expire(self.name(), ids.to_vec())
            .to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
    }

    /// Anyone tells the owner of a kind that a question came to nothing.
    pub(crate) fn deliver(&self, question: &Question) -> Outcome {
        self.chain
            .push(vec![self.delivery(question)], &[&self.chain.stranger])
    }

    fn delivery(&self, question: &Question) -> Action {
        self.soviet(&self.chain.stranger)
            .deliver(self.name(), question.id)
            .to_action()
    }

    /// The council says no, the question goes off, and its owner is told.
    pub(crate) fn refuse(&self, question: &Question) {
        self.decline(question);
        self.remove_declined(question).accepted();
    }

    /// Nobody votes for 48 hours, the question goes off, and its owner is told.
    pub(crate) fn run_out(&self, question: &Question) {
        self.chain.pass(parameters::VOTING_SECONDS);
        self.expire(question).accepted();
    }

    /// The council says yes, nobody signs for 30 days, the question goes off, and its owner is told.
    pub(crate) fn leave_unsigned(&self, question: &Question) {
        self.approve(question);
        self.chain.pass(parameters::SIGNING_SECONDS);
        self.expire(question).accepted();
    }

    /// The chairman authorizes an approved question with its right protocol.
    pub(crate) fn authorize(&self, question: &Question) -> Outcome {
        let protocol = Draft::protocol(self, question).signed_by(self.chain, &[self.chairman()]);
        self.authorize_with(self.chairman(), question, &protocol)
    }

    /// Somebody authorizes a question with any document.
    pub(crate) fn authorize_with(
        &self,
        chairman: &Person,
        question: &Question,
        protocol: &Document,
    ) -> Outcome {
        let action = self
            .soviet(chairman)
            .authorize(self.name(), chairman.name, question.id, protocol.clone())
            .to_action();
        self.chain.push(vec![action], &[chairman])
    }

    /// Somebody without any role executes a decision.
    pub(crate) fn exec(&self, question: &Question) -> Outcome {
        let executer = &self.chain.stranger;
        let action = self
            .soviet(executer)
            .exec(executer.name, self.name(), question.id)
            .to_action();
        self.chain.push(vec![action], &[executer])
    }

    /// Votes, protocol and execution of a question.
    pub(crate) fn decide(&self, question: &Question) {
        self.approve(question);
        self.authorize(question).accepted();
        self.exec(question).accepted();
    }
}
