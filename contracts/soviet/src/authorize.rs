//! Authorization (R7): the chairman signs the protocol, once.

use antelope_contract::prelude::*;
use coop_model::{Config, Document, Subject, coop, must};

use crate::decision::Decision;
use crate::{agenda, boards, events, kinds};

/// Records the protocol that the chairman of this moment signed.
pub(crate) fn authorize(coopname: Name, chairman: Name, decision_id: u64, protocol: &Document) {
    require_auth(chairman);
    let config = Config::load();
    coop::require_active(&config, coopname);
    let (_, board) = boards::sitting(coopname);
    boards::require_chairman(&board, chairman);
    let row = agenda::question(coopname, decision_id);
    must(row.may_authorize(now()));
    protocol.require_about(kinds::protocol_id(&row), coopname, row.username);
    require_protocol_of(&row, protocol);
    let hash = protocol.require_signed_by(&config.chain_id, chairman);
    let row = row.update(Payer::Same, |decision| {
        must(decision.authorize(now(), chairman, hash));
    });
    events::resolved(coopname, &row);
}

/// Fails unless the protocol is of this decision and shows its votes as they are.
fn require_protocol_of(decision: &Decision, protocol: &Document) {
    let Some(Subject::Decision(subject)) = protocol.meta.subject else {
        fail("the protocol does not name its decision");
    };
    check!(
        subject.decision_id == decision.id && subject.hash == decision.hash,
        "the protocol is about another decision"
    );
    check!(
        subject.votes_for == decision.votes_for && subject.votes_against == decision.votes_against,
        "the protocol shows other votes than the decision has"
    );
}
