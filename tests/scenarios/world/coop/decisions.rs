//! Questions of a cooperative: proposed, voted on, authorized, executed, removed.

use antelope_types::Checksum256;
use coop_model::Document;

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
            .votefor(self.name(), member.name, question.id)
            .to_action();
        self.chain.push(vec![action], &[member])
    }

    pub(crate) fn vote_against(&self, member: &Person, question: &Question) -> Outcome {
        let action = self
            .soviet(member)
            .voteagainst(self.name(), member.name, question.id)
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

    /// As many votes against as decline the question, from the last member on.
    pub(crate) fn decline(&self, question: &Question) {
        for member in self.members.iter().rev() {
            if self.status(question) != "open" {
                return;
            }
            self.vote_against(member, question).accepted();
        }
    }

    /// Anyone removes a declined question.
    pub(crate) fn remove_declined(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.chain.stranger)
            .declinedec(self.name(), question.id)
            .to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
    }

    /// Anyone removes a question whose term is over.
    pub(crate) fn expire(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.chain.stranger)
            .expire(self.name(), question.id)
            .to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
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
