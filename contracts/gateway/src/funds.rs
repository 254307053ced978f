//! The funds of a cooperative: opened, found, counted.

use antelope_contract::prelude::*;
use coop_model::funds::Funds;
use coop_model::refusal::payment as refusal;
use coop_model::{Config, money, parameters, require_sender};

use crate::payment::Payment;

/// Opens the funds of a cooperative; when they are open, only checks the symbol.
pub(crate) fn open(coopname: Name, symbol: Symbol) {
    require_sender(Config::load().registrator);
    money::require_symbol(symbol);
    let funds = Funds::table(receiver());
    match funds.get(coopname) {
        Some(row) => check!(
            row.symbol() == symbol,
            coop_model::refusal::money::FUNDS_OF_ANOTHER_SYMBOL
        ),
        None => funds.insert(receiver(), &Funds::new(coopname, symbol)),
    }
}

/// The funds of a cooperative.
pub(crate) fn of(coopname: Name) -> Row<Funds> {
    Funds::table(receiver())
        .get(coopname)
        .or_fail(refusal::NO_FUNDS)
}

/// Counts a new invoice in, or fails where there may be no more.
pub(crate) fn count_invoice_in(config: &Config, funds: &mut Funds, payment: &Payment) {
    check!(funds.overdue == 0, refusal::OVERDUE_FIRST);
    if payment.is_foreign(config) {
        check!(
            funds.foreign < parameters::MAX_INVOICES_FOREIGN,
            refusal::TOO_MANY_FOREIGN
        );
        funds.foreign += 1;
        return;
    }
    check!(
        funds.invoices < parameters::MAX_INVOICES,
        refusal::TOO_MANY_INVOICES
    );
    funds.invoices += 1;
    if payment.is_alone {
        check!(
            funds.alone < parameters::MAX_INVOICES_ALONE,
            refusal::TOO_MANY_ALONE
        );
        funds.alone += 1;
    }
}

/// Counts an invoice out that is paid or closed.
pub(crate) fn count_invoice_out(config: &Config, funds: &mut Funds, payment: &Payment) {
    if payment.is_foreign(config) {
        funds.foreign = funds.foreign.saturating_sub(1);
        return;
    }
    funds.invoices = funds.invoices.saturating_sub(1);
    if payment.is_alone {
        funds.alone = funds.alone.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests;
