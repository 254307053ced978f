//! Actions of the chain.

use super::person::PrivateAccount;
use super::scalar::Json;
use async_graphql::SimpleObject;

/// An action as the chain executed it. What the index does not keep is null.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BlockchainAction {
    /// The contract.
    pub(crate) account: String,
    /// How much RAM accounts gained or lost by it.
    pub(crate) account_ram_deltas: Vec<RamDelta>,
    pub(crate) action_ordinal: Option<u32>,
    /// Who signed it.
    pub(crate) authorization: Vec<ActionAuthorization>,
    pub(crate) block_id: Option<String>,
    pub(crate) block_num: u32,
    pub(crate) chain_id: Option<String>,
    pub(crate) console: Option<String>,
    pub(crate) context_free: Option<bool>,
    pub(crate) creator_action_ordinal: Option<u32>,
    /// The arguments, with hashes in the place of documents.
    pub(crate) data: Json,
    pub(crate) elapsed: Option<u32>,
    /// The number of the action among all of the chain.
    pub(crate) global_sequence: String,
    pub(crate) name: String,
    pub(crate) receipt: Option<ActionReceipt>,
    pub(crate) receiver: String,
    pub(crate) transaction_id: String,
}

/// An action with the person that it is about.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ExtendedBlockchainAction {
    #[graphql(flatten)]
    pub(crate) action: BlockchainAction,
    /// The person; null where the caller may not know, or nothing is kept of them.
    pub(crate) user: Option<PrivateAccount>,
}

/// RAM that an account gained, or lost where it is negative, in bytes.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RamDelta {
    pub(crate) account: String,
    pub(crate) delta: i32,
}

/// An account and its permission.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ActionAuthorization {
    pub(crate) actor: String,
    pub(crate) permission: String,
}

/// The receipt of an action.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ActionReceipt {
    pub(crate) abi_sequence: u32,
    pub(crate) act_digest: String,
    pub(crate) auth_sequence: Vec<AuthSequence>,
    pub(crate) code_sequence: u32,
    pub(crate) global_sequence: String,
    pub(crate) receiver: String,
    pub(crate) recv_sequence: String,
}

/// The number of an action among those that an account authorized.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AuthSequence {
    pub(crate) account: String,
    pub(crate) sequence: String,
}
