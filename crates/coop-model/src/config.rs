//! Where the three contracts live and on which chain: set once by the operator.

use crate::refusal::config as refusal;
use antelope_contract::prelude::*;

/// The accounts of the three contracts and the chain that they run on.
///
/// No contract knows an account by heart; each keeps this row, set once by its `init`.
#[table("config", singleton, shared)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The chain's id, which signatures on documents cover and a contract cannot read.
    pub chain_id: Checksum256,
    /// People and cooperatives.
    pub registrator: Name,
    /// Councils, staff and decisions.
    pub soviet: Name,
    /// Money and property.
    pub gateway: Name,
}

impl Config {
    /// The configuration of this contract; fails before `init`.
    pub fn load() -> Self {
        Self::singleton().get_or_fail(refusal::MISSING)
    }

    /// Stores the configuration, once, with this contract's own authority.
    ///
    /// `own` is the account that `config` names for the contract that is being configured.
    pub fn store_once(self, own: Name) {
        let contract = receiver();
        require_auth(contract);
        let row = Self::singleton();
        check!(!row.exists(), refusal::SET_ALREADY);
        check!(own == contract, refusal::ANOTHER_ACCOUNT);
        check!(
            self.registrator != self.soviet
                && self.soviet != self.gateway
                && self.gateway != self.registrator,
            refusal::ONE_ACCOUNT_TWICE
        );
        check!(self.chain_id != Checksum256::ZERO, refusal::NO_CHAIN_ID);
        row.set(contract, &self);
    }

    /// Whether the account is one of the three contracts.
    pub fn is_own(&self, contract: Name) -> bool {
        contract == self.registrator || contract == self.soviet || contract == self.gateway
    }
}
