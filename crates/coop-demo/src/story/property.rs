//! Sixth chapter: a participant contributes a thing as a share, and gets it back.

use super::{Stage, StoryError, council::Question, stage::active};
use crate::input::{Back, Contribution};
use antelope_types::{Checksum256, Name};
use coop_documents::{Act, Direction, Effect, PropertyReturnStatement, PropertyStatement, Thing};
use coop_language::Words;
use coop_model::clients::Gateway;

impl Stage<'_, '_> {
    /// Statement, act of acceptance, decision; the number of the thing.
    pub(super) fn contribute_property(
        &mut self,
        contribution: &Contribution,
        thing: &Thing,
    ) -> Result<u64, StoryError> {
        let account = contribution.participant;
        let person = self.person(account)?;
        let statement = self.write(&PropertyStatement {
            participant: person.clone().into(),
            thing: thing.clone(),
        })?;
        let hash = statement.hash();
        self.save(&format!("thing-{hash}.txt"), &thing.description)?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(account));
        let action = gateway
            .shareprop(
                self.coop(),
                account,
                thing.hash(),
                thing.valuation,
                statement.document.clone(),
            )
            .to_action();
        let words = Words::of("step.offer_property").with("valuation", thing.valuation);
        let trace = self.act(words, account, &[action])?;
        self.sent(&statement, trace.id);
        let id = self.check_property(hash, account, thing, "offered")?;

        let question = Question {
            person,
            effect: Effect::PropertyIn(thing.clone()),
            hash,
        };
        let decision = self.accept_property(id, thing, &question)?;
        if self
            .settle(decision, &contribution.votes, &question)?
            .is_some()
        {
            self.ledger.accepted += thing.valuation.amount;
            let wallet = self.ledger.wallet(account);
            wallet.available += thing.valuation.amount;
            wallet.in_kind += thing.valuation.amount;
            let words = Words::of("result.share_grew").with("quantity", thing.valuation);
            self.log.result(&words);
            self.check_property(hash, account, thing, "shared")?;
            self.check_books()?;
        } else {
            self.check_property(hash, account, thing, "releasing")?;
            self.hand_over(id, thing, &question, false)?;
        }
        Ok(id)
    }

    /// Both sides sign that the cooperative has the thing, which puts the question on the agenda.
    fn accept_property(
        &mut self,
        id: u64,
        thing: &Thing,
        question: &Question,
    ) -> Result<u64, StoryError> {
        let cashier = self.input.cashier.account;
        let act = self.write(&Act {
            direction: Direction::Acceptance,
            property_id: id,
            thing: thing.clone(),
            owner: question.person.clone().into(),
            keeper: self.input.cashier.clone(),
            statement: question.hash,
        })?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .acceptprop(self.coop(), cashier, id, act.document.clone())
            .to_action();
        let words = Words::of("step.accept_property").with("id", id);
        let trace = self.act(words, cashier, &[action])?;
        self.sent(&act, trace.id);
        self.check_property(question.hash, question.person.account, thing, "accepted")?;
        let decision = self.opened(question.hash)?;
        self.check_events(decision, &trace, "newact, newsubmitted");
        Ok(decision)
    }

    /// Statement, decision, act of handover; or the thing stays a share.
    pub(super) fn return_property(
        &mut self,
        account: Name,
        id: u64,
        thing: &Thing,
        back: &Back,
    ) -> Result<(), StoryError> {
        let (decision, question) = self.ask_property(account, id, thing)?;
        if self.settle(decision, &back.votes, &question)?.is_none() {
            return self.keep_property(account, thing, &question);
        }
        self.check_property(question.hash, account, thing, "handover")?;
        self.hand_over(id, thing, &question, true)
    }

    /// A participant asks for a thing; the number of the question.
    pub(super) fn ask_property(
        &mut self,
        account: Name,
        id: u64,
        thing: &Thing,
    ) -> Result<(u64, Question), StoryError> {
        let person = self.person(account)?;
        let statement = self.write(&PropertyReturnStatement {
            participant: person.clone().into(),
            property_id: id,
            thing: thing.clone(),
        })?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(account));
        let action = gateway
            .returnprop(self.coop(), account, id, statement.document.clone())
            .to_action();
        let words = Words::of("step.ask_property").with("id", id);
        let trace = self.act(words, account, &[action])?;
        self.sent(&statement, trace.id);
        let words = Words::of("result.blocked").with("quantity", thing.valuation);
        self.log.result(&words);
        let hash = statement.hash();
        let decision = self.opened(hash)?;
        self.check_events(decision, &trace, "newsubmitted");
        let amount = thing.valuation.amount;
        let wallet = self.ledger.wallet(account);
        wallet.in_kind -= amount;
        wallet.available -= amount;
        wallet.blocked += amount;
        self.check_books()?;
        self.check_property(hash, account, thing, "asked")?;
        let question = Question {
            person,
            effect: Effect::PropertyOut(thing.clone()),
            hash,
        };
        Ok((decision, question))
    }

    /// What was asked back stays a share.
    pub(super) fn keep_property(
        &mut self,
        account: Name,
        thing: &Thing,
        question: &Question,
    ) -> Result<(), StoryError> {
        let amount = thing.valuation.amount;
        let wallet = self.ledger.wallet(account);
        wallet.blocked -= amount;
        wallet.available += amount;
        wallet.in_kind += amount;
        self.check_books()?;
        self.check_property(question.hash, account, thing, "shared")?;
        self.tell_of("story.kept", question, thing.valuation);
        Ok(())
    }

    /// Both sides sign that the owner has the thing again.
    fn hand_over(
        &mut self,
        id: u64,
        thing: &Thing,
        question: &Question,
        is_share: bool,
    ) -> Result<(), StoryError> {
        let cashier = self.input.cashier.account;
        let act = self.write(&Act {
            direction: Direction::Handover { is_share },
            property_id: id,
            thing: thing.clone(),
            owner: question.person.clone().into(),
            keeper: self.input.cashier.clone(),
            statement: question.hash,
        })?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .handprop(self.coop(), cashier, id, act.document.clone())
            .to_action();
        let words = Words::of("step.hand_over").with("id", id);
        let trace = self.act(words, cashier, &[action])?;
        self.sent(&act, trace.id);
        let found = self.events(&trace).join(", ");
        let words = Words::of("check.act").with("id", id);
        self.log.check(&words, "newact", &found);
        if is_share {
            let wallet = self.ledger.wallet(question.person.account);
            wallet.blocked -= thing.valuation.amount;
            self.ledger.handed_back += thing.valuation.amount;
        }
        self.check_books()?;
        let left = self.property(question.hash)?.is_some();
        let words = Words::of("check.no_property").with("id", id);
        self.log.check(&words, "false", &left.to_string());
        self.tell_of("story.property_out", question, thing.valuation);
        Ok(())
    }

    /// Compares the row of a thing with what it should be; its number.
    fn check_property(
        &mut self,
        hash: Checksum256,
        account: Name,
        thing: &Thing,
        status: &str,
    ) -> Result<u64, StoryError> {
        let row = self.property(hash)?;
        let id = row.as_ref().map(|row| row.id).unwrap_or_default();
        let found = row.map_or_else(String::new, |row| {
            format!(
                "{} {} {} {}",
                row.username, row.status, row.description, row.valuation
            )
        });
        let expected = format!("{account} {status} {} {}", thing.hash(), thing.valuation);
        let words = Words::of("check.property").with("id", id);
        self.log.check(&words, &expected, &found);
        Ok(id)
    }
}
