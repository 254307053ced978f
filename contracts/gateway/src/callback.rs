//! What gateway tells the owner of a payment.
//!
//! Registrator is told at once: its callbacks have no reason to fail. A contract of others might
//! fail, or loop, or be gone; what it is to be told waits in a row, and anyone may tell it.
//! Callbacks carry no authority; their receiver knows them by their sender.

use alloc::vec::Vec;

use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;
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
    /// The packed arguments.
    pub data: Vec<u8>,
}

/// Arguments that are packed already.
struct Packed(Vec<u8>);

impl Encode for Packed {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.write(&self.0);
    }
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
    let hash = payment.hash;
    let data = Confirm { coopname, hash }.to_bytes();
    deliver(config, coopname, payment, payment.confirm_callback, data);
}

/// The payment did not.
pub(crate) fn decline(config: &Config, coopname: Name, payment: &Payment, reason: &str) {
    let arguments = Decline {
        coopname,
        hash: payment.hash,
        reason,
    };
    let data = arguments.to_bytes();
    deliver(config, coopname, payment, payment.decline_callback, data);
}

/// An exit is complete that needed no payment.
pub(crate) fn exit_complete(coopname: Name, hash: Checksum256, callbacks: Callbacks) {
    let data = Confirm { coopname, hash }.to_bytes();
    send(callbacks.contract, callbacks.confirm, data);
}

/// Sends a callback to registrator, or keeps it for a contract of others: then it counts against
/// their quota.
fn deliver(config: &Config, coopname: Name, payment: &Payment, action: Name, data: Vec<u8>) {
    let contract = payment.callback_contract;
    if !payment.is_foreign(config) {
        send(contract, action, data);
        return;
    }
    funds::of(coopname).update(Payer::Same, |funds| funds.foreign += 1);
    Untold::table(coopname).insert(
        receiver(),
        &Untold {
            id: payment.id,
            contract,
            action,
            data,
        },
    );
}

/// Sends packed arguments, without any authority.
fn send(contract: Name, action: Name, data: Vec<u8>) {
    send_inline(contract, action, &[], &Packed(data));
}

/// Tells a contract of others; if its callback fails, the row stays and anyone may try again.
pub(crate) fn tell(coopname: Name, payment_id: u64) {
    let row = Untold::table(coopname)
        .get(payment_id)
        .or_fail(refusal::NOTHING_TO_TELL);
    let Untold {
        contract,
        action,
        data,
        ..
    } = row.remove();
    check!(
        has_code(contract),
        coop_model::refusal::kind::CONTRACT_WITHOUT_CODE
    );
    funds::of(coopname).update(Payer::Same, |funds| {
        funds.foreign = funds.foreign.saturating_sub(1);
    });
    send(contract, action, data);
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
