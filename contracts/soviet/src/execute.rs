//! Execution (R8): anyone brings an authorized decision into effect, exactly once.

use antelope_contract::prelude::*;
use coop_model::must;

use crate::{agenda, callback, events};

/// Erases the decision, then sends its effect; if the effect fails, everything is as it was.
pub(crate) fn execute(executer: Name, coopname: Name, decision_id: u64) {
    require_auth(executer);
    let row = agenda::question(coopname, decision_id);
    must(row.may_execute());
    let decision = agenda::take_off(coopname, row);
    events::decided(coopname, &decision);
    callback::confirm(coopname, &decision);
}
