//! Authorization (R7): the chairman signs the protocol, once.

use antelope_contract::prelude::*;
use coop_model::document::subject::DecisionSubject;
use coop_model::refusal::decision as refusal;
use coop_model::{Age, Config, Document, must};

use crate::decision::Decision;
use crate::{agenda, council, events, kinds};

/// Records the protocol that the chairman of this moment signed.
pub(crate) fn authorize(coopname: Name, chairman: Name, decision_id: u64, protocol: &Document) {
    council::require_chairman(coopname, chairman);
    let row = agenda::question(coopname, decision_id);
    must(row.may_authorize(now()));
    protocol.require_about(
        kinds::protocol_id(&row),
        coopname,
        row.username,
        Age::Statement,
    );
    require_protocol_of(&row, protocol);
    let hash = protocol.require_signed_by(&Config::load().chain_id, chairman);
    let row = row.update(Payer::Same, |decision| {
        must(decision.authorize(now(), chairman, hash));
    });
    events::resolved(coopname, &row);
}

/// Fails unless the protocol is of this decision and shows its votes and quorum as they are.
fn require_protocol_of(decision: &Decision, protocol: &Document) {
    let DecisionSubject {
        decision_id,
        hash,
        votes_for,
        votes_against,
        quorum_percent,
    } = protocol
        .subject()
        .or_fail(refusal::PROTOCOL_WITHOUT_DECISION);
    check!(
        decision_id == decision.id && hash == decision.hash,
        refusal::PROTOCOL_OF_ANOTHER
    );
    check!(
        votes_for == decision.votes_for
            && votes_against == decision.votes_against
            && quorum_percent == decision.quorum_percent,
        refusal::PROTOCOL_SHOWS_OTHER_VOTES
    );
}
