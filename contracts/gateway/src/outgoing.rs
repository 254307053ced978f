//! Outgoing payments: money in processing goes back, whole, or returns to processing.

use antelope_contract::prelude::*;
use coop_model::{Config, must, staff};

use crate::payment::{self, Callbacks, Terms, status};
use crate::{callback, funds};

/// A received payment is to be sent back.
pub(crate) fn create(terms: &Terms, callbacks: &Callbacks) {
    callbacks.require_owner(&Config::load());
    let row = payment::find(terms.coopname, terms.hash);
    row.require_received();
    row.require_of(terms.username);
    row.require_exactly(terms.quantity);
    row.update(Payer::Same, |payment| {
        payment.status = status::RETURNING;
        payment.callback_contract = callbacks.contract;
        payment.confirm_callback = callbacks.confirm;
        payment.decline_callback = callbacks.decline;
    });
}

/// The exact sum was sent: the payment is over.
pub(crate) fn complete(
    coopname: Name,
    actor: Name,
    hash: Checksum256,
    quantity: Asset,
    reference: Checksum256,
) {
    staff::require_right(&Config::load(), coopname, actor, name!("outcomplete"));
    let row = payment::find(coopname, hash);
    row.require_returning();
    row.require_exactly(quantity);
    payment::require_reference(reference);
    let payment = row.remove();
    funds::of(coopname).update(Payer::Same, |funds| must(funds.give_back(quantity)));
    callback::confirm(coopname, &payment);
}

/// The transfer failed: the money is in processing again, and its owner may try once more.
pub(crate) fn decline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
    staff::require_right(&Config::load(), coopname, actor, name!("outdecline"));
    payment::require_reason(reason);
    let row = payment::find(coopname, hash);
    row.require_returning();
    let row = row.update(Payer::Same, |payment| payment.status = status::RECEIVED);
    callback::decline(coopname, &row, reason);
}
