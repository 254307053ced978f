//! An account: its permissions and resources.

use super::KeyText;
use crate::{Authority, KeyWeight, Name, PermissionLevelWeight, TimePoint, WaitWeight, json};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An account as the node shows it: `get_account`.
///
/// Permissions come from the chain; limits and usage are in bytes for RAM and NET, and in microseconds
/// for CPU. The five fields that are [`Value`] are rows of the contract of `eosio`, by its ABI: what is in
/// them depends on that contract, and they are null where it has no such table.
///
/// ```
/// use antelope_types::{name, rpc::Account};
/// let account: Account = serde_json::from_str(
///     r#"{
///         "account_name": "alice",
///         "created": "2026-01-01T00:00:00.000",
///         "ram_quota": -1, "ram_usage": 2724,
///         "net_limit": { "used": -1, "available": -1, "max": -1 },
///         "cpu_limit": { "used": 100, "available": "5000000000", "max": "5000000100" },
///         "permissions": [{
///             "perm_name": "owner", "parent": "",
///             "required_auth": { "threshold": 1, "keys": [], "accounts": [], "waits": [] }
///         }]
///     }"#,
/// )?;
/// assert_eq!(account.cpu_limit.available, 5_000_000_000);
/// assert!(account.permission(name!("owner")).is_some());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its name.
    pub account_name: Name,
    /// Newest block.
    #[serde(default)]
    pub head_block_num: u32,
    /// Its time.
    #[serde(default)]
    pub head_block_time: TimePoint,
    /// True for system accounts.
    /// Such an account may call the privileged host functions, and bill RAM to accounts that have not
    /// authorized it.
    #[serde(default)]
    pub privileged: bool,
    /// When its code was last set; 1970 for never.
    #[serde(default)]
    pub last_code_update: TimePoint,
    /// Time of creation.
    pub created: TimePoint,
    /// Balance in the chain's system token, where there is one.
    /// It is its row of `accounts` in `eosio.token`, such as `1.0000 EOS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core_liquid_balance: Option<String>,
    /// Bytes of RAM the account may use; -1 without a limit.
    /// What the system contract has set by `set_resource_limits`.
    #[serde(with = "json::int64")]
    pub ram_quota: i64,
    /// Its weight for NET; -1 without a limit.
    /// Its share of the chain's NET is this divided by the sum of all weights, which is `total_net_weight` of
    /// [`Info`](super::Info).
    #[serde(default, with = "json::int64")]
    pub net_weight: i64,
    /// Its weight for CPU; -1 without a limit.
    /// Its share of the chain's CPU is this divided by the sum of all weights, which is `total_cpu_weight` of
    /// [`Info`](super::Info).
    #[serde(default, with = "json::int64")]
    pub cpu_weight: i64,
    /// NET, in bytes.
    pub net_limit: AccountResource,
    /// CPU, in microseconds.
    pub cpu_limit: AccountResource,
    /// Bytes of RAM in use.
    #[serde(with = "json::int64")]
    pub ram_usage: i64,
    /// Permissions, a tree by their parents.
    /// Ascending by name.
    pub permissions: Vec<Permission>,
    /// The system contract's row of its resources; null where there is none.
    /// Table `userres`, in the scope of the account.
    #[serde(default)]
    pub total_resources: Value,
    /// The system contract's row of what it has staked for itself.
    /// Table `delband`, in the scope of the account.
    #[serde(default)]
    pub self_delegated_bandwidth: Value,
    /// The system contract's row of what is being refunded.
    /// Table `refunds`, in the scope of the account.
    #[serde(default)]
    pub refund_request: Value,
    /// The system contract's row of its votes.
    /// Table `voters`, in the scope of `eosio`.
    #[serde(default)]
    pub voter_info: Value,
    /// The system contract's row of its REX.
    /// Table `rexbal`, in the scope of `eosio`.
    #[serde(default)]
    pub rex_info: Value,
    /// CPU that the node bills on its own account for transactions that failed, in microseconds.
    #[serde(default)]
    pub subjective_cpu_bill_limit: AccountResource,
    /// The actions that any permission of the account suffices for.
    /// They are linked to `eosio.any`.
    #[serde(default)]
    pub eosio_any_linked_actions: Vec<LinkedAction>,
}

