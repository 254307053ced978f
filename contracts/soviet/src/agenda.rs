//! The agenda: finding questions, taking finished ones off, and showing it to readers.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::limits;

use crate::boards;
use crate::council::Board;
use crate::decision::Decision;

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
    /// Who voted for, in the order of seats.
    pub votes_for: Vec<Name>,
    /// Who voted against, in the order of seats.
    pub votes_against: Vec<Name>,
    /// When it was published.
    pub created_at: TimePoint,
    /// When voting ends.
    pub expires_at: TimePoint,
}

/// The question `id` of a cooperative.
pub(crate) fn question(coopname: Name, id: u64) -> Row<Decision> {
    Decision::table(coopname)
        .get(id)
        .or_fail("the cooperative has no such question")
}

/// Takes a finished question off, with everything that was kept for it; returns what it was.
///
/// The one place where a decision's row is erased, always before anything is sent (R8).
pub(crate) fn take_off(coopname: Name, row: Row<Decision>) -> Decision {
    let decision = row.remove();
    let (council, _) = boards::sitting(coopname);
    let council = council.update(Payer::Same, |council| council.count_out(decision.kind));
    let board = boards::version(coopname, decision.board);
    if board.questions <= 1 && board.version != council.board {
        board.remove();
    } else {
        board.update(Payer::Same, |board| {
            board.questions = board.questions.saturating_sub(1);
        });
    }
    decision
}

/// Up to `limit` rows from number `from_id` on, as far as they are on the agenda now.
pub(crate) fn read(coopname: Name, from_id: u64, limit: u32) -> Agenda {
    check!(
        (1..=limits::MAX_AGENDA_ROWS).contains(&limit),
        "the limit must be 1 to 50"
    );
    let now = now();
    let mut agenda = Agenda {
        questions: Vec::new(),
        next_id: 0,
    };
    for (row, looked_at) in Decision::table(coopname).range(from_id..).zip(0..) {
        if looked_at == limit {
            agenda.next_id = row.id;
            break;
        }
        if row.is_on_agenda(now) {
            let board = boards::version(coopname, row.board);
            agenda.questions.push(Question::of(&row, &board));
        }
    }
    agenda
}

impl Question {
    /// The question with its votes by name.
    fn of(decision: &Decision, board: &Board) -> Self {
        Self {
            id: decision.id,
            kind: decision.kind,
            username: decision.username,
            hash: decision.hash,
            status: decision.status,
            seats: decision.seats,
            votes_for: names(board, decision.votes_for),
            votes_against: names(board, decision.votes_against),
            created_at: decision.created_at,
            expires_at: decision.expires_at,
        }
    }
}

/// The voters whose bits are set.
fn names(board: &Board, mask: u64) -> Vec<Name> {
    board
        .voters()
        .zip(0..u64::BITS)
        .filter(|&(_, bit)| mask >> bit & 1 == 1)
        .map(|(voter, _)| voter)
        .collect()
}
