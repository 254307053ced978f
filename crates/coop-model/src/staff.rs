//! Staff of a cooperative: who may act for it in which contract.

use crate::config::Config;
use crate::council::CouncilHead;
use crate::refusal::staff as refusal;
use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// A right: one action of one contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Right {
    /// The contract that asks.
    pub contract: Name,
    /// The action that may be sent.
    pub action: Name,
}

/// A staff member. Table of soviet; scope the cooperative.
#[table("staff", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The staff member's account.
    #[primary]
    pub username: Name,
    /// What the chairman allowed, each once.
    pub rights: Vec<Right>,
    /// The version of the council that gave the rights; they end with it unless confirmed.
    pub board: u64,
}

/// Fails unless `actor` signed and may send `action` of this contract for the cooperative: as the
/// cooperative itself, or as staff with the right (this contract, `action`) of the council that
/// sits now.
pub fn require_right(config: &Config, coopname: Name, actor: Name, action: Name) {
    require_auth(actor);
    if actor == coopname {
        return;
    }
    let right = Right {
        contract: receiver(),
        action,
    };
    let staff = Staff::view(config.soviet, coopname)
        .get(actor)
        .or_fail(refusal::NEITHER_COOPERATIVE_NOR_STAFF);
    check!(staff.rights.contains(&right), refusal::NO_RIGHT);
    check!(
        staff.board == CouncilHead::find(config, coopname).board,
        refusal::RIGHTS_ENDED
    );
}
