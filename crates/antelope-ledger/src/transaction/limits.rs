//! How much NET and CPU a transaction may use, who pays for it, and what is billed.
//!
//! Mirrors `init`, `check_net_usage`, `finalize` and `validate_cpu_usage_to_bill` of
//! `libraries/chain/transaction_context.cpp` of a node.
//!
//! NET is known exactly, in bytes: the size of the transaction with fixed additions, billed in
//! words of 8 bytes. CPU on a node is measured time. Here it is the minimum or follows from the
//! [`Cost`] of the transaction, as the chain's [`CpuBilling`] says, so that a bill does not depend
//! on the machine.
//!
//! Each resource has several limits: what the block has left, the chain's limit for a transaction,
//! the limit in the transaction's header, and what the paying accounts have left. The smallest
//! applies, and the error names it.

use super::budget::Budget;
use super::{Cost, TransactionContext, TransactionKind};
use crate::state::State;
use antelope_types::{
    ChainError, CpuBilling, ErrorKind, Feature, Name, Transaction, TransactionReceipt,
    TransactionStatus, ensure,
};
use std::collections::BTreeSet;

/// The limit of CPU by the chain's parameters, in the words of a node's messages.
const MAX_CPU: &str = "on chain max_transaction_cpu_usage";
/// The limit of CPU that the transaction's header sets, in the words of a node's messages.
const OWN_CPU: &str = "trx specified max_cpu_usage_ms";
/// The limit of CPU by what the paying accounts have left, in the words of a node's messages.
const ACCOUNT_CPU: &str = "account cpu limit";

/// How much a transaction may use, and who pays for it. Set when it begins.
pub(super) struct TransactionLimits {
    /// The accounts that are billed for NET and CPU.
    payers: BTreeSet<Name>,
    /// What is left of the limit of CPU, in units of [`Cost`].
    budget: Budget,
    /// The most NET that the transaction may use, in bytes.
    net: u64,
    /// The limit of NET that is checked while the transaction runs, in bytes: also what the payers
    /// have, plus a leeway, because their limits may still be raised by the transaction itself.
    eager_net: u64,
    /// Whether the limit of NET is that of the block, which makes it another error.
    net_by_block: bool,
    /// The most CPU that may be billed, in microseconds.
    cpu: i64,
    /// The name of the limit of CPU for the error; empty for that of the block.
    cpu_reason: &'static str,
}

impl TransactionLimits {
    /// The limits of a transaction before it begins: CPU by the chain's parameters, nothing else.
    pub(super) fn new(state: &State) -> Self {
        Self {
            payers: BTreeSet::new(),
            budget: Budget::new(max_cpu(state), MAX_CPU),
            net: 0,
            eager_net: 0,
            net_by_block: true,
            cpu: 0,
            cpu_reason: "",
        }
    }

    /// Lowers the limit of NET to one that is not the block's.
    fn limit_net(&mut self, limit: u64) {
        (self.net, self.net_by_block) = (limit, false);
    }

    /// Lowers the limit of CPU, and says which limit it is.
    fn limit_cpu(&mut self, limit: i64, reason: &'static str) {
        (self.cpu, self.cpu_reason) = (limit, reason);
    }

    /// Sets the budget to what can be billed: the limit of CPU, or less if the payers have less
    /// left.
    fn limit_budget(&mut self, available: Option<i64>) {
        self.budget = match available {
            Some(available) if available <= self.cpu => Budget::new(available, ACCOUNT_CPU),
            _ => Budget::new(self.cpu, self.cpu_reason),
        };
    }
}

