//! Who pays for the RAM of a row.

use antelope_contract::prelude::*;

/// Who pays for a row that `sender` asks for in an action of its own.
///
/// The cooperative pays when it authorized the action too, so that a participant need not pay for
/// what belongs to the cooperative; otherwise the sender pays. Rows made in inline actions, where
/// nobody but a contract authorizes, are paid by the contract.
pub fn payer_of(coopname: Name, sender: Name) -> Name {
    if has_auth(coopname) { coopname } else { sender }
}
