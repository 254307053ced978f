//! Exit: statement, decision, payment of all shares.

use crate::cooperative::{Exit, ExitState, Status};
use crate::paper::Demand;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn exit_asked(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        statement: &Paper,
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        let row = coop.participants.get(&who).ok_or(Reason::NotAParticipant)?;
        let before = row.status;
        let may_leave = matches!(before, Status::Active | Status::Blocked);
        require(may_leave, Reason::NotAnActiveParticipant)?;
        coop.has_no_office(who)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::Leave.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        statement.is_about(&demand)?;
        require(statement.subject.is_none(), Reason::AnotherSubject)?;
        let hash = statement.signed_by(&demand, who)?;
        self.take_statement(who, statement)?;
        let coop = self.coop(name)?;
        coop.set_participant(who, Status::Leaving)?;
        let exit = Exit {
            hash,
            state: ExitState::Asked,
            before,
            created_at: call.now,
        };
        coop.exits.insert(who, exit);
        coop.block_wallet(who, hash, call.now, &terms)?;
        self.publish(call, name, who, QuestionKind::Leave, hash)
    }

    /// The council lets the participant go.
    pub(crate) fn exit_granted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
        by: Account,
    ) -> Result<(), Reason> {
        let terms = self.terms;
        let (who, exit) = self.exit(name, hash)?;
        exit.state = ExitState::Paying;
        let coop = self.coop(name)?;
        let has_to_pay = coop.pay_wallet(hash, by, call.now.after(terms.payment))?;
        if !has_to_pay {
            coop.wallets.remove(&who);
            self.exit_completed(name, hash)?;
        }
        Ok(())
    }

    /// The council does not: a participant as before, with a free wallet.
    pub(crate) fn exit_refused(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (who, _) = self.exit(name, hash)?;
        let coop = self.coop(name)?;
        coop.free_wallet(who, hash)?;
        self.exit_given_up(name, hash)
    }

    /// A participant as before.
    pub(crate) fn exit_given_up(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (who, exit) = self.exit(name, hash)?;
        let before = exit.before;
        let coop = self.coop(name)?;
        coop.exits.remove(&who);
        coop.set_participant(who, before)
    }

    /// All shares were paid out: a participant no more.
    pub(crate) fn exit_completed(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (who, _) = self.exit(name, hash)?;
        let coop = self.coop(name)?;
        coop.exits.remove(&who);
        coop.participants.remove(&who);
        Ok(())
    }

    fn exit(&mut self, name: Account, hash: Hash) -> Result<(Account, &mut Exit), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoExit)?;
        let mut rows = coop.exits.iter_mut();
        let (who, row) = rows
            .find(|(_, row)| row.hash == hash)
            .ok_or(Reason::NoExit)?;
        Ok((*who, row))
    }
}

impl crate::Cooperative {
    pub(crate) fn set_participant(&mut self, who: Account, to: Status) -> Result<(), Reason> {
        let row = self
            .participants
            .get_mut(&who)
            .ok_or(Reason::NotAParticipant)?;
        row.status = to;
        Ok(())
    }
}
