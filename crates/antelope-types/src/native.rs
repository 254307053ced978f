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
//!
//! The chain executes them itself, whether or not the account `eosio` has code; a contract there
//! runs after them and may refuse. `onerror` and `canceldelay` belong to deferred transactions, and are
//! of no use on chains without them.
//!
//! | action | authority it needs |
//! |---|---|
//! | `newaccount` | the creator |
//! | `setcode`, `setabi` | the account |
//! | `updateauth` | the permission, its parent where it is new, or one above |
//! | `deleteauth` | the permission or one above |
//! | `linkauth`, `unlinkauth` | what the action needs now (a linked permission or `active`), or one above |

mod actions;

pub use actions::{activate, link_auth, new_account, set_abi, set_code, update_auth};

use crate::{Authority, Checksum256, Decode, Encode, Name, PermissionLevel};

/// Creates an account, with the arguments [`NewAccount`].
pub const NEWACCOUNT: Name = crate::name!("newaccount");
/// Sets or removes the code of an account, with the arguments [`SetCode`].
pub const SETCODE: Name = crate::name!("setcode");
/// Sets or removes the ABI of an account, with the arguments [`SetAbi`].
pub const SETABI: Name = crate::name!("setabi");
/// Creates a permission or changes its authority, with the arguments [`UpdateAuth`].
pub const UPDATEAUTH: Name = crate::name!("updateauth");
/// Deletes a permission, with the arguments [`DeleteAuth`].
pub const DELETEAUTH: Name = crate::name!("deleteauth");
/// Lets a permission suffice for an action, with the arguments [`LinkAuth`].
pub const LINKAUTH: Name = crate::name!("linkauth");
/// Undoes a link, with the arguments [`UnlinkAuth`].
pub const UNLINKAUTH: Name = crate::name!("unlinkauth");
/// The action that tells a contract that its deferred transaction has failed.
pub const ONERROR: Name = crate::name!("onerror");
/// Cancels a transaction that waits, with the arguments [`CancelDelay`].
pub const CANCELDELAY: Name = crate::name!("canceldelay");

/// `eosio::newaccount`.
///
/// The names are 8 bytes each, the authorities of the size of their lists. The account pays for its own
/// RAM, so that on chains with the usual system contract RAM must be bought for it in the
/// same transaction.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewAccount {
    /// Who creates the account. Unless it is privileged, the name must not begin with `eosio.`; further
    /// rules are those of the system contract.
    pub creator: Name,
    /// The new account, whose name has at most 12 characters and must be free.
    pub name: Name,
    /// Its `owner` permission.
    pub owner: Authority,
    /// Its `active` permission.
    pub active: Authority,
}

/// `eosio::setcode`.
///
/// The account is billed ten bytes of RAM for each byte of code.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SetCode<'a> {
    /// The account that is to have the code.
    pub account: Name,
    /// 0, which is WebAssembly; others are `invalid_contract_vm_type` (3160006).
    pub vm_type: u8,
    /// 0; others are `invalid_contract_vm_version` (3160007).
    pub vm_version: u8,
    /// The module in WebAssembly's binary format; empty to remove the contract. Code that the account
    /// already has is refused with `set_exact_code` (3160008).
    pub code: &'a [u8],
}

/// `eosio::setabi`.
///
/// The account is billed a byte of RAM for each byte of the ABI.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SetAbi<'a> {
    /// The account whose contract the ABI describes.
    pub account: Name,
    /// The encoding of an [`AbiDef`](crate::abi::AbiDef), empty to remove it. The chain does not look into
    /// it: that is left to whoever reads.
    pub abi: &'a [u8],
}

/// `eosio::updateauth`.
///
/// Names that begin with `eosio.` are reserved, and a permission cannot be moved to another parent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct UpdateAuth {
    /// The account.
    pub account: Name,
    /// The permission to create, or to give another authority.
    pub permission: Name,
    /// The permission above.
    /// Empty for `owner`, `owner` for `active`; for one that exists, the parent that it has.
    pub parent: Name,
    /// What satisfies it.
    /// It must be one that can be satisfied: see [`Authority`].
    pub auth: Authority,
}

/// `eosio::deleteauth`.
///
/// `owner` and `active` stay, and so does one that has children or is linked to an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeleteAuth {
    /// The account.
    pub account: Name,
    /// The permission.
    pub permission: Name,
}

/// `eosio::linkauth`.
///
/// It does not limit the permissions above, which suffice for the action as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LinkAuth {
    /// The account that links.
    pub account: Name,
    /// The contract.
    pub code: Name,
    /// The action; empty for all of the contract's.
    /// Where both are linked, the link of the one action counts.
    pub action: Name,
    /// The permission that the action is to need.
    /// `eosio.any` lets any permission of the account suffice.
    pub requirement: Name,
}

/// `eosio::unlinkauth`.
///
/// Contract and action must be those of a link; from then on the action needs
/// what the contract as a whole is linked to, or else `active`.
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
///
/// The RAM of the transaction goes back to whoever paid for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CancelDelay {
    /// A permission of the delayed transaction.
    pub canceling_auth: PermissionLevel,
    /// The delayed transaction.
    pub trx_id: Checksum256,
}
