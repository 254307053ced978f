//! Offices that bind a participant: a seat, an election to one, a staff right.

use crate::cooperative::{Cooperative, Participant, Status};
use crate::kind::BoardKind;
use crate::reason::require;
use crate::{Account, Reason};

impl Cooperative {
    /// The version of the board of this kind that sits.
    pub fn sitting(&self, kind: BoardKind) -> Option<u64> {
        self.council.as_ref()?.sitting.get(&kind).copied()
    }

    /// Whether the account sits in any board, or is elected to one.
    pub fn holds_seat(&self, who: Account) -> bool {
        let sits = |version: &u64| {
            self.boards
                .get(version)
                .is_some_and(|b| b.seat(who).is_some())
        };
        let council = self.council.as_ref();
        council.is_some_and(|council| council.sitting.values().any(sits))
            || self
                .election
                .as_ref()
                .is_some_and(|election| election.members.iter().any(|seat| seat.who == who))
    }

    /// Whoever has an office is replaced first.
    pub(crate) fn has_no_office(&self, who: Account) -> Result<(), Reason> {
        require(!self.holds_seat(who), Reason::HoldsSeat)?;
        let now = self.sitting(BoardKind::Council);
        let is_staff = self
            .staff
            .get(&who)
            .is_some_and(|row| Some(row.board) == now);
        require(!is_staff, Reason::HoldsRight)
    }

    /// The participant, with all rights.
    pub(crate) fn active_participant(&self, who: Account) -> Result<&Participant, Reason> {
        let row = self.participants.get(&who).ok_or(Reason::NotAParticipant)?;
        let is_active = row.status == Status::Active;
        require(is_active, Reason::NotAnActiveParticipant)?;
        Ok(row)
    }

    /// Whether the account is nobody's in this cooperative.
    pub(crate) fn is_free(&self, who: Account) -> bool {
        !self.participants.contains_key(&who) && !self.candidates.contains_key(&who)
    }
}
