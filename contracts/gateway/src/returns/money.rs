//! Return of a share in money (`returnmoney`): statement, decision, payment.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::document::subject::{MoneySubject, packed};
use coop_model::kinds::Accepted;
use coop_model::payer::payer_of;
use coop_model::{Config, Document, coop, money, must};

use crate::contribution::ask_council;
use crate::payment::{self, Callbacks, Payment, Terms, status};
use crate::wallet::Start;
use crate::{funds, wallet};

/// Takes a participant's statement and blocks the sum in the wallet.
pub(crate) fn ask(coopname: Name, username: Name, quantity: Asset, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coop::require_active(&config, coopname);
    Accepted::require(&config, coopname, kind::RETURNMONEY, receiver());
    let row = funds::of(coopname);
    money::require_amount(quantity, row.symbol());
    let start = Start {
        coopname,
        username,
        sender,
        symbol: row.symbol(),
        registry_id: registry::MONEY_RETURN_STATEMENT,
        subject: packed(&MoneySubject { quantity }),
        statement,
    };
    let (hash, wallet) = wallet::begin(&config, &start);
    wallet.update(Payer::Same, |wallet| must(wallet.block_money(quantity)));
    payment::require_unused(coopname, &hash);
    let terms = Terms {
        coopname,
        username,
        kind: kind::RETURNMONEY,
        hash,
        quantity,
    };
    let id = row.last_payment + 1;
    row.update(Payer::Same, |funds| funds.last_payment = id);
    let payment = Payment::new(id, status::BLOCKED, &terms, Callbacks::own());
    Payment::table(coopname).insert(sender, &payment);
    ask_council(&config, coopname, username, kind::RETURNMONEY, hash);
}

/// The sum is to be paid.
pub(super) fn granted(row: Row<Payment>, authorized_by: Name) {
    row.require_status(status::BLOCKED);
    row.update(Payer::Same, |payment| {
        payment.authorized_by = authorized_by;
        payment.order(status::PAYING);
    });
}

/// The sum is free again.
pub(super) fn refused(coopname: Name, row: Row<Payment>) {
    row.require_status(status::BLOCKED);
    let payment = row.remove();
    wallet::end(coopname, payment.username, |wallet| {
        wallet.unblock_money(payment.quantity)
    });
}
