//! An account: what the server, the cooperative and the chain know of it.

use super::scalar::{DateTime, Json};
use async_graphql::{Enum, InputObject, SimpleObject};

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub(crate) enum AccountType {
    Individual,
    Entrepreneur,
    Organization,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub(crate) enum UserStatus {
    Created,
    Joined,
    Payed,
    Registered,
    Active,
    Failed,
    Refunded,
    Blocked,
}

/// Which account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetAccountInput {
    pub(crate) username: String,
}

/// Which accounts.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetAccountsInput {
    pub(crate) role: Option<String>,
}

/// A page of accounts.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct AccountPage {
    pub(crate) items: Vec<Account>,
    pub(crate) total_count: u32,
    pub(crate) total_pages: u32,
    pub(crate) current_page: u32,
}

/// An account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Account {
    pub(crate) username: String,
    /// What the node knows of it; null where it does not answer, or there is no such account yet.
    pub(crate) blockchain_account: Option<BlockchainAccount>,
    /// What the cooperative knows of it; null where it is not a participant.
    pub(crate) participant_account: Option<ParticipantAccount>,
    /// What this server knows of it; null where it has not registered here.
    pub(crate) provider_account: Option<ProviderAccount>,
    /// What the registry of accounts knows of it; null where it has neither joined nor asked to.
    pub(crate) user_account: Option<UserAccount>,
}

/// What this server knows of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "MonoAccount", rename_fields = "snake_case")]
pub(crate) struct ProviderAccount {
    /// Null where it is not kept here, or may not be known to the caller.
    pub(crate) email: Option<String>,
    pub(crate) has_account: bool,
    pub(crate) initial_order: Option<String>,
    pub(crate) is_email_verified: bool,
    pub(crate) is_registered: bool,
    pub(crate) message: Option<String>,
    pub(crate) public_key: String,
    pub(crate) referer: String,
    /// `user`, `member` or `chairman`.
    pub(crate) role: String,
    pub(crate) status: UserStatus,
    #[graphql(name = "type")]
    pub(crate) kind: String,
    pub(crate) username: String,
}

/// What the cooperative knows of a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantAccount {
    /// Null: there are no branches.
    pub(crate) braname: Option<String>,
    pub(crate) created_at: DateTime,
    /// Whether the participant votes in the general meeting.
    pub(crate) has_vote: bool,
    /// Whether the entrance fee is paid.
    pub(crate) is_initial: bool,
    /// Whether the minimum share is paid.
    pub(crate) is_minimum: bool,
    pub(crate) last_min_pay: DateTime,
    pub(crate) last_update: DateTime,
    pub(crate) status: String,
    #[graphql(name = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) username: String,
}

/// What the registry of accounts knows of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct UserAccount {
    pub(crate) meta: String,
    pub(crate) referer: String,
    pub(crate) registered_at: String,
    pub(crate) registrator: String,
    pub(crate) status: String,
    /// The cooperatives that keep data of the account.
    pub(crate) storages: Vec<String>,
    #[graphql(name = "type")]
    pub(crate) kind: String,
    pub(crate) username: String,
    /// Always empty: the council's decision verifies who somebody is.
    pub(crate) verifications: Vec<Verification>,
}

/// That somebody has verified who an account is of.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Verification {
    pub(crate) created_at: String,
    pub(crate) is_verified: bool,
    pub(crate) last_update: String,
    pub(crate) notice: String,
    pub(crate) procedure: String,
    pub(crate) verificator: String,
}

/// What the node knows of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BlockchainAccount {
    pub(crate) account_name: String,
    pub(crate) core_liquid_balance: Option<String>,
    pub(crate) cpu_limit: ResourceLimit,
    pub(crate) cpu_weight: String,
    pub(crate) created: String,
    pub(crate) head_block_num: u32,
    pub(crate) head_block_time: String,
    pub(crate) last_code_update: String,
    pub(crate) net_limit: ResourceLimit,
    pub(crate) net_weight: String,
    pub(crate) permissions: Vec<AccountPermission>,
    pub(crate) privileged: bool,
    pub(crate) ram_quota: f64,
    pub(crate) ram_usage: f64,
    pub(crate) refund_request: Option<Json>,
    pub(crate) rex_info: Option<String>,
    pub(crate) self_delegated_bandwidth: Option<Json>,
    pub(crate) total_resources: Option<Json>,
    pub(crate) voter_info: Option<String>,
}

/// How much of a resource an account has and uses.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ResourceLimit", rename_fields = "snake_case")]
pub(crate) struct ResourceLimit {
    pub(crate) available: String,
    pub(crate) current_used: Option<String>,
    pub(crate) last_usage_update_time: Option<String>,
    pub(crate) max: String,
    pub(crate) used: String,
}

/// A permission of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Permission", rename_fields = "snake_case")]
pub(crate) struct AccountPermission {
    pub(crate) parent: String,
    pub(crate) perm_name: String,
    pub(crate) required_auth: PermissionAuthority,
}

/// Who satisfies a permission.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Authority", rename_fields = "snake_case")]
pub(crate) struct PermissionAuthority {
    pub(crate) accounts: Vec<AccountWeight>,
    pub(crate) keys: Vec<KeyWeight>,
    pub(crate) threshold: u32,
    pub(crate) waits: Vec<WaitWeight>,
}

/// An account of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "PermissionLevelWeight", rename_fields = "snake_case")]
pub(crate) struct AccountWeight {
    pub(crate) permission: super::action::ActionAuthorization,
    pub(crate) weight: u32,
}

/// A key of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct KeyWeight {
    pub(crate) key: String,
    pub(crate) weight: u32,
}

/// A delay of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct WaitWeight {
    pub(crate) wait_sec: u32,
    pub(crate) weight: u32,
}
