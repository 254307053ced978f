//! Steps of every process: payments, votes, protocols, effects.

use antelope_types::{Asset, Checksum256, Name, name};
use coop_model::catalogue::registry;
use coop_model::document::subject::{DecisionSubject, ProjectSubject};
use coop_model::{Document, Subject};
use serde_json::Value;
use veche_tests::Person;

use super::{Coop, Draft, Outcome, Question, number};

impl Coop<'_> {
    /// The cashier confirms that the exact sum came.
    pub(crate) fn pay(&self, hash: Checksum256, quantity: Asset) -> Outcome {
        let action = self
            .gateway(&self.cashier)
            .incomplete(
                self.name(),
                self.cashier.name,
                hash,
                quantity,
                self.world.unique_hash(),
            )
            .to_action();
        self.world.push(vec![action], &[&self.cashier])
    }

    /// The cashier says that no money will come.
    pub(crate) fn refuse_payment(&self, hash: Checksum256) -> Outcome {
        let action = self
            .gateway(&self.cashier)
            .indecline(self.name(), self.cashier.name, hash, "нет денег")
            .to_action();
        self.world.push(vec![action], &[&self.cashier])
    }

    /// The cashier confirms that the exact sum was sent.
    pub(crate) fn send(&self, hash: Checksum256, quantity: Asset) -> Outcome {
        let action = self
            .gateway(&self.cashier)
            .outcomplete(
                self.name(),
                self.cashier.name,
                hash,
                quantity,
                self.world.unique_hash(),
            )
            .to_action();
        self.world.push(vec![action], &[&self.cashier])
    }

    /// The cashier says that the transfer failed.
    pub(crate) fn fail_to_send(&self, hash: Checksum256) -> Outcome {
        let action = self
            .gateway(&self.cashier)
            .outdecline(self.name(), self.cashier.name, hash, "счёт закрыт")
            .to_action();
        self.world.push(vec![action], &[&self.cashier])
    }

    /// Anyone lets gateway tell a contract of others about the payment with this hash.
    pub(crate) fn tell(&self, payment: u64) -> Outcome {
        let action = self
            .gateway(&self.world.stranger)
            .tell(self.name(), payment)
            .to_action();
        self.world.push(vec![action], &[&self.world.stranger])
    }

    /// What gateway has still to tell, with the number of each payment.
    pub(crate) fn untold(&self) -> Vec<Value> {
        self.world
            .rows(&self.world.gateway, self.name(), name!("untold"))
    }

    /// What soviet has still to deliver.
    pub(crate) fn undelivered(&self) -> Vec<Value> {
        self.world
            .rows(&self.world.soviet, self.name(), name!("undelivered"))
    }

    /// Tells everything that there is to tell.
    pub(crate) fn tell_all(&self) {
        for row in self.untold() {
            self.tell(number(&row["id"])).accepted();
        }
    }

    /// The rows of the cooperative's questions.
    pub(crate) fn decisions(&self) -> Vec<Value> {
        self.world
            .rows(&self.world.soviet, self.name(), name!("decisions"))
    }

    pub(crate) fn payments(&self) -> Vec<Value> {
        self.world
            .rows(&self.world.gateway, self.name(), name!("payments"))
    }

    pub(crate) fn funds(&self) -> Value {
        let gateway = &self.world.gateway;
        self.world
            .row(gateway, gateway.name, name!("funds"), self.name())
            .expect("the cooperative's funds")
    }

    /// The unfinished question with this hash.
    #[track_caller]
    pub(crate) fn question_of(&self, hash: Checksum256) -> Question {
        let text = hash.to_string();
        let rows = self.decisions();
        let row = rows.iter().find(|row| row["hash"] == text.as_str());
        let id = number(&row.expect("a question with this hash")["id"]);
        Question { id, hash }
    }

    /// A free question that the chairman proposes.
    pub(crate) fn free_question(&self) -> Question {
        let subject = Subject::Project(ProjectSubject {
            project: self.world.unique_hash(),
        });
        let proposal = Draft::new(
            self.world,
            registry::PROPOSAL,
            self.name(),
            self.chairman().name,
            Some(subject),
        )
        .signed_by(self.world, &[self.chairman()]);
        let hash = proposal.hash();
        let action = self
            .soviet(self.chairman())
            .freedecision(self.name(), self.chairman().name, proposal)
            .to_action();
        self.world.push(vec![action], &[self.chairman()]).accepted();
        self.question_of(hash)
    }

    pub(crate) fn vote(&self, member: &Person, question: &Question, is_for: bool) -> Outcome {
        let soviet = self.soviet(member);
        let (coop, id, hash) = (self.name(), question.id, question.hash);
        let action = if is_for {
            soviet.votefor(coop, member.name, id, hash).to_action()
        } else {
            soviet.voteagainst(coop, member.name, id, hash).to_action()
        };
        self.world.push(vec![action], &[member])
    }

    /// Two of three vote for.
    pub(crate) fn approve(&self, question: &Question) {
        for member in &self.members[..2] {
            self.vote(member, question, true).accepted();
        }
    }

    /// Two of three vote against.
    pub(crate) fn decline(&self, question: &Question) {
        for member in &self.members[1..] {
            self.vote(member, question, false).accepted();
        }
    }

    /// The protocol of a question with the votes as they are now.
    pub(crate) fn protocol(&self, question: &Question) -> Document {
        let rows = self.decisions();
        let row = rows.iter().find(|row| number(&row["id"]) == question.id);
        let row = row.expect("a question to write the protocol of");
        let text = |field: &str| row[field].as_str().expect("a text").to_owned();
        let kind: Name = text("kind").parse().expect("a name");
        let registry_id = self.world.protocol_id(kind);
        let subject = Subject::Decision(DecisionSubject {
            decision_id: question.id,
            hash: question.hash,
            votes_for: number(&row["votes_for"]),
            votes_against: number(&row["votes_against"]),
            quorum_percent: u8::try_from(number(&row["quorum_percent"])).expect("percent"),
        });
        let username = text("username").parse().expect("a name");
        Draft::new(
            self.world,
            registry_id,
            self.name(),
            username,
            Some(subject),
        )
        .signed_by(self.world, &[self.chairman()])
    }

    /// The chairman signs the protocol.
    pub(crate) fn authorize(&self, question: &Question) -> Outcome {
        let chairman = self.chairman();
        let action = self
            .soviet(chairman)
            .authorize(
                self.name(),
                chairman.name,
                question.id,
                self.protocol(question),
            )
            .to_action();
        self.world.push(vec![action], &[chairman])
    }

    /// Somebody without any role executes.
    pub(crate) fn exec(&self, question: &Question) -> Outcome {
        let executer = &self.world.stranger;
        let action = self
            .soviet(executer)
            .exec(executer.name, self.name(), question.id)
            .to_action();
        self.world.push(vec![action], &[executer])
    }

    /// Votes, protocol, effect.
    pub(crate) fn decide(&self, question: &Question) {
        self.approve(question);
        self.authorize(question).accepted();
        self.exec(question).accepted();
    }

    /// Anyone takes a declined question off.
    pub(crate) fn take_off(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.world.stranger)
            .declinedec(self.name(), question.id)
            .to_action();
        self.world.push(vec![action], &[&self.world.stranger])
    }

    /// Anyone takes a question off whose term is over.
    pub(crate) fn expire(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.world.stranger)
            .expire(self.name(), vec![question.id])
            .to_action();
        self.world.push(vec![action], &[&self.world.stranger])
    }

    /// Anyone delivers a decline.
    pub(crate) fn deliver(&self, question: &Question) -> Outcome {
        let action = self
            .soviet(&self.world.stranger)
            .deliver(self.name(), question.id)
            .to_action();
        self.world.push(vec![action], &[&self.world.stranger])
    }
}
