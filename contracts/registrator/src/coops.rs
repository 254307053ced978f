//! Cooperatives: registered by themselves, activated and blocked by the operator.

use antelope_contract::prelude::*;
use coop_model::clients::Gateway;
use coop_model::coop::{Coop, status};
use coop_model::{Config, CoopParams};

use crate::accounts::Account;

/// Registers a cooperative, `pending`.
pub(crate) fn register(coopname: Name, params: &CoopParams, document_hash: Checksum256) {
    require_auth(coopname);
    let config = Config::load();
    check!(
        coopname != config.registrator && coopname != config.soviet && coopname != config.gateway,
        "a contract of the protocol cannot be a cooperative"
    );
    params.require_valid();
    check!(
        document_hash != Checksum256::ZERO,
        "the hash of the cooperative's document is empty"
    );
    let registrator = receiver();
    check!(
        !Account::table(registrator).contains(coopname),
        "an account of a person cannot be a cooperative"
    );
    let coops = Coop::table(registrator);
    check!(
        !coops.contains(coopname),
        "the cooperative is registered already"
    );
    coops.insert(
        coopname,
        &Coop {
            coopname,
            status: status::PENDING,
            initial: params.initial,
            minimum: params.minimum,
            org_initial: params.org_initial,
            org_minimum: params.org_minimum,
            document_hash,
            meeting_hash: Checksum256::ZERO,
            created_at: now(),
        },
    );
}

/// Changes the fees; the symbol stays, for there is money in it.
pub(crate) fn update(coopname: Name, params: &CoopParams) {
    require_auth(coopname);
    params.require_valid();
    let row = find(coopname);
    check!(row.status != status::BLOCKED, "the cooperative is blocked");
    check!(
        params.initial.symbol == row.initial.symbol,
        "the fees have another symbol than before"
    );
    row.update(Payer::Same, |coop| coop.set_params(params));
}

/// Activates or blocks a cooperative; an active one has funds.
pub(crate) fn set_status(coopname: Name, new_status: Name) {
    require_auth(receiver());
    check!(
        new_status == status::ACTIVE || new_status == status::BLOCKED,
        "the status must be active or blocked"
    );
    let row = find(coopname);
    check!(
        row.status != new_status,
        "the cooperative has this status already"
    );
    let row = row.update(Payer::Same, |coop| coop.status = new_status);
    if new_status == status::ACTIVE {
        Gateway::at(Config::load().gateway)
            .signed_by(PermissionLevel::active(receiver()))
            .openfunds(coopname, row.initial.symbol)
            .send();
    }
}

/// The cooperative, whatever its status.
pub(crate) fn find(coopname: Name) -> Row<Coop> {
    Coop::table(receiver())
        .get(coopname)
        .or_fail("the cooperative is not registered")
}

/// The cooperative, which must be active.
pub(crate) fn active(coopname: Name) -> Row<Coop> {
    let row = find(coopname);
    check!(
        row.status == status::ACTIVE,
        "the cooperative is not active"
    );
    row
}
