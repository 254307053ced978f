//! The protocol of a decision: its votes as the chain has them, and what the decision does.

use crate::facts::{Facts, Paper};
use crate::fault::{PaperError, PaperFault};
use crate::people::People;
use antelope_types::{Asset, Name, TimePoint};
use coop_client::ReadError;
use coop_client::rows::Decision;
use coop_documents::{Choice, Effect, Fees, Protocol, Seat, Thing, Voting, VotingTimes};
use coop_model::catalogue::kind;
use coop_model::council::position;

impl<P: People> Facts<'_, P> {
    /// The protocol of a question or decision of any kind, as this chairman would sign it. `counted_at` is the moment
    /// until which votes are counted: that of the newest block.
    ///
    /// # Errors
    /// [`PaperFault::UnknownEffect`], [`PaperFault::Document`] for votes that cannot be, [`PaperFault::Read`]; those
    /// of the people.
    pub fn protocol(
        &self,
        decision: &Decision,
        chairman: Name,
        counted_at: TimePoint,
    ) -> Paper<Protocol, P> {
        Ok(Protocol {
            voting: self.voting(decision, counted_at)?,
            person: self
                .people
                .party(decision.username)
                .map_err(PaperError::People)?,
            effect: self.effect(decision)?,
            question: decision.hash,
            chairman: self.people.person(chairman).map_err(PaperError::People)?,
        })
    }

    /// The facts of the vote: the seats are those of the council's version that the question is frozen to.
    fn voting(&self, decision: &Decision, counted_at: TimePoint) -> Paper<Voting, P> {
        let board = self.cooperative.board(decision.board)?;
        let members = board.map(|board| board.members).unwrap_or_default();
        let mut seats = Vec::new();
        for (seat, bit) in members.iter().filter(|seat| seat.is_voting).zip(0..64) {
            let has = |mask: u64| mask >> bit & 1 == 1;
            let choice = match (has(decision.votes_for), has(decision.votes_against)) {
                (true, _) => Choice::For,
                (_, true) => Choice::Against,
                _ => Choice::Silent,
            };
            let person = self.people.person(seat.username);
            seats.push(Seat {
                person: person.map_err(PaperError::People)?,
                is_chairman: seat.position == position::CHAIRMAN,
                choice,
            });
        }
        let approved_at = Some(decision.approved_at.micros()).filter(|micros| *micros != 0);
        let opened_at = decision.created_at.micros();
        // The votes are in the block that is being made, which is younger than the newest whole one.
        let counted_at = counted_at.micros().max(approved_at.unwrap_or(opened_at));
        let times = VotingTimes {
            opened_at,
            closes_at: decision.expires_at.micros(),
            approved_at,
            counted_at,
        };
        let counter = self.cooperative.contracts().soviet;
        let (id, quorum) = (decision.id, decision.quorum_percent);
        Ok(Voting::new(id, seats, quorum, times, counter)?)
    }

    /// What the decision does, from the rows of its process.
    fn effect(&self, decision: &Decision) -> Paper<Effect, P> {
        let cooperative = self.cooperative;
        let effect = match decision.kind {
            kind::JOINCOOP => {
                let candidate = cooperative.candidate(decision.username)?;
                let fees = candidate.map(|it| Fees::new(it.initial, it.minimum));
                fees.transpose()?.map(Effect::Admission)
            }
            kind::SHAREMONEY => self.payment(decision)?.map(Effect::MoneyIn),
            kind::RETURNMONEY => self.payment(decision)?.map(Effect::MoneyOut),
            kind::SHAREPROP => self.thing_of(decision)?.map(Effect::PropertyIn),
            kind::RETURNPROP => self.thing_of(decision)?.map(Effect::PropertyOut),
            kind::MOVEUSER => {
                let mut moves = cooperative.moves()?.into_iter();
                let found = moves.find(|it| it.hash == decision.hash);
                found.map(|it| Effect::Move(it.newname))
            }
            kind::BLOCKUSER => {
                let mut blockings = cooperative.blockings()?.into_iter();
                let found = blockings.find(|it| it.hash == decision.hash);
                found.map(|it| Effect::Block {
                    is_blocked: it.is_blocked,
                })
            }
            kind::LEAVECOOP => {
                let wallet = cooperative.wallet(decision.username)?;
                wallet.map(|it| Effect::Exit(it.blocked))
            }
            kind::FREEDECISION => {
                let proposed = self.people.proposed(&decision.hash);
                let proposed = proposed.map_err(PaperError::People)?;
                proposed.map(|[question, decision]| Effect::Free { question, decision })
            }
            _ => None,
        };
        let unknown = PaperFault::UnknownEffect {
            id: decision.id,
            kind: decision.kind,
        };
        effect.ok_or(PaperError::Fault(unknown))
    }

    /// The sum of the payment that a decision is about.
    fn payment(&self, decision: &Decision) -> Result<Option<Asset>, ReadError> {
        let mut payments = self.cooperative.payments()?.into_iter();
        let found = payments.find(|it| it.hash == decision.hash);
        Ok(found.map(|it| it.quantity))
    }

    /// The thing that a decision is about.
    fn thing_of(&self, decision: &Decision) -> Paper<Option<Thing>, P> {
        let mut properties = self.cooperative.properties()?.into_iter();
        let property = properties.find(|it| it.hash == decision.hash);
        property.map(|it| self.thing(&it)).transpose()
    }
}
