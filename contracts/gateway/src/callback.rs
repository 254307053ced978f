//! What gateway tells the owner of a payment.
//!
//! Registrator is told at once: its callbacks have no reason to fail. A contract of others might
//! fail, or loop, or be gone; what it is to be told waits in a row, and anyone may tell it.
//! Callbacks carry no authority; their receiver knows them by their sender.

use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use coop_model::Config;
use coop_model::code::has_code;
use coop_model::refusal::payment as refusal;

use crate::funds;
use crate::payment::{Callbacks, Payment};

/// What a contract of others has not been told. Scope: the cooperative.
#[table("untold")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The number of the payment.
    #[primary]
    pub id: u64,
    /// The contract.
    pub contract: Name,
    /// Its action.
    pub action: Name,
    /// The process.
    pub hash: Checksum256,
    /// The reason of a decline; empty for a confirmation.
    pub reason: alloc::string::String,
}

/// Arguments of a confirm callback.
#[derive(Encode)]
struct Confirm {
    coopname: Name,
    hash: Checksum256,
}

/// Arguments of a decline callback.
#[derive(Encode)]
struct Decline<'a> {
    coopname: Name,
    hash: Checksum256,
    reason: &'a str,
}

/// The payment went as it should.
pub(crate) fn confirm(config: &Config, coopname: Name, payment: &Payment) {
    let (contract, action, hash) = (
        payment.callback_contract,
        payment.confirm_callback,
        payment.hash,
    );
    if payment.is_foreign(config) {
        keep(coopname, payment, action, "");
    } else {
        send_inline(contract, action, &[], &Confirm { coopname, hash });
    }
}

/// The payment did not.
pub(crate) fn decline(config: &Config, coopname: Name, payment: &Payment, reason: &str) {
    let (contract, action, hash) = (
        payment.callback_contract,
        payment.decline_callback,
        payment.hash,
    );
    if payment.is_foreign(config) {
        keep(coopname, payment, action, reason);
    } else {
        let arguments = Decline {
            coopname,
            hash,
            reason,
        };
        send_inline(contract, action, &[], &arguments);
    }
}

/// An exit is complete that needed no payment.
pub(crate) fn exit_complete(coopname: Name, hash: Checksum256, callbacks: Callbacks) {
    send_inline(
        callbacks.contract,
        callbacks.confirm,
        &[],
        &Confirm { coopname, hash },
    );
}

/// Tells a contract of others; if its callback fails, the row stays and anyone may try again.
pub(crate) fn tell(coopname: Name, payment_id: u64) {
    let row = Untold::table(coopname)
        .get(payment_id)
        .or_fail(refusal::NOTHING_TO_TELL);
    let Untold {
        contract,
        action,
        hash,
        reason,
        ..
    } = row.remove();
    check!(
        has_code(contract),
        coop_model::refusal::kind::CONTRACT_WITHOUT_CODE
    );
    funds::of(coopname).update(Payer::Same, |funds| {
        funds.foreign = funds.foreign.saturating_sub(1);
    });
    if reason.is_empty() {
        send_inline(contract, action, &[], &Confirm { coopname, hash });
    } else {
        let arguments = Decline {
            coopname,
            hash,
            reason: &reason,
        };
        send_inline(contract, action, &[], &arguments);
    }
}

/// Fails unless the contract has been told everything about the payment.
///
/// It is asked of the contract, before it orders anything, and not of the cooperative, whose payments do
/// not wait for code of others.
pub(crate) fn require_told(coopname: Name, payment: &Payment) {
    check!(
        !Untold::table(coopname).contains(payment.id),
        refusal::TELL_FIRST
    );
}

/// Keeps what is to be told; it counts against the quota of other contracts.
fn keep(coopname: Name, payment: &Payment, action: Name, reason: &str) {
    let untold = Untold::table(coopname);
    funds::of(coopname).update(Payer::Same, |funds| funds.foreign += 1);
    untold.insert(
        receiver(),
        &Untold {
            id: payment.id,
            contract: payment.callback_contract,
            action,
            hash: payment.hash,
            reason: reason.into(),
        },
    );
}
