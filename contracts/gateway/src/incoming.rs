//! Incoming payments: an invoice is paid exactly once, declined, or runs out.

use antelope_contract::prelude::*;
use coop_model::parameters::INVOICE_DAYS;
use coop_model::refusal::payment as refusal;
use coop_model::{Config, must, require_sender, staff};

use crate::payment::{self, Callbacks, Payment, Terms, status};
use crate::{callback, contribution, funds, invoice, reference};

/// Why an invoice that ran out is closed.
const EXPIRED: &str = const_format::formatcp!("not paid in {INVOICE_DAYS} days");

/// Expects a payment of another contract's process; only its code may ask.
pub(crate) fn create(terms: &Terms, callbacks: Callbacks, is_alone: bool) {
    require_sender(callbacks.contract);
    callbacks.require_named();
    let config = Config::load();
    let payer = if config.is_own(callbacks.contract) {
        receiver()
    } else {
        callbacks.contract
    };
    invoice::make(&config, payer, terms, callbacks, is_alone);
}

/// The exact sum came: the money is in processing and its owner is told.
pub(crate) fn complete(
    coopname: Name,
    actor: Name,
    hash: Checksum256,
    quantity: Asset,
    reference: &Checksum256,
) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("incomplete"));
    let row = payment::find(coopname, hash);
    row.require_pending();
    check!(now() < row.expires_at, refusal::INVOICE_EXPIRED);
    row.require_exactly(quantity);
    reference::use_once(coopname, actor, reference);
    let row = row.update(Payer::Same, |payment| payment.status = status::RECEIVED);
    funds::of(coopname).update(Payer::Same, |funds| {
        funds::count_invoice_out(&config, funds, &row);
        must(funds.receive(quantity));
    });
    if row.is_own() {
        contribution::paid(&config, coopname, row);
    } else {
        callback::confirm(&config, coopname, &row);
    }
}

/// The payment will not come, as staff or the payer says.
pub(crate) fn decline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
    let config = Config::load();
    let row = payment::try_find(coopname, &hash);
    // A payer who has no right learns nothing about the payments of others.
    if row.as_ref().is_some_and(|row| row.username == actor) {
        require_auth(actor);
    } else {
        staff::require_right(&config, coopname, actor, name!("indecline"));
    }
    payment::require_reason(reason);
    close(&config, coopname, row.or_fail(refusal::NO_PAYMENT), reason);
}

/// The payment did not come in time.
pub(crate) fn expire(coopname: Name, hash: Checksum256) {
    let row = payment::find(coopname, hash);
    row.require_pending();
    check!(now() >= row.expires_at, refusal::INVOICE_NOT_EXPIRED);
    close(&Config::load(), coopname, row, EXPIRED);
}

/// Erases a pending payment, then tells its owner.
fn close(config: &Config, coopname: Name, row: Row<Payment>, reason: &str) {
    row.require_pending();
    let payment = row.remove();
    funds::of(coopname).update(Payer::Same, |funds| {
        funds::count_invoice_out(config, funds, &payment);
    });
    if payment.is_own() {
        contribution::not_paid(coopname, &payment);
    } else {
        callback::decline(config, coopname, &payment, reason);
    }
}
