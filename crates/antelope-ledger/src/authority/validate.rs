//! Whether an authority may be set.

use crate::config::{ACTIVE, CODE, OWNER};
use crate::state::State;
use antelope_types::{Authority, ChainError, ErrorKind, ensure};

/// Whether the authority can be satisfied and its lists are strictly ascending.
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
    ascending && weights.map(u64::from).sum::<u64>() as u32 >= *threshold
}

/// Fails unless the accounts and permissions that the authority names are there.
pub fn require_existing(state: &State, authority: &Authority) -> Result<(), ChainError> {
    for account in &authority.accounts {
        let level = account.permission;
        ensure!(
            state.accounts.contains_key(&level.actor),
            ActionValidate,
            "account '{}' does not exist",
            level.actor
        );
        // The first two are every account's; the third is no permission but stands for the contract.
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
