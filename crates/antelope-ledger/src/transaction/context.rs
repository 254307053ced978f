//! A transaction while it is executed: the order of its phases, and the trace that it leaves.
//!
//! Mirrors `transaction_context` of a node (`libraries/chain/transaction_context.cpp`):
//! `init_for_…`, `exec` and `finalize` are the first, middle and last part of `run` here.

use super::Executor;
use super::limits::TransactionLimits;
use super::queries::CONSOLE;
use super::{ApplyContext, Cost, Environment, Input, TransactionKind, header};
use crate::authority::check_actions;
use crate::diagnosis::Evidence;
use crate::state::{Beginning, Notes, State};
use antelope_types::{
    Action, ActionTrace, ChainError, Checksum256, Encode, Name, PackedTransaction, PermissionLevel,
    TimePoint, Transaction, TransactionReceipt, TransactionStatus, TransactionTrace, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

/// What a transaction did that succeeded. The state has its changes.
pub struct Executed {
    /// The way back: `State::undo` takes the transaction back with it, until the next one begins.
    pub beginning: Beginning,
    /// The trace, as `/v1/chain/send_transaction2` shows it.
    pub trace: TransactionTrace,
    /// The digests of the receipts of its actions and notifications, in the order of execution:
    /// leaves of the block's `action_mroot`.
    pub receipt_digests: Vec<Checksum256>,
}

/// A transaction that failed, and everything that is known of the failure. The state of the chain
/// is as before.
pub struct Failed {
    /// Why it failed.
    pub error: ChainError,
    /// The trace up to the failure, with the error in `except` and in the action that failed.
    pub trace: TransactionTrace,
    /// The state at the moment of the failure, for diagnosis. It is not the chain's.
    pub state: State,
    /// What is kept of the action that failed.
    pub evidence: Evidence,
    /// The transaction that was executed.
    pub input: Input,
}

/// A transaction while it is executed: everything but the state that it changes.
pub struct TransactionContext {
    /// The block that the transaction is in.
    pub environment: Environment,
    /// The transaction.
    pub input: Input,
    /// The trace so far. Its list of actions is also the list of what is to be executed: `schedule`
    /// appends to it.
    pub trace: TransactionTrace,
    /// The digests of the receipts so far.
    pub receipt_digests: Vec<Checksum256>,
    /// Accounts whose RAM has grown or whose quota has shrunk: their quotas are checked in the end.
    pub validate_ram: BTreeSet<Name>,
    /// When the transaction was sent. The block's time, except for deferred ones.
    published: TimePoint,
    /// What is kept of the action that failed; empty until one does.
    pub evidence: Evidence,
    /// What may be used of NET and CPU, and who pays.
    pub(super) limits: TransactionLimits,
    /// How many more bytes can be printed; `None` once something was dropped.
    pub(super) console_room: Option<usize>,
}

impl TransactionContext {
    /// Executes a transaction. The changes stay in `state`; the returned [`Executed`] can take them
    /// back.
    ///
    /// A panic in the executor also leaves the state as it was, since the undo session takes back
    /// what is not kept.
    ///
    /// In a fork, a transaction that looks for something which was not taken over fails, and what it
    /// is is noted: see [`missing_during`](crate::state::missing_during).
    ///
    /// # Errors
    /// [`Failed`], with the reason and the trace up to there; the state is as it was.
    pub fn execute(
        state: &mut State,
        executor: &dyn Executor,
        environment: Environment,
        input: Input,
    ) -> Result<Executed, Box<Failed>> {
        let Some(shadow) = executor.shadow() else {
            return Self::execute_once(state, executor, environment, input);
        };
        let (mut copy, again) = (state.clone(), input.clone());
        let outcome = Self::execute_once(state, executor, environment, input);
        let repeated = Self::execute_once(&mut copy, shadow, environment, again);
        if let (Ok(_), Err(failed)) = (&outcome, repeated) {
            shadow.diverged(&failed.error);
        }
        outcome
    }

    fn execute_once(
        state: &mut State,
        executor: &dyn Executor,
        environment: Environment,
        input: Input,
    ) -> Result<Executed, Box<Failed>> {
        let start = Instant::now();
        let trace = TransactionTrace::new(input.id, environment.block_num, environment.timestamp);
        let mut context = Self {
            limits: TransactionLimits::new(state),
            environment,
            input,
            trace,
            receipt_digests: Vec::new(),
            validate_ram: BTreeSet::new(),
            published: environment.time(),
            evidence: Evidence::default(),
            console_room: Some(CONSOLE),
        };
        let session = Session::new(state);
        let notes = Notes::begin();
        let result = context.run(session.state, executor, &notes);
        // In a fork, whatever it came to is of no account if it has missed anything.
        let result = notes.check().and(result);
        context.trace.elapsed = micros(start);
        match result {
            Ok(()) => Ok(Executed {
                beginning: session.keep(),
                trace: context.trace,
                receipt_digests: context.receipt_digests,
            }),
            Err(error) => {
                context.trace.error_code = error.trace_error_code();
                context.trace.except = Some(error.clone());
                Err(Box::new(Failed {
                    error,
                    trace: context.trace,
                    state: session.state.clone(),
                    evidence: context.evidence,
                    input: context.input,
                }))
            }
        }
    }

    /// The phases, in the order of the table in the [module](super).
    ///
    /// The kinds of transactions differ in what they skip. Only ordinary ones are checked against
    /// header rules, recorded and authorized; deferred ones had this when they were sent; read-only
    /// ones are not billed.
    fn run(
        &mut self,
        state: &mut State,
        executor: &dyn Executor,
        notes: &Notes,
    ) -> Result<(), ChainError> {
        let transaction = Arc::clone(&self.input.transaction);
        let signatures = transaction.signatures.len() as u64;
        let transaction = &transaction.transaction;
        match self.input.kind {
            TransactionKind::Ordinary(_) => {
                header::check(state, &self.environment, transaction)?;
                header::check_accounts(state, transaction)?;
                self.begin(state, self.initial_net(state))?;
                self.record(state)?;
                self.charge(Cost::of_work(signatures * Cost::SIGNATURE))?;
            }
            TransactionKind::Deferred(published) => {
                self.published = published;
                self.trace.scheduled = true;
                header::check_deferred(transaction)?;
                self.begin(state, 0)?;
            }
            TransactionKind::OnError(published) => {
                self.begin(state, 0)?;
                self.published = published;
            }
            TransactionKind::Implicit => self.begin(state, 0)?,
            TransactionKind::ReadOnly => {
                header::check_read_only(state, transaction)?;
                self.begin_read_only(state)?;
            }
        }
        if let TransactionKind::Ordinary(provided) = &self.input.kind {
            check_actions(state, &transaction.actions, provided, false)?;
        }
        // The context-free actions of a delayed transaction run when it is sent, not when it is
        // due.
        if !matches!(self.input.kind, TransactionKind::Deferred(_)) {
            for action in &transaction.context_free_actions {
                self.schedule(Arc::new(action.clone()), action.account, true, 0, 0);
            }
        }
        if !self.is_delayed() {
            for action in &transaction.actions {
                let receiver = self.input.receiver(action);
                self.schedule(Arc::new(action.clone()), receiver, false, 0, 0);
            }
        }
        for ordinal in 1..=self.trace.action_traces.len() as u32 {
            ApplyContext::new(state, executor, self, ordinal, 0).exec()?;
            notes.check()?;
        }
        if self.is_read_only() {
            // Nobody is billed; nodes tell what it would be.
            self.trace.net_usage = self.trace.net_usage.div_ceil(8) * 8;
            self.trace.receipt = Some(TransactionReceipt {
                status: TransactionStatus::Executed,
                cpu_usage_us: state.global.config.min_transaction_cpu_usage,
                net_usage_words: (self.trace.net_usage / 8) as u32,
            });
            return Ok(());
        }
        if self.is_delayed() {
            self.delay(state, transaction)?;
        }
        self.finish(state, transaction)
    }

    /// Whether the transaction is put aside to be executed after its delay.
    pub(super) fn is_delayed(&self) -> bool {
        let header = &self.input.transaction.transaction.header;
        matches!(self.input.kind, TransactionKind::Ordinary(_)) && header.delay_sec.0 > 0
    }

    /// How long ago the transaction was sent, in microseconds: the delay that counts for its inline
    /// actions.
    pub(super) fn age(&self) -> i64 {
        self.environment.time().micros() - self.published.micros()
    }

    /// Whether the transaction must not change the state.
    pub fn is_read_only(&self) -> bool {
        matches!(self.input.kind, TransactionKind::ReadOnly)
    }

    /// Remembers the transaction's id until it expires.
    ///
    /// # Errors
    /// `tx_duplicate` (3040008) if it is remembered already.
    fn record(&mut self, state: &mut State) -> Result<(), ChainError> {
        let id = self.input.id;
        let expiration = self.input.transaction.transaction.header.expiration;
        ensure!(
            state.record_transaction(id, expiration),
            TxDuplicate,
            "duplicate transaction {id}"
        );
        Ok(())
    }

    /// Marks the permissions as used, checks RAM quotas and bills NET and CPU: `finalize` of a
    /// node.
    fn finish(&mut self, state: &mut State, transaction: &Transaction) -> Result<(), ChainError> {
        if let TransactionKind::Ordinary(_) = self.input.kind {
            let now = self.environment.time();
            let used = transaction
                .actions
                .iter()
                .flat_map(|action| &action.authorization);
            for level in used.copied().collect::<BTreeSet<PermissionLevel>>() {
                let key = (level.actor, level.permission);
                state.permission(level)?;
                if let Some(permission) = state.permissions.get_mut(&key) {
                    permission.last_used = now;
                }
            }
        }
        for account in &self.validate_ram {
            state.verify_ram(*account)?;
        }
        self.settle(state)
    }

    /// Appends an action to be executed, and returns its ordinal, counted from 1.
    ///
    /// `creator` is the ordinal of the action that sends or notifies, 0 for actions of the
    /// transaction; `closest_unnotified_ancestor` is that of the nearest ancestor that is not a
    /// notification. Ordinals are given when actions are sent, so they do not follow the order of
    /// execution.
    pub fn schedule(
        &mut self,
        act: Arc<Action>,
        receiver: Name,
        context_free: bool,
        creator: u32,
        closest_unnotified_ancestor: u32,
    ) -> u32 {
        let action_ordinal = self.trace.action_traces.len() as u32 + 1;
        self.trace.action_traces.push(ActionTrace {
            action_ordinal,
            creator_action_ordinal: creator,
            closest_unnotified_ancestor_action_ordinal: closest_unnotified_ancestor,
            receipt: None,
            receiver,
            act: act.into(),
            context_free,
            elapsed: 0,
            cost: Cost::default(),
            console: String::new(),
            trx_id: self.trace.id,
            block_num: self.trace.block_num,
            block_time: self.trace.block_time,
            producer_block_id: None,
            account_ram_deltas: Default::default(),
            except: None,
            error_code: None,
            return_value: Vec::new(),
            return_value_data: None,
        });
        action_ordinal
    }

    /// The trace of the action with this ordinal.
    ///
    /// # Panics
    /// For 0 and for an ordinal that [`schedule`](Self::schedule) has not given.
    pub fn action(&self, ordinal: u32) -> &ActionTrace {
        &self.trace.action_traces[ordinal as usize - 1]
    }

    /// The trace of the action with this ordinal, to be changed.
    ///
    /// # Panics
    /// As [`action`](Self::action).
    pub fn action_mut(&mut self, ordinal: u32) -> &mut ActionTrace {
        &mut self.trace.action_traces[ordinal as usize - 1]
    }

    /// Bills `delta` bytes of RAM to the account. If that is more than before, the quota of the
    /// account is checked when the transaction ends.
    ///
    /// # Errors
    /// As [`State::add_ram`].
    pub fn add_ram(
        &mut self,
        state: &mut State,
        account: Name,
        delta: i64,
    ) -> Result<(), ChainError> {
        state.add_ram(account, delta)?;
        if delta > 0 {
            self.validate_ram.insert(account);
        }
        Ok(())
    }

    /// The bytes of a transaction's signatures and context-free data on the wire, which nodes may
    /// prune and for which NET is discounted.
    pub fn prunable_bytes(packed: &PackedTransaction) -> usize {
        packed.signatures.encoded_len() + packed.packed_context_free_data.len()
    }
}

/// The state while a transaction changes it. Dropping it without [`keep`](Self::keep) takes the
/// changes back, also while a panic unwinds.
struct Session<'a> {
    state: &'a mut State,
    /// The way back; `None` once the changes are kept.
    beginning: Option<Beginning>,
}

impl<'a> Session<'a> {
    /// Begins a session.
    fn new(state: &'a mut State) -> Self {
        let beginning = Some(state.begin());
        Self { state, beginning }
    }

    /// Keeps the changes, and returns the way back.
    fn keep(mut self) -> Beginning {
        // `None` cannot be here, since only `keep` and `drop` take it.
        match self.beginning.take() {
            Some(beginning) => beginning,
            None => self.state.begin(),
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Some(beginning) = self.beginning.take() {
            self.state.undo(beginning);
        }
    }
}

/// The microseconds of real time since `start`. Only traces report them; no rule depends on them.
pub fn micros(start: Instant) -> i64 {
    i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX)
}
