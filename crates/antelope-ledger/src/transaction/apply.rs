//! One action while it is executed: for its contract, and then for each account that it notifies.
//!
//! Mirrors `apply_context` (`libraries/chain/apply_context.cpp`) of a node: `exec` and `exec_one`
//! have the same names, and the order of their steps decides the sequences in receipts and the
//! error that is reported.

use super::Executor;
use super::context::micros;
use super::iterators::Iterators;
use super::native;
use super::{Cost, TransactionContext};
use crate::config::SYSTEM;
use crate::diagnosis::{CodeAddress, Evidence};
use crate::reading::text;
use crate::state::{Float64, FloatBits128, State};
use antelope_types::native::SETCODE;
use antelope_types::{
    Action, ActionReceipt, Authority, ChainError, Checksum256, Encode, Feature, KeyWeight, Name,
    PermissionLevel, PublicKey, TimePoint, action_digest, ensure,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// An action while it is executed: what a contract can see of the chain and do to it.
///
/// One context serves the action's contract and then, one after another, each account that it
/// notifies; iterators and the list of inline actions are shared by all of them. Each inline action
/// gets a new context. The methods are the host functions of contracts; see the [module](super) for
/// where they are.
pub struct ApplyContext<'a> {
    /// The state as the transaction has changed it so far.
    pub(super) state: &'a mut State,
    /// What runs the code of contracts.
    executor: &'a dyn Executor,
    /// The transaction that the action belongs to.
    pub(super) transaction: &'a mut TransactionContext,
    /// The action.
    pub(super) act: Arc<Action>,
    /// The account whose code runs; differs from `act.account` in a notification.
    pub(super) receiver: Name,
    /// The ordinal of the trace that is being filled, from 1.
    pub(super) ordinal: u32,
    /// The ordinal of the action itself, when its notifications run: their closest unnotified
    /// ancestor.
    pub(super) first_ordinal: u32,
    /// How many inline actions led here; 0 for an action of the transaction.
    pub(super) depth: u16,
    /// Whether it is a context-free action, which cannot read the state.
    pub(super) context_free: bool,
    /// Whether the receiver was privileged when its code began to run.
    pub(super) privileged: bool,
    /// The accounts that the action runs for, with their ordinals: the receiver first, then those
    /// notified.
    pub(super) notified: Vec<(Name, u32)>,
    /// The ordinals of inline actions sent, in order; executed after all notifications.
    pub(super) inline: Vec<u32>,
    /// The ordinals of context-free inline actions sent; executed before the other inline actions.
    pub(super) context_free_inline: Vec<u32>,
    /// The change of RAM in bytes by account, for the trace of the current receiver.
    ram_deltas: BTreeMap<Name, i64>,
    /// The cost so far, for the trace of the current receiver.
    cost: Cost,
    /// What the current receiver has printed.
    pub(super) console: Vec<u8>,
    /// What the current receiver has set as return value; only an action's own receiver should.
    pub(super) return_value: Vec<u8>,
    /// The iterators over rows.
    pub(super) rows: Iterators,
    /// The iterators over secondary indexes.
    pub(super) iterators: IndexIterators,
    /// The calls active at a failure, which the executor reports.
    calls: Vec<CodeAddress>,
    /// Why an instruction could not be executed, which the executor reports.
    trap: Option<String>,
}

/// The iterators over secondary indexes. Each key type numbers its own, as in a node, where each
/// has an `iterator_cache`: the same number means different entries in different families of host
/// functions.
#[derive(Default)]
pub struct IndexIterators {
    pub(super) u64: Iterators,
    pub(super) u128: Iterators,
    pub(super) u256: Iterators,
    pub(super) f64: Iterators,
    pub(super) f128: Iterators,
}

impl<'a> ApplyContext<'a> {
    /// A context for the action whose trace has this ordinal.
    pub(super) fn new(
        state: &'a mut State,
        executor: &'a dyn Executor,
        transaction: &'a mut TransactionContext,
        ordinal: u32,
        depth: u16,
    ) -> Self {
        let trace = transaction.action(ordinal);
        Self {
            act: Arc::clone(&trace.act.action),
            receiver: trace.receiver,
            context_free: trace.context_free,
            state,
            executor,
            transaction,
            ordinal,
            first_ordinal: ordinal,
            depth,
            privileged: false,
            notified: Vec::new(),
            inline: Vec::new(),
            context_free_inline: Vec::new(),
            ram_deltas: BTreeMap::new(),
            cost: Cost::default(),
            console: Vec::new(),
            return_value: Vec::new(),
            rows: Iterators::default(),
            iterators: IndexIterators::default(),
            calls: Vec::new(),
            trap: None,
        }
    }

