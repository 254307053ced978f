//! Incoming payments: an invoice is paid exactly once, declined, or runs out after 30 days.

use antelope_contract::prelude::*;
use coop_model::{Config, coop, money, must, staff};

use crate::payment::{self, Callbacks, Payment, Terms, status};
use crate::{callback, funds};

/// Expects a payment.
pub(crate) fn create(terms: &Terms, callbacks: &Callbacks) {
    let config = Config::load();
    callbacks.require_owner(&config);
    coop::require_active(&config, terms.coopname);
    let funds = funds::of(terms.coopname);
    money::require_amount(terms.quantity, funds.symbol());
    let payments = Payment::table(terms.coopname);
    check!(
        !payments.by_hash().contains(&terms.hash),
        "there is a payment with this hash already"
    );
    let id = funds.last_payment + 1;
    funds.update(Payer::Same, |funds| funds.last_payment = id);
    payments.insert(receiver(), &Payment::expected(id, now(), terms, callbacks));
}

/// The exact sum came: the money is in processing and its owner is told.
pub(crate) fn complete(
    coopname: Name,
    actor: Name,
    hash: Checksum256,
    quantity: Asset,
    reference: Checksum256,
) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("incomplete"));
    coop::require_active(&config, coopname);
    let row = payment::find(coopname, hash);
    row.require_pending();
    check!(
        now() < row.expires_at,
        "the payment is overdue: 30 days have passed"
    );
    row.require_exactly(quantity);
    payment::require_reference(reference);
    let row = row.update(Payer::Same, |payment| payment.status = status::RECEIVED);
    funds::of(coopname).update(Payer::Same, |funds| must(funds.receive(quantity)));
    callback::confirm(coopname, &row);
}

/// The payment will not come.
pub(crate) fn decline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
    staff::require_right(&Config::load(), coopname, actor, name!("indecline"));
    payment::require_reason(reason);
    close(coopname, payment::find(coopname, hash), reason);
}

/// The payment did not come in time.
pub(crate) fn expire(coopname: Name, hash: Checksum256) {
    let row = payment::find(coopname, hash);
    row.require_pending();
    check!(
        now() >= row.expires_at,
        "the payment is not overdue: 30 days have not passed"
    );
    close(coopname, row, "not paid in 30 days");
}

/// Erases a pending payment, then tells its owner.
fn close(coopname: Name, row: Row<Payment>, reason: &str) {
    row.require_pending();
    let payment = row.remove();
    callback::decline(coopname, &payment, reason);
}
