//! The registry (R10): every outcome leaves one action of soviet to itself, without recipients.

use antelope_contract::prelude::*;
use coop_model::clients::Soviet;

use crate::decision::Decision;

/// A question is on the agenda.
pub(crate) fn submitted(coopname: Name, decision: &Decision) {
    let &Decision {
        username,
        kind,
        hash,
        id,
        ..
    } = decision;
    Soviet::at(receiver())
        .signed_by(PermissionLevel::active(receiver()))
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
    Soviet::at(receiver())
        .signed_by(PermissionLevel::active(receiver()))
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
    Soviet::at(receiver())
        .signed_by(PermissionLevel::active(receiver()))
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
    Soviet::at(receiver())
        .signed_by(PermissionLevel::active(receiver()))
        .newdeclined(coopname, username, kind, hash, id, reason)
        .send();
}
