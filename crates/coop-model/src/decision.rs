//! The arithmetic of decisions: threshold, quorum, terms and states.

use crate::parameters;
use antelope_contract::prelude::*;

/// States of a question and of the decision that it becomes.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Voting goes on, or its term is over and nobody has removed it yet.
    pub const OPEN: Name = name!("open");
    /// The threshold and the quorum are reached.
    pub const APPROVED: Name = name!("approved");
    /// The chairman has signed the protocol.
    pub const AUTHORIZED: Name = name!("authorized");
    /// It cannot be approved any more.
    pub const DECLINED: Name = name!("declined");
}

/// The votes on a question: how many for, how many against, of how many seats, and the quorum in
/// percent of the seats; 0 is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Votes for.
    pub votes_for: u32,
    /// Votes against.
    pub votes_against: u32,
    /// N: the voting seats of the electorate.
    pub seats: u32,
    /// The quorum of the charter when the question was published.
    pub quorum: u8,
}

impl Tally {
    /// `2·for > N` and `100·(for + against) ≥ quorum·N` (R4).
    pub const fn is_approved(self) -> bool {
        2 * self.votes_for > self.seats && self.has_quorum()
    }

    /// Whether as many seats voted as the charter asks for.
    pub const fn has_quorum(self) -> bool {
        100 * (self.votes_for + self.votes_against) >= self.quorum as u32 * self.seats
    }

    /// Whether the question cannot be approved any more, even if all of `remaining` seats that may
    /// still vote vote for it (R6).
    pub const fn is_hopeless(self, remaining: u32) -> bool {
        let best = Self {
            votes_for: self.votes_for + remaining,
            ..self
        };
        !best.is_approved()
    }

    /// Seats that have not voted.
    pub const fn silent(self) -> u32 {
        self.seats
            .saturating_sub(self.votes_for + self.votes_against)
    }
}

/// The electorate's mask with every one of `seats` seats set; bit `i` is the `i`-th voting seat.
pub const fn full_mask(seats: u32) -> u64 {
    if seats >= u64::BITS {
        u64::MAX
    } else {
        (1 << seats) - 1
    }
}

/// When a vote on a question published at `created_at` is no longer valid (R5).
pub fn voting_ends(created_at: TimePoint) -> TimePoint {
    after(created_at, parameters::VOTING_SECONDS)
}

/// When a decision approved at `approved_at` can no longer be authorized (R7).
pub fn signing_ends(approved_at: TimePoint) -> TimePoint {
    after(approved_at, parameters::SIGNING_SECONDS)
}

/// `seconds` after `moment`; far beyond any block time it stops growing.
pub fn after(moment: TimePoint, seconds: u32) -> TimePoint {
    TimePoint::from_micros(
        moment
            .micros()
            .saturating_add(i64::from(seconds) * 1_000_000),
    )
}

/// `seconds` before `moment`.
pub fn before(moment: TimePoint, seconds: u32) -> TimePoint {
    TimePoint::from_micros(
        moment
            .micros()
            .saturating_sub(i64::from(seconds) * 1_000_000),
    )
}
