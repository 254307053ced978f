//! Rows of registrator.

use super::{Row, Writer, called, time};
use crate::model::documents::charter;
use crate::model::{actions, names};
use antelope_types::name;
use coop_rules::cooperative::{CandidateState, ExitState, Status};
use coop_rules::{Account, Cooperative, Time};

const CONTRACT: Account = Account::Registrator;

impl Writer<'_> {
    pub(super) fn registered(&mut self) {
        for (who, account) in &self.world.accounts {
            let row = Row::default()
                .put(called(*who))
                .put(called(account.coop))
                .put(time(account.created_at))
                .put(time(account.last_statement));
            self.row(
                CONTRACT,
                CONTRACT,
                name!("accounts"),
                called(*who).raw(),
                row,
            );
        }
        for (kind, known) in &self.world.kinds {
            let (confirm, decline) = names::callbacks(*kind, known.is_sound);
            let row = Row::default()
                .put(names::kind(*kind))
                .put(called(known.contract))
                .put(confirm)
                .put(decline)
                .put(known.protocol)
                .put(self.world.depending_on(*kind) as u32);
            let key = names::kind(*kind).raw();
            self.row(Account::Soviet, Account::Soviet, name!("types"), key, row);
        }
        if self.world.paused {
            let table = name!("settings");
            self.row(
                CONTRACT,
                CONTRACT,
                table,
                table.raw(),
                Row::default().put(true),
            );
        }
    }

    pub(super) fn coop_row(&mut self, of: Account, coop: &Cooperative) {
        let asset = |amount| names::asset(amount, coop.symbol);
        let row = Row::default()
            .put(called(of))
            .put(actions::status(coop.status))
            .put(charter(coop.charter))
            .put(coop.participants.len() as u32)
            .put(asset(coop.fees.initial))
            .put(asset(coop.fees.minimum))
            .put(asset(coop.fees.org_initial))
            .put(asset(coop.fees.org_minimum))
            .put(self.hash(coop.document))
            .put(self.hash(coop.founded))
            .put(time(coop.created_at))
            .put(time(coop.meeting_at))
            .put(coop.candidates.len() as u32)
            .put(coop.accounts)
            .put(coop.max_accounts)
            .put(coop.max_participants);
        self.row(CONTRACT, CONTRACT, name!("coops"), called(of).raw(), row);
    }

    pub(super) fn people(&mut self, of: Account, coop: &Cooperative) {
        let asset = |amount| names::asset(amount, coop.symbol);
        for (who, signed) in &coop.agreements {
            let bits: u8 = signed.iter().map(|id| 1 << (id - 1)).sum();
            let row = Row::default().put(called(*who)).put(bits);
            self.row(CONTRACT, of, name!("agreements"), called(*who).raw(), row);
        }
        for (who, participant) in &coop.participants {
            let row = Row::default()
                .put(called(*who))
                .put(names::person_kind(participant.kind))
                .put(self.hash(participant.hash))
                .put(self.hash(participant.authorization))
                .put(asset(participant.initial))
                .put(asset(participant.minimum))
                .put(time(participant.created_at))
                .put(status(participant.status));
            self.row(CONTRACT, of, name!("participants"), called(*who).raw(), row);
        }
        for (who, candidate) in &coop.candidates {
            let state = match candidate.state {
                CandidateState::Created => name!("created"),
                CandidateState::Paid => name!("payed"),
                CandidateState::Refunding => name!("refunding"),
                CandidateState::RefundFailed => name!("refundfailed"),
            };
            let row = Row::default()
                .put(called(*who))
                .put(state)
                .put(names::person_kind(candidate.kind))
                .put(self.hash(candidate.hash))
                .put(asset(candidate.initial))
                .put(asset(candidate.minimum))
                .put(time(candidate.created_at));
            self.row(CONTRACT, of, name!("candidates"), called(*who).raw(), row);
        }
        for (who, exit) in &coop.exits {
            let state = match exit.state {
                ExitState::Asked => name!("asked"),
                ExitState::Paying => name!("paying"),
            };
            let row = Row::default()
                .put(called(*who))
                .put(self.hash(exit.hash))
                .put(state)
                .put(status(exit.before))
                .put(time(exit.created_at));
            self.row(CONTRACT, of, name!("exits"), called(*who).raw(), row);
        }
        for (who, moving) in &coop.moves {
            let row = Row::default()
                .put(called(moving.to))
                .put(called(*who))
                .put(self.hash(moving.hash))
                .put(time(moving.ready_at.unwrap_or(Time(0))));
            self.row(CONTRACT, of, name!("moves"), called(moving.to).raw(), row);
        }
        for (who, blocking) in &coop.blockings {
            let row = Row::default()
                .put(called(*who))
                .put(self.hash(blocking.hash))
                .put(blocking.is_blocked);
            self.row(CONTRACT, of, name!("blockings"), called(*who).raw(), row);
        }
    }
}

fn status(status: Status) -> antelope_types::Name {
    match status {
        Status::Active => name!("active"),
        Status::Blocked => name!("blocked"),
        Status::Leaving => name!("leaving"),
    }
}