impl Account {
    /// A permission by its name.
    ///
    /// `None` for a name that the account has no permission of.
    #[must_use]
    pub fn permission(&self, name: Name) -> Option<&Permission> {
        self.permissions.iter().find(|it| it.perm_name == name)
    }
}

/// Use of a renewable resource.
///
/// Usage is an average over a window of 24 hours, in which it decays linearly to nothing. Without a limit
/// all of the numbers are -1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountResource {
    /// Used in the current window.
    /// It is as of [`last_usage_update_time`](Self::last_usage_update_time).
    #[serde(with = "json::int64")]
    pub used: i64,
    /// Left; -1 without a limit.
    /// 0 where more was used than the limit is now.
    #[serde(with = "json::int64")]
    pub available: i64,
    /// All; -1 without a limit.
    #[serde(with = "json::int64")]
    pub max: i64,
    /// When it was last used.
    #[serde(default)]
    pub last_usage_update_time: TimePoint,
    /// Used in the current window as of now, with what has become free since.
    #[serde(default, with = "json::int64")]
    pub current_used: i64,
}

/// A permission of an account.
///
/// Satisfying a permission satisfies those below it in the tree as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Its name, e.g. `active`.
    pub perm_name: Name,
    /// The permission above it; empty for `owner`.
    pub parent: Name,
    /// Who satisfies it.
    pub required_auth: RequiredAuth,
    /// The actions it suffices for.
    /// In the order in which they were linked.
    #[serde(default)]
    pub linked_actions: Vec<LinkedAction>,
}

/// An action of a contract, or all of them.
///
/// A link is made by `linkauth` and removed by `unlinkauth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedAction {
    /// The contract.
    pub account: Name,
    /// The action; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Name>,
}

/// Who satisfies a permission, as a node tells it: an [`Authority`] whose keys have the text that the
/// node wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredAuth {
    /// The sum of weights needed.
    pub threshold: u32,
    /// Keys with their weights, in the order of the answer.
    #[serde(default)]
    pub keys: Vec<RequiredKey>,
    /// Permissions of other accounts.
    #[serde(default)]
    pub accounts: Vec<PermissionLevelWeight>,
    /// Delays.
    #[serde(default)]
    pub waits: Vec<WaitWeight>,
}

/// A key of a permission, as a node tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredKey {
    /// The key.
    pub key: KeyText,
    /// What its signature counts.
    pub weight: u16,
}

impl From<Authority> for RequiredAuth {
    fn from(authority: Authority) -> Self {
        let keys = authority.keys.into_iter();
        let keys = keys.map(|KeyWeight { key, weight }| RequiredKey {
            key: key.into(),
            weight,
        });
        Self {
            threshold: authority.threshold,
            keys: keys.collect(),
            accounts: authority.accounts,
            waits: authority.waits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use serde_json::json;

    #[test]
    fn keys_of_other_chains_and_unknown_ones_are_told_again_as_they_came() {
        let text = "6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin";
        let key = |prefix: &str| json!({ "key": format!("{prefix}{text}"), "weight": 1 });
        let told = json!({
            "threshold": 1,
            "keys": [key("FIO"), key("PUB_XX_"), key("EOS")],
            "accounts": [],
            "waits": [],
        });
        let read: RequiredAuth = serde_json::from_value(told.clone()).unwrap();
        assert_eq!(read.keys[0].key.key(), read.keys[2].key.key());
        assert_eq!(read.keys[1].key.key(), None);
        assert_eq!(serde_json::to_value(&read).unwrap(), told);
    }
}
