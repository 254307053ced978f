//! The agenda as a reader gets it.

use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// What a reader of the agenda gets.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Agenda {
    /// Questions on the agenda now.
    pub questions: Vec<Question>,
    /// Where to read on; 0 when there is no more.
    pub next_id: u64,
}

/// A question as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Question {
    /// Its number.
    pub id: u64,
    /// The kind of decision.
    pub kind: Name,
    /// The person it is about, or who proposed it.
    pub username: Name,
    /// Hash of the statement or proposal.
    pub hash: Checksum256,
    /// `open` or `approved`.
    pub status: Name,
    /// Voting seats.
    pub seats: u8,
    /// The quorum in percent of them; 0 is none.
    pub quorum_percent: u8,
    /// Who voted for, in the order of seats.
    pub votes_for: Vec<Name>,
    /// Who voted against, in the order of seats.
    pub votes_against: Vec<Name>,
    /// When it was published.
    pub created_at: TimePoint,
    /// When voting ends.
    pub expires_at: TimePoint,
}