impl TransactionContext {
    /// The NET that the transaction uses before it does anything, in bytes: the chain's base, the
    /// packed transaction with its frame of 16 bytes, its signatures and context-free data at a
    /// discount, and for a delayed transaction what retiring it later will use.
    pub(super) fn initial_net(&self, state: &State) -> u64 {
        let config = &state.global.config;
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

    /// Adds to the NET of the transaction.
    ///
    /// # Errors
    /// `tx_net_usage_exceeded` (3080002) or `block_net_usage_exceeded` (3080003) as soon as it is
    /// too much.
    pub(super) fn add_net(&mut self, bytes: u64) -> Result<(), ChainError> {
        self.trace.net_usage += bytes;
        check_net(
            self.trace.net_usage,
            self.limits.eager_net,
            self.limits.net_by_block,
        )
    }

    /// Adds the NET of a read-only transaction. Nobody pays for it, so that only the block and the
    /// transaction's own `max_net_usage_words` limit it.
    ///
    /// # Errors
    /// As [`add_net`](Self::add_net).
    pub(super) fn begin_read_only(&mut self, state: &State) -> Result<(), ChainError> {
        let header = self.input.transaction.transaction.header;
        self.limits.net = state.global.block_resources.net.left();
        let own = u64::from(header.max_net_usage_words.0) * 8;
        if own > 0 && own <= self.limits.net {
            self.limits.limit_net(own);
        }
        self.limits.eager_net = self.limits.net / 8 * 8;
        self.add_net(self.initial_net(state))
    }

    /// Sets all limits, lets the usage of the payers decay to this slot, and adds `net` bytes.
    ///
    /// The order in which limits are lowered decides which of two equal ones the error names.
    ///
    /// # Errors
    /// As [`add_net`](Self::add_net), and `tx_no_auths` (3040003) if nobody pays.
    pub(super) fn begin(&mut self, state: &mut State, net: u64) -> Result<(), ChainError> {
        let config = state.global.config;
        let header = self.input.transaction.transaction.header;
        self.limits.net = state.global.block_resources.net.left();
        self.limits.cpu = state.global.block_resources.cpu.left() as i64;
        // Each limit replaces the one before if it is not greater, which also decides the error
        // that is reported when two are equal.
        if u64::from(config.max_transaction_net_usage) <= self.limits.net {
            self.limits
                .limit_net(u64::from(config.max_transaction_net_usage));
        }
        let max_cpu = max_cpu(state);
        if max_cpu <= self.limits.cpu {
            self.limits.limit_cpu(max_cpu, MAX_CPU);
        }
        let own_net = u64::from(header.max_net_usage_words.0) * 8;
        let own_cpu = i64::from(header.max_cpu_usage_ms) * 1000;
        if own_net > 0 && own_net <= self.limits.net {
            self.limits.limit_net(own_net);
        }
        if own_cpu > 0 && own_cpu <= self.limits.cpu {
            self.limits.limit_cpu(own_cpu, OWN_CPU);
        }
        // Decayed to this slot before anything is compared with it.
        self.limits.payers = payers(state, &self.input.transaction.transaction)?;
        let slot = self.environment.timestamp.slot();
        for payer in &self.limits.payers {
            state.update_usage(*payer, slot)?;
        }
        let (available, available_cpu) = self.available(state)?;
        if state.global.cpu_billing == CpuBilling::Cost {
            self.limits.limit_budget(available_cpu);
        }
        self.limits.eager_net = self.limits.net;
        if let Some(available) = available {
            let with_leeway = available + u64::from(config.net_usage_leeway);
            if with_leeway < self.limits.eager_net {
                (self.limits.eager_net, self.limits.net_by_block) = (with_leeway, false);
            }
        }
        // Rounded down, since NET is billed rounded up to whole words.
        self.limits.eager_net = self.limits.eager_net / 8 * 8;
        self.add_net(net)
    }

    /// What the poorest of the payers has left, NET in bytes and CPU in microseconds; `None` for no
    /// limit.
    fn available(&self, state: &State) -> Result<(Option<u64>, Option<i64>), ChainError> {
        let (mut least_net, mut least_cpu) = (None, None);
        for payer in &self.limits.payers {
            let (net, cpu) = state.available(*payer)?;
            if let Ok(net) = u64::try_from(net) {
                least_net = Some(least_net.map_or(net, |least: u64| least.min(net)));
            }
            if cpu >= 0 {
                least_cpu = Some(least_cpu.map_or(cpu, |least: i64| least.min(cpu)));
            }
        }
        Ok((least_net, least_cpu))
    }

    /// What the transaction may still cost, in units of [`Cost`].
    pub fn left(&self) -> u64 {
        self.limits.budget.left()
    }

    /// Adds a cost to the trace, and takes it from the budget.
    ///
    /// # Errors
    /// `tx_cpu_usage_exceeded` (3080004) or `block_cpu_usage_exceeded` (3080005) if the budget does
    /// not suffice.
    pub fn charge(&mut self, cost: Cost) -> Result<(), ChainError> {
        self.trace.cost += cost;
        if self.limits.budget.take(cost) {
            Ok(())
        } else {
            Err(self.exhausted())
        }
    }

    /// The error of a transaction that has spent its budget.
    pub fn exhausted(&self) -> ChainError {
        self.limits.budget.exhausted(&self.trace.id)
    }

    /// Checks NET and CPU against what the payers have left now, when the transaction has ended,
    /// and bills them.
    ///
    /// # Errors
    /// As [`add_net`](Self::add_net), and those of billing CPU.
    pub(super) fn settle(&mut self, state: &mut State) -> Result<(), ChainError> {
        let (net, cpu) = self.available(state)?;
        if let Some(net) = net
            && net <= self.limits.net
        {
            self.limits.limit_net(net);
        }
        if let Some(cpu) = cpu
            && cpu <= self.limits.cpu
        {
            self.limits.limit_cpu(cpu, ACCOUNT_CPU);
        }
        self.trace.net_usage = self.trace.net_usage.div_ceil(8) * 8;
        check_net(
            self.trace.net_usage,
            self.limits.net,
            self.limits.net_by_block,
        )?;
        self.bill(state)
    }

    /// Bills CPU and NET to the payers and to the block, and sets the receipt.
    ///
    /// What is billed does not depend on the machine: the time that one transaction takes here must
    /// not decide what the next one may do. The measured time is in the trace only.
    ///
    /// # Errors
    /// `tx_cpu_usage_exceeded` (3080004), `block_cpu_usage_exceeded` (3080005), and as
    /// [`State::bill`].
    fn bill(&mut self, state: &mut State) -> Result<(), ChainError> {
        let least = state.global.config.min_transaction_cpu_usage;
        let cpu = match state.global.cpu_billing {
            CpuBilling::Minimum => least,
            CpuBilling::Cost => u32::try_from(self.trace.cost.micros())
                .unwrap_or(u32::MAX)
                .max(least),
        };
        let (limit, reason) = (self.limits.cpu, self.limits.cpu_reason);
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
        state.bill(&self.limits.payers, u64::from(cpu), net, slot)?;
        let status = match self.input.kind {
            TransactionKind::OnError(_) => TransactionStatus::SoftFail,
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
}

/// The accounts that pay for NET and CPU: the first authorizer since `ONLY_BILL_FIRST_AUTHORIZER`,
/// and before it all accounts that authorize an action, each in full.
///
/// # Errors
/// As [`first_authorizer`].
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

/// The actor of the first declared permission of the first action that declares any.
///
/// # Errors
/// `tx_no_auths` (3040003) if no action declares a permission.
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

/// The chain's `max_transaction_cpu_usage`, in microseconds.
fn max_cpu(state: &State) -> i64 {
    i64::from(state.global.config.max_transaction_cpu_usage)
}

/// Checks NET against a limit, both in bytes.
///
/// # Errors
/// `block_net_usage_exceeded` (3080003) if the limit is the block's, otherwise
/// `tx_net_usage_exceeded` (3080002).
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
