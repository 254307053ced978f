//! Third chapter: a candidate comes, pays, and is admitted or gets the money back.

use antelope_types::{Checksum256, Name};
use coop_documents::{AdmissionProtocol, Statement};
use coop_model::{
    clients::{Gateway, Registrator},
    people::kind,
};

use super::{
    Stage, StoryError,
    papers::{Paper, sha256},
    stage::active,
};
use crate::{
    input::{Candidate, Expected},
    words::Words,
};

impl Stage<'_, '_> {
    /// A candidate's whole way; `with_attempts` also tries what must fail on it.
    pub(super) fn admit_or_refund(
        &mut self,
        candidate: &Candidate,
        with_attempts: bool,
    ) -> Result<(), StoryError> {
        let account = candidate.applicant.person.account;
        self.open_candidates_account(candidate)?;
        let statement = self.apply(candidate)?;
        let id = self.pay(candidate, statement.hash())?;
        if with_attempts {
            self.attempts_on_open(id, account)?;
        }
        self.vote(id, &candidate.votes, with_attempts)?;
        match candidate.votes.expected() {
            Expected::Approved => self.admit(candidate, id, &statement),
            Expected::Declined | Expected::Undecided => self.refund(candidate, id, &statement),
        }
    }

    fn open_candidates_account(&mut self, candidate: &Candidate) -> Result<(), StoryError> {
        let account = candidate.applicant.person.account;
        let cashier = self.input.cashier.account;
        let action = self.new_account(cashier, account, candidate.key)?;
        self.act(
            Words::of("step.open_account").with("account", account),
            cashier,
            &[action],
        )?;
        self.log.result(&Words::of("result.own_key"));
        Ok(())
    }

    fn apply(&mut self, candidate: &Candidate) -> Result<Paper, StoryError> {
        let account = candidate.applicant.person.account;
        let fees = self.input.fees.clone();
        let total = fees.total();
        let statement = self.write(&Statement {
            applicant: candidate.applicant.clone(),
            fees,
        })?;
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(account));
        let action = registrator
            .reguser(
                self.coop(),
                account,
                kind::INDIVIDUAL,
                statement.document.clone(),
            )
            .to_action();
        let trace = self.act(Words::of("step.apply"), account, &[action])?;
        self.sent(&statement, trace.id);

