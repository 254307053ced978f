//! The smallest contract: it greets whoever signs.

#![cfg_attr(target_family = "wasm", no_std)]

use antelope_contract::prelude::*;

/// The contract.
#[contract]
pub mod hello {
    use super::*;

    /// Greets the user, who must have signed.
    #[action]
    pub fn hi(user: Name) {
        require_auth(user);
        print("Hello, ");
        print(user);
    }
}
