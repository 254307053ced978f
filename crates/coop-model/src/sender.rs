//! Actions that only another contract may send.

use crate::refusal::config as refusal;
use antelope_contract::prelude::*;

/// Fails unless `contract` has sent this action inline.
///
/// An authority would be that of whoever holds the keys of the contract's account; the sender is
/// its code and nothing else. So no key can pretend that a payment came or that a council decided.
pub fn require_sender(contract: Name) {
    check!(sender() == Some(contract), refusal::NOT_INLINE);
}
