//! Kinds of decisions and the registry ids of their documents.

use antelope_contract::prelude::*;

/// Kinds of decisions that this software starts itself.
pub mod kind {
    use antelope_contract::prelude::{Name, name};

    /// Admission of a candidate; published by registrator when the payment is confirmed.
    pub const JOINCOOP: Name = name!("joincoop");
    /// A free decision; published by a member of the council, without effect on chain.
    pub const FREEDECISION: Name = name!("freedecision");
}

/// States of a question and of the decision that it becomes.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Voting goes on, or 48 hours have passed and nobody has removed it yet.
    pub const OPEN: Name = name!("open");
    /// More than half of the seats voted for it.
    pub const APPROVED: Name = name!("approved");
    /// The chairman has signed the protocol.
    pub const AUTHORIZED: Name = name!("authorized");
    /// It cannot be approved any more.
    pub const DECLINED: Name = name!("declined");
}

/// Registry ids: which kind of document a document is.
pub mod registry {
    /// Statement of a candidate.
    pub const STATEMENT: u64 = 100;
    /// Protocol of a general meeting.
    pub const MEETING: u64 = 300;
    /// Protocol of the council: admission.
    pub const ADMISSION_PROTOCOL: u64 = 501;
    /// Proposal of a free decision.
    pub const PROPOSAL: u64 = 599;
    /// Protocol of the council: free decision.
    pub const FREE_PROTOCOL: u64 = 600;
}

/// `2·for > N`: whether this many votes approve a question of `seats` voting seats (R4).
pub const fn is_approved(votes_for: u32, seats: u32) -> bool {
    2 * votes_for > seats
}

/// `2·(N − against) ≤ N`: whether a question can no longer be approved, even if everybody who has
/// not voted votes for it (R6).
pub const fn is_hopeless(votes_against: u32, seats: u32) -> bool {
    !is_approved(seats.saturating_sub(votes_against), seats)
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
    after(created_at, crate::limits::VOTING_SECONDS)
}

/// When a decision approved at `approved_at` can no longer be authorized (R7).
pub fn signing_ends(approved_at: TimePoint) -> TimePoint {
    after(approved_at, crate::limits::SIGNING_SECONDS)
}

/// `seconds` after `moment`; far beyond any block time it stops growing.
pub fn after(moment: TimePoint, seconds: u32) -> TimePoint {
    TimePoint::from_micros(
        moment
            .micros()
            .saturating_add(i64::from(seconds) * 1_000_000),
    )
}
