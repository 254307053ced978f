//! Third chapter: a candidate comes, pays, and is admitted or gets the money back.

use super::{
    Stage, StoryError,
    council::Question,
    papers::{Paper, sha256},
    stage::active,
};
use crate::input::Candidate;
use antelope_types::{Checksum256, Name};
use coop_documents::{Effect, Statement};
use coop_language::Words;
use coop_model::{
    clients::Registrator,
    people::{kind, status},
    refusal::document,
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
        self.sign_agreements(&candidate.applicant.person)?;
        let statement = self.apply(candidate, with_attempts)?;
        if with_attempts {
            self.attempts_on_invoice(self.input.fees.total(), statement.hash())?;
        }
        let id = self.pay(candidate, statement.hash())?;
        let question = Question {
            person: candidate.applicant.person.clone(),
            effect: Effect::Admission(self.input.fees.clone()),
            hash: statement.hash(),
        };
        if with_attempts {
            self.attempts_on_open(id, account, &question)?;
        }
        self.vote(id, &candidate.votes, with_attempts)?;
        let protocol = self.conclude(id, &candidate.votes, &question)?;
        match &protocol {
            Some(protocol) => self.admitted(candidate, &statement, protocol)?,
            None => self.refund(candidate, statement.hash())?,
        }
        match protocol {
            Some(_) if with_attempts => self.attempt_second_exec(id),
            _ => Ok(()),
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

    fn apply(&mut self, candidate: &Candidate, with_attempts: bool) -> Result<Paper, StoryError> {
        let account = candidate.applicant.person.account;
        let fees = self.input.fees.clone();
        let total = fees.total();
        let statement = self.write(&Statement {
            applicant: candidate.applicant.clone(),
            fees,
        })?;
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(account));
        let apply = |document| {
            registrator
                .reguser(self.coop(), account, kind::INDIVIDUAL, document)
                .to_action()
        };
        let action = apply(statement.document.clone());
        if with_attempts {
            let mut changed = statement.document.clone();
            changed.doc_hash = sha256(b"another text");
            let changed = apply(changed);
            let words = Words::of("attempt.changed_statement");
            self.attempt(words, account, &[changed], document::WRONG_SIGNATURE)?;
        }
        let trace = self.act(Words::of("step.apply"), account, &[action])?;
        self.sent(&statement, trace.id);

        let hash = statement.hash();
        let row = self.candidate(account)?;
        let status = row
            .as_ref()
            .map_or_else(String::new, |row| format!("{} {}", row.status, row.hash));
        let words = Words::of("check.candidate").with("account", account);
        self.log.check(&words, &format!("created {hash}"), &status);
        self.check_payment(hash, &format!("pending {total}"))?;
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
        let trace = self.money_came(person, total, hash)?;
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
        let words = Words::of("story.applied")
            .with("who", person.short_name())
            .with("total", self.log.sum(total));
        self.log.tell(&words);
        Ok(id)
    }

    fn admitted(
        &mut self,
        candidate: &Candidate,
        statement: &Paper,
        protocol: &Paper,
    ) -> Result<(), StoryError> {
        let account = candidate.applicant.person.account;
        self.log
            .result(&Words::of("result.admitted").with("account", account));
        self.admitted.push(account);

        let (initial, minimum) = (self.input.fees.initial(), self.input.fees.minimum());
        self.ledger.processing -= initial.amount + minimum.amount;
        self.ledger.entrance += initial.amount;
        self.ledger.wallet(account).minimum += minimum.amount;
        self.check_books()?;
        let expected = format!(
            "{account} individual {} {} {initial} {minimum} {}",
            statement.hash(),
            protocol.hash(),
            status::ACTIVE,
        );
        let found = self.participant(account)?.map_or_else(String::new, |row| {
            format!(
                "{} {} {} {} {} {} {}",
                row.username,
                row.kind,
                row.hash,
                row.authorization,
                row.initial,
                row.minimum,
                row.status
            )
        });
        self.log.check(
            &Words::of("check.participant").with("account", account),
            &expected,
            &found,
        );
        self.check_no_candidate(account, statement.hash())
    }

    fn refund(&mut self, candidate: &Candidate, hash: Checksum256) -> Result<(), StoryError> {
        let person = &candidate.applicant.person;
        let account = person.account;
        let total = self.input.fees.total();
        self.log
            .result(&Words::of("result.to_return").with("total", total));
        let row = self.candidate(account)?;
        let status = row.map_or_else(String::new, |row| row.status.to_string());
        let words = Words::of("check.candidate").with("account", account);
        self.log.check(&words, "refunding", &status);

        self.money_sent("step.refund", person, total, hash)?;
        self.log
            .result(&Words::of("result.returned").with("account", account));
        self.ledger.give_back(total.amount);
        self.check_books()?;
        self.tell_sent_back(person, total);
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
}
