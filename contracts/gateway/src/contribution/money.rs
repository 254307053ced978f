//! A share contribution in money (`sharemoney`): statement, invoice, payment, decision, wallet.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::document::subject::{MoneySubject, packed};
use coop_model::payer::payer_of;
use coop_model::{Config, Document, coop, money, must};

use super::{ask_council, may_ask};
use crate::payment::{Callbacks, Payment, Terms, status};
use crate::wallet::Start;
use crate::{funds, invoice, wallet};

/// Takes a participant's statement and sends the invoice.
pub(crate) fn offer(coopname: Name, username: Name, quantity: Asset, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coop::require_active(&config, coopname);
    let start = Start {
        coopname,
        username,
        sender,
        symbol: funds::of(coopname).symbol(),
        registry_id: registry::MONEY_STATEMENT,
        subject: packed(&MoneySubject { quantity }),
        statement,
    };
    let (hash, _) = wallet::begin(&config, &start);
    let terms = Terms {
        coopname,
        username,
        kind: kind::SHAREMONEY,
        hash,
        quantity,
    };
    let is_alone = sender == username;
    invoice::make(&config, sender, &terms, Callbacks::own(), is_alone);
}

/// The money came: the council is asked. A cooperative that may not ask sends it back.
pub(crate) fn paid(config: &Config, coopname: Name, row: Row<Payment>) {
    if may_ask(config, coopname) {
        ask_council(config, coopname, row.username, row.kind, row.hash);
    } else {
        send_back(row);
    }
}

/// The money did not come: the process is over.
pub(crate) fn not_paid(coopname: Name, payment: &Payment) {
    wallet::end(coopname, payment.username, |_| Ok(()));
}

/// The council takes it: the wallet and the share fund grow.
pub(super) fn taken(coopname: Name, row: Row<Payment>) {
    row.require_status(status::RECEIVED);
    let payment = row.remove();
    let quantity = payment.quantity;
    funds::of(coopname).update(Payer::Same, |funds| {
        must(funds.distribute(Asset::zero(quantity.symbol), quantity));
    });
    wallet::end(coopname, payment.username, |wallet| {
        wallet.available = money::sum(wallet.available, quantity)?;
        Ok(())
    });
}

/// The money is to go back.
pub(super) fn send_back(row: Row<Payment>) {
    row.require_status(status::RECEIVED);
    row.update(Payer::Same, |payment| payment.order(status::RETURNING));
}
