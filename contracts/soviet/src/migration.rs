//! Rows of the version before: boards that were councils alone, questions without a quorum.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::council::{Board, Council, board};
use coop_model::kinds::{Accepted, Kind};
use coop_model::migration::{Batch, Counts};
use coop_model::refusal::{council as refusal, migration};
use coop_model::{Config, Right, Seat};

use crate::boards::seat_council;
use crate::council::{self, Retired};
use crate::decision::Decision;
use crate::kinds;
use crate::proposer::Proposer;

/// A council as it was; `new` is there in a row that is not.
#[table("councils", shared)]
struct OldCouncil {
    #[primary]
    coopname: Name,
    board: u64,
    last_decision: u64,
    unfinished: u32,
    free: u32,
    new: BinaryExtension<u8>,
}

/// A version of a council as it was.
#[table("boards", shared)]
struct OldBoard {
    #[primary]
    version: u64,
    questions: u32,
    members: Vec<Seat>,
    meeting_hash: Checksum256,
    created_at: TimePoint,
}

/// A question as it was.
#[table("decisions", shared)]
struct OldDecision {
    #[primary]
    id: u64,
    username: Name,
    kind: Name,
    #[index]
    hash: Checksum256,
    board: u64,
    seats: u8,
    votes_for: u64,
    votes_against: u64,
    status: Name,
    created_at: TimePoint,
    expires_at: TimePoint,
    approved_at: TimePoint,
    authorized_by: Name,
    authorization: Checksum256,
}

/// A staff member as it was, and what is new.
#[table("staff", shared)]
struct OldStaff {
    #[primary]
    username: u64,
    rights: Vec<Right>,
    board: BinaryExtension<u64>,
}

/// A kind as it was, and what is new.
#[table("types", shared)]
struct OldKind {
    #[primary]
    kind: Name,
    contract: Name,
    confirm: Name,
    decline: Name,
    protocol_id: u64,
    unfinished: BinaryExtension<u32>,
}

/// Carries all kinds and up to `limit` rows of a cooperative over; the operator pays what they have
/// grown.
pub(crate) fn migrate(coopname: Name, limit: u32) {
    let soviet = receiver();
    let mut batch = Batch::begin(coopname, limit);
    let is_first = carry_kinds();
    let Some(old) = OldCouncil::table(soviet).get(coopname) else {
        check!(is_first, refusal::MISSING);
        return;
    };
    if old.new.0.is_some() {
        check!(is_first, migration::NOTHING_LEFT);
        return;
    }
    let config = Config::load();
    batch.step(0, &OldBoard::table(coopname), |counts, row| {
        carry_board(coopname, old.board, counts, row.remove());
    });
    batch.step(1, &OldDecision::table(coopname), |counts, row| {
        carry_decision(&config, coopname, counts, row.remove());
    });
    batch.step(2, &OldStaff::table(coopname), |_, row| {
        row.update(soviet, |row| row.board = BinaryExtension(Some(old.board)));
    });
    let Some(counts) = batch.end(3) else { return };
    kinds::accept_own(&config, coopname, soviet);
    let sitting = council::version(coopname, old.board);
    seat_council(coopname, &sitting);
    let old = old.remove();
    Council::table(soviet).insert(
        soviet,
        &Council {
            coopname,
            board: old.board,
            seats: sitting.voters().count() as u8,
            last_board: old.board,
            last_decision: old.last_decision,
            unfinished: old.unfinished,
            questions: counts.first,
            free: old.free,
            foreign: counts.second,
            ..Council::default()
        },
    );
}

/// Gives kinds their counter; says whether one had none.
fn carry_kinds() -> bool {
    let mut some = false;
    for row in &OldKind::table(receiver()) {
        if row.unfinished.0.is_none() {
            some = true;
            row.update(Payer::Same, |row| row.unfinished = BinaryExtension(Some(0)));
        }
    }
    some
}

/// Stores a version of the council as a board; one that sits no longer keeps its questions.
fn carry_board(coopname: Name, sitting: u64, counts: &mut Counts, old: OldBoard) {
    let OldBoard {
        version,
        questions,
        members,
        meeting_hash,
        created_at,
    } = old;
    Board::table(coopname).insert(
        receiver(),
        &Board {
            version,
            kind: board::COUNCIL,
            members,
            meeting_hash,
            created_at,
        },
    );
    if version == sitting {
        counts.first = questions;
    } else {
        Retired::table(coopname).insert(receiver(), &Retired { version, questions });
    }
}

/// Stores a question without a quorum, and counts it where questions are counted now.
fn carry_decision(config: &Config, coopname: Name, counts: &mut Counts, old: OldDecision) {
    let soviet = receiver();
    Decision::table(coopname).insert(
        soviet,
        &Decision {
            id: old.id,
            username: old.username,
            kind: old.kind,
            hash: old.hash,
            board: old.board,
            seats: old.seats,
            quorum_percent: 0,
            votes_for: old.votes_for,
            votes_against: old.votes_against,
            status: old.status,
            created_at: old.created_at,
            expires_at: old.expires_at,
            approved_at: old.approved_at,
            authorized_by: old.authorized_by,
            authorization: old.authorization,
        },
    );
    if old.kind == kind::FREEDECISION {
        count_proposal(coopname, old.username);
        return;
    }
    let kind = kinds::find(old.kind).update(Payer::Same, |kind| kind.unfinished += 1);
    count_kind(coopname, &kind);
    counts.second += u32::from(!config.is_own(kind.contract));
}

/// Counts an unfinished question of a kind, which the cooperative accepts if it has some.
fn count_kind(coopname: Name, kind: &Kind) {
    let accepted = Accepted::table(coopname);
    match accepted.get(kind.kind) {
        None => accepted.insert(
            receiver(),
            &Accepted {
                unfinished: 1,
                ..kinds::accepted_as(kind)
            },
        ),
        Some(row) => {
            row.update(Payer::Same, |row| row.unfinished += 1);
        }
    }
}

/// Counts an unfinished free question of a member; documents of before the upgrade have served.
fn count_proposal(coopname: Name, username: Name) {
    let proposers = Proposer::table(coopname);
    match proposers.get(username) {
        None => proposers.insert(
            receiver(),
            &Proposer {
                username,
                unfinished: 1,
                last_document: now(),
            },
        ),
        Some(row) => {
            row.update(Payer::Same, |row| row.unfinished += 1);
        }
    }
}
