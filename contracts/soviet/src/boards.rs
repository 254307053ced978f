//! Who sits in a council: the general meeting decides, the cooperative records it.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::decision::registry;
use coop_model::document::BoardSubject;
use coop_model::people::{Participant, kind};
use coop_model::{Config, Document, Seat, Subject, coop, limits, list_hash};

use crate::council::{Board, Council, objection};

/// The council that sits in a cooperative now: its counters and its seats.
pub(crate) fn sitting(coopname: Name) -> (Row<Council>, Row<Board>) {
    let council = Council::table(receiver())
        .get(coopname)
        .or_fail("the cooperative has no council");
    let board = version(coopname, council.board);
    (council, board)
}

/// One version of a cooperative's council.
pub(crate) fn version(coopname: Name, version: u64) -> Row<Board> {
    Board::table(coopname)
        .get(version)
        .or_fail("the cooperative has no such version of its council")
}

/// Fails unless `chairman` signed and is the chairman of that council.
pub(crate) fn require_chairman(board: &Board, chairman: Name) {
    require_auth(chairman);
    check!(
        board.is_chairman(chairman),
        "the account is not the chairman of the council"
    );
}

/// Seats the first council.
pub(crate) fn create(coopname: Name, members: Vec<Seat>, meeting: &Document) {
    require_auth(coopname);
    let councils = Council::table(receiver());
    check!(
        !councils.contains(coopname),
        "the cooperative has a council already"
    );
    seat(coopname, 1, members, meeting);
    councils.insert(
        coopname,
        &Council {
            coopname,
            board: 1,
            ..Council::default()
        },
    );
}

/// Seats another council; the one before stays while questions refer to it.
pub(crate) fn update(coopname: Name, members: Vec<Seat>, meeting: &Document) {
    require_auth(coopname);
    let (council, board) = sitting(coopname);
    let next = board.version + 1;
    seat(coopname, next, members, meeting);
    if board.questions == 0 {
        board.remove();
    }
    council.update(Payer::Same, |council| council.board = next);
}

/// Checks a council that a general meeting elected and stores it as a version.
fn seat(coopname: Name, version: u64, members: Vec<Seat>, meeting: &Document) {
    let config = Config::load();
    coop::require_active(&config, coopname);
    if let Some(text) = objection(&members) {
        fail(text);
    }
    for seat in &members {
        let participant = Participant::find(&config, coopname, seat.username)
            .or_fail("a member of the council is not a participant");
        check!(
            participant.kind == kind::INDIVIDUAL,
            "a member of the council is not an individual"
        );
    }
    let meeting_hash = require_meeting(&config, coopname, version, &members, meeting);
    Board::table(coopname).insert(
        coopname,
        &Board {
            version,
            questions: 0,
            members,
            meeting_hash,
            created_at: now(),
        },
    );
}

/// Fails unless the document is of a general meeting that elected these seats for this version, and
/// at least two participants signed it; returns its hash.
fn require_meeting(
    config: &Config,
    coopname: Name,
    version: u64,
    members: &Vec<Seat>,
    meeting: &Document,
) -> Checksum256 {
    meeting.require_about(registry::MEETING, coopname, coopname);
    let subject = Subject::Board(BoardSubject {
        version,
        members: list_hash(members),
    });
    check!(
        meeting.meta.subject == Some(subject),
        "the document of the meeting is about another council"
    );
    check!(
        meeting.signatures.len() >= limits::MIN_MEETING_SIGNATURES,
        "the document of the meeting has less than 2 signatures"
    );
    let hash = meeting.require_signed(&config.chain_id);
    for signature in &meeting.signatures {
        check!(
            Participant::find(config, coopname, signature.signer).is_some(),
            "the document of the meeting is signed by somebody who is not a participant"
        );
    }
    hash
}
