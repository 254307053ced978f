//! What an exit or a new account does with a participant's wallet; registrator asks.

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::funds::Wallet;
use coop_model::people::Participant;
use coop_model::refusal::wallet as refusal;
use coop_model::{Config, money, must, parameters, require_sender};

use crate::payment::{self, Callbacks, Payment, Terms, status};
use crate::property::Property;
use crate::{callback, funds, returns};

/// The callbacks of an exit.
fn callbacks(config: &Config) -> Callbacks {
    Callbacks {
        contract: config.registrator,
        confirm: name!("completexit"),
        decline: name!("declinexit"),
    }
}

/// Blocks the whole wallet of a participant who asks to leave. Property is asked back before, as
/// property; an empty wallet needs no payment.
pub(crate) fn block(coopname: Name, username: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.registrator);
    let Some(wallet) = Wallet::table(coopname).get(username) else {
        return;
    };
    check!(wallet.open == 0, refusal::OPEN_PROCESSES);
    check!(wallet.properties == 0, refusal::PROPERTY_FIRST);
    let total = must(wallet.total());
    if total.amount == 0 {
        return;
    }
    let zero = Asset::zero(total.symbol);
    wallet.update(Payer::Same, |wallet| {
        wallet.minimum = zero;
        wallet.available = zero;
        wallet.blocked = total;
        wallet.open = 1;
    });
    let row = funds::of(coopname);
    let id = row.last_payment + 1;
    row.update(Payer::Same, |funds| funds.last_payment = id);
    payment::require_unused(coopname, &hash);
    let terms = Terms {
        coopname,
        username,
        kind: kind::LEAVECOOP,
        hash,
        quantity: total,
    };
    let payment = Payment::new(id, status::BLOCKED, &terms, callbacks(&config));
    Payment::table(coopname).insert(receiver(), &payment);
}

/// The participant stays: the wallet is free again.
pub(crate) fn free(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.registrator);
    if let Some(row) = find(coopname, &hash) {
        row.require_status(status::BLOCKED);
        let payment = row.remove();
        unblock(&config, coopname, &payment);
    }
}

/// The participant leaves: the wallet is to be paid out. Where there is nothing to pay the exit is
/// complete at once.
pub(crate) fn pay(coopname: Name, username: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.registrator);
    if let Some(row) = find(coopname, &hash) {
        row.require_status(status::BLOCKED);
        row.update(Payer::Same, |payment| {
            payment.authorized_by = returns::authorized_by(&config, coopname);
            payment.order(status::PAYING);
        });
        return;
    }
    erase_wallet(coopname, username);
    callback::exit_complete(coopname, hash, callbacks(&config));
}

/// The payment of an exit, if it needs one; a contract of others may use the same hash for a process of
/// its own, whose kind is another.
fn find(coopname: Name, hash: &Checksum256) -> Option<Row<Payment>> {
    payment::try_find(coopname, hash).filter(|row| row.kind == kind::LEAVECOOP)
}

/// The wallet and the property of a participant go to the new account.
pub(crate) fn move_to(coopname: Name, username: Name, newname: Name) {
    require_sender(Config::load().registrator);
    let wallets = Wallet::table(coopname);
    let Some(row) = wallets.get(username) else {
        return;
    };
    check!(row.open == 0, refusal::OPEN_PROCESSES);
    let wallet = row.remove();
    wallets.insert(
        receiver(),
        &Wallet {
            username: newname,
            ..wallet
        },
    );
    let properties = Property::table(coopname);
    for _ in 0..parameters::MAX_PROPERTIES {
        let Some(row) = properties.by_username().get(&username) else {
            return;
        };
        row.update(Payer::Same, |property| property.username = newname);
    }
}

/// Gives a blocked wallet back its parts: the minimum share and what is available.
pub(crate) fn unblock(config: &Config, coopname: Name, payment: &Payment) {
    let minimum = Participant::find(config, coopname, payment.username)
        .or_fail(coop_model::refusal::people::NOT_A_PARTICIPANT)
        .minimum;
    crate::wallet::end(coopname, payment.username, |wallet| {
        wallet.release(payment.quantity)?;
        wallet.minimum = minimum;
        wallet.available = money::rest(payment.quantity, minimum)?;
        Ok(())
    });
}

/// The wallet of somebody who has left is gone.
pub(crate) fn erase_wallet(coopname: Name, username: Name) {
    if let Some(row) = Wallet::table(coopname).get(username) {
        row.remove();
    }
}