    /// Executes the action for its receiver, then for each account notified, then the inline
    /// actions that all of these have sent.
    ///
    /// Notifications may notify further accounts, which are appended to the list while it is
    /// walked. Inline actions run depth first: each with all its own notifications and inline
    /// actions before the next.
    ///
    /// # Errors
    /// `transaction_exception` (3040000) if inline actions were sent at the chain's
    /// `max_inline_action_depth`, and whatever an action fails with.
    pub(super) fn exec(mut self) -> Result<(), ChainError> {
        self.notified.push((self.receiver, self.ordinal));
        let mut next = 0;
        while let Some(&(receiver, ordinal)) = self.notified.get(next) {
            (self.receiver, self.ordinal) = (receiver, ordinal);
            self.exec_one()?;
            next += 1;
        }
        // Checked after the action ran: sending at the limit is an error, reaching it is not.
        let max_depth = self.state().global.config.max_inline_action_depth;
        ensure!(
            self.depth < max_depth || self.inline.is_empty() && self.context_free_inline.is_empty(),
            Transaction,
            "max inline action depth per transaction reached"
        );
        for ordinal in self.context_free_inline.iter().chain(&self.inline) {
            let (state, transaction) = (&mut *self.state, &mut *self.transaction);
            ApplyContext::new(state, self.executor, transaction, *ordinal, self.depth + 1)
                .exec()?;
        }
        Ok(())
    }

    /// Runs the action for one receiver, and fills its trace: console, RAM, cost, and either the
    /// receipt or the error. An error ends the whole transaction, so the evidence for a diagnosis
    /// is taken here.
    fn exec_one(&mut self) -> Result<(), ChainError> {
        let start = Instant::now();
        self.return_value.clear();
        let result = self.run();
        let cost = std::mem::take(&mut self.cost);
        let console = text(&std::mem::take(&mut self.console));
        let deltas = std::mem::take(&mut self.ram_deltas);
        let return_value = std::mem::take(&mut self.return_value);
        let trace = self.transaction.action_mut(self.ordinal);
        trace.elapsed = micros(start);
        trace.cost = cost;
        trace.account_ram_deltas = deltas;
        trace.console = console;
        match result {
            Ok(()) => {
                let mut receipt = self.receipt(&return_value)?;
                let counted = self.count_authorizations(&mut receipt);
                let digest = receipt.digest();
                let trace = self.transaction.action_mut(self.ordinal);
                trace.return_value = return_value;
                trace.receipt = Some(receipt);
                // The trace keeps the receipt even if counting authorizations failed, as a node's
                // does.
                counted.map_err(ChainError::rethrown)?;
                self.transaction.receipt_digests.push(digest);
                Ok(())
            }
            Err(error) => {
                let error = error
                    .with_message(format!("pending console output: {}", short(&trace.console)));
                trace.error_code = error.trace_error_code();
                trace.except = Some(error.clone());
                self.transaction.evidence = Evidence {
                    calls: std::mem::take(&mut self.calls),
                    trap: self.trap.take(),
                    rows: self.rows.open().collect(),
                };
                Err(error)
            }
        }
    }

    /// The native handler, then the receiver's code, then the check of who pays for new RAM.
    fn run(&mut self) -> Result<(), ChainError> {
        self.charge(Cost::of_work(Cost::ACTION))?;
        self.privileged = self.state().account(self.receiver)?.privileged;
        native::apply(self)?;
        // Setting the system's own code may replace the code that runs next: it is looked up after.
        let hash = self.state().account(self.receiver)?.code_hash;
        let own_setcode =
            self.receiver == SYSTEM && self.act.account == SYSTEM && self.act.name == SETCODE;
        let forwarded = !own_setcode || self.state().has(Feature::FORWARD_SETCODE);
        if hash != Checksum256::ZERO && forwarded {
            ensure!(
                self.state().code(&hash).is_some(),
                Std,
                "unknown key: code {hash}"
            );
            let executor = self.executor;
            executor.apply(&hash, self)?;
        }
        if !self.privileged && self.state().has(Feature::RAM_RESTRICTIONS) {
            self.check_ram_increases()?;
        }
        Ok(())
    }

    /// Checks that an unprivileged contract has increased the RAM only of its own account and,
    /// outside notifications, of accounts that have authorized the action. Holds since
    /// `RAM_RESTRICTIONS`; before, each change was checked by itself, see `add_row_ram`.
    ///
    /// # Errors
    /// `unauthorized_ram_usage_increase` (3050010).
    fn check_ram_increases(&self) -> Result<(), ChainError> {
        for (account, delta) in &self.ram_deltas {
            if *delta <= 0 || *account == self.receiver {
                continue;
            }
            ensure!(
                self.receiver == self.act.account,
                UnauthorizedRamUsageIncrease,
                "unprivileged contract cannot increase RAM usage of another account within a notify context: {account}"
            );
            ensure!(
                self.has_auth(*account),
                UnauthorizedRamUsageIncrease,
                "unprivileged contract cannot increase RAM usage of another account that has not authorized the action: {account}"
            );
        }
        Ok(())
    }

