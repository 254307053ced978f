//! What `soviet` keeps: boards, staff and decisions.

use antelope_types::{Checksum256, Name, TimePoint};
use serde::Deserialize;

/// A row of `decisions`: a question, and the decision that it becomes.
#[derive(Clone, Debug, Deserialize)]
pub struct Decision {
    /// Its number in the cooperative.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// Who started it.
    pub username: Name,
    /// Its kind.
    pub kind: Name,
    /// Its hash: of the statement or the proposal.
    pub hash: Checksum256,
    /// The version of the council whose seats may vote.
    #[serde(deserialize_with = "crate::read::number")]
    pub board: u64,
    /// How many seats may vote.
    pub seats: u8,
    /// The quorum in percent of the seats; 0 for none.
    pub quorum_percent: u8,
    /// A bit for each seat that voted for it.
    #[serde(deserialize_with = "crate::read::number")]
    pub votes_for: u64,
    /// A bit for each seat that voted against it.
    #[serde(deserialize_with = "crate::read::number")]
    pub votes_against: u64,
    /// See [`coop_model::decision::status`].
    pub status: Name,
    /// When it was published.
    pub created_at: TimePoint,
    /// When voting ends.
    pub expires_at: TimePoint,
    /// When it was approved; the start of 1970 before.
    pub approved_at: TimePoint,
}

/// A row of `undelivered`: a decline that the owner of its kind has not been told.
#[derive(Clone, Debug, Deserialize)]
pub struct Undelivered {
    /// The number of the question.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// Its kind.
    pub kind: Name,
    /// Its hash.
    pub hash: Checksum256,
}

/// A row of `boards`: a version of a board.
#[derive(Clone, Debug, Deserialize)]
pub struct Board {
    /// Its version.
    #[serde(deserialize_with = "crate::read::number")]
    pub version: u64,
    /// Its seats; those with a vote are numbered in this order, from 0.
    pub members: Vec<Seat>,
}

/// A seat of a board.
#[derive(Clone, Debug, Deserialize)]
pub struct Seat {
    /// Who sits there.
    pub username: Name,
    /// Whether the seat has a vote.
    #[serde(deserialize_with = "crate::read::flag")]
    pub is_voting: bool,
    /// Chairman or member.
    pub position: Name,
}

/// A row of `councils`: which boards a cooperative has.
#[derive(Clone, Debug, Deserialize)]
pub struct Council {
    /// The cooperative.
    pub coopname: Name,
    /// The version of its council.
    #[serde(deserialize_with = "crate::read::number")]
    pub board: u64,
    /// The version of its last board of any kind; the next gets the number after it.
    #[serde(deserialize_with = "crate::read::number")]
    pub last_board: u64,
}

/// A row of `seats`: who sits in the council now.
#[derive(Clone, Debug, Deserialize)]
pub struct SittingMember {
    /// The account.
    pub username: Name,
    /// The version of the council.
    #[serde(deserialize_with = "crate::read::number")]
    pub board: u64,
    /// The number of the seat among those with a vote; none without one.
    pub bit: Option<u8>,
    /// Whether the member presides.
    #[serde(deserialize_with = "crate::read::flag")]
    pub is_chairman: bool,
}

/// A row of `staff`.
#[derive(Clone, Debug, Deserialize)]
pub struct Staff {
    /// The account.
    pub username: Name,
    /// What it may do.
    pub rights: Vec<StaffRight>,
    /// The version of the council that gave the rights.
    #[serde(deserialize_with = "crate::read::number")]
    pub board: u64,
}

/// A right of staff.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct StaffRight {
    /// The contract.
    pub contract: Name,
    /// The action.
    pub action: Name,
}

/// A row of `elections`: a board that was elected and does not sit yet.
#[derive(Clone, Debug, Deserialize)]
pub struct Election {
    /// The cooperative.
    pub coopname: Name,
    /// The version that it is to be.
    #[serde(deserialize_with = "crate::read::number")]
    pub version: u64,
    /// Its kind.
    pub kind: Name,
    /// Who is to sit.
    pub members: Vec<Seat>,
    /// How many support it.
    pub support: u32,
    /// How many object.
    pub objections: u32,
    /// How many must support it.
    pub support_needed: u32,
    /// The hash of the protocol of the meeting that elected it.
    pub meeting_hash: Checksum256,
    /// When it was submitted; who joined later has no voice.
    pub created_at: TimePoint,
    /// When the term for voices ends.
    pub ends_at: TimePoint,
}

/// A row of `voices`: a voice on an election.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Voice {
    /// Whose it is.
    pub username: Name,
    /// The version of the board.
    #[serde(deserialize_with = "crate::read::number")]
    pub version: u64,
    /// Whether it supports the board.
    #[serde(deserialize_with = "crate::read::flag")]
    pub supports: bool,
}

/// What `soviet::getagenda` answers.
#[derive(Clone, Debug, Deserialize)]
pub struct Agenda {
    /// The questions.
    pub questions: Vec<Question>,
    /// Where the next page begins; 0 where this is the last.
    #[serde(deserialize_with = "crate::read::number")]
    pub next_id: u64,
}

/// A question on the agenda, with votes by name.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// Its number in the cooperative.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// Its kind.
    pub kind: Name,
    /// Who started it.
    pub username: Name,
    /// Its hash.
    pub hash: Checksum256,
    /// See [`coop_model::decision::status`].
    pub status: Name,
    /// How many seats may vote.
    pub seats: u8,
    /// The quorum in percent of the seats; 0 for none.
    pub quorum_percent: u8,
    /// Who voted for it.
    pub votes_for: Vec<Name>,
    /// Who voted against it.
    pub votes_against: Vec<Name>,
    /// When it was published.
    pub created_at: TimePoint,
    /// When voting ends.
    pub expires_at: TimePoint,
}
