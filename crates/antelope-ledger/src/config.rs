//! Names and constants of the protocol: accounts, permissions, the clock and the windows of
//! averages.
//!
//! Each has the value and, where that is not obvious, the name that it has in
//! `libraries/chain/include/eosio/chain/config.hpp` of a node. Parameters that a chain can change
//! are in [`ChainConfig`] instead.

pub use antelope_types::ChainConfig;
use antelope_types::{Name, name};

/// The account of the system contract, privileged from genesis on, to which native actions belong.
pub const SYSTEM: Name = name!("eosio");
/// An account that nobody controls and that has no contract; actions sent to it do nothing.
pub const NULL: Name = name!("eosio.null");
/// The account whose permissions are satisfied by the active producers.
pub const PRODUCERS: Name = name!("eosio.prods");

/// The root permission of every account.
pub const OWNER: Name = name!("owner");
/// The permission that actions need unless another is linked.
pub const ACTIVE: Name = name!("active");
/// The pseudo-permission `ACCOUNT@eosio.code`: put into an authority, it lets the contract of that
/// account act under it. It is never created as a permission of its own.
pub const CODE: Name = name!("eosio.code");
/// What `linkauth` names as the requirement of an action that any permission of the account may
/// authorize.
pub const ANY: Name = name!("eosio.any");

/// The time from one block to the next, in microseconds: a slot.
pub const BLOCK_INTERVAL: i64 = 500_000;

/// The window over which the usage of an account is averaged, in slots of 500 ms: 24 hours.
pub const ACCOUNT_WINDOW: u32 = 24 * 60 * 60 * 2;
/// The window over which the usage of blocks is averaged, in blocks: a minute.
pub const BLOCK_WINDOW: u32 = 60 * 2;
/// How many times the limit of a block the virtual limit can reach on an idle chain:
/// `maximum_elastic_resource_multiplier`.
pub const ELASTIC_MULTIPLIER: u64 = 1000;
/// NET in bytes for the frame in which a transaction travels: `fixed_net_overhead_of_packed_trx`.
pub const PACKED_OVERHEAD: u64 = 16;

/// The permissions of `eosio.prods` that genesis creates without billing them.
pub const GIVEN_PERMISSIONS: [Name; 2] = [name!("prod.major"), name!("prod.minor")];

/// Whether this permission of `eosio.prods` is one that nobody is billed for.
pub fn is_given(permission: Name) -> bool {
    GIVEN_PERMISSIONS.contains(&permission)
}
