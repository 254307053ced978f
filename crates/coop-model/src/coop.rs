//! Cooperatives: their charter, their status, and what an active one may do.

use crate::config::Config;
use crate::refusal::coop as refusal;
use crate::{money, parameters};
use antelope_contract::prelude::*;

/// Statuses of a cooperative.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Registered by its account, not yet admitted by the operator.
    pub const PENDING: Name = name!("pending");
    /// Acts.
    pub const ACTIVE: Name = name!("active");
    /// Stopped by the operator: nothing starts, everything that has begun can end.
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

/// What the charter says about decisions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Charter {
    /// The quorum of the council in percent of its voting seats, 0–100; 0 is none.
    pub quorum_percent: u8,
    /// The support that a new council needs, 0–64 participants; 0 is the smaller of its seats + 1
    /// and half of all participants.
    pub board_support: u32,
}

impl Charter {
    /// Fails unless both are within their bounds.
    pub fn require_valid(&self) {
        check!(
            self.quorum_percent <= parameters::MAX_QUORUM_PERCENT,
            refusal::QUORUM_BOUND
        );
        check!(
            self.board_support <= parameters::MAX_BOARD_SUPPORT,
            refusal::SUPPORT_BOUND
        );
    }

    /// The support that `seats` elected people need among `participants`, never more than can be
    /// had or can sign one document.
    pub fn support_needed(&self, seats: u32, participants: u32) -> u32 {
        if self.board_support > 0 {
            return self.board_support;
        }
        let half = participants / 2 + participants % 2;
        half.min(seats + 1).min(parameters::MAX_BOARD_SUPPORT)
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

/// What holds for all cooperatives. Table of registrator.
#[table("settings", singleton, shared)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the operator has stopped new processes everywhere, as before an upgrade.
    pub paused: bool,
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
    /// What the charter says about decisions.
    pub charter: Charter,
    /// Participants, blocked ones too.
    pub participants: u32,
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
    /// When the document of the last meeting was rendered that changed the charter.
    pub meeting_at: TimePoint,
    /// Candidates.
    pub candidates: u32,
    /// Accounts that were made for it.
    pub accounts: u32,
    /// Accounts that it may make.
    pub max_accounts: u32,
    /// Participants and candidates that it may have together.
    pub max_participants: u32,
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

/// What the other contracts read of a cooperative: the beginning of its row.
#[table("coops", shared)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The cooperative's account.
    #[primary]
    pub coopname: Name,
    /// One of [`status`].
    pub status: Name,
    /// What the charter says about decisions.
    pub charter: Charter,
    /// Participants, blocked ones too.
    pub participants: u32,
}

impl Standing {
    /// The cooperative, whatever its status.
    pub fn find(config: &Config, coopname: Name) -> Self {
        Self::view(config.registrator, config.registrator)
            .get(coopname)
            .or_fail(refusal::NOT_REGISTERED)
    }
}

/// Fails unless something new may start in a cooperative of this status.
pub fn require_active_status(config: &Config, status: Name) {
    check!(status == self::status::ACTIVE, refusal::NOT_ACTIVE);
    check!(!is_paused(config), refusal::PAUSED);
}

/// Whether something new may start in a cooperative of this status.
pub fn is_active_status(config: &Config, status: Name) -> bool {
    status == self::status::ACTIVE && !is_paused(config)
}

/// The cooperative; fails unless something new may start in it.
pub fn require_active(config: &Config, coopname: Name) -> Standing {
    let coop = Standing::find(config, coopname);
    require_active_status(config, coop.status);
    coop
}

/// Whether the operator has stopped new processes everywhere.
fn is_paused(config: &Config) -> bool {
    Settings::singleton_of(config.registrator)
        .get()
        .is_some_and(|settings| settings.paused)
}
