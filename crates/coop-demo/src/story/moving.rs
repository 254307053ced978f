//! Last chapter where the clock can be moved: a participant has lost the key and goes on under a new
//! account.

use super::{Stage, StoryError, council::Question, stage::active};
use crate::input::Move;
use antelope_chain::api::Api;
use antelope_types::Name;
use coop_documents::{Effect, MoveStatement};
use coop_language::Words;
use coop_model::{clients::Registrator, people::status, refusal::moving as refusal};

impl Stage<'_, '_> {
    /// Statement with the key of the new account, decision, time for a veto, move.
    pub(super) fn move_account(&mut self, api: &Api, moving: &Move) -> Result<(), StoryError> {
        let (account, newname) = (moving.participant, moving.new_account);
        let person = self.person(account)?;
        let cashier = self.input.cashier.account;
        let open = self.new_account(cashier, newname, moving.key)?;
        let words = Words::of("step.open_account").with("account", newname);
        self.act(words, cashier, &[open])?;
        let statement = self.write(&MoveStatement {
            participant: person.clone().into(),
            new_account: newname,
        })?;
        let hash = statement.hash();
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(newname));
        let action = registrator
            .moveuser(self.coop(), account, newname, statement.document.clone())
            .to_action();
        let words = Words::of("step.ask_move").with("account", account);
        let trace = self.act(words, newname, &[action])?;
        self.sent(&statement, trace.id);
        let id = self.opened(hash)?;
        self.check_events(id, &trace, "newsubmitted");

        let question = Question {
            person,
            effect: Effect::Move(newname),
            hash,
        };
        if self.settle(id, &moving.votes, &question)?.is_none() {
            let words = Words::of("story.not_moved").with("who", question.person.short_name());
            self.log.tell(&words);
            return self.check_no_move(account);
        }
        self.complete_move(api, moving, &question)
    }

    fn complete_move(
        &mut self,
        api: &Api,
        moving: &Move,
        question: &Question,
    ) -> Result<(), StoryError> {
        let (account, newname) = (moving.participant, moving.new_account);
        let row = self.moving(account)?;
        let found = row
            .as_ref()
            .map_or_else(String::new, |row| row.newname.to_string());
        let words = Words::of("check.move").with("account", account);
        self.log.check(&words, &newname.to_string(), &found);
        let ready_at = row.map(|row| row.ready_at).unwrap_or_default();

        let anyone = self.input.cashier.account;
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(anyone));
        let complete = registrator.completemove(self.coop(), account).to_action();
        let early = std::slice::from_ref(&complete);
        let words = Words::of("attempt.early_move").with("account", account);
        self.attempt(words, anyone, early, refusal::VETO_NOT_OVER)?;
        api.jump_to(ready_at)?;
        let words = Words::of("step.wait").with("until", ready_at);
        self.look(words, account, &Words::of("result.no_veto"));

        let words = Words::of("step.complete_move").with("account", newname);
        self.act(words, anyone, &[complete])?;
        let words = Words::of("result.moved")
            .with("account", account)
            .with("new_account", newname);
        self.log.result(&words);
        if let Some(wallet) = self.ledger.wallets.remove(&account) {
            self.ledger.wallets.insert(newname, wallet);
        }
        for admitted in self.admitted.iter_mut().filter(|it| **it == account) {
            *admitted = newname;
        }
        self.check_books()?;
        self.check_status(account, None)?;
        self.check_status(newname, Some(status::ACTIVE))?;
        let words = Words::of("story.moved")
            .with("who", question.person.short_name())
            .with("account", newname);
        self.log.tell(&words);
        self.check_no_move(account)
    }

    fn check_no_move(&mut self, account: Name) -> Result<(), StoryError> {
        let left = self.moving(account)?.is_some();
        let words = Words::of("check.no_move").with("account", account);
        self.log.check(&words, "false", &left.to_string());
        Ok(())
    }
}
