//! Admission: statement, invoice, payment, decision; and the way back.

use crate::cooperative::{Candidate, CandidateState, Participant, Status};
use crate::kind::{PersonKind, Right};
use crate::money::Invoice;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn admission_applied(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        kind: PersonKind,
        statement: &Paper,
    ) -> Result<(), Reason> {
        let is_alone = call.needs_coop_or(name, who)?;
        self.active(name)?;
        self.is_registered(who)?;
        let terms = self.terms;
        let coop = self.coop(name)?;
        let (initial, minimum) = match kind {
            PersonKind::Individual | PersonKind::Entrepreneur => {
                (coop.fees.initial, coop.fees.minimum)
            }
            PersonKind::Organization => (coop.fees.org_initial, coop.fees.org_minimum),
            PersonKind::Unknown => return Err(Reason::PersonKind),
        };
        let is_participant = coop.participants.contains_key(&who);
        require(!is_participant, Reason::ParticipantAlready)?;
        let is_candidate = coop.candidates.contains_key(&who);
        require(!is_candidate, Reason::CandidateAlready)?;
        let people = coop.participants.len() + coop.candidates.len();
        let has_room = people < coop.max_participants as usize;
        require(has_room, Reason::ParticipantQuota)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::Join.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        statement.is_about(&demand)?;
        let applies_as = match statement.subject {
            None => PersonKind::Individual,
            Some(Subject::Application(kind)) => kind,
            Some(_) => return Err(Reason::AnotherSubject),
        };
        require(applies_as == kind, Reason::CandidateAnotherKind)?;
        let hash = statement.signed_by(&demand, who)?;
        self.take_statement(who, statement)?;
        let coop = self.coop(name)?;
        coop.take_agreements(who)?;
        let candidate = Candidate {
            state: CandidateState::Created,
            kind,
            hash,
            initial,
            minimum,
            created_at: call.now,
        };
        coop.candidates.insert(who, candidate);
        self.make_invoice(
            call,
            name,
            Invoice {
                who,
                kind: QuestionKind::Join,
                hash,
                quantity: initial + minimum,
                is_alone,
            },
        )
    }

    /// The money came. A cooperative that may ask nobody sends it back.
    pub(crate) fn admission_paid(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let is_active = self.is_active(name);
        let (who, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Created,
            Reason::CandidateAnotherStep,
        )?;
        if !is_active {
            return self.refund(call, name, hash);
        }
        row.state = CandidateState::Paid;
        self.publish(call, name, who, QuestionKind::Join, hash)
    }

    /// The money did not come.
    pub(crate) fn admission_not_paid(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (who, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Created,
            Reason::CandidateAnotherStep,
        )?;
        self.coop(name)?.candidates.remove(&who);
        Ok(())
    }

    /// The council admitted the candidate.
    pub(crate) fn admission_granted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
        protocol: Hash,
    ) -> Result<(), Reason> {
        let (who, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Paid,
            Reason::CandidateAnotherStep,
        )?;
        let Candidate {
            kind,
            initial,
            minimum,
            ..
        } = row.clone();
        let coop = self.coop(name)?;
        coop.candidates.remove(&who);
        let participant = Participant {
            kind,
            hash,
            authorization: protocol,
            initial,
            minimum,
            created_at: call.now,
            status: Status::Active,
        };
        coop.enter(who, participant);
        coop.distribute_entry(who, hash, initial, minimum)
    }

    /// The council did not.
    pub(crate) fn admission_refused(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let (_, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Paid,
            Reason::CandidateAnotherStep,
        )?;
        self.refund(call, name, hash)
    }

    /// The whole sum is to be sent back.
    fn refund(&mut self, call: &Call<'_>, name: Account, hash: Hash) -> Result<(), Reason> {
        let (_, row) = self.candidate(name, hash)?;
        row.state = CandidateState::Refunding;
        let terms = self.terms;
        self.coop(name)?
            .order_return(hash, call.now.after(terms.payment))
    }

    /// The money went back.
    pub(crate) fn refund_done(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (who, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Refunding,
            Reason::CandidateAnotherStep,
        )?;
        self.coop(name)?.candidates.remove(&who);
        Ok(())
    }

    /// The money could not be sent back.
    pub(crate) fn refund_failed(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let (_, row) = self.candidate(name, hash)?;
        require(
            row.state == CandidateState::Refunding,
            Reason::CandidateAnotherStep,
        )?;
        row.state = CandidateState::RefundFailed;
        Ok(())
    }

    pub(crate) fn refund_retried(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let found = self
            .candidate(name, hash)
            .map(|(who, row)| (who, row.state));
        if found.is_ok_and(|(who, _)| who == actor) {
            call.needs(actor)?;
        } else {
            self.needs_right(call, name, actor, Right::RetryRefund)?;
        }
        let (_, state) = found.map_err(|_| Reason::NoCandidate)?;
        let failed = state == CandidateState::RefundFailed;
        require(failed, Reason::CandidateAnotherStep)?;
        self.refund(call, name, hash)
    }

    fn candidate(
        &mut self,
        name: Account,
        hash: Hash,
    ) -> Result<(Account, &mut Candidate), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoCandidate)?;
        let mut rows = coop.candidates.iter_mut();
        let (who, row) = rows
            .find(|(_, row)| row.hash == hash)
            .ok_or(Reason::NoCandidate)?;
        Ok((*who, row))
    }
}
