//! Who may do what: permissions and the keys and accounts behind them.
//!
//! An account has a tree of permissions, with `owner` as its root and `active` below. Each has an
//! authority: keys, permissions of accounts, and waits, all with weights. Whoever brings enough weight
//! together satisfies the permission, and with it all that are below.

use crate::{AbiType, Decode, Encode, Name, PublicKey, name};

/// An account and one of its permissions.
///
/// It takes 16 bytes on the wire. JSON is an object, `{"actor": "alice", "permission": "active"}`;
/// `alice@active` is the text that cleos takes.
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
    /// Besides those of the account's own, there are `eosio.code`, which stands for its contract, and
    /// `eosio.any` in links.
    pub permission: Name,
}

impl PermissionLevel {
    /// A permission of an account.
    pub const fn new(actor: Name, permission: Name) -> Self {
        Self { actor, permission }
    }

    /// The account's `active` permission.
    ///
    /// What accounts act under day by day; actions that are not linked need it.
    pub const fn active(actor: Name) -> Self {
        Self::new(actor, name!("active"))
    }

    /// The account's `owner` permission.
    ///
    /// It can change all other permissions, and is best kept offline.
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
/// In JSON the key is text: `{"key": "EOS…", "weight": 1}`.
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
/// It takes 18 bytes on the wire; in JSON the permission is an object inside of this one.
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
    /// It is satisfied by its own authority in turn, to the depth that
    /// [`max_authority_depth`](crate::ChainConfig::max_authority_depth) allows.
    pub permission: PermissionLevel,
    /// What it counts for when it is satisfied.
    pub weight: u16,
}

/// A delay and its weight in an authority.
///
/// It takes 6 bytes on the wire.
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
    /// More than 0, and at most [`max_transaction_delay`](crate::ChainConfig::max_transaction_delay).
    pub wait_sec: u32,
    /// What it counts for when the transaction waits as long.
    /// The transaction says by [`delay_sec`](crate::TransactionHeader::delay_sec) how long it waits.
    pub weight: u16,
}

/// What satisfies a permission: keys, accounts and waits whose weights reach the threshold.
///
/// A node takes an authority only if:
///
/// - the threshold is above 0, and no more than all weights together;
/// - each of the lists is strictly ascending, by key, permission or seconds, so that nothing is there
///   twice ([`sort`](Self::sort) brings lists into this order);
/// - waits are above 0, and there are at most 65 536 entries in all;
/// - accounts and permissions that it names exist.
///
/// On the wire it is the threshold (4 bytes) and the three lists; in JSON an object of these fields.
///
/// ```
/// use antelope_types::{Authority, Encode, KeyWeight, PublicKey};
/// let authority = Authority::from_key(PublicKey::K1([2; 33]));
/// assert_eq!((authority.threshold, authority.keys.len()), (1, 1));
///
/// // Two of three keys.
/// let keys = [7, 5, 6].map(|n| KeyWeight { key: PublicKey::K1([n; 33]), weight: 1 });
/// let mut shared = Authority { threshold: 2, keys: keys.to_vec(), ..Authority::default() };
/// shared.sort();
/// assert_eq!(shared.keys[0].key, PublicKey::K1([5; 33]));
/// assert_eq!(shared.encoded_len(), 4 + (1 + 3 * 36) + 1 + 1);
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
    ///
    /// Whoever satisfies that permission satisfies this one.
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
    ///
    /// It adds to what is there with the weight 1; for a contract that is there already, nodes refuse it.
    ///
    /// ```
    /// use antelope_types::{Authority, PublicKey, name};
    /// let authority = Authority::from_key(PublicKey::K1([2; 33])).with_code(name!("token"));
    /// assert_eq!(authority.accounts[0].permission.to_string(), "token@eosio.code");
    /// ```
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
    ///
    /// What is there twice stays there, and is refused.
    pub fn sort(&mut self) {
        self.keys.sort();
        self.accounts.sort();
        self.waits.sort();
    }
}
