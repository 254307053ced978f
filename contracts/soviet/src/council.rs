//! A cooperative's council: its counters, and the versions of its seats.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::council::position;
use coop_model::decision::kind;
use coop_model::{Seat, limits};

/// What soviet counts for a cooperative. Scope: soviet.
#[table("councils")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Council {
    /// The cooperative.
    #[primary]
    pub coopname: Name,
    /// The version of the council that sits now.
    pub board: u64,
    /// The number of the last question; numbers only grow.
    pub last_decision: u64,
    /// Questions that are not finished.
    pub unfinished: u32,
    /// Those of them that are free.
    pub free: u32,
}

impl Council {
    /// Counts a new question in, which gets the number `last_decision`; or why there may be no more
    /// (R2, bounds).
    pub fn count_in(&mut self, of_kind: Name) -> Result<(), &'static str> {
        if self.unfinished >= limits::MAX_UNFINISHED {
            return Err("the cooperative has 1000 unfinished questions already");
        }
        if of_kind == kind::FREEDECISION {
            if self.free >= limits::MAX_UNFINISHED_FREE {
                return Err("the cooperative has 900 unfinished free questions already");
            }
            self.free += 1;
        }
        self.unfinished += 1;
        self.last_decision += 1;
        Ok(())
    }

    /// Counts a finished question out.
    pub fn count_out(&mut self, of_kind: Name) {
        if of_kind == kind::FREEDECISION {
            self.free = self.free.saturating_sub(1);
        }
        self.unfinished = self.unfinished.saturating_sub(1);
    }
}

/// One version of a council. Scope: the cooperative.
#[table("boards")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Counted from 1 in the cooperative.
    #[primary]
    pub version: u64,
    /// Unfinished questions whose electorate this is; an old version goes with the last of them.
    pub questions: u32,
    /// The seats, in the order that the bits of a decision's masks follow.
    pub members: Vec<Seat>,
    /// Hash of the document of the general meeting that elected them.
    pub meeting_hash: Checksum256,
    /// When it began to sit.
    pub created_at: TimePoint,
}

impl Board {
    /// The voting seats, in the order of the bits of a decision's masks.
    pub fn voters(&self) -> impl Iterator<Item = Name> {
        self.members
            .iter()
            .filter(|seat| seat.is_voting)
            .map(|seat| seat.username)
    }

    /// The bit of `username` in a decision's masks, if the member has a vote.
    pub fn voting_seat(&self, username: Name) -> Option<u32> {
        self.voters()
            .zip(0..)
            .find(|&(voter, _)| voter == username)
            .map(|(_, bit)| bit)
    }

    /// Whether `username` is the chairman.
    pub fn is_chairman(&self, username: Name) -> bool {
        self.members
            .iter()
            .any(|seat| seat.username == username && seat.position == position::CHAIRMAN)
    }
}

/// Why these seats are no council, if they are not: 3–64 of them, at least 3 with a vote, nobody
/// twice, known positions, exactly one chairman, and the chairman votes.
pub fn objection(seats: &[Seat]) -> Option<&'static str> {
    if seats.len() < limits::MIN_SEATS || seats.len() > limits::MAX_SEATS {
        return Some("a council has 3 to 64 seats");
    }
    // Silent seats must not let one or two people decide everything.
    if seats.iter().filter(|seat| seat.is_voting).count() < limits::MIN_SEATS {
        return Some("a council has at least 3 voting seats");
    }
    let mut chairmen = 0;
    let mut rest = seats;
    while let Some((seat, others)) = rest.split_first() {
        if others.iter().any(|other| other.username == seat.username) {
            return Some("a member of the council has two seats");
        }
        match seat.position {
            position::MEMBER => {}
            position::CHAIRMAN if seat.is_voting => chairmen += 1,
            position::CHAIRMAN => return Some("the chairman must have a vote"),
            _ => return Some("a position in a council is member or chairman"),
        }
        rest = others;
    }
    (chairmen != 1).then_some("a council has exactly one chairman")
}

#[cfg(test)]
mod tests;
