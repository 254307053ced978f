//! The one way into the table of participants.

use antelope_contract::prelude::*;
use coop_model::people::Participant;

use crate::agreements;

/// Makes the account a participant, with the row that is given.
pub(crate) fn enter(coopname: Name, payer: Name, participant: &Participant) {
    agreements::forget(coopname, participant.username);
    Participant::table(coopname).insert(payer, participant);
}
