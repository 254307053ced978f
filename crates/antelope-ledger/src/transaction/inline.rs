//! Actions that a contract sends, and accounts that it notifies.

use super::ApplyContext;
use crate::authority::{Provided, check_actions};
use crate::config::CODE;
use crate::reading::read;
use crate::text;
use antelope_types::{Action, ChainError, ErrorKind, Feature, Name, PermissionLevel, ensure};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The bytes of an inline action's data that nodes up to Leap 4 take by default from a contract that
/// is not privileged: `max-nonprivileged-inline-action-size`. Leap 5 and Spring have no such limit.
const MAX_NONPRIVILEGED_INLINE: u32 = 4096;

/// Features that Leap 4 does not know. A chain that has one of them behaves as later nodes do.
const OF_LEAP_5: [Feature; 4] = [
    Feature::BLS_PRIMITIVES2,
    Feature::DISABLE_DEFERRED_TRXS_STAGE_1,
    Feature::DISABLE_DEFERRED_TRXS_STAGE_2,
    Feature::SAVANNA,
];

impl ApplyContext<'_> {
    /// Lets the account's contract see the action, once.
    pub fn require_recipient(&mut self, account: Name) {
        if self.notified.iter().any(|(known, _)| *known == account) {
            return;
        }
        let act = Arc::clone(&self.act);
        let (creator, closest) = (self.ordinal, self.first_ordinal);
        let ordinal = self
            .transaction
            .schedule(act, account, false, creator, closest);
        self.notified.push((account, ordinal));
    }

    /// Sends an action, encoded, to be executed after this one.
    ///
    /// # Errors
    /// Where the receiver may not act under the permissions that the action declares, or they or
    /// the accounts are not there.
    pub fn send_inline(&mut self, data: &[u8]) -> Result<(), ChainError> {
        let action = self.decode_inline(data)?;
        self.require_code(&action)?;
        for level in &action.authorization {
            ensure!(
                self.is_account(level.actor),
                ActionValidate,
                "inline action's authorizing actor {} does not exist",
                level.actor
            );
            ensure!(
                self.state().find_permission(*level)?.is_some(),
                ActionValidate,
                "inline action's authorizations include a non-existent permission: {}",
                text::level(*level)
            );
        }
        self.require_small(&action)?;
        if !self.privileged && !self.is_read_only() {
            self.check_inline(&action)?;
        }
        let ordinal = self.schedule(action, false);
        self.inline.push(ordinal);
        Ok(())
    }

    /// Sends a context-free action, encoded, to be executed after this one and before all others.
    ///
    /// # Errors
    /// Where it declares permissions, or the account is not there.
    pub fn send_context_free_inline(&mut self, data: &[u8]) -> Result<(), ChainError> {
        let action = self.decode_inline(data)?;
        self.require_code(&action)?;
        ensure!(
            action.authorization.is_empty(),
            ActionValidate,
            "context-free actions cannot have authorizations"
        );
        self.require_small(&action)?;
        let ordinal = self.schedule(action, true);
        self.context_free_inline.push(ordinal);
        Ok(())
    }

    /// A contract acts for itself, and for those who have given its `eosio.code` a permission.
    fn check_inline(&self, action: &Action) -> Result<(), ChainError> {
        // Before `RESTRICT_ACTION_TO_SELF` what it sent to itself was under the authority that it
        // was called with.
        let trusted =
            !self.state().has(Feature::RESTRICT_ACTION_TO_SELF) && action.account == self.receiver;
        let own = PermissionLevel::new(self.receiver, CODE);
        let mut provided = Provided {
            permissions: BTreeSet::from([own]),
            delay: self.transaction.age(),
            ..Provided::default()
        };
        if trusted && self.receiver == self.act.account {
            provided.declared.extend(&self.act.authorization);
        }
        check_actions(self.state(), [action], &provided, false).map_err(|error| {
            if trusted {
                error.instead(
                    ErrorKind::SubjectiveBlockProduction,
                    "Authorization failure with inline action sent to self",
                )
            } else {
                error
            }
        })
    }

    /// Fails for more data than nodes up to Leap 4 let a contract send that is not privileged.
    fn require_small(&self, action: &Action) -> Result<(), ChainError> {
        if OF_LEAP_5.iter().any(|feature| self.state().has(*feature)) {
            return Ok(());
        }
        let max = self.state().global.config.max_inline_action_size;
        ensure!(
            self.privileged || action.data.len() < max.min(MAX_NONPRIVILEGED_INLINE) as usize,
            InlineActionTooBigNonprivileged,
            "inline action too big for nonprivileged account {}",
            action.account
        );
        Ok(())
    }

    fn schedule(&mut self, action: Action, context_free: bool) -> u32 {
        let receiver = action.account;
        let (creator, closest) = (self.ordinal, self.first_ordinal);
        let act = Arc::new(action);
        self.transaction
            .schedule(act, receiver, context_free, creator, closest)
    }

    fn decode_inline(&self, data: &[u8]) -> Result<Action, ChainError> {
        let max = self.state().global.config.max_inline_action_size as usize;
        ensure!(
            data.len() < max,
            InlineActionTooBig,
            "inline action too big"
        );
        // Nodes ignore bytes after the action.
        read(data)
    }

    fn require_code(&self, action: &Action) -> Result<(), ChainError> {
        ensure!(
            self.is_account(action.account),
            ActionValidate,
            "inline action's code account {} does not exist",
            action.account
        );
        Ok(())
    }
}
