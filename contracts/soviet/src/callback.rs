//! What soviet tells the owner of a kind: the effect of a decision, or that there will be none (R9).
//!
//! Callbacks carry no authority. Their receiver knows them by their sender, which is the code of
//! soviet and no key; and whatever the receiver's code does, it cannot use the RAM of soviet.

use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::code::has_code;
use coop_model::refusal::kind as refusal;

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
    send(
        owner.contract,
        owner.confirm,
        &Confirm {
            coopname,
            hash: decision.hash,
            authorization: decision.authorization,
        },
    );
}

/// Tells the owner of a kind that there will be no decision, so that it gives back what it took.
pub(crate) fn decline(coopname: Name, kind: Name, hash: Checksum256, reason: &str) {
    let owner = kinds::find(kind);
    send(
        owner.contract,
        owner.decline,
        &Decline {
            coopname,
            hash,
            reason,
        },
    );
}

/// Sends a callback to a contract that has code: to one without it would get lost.
fn send<T: Encode>(contract: Name, action: Name, arguments: &T) {
    check!(has_code(contract), refusal::CONTRACT_WITHOUT_CODE);
    send_inline(contract, action, &[], arguments);
}
