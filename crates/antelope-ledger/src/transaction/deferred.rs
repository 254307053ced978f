//! Transactions for later: how contracts send and cancel them, how users send them with a delay,
//! and what is billed if one fails.
//!
//! Mirrors `schedule_deferred_transaction` and `cancel_deferred_transaction` of
//! `apply_context.cpp`, and `schedule_transaction` of `transaction_context.cpp` of a node. The
//! waiting transactions are in [`state::Deferred`](crate::state::Deferred); executing them when
//! their time has come is the business of blocks, in `antelope-chain`.
//!
//! Contracts cannot send or cancel any once `DISABLE_DEFERRED_TRXS_STAGE_1` is active: the host
//! functions then do nothing and report no error.

use super::limits::{first_authorizer, payers};
use super::{ApplyContext, Environment, TransactionContext};
use crate::authority::{Provided, check_actions};
use crate::config::CODE;
use crate::state::{Deferred, State};
use antelope_types::{
    AccountDelta, ChainError, Checksum256, Decode, Encode, ErrorKind, Extension, Feature, Name,
    PermissionLevel, TimePoint, TimePointSec, Transaction, TransactionHeader, ensure,
};
use std::collections::BTreeSet;

/// The kind of the transaction extension that holds a [`Generated`].
const GENERATION_CONTEXT: u16 = 0;

/// Who generated a deferred transaction: `deferred_transaction_generation_context` of a node.
///
/// It makes the id of each deferred transaction unique: without it, the same contract could send
/// twice what has the same bytes. 56 bytes: an id, 16 bytes little-endian, a name.
#[derive(Debug, PartialEq, Eq, Encode, Decode)]
struct Generated {
    /// The id of the transaction in which it was sent.
    sender_trx_id: Checksum256,
    /// The sender's number for it.
    sender_id: u128,
    /// The contract that sent it.
    sender: Name,
}

