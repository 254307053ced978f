//! Fifth chapter: a participant contributes money as a share, and gets some of it back.

use super::{Stage, StoryError, council::Question, stage::active};
use crate::input::{Back, Contribution};
use antelope_types::{Asset, Name};
use coop_documents::{Effect, MoneyReturnStatement, MoneyStatement, Person};
use coop_language::Words;
use coop_model::{clients::Gateway, refusal::money};

impl Stage<'_, '_> {
    /// Statement, invoice, payment, decision.
    pub(super) fn contribute_money(
        &mut self,
        contribution: &Contribution,
        quantity: Asset,
    ) -> Result<(), StoryError> {
        let account = contribution.participant;
        let person = self.person(account)?;
        let statement = self.write(&MoneyStatement {
            participant: person.clone().into(),
            quantity,
        })?;
        let hash = statement.hash();
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(account));
        let action = gateway
            .sharemoney(self.coop(), account, quantity, statement.document.clone())
            .to_action();
        let words = Words::of("step.offer_money").with("quantity", quantity);
        let trace = self.act(words, account, &[action])?;
        self.sent(&statement, trace.id);
        self.log
            .result(&Words::of("result.invoice").with("total", quantity));
        self.check_payment(hash, &format!("pending {quantity}"))?;

        let trace = self.money_came(&person, quantity, hash)?;
        let id = self.opened(hash)?;
        self.check_events(id, &trace, "newsubmitted");
        let question = Question {
            person: person.clone(),
            effect: Effect::MoneyIn(quantity),
            hash,
        };
        if self.settle(id, &contribution.votes, &question)?.is_some() {
            self.ledger.processing -= quantity.amount;
            self.ledger.wallet(account).available += quantity.amount;
            let words = Words::of("result.share_grew").with("quantity", quantity);
            self.log.result(&words);
            self.check_books()?;
        } else {
            self.check_payment(hash, &format!("returning {quantity}"))?;
            self.money_sent("step.refund", &person, quantity, hash)?;
            self.ledger.give_back(quantity.amount);
            self.check_books()?;
            self.tell_sent_back(&person, quantity);
        }
        self.check_payment(hash, "")
    }

    /// Statement, decision, payment; or the sum is free again.
    pub(super) fn return_money(&mut self, account: Name, back: &Back) -> Result<(), StoryError> {
        let quantity = back.quantity;
        let (id, question) = self.ask_money(account, quantity)?;
        if self.settle(id, &back.votes, &question)?.is_none() {
            return self.keep_money(account, quantity, &question);
        }
        self.pay_money(account, quantity, &question)
    }

    /// The cashier pays what the council has agreed to.
    pub(super) fn pay_money(
        &mut self,
        account: Name,
        quantity: Asset,
        question: &Question,
    ) -> Result<(), StoryError> {
        self.check_payment(question.hash, &format!("paying {quantity}"))?;
        self.money_sent("step.pay_share", &question.person, quantity, question.hash)?;
        self.ledger.wallet(account).blocked -= quantity.amount;
        self.ledger.outgoing += quantity.amount;
        self.check_books()?;
        self.tell_of("story.money_out", question, quantity);
        self.check_payment(question.hash, "")
    }

    /// A participant asks for a part of the share; the number of the question.
    pub(super) fn ask_money(
        &mut self,
        account: Name,
        quantity: Asset,
    ) -> Result<(u64, Question), StoryError> {
        let person = self.person(account)?;
        if !std::mem::replace(&mut self.has_asked_too_much, true) {
            self.attempt_too_much(&person)?;
        }
        let statement = self.write(&MoneyReturnStatement {
            participant: person.clone().into(),
            quantity,
        })?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(account));
        let action = gateway
            .returnmoney(self.coop(), account, quantity, statement.document.clone())
            .to_action();
        let words = Words::of("step.ask_money").with("quantity", quantity);
        let trace = self.act(words, account, &[action])?;
        self.sent(&statement, trace.id);
        self.log
            .result(&Words::of("result.blocked").with("quantity", quantity));
        let hash = statement.hash();
        let id = self.opened(hash)?;
        self.check_events(id, &trace, "newsubmitted");
        let wallet = self.ledger.wallet(account);
        wallet.available -= quantity.amount;
        wallet.blocked += quantity.amount;
        self.check_books()?;
        self.check_payment(hash, &format!("blocked {quantity}"))?;
        let question = Question {
            person,
            effect: Effect::MoneyOut(quantity),
            hash,
        };
        Ok((id, question))
    }

    /// Nobody gets back more than the wallet has.
    fn attempt_too_much(&mut self, person: &Person) -> Result<(), StoryError> {
        let account = person.account;
        let quantity = Asset {
            amount: self.ledger.wallet(account).available * 2,
            symbol: self.symbol(),
        };
        let statement = self.forge(&MoneyReturnStatement {
            participant: person.clone().into(),
            quantity,
        })?;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(account));
        let ask = gateway
            .returnmoney(self.coop(), account, quantity, statement)
            .to_action();
        let words = Words::of("attempt.too_much").with("quantity", self.log.sum(quantity));
        self.attempt(words, account, &[ask], money::NOT_ENOUGH)
    }

    /// What was asked back stays a share.
    pub(super) fn keep_money(
        &mut self,
        account: Name,
        quantity: Asset,
        question: &Question,
    ) -> Result<(), StoryError> {
        let wallet = self.ledger.wallet(account);
        wallet.blocked -= quantity.amount;
        wallet.available += quantity.amount;
        self.check_books()?;
        self.tell_of("story.kept", question, quantity);
        self.check_payment(question.hash, "")
    }

    /// Adds a sentence about a person and a sum to the short story.
    pub(super) fn tell_of(&mut self, key: &'static str, question: &Question, quantity: Asset) {
        let words = Words::of(key)
            .with("who", question.person.short_name())
            .with("quantity", self.log.sum(quantity));
        self.log.tell(&words);
    }
}
