//! Shares of participants in money and in property.

use antelope_types::{Asset, Checksum256};
use coop_model::Document;
use coop_model::Subject;
use coop_model::catalogue::registry;
use coop_model::document::subject::{ActSubject, PropertySubject, ReturnSubject};

use super::{Coop, Question};
use crate::scenarios::world::{Draft, Outcome, Person, number};

impl Coop<'_> {
    /// `sender` sends a participant's statement of a contribution in money.
    pub(crate) fn offer_money(
        &self,
        sender: &Person,
        person: &Person,
        quantity: Asset,
        statement: &Document,
    ) -> Outcome {
        let action = self
            .gateway(sender)
            .sharemoney(self.name(), person.name, quantity, statement.clone())
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// A participant asks to contribute money; returns the hash of the statement.
    pub(crate) fn share_money(&self, person: &Person, quantity: Asset) -> Checksum256 {
        let statement = Draft::money(self, registry::MONEY_STATEMENT, person.name, quantity)
            .signed_by(self.chain, &[person]);
        self.offer_money(person, person, quantity, &statement)
            .accepted();
        statement.hash()
    }

    /// The same, paid: the council is asked.
    pub(crate) fn paid_share(&self, person: &Person, quantity: Asset) -> Question {
        let hash = self.share_money(person, quantity);
        self.comes(hash, quantity).accepted();
        self.question_of(hash)
    }

    /// A participant has contributed money.
    pub(crate) fn contribute(&self, person: &Person, quantity: Asset) {
        self.decide(&self.paid_share(person, quantity));
    }

    /// `sender` sends a participant's statement that asks for money.
    pub(crate) fn ask_money(
        &self,
        sender: &Person,
        person: &Person,
        quantity: Asset,
        statement: &Document,
    ) -> Outcome {
        let action = self
            .gateway(sender)
            .returnmoney(self.name(), person.name, quantity, statement.clone())
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// A participant asks for money.
    pub(crate) fn try_return_money(
        &self,
        person: &Person,
        quantity: Asset,
    ) -> (Outcome, Checksum256) {
        let statement = Draft::money(
            self,
            registry::MONEY_RETURN_STATEMENT,
            person.name,
            quantity,
        )
        .signed_by(self.chain, &[person]);
        let outcome = self.ask_money(person, person, quantity, &statement);
        (outcome, statement.hash())
    }

    /// A participant asks for money: the council is asked.
    pub(crate) fn return_money(&self, person: &Person, quantity: Asset) -> Question {
        let (outcome, hash) = self.try_return_money(person, quantity);
        outcome.accepted();
        self.question_of(hash)
    }

    /// `sender` sends a participant's statement of a contribution in property.
    pub(crate) fn offer_property(
        &self,
        sender: &Person,
        person: &Person,
        subject: PropertySubject,
        statement: &Document,
    ) -> Outcome {
        let PropertySubject {
            description,
            valuation,
        } = subject;
        let action = self
            .gateway(sender)
            .shareprop(
                self.name(),
                person.name,
                description,
                valuation,
                statement.clone(),
            )
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// A participant offers property; returns its number.
    pub(crate) fn share_property(&self, person: &Person, valuation: Asset) -> u64 {
        self.try_share_property(person, valuation).accepted();
        number(&self.funds()["last_property"])
    }

    /// Somebody offers property.
    pub(crate) fn try_share_property(&self, person: &Person, valuation: Asset) -> Outcome {
        let subject = PropertySubject {
            description: self.chain.unique_hash(),
            valuation,
        };
        let statement = Draft::new(
            self.chain,
            registry::PROPERTY_STATEMENT,
            self.name(),
            person.name,
            Some(Subject::Property(subject)),
        )
        .signed_by(self.chain, &[person]);
        self.offer_property(person, person, subject, &statement)
    }

    /// An act about a property as it stands now.
    pub(crate) fn act(&self, registry_id: u64, property_id: u64) -> Draft {
        let row = self.property(property_id).expect("the property");
        let text = |field: &str| row[field].as_str().expect("text").to_owned();
        let subject = Subject::Act(ActSubject {
            property_id,
            hash: text("hash").parse().expect("a hash"),
            description: text("description").parse().expect("a hash"),
            valuation: text("valuation").parse().expect("an asset"),
        });
        let username = text("username").parse().expect("a name");
        Draft::new(
            self.chain,
            registry_id,
            self.name(),
            username,
            Some(subject),
        )
    }

    /// Somebody of the cooperative and the owner say that the cooperative has the property.
    pub(crate) fn accept_property(&self, actor: &Person, owner: &Person, id: u64) -> Outcome {
        let act = self
            .act(registry::ACCEPTANCE_ACT, id)
            .signed_by(self.chain, &[owner, actor]);
        self.accept_with(actor, id, &act)
    }

    /// Somebody says with any document that the cooperative has the property.
    pub(crate) fn accept_with(&self, actor: &Person, id: u64, act: &Document) -> Outcome {
        let action = self
            .gateway(actor)
            .acceptprop(self.name(), actor.name, id, act.clone())
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Property that the cashier accepted, and the question about it.
    pub(crate) fn accepted_property(&self, person: &Person, valuation: Asset) -> (u64, Question) {
        let id = self.share_property(person, valuation);
        self.accept_property(&self.cashier, person, id).accepted();
        (id, self.question_of(self.property_hash(id)))
    }

    /// Property that has become a share.
    pub(crate) fn shared_property(&self, person: &Person, valuation: Asset) -> u64 {
        let (id, question) = self.accepted_property(person, valuation);
        self.decide(&question);
        id
    }

    /// A participant asks for property.
    pub(crate) fn try_return_property(&self, person: &Person, id: u64) -> (Outcome, Checksum256) {
        let row = self.property(id).expect("the property");
        let valuation = row["valuation"].as_str().expect("an asset");
        let subject = Subject::Return(ReturnSubject {
            property_id: id,
            valuation: valuation.parse().expect("an asset"),
        });
        let statement = Draft::new(
            self.chain,
            registry::PROPERTY_RETURN_STATEMENT,
            self.name(),
            person.name,
            Some(subject),
        )
        .signed_by(self.chain, &[person]);
        let action = self
            .gateway(person)
            .returnprop(self.name(), person.name, id, statement.clone())
            .to_action();
        (self.chain.push(vec![action], &[person]), statement.hash())
    }

    /// A participant asks for property: the council is asked.
    pub(crate) fn return_property(&self, person: &Person, id: u64) -> Question {
        let (outcome, hash) = self.try_return_property(person, id);
        outcome.accepted();
        self.question_of(hash)
    }

    /// Somebody of the cooperative and the owner say that the owner has the property again.
    pub(crate) fn hand_over(&self, actor: &Person, owner: &Person, id: u64) -> Outcome {
        let act = self
            .act(registry::HANDOVER_ACT, id)
            .signed_by(self.chain, &[owner, actor]);
        self.hand_over_with(actor, id, &act)
    }

    /// Somebody says with any document that the owner has the property again.
    pub(crate) fn hand_over_with(&self, actor: &Person, id: u64, act: &Document) -> Outcome {
        let action = self
            .gateway(actor)
            .handprop(self.name(), actor.name, id, act.clone())
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Somebody withdraws an offer or a return of property.
    pub(crate) fn cancel_property(&self, actor: &Person, id: u64) -> Outcome {
        let action = self
            .gateway(actor)
            .cancelprop(self.name(), actor.name, id)
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Anyone says that a handover is overdue.
    pub(crate) fn property_overdue(&self, id: u64) -> Outcome {
        let stranger = &self.chain.stranger;
        let action = self
            .gateway(stranger)
            .propoverdue(self.name(), id)
            .to_action();
        self.chain.push(vec![action], &[stranger])
    }

    /// The hash of the statement that a property's process goes by.
    pub(crate) fn property_hash(&self, id: u64) -> Checksum256 {
        let row = self.property(id).expect("the property");
        row["hash"]
            .as_str()
            .expect("a hash")
            .parse()
            .expect("a hash")
    }
}