impl ApplyContext<'_> {
    /// Sends a transaction to be executed in a later block, after its `delay_sec`, and bills its
    /// RAM to `payer`. It is identified by the receiver and `sender_id`; with `replace`, one that
    /// waits under the same number is replaced.
    ///
    /// Does nothing once `DISABLE_DEFERRED_TRXS_STAGE_1` is active.
    ///
    /// # Errors
    /// - `transaction_exception` (3040000) in a read-only transaction, and for accounts or
    ///   permissions that do not exist.
    /// - `cfa_inside_generated_tx` (3040010) if it has context-free actions.
    /// - `tx_no_auths` (3040003) if no action declares a permission.
    /// - `deferred_tx_duplicate` (3040009) if one waits under this number and `replace` is false.
    /// - `action_validate_exception` (3050000) if the payer has not agreed to pay.
    /// - Errors of [`check_actions`], for an unprivileged sender that may not act as the
    ///   transaction does.
    /// - `tx_net_usage_exceeded` (3080002) or `block_net_usage_exceeded` (3080003), since sending
    ///   uses NET.
    pub fn send_deferred(
        &mut self,
        sender_id: u128,
        payer: Name,
        mut transaction: Transaction,
        replace: bool,
    ) -> Result<(), ChainError> {
        if self.state().has(Feature::DISABLE_DEFERRED_TRXS_STAGE_1) {
            return Ok(());
        }
        ensure!(
            !self.is_read_only(),
            Transaction,
            "cannot schedule a deferred transaction from within a readonly transaction"
        );
        ensure!(
            transaction.context_free_actions.is_empty(),
            CfaInsideGeneratedTx,
            "context free actions are not currently allowed in generated transactions"
        );
        super::header::check_accounts(self.state(), &transaction)?;
        // The id must be final before the transaction is compared or stored.
        self.mark(sender_id, &mut transaction)?;
        self.transaction
            .add_net(self.state().global.config.deferred_net())?;
        let delay = i64::from(transaction.header.delay_sec.0) * 1_000_000;
        if !self.privileged {
            self.check_deferred(payer, &transaction, delay)?;
        }
        let key = (self.receiver, sender_id);
        if let Some(existing) = self.state().find_deferred(key) {
            ensure!(
                replace,
                DeferredTxDuplicate,
                "deferred transaction with the same sender_id and payer already exists"
            );
            ensure!(
                self.state().has(Feature::REPLACE_DEFERRED),
                SubjectiveBlockProduction,
                "Replacing a deferred transaction is temporarily disabled."
            );
            let (old_payer, ram) = (existing.payer, existing.ram());
            self.add_ram(old_payer, -ram)?;
            self.state_mut().remove_deferred(key);
        }
        let id = transaction.id();
        let published = self.block_time();
        let deferred = self
            .transaction
            .waiting(self.state, id, published, delay, &transaction);
        let deferred = Deferred {
            sender: self.receiver,
            sender_id,
            payer,
            ..deferred
        };
        ensure!(
            self.state().has(Feature::RAM_RESTRICTIONS)
                || self.receiver == self.act.account
                || self.receiver == payer
                || self.privileged,
            SubjectiveBlockProduction,
            "Cannot charge RAM to other accounts during notify."
        );
        let ram = deferred.ram();
        self.state_mut().add_deferred(deferred)?;
        self.add_ram(payer, ram)
    }

    /// Makes the transaction's id unique.
    ///
    /// Since `NO_DUPLICATE_DEFERRED_ID` it gets an extension that names its sender, and expiration
    /// and reference block are set to 0. Before, expiration and reference block were those of the
    /// block.
    ///
    /// # Errors
    /// As [`check_extensions`].
    fn mark(&self, sender_id: u128, transaction: &mut Transaction) -> Result<(), ChainError> {
        let header = &mut transaction.header;
        if !self.state().has(Feature::NO_DUPLICATE_DEFERRED_ID) {
            // Rounded up, so that it is not before the block's time.
            let seconds = (self.block_time().micros() + 999_999) / 1_000_000;
            header.expiration = TimePointSec::from_seconds(seconds as u32);
            let head = self.transaction.environment.head;
            header.set_reference_block(&head);
            return Ok(());
        }
        let generated = Generated {
            sender_trx_id: self.transaction.input.id,
            sender_id,
            sender: self.receiver,
        };
        check_extensions(&transaction.transaction_extensions, &generated)?;
        transaction.transaction_extensions = vec![Extension {
            kind: GENERATION_CONTEXT,
            data: generated.to_bytes(),
        }];
        transaction.header = TransactionHeader {
            expiration: TimePointSec::default(),
            ref_block_num: 0,
            ref_block_prefix: 0,
            ..transaction.header
        };
        Ok(())
    }

    /// Checks that the payer agrees to pay, and that the sender may act as the transaction does:
    /// under its own `eosio.code`, with the delay of the transaction.
    fn check_deferred(
        &self,
        payer: Name,
        transaction: &Transaction,
        delay: i64,
    ) -> Result<(), ChainError> {
        if payer != self.receiver && self.state().has(Feature::RAM_RESTRICTIONS) {
            ensure!(
                self.receiver == self.act.account,
                ActionValidate,
                "cannot bill RAM usage of deferred transactions to another account within notify context"
            );
            ensure!(
                self.has_auth(payer),
                ActionValidate,
                "cannot bill RAM usage of deferred transaction to another account that has not authorized the action: {payer}"
            );
        } else if payer != self.receiver {
            self.require_auth(payer)?;
        }
        let own = PermissionLevel::new(self.receiver, CODE);
        let provided = Provided {
            permissions: BTreeSet::from([own]),
            delay,
            ..Provided::default()
        };
        let actions = &transaction.actions;
        check_actions(self.state(), actions, &provided, false).map_err(|error| {
            // Before `RESTRICT_ACTION_TO_SELF` nodes tolerated actions of a contract to itself in
            // blocks of others, and refused them in their own. Hence the subjective error.
            let to_self = actions.iter().all(|action| action.account == self.receiver);
            if to_self && !self.state().has(Feature::RESTRICT_ACTION_TO_SELF) {
                error.instead(
                    ErrorKind::SubjectiveBlockProduction,
                    "Authorization failure with sent deferred transaction consisting only of actions to self",
                )
            } else {
                error
            }
        })
    }

    /// Cancels a transaction that the receiver has deferred under this number, and gives its RAM
    /// back. Returns whether there was one.
    ///
    /// # Errors
    /// `transaction_exception` (3040000) in a read-only transaction.
    pub fn cancel_deferred(&mut self, sender_id: u128) -> Result<bool, ChainError> {
        self.cancel((self.receiver, sender_id))
    }

    /// Cancels a transaction that was sent with a delay, for `canceldelay`. Returns whether there
    /// was one.
    ///
    /// # Errors
    /// As [`cancel_deferred`](Self::cancel_deferred).
    pub fn cancel_delayed(&mut self, id: &Checksum256) -> Result<bool, ChainError> {
        self.cancel(Deferred::key_of_delayed(id))
    }

    /// Cancels the waiting transaction with this key.
    fn cancel(&mut self, key: (Name, u128)) -> Result<bool, ChainError> {
        if self.state().has(Feature::DISABLE_DEFERRED_TRXS_STAGE_1) {
            return Ok(false);
        }
        ensure!(
            !self.is_read_only(),
            Transaction,
            "cannot cancel a deferred transaction from within a readonly transaction"
        );
        match self.state_mut().remove_deferred(key) {
            Some(deferred) => self.add_ram(deferred.payer, -deferred.ram()).map(|()| true),
            None => Ok(false),
        }
    }
}

