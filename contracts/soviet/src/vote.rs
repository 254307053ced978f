//! Votes (R3–R6).

use antelope_contract::prelude::*;
use coop_model::decision::status;
use coop_model::people::Participant;
use coop_model::{Config, coop, must};

use crate::decision::Voice;
use crate::{agenda, boards, events};

/// One vote of a member who had a voting seat when the question was published and has one now.
pub(crate) fn cast(coopname: Name, username: Name, decision_id: u64, voice: Voice) {
    require_auth(username);
    let config = Config::load();
    coop::require_active(&config, coopname);
    let row = agenda::question(coopname, decision_id);
    let (council, sitting) = boards::sitting(coopname);
    let seat_now = sitting.voting_seat(username);
    check!(
        seat_now.is_some(),
        "the account has no voting seat in the council"
    );
    let seat = if row.board == council.board {
        seat_now
    } else {
        boards::version(coopname, row.board).voting_seat(username)
    };
    check!(
        Participant::find(&config, coopname, username).is_some(),
        "the account is not a participant"
    );
    let row = row.update(Payer::Same, |decision| {
        must(decision.vote(now(), seat, voice));
    });
    if row.status == status::DECLINED {
        events::declined(coopname, &row, "it cannot be approved any more");
    }
}
