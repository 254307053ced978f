//! Refund of a candidate who was not admitted: exactly what was paid, as often as it takes.

use antelope_contract::prelude::*;
use coop_model::clients::Gateway;
use coop_model::{Config, must, staff};

use crate::candidate::{self, Candidate, status};

/// The council said no: the money goes back.
pub(crate) fn begin(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_auth(config.soviet);
    send_back(&config, coopname, hash, status::PAYED);
}

/// The money went back: the account can apply again.
pub(crate) fn done(coopname: Name, hash: Checksum256) {
    require_auth(Config::load().gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::REFUNDING);
    row.remove();
}

/// The transfer failed: the money waits in processing.
pub(crate) fn failed(coopname: Name, hash: Checksum256) {
    require_auth(Config::load().gateway);
    step(coopname, hash, status::REFUNDING, status::REFUND_FAILED);
}

/// The cooperative tries again.
pub(crate) fn retry(coopname: Name, actor: Name, hash: Checksum256) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("retryrefund"));
    send_back(&config, coopname, hash, status::REFUND_FAILED);
}

/// Takes the candidate from one status to another.
fn step(coopname: Name, hash: Checksum256, from: Name, to: Name) -> Row<Candidate> {
    let row = candidate::find(coopname, hash);
    row.require_status(from);
    row.update(Payer::Same, |candidate| candidate.status = to)
}

/// Orders the whole sum to be sent back.
fn send_back(config: &Config, coopname: Name, hash: Checksum256, from: Name) {
    let candidate = step(coopname, hash, from, status::REFUNDING);
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .createoutpay(
            coopname,
            candidate.username,
            hash,
            must(candidate.total()),
            receiver(),
            name!("refundpay"),
            name!("declinerfnd"),
        )
        .send();
}
