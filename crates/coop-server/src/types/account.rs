//! An account: what the server, the cooperative and the chain know of it.

use super::scalar::{DateTime, Json};
use async_graphql::{Enum, InputObject, SimpleObject};

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub(crate) enum AccountType {
    /// A natural person.
    Individual,
    /// A natural person in business.
    Entrepreneur,
    /// A legal person.
    Organization,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub(crate) enum UserStatus {
    /// It has registered here.
    Created,
    /// It has applied and has not paid yet.
    Joined,
    /// It has paid, and the council decides.
    Payed,
    /// Not used: who is registered is `Active`.
    Registered,
    /// A participant.
    Active,
    /// Its application came to nothing.
    Failed,
    /// Its application came to nothing, and the money went back.
    Refunded,
    /// A participant who is blocked or has left.
    Blocked,
}

/// Which account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetAccountInput {
    /// The account.
    pub(crate) username: String,
}

/// Which accounts.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetAccountsInput {
    /// Only accounts with this role: `user`, `member` or `chairman`.
    pub(crate) role: Option<String>,
}

/// A page of accounts.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct AccountPage {
    /// The entries of this page.
    pub(crate) items: Vec<Account>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// How many pages there are.
    pub(crate) total_pages: u32,
    /// The number of this page, from 1.
    pub(crate) current_page: u32,
}

/// An account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Account {
    /// The account.
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
    /// Whether the account is on the chain.
    pub(crate) has_account: bool,
    /// Always null: invoices are in `getPayments`.
    pub(crate) initial_order: Option<String>,
    /// Always false: addresses are not verified.
    pub(crate) is_email_verified: bool,
    /// Whether the account has applied, or is or was a participant.
    pub(crate) is_registered: bool,
    /// A message for people.
    pub(crate) message: Option<String>,
    /// The public key.
    pub(crate) public_key: String,
    /// The account that invited this one; empty where there is none.
    pub(crate) referer: String,
    /// `user`, `member` or `chairman`.
    pub(crate) role: String,
    /// How far the account is.
    pub(crate) status: UserStatus,
    /// `individual`, `entrepreneur` or `organization`.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// The account.
    pub(crate) username: String,
}

/// What the cooperative knows of a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantAccount {
    /// Null: there are no branches.
    pub(crate) braname: Option<String>,
    /// When they were admitted.
    pub(crate) created_at: DateTime,
    /// Whether the participant votes in the general meeting.
    pub(crate) has_vote: bool,
    /// Whether the entrance fee is paid.
    pub(crate) is_initial: bool,
    /// Whether the minimum share is paid.
    pub(crate) is_minimum: bool,
    /// When the minimum share was paid.
    pub(crate) last_min_pay: DateTime,
    /// When it changed last.
    pub(crate) last_update: DateTime,
    /// Its status.
    pub(crate) status: String,
    /// `individual`, `entrepreneur` or `organization`.
    #[graphql(name = "type")]
    pub(crate) kind: Option<String>,
    /// The account.
    pub(crate) username: String,
}

/// What the registry of accounts knows of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct UserAccount {
    /// Empty.
    pub(crate) meta: String,
    /// The account that invited this one; empty where there is none.
    pub(crate) referer: String,
    /// When it was registered.
    pub(crate) registered_at: String,
    /// Who registered it.
    pub(crate) registrator: String,
    /// Its status.
    pub(crate) status: String,
    /// The cooperatives that keep data of the account.
    pub(crate) storages: Vec<String>,
    /// `individual`, `entrepreneur` or `organization`.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// The account.
    pub(crate) username: String,
    /// Always empty: the council's decision verifies who somebody is.
    pub(crate) verifications: Vec<Verification>,
}

/// That somebody has verified who an account is of.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Verification {
    /// When it was made.
    pub(crate) created_at: String,
    /// Whether it is verified.
    pub(crate) is_verified: bool,
    /// When it changed last.
    pub(crate) last_update: String,
    /// A notice.
    pub(crate) notice: String,
    /// The procedure.
    pub(crate) procedure: String,
    /// Who verified it.
    pub(crate) verificator: String,
}

/// What the node knows of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BlockchainAccount {
    /// The account.
    pub(crate) account_name: String,
    /// What it has of the chain's token.
    pub(crate) core_liquid_balance: Option<String>,
    /// What it may use of CPU.
    pub(crate) cpu_limit: ResourceLimit,
    /// What it has staked for CPU.
    pub(crate) cpu_weight: String,
    /// When it was made.
    pub(crate) created: String,
    /// The newest block of the node.
    pub(crate) head_block_num: u32,
    /// The time of the newest block.
    pub(crate) head_block_time: String,
    /// When its code was set last.
    pub(crate) last_code_update: String,
    /// What it may use of the network.
    pub(crate) net_limit: ResourceLimit,
    /// What it has staked for the network.
    pub(crate) net_weight: String,
    /// Its permissions.
    pub(crate) permissions: Vec<AccountPermission>,
    /// Whether it is privileged.
    pub(crate) privileged: bool,
    /// What it may use of RAM, in bytes.
    pub(crate) ram_quota: f64,
    /// What it uses of RAM, in bytes.
    pub(crate) ram_usage: f64,
    /// Stake that is on its way back.
    pub(crate) refund_request: Option<Json>,
    /// What it has in REX, as JSON.
    pub(crate) rex_info: Option<String>,
    /// What it has staked for itself.
    pub(crate) self_delegated_bandwidth: Option<Json>,
    /// All its resources.
    pub(crate) total_resources: Option<Json>,
    /// How it votes for producers, as JSON.
    pub(crate) voter_info: Option<String>,
}

/// How much of a resource an account has and uses.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ResourceLimit", rename_fields = "snake_case")]
pub(crate) struct ResourceLimit {
    /// What is left.
    pub(crate) available: String,
    /// What is used now.
    pub(crate) current_used: Option<String>,
    /// When it was used last.
    pub(crate) last_usage_update_time: Option<String>,
    /// The most.
    pub(crate) max: String,
    /// What was used.
    pub(crate) used: String,
}

/// A permission of an account.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Permission", rename_fields = "snake_case")]
pub(crate) struct AccountPermission {
    /// The permission above it.
    pub(crate) parent: String,
    /// Its name.
    pub(crate) perm_name: String,
    /// What satisfies it.
    pub(crate) required_auth: PermissionAuthority,
}

/// Who satisfies a permission.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Authority", rename_fields = "snake_case")]
pub(crate) struct PermissionAuthority {
    /// Permissions of other accounts that count.
    pub(crate) accounts: Vec<AccountWeight>,
    /// Keys that count.
    pub(crate) keys: Vec<KeyWeight>,
    /// The weight that is needed.
    pub(crate) threshold: u32,
    /// Waiting times that count.
    pub(crate) waits: Vec<WaitWeight>,
}

/// An account of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "PermissionLevelWeight", rename_fields = "snake_case")]
pub(crate) struct AccountWeight {
    /// The permission.
    pub(crate) permission: super::action::ActionAuthorization,
    /// The weight.
    pub(crate) weight: u32,
}

/// A key of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct KeyWeight {
    /// The key.
    pub(crate) key: String,
    /// The weight.
    pub(crate) weight: u32,
}

/// A delay of an authority.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct WaitWeight {
    /// How many seconds.
    pub(crate) wait_sec: u32,
    /// The weight.
    pub(crate) weight: u32,
}
