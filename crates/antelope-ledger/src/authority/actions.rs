//! Whether the permissions that actions declare are the ones they need, and are satisfied.

use super::checker::Checker;
use super::native;
use crate::state::State;
use crate::text;
use antelope_types::{Action, ChainError, ErrorKind, PermissionLevel, PublicKey, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// What there is to satisfy authorities with.
#[derive(Clone, Debug, Default)]
pub struct Provided {
    /// Keys that have signed.
    pub keys: BTreeSet<PublicKey>,
    /// Permissions that are taken as satisfied.
    pub permissions: BTreeSet<PermissionLevel>,
    /// Permissions that need no check where an action declares them.
    pub declared: BTreeSet<PermissionLevel>,
    /// How long the transaction has waited, in microseconds.
    pub delay: i64,
    /// Whether actions may do anything: nodes look at no authority of what is only computed.
    pub unchecked: bool,
}

impl Provided {
    /// Delays as long as the longest allowed one satisfy every wait.
    fn effective_delay(&self, state: &State) -> i64 {
        if self.delay >= max_delay(state) {
            i64::MAX
        } else {
            self.delay
        }
    }

    fn checker<'a>(&'a self, state: &'a State) -> Checker<'a> {
        let delay = self.effective_delay(state);
        Checker::new(state, &self.keys, &self.permissions, delay)
    }

    /// The end of every message about what was not satisfied.
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

fn max_delay(state: &State) -> i64 {
    i64::from(state.global.config.max_transaction_delay) * 1_000_000
}

/// Fails unless each action declares what it needs, and everything declared is satisfied.
pub fn check_actions<'a>(
    state: &State,
    actions: impl IntoIterator<Item = &'a Action>,
    provided: &Provided,
    allow_unused_keys: bool,
) -> Result<(), ChainError> {
    let delay = provided.effective_delay(state);
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

/// Fails unless the permission is satisfied.
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

/// Which of these keys the actions need.
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
