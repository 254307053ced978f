//! The constants of the chain: its accounts, its permissions and its clock.

pub use antelope_types::ChainConfig;
use antelope_types::{Name, name};

/// The account that owns the chain.
pub const SYSTEM: Name = name!("eosio");
/// The account that can do nothing.
pub const NULL: Name = name!("eosio.null");
/// The account of the producers.
pub const PRODUCERS: Name = name!("eosio.prods");

pub const OWNER: Name = name!("owner");
pub const ACTIVE: Name = name!("active");
/// The permission that is a contract's own.
pub const CODE: Name = name!("eosio.code");
/// What an action is linked to that needs no more than any permission.
pub const ANY: Name = name!("eosio.any");

/// Microseconds from one block to the next.
pub const BLOCK_INTERVAL: i64 = 500_000;

/// Blocks that usage of an account is averaged over: a day.
pub const ACCOUNT_WINDOW: u32 = 24 * 60 * 60 * 2;
/// Blocks that usage of blocks is averaged over: a minute.
pub const BLOCK_WINDOW: u32 = 60 * 2;
/// How far limits of an idle chain grow over those of a busy one.
pub const ELASTIC_MULTIPLIER: u64 = 1000;
/// NET of the frame that a transaction travels in: `fixed_net_overhead_of_packed_trx`.
pub const PACKED_OVERHEAD: u64 = 16;

/// Permissions of the producers' account that nobody pays for.
pub const GIVEN_PERMISSIONS: [Name; 2] = [name!("prod.major"), name!("prod.minor")];

/// Whether nobody pays for a permission of the producers' account.
pub fn is_given(permission: Name) -> bool {
    GIVEN_PERMISSIONS.contains(&permission)
}
