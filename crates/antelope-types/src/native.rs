//! The actions that every chain has: accounts, permissions, code.
//!
//! The functions give an action under the authority it usually needs, ready to be pushed. The types
//! are the arguments.
//!
//! ```
//! use antelope_types::native::{self, LinkAuth};
//! use antelope_types::{PermissionLevel, name};
//!
//! let (alice, token) = (name!("alice"), name!("eosio.token"));
//! let action = native::link_auth(alice, token, name!("transfer"), name!("spend"));
//! assert_eq!(action.authorization, [PermissionLevel::active(alice)]);
//! let arguments: LinkAuth = action.arguments()?;
//! assert_eq!(arguments.requirement, name!("spend"));
//! # Ok::<(), antelope_types::DecodeError>(())
//! ```

mod actions;

pub use actions::{activate, link_auth, new_account, set_abi, set_code, update_auth};

use crate::{Authority, Checksum256, Decode, Encode, Name, PermissionLevel};

/// The name of the action.
pub const NEWACCOUNT: Name = crate::name!("newaccount");
/// The name of the action.
pub const SETCODE: Name = crate::name!("setcode");
/// The name of the action.
pub const SETABI: Name = crate::name!("setabi");
/// The name of the action.
pub const UPDATEAUTH: Name = crate::name!("updateauth");
/// The name of the action.
pub const DELETEAUTH: Name = crate::name!("deleteauth");
/// The name of the action.
pub const LINKAUTH: Name = crate::name!("linkauth");
/// The name of the action.
pub const UNLINKAUTH: Name = crate::name!("unlinkauth");
/// The action that tells a contract that its deferred transaction has failed.
pub const ONERROR: Name = crate::name!("onerror");
/// The name of the action.
pub const CANCELDELAY: Name = crate::name!("canceldelay");

/// `eosio::newaccount`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewAccount {
    /// Who creates the account.
    pub creator: Name,
    /// Its name.
    pub name: Name,
    /// Its `owner` permission.
    pub owner: Authority,
    /// Its `active` permission.
    pub active: Authority,
}

/// `eosio::setcode`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SetCode<'a> {
    /// The account.
    pub account: Name,
    /// 0, WebAssembly.
    pub vm_type: u8,
    /// 0.
    pub vm_version: u8,
    /// The module; empty for no contract.
    pub code: &'a [u8],
}

/// `eosio::setabi`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SetAbi<'a> {
    /// The account.
    pub account: Name,
    /// The encoding of the ABI; the chain does not look into it.
    pub abi: &'a [u8],
}

/// `eosio::updateauth`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct UpdateAuth {
    /// The account.
    pub account: Name,
    /// The permission, new or not.
    pub permission: Name,
    /// The permission above.
    pub parent: Name,
    /// What satisfies it.
    pub auth: Authority,
}

/// `eosio::deleteauth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeleteAuth {
    /// The account.
    pub account: Name,
    /// The permission.
    pub permission: Name,
}

/// `eosio::linkauth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LinkAuth {
    /// The account that links.
    pub account: Name,
    /// The contract.
    pub code: Name,
    /// The action; empty for all of the contract's.
    pub action: Name,
    /// The permission that the action is to need.
    pub requirement: Name,
}

/// `eosio::unlinkauth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct UnlinkAuth {
    /// The account that has linked.
    pub account: Name,
    /// The contract.
    pub code: Name,
    /// The action; empty for all of the contract's.
    pub action: Name,
}

/// `eosio::canceldelay`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CancelDelay {
    /// A permission of the delayed transaction.
    pub canceling_auth: PermissionLevel,
    /// The delayed transaction.
    pub trx_id: Checksum256,
}
