//! Inline actions that a contract sends, and accounts that it notifies.
//!
//! Mirrors `require_recipient`, `execute_inline` and `execute_context_free_inline` in
//! `libraries/chain/apply_context.cpp` of a node. Both only append to the list of what is to be
//! executed; `ApplyContext::exec` runs it.
//!
//! A contract acts under the authority `RECEIVER@eosio.code`, so whoever wants it to act for them
//! puts that into one of their authorities. Privileged contracts act without any check.

use super::ApplyContext;
use crate::authority::{Provided, check_actions};
use crate::config::CODE;
use crate::reading::read;
use crate::text;
use antelope_types::{Action, ChainError, ErrorKind, Feature, Name, PermissionLevel, ensure};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many bytes of data an inline action of an unprivileged contract must stay below on nodes up
/// to Leap 4: their default of `max-nonprivileged-inline-action-size`. Leap 5 and Spring have no
/// such limit.
const MAX_NONPRIVILEGED_INLINE: u32 = 4096;

/// Protocol features that Leap 4 does not know. A chain with one of them active runs on later nodes
/// and follows their rules.
const OF_LEAP_5: [Feature; 4] = [
    Feature::BLS_PRIMITIVES2,
    Feature::DISABLE_DEFERRED_TRXS_STAGE_1,
    Feature::DISABLE_DEFERRED_TRXS_STAGE_2,
    Feature::SAVANNA,
];

impl ApplyContext<'_> {
    /// Notifies the account: its code will run for this action, after the code that runs now. Does
    /// nothing if it is notified already or is the receiver itself. An account without code is
    /// notified too: it gets a receipt.
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

    /// Sends an inline action, from its packed form, to be executed after this action and its
    /// notifications.
    ///
    /// # Errors
    /// - `inline_action_too_big` (3050009) if the packed action is not shorter than the chain's
    ///   `max_inline_action_size`, and `inline_action_too_big_nonprivileged` (3050012) for its data
    ///   under the rules of Leap 4.
    /// - As [`read`] if the bytes are not an action.
    /// - `action_validate_exception` (3050000) if the contract, an actor or a permission does not
    ///   exist.
    /// - Errors of [`check_actions`] if an unprivileged receiver may not act under the declared
    ///   permissions.
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

    /// Sends a context-free inline action, from its packed form. It is executed after this action
    /// and its notifications, before all other inline actions.
    ///
    /// # Errors
    /// As [`send_inline`](Self::send_inline), and `action_validate_exception` (3050000) if it
    /// declares a permission.
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

    /// Checks that the receiver may act under the permissions that the action declares.
    ///
    /// Before `RESTRICT_ACTION_TO_SELF` an action of a contract to itself inherits the permissions
    /// of the action that runs, and an action to itself that fails this check is a subjective
    /// failure.
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

    /// Checks the size of data by the rule of Leap 4, on chains that such nodes could run.
    ///
    /// # Errors
    /// `inline_action_too_big_nonprivileged` (3050012).
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

    /// Appends an action to be executed, sent by the current receiver; returns its ordinal.
    fn schedule(&mut self, action: Action, context_free: bool) -> u32 {
        let receiver = action.account;
        let (creator, closest) = (self.ordinal, self.first_ordinal);
        let act = Arc::new(action);
        self.transaction
            .schedule(act, receiver, context_free, creator, closest)
    }

    /// Decodes a packed action. The limit is on its packed bytes, data and header together.
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

    /// Checks that the action's contract exists.
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
