//! Questions that come to nothing (R5, R6, R7, R9): anyone may remove them.

use antelope_contract::prelude::*;
use coop_model::must;

use crate::{agenda, callback, events};

/// Removes a question that the council declined; its registry event was left by the vote.
pub(crate) fn declined(coopname: Name, decision_id: u64) {
    let row = agenda::question(coopname, decision_id);
    must(row.may_remove_declined());
    let decision = agenda::take_off(coopname, row);
    callback::decline(coopname, &decision, "declined by the council");
}

/// Removes a question or decision whose term is over.
pub(crate) fn expired(coopname: Name, decision_id: u64) {
    let row = agenda::question(coopname, decision_id);
    let reason = must(row.may_expire(now()));
    let decision = agenda::take_off(coopname, row);
    events::declined(coopname, &decision, reason);
    callback::decline(coopname, &decision, reason);
}
