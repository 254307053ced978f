//! What a board is, and who sits in the council.

use crate::cooperative::{Position, Seat, Status};
use crate::kind::{BoardKind, PersonKind};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Reason};
use coop_model::parameters::{MAX_SEATS, MIN_SEATS};

/// These seats are a board of this kind.
pub(super) fn are_a_board(kind: BoardKind, seats: &[Seat]) -> Result<(), Reason> {
    require(kind != BoardKind::Unknown, Reason::KindOfBoard)?;
    let is_council = kind == BoardKind::Council;
    let number = (1..=MAX_SEATS).contains(&seats.len());
    require(number, Reason::SeatsBound)?;
    if is_council {
        let voting = seats.iter().filter(|seat| seat.votes).count();
        require(voting >= MIN_SEATS, Reason::VotingSeatsBound)?;
    }
    for (index, seat) in seats.iter().enumerate() {
        let twice = seats[index + 1..].iter().any(|other| other.who == seat.who);
        require(!twice, Reason::TwoSeats)?;
        match seat.position {
            Position::Member => {}
            Position::Chairman => require(seat.votes || !is_council, Reason::SilentChairman)?,
            Position::Unknown => return Err(Reason::Position),
        }
    }
    let chairmen = seats
        .iter()
        .filter(|seat| seat.position == Position::Chairman);
    let chairmen = chairmen.count();
    let number = chairmen == 1 || !is_council && chairmen == 0;
    require(number, Reason::OneChairman)
}

impl Cooperative {
    /// Everyone is an individual and a participant with all rights.
    pub(super) fn can_sit(&self, seats: &[Seat]) -> Result<(), Reason> {
        for seat in seats {
            let row = self.participants.get(&seat.who);
            let row = row.ok_or(Reason::MemberNotAParticipant)?;
            let is_individual = row.kind == PersonKind::Individual;
            require(is_individual, Reason::MemberNotAnIndividual)?;
            require(row.status == Status::Active, Reason::MemberNotActive)?;
        }
        Ok(())
    }

    /// The seat of this account in the council that sits.
    pub(crate) fn council_seat(&self, who: Account) -> Option<&Seat> {
        let version = self.sitting(BoardKind::Council)?;
        self.boards.get(&version)?.seat(who)
    }

    /// Whether the account has a vote in the council that sits.
    pub(crate) fn has_voting_seat(&self, who: Account) -> bool {
        self.council_seat(who).is_some_and(|seat| seat.votes)
    }

    /// The chairman of the council that sits.
    pub fn chairman(&self) -> Option<Account> {
        let board = self.boards.get(&self.sitting(BoardKind::Council)?)?;
        let mut seats = board.members.iter();
        let seat = seats.find(|seat| seat.position == Position::Chairman)?;
        Some(seat.who)
    }

    /// The chairman signed; gives the version of the council.
    pub(crate) fn signed_by_chairman(
        &self,
        call: &Call<'_>,
        chairman: Account,
    ) -> Result<u64, Reason> {
        call.needs(chairman)?;
        require(self.chairman() == Some(chairman), Reason::NotTheChairman)?;
        self.sitting(BoardKind::Council)
            .ok_or(Reason::NotTheChairman)
    }
}
