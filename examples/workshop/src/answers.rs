//! What soviet and gateway answer. Every callback looks who sends it: their code, and nobody's key.

use antelope_contract::prelude::*;
use coop_model::clients::{Gateway, Soviet};
use coop_model::coop::Coop;
use coop_model::{Config, require_sender};

use crate::KIND;
use crate::booking::{find, status};
use crate::requests::send_back;

/// The fee came: the council is asked. A cooperative that is blocked or paused by now sends it back.
///
/// If the agenda is full, this fails; gateway keeps the row, and anyone tells again later.
pub(crate) fn paid(coopname: Name, hash: &Checksum256) {
    let config = Config::load();
    require_sender(config.gateway);
    let row = find(coopname, hash);
    row.require_status(status::INVOICED);
    if !Coop::find(&config, coopname).is_active(&config) {
        send_back(&config, coopname, row);
        return;
    }
    let row = row.update(Payer::Same, |booking| booking.status = status::ASKED);
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, row.username, KIND, row.hash)
        .send();
}

/// The fee did not come: the machine is free again.
pub(crate) fn unpaid(coopname: Name, hash: &Checksum256) {
    require_sender(Config::load().gateway);
    let row = find(coopname, hash);
    row.require_status(status::INVOICED);
    row.remove();
}

/// The council agrees: the fee is the cooperative's.
pub(crate) fn agreed(coopname: Name, hash: &Checksum256, authorization: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let row = find(coopname, hash);
    row.require_status(status::ASKED);
    let row = row.update(Payer::Same, |booking| {
        booking.status = status::BOOKED;
        booking.authorization = authorization;
    });
    let nothing = Asset::zero(row.fee.symbol);
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .distribute(
            coopname,
            row.username,
            row.hash,
            row.fee,
            nothing,
            nothing,
            receiver(),
        )
        .send();
}

/// The council does not agree, or nobody decided in time: the fee goes back.
pub(crate) fn refused(coopname: Name, hash: &Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let row = find(coopname, hash);
    row.require_status(status::ASKED);
    send_back(&config, coopname, row);
}

/// The fee went back: the machine is free again.
pub(crate) fn refunded(coopname: Name, hash: &Checksum256) {
    require_sender(Config::load().gateway);
    let row = find(coopname, hash);
    row.require_status(status::RETURNING);
    row.remove();
}

/// The fee could not be sent back.
pub(crate) fn unsent(coopname: Name, hash: &Checksum256) {
    require_sender(Config::load().gateway);
    let row = find(coopname, hash);
    row.require_status(status::RETURNING);
    row.update(Payer::Same, |booking| booking.status = status::UNSENT);
}
