//! The agenda: finding questions, taking finished ones off, and showing it to readers.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::agenda::{Agenda, Question};
use coop_model::catalogue::kind;
use coop_model::council::Board;
use coop_model::refusal::{bounds, decision as refusal};
use coop_model::{Config, parameters, room};

use crate::council::{self, Share};
use crate::decision::Decision;
use crate::{kinds, proposer};

/// The question `id` of a cooperative.
pub(crate) fn question(coopname: Name, id: u64) -> Row<Decision> {
    Decision::table(coopname)
        .get(id)
        .or_fail(refusal::NO_QUESTION)
}

/// Takes a finished question off, with everything that was counted for it; returns what it was.
///
/// The one place where a decision's row is erased, always before anything is sent (R8).
pub(crate) fn take_off(coopname: Name, row: Row<Decision>) -> Decision {
    let decision = row.remove();
    let share = if decision.kind == kind::FREEDECISION {
        proposer::count_out(coopname, decision.username);
        Share::Free
    } else {
        let accepted = kinds::accepted(coopname, decision.kind).update(Payer::Same, |row| {
            row.unfinished = row.unfinished.saturating_sub(1);
        });
        kinds::find(decision.kind).update(Payer::Same, |row| {
            row.unfinished = row.unfinished.saturating_sub(1);
        });
        if Config::load().is_own(accepted.contract) {
            Share::Own
        } else {
            Share::Foreign
        }
    };
    let council = council::of(coopname);
    council::count_out(coopname, council, &decision, share);
    decision
}

/// Up to `limit` rows from number `from_id` on, as far as they are on the agenda now.
pub(crate) fn read(coopname: Name, from_id: u64, limit: u32) -> Agenda {
    check!((1..=parameters::MAX_PAGE).contains(&limit), bounds::PAGE);
    let now = now();
    let mut agenda = Agenda {
        questions: Vec::with_capacity(limit as usize),
        next_id: 0,
    };
    for (row, looked_at) in Decision::table(coopname).range(from_id..).zip(0..) {
        if looked_at == limit {
            agenda.next_id = row.id;
            break;
        }
        if row.is_on_agenda(now) {
            let board = council::version(coopname, row.board);
            room::add(&mut agenda.questions, shown(&row, &board));
        }
    }
    agenda
}

/// The question with its votes by name.
fn shown(decision: &Decision, board: &Board) -> Question {
    Question {
        id: decision.id,
        kind: decision.kind,
        username: decision.username,
        hash: decision.hash,
        status: decision.status,
        seats: decision.seats,
        quorum_percent: decision.quorum_percent,
        votes_for: names(board, decision.votes_for),
        votes_against: names(board, decision.votes_against),
        created_at: decision.created_at,
        expires_at: decision.expires_at,
    }
}

/// The voters whose bits are set.
fn names(board: &Board, mask: u64) -> Vec<Name> {
    let mut names = Vec::with_capacity(mask.count_ones() as usize);
    for (voter, bit) in board.voters().zip(0..u64::BITS) {
        if mask >> bit & 1 == 1 {
            room::add(&mut names, voter);
        }
    }
    names
}
