//! Blocking of a participant, and its end.

use crate::cooperative::{Blocking, Status};
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, QuestionKind, Reason, World};

/// From which status to which.
fn step(is_blocked: bool) -> (Status, Status) {
    if is_blocked {
        (Status::Active, Status::Blocked)
    } else {
        (Status::Blocked, Status::Active)
    }
}

impl World {
    pub(crate) fn blocking_proposed(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        proposer: Account,
        who: Account,
        proposal: &Paper,
    ) -> Result<(), Reason> {
        call.needs(proposer)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        require(coop.has_voting_seat(proposer), Reason::NoVotingSeat)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::Block.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        proposal.is_about(&demand)?;
        let Some(Subject::Block(is_blocked)) = proposal.subject else {
            return Err(Reason::AnotherSubject);
        };
        let row = coop.participants.get(&who).ok_or(Reason::NotAParticipant)?;
        let (from, _) = step(is_blocked);
        require(row.status == from, Reason::BlockingAnotherStatus)?;
        if is_blocked {
            coop.has_no_office(who)?;
        }
        let is_new = !coop.blockings.contains_key(&who);
        require(is_new, Reason::BlockingProposed)?;
        let hash = proposal.signed_by(&demand, proposer)?;
        self.take_statement(proposer, proposal)?;
        let row = Blocking { hash, is_blocked };
        self.coop(name)?.blockings.insert(who, row);
        self.publish(call, name, who, QuestionKind::Block, hash)
    }

    /// The council agrees. Who has got a seat meanwhile, or is leaving, stays as they are.
    pub(crate) fn blocking_granted(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let coop = self.coop(name)?;
        let who = blocked_by(coop, hash)?;
        let Some(Blocking { is_blocked, .. }) = coop.blockings.remove(&who) else {
            return Ok(());
        };
        let (from, to) = step(is_blocked);
        let holds = is_blocked && coop.holds_seat(who);
        if let Some(row) = coop.participants.get_mut(&who)
            && row.status == from
            && !holds
        {
            row.status = to;
        }
        Ok(())
    }

    /// The council does not agree.
    pub(crate) fn blocking_refused(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let coop = self.coop(name)?;
        let who = blocked_by(coop, hash)?;
        coop.blockings.remove(&who);
        Ok(())
    }
}

fn blocked_by(coop: &crate::Cooperative, hash: Hash) -> Result<Account, Reason> {
    let mut rows = coop.blockings.iter();
    let found = rows.find(|(_, row)| row.hash == hash);
    // The contract's code for this is not one that an action can meet.
    found.map(|(who, _)| *who).ok_or(Reason::NoQuestion)
}
