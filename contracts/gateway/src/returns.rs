//! Returns of shares (`returnmoney`, `returnprop`): what the council's decision does with them.

use antelope_contract::prelude::*;
use coop_model::council::CouncilHead;
use coop_model::{Config, require_sender};

use crate::payment;

pub(crate) mod money;
pub(crate) mod property;

/// The council returns the share.
pub(crate) fn granted(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let authorized_by = authorized_by(&config, coopname);
    match payment::try_find(coopname, &hash) {
        Some(row) => money::granted(row, authorized_by),
        None => property::granted(coopname, &hash, authorized_by),
    }
}

/// The council does not return the share: it is free again.
pub(crate) fn refused(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    match payment::try_find(coopname, &hash) {
        Some(row) => money::refused(coopname, row),
        None => property::refused(coopname, &hash),
    }
}

/// The chairman under the protocol of the decision that is being carried out.
pub(crate) fn authorized_by(config: &Config, coopname: Name) -> Name {
    CouncilHead::find(config, coopname).signed_by
}
