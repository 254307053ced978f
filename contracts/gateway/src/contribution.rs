//! Share contributions (`sharemoney`, `shareprop`): what the council's decision does with them.

use antelope_contract::prelude::*;
use coop_model::clients::Soviet;
use coop_model::coop::{Standing, is_active_status};
use coop_model::{Config, require_sender};

use crate::payment;

pub(crate) mod money;
pub(crate) mod property;

pub(crate) use money::{not_paid, paid};

/// The council takes the contribution.
pub(crate) fn taken(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    match payment::try_find(coopname, &hash) {
        Some(row) => money::taken(coopname, row),
        None => property::taken(coopname, &hash),
    }
}

/// The council does not take the contribution: it goes back.
pub(crate) fn refused(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    match payment::try_find(coopname, &hash) {
        Some(row) => money::send_back(row),
        None => property::refused(coopname, &hash),
    }
}

/// Asks the council.
pub(crate) fn ask_council(
    config: &Config,
    coopname: Name,
    username: Name,
    kind: Name,
    hash: Checksum256,
) {
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, username, kind, hash)
        .send();
}

/// Whether the cooperative may still ask its council: a blocked one gives back what comes.
fn may_ask(config: &Config, coopname: Name) -> bool {
    is_active_status(config, Standing::find(config, coopname).status)
}
