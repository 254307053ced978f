//! Votes (R3–R6).

use antelope_contract::prelude::*;
use coop_model::decision::status;
use coop_model::must;
use coop_model::refusal::{council as seats, decision as refusal};

use crate::decision::{Voice, reason};
use crate::{agenda, council, events};

/// One vote of a member who had a voting seat when the question was published and has one now.
pub(crate) fn cast(
    coopname: Name,
    username: Name,
    decision_id: u64,
    hash: &Checksum256,
    voice: Voice,
) {
    require_auth(username);
    let row = agenda::question(coopname, decision_id);
    check!(row.hash == *hash, refusal::ANOTHER_QUESTION);
    let seat = council::seat(coopname, username)
        .filter(|seat| seat.bit.is_some())
        .or_fail(seats::NO_VOTING_SEAT);
    let bit = if row.board == seat.board {
        seat.bit.map(u32::from)
    } else {
        council::version(coopname, row.board).voting_seat(username)
    };
    let row = row.update(Payer::Same, |decision| {
        must(decision.vote(now(), bit, voice));
    });
    if row.status == status::DECLINED {
        events::declined(coopname, &row, reason::DECLINED);
    }
}