/// Checks the extensions that a contract has put into its transaction: at most one, of the kind
/// [`GENERATION_CONTEXT`], and if there is one it must say what is true.
///
/// # Errors
/// `invalid_transaction_extension` (3040015) for other, repeated or unsorted extensions,
/// `out_of_range_exception` (8) for one that cannot be decoded, and
/// `ill_formed_deferred_transaction_generation_context` (3040016) for one that is not true.
fn check_extensions(extensions: &[Extension], generated: &Generated) -> Result<(), ChainError> {
    for (index, extension) in extensions.iter().enumerate() {
        let id = extension.kind;
        ensure!(
            index == 0 || id >= extensions[index - 1].kind,
            InvalidTransactionExtension,
            "Transaction extensions are not in the correct order (ascending id types required)"
        );
        ensure!(
            id == GENERATION_CONTEXT,
            InvalidTransactionExtension,
            "Transaction extension with id type {id} is not supported"
        );
        ensure!(
            index == 0,
            InvalidTransactionExtension,
            "Transaction extension with id type {id} is not allowed to repeat"
        );
    }
    let Some(extension) = extensions.first() else {
        return Ok(());
    };
    let given = Generated::from_bytes(&extension.data)
        .map_err(|error| ChainError::new(ErrorKind::OutOfRange, error.to_string()))?;
    for (what, same) in [
        ("sender", given.sender == generated.sender),
        ("sender_id", given.sender_id == generated.sender_id),
        (
            "sender_trx_id",
            given.sender_trx_id == generated.sender_trx_id,
        ),
    ] {
        ensure!(
            same,
            IllFormedDeferredTransactionGenerationContext,
            "deferred transaction generaction context contains mismatching {what}"
        );
    }
    Ok(())
}

impl TransactionContext {
    /// Bills CPU for a deferred transaction that failed, and returns how many microseconds: the
    /// minimum of the chain, or less if the payers or the block have less. NET was paid when it was
    /// sent.
    ///
    /// # Errors
    /// As [`State::bill`]; not if the state is consistent.
    pub fn bill_failed(
        state: &mut State,
        environment: &Environment,
        transaction: &Transaction,
    ) -> Result<u32, ChainError> {
        let payers = payers(state, transaction)?;
        let slot = environment.timestamp.slot();
        let config = state.global.config;
        let mut cpu = config
            .min_transaction_cpu_usage
            .min(config.max_transaction_cpu_usage);
        cpu = cpu.min(u32::try_from(state.global.block_resources.cpu.left()).unwrap_or(u32::MAX));
        for payer in &payers {
            state.update_usage(*payer, slot)?;
            if let Ok(left) = u64::try_from(state.available(*payer)?.1) {
                cpu = cpu.min(u32::try_from(left).unwrap_or(u32::MAX));
            }
        }
        state.bill(&payers, u64::from(cpu), 0, slot)?;
        Ok(cpu)
    }

    /// A transaction that waits for `delay` microseconds from `published` on, without sender and
    /// payer.
    fn waiting(
        &self,
        state: &State,
        id: Checksum256,
        published: TimePoint,
        delay: i64,
        transaction: &Transaction,
    ) -> Deferred {
        let delay_until = TimePoint::from_micros(published.micros() + delay);
        let window = i64::from(state.global.config.deferred_trx_expiration_window) * 1_000_000;
        Deferred {
            number: 0,
            id,
            sender: Name::default(),
            sender_id: Deferred::key_of_delayed(&id).1,
            payer: Name::default(),
            published,
            delay_until,
            expiration: TimePoint::from_micros(delay_until.micros() + window),
            packed: transaction.to_bytes().into(),
        }
    }

    /// Puts a transaction of a user aside until its delay has passed. Its first authorizer pays for
    /// the RAM.
    ///
    /// # Errors
    /// As [`State::add_deferred`] and [`State::add_ram`].
    pub(super) fn delay(
        &mut self,
        state: &mut State,
        transaction: &Transaction,
    ) -> Result<(), ChainError> {
        let delay = i64::from(transaction.header.delay_sec.0) * 1_000_000;
        let published = self.environment.time();
        let account = first_authorizer(transaction)?;
        let deferred = Deferred {
            payer: account,
            ..self.waiting(state, self.input.id, published, delay, transaction)
        };
        let delta = deferred.ram();
        state.add_deferred(deferred)?;
        self.add_ram(state, account, delta)?;
        self.trace.account_ram_delta = Some(AccountDelta { account, delta });
        Ok(())
    }
}
