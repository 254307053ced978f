//! What soviet tells the owner of a kind: the effect of a decision, or that there will be none (R9).

use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use coop_model::decision::kind;

use crate::decision::Decision;
use crate::kinds;

/// Arguments of a confirm callback.
#[derive(Encode)]
struct Confirm {
    coopname: Name,
    hash: Checksum256,
    authorization: Checksum256,
}

/// Arguments of a decline callback.
#[derive(Encode)]
struct Decline<'a> {
    coopname: Name,
    hash: Checksum256,
    reason: &'a str,
}

/// Sends the effect of a decision to the owner of its kind; a free decision has none.
pub(crate) fn confirm(coopname: Name, decision: &Decision) {
    if decision.kind == kind::FREEDECISION {
        return;
    }
    let owner = kinds::find(decision.kind);
    send_inline(
        owner.contract,
        owner.confirm,
        &[PermissionLevel::active(receiver())],
        &Confirm {
            coopname,
            hash: decision.hash,
            authorization: decision.authorization,
        },
    );
}

/// Tells the owner of a kind that there will be no decision, so that it gives back what it took.
pub(crate) fn decline(coopname: Name, decision: &Decision, reason: &str) {
    if decision.kind == kind::FREEDECISION {
        return;
    }
    let owner = kinds::find(decision.kind);
    send_inline(
        owner.contract,
        owner.decline,
        &[PermissionLevel::active(receiver())],
        &Decline {
            coopname,
            hash: decision.hash,
            reason,
        },
    );
}
