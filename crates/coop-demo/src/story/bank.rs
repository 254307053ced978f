//! The bank's side of the story: transfers with records, whose hashes the chain keeps.

use super::{Stage, StoryError, papers::sha256, stage::active};
use antelope_rpc_client::TransactionTrace;
use antelope_types::{Asset, Checksum256};
use coop_documents::Person;
use coop_language::Words;
use coop_model::{
    clients::Gateway,
    refusal::{payment, staff},
};

/// Which way money goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

impl Stage<'_, '_> {
    /// The cashier confirms that the money of a process came.
    pub(super) fn money_came(
        &mut self,
        person: &Person,
        quantity: Asset,
        hash: Checksum256,
    ) -> Result<TransactionTrace, StoryError> {
        let reference = self.bank_record(Way::In, person, quantity, hash)?;
        if let Some(used) = self.first_record.take() {
            self.attempt_used_record(quantity, hash, used)?;
        } else if self.ledger.incoming == 0 {
            self.first_record = Some(reference);
        }
        let cashier = self.input.cashier.account;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .incomplete(self.coop(), cashier, hash, quantity, reference)
            .to_action();
        let words = Words::of("step.confirm_payment").with("total", quantity);
        let trace = self.act(words, cashier, &[action])?;
        self.ledger.receive(quantity.amount);
        self.check_books()?;
        Ok(trace)
    }

    /// The cashier confirms that money was sent; what that does to the books is for the caller.
    pub(super) fn money_sent(
        &mut self,
        key: &'static str,
        person: &Person,
        quantity: Asset,
        hash: Checksum256,
    ) -> Result<TransactionTrace, StoryError> {
        let reference = self.bank_record(Way::Out, person, quantity, hash)?;
        let cashier = self.input.cashier.account;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .outcomplete(self.coop(), cashier, hash, quantity, reference)
            .to_action();
        self.act(Words::of(key).with("total", quantity), cashier, &[action])
    }

    /// What nobody may do with an invoice: confirm another sum, or confirm it without the right to.
    pub(super) fn attempts_on_invoice(
        &mut self,
        quantity: Asset,
        hash: Checksum256,
    ) -> Result<(), StoryError> {
        let reference = sha256(b"a record of the bank");
        let (coop, cashier) = (self.coop(), self.input.cashier.account);
        let chairman = self.chairman()?.account;
        let gateway = Gateway::at(self.contracts.gateway);
        let other = Asset {
            amount: quantity.amount / 2,
            ..quantity
        };
        let confirm = gateway
            .signed_by(active(cashier))
            .incomplete(coop, cashier, hash, other, reference)
            .to_action();
        let words = Words::of("attempt.other_sum").with("total", self.log.sum(other));
        self.attempt(words, cashier, &[confirm], payment::NOT_EXACTLY)?;

        let confirm = gateway
            .signed_by(active(chairman))
            .incomplete(coop, chairman, hash, quantity, reference)
            .to_action();
        let words = Words::of("attempt.confirm_without_right");
        let neither = staff::NEITHER_COOPERATIVE_NOR_STAFF;
        self.attempt(words, chairman, &[confirm], neither)
    }

    /// A record of the bank confirms one payment.
    pub(super) fn attempt_used_record(
        &mut self,
        quantity: Asset,
        hash: Checksum256,
        used: Checksum256,
    ) -> Result<(), StoryError> {
        let cashier = self.input.cashier.account;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let confirm = gateway
            .incomplete(self.coop(), cashier, hash, quantity, used)
            .to_action();
        let words = Words::of("attempt.used_record");
        self.attempt(words, cashier, &[confirm], payment::REFERENCE_USED)
    }

    /// Adds money that went back to the short story.
    pub(super) fn tell_sent_back(&mut self, person: &Person, total: Asset) {
        let words = Words::of("story.sent_back")
            .with("who", person.short_name())
            .with("total", self.log.sum(total));
        self.log.tell(&words);
    }

    /// Compares the payment of a process with what it should be; empty for none.
    pub(super) fn check_payment(
        &mut self,
        hash: Checksum256,
        expected: &str,
    ) -> Result<(), StoryError> {
        let found = self.payment(hash)?.map_or_else(String::new, |row| {
            format!("{} {}", row.status, row.quantity)
        });
        self.log
            .check(&Words::of("check.payment"), expected, &found);
        Ok(())
    }

    /// Saves the bank's record of a transfer; its hash is what the chain keeps.
    fn bank_record(
        &self,
        way: Way,
        person: &Person,
        quantity: Asset,
        hash: Checksum256,
    ) -> Result<Checksum256, StoryError> {
        let cooperative = &self.input.cooperative;
        let (name, full_name) = (cooperative.name.clone(), person.full_name());
        let (from, to, which) = match way {
            Way::In => (full_name, name, "in"),
            Way::Out => (name, full_name, "out"),
        };
        let lang = self.log.lang();
        let moment = cooperative.zone.moment(self.now()?.time.micros(), lang);
        let lines = [
            Words::of("bank.head"),
            Words::of("bank.payer").with("name", from),
            Words::of("bank.payee").with("name", to),
            Words::of("bank.sum").with("sum", quantity),
            Words::of("bank.date").with("moment", moment),
            Words::of("bank.purpose").with("hash", hash),
        ];
        let text: String = lines
            .iter()
            .map(|words| self.log.say(words) + "\n")
            .collect();
        let short = &hash.to_string()[..12];
        let file = format!("bank-{which}-{}-{short}.txt", person.account);
        self.save(&file, &text)?;
        Ok(sha256(text.as_bytes()))
    }
}
