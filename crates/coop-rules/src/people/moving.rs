//! A lost key: a person goes on under a new account.

use crate::cooperative::{Moving, Status};
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn move_asked(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        to: Account,
        statement: &Paper,
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, to)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.active_participant(who)?;
        coop.has_no_office(who)?;
        self.is_registered(to)?;
        let coop = self.coop(name)?;
        let is_wanted = coop.moves.values().any(|moving| moving.to == to);
        require(coop.is_free(to) && !is_wanted, Reason::NewAccountTaken)?;
        require(!coop.moves.contains_key(&who), Reason::MoveAsked)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::Move.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        statement.is_about(&demand)?;
        statement.binds(&Subject::Move(to))?;
        let hash = statement.signed_by(&demand, to)?;
        self.take_statement(to, statement)?;
        let row = Moving {
            hash,
            to,
            ready_at: None,
        };
        self.coop(name)?.moves.insert(who, row);
        self.publish(call, name, who, QuestionKind::Move, hash)
    }

    /// The council agrees: the old account has time for a veto.
    pub(crate) fn move_granted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let ready_at = call.now.after(self.terms.veto);
        let mut rows = self.coop(name)?.moves.values_mut();
        let row = rows.find(|row| row.hash == hash).ok_or(Reason::NoMove)?;
        row.ready_at = Some(ready_at);
        Ok(())
    }

    /// The council does not agree.
    pub(crate) fn move_refused(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let moves = &mut self.coop(name)?.moves;
        let before = moves.len();
        moves.retain(|_, row| row.hash != hash);
        require(moves.len() < before, Reason::NoMove)
    }

    /// The old account has its key after all, or the new one withdraws.
    pub(crate) fn move_vetoed(
        &mut self,
        call: &Call<'_>,
        name: Account,
        who: Account,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoMove)?;
        let row = coop.moves.get(&who).ok_or(Reason::NoMove)?;
        if !call.has(row.to) {
            call.needs(who)?;
            let in_time = row.ready_at.is_none_or(|ready_at| call.now < ready_at);
            require(in_time, Reason::VetoOver)?;
        }
        require(row.ready_at.is_some(), Reason::MoveNotGranted)?;
        coop.moves.remove(&who);
        Ok(())
    }

    /// Participation, wallet and property go to the new account. A move that can be made no longer
    /// ends here too.
    pub(crate) fn move_completed(
        &mut self,
        call: &Call<'_>,
        name: Account,
        who: Account,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoMove)?;
        let row = coop.moves.get(&who).ok_or(Reason::NoMove)?;
        let to = row.to;
        let ready_at = row.ready_at.ok_or(Reason::MoveNotGranted)?;
        require(call.now >= ready_at, Reason::VetoNotOver)?;
        let is_free = coop.is_free(to);
        let participant = coop.participants.get(&who).filter(|_| is_free).cloned();
        let Some(participant) = participant else {
            coop.moves.remove(&who);
            return Ok(());
        };
        let rests = matches!(participant.status, Status::Active | Status::Blocked);
        require(rests, Reason::NotAnActiveParticipant)?;
        require(coop.election.is_none(), Reason::MoveElectionGoesOn)?;
        coop.has_no_office(who)?;
        coop.moves.remove(&who);
        coop.participants.remove(&who);
        coop.enter(to, participant);
        if let Some(wallet) = coop.wallets.get(&who).cloned() {
            require(coop.open_of(who) == 0, Reason::OpenProcesses)?;
            coop.wallets.remove(&who);
            coop.wallets.insert(to, wallet);
            for property in coop.properties.values_mut() {
                if property.who == who {
                    property.who = to;
                }
            }
        }
        Ok(())
    }
}
