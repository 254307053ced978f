//! Boards: elected by a general meeting, seated when the participants have had their say.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::catalogue::registry;
use coop_model::coop::Standing;
use coop_model::council::{Board, Council, SittingMember, board, position};
use coop_model::document::subject::BoardSubject;
use coop_model::people::{Participant, kind, status};
use coop_model::refusal::council as refusal;
use coop_model::{Age, Config, Document, Seat, coop, list_hash, parameters};

use crate::council::{self, Retired};
use crate::{events, kinds};

pub(crate) mod election;
pub mod seats;
pub(crate) mod voices;

/// Seats the first council, by a document that all founders signed.
pub(crate) fn create(coopname: Name, members: Vec<Seat>, meeting: &Document) {
    require_auth(coopname);
    let config = Config::load();
    let coop = coop::require_active(&config, coopname);
    let councils = Council::table(receiver());
    check!(!councils.contains(coopname), refusal::EXISTS);
    seats::require(board::COUNCIL, &members);
    require_can_sit(&config, coopname, &members);
    let meeting_hash = require_meeting(&config, coopname, 1, board::COUNCIL, &members, meeting);
    // Nobody is admitted before there is a council, so all participants are founders.
    check!(
        meeting.signatures().len() == coop.participants as usize,
        refusal::NOT_ALL_FOUNDERS
    );
    require_participants(&config, coopname, meeting);
    councils.insert(
        coopname,
        &Council {
            coopname,
            ..Council::default()
        },
    );
    kinds::accept_own(&config, coopname);
    seat(
        coopname,
        Board {
            version: 1,
            kind: board::COUNCIL,
            members,
            meeting_hash,
            created_at: now(),
        },
    );
}

/// Fails unless the document is of a general meeting that elected these seats for this version;
/// returns its hash. Who signed it is for the caller to check.
fn require_meeting(
    config: &Config,
    coopname: Name,
    version: u64,
    kind: Name,
    members: &Vec<Seat>,
    meeting: &Document,
) -> Checksum256 {
    meeting.require_about(registry::MEETING, coopname, coopname, Age::Meeting);
    meeting.require_subject(&BoardSubject {
        version,
        kind,
        members: list_hash(members),
    });
    meeting.require_signed(&config.chain_id, Age::Meeting)
}

/// Fails unless everyone who signed is a participant.
fn require_participants(config: &Config, coopname: Name, meeting: &Document) {
    for signature in meeting.signatures() {
        check!(
            Participant::find(config, coopname, signature.signer).is_some(),
            refusal::SIGNER_NOT_A_PARTICIPANT
        );
    }
}

/// Fails unless everyone is an individual and a participant with all rights.
fn require_can_sit(config: &Config, coopname: Name, members: &[Seat]) {
    for seat in members {
        let participant = Participant::find(config, coopname, seat.username)
            .or_fail(refusal::MEMBER_NOT_A_PARTICIPANT);
        check!(
            participant.kind == kind::INDIVIDUAL,
            refusal::MEMBER_NOT_AN_INDIVIDUAL
        );
        check!(
            participant.status == status::ACTIVE,
            refusal::MEMBER_NOT_ACTIVE
        );
    }
}

/// Whether everyone may still sit: nobody is blocked, leaving or gone.
fn can_sit(config: &Config, coopname: Name, members: &[Seat]) -> bool {
    members.iter().all(|seat| {
        Participant::find(config, coopname, seat.username)
            .is_some_and(|participant| participant.status == status::ACTIVE)
    })
}

/// Stores a board and lets it sit in the place of the one before.
fn seat(coopname: Name, board: Board) {
    let version = board.version;
    let voting = board.voters().count();
    let row = council::of(coopname);
    let before = match board.kind {
        board::COUNCIL => row.board,
        board::EXECUTIVE => row.executive,
        board::AUDIT => row.audit,
        _ => row.other,
    };
    if board.kind == board::COUNCIL {
        unseat_council(coopname, &row);
        seat_council(coopname, &board);
    } else if before != 0 {
        council::version(coopname, before).remove();
    }
    row.update(Payer::Same, |council| {
        council.last_board = version;
        match board.kind {
            board::COUNCIL => {
                council.board = version;
                council.seats = voting as u8;
                council.questions = 0;
            }
            board::EXECUTIVE => council.executive = version,
            board::AUDIT => council.audit = version,
            _ => council.other = version,
        }
    });
    Board::table(coopname).insert(payer(coopname), &board);
    events::seated(coopname, &board);
}

/// Who pays for a board: the cooperative when it signed, soviet when anyone seats it.
fn payer(coopname: Name) -> Name {
    coop_model::payer::payer_of(coopname, receiver())
}

/// Takes the seats of the council that sat before away; its version stays while questions refer to
/// it.
fn unseat_council(coopname: Name, council: &Council) {
    if council.board == 0 {
        return;
    }
    let sitting = SittingMember::table(coopname);
    let before = council::version(coopname, council.board);
    for seat in &before.members {
        if let Some(row) = sitting.get(seat.username) {
            row.remove();
        }
    }
    if council.questions == 0 {
        before.remove();
    } else {
        Retired::table(coopname).insert(
            payer(coopname),
            &Retired {
                version: council.board,
                questions: council.questions,
            },
        );
    }
}

/// Gives every member of a council the row that votes look at.
fn seat_council(coopname: Name, board: &Board) {
    let sitting = SittingMember::table(coopname);
    let mut bits = 0..parameters::MAX_SEATS as u8;
    for seat in &board.members {
        let bit = if seat.is_voting { bits.next() } else { None };
        sitting.insert(
            payer(coopname),
            &SittingMember {
                username: seat.username,
                board: board.version,
                bit,
                is_chairman: seat.position == position::CHAIRMAN,
            },
        );
    }
}

/// The support that these seats need now.
fn support_needed(coop: &Standing, members: &[Seat]) -> u32 {
    coop.charter
        .support_needed(members.len() as u32, coop.participants)
}