    /// The receipt of the action for the current receiver, which counts it in the sequences.
    ///
    /// The digest covers the return value since `ACTION_RETURN_VALUE`. `code_sequence` and
    /// `abi_sequence` are those of the action's contract, also in notifications, and after it ran.
    /// A read-only transaction counts nothing: its sequences are 0.
    fn receipt(&mut self, return_value: &[u8]) -> Result<ActionReceipt, ChainError> {
        let act_digest = if self.state().has(Feature::ACTION_RETURN_VALUE) {
            action_digest(&self.act, return_value)
        } else {
            Checksum256::sha256(&self.act.to_bytes())
        };
        let act = Arc::clone(&self.act);
        let receiver = self.receiver;
        // What changes nothing has no place in the history.
        let counted = u64::from(!self.is_read_only());
        let state = self.state_mut();
        state.global.global_sequence += counted;
        let global_sequence = state.global.global_sequence * counted;
        let recv_sequence = match counted {
            0 => 0,
            _ => state.count_received(receiver),
        };
        let first_receiver = state.account(act.account)?;
        // The chain counts both in 64 bits and reports them in 32.
        let code_sequence = first_receiver.code_sequence as u32;
        let abi_sequence = first_receiver.abi_sequence as u32;
        Ok(ActionReceipt {
            receiver,
            act_digest,
            global_sequence,
            recv_sequence,
            auth_sequence: BTreeMap::new(),
            code_sequence,
            abi_sequence,
        })
    }

    /// Counts the action for each account that authorized it.
    ///
    /// # Errors
    /// `std::logic_error` of the node's database (`std_exception`, 13) in a read-only transaction,
    /// which must not declare authorizations and therefore never gets here unless an inline action
    /// does.
    fn count_authorizations(&mut self, receipt: &mut ActionReceipt) -> Result<(), ChainError> {
        let act = Arc::clone(&self.act);
        for level in &act.authorization {
            if self.is_read_only() {
                let what = "attempting to modify a record in read-only mode";
                return Err(ChainError::database(what));
            }
            let count = self.state.count_authorized(level.actor)?;
            receipt.auth_sequence.insert(level.actor, count);
        }
        Ok(())
    }

    /// The state as the transaction has changed it so far.
    pub fn state(&self) -> &State {
        self.state
    }

    /// The state, to be changed.
    pub(crate) fn state_mut(&mut self) -> &mut State {
        self.state
    }

    /// What runs the code of contracts; `setcode` asks it whether code is valid.
    pub(crate) fn executor(&self) -> &dyn Executor {
        self.executor
    }

    /// The action.
    pub fn action(&self) -> &Arc<Action> {
        &self.act
    }

    /// The account whose code runs; differs from the action's `account` in a notification.
    pub fn receiver(&self) -> Name {
        self.receiver
    }

    /// The time of the block that is being made; the same for all its transactions.
    pub fn block_time(&self) -> TimePoint {
        self.transaction.environment.time()
    }

    /// How the chain came to what runs, from the transaction's own action on, for messages: each
    /// step is `contract::action`, followed by ` at ACCOUNT` if it is a notification of that
    /// account.
    pub fn path(&self) -> Vec<String> {
        let mut path = Vec::new();
        let mut ordinal = self.ordinal;
        while ordinal > 0 {
            let trace = self.transaction.action(ordinal);
            let (account, action) = (trace.act.account, trace.act.name);
            path.push(match trace.receiver == account {
                true => format!("{account}::{action}"),
                false => format!("{account}::{action} at {}", trace.receiver),
            });
            ordinal = trace.creator_action_ordinal;
        }
        path.reverse();
        path
    }

    /// Reports the calls through which the contract came to the place where it fails, innermost
    /// first, for the backtrace; [`Executor::frames`] later names them. `trap` describes the
    /// instruction that could not be executed, if that is why: nodes name the reason for few of
    /// them.
    pub fn set_calls(&mut self, calls: Vec<CodeAddress>, trap: Option<String>) {
        (self.calls, self.trap) = (calls, trap);
    }

    /// How much the transaction may still cost, in units of [`Cost`].
    pub fn budget(&self) -> u64 {
        self.transaction.left()
    }

