//! Who may do what: permissions and the keys and accounts behind them.

use crate::{AbiType, Decode, Encode, Name, PublicKey, name};

/// An account and one of its permissions.
///
/// ```
/// use antelope_types::{PermissionLevel, name};
/// let level = PermissionLevel::active(name!("alice"));
/// assert_eq!(level.to_string(), "alice@active");
/// assert_eq!("alice@active".parse(), Ok(level));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PermissionLevel {
    /// The account.
    pub actor: Name,
    /// The name of the permission.
    pub permission: Name,
}

impl PermissionLevel {
    /// A permission of an account.
    pub const fn new(actor: Name, permission: Name) -> Self {
        Self { actor, permission }
    }

    /// The account's `active` permission.
    pub const fn active(actor: Name) -> Self {
        Self::new(actor, name!("active"))
    }

    /// The account's `owner` permission.
    pub const fn owner(actor: Name) -> Self {
        Self::new(actor, name!("owner"))
    }
}

impl core::fmt::Display for PermissionLevel {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}@{}", self.actor, self.permission)
    }
}

impl core::str::FromStr for PermissionLevel {
    type Err = crate::NameError;

    /// Reads `actor@permission`; without `@` the permission is `active`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (actor, permission) = text.split_once('@').unwrap_or((text, "active"));
        Ok(Self::new(actor.parse()?, permission.parse()?))
    }
}

/// A key and its weight in an authority.
///
/// ```
/// use antelope_types::{Encode, KeyWeight, PublicKey};
/// let half = KeyWeight { key: PublicKey::K1([2; 33]), weight: 1 };
/// assert_eq!(half.encoded_len(), 1 + 33 + 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, AbiType)]
#[abi(name = "key_weight")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyWeight {
    /// The key.
    pub key: PublicKey,
    /// What its signature counts for.
    pub weight: u16,
}

/// A permission and its weight in an authority.
///
/// ```
/// use antelope_types::{PermissionLevel, PermissionLevelWeight, name};
/// let code = PermissionLevelWeight {
///     permission: PermissionLevel::new(name!("token"), name!("eosio.code")),
///     weight: 1,
/// };
/// assert_eq!(code.permission.to_string(), "token@eosio.code");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, AbiType)]
#[abi(name = "permission_level_weight")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PermissionLevelWeight {
    /// The permission.
    pub permission: PermissionLevel,
    /// What it counts for when it is satisfied.
    pub weight: u16,
}

/// A delay and its weight in an authority.
///
/// ```
/// use antelope_types::{Encode, WaitWeight};
/// let day = WaitWeight { wait_sec: 86_400, weight: 1 };
/// assert_eq!(day.to_bytes(), [0x80, 0x51, 1, 0, 1, 0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, AbiType)]
#[abi(name = "wait_weight")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WaitWeight {
    /// The delay in seconds.
    pub wait_sec: u32,
    /// What it counts for when the transaction waits as long.
    pub weight: u16,
}

/// What satisfies a permission: keys, accounts and waits whose weights reach the threshold.
///
/// A node takes an authority only if each list is strictly ascending; [`sort`](Self::sort) makes it so.
///
/// ```
/// use antelope_types::{Authority, PublicKey};
/// let authority = Authority::from_key(PublicKey::K1([2; 33]));
/// assert_eq!((authority.threshold, authority.keys.len()), (1, 1));
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, AbiType)]
#[abi(name = "authority")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Authority {
    /// The sum of weights to reach.
    pub threshold: u32,
    /// Keys, ascending.
    pub keys: alloc::vec::Vec<KeyWeight>,
    /// Permissions of accounts, ascending.
    pub accounts: alloc::vec::Vec<PermissionLevelWeight>,
    /// Waits, ascending.
    pub waits: alloc::vec::Vec<WaitWeight>,
}

#[cfg(feature = "alloc")]
impl Authority {
    /// The authority of one key.
    pub fn from_key(key: PublicKey) -> Self {
        Self {
            threshold: 1,
            keys: alloc::vec![KeyWeight { key, weight: 1 }],
            ..Self::default()
        }
    }

    /// The authority of one permission.
    pub fn from_permission(permission: PermissionLevel) -> Self {
        Self {
            threshold: 1,
            accounts: alloc::vec![PermissionLevelWeight {
                permission,
                weight: 1
            }],
            ..Self::default()
        }
    }

    /// Adds the `eosio.code` permission of a contract, so that it can act for the account.
    #[must_use]
    pub fn with_code(mut self, contract: Name) -> Self {
        self.accounts.push(PermissionLevelWeight {
            permission: PermissionLevel::new(contract, name!("eosio.code")),
            weight: 1,
        });
        self.sort();
        self
    }

    /// Brings the lists into the order that a node asks for.
    pub fn sort(&mut self) {
        self.keys.sort();
        self.accounts.sort();
        self.waits.sort();
    }
}
