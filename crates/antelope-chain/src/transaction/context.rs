//! A transaction while it is executed.

use super::cost::Budget;
use super::{ApplyContext, Cost, CpuBilling, Environment, Input, Kind, header};
use crate::authority::check_actions;
use crate::diagnosis::Evidence;
use crate::error::{ChainError, ErrorKind, ensure};
use crate::features::Feature;
use crate::state::State;
use crate::trace::{ActionTrace, TransactionReceipt, TransactionStatus, TransactionTrace};
use antelope_types::{
    Action, Checksum256, Encode, Name, PackedTransaction, PermissionLevel, TimePoint, Transaction,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

/// How nodes name the limits of CPU.
const MAX_CPU: &str = "on chain max_transaction_cpu_usage";
const OWN_CPU: &str = "trx specified max_cpu_usage_ms";
const ACCOUNT_CPU: &str = "account cpu limit";

/// What a transaction did to the chain.
pub(crate) struct Outcome {
    /// The state after it.
    pub(crate) state: State,
    pub(crate) trace: TransactionTrace,
    /// The digests of the receipts of its actions, in the order of execution.
    pub(crate) receipt_digests: Vec<Checksum256>,
}

/// A transaction that failed, and all there was when it did.
pub(crate) struct Failed {
    pub(crate) error: ChainError,
    pub(crate) trace: TransactionTrace,
    /// The state up to there, which the chain does not take over.
    pub(crate) state: State,
    pub(crate) evidence: Evidence,
    pub(crate) input: Input,
}

/// A transaction while it is executed.
pub(crate) struct TransactionContext {
    /// The state as the transaction has made it so far.
    pub(crate) state: State,
    pub(crate) environment: Environment,
    pub(crate) input: Input,
    pub(crate) trace: TransactionTrace,
    pub(crate) receipt_digests: Vec<Checksum256>,
    /// Accounts whose RAM has grown, or whose limit has shrunk.
    pub(crate) validate_ram: BTreeSet<Name>,
    /// When it was sent: earlier than now for one that was deferred.
    published: TimePoint,
    /// Who pays for NET and CPU.
    payers: BTreeSet<Name>,
    /// What is known of the action that failed.
    pub(crate) evidence: Evidence,
    budget: Budget,
    net_limit: u64,
    /// What its payers have, and some more, where that is less.
    eager_net_limit: u64,
    net_limited_by_block: bool,
    cpu_limit: i64,
    cpu_limit_reason: &'static str,
}

impl TransactionContext {
    /// Executes the transaction on a copy of the state.
    ///
    /// # Errors
    /// Why it failed, with the trace up to there; the chain's state is as it was.
    pub(crate) fn execute(
        state: &State,
        environment: &Environment,
        input: Input,
    ) -> Result<Outcome, Box<Failed>> {
        let start = Instant::now();
        let trace = TransactionTrace::new(input.id, environment);
        let mut context = Self {
            state: state.clone(),
            budget: Budget::new(max_cpu(state), MAX_CPU),
            environment: environment.clone(),
            input,
            trace,
            receipt_digests: Vec::new(),
            validate_ram: BTreeSet::new(),
            published: environment.time(),
            payers: BTreeSet::new(),
            evidence: Evidence::default(),
            net_limit: 0,
            eager_net_limit: 0,
            net_limited_by_block: true,
            cpu_limit: 0,
            cpu_limit_reason: "",
        };
        let result = context.run();
        context.trace.elapsed = micros(start);
        match result {
            Ok(()) => Ok(Outcome {
                state: context.state,
                trace: context.trace,
                receipt_digests: context.receipt_digests,
            }),
            Err(error) => {
                context.trace.error_code = error.trace_error_code();
                context.trace.except = Some(error.clone());
                Err(Box::new(Failed {
                    error,
                    trace: context.trace,
                    state: context.state,
                    evidence: context.evidence,
                    input: context.input,
                }))
            }
        }
    }

    fn run(&mut self) -> Result<(), ChainError> {
        let transaction = Arc::clone(&self.input.transaction);
        let signatures = transaction.signatures.len() as u64;
        let transaction = &transaction.transaction;
        match self.input.kind {
            Kind::Ordinary(_) => {
                header::check(&self.state, &self.environment, transaction)?;
                header::check_accounts(&self.state, transaction)?;
                self.begin(self.initial_net())?;
                self.record()?;
                self.charge(Cost::of_work(signatures * Cost::SIGNATURE))?;
            }
            Kind::Deferred(published) => {
                self.published = published;
                self.trace.scheduled = true;
                header::check_deferred(transaction)?;
                self.begin(0)?;
            }
            Kind::OnError(published) => {
                self.begin(0)?;
                self.published = published;
            }
            Kind::Implicit => self.begin(0)?,
            Kind::ReadOnly => {
                header::check_read_only(&self.state, transaction)?;
                self.trace.net_usage = self.initial_net();
            }
        }
        if let Kind::Ordinary(provided) = &self.input.kind {
            check_actions(&self.state, &transaction.actions, provided, false)?;
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
            ApplyContext::new(self, ordinal, 0).exec()?;
        }
        if self.is_read_only() {
            // Nobody is billed; nodes tell what it would be.
            self.trace.net_usage = self.trace.net_usage.div_ceil(8) * 8;
            self.trace.receipt = Some(TransactionReceipt {
                status: TransactionStatus::Executed,
                cpu_usage_us: self.state.config.min_transaction_cpu_usage,
                net_usage_words: (self.trace.net_usage / 8) as u32,
            });
            return Ok(());
        }
        if self.is_delayed() {
            self.delay(transaction)?;
        }
        self.finish(transaction)
    }

    /// Whether the transaction is put aside for later.
    fn is_delayed(&self) -> bool {
        let header = &self.input.transaction.transaction.header;
        matches!(self.input.kind, Kind::Ordinary(_)) && header.delay_sec.0 > 0
    }

    /// How long ago the transaction was sent, in microseconds.
    pub(super) fn age(&self) -> i64 {
        self.environment.time().micros() - self.published.micros()
    }

    /// Whether the transaction must change nothing.
    pub(crate) fn is_read_only(&self) -> bool {
        matches!(self.input.kind, Kind::ReadOnly)
    }

    fn initial_net(&self) -> u64 {
        let config = &self.state.config;
        let net = u64::from(config.base_per_transaction_net_usage)
            + crate::config::PACKED_OVERHEAD
            + self.input.packed_bytes as u64
            + config.discounted(self.input.prunable_bytes as u64);
        // What retires the transaction later is paid for now.
        let later = if self.is_delayed() {
            config.deferred_net()
        } else {
            0
        };
        net + later
    }

    /// Uses NET, and fails as soon as it is more than there is.
    pub(super) fn add_net(&mut self, bytes: u64) -> Result<(), ChainError> {
        self.trace.net_usage += bytes;
        check_net(
            self.trace.net_usage,
            self.eager_net_limit,
            self.net_limited_by_block,
        )
    }

    /// Sets the limits, and takes the NET that the transaction costs in any case.
    fn begin(&mut self, net: u64) -> Result<(), ChainError> {
        let config = self.state.config;
        let header = self.input.transaction.transaction.header;
        self.net_limit = self.state.block_resources.net.left();
        self.cpu_limit = self.state.block_resources.cpu.left() as i64;
        if u64::from(config.max_transaction_net_usage) <= self.net_limit {
            self.limit_net(u64::from(config.max_transaction_net_usage));
        }
        let max_cpu = max_cpu(&self.state);
        if max_cpu <= self.cpu_limit {
            self.limit_cpu(max_cpu, MAX_CPU);
        }
        let own_net = u64::from(header.max_net_usage_words.0) * 8;
        let own_cpu = i64::from(header.max_cpu_usage_ms) * 1000;
        if own_net > 0 && own_net <= self.net_limit {
            self.limit_net(own_net);
        }
        if own_cpu > 0 && own_cpu <= self.cpu_limit {
            self.limit_cpu(own_cpu, OWN_CPU);
        }
        self.payers = payers(&self.state, &self.input.transaction.transaction)?;
        let slot = self.environment.timestamp.slot();
        for payer in &self.payers {
            self.state.update_usage(*payer, slot)?;
        }
        let (available, available_cpu) = self.available()?;
        if self.state.cpu_billing == CpuBilling::Cost {
            self.limit_budget(available_cpu);
        }
        self.eager_net_limit = self.net_limit;
        if let Some(available) = available {
            let with_leeway = available + u64::from(config.net_usage_leeway);
            if with_leeway < self.eager_net_limit {
                (self.eager_net_limit, self.net_limited_by_block) = (with_leeway, false);
            }
        }
        self.eager_net_limit = self.eager_net_limit / 8 * 8;
        self.add_net(net)
    }

    /// The NET and the CPU that all payers have left; none for no limit.
    fn available(&self) -> Result<(Option<u64>, Option<i64>), ChainError> {
        let (mut least_net, mut least_cpu) = (None, None);
        for payer in &self.payers {
            let (net, cpu) = self.state.available(*payer)?;
            if let Ok(net) = u64::try_from(net) {
                least_net = Some(least_net.map_or(net, |least: u64| least.min(net)));
            }
            if cpu >= 0 {
                least_cpu = Some(least_cpu.map_or(cpu, |least: i64| least.min(cpu)));
            }
        }
        Ok((least_net, least_cpu))
    }

    fn limit_net(&mut self, limit: u64) {
        (self.net_limit, self.net_limited_by_block) = (limit, false);
    }

    fn limit_cpu(&mut self, limit: i64, reason: &'static str) {
        (self.cpu_limit, self.cpu_limit_reason) = (limit, reason);
    }

    /// Lets the transaction cost no more than it can be billed for.
    fn limit_budget(&mut self, available: Option<i64>) {
        self.budget = match available {
            Some(available) if available <= self.cpu_limit => Budget::new(available, ACCOUNT_CPU),
            _ => Budget::new(self.cpu_limit, self.cpu_limit_reason),
        };
    }

    /// What the transaction may still cost.
    pub(crate) fn left(&self) -> u64 {
        self.budget.left()
    }

    /// Counts what has been done.
    pub(crate) fn charge(&mut self, cost: Cost) -> Result<(), ChainError> {
        self.trace.cost += cost;
        if self.budget.take(cost) {
            Ok(())
        } else {
            Err(self.exhausted())
        }
    }

    /// What it fails with when nothing is left.
    pub(crate) fn exhausted(&self) -> ChainError {
        self.budget.exhausted(&self.trace.id)
    }

    fn record(&mut self) -> Result<(), ChainError> {
        let id = self.input.id;
        let expiration = self.input.transaction.transaction.header.expiration;
        ensure!(
            self.state.record_transaction(id, expiration),
            TxDuplicate,
            "duplicate transaction {id}"
        );
        Ok(())
    }

    fn finish(&mut self, transaction: &Transaction) -> Result<(), ChainError> {
        if let Kind::Ordinary(_) = self.input.kind {
            let now = self.environment.time();
            let used = transaction
                .actions
                .iter()
                .flat_map(|action| &action.authorization);
            for level in used.copied().collect::<BTreeSet<PermissionLevel>>() {
                let key = (level.actor, level.permission);
                self.state.permission(level)?;
                if let Some(permission) = self.state.permissions.get_mut(&key) {
                    permission.last_used = now;
                }
            }
        }
        for account in &self.validate_ram {
            self.state.verify_ram(*account)?;
        }
        let (net, cpu) = self.available()?;
        if let Some(net) = net
            && net <= self.net_limit
        {
            self.limit_net(net);
        }
        if let Some(cpu) = cpu
            && cpu <= self.cpu_limit
        {
            self.limit_cpu(cpu, ACCOUNT_CPU);
        }
        self.trace.net_usage = self.trace.net_usage.div_ceil(8) * 8;
        check_net(
            self.trace.net_usage,
            self.net_limit,
            self.net_limited_by_block,
        )?;
        self.bill()
    }

    /// Bills what does not depend on the machine: what a transaction takes here must not decide
    /// what the next one may do. The time it took is in the trace.
    fn bill(&mut self) -> Result<(), ChainError> {
        let least = self.state.config.min_transaction_cpu_usage;
        let cpu = match self.state.cpu_billing {
            CpuBilling::Minimum => least,
            CpuBilling::Cost => u32::try_from(self.trace.cost.micros())
                .unwrap_or(u32::MAX)
                .max(least),
        };
        let (limit, reason) = (self.cpu_limit, self.cpu_limit_reason);
        if reason.is_empty() {
            ensure!(
                i64::from(cpu) <= limit,
                BlockCpuUsageExceeded,
                "billed CPU time ({cpu} us) is greater than the billable CPU time left in the block ({limit} us)"
            );
        }
        ensure!(
            i64::from(cpu) <= limit,
            TxCpuUsageExceeded,
            "billed CPU time ({cpu} us) is greater than the maximum billable CPU time for the transaction ({limit} us) reached {reason} {limit}us"
        );
        let net = self.trace.net_usage;
        let slot = self.environment.timestamp.slot();
        self.state.bill(&self.payers, u64::from(cpu), net, slot)?;
        let status = match self.input.kind {
            Kind::OnError(_) => TransactionStatus::SoftFail,
            _ if self.is_delayed() => TransactionStatus::Delayed,
            _ => TransactionStatus::Executed,
        };
        self.trace.receipt = Some(TransactionReceipt {
            status,
            cpu_usage_us: cpu,
            net_usage_words: (net / 8) as u32,
        });
        Ok(())
    }

    /// Appends an action to be executed; its ordinal.
    pub(crate) fn schedule(
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
    pub(crate) fn action(&self, ordinal: u32) -> &ActionTrace {
        &self.trace.action_traces[ordinal as usize - 1]
    }

    /// The trace of the action with this ordinal.
    pub(crate) fn action_mut(&mut self, ordinal: u32) -> &mut ActionTrace {
        &mut self.trace.action_traces[ordinal as usize - 1]
    }

    pub(crate) fn add_ram(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        self.state.add_ram(account, delta)?;
        if delta > 0 {
            self.validate_ram.insert(account);
        }
        Ok(())
    }

    /// The bytes of the signatures and the context-free data of a transaction, as they travel.
    pub(crate) fn prunable_bytes(packed: &PackedTransaction) -> usize {
        packed.signatures.encoded_len() + packed.packed_context_free_data.len()
    }
}

/// The first account that authorizes anything, or all of them: who pays.
pub(super) fn payers(
    state: &State,
    transaction: &Transaction,
) -> Result<BTreeSet<Name>, ChainError> {
    if state.has(Feature::ONLY_BILL_FIRST_AUTHORIZER) {
        return first_authorizer(transaction).map(|payer| BTreeSet::from([payer]));
    }
    let actions = transaction.actions.iter();
    let levels = actions.flat_map(|action| &action.authorization);
    Ok(levels.map(|level| level.actor).collect())
}

/// The first account that authorizes anything.
pub(super) fn first_authorizer(transaction: &Transaction) -> Result<Name, ChainError> {
    let mut actions = transaction.actions.iter();
    let first = actions.find_map(|action| action.authorization.first());
    first.map(|level| level.actor).ok_or_else(|| {
        ChainError::new(
            ErrorKind::TxNoAuths,
            "transaction must have at least one authorization",
        )
    })
}

fn max_cpu(state: &State) -> i64 {
    i64::from(state.config.max_transaction_cpu_usage)
}

fn check_net(net_usage: u64, net_limit: u64, by_block: bool) -> Result<(), ChainError> {
    if by_block {
        ensure!(
            net_usage <= net_limit,
            BlockNetUsageExceeded,
            "not enough space left in block: {net_usage} > {net_limit}"
        );
    }
    ensure!(
        net_usage <= net_limit,
        TxNetUsageExceeded,
        "transaction net usage is too high: {net_usage} > {net_limit}"
    );
    Ok(())
}

/// Microseconds since then.
pub(crate) fn micros(start: Instant) -> i64 {
    i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX)
}
