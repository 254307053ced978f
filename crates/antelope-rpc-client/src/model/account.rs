//! An account: its permissions and resources.

use antelope_types::{KeyWeight, Name, PermissionLevelWeight, PublicKey, TimePoint, WaitWeight};
use serde::Deserialize;

/// An account as the node shows it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Account {
    /// Its name.
    pub account_name: Name,
    /// True for system accounts.
    #[serde(default)]
    pub privileged: bool,
    /// Time of creation.
    pub created: TimePoint,
    /// Bytes of RAM the account may use; -1 without a limit.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub ram_quota: i64,
    /// Bytes of RAM in use.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub ram_usage: i64,
    /// Network use, in bytes.
    pub net_limit: AccountResource,
    /// CPU, in microseconds.
    pub cpu_limit: AccountResource,
    /// Permissions, a tree by their parents.
    pub permissions: Vec<Permission>,
    /// Balance in the chain's system token, where there is one.
    #[serde(default)]
    pub core_liquid_balance: Option<String>,
}

impl Account {
    /// A permission by its name.
    #[must_use]
    pub fn permission(&self, name: Name) -> Option<&Permission> {
        self.permissions.iter().find(|p| p.perm_name == name)
    }
}

/// Use of a renewable resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct AccountResource {
    /// Used in the current window.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub used: i64,
    /// Left; -1 without a limit.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub available: i64,
    /// All; -1 without a limit.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub max: i64,
}

/// A permission of an account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Permission {
    /// Its name, e.g. `active`.
    pub perm_name: Name,
    /// The permission above it; empty for `owner`.
    pub parent: Name,
    /// Who satisfies it.
    pub required_auth: RequiredAuth,
}

/// Who satisfies a permission: weights that must reach the threshold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Told")]
pub struct RequiredAuth {
    /// The sum needed.
    pub threshold: u32,
    /// Keys. Those of other chains, such as `FIO…`, are read as what they are.
    pub keys: Vec<KeyWeight>,
    /// Keys in a text that is not known, with their weights: of kinds that came later, or mistyped.
    pub unknown_keys: Vec<(String, u16)>,
    /// Permissions of other accounts.
    pub accounts: Vec<PermissionLevelWeight>,
    /// Delays.
    pub waits: Vec<WaitWeight>,
}

/// An authority as a node tells it.
#[derive(Deserialize)]
struct Told {
    threshold: u32,
    #[serde(default)]
    keys: Vec<ToldKey>,
    #[serde(default)]
    accounts: Vec<PermissionLevelWeight>,
    #[serde(default)]
    waits: Vec<WaitWeight>,
}

#[derive(Deserialize)]
struct ToldKey {
    key: String,
    weight: u16,
}

impl From<Told> for RequiredAuth {
    fn from(told: Told) -> Self {
        let mut keys = Vec::new();
        let mut unknown_keys = Vec::new();
        for ToldKey { key, weight } in told.keys {
            match PublicKey::parse_of_any_chain(&key) {
                Ok(key) => keys.push(KeyWeight { key, weight }),
                Err(_) => unknown_keys.push((key, weight)),
            }
        }
        Self {
            threshold: told.threshold,
            keys,
            unknown_keys,
            accounts: told.accounts,
            waits: told.waits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_of_other_chains_are_read_and_unknown_ones_are_kept() {
        let text = "6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin";
        let key = |prefix: &str| json!({ "key": format!("{prefix}{text}"), "weight": 1 });
        let told = json!({
            "threshold": 1,
            "keys": [key("EOS"), key("FIO"), key("PUB_XX_")],
            "accounts": [],
            "waits": [],
        });
        let read: RequiredAuth = serde_json::from_value(told).unwrap();
        assert_eq!(read.keys.len(), 2);
        assert_eq!(read.keys[0], read.keys[1]);
        assert_eq!(read.unknown_keys, [(format!("PUB_XX_{text}"), 1)]);
    }
}
