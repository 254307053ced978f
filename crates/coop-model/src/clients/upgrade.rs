//! What each of the three contracts has while it is upgraded.

use antelope_contract::prelude::*;

/// The action of a contract that was built with the feature `migration`, for the time between two
/// versions.
#[client]
pub trait Upgrade {
    /// Carries up to `limit` rows of the version before over.
    fn migrate(coopname: Name, limit: u32);
}
