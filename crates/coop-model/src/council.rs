//! Seats of a council.

use antelope_contract::prelude::*;

/// Positions of a seat.
pub mod position {
    use antelope_contract::prelude::{Name, name};

    /// The one who signs protocols; exactly one, and with a vote.
    pub const CHAIRMAN: Name = name!("chairman");
    /// Everyone else.
    pub const MEMBER: Name = name!("member");
}

/// A seat of a council: who sits there, with a vote or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Seat {
    /// A participant, an individual.
    pub username: Name,
    /// Whether the seat votes.
    pub is_voting: bool,
    /// One of [`position`].
    pub position: Name,
}
