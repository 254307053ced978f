//! Refund of a candidate who was not admitted: exactly what was paid, as often as it takes.

use antelope_contract::prelude::*;
use coop_model::clients::Gateway;
use coop_model::{Config, must, require_sender, staff};

use crate::candidate::{self, Candidate, status};

/// The council said no: the money goes back.
pub(crate) fn begin(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let row = candidate::find(coopname, hash);
    row.require_status(status::PAYED);
    send_back(&config, coopname, row);
}

/// The money went back: the account can apply again.
pub(crate) fn done(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::REFUNDING);
    candidate::erase(coopname, row);
}

/// The transfer failed: the money waits in processing.
pub(crate) fn failed(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::REFUNDING);
    row.update(Payer::Same, |candidate| {
        candidate.status = status::REFUND_FAILED;
    });
}

/// The cooperative, its staff or the person tries again.
pub(crate) fn retry(coopname: Name, actor: Name, hash: Checksum256) {
    let config = Config::load();
    let row = Candidate::table(coopname).by_hash().get(&hash);
    if row.as_ref().is_some_and(|row| row.username == actor) {
        require_auth(actor);
    } else {
        staff::require_right(&config, coopname, actor, name!("retryrefund"));
    }
    let row = row.or_fail(coop_model::refusal::candidate::NO_CANDIDATE);
    row.require_status(status::REFUND_FAILED);
    send_back(&config, coopname, row);
}

/// Orders the whole sum to be sent back.
pub(crate) fn send_back(config: &Config, coopname: Name, row: Row<Candidate>) {
    let candidate = row.update(Payer::Same, |candidate| {
        candidate.status = status::REFUNDING
    });
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .createoutpay(
            coopname,
            candidate.username,
            candidate.hash,
            must(candidate.total()),
            receiver(),
            name!("refundpay"),
            name!("declinerfnd"),
        )
        .send();
}
