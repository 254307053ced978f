//! What a board is: how many seats, who presides, who votes.

use antelope_contract::prelude::*;
use coop_model::council::{board, position};
use coop_model::refusal::Refusal;
use coop_model::refusal::council as refusal;
use coop_model::{Seat, parameters};

/// Fails unless these seats are a board of this kind.
pub(crate) fn require(kind: Name, seats: &[Seat]) {
    if let Some(reason) = objection(kind, seats) {
        fail(reason);
    }
}

/// Why these seats are no board of this kind, if they are not.
///
/// A council has 3–64 seats, at least 3 with a vote, exactly one chairman, who votes. Other boards
/// have 1–64 seats and at most one chairman. Nobody has two seats, and positions are known.
pub fn objection(kind: Name, seats: &[Seat]) -> Option<Refusal> {
    let is_council = match kind {
        board::COUNCIL => true,
        board::EXECUTIVE | board::AUDIT | board::OTHER => false,
        _ => return Some(refusal::KIND_OF_BOARD),
    };
    if seats.is_empty() || seats.len() > parameters::MAX_SEATS {
        return Some(refusal::SEATS_BOUND);
    }
    // Silent seats must not let one or two people decide everything.
    if is_council && seats.iter().filter(|seat| seat.is_voting).count() < parameters::MIN_SEATS {
        return Some(refusal::VOTING_SEATS_BOUND);
    }
    let mut chairmen = 0;
    let mut rest = seats;
    while let Some((seat, others)) = rest.split_first() {
        if others.iter().any(|other| other.username == seat.username) {
            return Some(refusal::TWO_SEATS);
        }
        match seat.position {
            position::MEMBER => {}
            position::CHAIRMAN if seat.is_voting || !is_council => chairmen += 1,
            position::CHAIRMAN => return Some(refusal::SILENT_CHAIRMAN),
            _ => return Some(refusal::POSITION),
        }
        rest = others;
    }
    if chairmen > 1 || is_council && chairmen == 0 {
        return Some(refusal::ONE_CHAIRMAN);
    }
    None
}

#[cfg(test)]
mod tests;