        let hash = statement.hash();
        let row = self.candidate(account)?;
        let status = row
            .as_ref()
            .map_or_else(String::new, |row| format!("{} {}", row.status, row.hash));
        let words = Words::of("check.candidate").with("account", account);
        self.log.check(&words, &format!("created {hash}"), &status);
        let invoice = self.payment(hash)?;
        let found = invoice.map_or_else(String::new, |row| {
            format!("{} {}", row.status, row.quantity)
        });
        self.log.check(
            &Words::of("check.invoice"),
            &format!("pending {total}"),
            &found,
        );
        let waiting = self.question(hash)?.is_some();
        self.log.check(
            &Words::of("check.not_yet_on_agenda"),
            "false",
            &waiting.to_string(),
        );
        let result = Words::of("result.invoice").with("total", total);
        self.look(Words::of("step.invoice"), self.contracts.gateway, &result);
        Ok(statement)
    }

    /// The cashier confirms the money, which puts the question on the agenda; its number.
    fn pay(&mut self, candidate: &Candidate, hash: Checksum256) -> Result<u64, StoryError> {
        let person = &candidate.applicant.person;
        let total = self.input.fees.total();
        let reference = self.bank_record("in", person.account, &person.full_name(), hash)?;
        let cashier = self.input.cashier.account;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .incomplete(self.coop(), cashier, hash, total, reference)
            .to_action();
        let trace = self.act(
            Words::of("step.confirm_payment").with("total", total),
            cashier,
            &[action],
        )?;
        self.ledger.incoming += total.amount;
        self.ledger.processing += total.amount;
        self.check_funds()?;

        let agenda = self.agenda()?;
        let listed = agenda
            .questions
            .iter()
            .find(|question| question.hash == hash);
        let id = listed
            .map(|question| question.id)
            .ok_or_else(|| self.no_question(hash))?;
        self.check_events(id, &trace, "newsubmitted");
        let decision = self.decision(id)?;
        let result = Words::of("result.until").with("until", decision.expires_at);
        self.look(
            Words::of("step.on_agenda").with("id", id),
            self.contracts.soviet,
            &result,
        );
        Ok(id)
    }

    fn protocol(
        &mut self,
        candidate: &Candidate,
        id: u64,
        hash: Checksum256,
    ) -> Result<Paper, StoryError> {
        let voting = self.voting(&self.decision(id)?)?;
        let form = AdmissionProtocol {
            voting,
            applicant: candidate.applicant.person.clone(),
            fees: self.input.fees.clone(),
            statement: hash,
            chairman: self.chairman()?.account,
        };
        self.write(&form)
    }

    fn admit(
        &mut self,
        candidate: &Candidate,
        id: u64,
        statement: &Paper,
    ) -> Result<(), StoryError> {
        let account = candidate.applicant.person.account;
        let protocol = self.protocol(candidate, id, statement.hash())?;
        self.authorize_and_exec(id, &protocol)?;
        self.log
            .result(&Words::of("result.admitted").with("account", account));
        self.admitted.push(account);

        let (initial, minimum) = (self.input.fees.initial(), self.input.fees.minimum());
        self.ledger.processing -= initial.amount + minimum.amount;
        self.ledger.entrance += initial.amount;
        self.ledger.share += minimum.amount;
        self.check_funds()?;
        let expected = format!(
            "{account} individual {} {} {initial} {minimum}",
            statement.hash(),
            protocol.hash()
        );
        let found = self.participant(account)?.map_or_else(String::new, |row| {
            format!(
                "{} {} {} {} {} {}",
                row.username, row.kind, row.hash, row.authorization, row.initial, row.minimum
            )
        });
        self.log.check(
            &Words::of("check.participant").with("account", account),
            &expected,
            &found,
        );
        let wallet = self.wallet(account)?;
        let found = wallet.map_or_else(String::new, |row| row.minimum.to_string());
        let words = Words::of("check.wallet").with("account", account);
        self.log.check(&words, &minimum.to_string(), &found);
        self.check_no_candidate(account, statement.hash())
    }

    fn refund(
        &mut self,
        candidate: &Candidate,
        id: u64,
        statement: &Paper,
    ) -> Result<(), StoryError> {
        let person = &candidate.applicant.person;
        let (account, hash) = (person.account, statement.hash());
        let total = self.input.fees.total();
        self.protocol(candidate, id, hash)?;
        self.remove_declined(id)?;
        self.log
            .result(&Words::of("result.to_return").with("total", total));
        let row = self.candidate(account)?;
        let status = row.map_or_else(String::new, |row| row.status.to_string());
        let words = Words::of("check.candidate").with("account", account);
        self.log.check(&words, "refunding", &status);

        let reference = self.bank_record("out", account, &person.full_name(), hash)?;
        let cashier = self.input.cashier.account;
        let gateway = Gateway::at(self.contracts.gateway).signed_by(active(cashier));
        let action = gateway
            .outcomplete(self.coop(), cashier, hash, total, reference)
            .to_action();
        self.act(
            Words::of("step.refund").with("total", total),
            cashier,
            &[action],
        )?;
        self.log
            .result(&Words::of("result.returned").with("account", account));
        self.ledger.processing -= total.amount;
        self.ledger.outgoing += total.amount;
        self.check_funds()?;
        let participant = self.participant(account)?.is_some();
        let words = Words::of("check.no_participant").with("account", account);
        self.log.check(&words, "false", &participant.to_string());
        self.check_no_candidate(account, hash)
    }

    fn check_no_candidate(&mut self, account: Name, hash: Checksum256) -> Result<(), StoryError> {
        let left = [
            self.candidate(account)?.is_some(),
            self.payment(hash)?.is_some(),
            self.question(hash)?.is_some(),
        ];
        let words = Words::of("check.nothing_left").with("account", account);
        self.log
            .check(&words, "[false, false, false]", &format!("{left:?}"));
        Ok(())
    }

    /// Saves the bank's record of a transfer; its hash is what the chain keeps.
    fn bank_record(
        &self,
        direction: &str,
        account: Name,
        person: &str,
        hash: Checksum256,
    ) -> Result<Checksum256, StoryError> {
        let (from, to) = match direction {
            "in" => (person, self.input.cooperative.name.as_str()),
            _ => (self.input.cooperative.name.as_str(), person),
        };
        let total = self.input.fees.total();
        let moment = self
            .input
            .cooperative
            .zone
            .moment(self.now()?.time.micros());
        let text = format!(
            "Запись банка (вымышленная)\n\nПлательщик: {from}\nПолучатель: {to}\nСумма: {total}\n\
             Дата: {moment}\nНазначение: вступительный и минимальный паевой взносы, заявление {hash}\n"
        );
        self.save(&format!("bank-{direction}-{account}.txt"), &text)?;
        Ok(sha256(text.as_bytes()))
    }
}
