//! Seventh chapter: a participant leaves and is paid all shares.

use super::{Stage, StoryError, council::Question, stage::active};
use crate::input::Exit;
use antelope_types::{Asset, Name};
use coop_documents::{Effect, ExitStatement};
use coop_language::Words;
use coop_model::{clients::Registrator, people::status};

impl Stage<'_, '_> {
    /// Statement, decision, payment of the whole wallet; or the participant stays.
    pub(super) fn leave(&mut self, exit: &Exit) -> Result<(), StoryError> {
        let account = exit.participant;
        let person = self.person(account)?;
        let before = *self.ledger.wallet(account);
        let shares = Asset {
            amount: before.total(),
            symbol: self.symbol(),
        };
        let statement = self.write(&ExitStatement {
            participant: person.clone().into(),
            shares,
        })?;
        let hash = statement.hash();
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(account));
        let action = registrator
            .exitcoop(self.coop(), account, statement.document.clone())
            .to_action();
        let trace = self.act(Words::of("step.ask_exit"), account, &[action])?;
        self.sent(&statement, trace.id);
        self.log
            .result(&Words::of("result.blocked").with("quantity", shares));
        let id = self.opened(hash)?;
        self.check_events(id, &trace, "newsubmitted");
        self.check_status(account, Some(status::LEAVING))?;
        let wallet = self.ledger.wallet(account);
        *wallet = super::ledger::Parts {
            blocked: before.total(),
            ..Default::default()
        };
        self.check_books()?;

        let question = Question {
            person: person.clone(),
            effect: Effect::Exit(shares),
            hash,
        };
        if self.settle(id, &exit.votes, &question)?.is_none() {
            *self.ledger.wallet(account) = before;
            self.check_books()?;
            self.tell_of("story.stays", &question, shares);
            return self.check_status(account, Some(status::ACTIVE));
        }
        self.check_payment(hash, &format!("paying {shares}"))?;
        self.money_sent("step.pay_share", &person, shares, hash)?;
        self.log
            .result(&Words::of("result.left").with("account", account));
        self.ledger.wallets.remove(&account);
        self.ledger.outgoing += shares.amount;
        self.admitted.retain(|admitted| *admitted != account);
        self.check_books()?;
        self.tell_of("story.left", &question, shares);
        let exits = self.cooperative().exits()?;
        let words = Words::of("check.rows").with("table", "registrator::exits");
        self.log.check(&words, "0", &exits.len().to_string());
        self.check_status(account, None)
    }

    /// Compares the status of a participant with what it should be; `None` for a participant no more.
    pub(super) fn check_status(
        &mut self,
        account: Name,
        expected: Option<Name>,
    ) -> Result<(), StoryError> {
        let found = self.participant(account)?.map(|row| row.status);
        let told =
            |status: Option<Name>| status.map_or_else(String::new, |status| status.to_string());
        let words = Words::of("check.status").with("account", account);
        self.log.check(&words, &told(expected), &told(found));
        Ok(())
    }
}