    /// Counts the cost of work, for the trace and against the budget. Executors call it for
    /// instructions and host functions; the methods of this type do not charge for themselves.
    ///
    /// # Errors
    /// `tx_cpu_usage_exceeded` (3080004) or `block_cpu_usage_exceeded` (3080005) if the budget does
    /// not suffice.
    pub fn charge(&mut self, cost: Cost) -> Result<(), ChainError> {
        self.cost += cost;
        self.transaction.charge(cost)
    }

    /// The error of a transaction that has spent its budget; for executors that count down by
    /// themselves.
    pub fn exhausted(&self) -> ChainError {
        self.transaction.exhausted()
    }

    /// Bills `delta` bytes of RAM to the account, or gives them back, and records it in the trace.
    /// Whether the account has the RAM is checked when the transaction ends.
    ///
    /// # Errors
    /// As [`State::add_ram`].
    pub fn add_ram(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        self.transaction.add_ram(self.state, account, delta)?;
        *self.ram_deltas.entry(account).or_default() += delta;
        Ok(())
    }

    /// Bills the RAM of rows and index entries.
    ///
    /// # Errors
    /// Before `RAM_RESTRICTIONS`, `subjective_block_production_exception` (3100006) if a notified
    /// contract bills another account, and `missing_auth_exception` (3090004) if the payer has not
    /// authorized the action. Then as [`add_ram`](Self::add_ram).
    pub(super) fn add_row_ram(&mut self, payer: Name, delta: i64) -> Result<(), ChainError> {
        // Since `RAM_RESTRICTIONS` this is checked once, when the action ends: see
        // `check_ram_increases`.
        let unchecked = delta <= 0
            || self.privileged
            || payer == self.receiver
            || self.state().has(Feature::RAM_RESTRICTIONS);
        if !unchecked {
            ensure!(
                self.receiver == self.act.account,
                SubjectiveBlockProduction,
                "Cannot charge RAM to other accounts during notify."
            );
            self.require_auth(payer)?;
        }
        self.add_ram(payer, delta)
    }

    /// As [`add_ram`](Self::add_ram), but a change of 0 leaves no entry in the trace.
    pub fn add_ram_unless_zero(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        if delta == 0 {
            return Ok(());
        }
        self.add_ram(account, delta)
    }

    /// Checks that the authority has no WebAuthn key before `WEBAUTHN_KEY` is active. `doing`
    /// completes the message: `creating` or `modifying`.
    ///
    /// # Errors
    /// `unactivated_key_type` (3010015).
    pub fn require_key_types(&self, authority: &Authority, doing: &str) -> Result<(), ChainError> {
        let webauthn = |key: &KeyWeight| matches!(key.key, PublicKey::WebAuthn(_));
        ensure!(
            self.state().has(Feature::WEBAUTHN_KEY) || !authority.keys.iter().any(webauthn),
            UnactivatedKeyType,
            "Unactivated key type used when {doing} permission"
        );
        Ok(())
    }

    /// Adds a permission of an account under the parent with this number, and returns its number.
    /// RAM is billed by the caller.
    ///
    /// # Errors
    /// As [`require_key_types`](Self::require_key_types).
    pub fn create_permission(
        &mut self,
        level: PermissionLevel,
        parent: u64,
        authority: Authority,
    ) -> Result<u64, ChainError> {
        self.require_key_types(&authority, "creating")?;
        let now = self.block_time();
        Ok(self
            .state_mut()
            .create_permission(level, parent, authority, now))
    }
}

/// How many bytes of the console an error message repeats; the trace has all of it. A node repeats
/// all, which makes errors as long as what a contract printed.
const CONSOLE_IN_ERRORS: usize = 4096;

/// The beginning of the console, followed by `...` if it was cut.
fn short(console: &str) -> Cow<'_, str> {
    if console.len() <= CONSOLE_IN_ERRORS {
        return console.into();
    }
    let end = console.floor_char_boundary(CONSOLE_IN_ERRORS);
    format!("{}...", &console[..end]).into()
}

/// A key type of secondary indexes together with the iterators over its entries.
pub trait Iterated: crate::state::IndexKey {
    /// The iterators over entries with keys of this type.
    #[doc(hidden)]
    fn iterators(all: &mut IndexIterators) -> &mut Iterators;
}

/// Implements [`Iterated`] for key types, each with its field of [`IndexIterators`].
macro_rules! iterated {
    ($($type:ty => $field:ident),*) => {
        $(impl Iterated for $type {
            fn iterators(all: &mut IndexIterators) -> &mut Iterators {
                &mut all.$field
            }
        })*
    };
}

iterated!(u64 => u64, u128 => u128, [u128; 2] => u256, Float64 => f64, FloatBits128 => f128);
