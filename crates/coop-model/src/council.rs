//! Boards of a cooperative and their seats. Only the council decides; the others are recorded.

use crate::config::Config;
use crate::refusal::council as refusal;
use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// Kinds of boards.
pub mod board {
    use antelope_contract::prelude::{Name, name};

    /// The council: the only board that decides.
    pub const COUNCIL: Name = name!("council");
    /// The executive board (правление).
    pub const EXECUTIVE: Name = name!("executive");
    /// The audit board (ревизионная комиссия).
    pub const AUDIT: Name = name!("audit");
    /// Any other.
    pub const OTHER: Name = name!("other");
}

/// Positions of a seat.
pub mod position {
    use antelope_contract::prelude::{Name, name};

    /// The one who signs protocols; exactly one in a council, and with a vote.
    pub const CHAIRMAN: Name = name!("chairman");
    /// Everyone else.
    pub const MEMBER: Name = name!("member");
}

/// A seat of a board: who sits there, with a vote or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Seat {
    /// A participant, an individual.
    pub username: Name,
    /// Whether the seat votes.
    pub is_voting: bool,
    /// One of [`position`].
    pub position: Name,
}

/// What soviet counts for a cooperative. Table of soviet; scope soviet.
#[table("councils", shared)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Council {
    /// The cooperative.
    #[primary]
    pub coopname: Name,
    /// The version of the council that sits now.
    pub board: u64,
    /// The chairman under the protocol of the decision that was carried out last.
    pub signed_by: Name,
    /// The board that sits as executive board; 0 for none.
    pub executive: u64,
    /// The board that sits as audit board; 0 for none.
    pub audit: u64,
    /// The board that sits as another one; 0 for none.
    pub other: u64,
    /// The voting seats of that version.
    pub seats: u8,
    /// The version of the last board of any kind; numbers only grow.
    pub last_board: u64,
    /// The number of the last question; numbers only grow.
    pub last_decision: u64,
    /// Questions that are not finished.
    pub unfinished: u32,
    /// Those of them whose electorate is the council that sits now.
    pub questions: u32,
    /// Those of them that are free.
    pub free: u32,
    /// Those of them whose kind belongs to another contract than the protocol's.
    pub foreign: u32,
}

/// What the other contracts read of a council: the beginning of its row.
#[table("councils", shared)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CouncilHead {
    /// The cooperative.
    #[primary]
    pub coopname: Name,
    /// The version of the council that sits now.
    pub board: u64,
    /// The chairman under the protocol of the decision that was carried out last.
    pub signed_by: Name,
    /// The board that sits as executive board; 0 for none.
    pub executive: u64,
    /// The board that sits as audit board; 0 for none.
    pub audit: u64,
    /// The board that sits as another one; 0 for none.
    pub other: u64,
}

impl CouncilHead {
    /// The council of a cooperative, as every contract reads it.
    pub fn find(config: &Config, coopname: Name) -> Self {
        Self::try_find(config, coopname).or_fail(refusal::MISSING)
    }

    /// The same, if there is one.
    pub fn try_find(config: &Config, coopname: Name) -> Option<Self> {
        Self::view(config.soviet, config.soviet).get(coopname)
    }

    /// The versions of the boards that sit now beside the council.
    pub fn other_boards(&self) -> [u64; 3] {
        [self.executive, self.audit, self.other]
    }
}

/// One version of a board. Table of soviet; scope the cooperative.
#[table("boards", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Counted from 1 in the cooperative, over all kinds.
    #[primary]
    pub version: u64,
    /// One of [`board`].
    pub kind: Name,
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

    /// Whether `username` has a seat.
    pub fn has(&self, username: Name) -> bool {
        self.members.iter().any(|seat| seat.username == username)
    }
}

/// Where a member of the council sits now, so that a vote need not read all seats. Table of soviet;
/// scope the cooperative.
#[table("seats", shared)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SittingMember {
    /// The member.
    #[primary]
    pub username: Name,
    /// The version of the council that sits now.
    pub board: u64,
    /// The bit in a decision's masks, if the seat votes.
    pub bit: Option<u8>,
    /// Whether this is the chairman.
    pub is_chairman: bool,
}

impl SittingMember {
    /// The seat of `username` in the council that sits now.
    pub fn find(config: &Config, coopname: Name, username: Name) -> Option<Self> {
        Self::view(config.soviet, coopname).get(username)
    }
}

/// A board that a general meeting elected and that participants support or object to. Table of
/// soviet; scope soviet.
#[table("elections", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// The cooperative; one change at a time.
    #[primary]
    pub coopname: Name,
    /// The version that the board gets.
    pub version: u64,
    /// One of [`board`].
    pub kind: Name,
    /// The seats.
    pub members: Vec<Seat>,
    /// Hash of the document of the general meeting that elected them.
    pub meeting_hash: Checksum256,
    /// Participants who support it, those elected too.
    pub support: u32,
    /// Participants who object.
    pub objections: u32,
    /// The support that it needs.
    pub support_needed: u32,
    /// When it was submitted; who joined later has no voice.
    pub created_at: TimePoint,
    /// When voices end and it may be seated.
    pub ends_at: TimePoint,
}

/// Whether `username` sits in any board, or a meeting has elected them to one.
pub fn holds_seat(config: &Config, coopname: Name, username: Name) -> bool {
    if SittingMember::find(config, coopname, username).is_some() {
        return true;
    }
    let elected = Election::view(config.soviet, config.soviet)
        .get(coopname)
        .is_some_and(|election| {
            election
                .members
                .iter()
                .any(|seat| seat.username == username)
        });
    let boards = Board::view(config.soviet, coopname);
    elected
        || CouncilHead::try_find(config, coopname).is_some_and(|council| {
            council.other_boards().into_iter().any(|version| {
                version != 0 && boards.get(version).is_some_and(|board| board.has(username))
            })
        })
}
