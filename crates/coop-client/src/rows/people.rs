//! What `registrator` keeps: people and cooperatives.

use antelope_types::{Asset, Checksum256, Name, TimePoint};
use serde::Deserialize;

/// A row of `coops`: a cooperative.
#[derive(Clone, Debug, Deserialize)]
pub struct Coop {
    /// Its account.
    pub coopname: Name,
    /// `pending`, `active` or `blocked`.
    pub status: Name,
    /// What the charter says about decisions.
    pub charter: CharterRow,
    /// When the protocol was made that changed the charter last; only a later one is taken.
    pub meeting_at: TimePoint,
    /// How many participants it has.
    pub participants: u32,
    /// The entrance fee of a person.
    pub initial: Asset,
    /// The minimum share of a person.
    pub minimum: Asset,
    /// The entrance fee of an organization.
    pub org_initial: Asset,
    /// The minimum share of an organization.
    pub org_minimum: Asset,
}

/// What the charter of a cooperative says about decisions.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct CharterRow {
    /// The quorum of the council in percent of its voting seats; 0 for none.
    pub quorum_percent: u8,
    /// The support that a new council needs; 0 where it follows from the number of participants.
    pub board_support: u32,
}

/// A row of `candidates`: who has asked to join.
#[derive(Clone, Debug, Deserialize)]
pub struct Candidate {
    /// The account.
    pub username: Name,
    /// How far the admission is.
    pub status: Name,
    /// The hash of the statement.
    pub hash: Checksum256,
    /// The entrance fee.
    pub initial: Asset,
    /// The minimum share.
    pub minimum: Asset,
    /// When the statement came.
    pub created_at: TimePoint,
}

/// A row of `participants`.
#[derive(Clone, Debug, Deserialize)]
pub struct Participant {
    /// The account.
    pub username: Name,
    /// A person, an entrepreneur or an organization.
    pub kind: Name,
    /// The hash of the statement with which they joined.
    pub hash: Checksum256,
    /// The hash of the protocol that admitted them.
    pub authorization: Checksum256,
    /// The entrance fee that was paid.
    pub initial: Asset,
    /// The minimum share that was paid.
    pub minimum: Asset,
    /// Since when.
    pub created_at: TimePoint,
    /// `active`, `leaving`, `blocked`.
    pub status: Name,
}

/// A row of `moves`: a participant who lost the key and moves to another account.
#[derive(Clone, Debug, Deserialize)]
pub struct Move {
    /// The new account.
    pub newname: Name,
    /// The old one.
    pub username: Name,
    /// The hash of the statement.
    pub hash: Checksum256,
    /// When the time for a veto is over; the start of 1970 while the council has not agreed.
    pub ready_at: TimePoint,
}

/// A row of `exits`: a participant who leaves.
#[derive(Clone, Debug, Deserialize)]
pub struct Exit {
    /// The account.
    pub username: Name,
    /// The hash of the statement.
    pub hash: Checksum256,
    /// How far the exit is.
    pub status: Name,
    /// When the statement came.
    pub created_at: TimePoint,
}

/// A row of `blockings`: a proposal to block a participant, or to end it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Blocking {
    /// The participant.
    pub username: Name,
    /// The hash of the proposal.
    pub hash: Checksum256,
    /// Whether the participant is to be blocked.
    #[serde(deserialize_with = "crate::read::flag")]
    pub is_blocked: bool,
}
