//! Kinds of standardized decisions: who publishes them, what is called when they are taken, and
//! which cooperatives accept them.

use crate::config::Config;
use crate::refusal::kind as refusal;
use antelope_contract::prelude::*;

/// A kind of decisions (R1). Table of soviet; scope soviet.
#[table("types", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    #[primary]
    pub kind: Name,
    /// The contract that publishes such questions and owns their effects.
    pub contract: Name,
    /// Its action `(coopname, hash, authorization)` that makes the effect.
    pub confirm: Name,
    /// Its action `(coopname, hash, reason)` that gives back what was taken.
    pub decline: Name,
    /// Registry id of the protocol.
    pub protocol_id: u64,
    /// Questions and undelivered declines of this kind, in all cooperatives.
    pub unfinished: u32,
}

/// A kind that a cooperative accepts, and what it has of it. Table of soviet; scope the cooperative.
#[table("accepted", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The kind.
    #[primary]
    pub kind: Name,
    /// The contract that it was accepted with; another one must be accepted again.
    pub contract: Name,
    /// Questions that are not finished.
    pub unfinished: u32,
    /// Declines that are not delivered.
    pub undelivered: u32,
}

impl Accepted {
    /// Fails unless the cooperative accepts this kind from this contract.
    pub fn require(config: &Config, coopname: Name, kind: Name, contract: Name) {
        let accepted = Self::view(config.soviet, coopname)
            .get(kind)
            .or_fail(refusal::NOT_ACCEPTED);
        check!(
            accepted.contract == contract,
            refusal::ACCEPTED_WITH_ANOTHER_CONTRACT
        );
    }
}
