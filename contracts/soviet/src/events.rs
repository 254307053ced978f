//! The registry (R10): every outcome leaves one action of soviet to itself, without recipients.
//!
//! An event is known by its sender, the code of soviet; acts, agreements and overdue payments are
//! sent by the contract that has verified them.

use antelope_contract::prelude::*;
use coop_model::clients::{Soviet, SovietSigned};
use coop_model::council::{Board, Election};
use coop_model::refusal::config as refusal;
use coop_model::{Config, require_sender};

use crate::decision::Decision;

/// Soviet, as it calls itself.
fn registry() -> SovietSigned<1> {
    Soviet::at(receiver()).signed_by(PermissionLevel::active(receiver()))
}

/// A question is on the agenda.
pub(crate) fn submitted(coopname: Name, decision: &Decision) {
    let &Decision {
        username,
        kind,
        hash,
        id,
        ..
    } = decision;
    registry()
        .newsubmitted(coopname, username, kind, hash, id)
        .send();
}

/// A decision is authorized.
pub(crate) fn resolved(coopname: Name, decision: &Decision) {
    let &Decision {
        username,
        kind,
        hash,
        id,
        authorization,
        ..
    } = decision;
    registry()
        .newresolved(coopname, username, kind, hash, id, authorization)
        .send();
}

/// A decision is executed.
pub(crate) fn decided(coopname: Name, decision: &Decision) {
    let &Decision {
        username,
        kind,
        hash,
        id,
        authorization,
        ..
    } = decision;
    registry()
        .newdecision(coopname, username, kind, hash, id, authorization)
        .send();
}

/// A question is declined, or its term is over.
pub(crate) fn declined(coopname: Name, decision: &Decision, reason: &str) {
    let &Decision {
        username,
        kind,
        hash,
        id,
        ..
    } = decision;
    registry()
        .newdeclined(coopname, username, kind, hash, id, reason)
        .send();
}

/// A board sits.
pub(crate) fn seated(coopname: Name, board: &Board) {
    registry()
        .newboard(coopname, board.kind, board.version, board.meeting_hash)
        .send();
}

/// A board that was submitted will not sit.
pub(crate) fn lost(coopname: Name, election: &Election) {
    registry()
        .lostboard(
            coopname,
            election.kind,
            election.version,
            election.meeting_hash,
        )
        .send();
}

/// Fails unless soviet itself has sent the event.
pub(crate) fn require_own() {
    require_sender(receiver());
}

/// Fails unless registrator or gateway has sent the event.
pub(crate) fn require_of_contracts() {
    let config = Config::load();
    check!(
        sender().is_some_and(|sender| sender == config.registrator || sender == config.gateway),
        refusal::NOT_INLINE
    );
}
