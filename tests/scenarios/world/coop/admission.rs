//! Candidates of a cooperative and their money.

use antelope_types::{Action, Checksum256, Name, name};
use coop_model::Document;
use coop_model::catalogue::registry;
use coop_model::people::kind;

use super::{Candidate, Coop, Question};
use crate::scenarios::world::{Draft, Outcome, Person};

/// The agreements that admission needs.
const REQUIRED: [u64; 3] = [
    registry::SIGNATURE_AGREEMENT,
    registry::PRIVACY_AGREEMENT,
    registry::STATUTES_AGREEMENT,
];

impl Coop<'_> {
    /// Somebody with an account who has not applied.
    pub(crate) fn newcomer(&self) -> Person {
        self.newcomer_like(Person::new())
    }

    /// Makes the account of this person, who signs the agreements that admission needs.
    pub(crate) fn newcomer_like(&self, person: Person) -> Person {
        let account = self.new_account(&self.account, &person);
        let agreements = self.agreements(&self.account, &person, &REQUIRED);
        self.chain
            .push(vec![account, agreements], &[&self.account])
            .accepted();
        person
    }

    /// Somebody with an account who has signed no agreements.
    pub(crate) fn outsider(&self) -> Person {
        let person = Person::new();
        self.chain
            .push(
                vec![self.new_account(&self.account, &person)],
                &[&self.account],
            )
            .accepted();
        person
    }

    /// `sender` sends agreements that `person` signed.
    pub(crate) fn agreements(&self, sender: &Person, person: &Person, ids: &[u64]) -> Action {
        let documents = ids
            .iter()
            .map(|id| Draft::agreement(self, person.name, *id).signed_by(self.chain, &[person]))
            .collect();
        self.registrator(sender)
            .signagree(self.name(), person.name, documents)
            .to_action()
    }

    /// The person signs the agreements that admission needs.
    pub(crate) fn agree(&self, person: &Person) {
        self.chain
            .push(vec![self.agreements(person, person, &REQUIRED)], &[person])
            .accepted();
    }

    /// Somebody who has applied, as an individual, and not paid.
    pub(crate) fn applicant(&self) -> Candidate {
        self.applies(self.newcomer())
    }

    /// This person applies as an individual.
    pub(crate) fn applies(&self, person: Person) -> Candidate {
        if self
            .row_of(&self.chain.registrator, name!("agreements"), &person)
            .is_none()
        {
            self.agree(&person);
        }
        let statement = Draft::statement(self, person.name).signed_by(self.chain, &[&person]);
        self.apply(&person, &person, kind::INDIVIDUAL, &statement)
            .accepted();
        Candidate {
            person,
            hash: statement.hash(),
        }
    }

    /// Somebody applies as an individual, through the cooperative.
    pub(crate) fn sent_application(&self) -> Candidate {
        let person = self.newcomer();
        let statement = Draft::statement(self, person.name).signed_by(self.chain, &[&person]);
        self.apply(&self.account, &person, kind::INDIVIDUAL, &statement)
            .accepted();
        Candidate {
            person,
            hash: statement.hash(),
        }
    }

    /// `sender` sends the application of `person`.
    pub(crate) fn apply(
        &self,
        sender: &Person,
        person: &Person,
        kind: Name,
        statement: &Document,
    ) -> Outcome {
        let action = self
            .registrator(sender)
            .reguser(self.name(), person.name, kind, statement.clone())
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// Somebody whose payment has come, and the question about them.
    pub(crate) fn paid_applicant(&self) -> (Candidate, Question) {
        let candidate = self.applicant();
        self.confirm_payment(candidate.hash).accepted();
        let question = self.question_of(candidate.hash);
        (candidate, question)
    }

    /// Somebody who has become a participant.
    pub(crate) fn admitted(&self) -> Person {
        let (candidate, question) = self.paid_applicant();
        self.decide(&question);
        candidate.person
    }

    /// The cooperative tries the transfer back once more.
    pub(crate) fn retry_refund(&self, hash: Checksum256) -> Outcome {
        let action = self
            .registrator(&self.account)
            .retryrefund(self.name(), self.name(), hash)
            .to_action();
        self.chain.push(vec![action], &[&self.account])
    }
}
