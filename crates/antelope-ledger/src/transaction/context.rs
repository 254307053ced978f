//! A transaction while it is executed.

use super::Executor;
use super::limits::Limits;
use super::queries::CONSOLE;
use super::{ApplyContext, Cost, Environment, Input, Kind, header};
use crate::authority::check_actions;
use crate::diagnosis::Evidence;
use crate::state::{Beginning, State};
use antelope_types::{
    Action, ActionTrace, ChainError, Checksum256, Encode, Name, PackedTransaction, PermissionLevel,
    TimePoint, Transaction, TransactionReceipt, TransactionStatus, TransactionTrace, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

/// What a transaction did to the chain.
pub struct Outcome {
    /// The way back, until something else begins.
    pub beginning: Beginning,
    /// What it did.
    pub trace: TransactionTrace,
    /// The digests of the receipts of its actions, in the order of execution.
    pub receipt_digests: Vec<Checksum256>,
}

/// A transaction that failed, and all there was when it did.
pub struct Failed {
    /// Why.
    pub error: ChainError,
    /// What it had done by then.
    pub trace: TransactionTrace,
    /// The state up to there, which is not the chain's.
    pub state: State,
    /// What is kept of the action that failed.
    pub evidence: Evidence,
    /// What was executed.
    pub input: Input,
}

/// A transaction while it is executed: all but the state that it changes.
pub struct TransactionContext {
    /// The block that it is in.
    pub environment: Environment,
    /// What is executed.
    pub input: Input,
    /// What it has done so far.
    pub trace: TransactionTrace,
    /// The digests of the receipts of its actions so far.
    pub receipt_digests: Vec<Checksum256>,
    /// Accounts whose RAM has grown, or whose limit has shrunk.
    pub validate_ram: BTreeSet<Name>,
    /// When it was sent: earlier than now for one that was deferred.
    published: TimePoint,
    /// What is known of the action that failed.
    pub evidence: Evidence,
    pub(super) limits: Limits,
    /// How many more bytes can be printed; none once something was dropped.
    pub(super) console_room: Option<usize>,
}

impl TransactionContext {
    /// Executes the transaction.
    ///
    /// # Errors
    /// Why it failed, with the trace up to there; the state is as it was.
    pub fn execute(
        state: &mut State,
        executor: &dyn Executor,
        environment: Environment,
        input: Input,
    ) -> Result<Outcome, Box<Failed>> {
        let start = Instant::now();
        let trace = TransactionTrace::new(input.id, environment.block_num, environment.timestamp);
        let mut context = Self {
            limits: Limits::new(state),
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
        let result = context.run(session.state, executor);
        context.trace.elapsed = micros(start);
        match result {
            Ok(()) => Ok(Outcome {
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

    fn run(&mut self, state: &mut State, executor: &dyn Executor) -> Result<(), ChainError> {
        let transaction = Arc::clone(&self.input.transaction);
        let signatures = transaction.signatures.len() as u64;
        let transaction = &transaction.transaction;
        match self.input.kind {
            Kind::Ordinary(_) => {
                header::check(state, &self.environment, transaction)?;
                header::check_accounts(state, transaction)?;
                self.begin(state, self.initial_net(state))?;
                self.record(state)?;
                self.charge(Cost::of_work(signatures * Cost::SIGNATURE))?;
            }
            Kind::Deferred(published) => {
                self.published = published;
                self.trace.scheduled = true;
                header::check_deferred(transaction)?;
                self.begin(state, 0)?;
            }
            Kind::OnError(published) => {
                self.begin(state, 0)?;
                self.published = published;
            }
            Kind::Implicit => self.begin(state, 0)?,
            Kind::ReadOnly => {
                header::check_read_only(state, transaction)?;
                self.begin_read_only(state)?;
            }
        }
        if let Kind::Ordinary(provided) = &self.input.kind
            && !provided.unchecked
        {
            check_actions(state, &transaction.actions, provided, false)?;
        }
        if !matches!(self.input.kind, Kind::Deferred(_)) {
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

    /// Whether the transaction is put aside for later.
    pub(super) fn is_delayed(&self) -> bool {
        let header = &self.input.transaction.transaction.header;
        matches!(self.input.kind, Kind::Ordinary(_)) && header.delay_sec.0 > 0
    }

    /// How long ago the transaction was sent, in microseconds.
    pub(super) fn age(&self) -> i64 {
        self.environment.time().micros() - self.published.micros()
    }

    /// Whether the transaction must change nothing.
    pub fn is_read_only(&self) -> bool {
        matches!(self.input.kind, Kind::ReadOnly)
    }

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

    fn finish(&mut self, state: &mut State, transaction: &Transaction) -> Result<(), ChainError> {
        if let Kind::Ordinary(_) = self.input.kind {
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

    /// Appends an action to be executed; its ordinal.
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
            act,
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
        });
        action_ordinal
    }

    /// The trace of the action with this ordinal.
    pub fn action(&self, ordinal: u32) -> &ActionTrace {
        &self.trace.action_traces[ordinal as usize - 1]
    }

    /// The trace of the action with this ordinal.
    pub fn action_mut(&mut self, ordinal: u32) -> &mut ActionTrace {
        &mut self.trace.action_traces[ordinal as usize - 1]
    }

    /// Bills RAM to the account, and remembers to look at its limit in the end.
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

    /// The bytes of the signatures and the context-free data of a transaction, as they travel.
    pub fn prunable_bytes(packed: &PackedTransaction) -> usize {
        packed.signatures.encoded_len() + packed.packed_context_free_data.len()
    }
}

/// The state of the chain while a transaction changes it. What is not kept is taken back, also where
/// something panics.
struct Session<'a> {
    state: &'a mut State,
    beginning: Option<Beginning>,
}

impl<'a> Session<'a> {
    fn new(state: &'a mut State) -> Self {
        let beginning = Some(state.begin());
        Self { state, beginning }
    }

    /// Leaves the state as it is; the way back.
    fn keep(mut self) -> Beginning {
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

/// Microseconds since then.
pub fn micros(start: Instant) -> i64 {
    i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX)
}
