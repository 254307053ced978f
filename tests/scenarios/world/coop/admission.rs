//! Candidates of a cooperative and their money.

use antelope_types::{Asset, Checksum256, Name};
use coop_model::Document;
use coop_model::people::kind;

use super::{Candidate, Coop, ENTRANCE_AND_MINIMUM, Question};
use crate::scenarios::world::{Draft, Outcome, Person};

impl Coop<'_> {
    /// Somebody with an account who has not applied.
    pub(crate) fn newcomer(&self) -> Person {
        self.newcomer_like(Person::new())
    }

    /// Makes the account of this person.
    pub(crate) fn newcomer_like(&self, person: Person) -> Person {
        let action = self.new_account(&self.account, &person);
        self.chain.push(vec![action], &[&self.account]).accepted();
        person
    }

    /// Somebody who has applied, as an individual, and not paid.
    pub(crate) fn applicant(&self) -> Candidate {
        self.applies(self.newcomer())
    }

    /// This person applies as an individual.
    pub(crate) fn applies(&self, person: Person) -> Candidate {
        let statement = Draft::statement(self, person.name).signed_by(self.chain, &[&person]);
        self.apply(&person, &person, kind::INDIVIDUAL, &statement)
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

    /// The cashier confirms the exact payment.
    pub(crate) fn confirm_payment(&self, hash: Checksum256) -> Outcome {
        self.complete(
            &self.cashier,
            hash,
            ENTRANCE_AND_MINIMUM,
            self.chain.unique_hash(),
        )
    }

    /// Somebody confirms an incoming payment.
    pub(crate) fn complete(
        &self,
        actor: &Person,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    ) -> Outcome {
        let action = self
            .gateway(actor)
            .incomplete(self.name(), actor.name, hash, quantity, reference)
            .to_action();
        self.chain.push(vec![action], &[actor])
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

    /// The cashier says that the money went back.
    pub(crate) fn refund(&self, hash: Checksum256) -> Outcome {
        let (cashier, reference) = (&self.cashier, self.chain.unique_hash());
        let action = self
            .gateway(cashier)
            .outcomplete(
                self.name(),
                cashier.name,
                hash,
                ENTRANCE_AND_MINIMUM,
                reference,
            )
            .to_action();
        self.chain.push(vec![action], &[cashier])
    }

    /// The cashier says that the transfer back failed.
    pub(crate) fn fail_refund(&self, hash: Checksum256) -> Outcome {
        let cashier = &self.cashier;
        let action = self
            .gateway(cashier)
            .outdecline(self.name(), cashier.name, hash, "счёт закрыт")
            .to_action();
        self.chain.push(vec![action], &[cashier])
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
