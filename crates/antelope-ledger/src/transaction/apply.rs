//! An action while it is executed, for its contract and for those that it notifies.

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
/// One context serves the action's contract and then each account that it notifies.
pub struct ApplyContext<'a> {
    /// The state as the transaction has made it so far.
    pub(super) state: &'a mut State,
    executor: &'a dyn Executor,
    pub(super) transaction: &'a mut TransactionContext,
    pub(super) act: Arc<Action>,
    pub(super) receiver: Name,
    pub(super) ordinal: u32,
    pub(super) first_ordinal: u32,
    pub(super) depth: u16,
    pub(super) context_free: bool,
    pub(super) privileged: bool,
    pub(super) notified: Vec<(Name, u32)>,
    pub(super) inline: Vec<u32>,
    pub(super) context_free_inline: Vec<u32>,
    ram_deltas: BTreeMap<Name, i64>,
    cost: Cost,
    pub(super) console: Vec<u8>,
    pub(super) return_value: Vec<u8>,
    pub(super) rows: Iterators,
    pub(super) iterators: IndexIterators,
    calls: Vec<CodeAddress>,
    trap: Option<String>,
}

/// The iterators of secondary indexes, each kind of key apart.
#[derive(Default)]
pub struct IndexIterators {
    pub(super) u64: Iterators,
    pub(super) u128: Iterators,
    pub(super) u256: Iterators,
    pub(super) f64: Iterators,
    pub(super) f128: Iterators,
}

impl<'a> ApplyContext<'a> {
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

    /// Executes the action, then what it notified, then what those sent.
    pub(super) fn exec(mut self) -> Result<(), ChainError> {
        self.notified.push((self.receiver, self.ordinal));
        let mut next = 0;
        while let Some(&(receiver, ordinal)) = self.notified.get(next) {
            (self.receiver, self.ordinal) = (receiver, ordinal);
            self.exec_one()?;
            next += 1;
        }
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

    /// A contract may let others pay for RAM only if they have authorized the action it was sent.
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

    /// Counts what accounts have authorized, which a transaction that must change nothing may not.
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

    /// The state of the chain, with what the transaction has done so far.
    pub fn state(&self) -> &State {
        self.state
    }

    pub(crate) fn state_mut(&mut self) -> &mut State {
        self.state
    }

    pub(crate) fn executor(&self) -> &dyn Executor {
        self.executor
    }

    /// The action.
    pub fn action(&self) -> &Arc<Action> {
        &self.act
    }

    /// Whose contract runs.
    pub fn receiver(&self) -> Name {
        self.receiver
    }

    /// The time of the block.
    pub fn block_time(&self) -> TimePoint {
        self.transaction.environment.time()
    }

    /// The way to what runs, from the transaction's own action on: `contract::action`, with the
    /// account where it is a notification.
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

    /// Tells through which calls a contract came to what it fails with, the innermost first; for the
    /// backtrace of the failure, where [`Executor::frames`] says what the addresses are called. Where
    /// it was an instruction that could not be executed, says why: nodes tell that of few.
    pub fn set_calls(&mut self, calls: Vec<CodeAddress>, trap: Option<String>) {
        (self.calls, self.trap) = (calls, trap);
    }

    /// What the transaction may still cost: see [`Cost`].
    pub fn budget(&self) -> u64 {
        self.transaction.left()
    }

    /// Counts what the action has cost. What executes contracts calls it; host functions that are
    /// called otherwise count nothing.
    ///
    /// # Errors
    /// `tx_cpu_usage_exceeded` or `block_cpu_usage_exceeded` where it is more than may be.
    pub fn charge(&mut self, cost: Cost) -> Result<(), ChainError> {
        self.cost += cost;
        self.transaction.charge(cost)
    }

    /// What the transaction fails with when it has cost as much as it may.
    pub fn exhausted(&self) -> ChainError {
        self.transaction.exhausted()
    }

    /// Bills RAM to the account.
    pub fn add_ram(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        self.transaction.add_ram(self.state, account, delta)?;
        *self.ram_deltas.entry(account).or_default() += delta;
        Ok(())
    }

    /// Bills RAM of rows to the account.
    pub(super) fn add_row_ram(&mut self, payer: Name, delta: i64) -> Result<(), ChainError> {
        // Since `RAM_RESTRICTIONS` who may be billed is looked at when the action ends.
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

    /// Bills RAM to the account; where it is none, the trace does not mention it.
    pub fn add_ram_unless_zero(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        if delta == 0 {
            return Ok(());
        }
        self.add_ram(account, delta)
    }

    /// Fails for keys of a kind that is not active.
    pub fn require_key_types(&self, authority: &Authority, doing: &str) -> Result<(), ChainError> {
        let webauthn = |key: &KeyWeight| matches!(key.key, PublicKey::WebAuthn(_));
        ensure!(
            self.state().has(Feature::WEBAUTHN_KEY) || !authority.keys.iter().any(webauthn),
            UnactivatedKeyType,
            "Unactivated key type used when {doing} permission"
        );
        Ok(())
    }

    /// Adds a permission; its number.
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

/// Bytes of the console that an error repeats; the trace has all of it.
const CONSOLE_IN_ERRORS: usize = 4096;

/// The beginning of what an action printed, with `...` where the rest was.
fn short(console: &str) -> Cow<'_, str> {
    if console.len() <= CONSOLE_IN_ERRORS {
        return console.into();
    }
    let end = console.floor_char_boundary(CONSOLE_IN_ERRORS);
    format!("{}...", &console[..end]).into()
}

/// A key type of secondary indexes, and where its iterators are.
pub trait Iterated: crate::state::IndexKey {
    #[doc(hidden)]
    fn iterators(all: &mut IndexIterators) -> &mut Iterators;
}

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
