//! An invoice: a payment that is expected, for a process of gateway's own or of another contract.

use antelope_contract::prelude::*;
use coop_model::kinds::Accepted;
use coop_model::{Config, coop, money};

use crate::funds;
use crate::payment::{self, Callbacks, Payment, Terms, status};

/// Makes an invoice.
pub(crate) fn make(
    config: &Config,
    payer: Name,
    terms: &Terms,
    callbacks: Callbacks,
    is_alone: bool,
) {
    let &Terms {
        coopname,
        kind,
        quantity,
        ..
    } = terms;
    coop::require_active(config, coopname);
    Accepted::require(config, coopname, kind, callbacks.contract);
    payment::require_unused(coopname, &terms.hash);
    let row = funds::of(coopname);
    money::require_amount(quantity, row.symbol());
    let mut payment = Payment::new(row.last_payment + 1, status::PENDING, terms, callbacks);
    payment.is_alone = is_alone;
    row.update(Payer::Same, |funds| {
        funds.last_payment = payment.id;
        funds::count_invoice_in(config, funds, &payment);
    });
    Payment::table(coopname).insert(payer, &payment);
}
