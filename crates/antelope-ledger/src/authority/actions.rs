//! Whether the permissions that actions declare are relevant and satisfied.
//!
//! Mirrors the two `check_authorization` and `get_required_keys` in
//! `libraries/chain/authorization_manager.cpp` of a node.

use super::checker::Checker;
use super::native;
use crate::state::State;
use crate::text;
use antelope_types::{Action, ChainError, ErrorKind, PermissionLevel, PublicKey, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// What there is to satisfy authorities with.
///
/// The default is nothing: no keys, no permissions, no delay.
#[derive(Clone, Debug, Default)]
pub struct Provided {
    /// The keys that have signed the transaction.
    pub keys: BTreeSet<PublicKey>,
    /// Permissions that count as satisfied wherever an authority refers to them, such as the
    /// `eosio.code` of a contract that sends an inline action. An empty permission name stands for
    /// all permissions of the account.
    pub permissions: BTreeSet<PermissionLevel>,
    /// Permissions that need not be satisfied where an action declares them: those that an inline
    /// action inherits before `RESTRICT_ACTION_TO_SELF`.
    pub declared: BTreeSet<PermissionLevel>,
    /// How long the transaction has waited, or will wait, in microseconds.
    pub delay: i64,
    /// Takes every permission as satisfied, and every key as used: for `compute_transaction`, where
    /// nodes ask only whether permissions are relevant (`check_but_dont_fail`).
    pub unchecked: bool,
}

impl Provided {
    /// The delay that waits are compared with. One as long as the chain's `max_transaction_delay`
    /// satisfies every wait, however long: it may be longer than any delay that a transaction can
    /// have.
    fn effective_delay(&self, state: &State) -> i64 {
        if self.delay >= max_delay(state) {
            i64::MAX
        } else {
            self.delay
        }
    }

    /// A checker of these keys, permissions and this delay.
    fn checker<'a>(&'a self, state: &'a State) -> Checker<'a> {
        let delay = self.effective_delay(state);
        Checker::new(state, &self.keys, &self.permissions, delay)
    }

    /// The end of every message about an authority that was not satisfied, with delays in
    /// milliseconds.
    fn describe(&self, state: &State) -> String {
        format!(
            "under a provided delay of {} ms, provided permissions {}, provided keys {}, and a delay max limit of {} ms",
            self.delay / 1000,
            text::levels(&self.permissions),
            text::keys(&self.keys),
            max_delay(state) / 1000
        )
    }
}

/// The chain's `max_transaction_delay`, in microseconds.
fn max_delay(state: &State) -> i64 {
    i64::from(state.global.config.max_transaction_delay) * 1_000_000
}

/// Checks that each action declares relevant permissions and that all of them are satisfied.
///
/// With `allow_unused_keys` false, every key in `provided` must have been needed.
///
/// # Errors
/// - `irrelevant_auth_exception` (3090005) if an action declares a permission that is too weak for
///   it.
/// - `unsatisfied_authorization` (3090003) if a declared permission is not satisfied.
/// - `tx_irrelevant_sig` (3090002) if a key was not needed.
/// - `permission_query_exception` (3060001) if a permission does not exist.
/// - Those of the five actions that change permissions: see `native`.
pub fn check_actions<'a>(
    state: &State,
    actions: impl IntoIterator<Item = &'a Action>,
    provided: &Provided,
    allow_unused_keys: bool,
) -> Result<(), ChainError> {
    let delay = provided.effective_delay(state);
    // The shortest delay of all actions that declare a permission counts. They are satisfied in
    // ascending order, which matters for the keys that count as used.
    let mut wanted = BTreeMap::<PermissionLevel, i64>::new();
    for action in actions {
        let own_delay = native::check(state, action)?;
        let delay = delay.max(own_delay.unwrap_or_default());
        for &auth in &action.authorization {
            if own_delay.is_none() {
                check_minimum(state, action, auth)?;
            }
            if provided.declared.contains(&auth) {
                continue;
            }
            let known = wanted.entry(auth).or_insert(delay);
            *known = (*known).min(delay);
        }
    }
    if provided.unchecked {
        return Ok(());
    }
    let mut checker = provided.checker(state);
    for (level, delay) in wanted {
        ensure!(
            checker.satisfied_after(level, delay),
            UnsatisfiedAuthorization,
            "transaction declares authority '{}', but does not have signatures for it {}",
            text::level(level),
            provided.describe(state)
        );
    }
    let unused = checker.unused_keys();
    ensure!(
        allow_unused_keys || unused.is_empty(),
        TxIrrelevantSig,
        "transaction bears irrelevant signatures from these keys: {}",
        text::keys(unused)
    );
    Ok(())
}

/// Checks that a declared permission is the one that the action requires, or above it.
fn check_minimum(state: &State, action: &Action, auth: PermissionLevel) -> Result<(), ChainError> {
    let minimum = native::minimum_permission(state, auth.actor, action.account, action.name)?;
    let Some(minimum) = minimum else {
        return Ok(());
    };
    let minimum = PermissionLevel::new(auth.actor, minimum);
    state.permission(minimum)?;
    ensure!(
        state.satisfies(auth, minimum)?,
        IrrelevantAuth,
        "action declares irrelevant authority '{}'; minimum authority is {}",
        text::level(auth),
        text::level(minimum)
    );
    Ok(())
}

/// Checks that one permission is satisfied, whatever action it is for.
///
/// # Errors
/// - `unsatisfied_authorization` (3090003) if it is not.
/// - `tx_irrelevant_sig` (3090002) if a key was not needed and `allow_unused_keys` is false.
pub fn check_permission(
    state: &State,
    level: PermissionLevel,
    provided: &Provided,
    allow_unused_keys: bool,
) -> Result<(), ChainError> {
    let mut checker = provided.checker(state);
    ensure!(
        checker.satisfied(level),
        UnsatisfiedAuthorization,
        "permission '{}' was not satisfied {}",
        text::level(level),
        provided.describe(state)
    );
    let unused = checker.unused_keys();
    ensure!(
        allow_unused_keys || unused.is_empty(),
        TxIrrelevantSig,
        "irrelevant keys provided: {}",
        text::keys(unused)
    );
    Ok(())
}

/// Which of these candidates must sign so that the declared permissions of the actions are
/// satisfied.
///
/// Waits are not taken into account: the delay is 0. Candidates that are not needed are left out.
///
/// # Errors
/// `unsatisfied_authorization` (3090003) if not even all candidates together suffice.
pub fn required_keys(
    state: &State,
    actions: &[Action],
    candidates: BTreeSet<PublicKey>,
) -> Result<BTreeSet<PublicKey>, ChainError> {
    let provided = Provided {
        keys: candidates,
        ..Provided::default()
    };
    let mut checker = provided.checker(state);
    for level in actions.iter().flat_map(|action| &action.authorization) {
        if !checker.satisfied(*level) {
            return Err(ChainError::new(
                ErrorKind::UnsatisfiedAuthorization,
                format!(
                    "transaction declares authority '{}', but does not have signatures for it.",
                    text::level(*level)
                ),
            ));
        }
    }
    Ok(checker.used_keys().into_iter().cloned().collect())
}
