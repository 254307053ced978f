//! The council that sits: its counters and its chairman.

use antelope_contract::prelude::*;
use coop_model::council::{Board, Council, SittingMember};
use coop_model::parameters;
use coop_model::refusal::Refusal;
use coop_model::refusal::{council as refusal, decision as question};

use crate::decision::Decision;

/// Unfinished questions of a council that sits no longer. Scope: the cooperative.
#[table("retired")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The version of the council.
    #[primary]
    pub version: u64,
    /// Questions whose electorate it is; its seats are erased with the last of them.
    pub questions: u32,
}

/// What of the agenda a question counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Kinds of the protocol's own contracts.
    Own,
    /// Kinds of other contracts.
    Foreign,
    /// Free questions.
    Free,
}

/// The council of a cooperative.
pub(crate) fn of(coopname: Name) -> Row<Council> {
    Council::table(receiver())
        .get(coopname)
        .or_fail(refusal::MISSING)
}

/// One version of a cooperative's boards.
pub(crate) fn version(coopname: Name, version: u64) -> Row<Board> {
    Board::table(coopname)
        .get(version)
        .or_fail(refusal::NO_VERSION)
}

/// The seat of `username` in the council that sits now.
pub(crate) fn seat(coopname: Name, username: Name) -> Option<SittingMember> {
    SittingMember::view(receiver(), coopname).get(username)
}

/// Fails unless `chairman` signed and is the chairman of the council that sits now; returns the
/// version of that council.
pub(crate) fn require_chairman(coopname: Name, chairman: Name) -> u64 {
    require_auth(chairman);
    match seat(coopname, chairman) {
        Some(seat) if seat.is_chairman => seat.board,
        _ => fail(refusal::NOT_THE_CHAIRMAN),
    }
}

/// Counts a new question in, which gets the number `last_decision`; or why there may be no more
/// (R2, bounds).
pub fn count_in(council: &mut Council, share: Share) -> Result<(), Refusal> {
    if council.unfinished >= parameters::MAX_UNFINISHED {
        return Err(question::TOO_MANY);
    }
    match share {
        Share::Own => {}
        Share::Foreign if council.foreign >= parameters::MAX_UNFINISHED_FOREIGN => {
            return Err(question::TOO_MANY_FOREIGN);
        }
        Share::Foreign => council.foreign += 1,
        Share::Free if council.free >= parameters::MAX_UNFINISHED_FREE => {
            return Err(question::TOO_MANY_FREE);
        }
        Share::Free => council.free += 1,
    }
    council.unfinished += 1;
    council.questions += 1;
    council.last_decision += 1;
    Ok(())
}

/// Counts a finished question out, and remembers who signed its protocol.
pub(crate) fn count_out(coopname: Name, row: Row<Council>, decision: &Decision, share: Share) {
    let is_sitting = row.board == decision.board;
    row.update(Payer::Same, |council| {
        council.unfinished = council.unfinished.saturating_sub(1);
        match share {
            Share::Own => {}
            Share::Foreign => council.foreign = council.foreign.saturating_sub(1),
            Share::Free => council.free = council.free.saturating_sub(1),
        }
        if is_sitting {
            council.questions = council.questions.saturating_sub(1);
        }
        council.signed_by = decision.authorized_by;
    });
    if !is_sitting {
        count_out_retired(coopname, decision.board);
    }
}

/// Counts a question of a council that sits no longer out; with the last one its seats are erased.
fn count_out_retired(coopname: Name, board: u64) {
    let Some(retired) = Retired::table(coopname).get(board) else {
        return;
    };
    if retired.questions > 1 {
        retired.update(Payer::Same, |retired| retired.questions -= 1);
        return;
    }
    retired.remove();
    if let Some(board) = Board::table(coopname).get(board) {
        board.remove();
    }
}

#[cfg(test)]
mod tests;
