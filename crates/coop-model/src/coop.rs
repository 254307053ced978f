//! Cooperatives: their fees, their status, and what an active one may do.

use antelope_contract::prelude::*;

use crate::config::Config;
use crate::money;

/// Statuses of a cooperative.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Registered by its account, not yet admitted by the operator.
    pub const PENDING: Name = name!("pending");
    /// Acts.
    pub const ACTIVE: Name = name!("active");
    /// Stopped by the operator: nothing starts or moves forward, money can still be given back.
    pub const BLOCKED: Name = name!("blocked");
}

/// What a candidate pays: a positive entrance fee and a positive minimum share, for people
/// (`initial`, `minimum`) and for organizations (`org_initial`, `org_minimum`), in one symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct CoopParams {
    /// Entrance fee of an individual or an entrepreneur.
    pub initial: Asset,
    /// Minimum share of an individual or an entrepreneur.
    pub minimum: Asset,
    /// Entrance fee of an organization.
    pub org_initial: Asset,
    /// Minimum share of an organization.
    pub org_minimum: Asset,
}

impl CoopParams {
    /// Fails unless all four are positive amounts of one symbol.
    pub fn require_valid(&self) {
        let symbol = self.initial.symbol;
        money::require_symbol(symbol);
        for amount in [
            self.initial,
            self.minimum,
            self.org_initial,
            self.org_minimum,
        ] {
            money::require_amount(amount, symbol);
        }
    }
}

/// What the registrator buys for a new account on a chain with a RAM market.
///
/// `ram_bytes` 0 means that no RAM is bought; stakes of 0 mean that nothing is delegated.
#[table("policy", singleton, shared)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountPolicy {
    /// Bytes of RAM to buy by `eosio::buyrambytes`.
    pub ram_bytes: u32,
    /// Tokens to delegate for NET by `eosio::delegatebw`.
    pub stake_net: Asset,
    /// Tokens to delegate for CPU by `eosio::delegatebw`.
    pub stake_cpu: Asset,
}

/// A cooperative. Table of registrator; scope registrator.
#[table("coops", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coop {
    /// The cooperative's account.
    #[primary]
    pub coopname: Name,
    /// One of [`status`].
    pub status: Name,
    /// Entrance fee of an individual or an entrepreneur.
    pub initial: Asset,
    /// Minimum share of an individual or an entrepreneur.
    pub minimum: Asset,
    /// Entrance fee of an organization.
    pub org_initial: Asset,
    /// Minimum share of an organization.
    pub org_minimum: Asset,
    /// Hash of the document with which the cooperative was registered.
    pub document_hash: Checksum256,
    /// Hash of the founding meeting's document; zero until the founders are registered.
    pub meeting_hash: Checksum256,
    /// When it was registered.
    pub created_at: TimePoint,
}

impl Coop {
    /// Replaces the fees.
    pub fn set_params(&mut self, params: &CoopParams) {
        self.initial = params.initial;
        self.minimum = params.minimum;
        self.org_initial = params.org_initial;
        self.org_minimum = params.org_minimum;
    }
}

/// Fails unless the cooperative is registered and active.
pub fn require_active(config: &Config, coopname: Name) {
    let coop = Coop::view(config.registrator, config.registrator)
        .get(coopname)
        .or_fail("the cooperative is not registered");
    check!(
        coop.status == status::ACTIVE,
        "the cooperative is not active"
    );
}
