//! Protocols of meetings: founding, electing a board, changing the charter.

use crate::facts::{Facts, Paper};
use crate::fault::PaperError;
use crate::people::People;
use antelope_types::{Name, TimePoint};
use coop_documents::{CharterProtocol, ElectionProtocol, Fees, FoundingProtocol};
use coop_model::{Charter, Seat};

impl<P: People> Facts<'_, P> {
    /// The protocol of the founding meeting, which all founders sign.
    ///
    /// # Errors
    /// [`PaperFault::NoCooperative`](crate::PaperFault::NoCooperative); those of the people.
    pub fn founding(&self, founders: &[Name], held_at: TimePoint) -> Paper<FoundingProtocol, P> {
        let coop = self.coop()?;
        Ok(FoundingProtocol {
            cooperative: coop.coopname,
            held_at: held_at.micros(),
            founders: self.persons(founders)?,
            fees: Fees::new(coop.initial, coop.minimum)?,
            charter: Charter {
                quorum_percent: coop.charter.quorum_percent,
                board_support: coop.charter.board_support,
            },
        })
    }

    /// The protocol by which a board is elected. All participants sign the first one, those who are elected each
    /// later one.
    ///
    /// # Errors
    /// Those of the people; [`PaperFault::Read`](crate::PaperFault::Read).
    pub fn election(
        &self,
        (board, version): (Name, u64),
        seats: &[Seat],
        is_founding: bool,
        held_at: TimePoint,
    ) -> Paper<ElectionProtocol, P> {
        let named = |seat: &Seat| Ok((self.people.person(seat.username)?, *seat));
        let elected = seats.iter().map(named).collect::<Result<Vec<_>, _>>();
        let elected = elected.map_err(PaperError::People)?;
        let people = match is_founding {
            true => {
                let founders = self.cooperative.participants()?;
                let founders: Vec<_> = founders.iter().map(|it| it.username).collect();
                self.persons(&founders)?
            }
            false => elected.iter().map(|(person, _)| person.clone()).collect(),
        };
        Ok(ElectionProtocol {
            cooperative: self.cooperative.name(),
            held_at: held_at.micros(),
            people,
            is_founding,
            board,
            version,
            seats: elected,
        })
    }

    /// The protocol by which a general meeting changes what the charter says about decisions, signed by those who
    /// were present.
    ///
    /// # Errors
    /// [`PaperFault::NoCooperative`](crate::PaperFault::NoCooperative); those of the people.
    pub fn charter(
        &self,
        charter: Charter,
        present: &[Name],
        against: &[Name],
        held_at: TimePoint,
    ) -> Paper<CharterProtocol, P> {
        let coop = self.coop()?;
        Ok(CharterProtocol {
            cooperative: coop.coopname,
            held_at: held_at.micros(),
            participants: self.persons(present)?,
            of_participants: coop.participants as usize,
            against: self.persons(against)?,
            charter,
        })
    }
}
