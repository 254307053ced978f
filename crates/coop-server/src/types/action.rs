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
    /// The place of the action in its transaction.
    pub(crate) action_ordinal: Option<u32>,
    /// Who signed it.
    pub(crate) authorization: Vec<ActionAuthorization>,
    /// The id of the block.
    pub(crate) block_id: Option<String>,
    /// The block that it is in.
    pub(crate) block_num: u32,
    /// The id of the chain.
    pub(crate) chain_id: Option<String>,
    /// What the contract printed.
    pub(crate) console: Option<String>,
    /// Whether the action is context-free.
    pub(crate) context_free: Option<bool>,
    /// The place of the action that created this one; 0 for one of the transaction.
    pub(crate) creator_action_ordinal: Option<u32>,
    /// The arguments, with hashes in the place of documents.
    pub(crate) data: Json,
    /// How long it took, in microseconds.
    pub(crate) elapsed: Option<u32>,
    /// The number of the action among all of the chain.
    pub(crate) global_sequence: String,
    /// Its name.
    pub(crate) name: String,
    /// The receipt.
    pub(crate) receipt: Option<ActionReceipt>,
    /// The contract that got the action.
    pub(crate) receiver: String,
    /// The transaction.
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
    /// The account.
    pub(crate) account: String,
    /// How many bytes; negative for a loss.
    pub(crate) delta: i32,
}

/// An account and its permission.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ActionAuthorization {
    /// The account.
    pub(crate) actor: String,
    /// The permission.
    pub(crate) permission: String,
}

/// The receipt of an action.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ActionReceipt {
    /// How often the ABI of the contract was set.
    pub(crate) abi_sequence: u32,
    /// The digest of the action.
    pub(crate) act_digest: String,
    /// The numbers of the action among those of who authorized it.
    pub(crate) auth_sequence: Vec<AuthSequence>,
    /// How often the code of the contract was set.
    pub(crate) code_sequence: u32,
    /// The number of the action among all of the chain.
    pub(crate) global_sequence: String,
    /// The contract that got the action.
    pub(crate) receiver: String,
    /// The number of the action among those of the receiver.
    pub(crate) recv_sequence: String,
}

/// The number of an action among those that an account authorized.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AuthSequence {
    /// The account.
    pub(crate) account: String,
    /// The number.
    pub(crate) sequence: String,
}
