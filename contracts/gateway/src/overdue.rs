//! What the registry is told of money and property that are overdue.

use antelope_contract::prelude::*;
use coop_model::Config;
use coop_model::clients::Soviet;

/// Leaves the registry event of money or property that did not go back in its term.
pub(crate) fn publish(coopname: Name, username: Name, hash: Checksum256) {
    Soviet::at(Config::load().soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .newoverdue(coopname, username, hash)
        .send();
}
