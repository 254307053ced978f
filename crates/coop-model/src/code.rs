//! Whether an account has a contract.

use antelope_contract::prelude::*;
use antelope_contract::system::code_of;

/// Whether the account has a contract: an action that is sent to one without succeeds and does
/// nothing. Protocol feature `GET_CODE_HASH`.
pub fn has_code(account: Name) -> bool {
    code_of(account).is_some_and(|code| code.hash != Checksum256::ZERO)
}
