//! Outgoing payments: money in processing goes back, blocked shares go to their owners.

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::refusal::payment as refusal;
use coop_model::{Config, must, require_sender, staff};

use crate::payment::{self, Callbacks, Payment, Terms, status};
use crate::{callback, exit, funds, overdue, reference, wallet};

/// A received payment of another contract's process is to be sent back whole; only its code may ask.
pub(crate) fn create(terms: &Terms, callbacks: Callbacks) {
    require_sender(callbacks.contract);
    callbacks.require_named();
    let row = payment::find(terms.coopname, terms.hash);
    row.require_owner(callbacks.contract);
    row.require_in_processing();
    row.require_of(terms.username);
    row.require_exactly(terms.quantity);
    callback::require_told(terms.coopname, &row);
    row.update(Payer::Same, |payment| {
        payment.confirm_callback = callbacks.confirm;
        payment.decline_callback = callbacks.decline;
        payment.order(status::RETURNING);
    });
}

/// The exact sum was sent: the payment is over.
pub(crate) fn complete(
    coopname: Name,
    actor: Name,
    hash: Checksum256,
    quantity: Asset,
    reference: &Checksum256,
) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("outcomplete"));
    let row = payment::find(coopname, hash);
    row.require_outgoing();
    row.require_exactly(quantity);
    check!(actor != row.authorized_by, refusal::AUTHORIZED_BY_ACTOR);
    reference::use_once(coopname, actor, reference);
    let payment = row.remove();
    let from_wallet = payment.status == status::PAYING;
    settle(coopname, &payment);
    funds::of(coopname).update(Payer::Same, |funds| {
        must(if from_wallet {
            funds.pay_out(quantity)
        } else {
            funds.give_back(quantity)
        });
    });
    if payment.kind == kind::LEAVECOOP {
        exit::erase_wallet(coopname, payment.username);
    } else if payment.is_own() {
        wallet::end(coopname, payment.username, |wallet| {
            if from_wallet {
                wallet.release(quantity)?;
            }
            Ok(())
        });
    }
    if !payment.is_own() {
        callback::confirm(&config, coopname, &payment);
    }
}

/// The transfer failed: what was to be sent is where it was before.
pub(crate) fn decline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("outdecline"));
    payment::require_reason(reason);
    let row = payment::find(coopname, hash);
    row.require_outgoing();
    settle(coopname, &row);
    if row.status == status::RETURNING {
        let row = row.update(Payer::Same, |payment| {
            payment.status = status::FAILED;
            payment.is_overdue = false;
        });
        if !row.is_own() {
            callback::decline(&config, coopname, &row, reason);
        }
        return;
    }
    let payment = row.remove();
    if payment.kind == kind::LEAVECOOP {
        exit::unblock(&config, coopname, &payment);
        callback::decline(&config, coopname, &payment, reason);
    } else {
        wallet::end(coopname, payment.username, |wallet| {
            wallet.unblock_money(payment.quantity)
        });
    }
}

/// The transfer did not happen in its term: the registry tells, and no invoice is made until it has.
pub(crate) fn overdue(coopname: Name, hash: Checksum256) {
    let row = payment::find(coopname, hash);
    row.require_outgoing();
    check!(!row.is_overdue, refusal::OVERDUE_ALREADY);
    check!(now() >= row.expires_at, refusal::NOT_OVERDUE);
    let row = row.update(Payer::Same, |payment| payment.is_overdue = true);
    funds::of(coopname).update(Payer::Same, |funds| funds.overdue += 1);
    overdue::publish(coopname, row.username, hash);
}

/// A contribution that could not be sent back is tried again, by staff or by the person.
pub(crate) fn retry(coopname: Name, actor: Name, hash: Checksum256) {
    let row = payment::find(coopname, hash);
    if actor == row.username {
        require_auth(actor);
    } else {
        staff::require_right(&Config::load(), coopname, actor, name!("retrypay"));
    }
    row.require_owner(receiver());
    row.require_status(status::FAILED);
    row.update(Payer::Same, |payment| payment.order(status::RETURNING));
}

/// An overdue payment that ends bars the cooperative no longer.
fn settle(coopname: Name, payment: &Payment) {
    if payment.is_overdue {
        funds::of(coopname).update(Payer::Same, |funds| {
            funds.overdue = funds.overdue.saturating_sub(1);
        });
    }
}
