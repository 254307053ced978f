//! An account: its permissions and resources.

use antelope_types::{KeyWeight, Name, PermissionLevelWeight, TimePoint, WaitWeight};
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
pub struct RequiredAuth {
    /// The sum needed.
    pub threshold: u32,
    /// Keys.
    pub keys: Vec<KeyWeight>,
    /// Permissions of other accounts.
    pub accounts: Vec<PermissionLevelWeight>,
    /// Delays.
    pub waits: Vec<WaitWeight>,
}
