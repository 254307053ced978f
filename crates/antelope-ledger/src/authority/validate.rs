//! Whether an authority may be set by `newaccount` or `updateauth`.

use crate::config::{ACTIVE, CODE, OWNER};
use crate::state::State;
use antelope_types::{Authority, ChainError, ErrorKind, ensure};

/// Whether the authority is well-formed and can be satisfied at all: `validate` in
/// `libraries/chain/include/eosio/chain/authority.hpp` of a node.
///
/// The threshold must be above 0 and at most the sum of all weights; keys, permissions and waits
/// must each be strictly ascending, which also excludes duplicates; waits must be above 0; and
/// there may be at most 65 536 factors in all.
pub fn is_valid(authority: &Authority) -> bool {
    let Authority {
        threshold,
        keys,
        accounts,
        waits,
    } = authority;
    if *threshold == 0 || keys.len() + accounts.len() + waits.len() > 1 << 16 {
        return false;
    }
    let ascending = keys.windows(2).all(|pair| pair[0].key < pair[1].key)
        && accounts
            .windows(2)
            .all(|pair| pair[0].permission < pair[1].permission)
        && waits
            .windows(2)
            .all(|pair| pair[0].wait_sec < pair[1].wait_sec)
        && waits.first().is_none_or(|wait| wait.wait_sec > 0);
    let weights = keys.iter().map(|key| key.weight);
    let weights = weights.chain(accounts.iter().map(|account| account.weight));
    let weights = weights.chain(waits.iter().map(|wait| wait.weight));
    // A node adds weights in 32 bits; 65 536 factors of 16 bits cannot exceed them.
    ascending && weights.map(u64::from).sum::<u64>() as u32 >= *threshold
}

/// Checks that the accounts and permissions which the authority refers to exist:
/// `validate_authority_precondition` in `libraries/chain/eosio_contract.cpp` of a node.
///
/// # Errors
/// `action_validate_exception` (3050000) if one does not exist, and `invalid_permission` (3090007)
/// for an empty permission name.
pub fn require_existing(state: &State, authority: &Authority) -> Result<(), ChainError> {
    for account in &authority.accounts {
        let level = account.permission;
        ensure!(
            state.find_account(level.actor).is_some(),
            ActionValidate,
            "account '{}' does not exist",
            level.actor
        );
        // Every account has the first two, and the third is not a permission but stands for the
        // contract.
        if [OWNER, ACTIVE, CODE].contains(&level.permission) {
            continue;
        }
        match state.permission(level) {
            Ok(_) => {}
            Err(error) if error.is(ErrorKind::PermissionQuery) => {
                return Err(ChainError::new(
                    ErrorKind::ActionValidate,
                    format!("permission '{}' does not exist", crate::text::level(level)),
                ));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
