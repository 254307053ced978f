//! Offices that bind a participant: a seat in a board, a staff right.

use antelope_contract::prelude::*;
use coop_model::Config;
use coop_model::council::{CouncilHead, holds_seat};
use coop_model::refusal::people as refusal;
use coop_model::staff::Staff;

/// Fails if the person has a seat, is elected to one, or has staff rights: first a replacement.
pub(crate) fn require_no_office(config: &Config, coopname: Name, username: Name) {
    check!(!holds_seat(config, coopname, username), refusal::HOLDS_SEAT);
    let rights = Staff::view(config.soviet, coopname)
        .get(username)
        .is_some_and(|staff| staff.board == CouncilHead::find(config, coopname).board);
    check!(!rights, refusal::HOLDS_RIGHT);
}
