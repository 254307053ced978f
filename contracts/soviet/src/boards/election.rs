//! The change of a board: submitted with everyone's consent, seated if the participants support it.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::council::{Board, Election};
use coop_model::decision::after;
use coop_model::refusal::council as refusal;
use coop_model::{Config, Document, Seat, coop, parameters};

use super::{require_can_sit, require_meeting, seats, support_needed, voices};
use crate::{council, events};

/// Submits a board that a general meeting elected and everyone elected has signed for.
pub(crate) fn submit(coopname: Name, kind: Name, members: Vec<Seat>, meeting: &Document) {
    require_auth(coopname);
    let config = Config::load();
    let coop = coop::require_active(&config, coopname);
    let council = council::of(coopname);
    let elections = Election::table(receiver());
    check!(!elections.contains(coopname), refusal::ELECTION_GOES_ON);
    seats::require(kind, &members);
    require_can_sit(&config, coopname, &members);
    let version = council.last_board + 1;
    let meeting_hash = require_meeting(&config, coopname, version, kind, &members, meeting);
    check!(
        meeting.signatures().len() == members.len()
            && members.iter().all(|seat| {
                meeting
                    .signatures()
                    .iter()
                    .any(|signature| signature.signer == seat.username)
            }),
        refusal::NOT_ALL_ELECTED
    );
    council.update(Payer::Same, |council| council.last_board = version);
    let now = now();
    let election = Election {
        coopname,
        version,
        kind,
        support: members.len() as u32,
        objections: 0,
        support_needed: support_needed(&coop, &members),
        members,
        meeting_hash,
        created_at: now,
        ends_at: after(now, parameters::SUPPORT_SECONDS),
    };
    elections.insert(coopname, &election);
    voices::of_elected(coopname, &election);
}

/// Seats the board when the term is over and it has its support; anyone may.
pub(crate) fn seat(coopname: Name, version: u64) {
    let row = find(coopname, version);
    check!(now() >= row.ends_at, refusal::ELECTION_NOT_OVER);
    check!(has_support(&row), refusal::NO_SUPPORT);
    let election = row.remove();
    require_can_sit(&Config::load(), coopname, &election.members);
    super::seat(
        coopname,
        Board {
            version,
            kind: election.kind,
            members: election.members,
            meeting_hash: election.meeting_hash,
            created_at: now(),
        },
    );
}

/// Erases an election: its cooperative may at any time, anyone when the term is over and the board
/// cannot sit.
pub(crate) fn drop(coopname: Name, version: u64) {
    let row = find(coopname, version);
    if !has_auth(coopname) {
        check!(now() >= row.ends_at, refusal::ELECTION_NOT_OVER);
        check!(
            !has_support(&row) || !super::can_sit(&Config::load(), coopname, &row.members),
            refusal::HAS_SUPPORT
        );
    }
    let election = row.remove();
    events::lost(coopname, &election);
}

/// The election of this version.
pub(super) fn find(coopname: Name, version: u64) -> Row<Election> {
    let row = Election::table(receiver())
        .get(coopname)
        .or_fail(refusal::NO_ELECTION);
    check!(row.version == version, refusal::NO_ELECTION);
    row
}

/// Whether support exceeds objections and reaches its minimum.
fn has_support(election: &Election) -> bool {
    election.support > election.objections && election.support >= election.support_needed
}
