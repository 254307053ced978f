//! What a transaction may use of NET and CPU, and what is billed for it.

use super::budget::Budget;
use super::{Cost, Kind, TransactionContext};
use crate::state::State;
use antelope_types::{
    ChainError, CpuBilling, ErrorKind, Feature, Name, Transaction, TransactionReceipt,
    TransactionStatus, ensure,
};
use std::collections::BTreeSet;

/// How nodes name the limits of CPU.
const MAX_CPU: &str = "on chain max_transaction_cpu_usage";
const OWN_CPU: &str = "trx specified max_cpu_usage_ms";
const ACCOUNT_CPU: &str = "account cpu limit";

/// How much a transaction may use, and who pays for it.
pub(super) struct Limits {
    /// Who pays for NET and CPU.
    payers: BTreeSet<Name>,
    budget: Budget,
    net: u64,
    /// What its payers have, and some more, where that is less.
    eager_net: u64,
    net_by_block: bool,
    cpu: i64,
    cpu_reason: &'static str,
}

impl Limits {
    /// Those of a transaction that has not begun.
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

    fn limit_net(&mut self, limit: u64) {
        (self.net, self.net_by_block) = (limit, false);
    }

    fn limit_cpu(&mut self, limit: i64, reason: &'static str) {
        (self.cpu, self.cpu_reason) = (limit, reason);
    }

    /// Lets the transaction cost no more than it can be billed for.
    fn limit_budget(&mut self, available: Option<i64>) {
        self.budget = match available {
            Some(available) if available <= self.cpu => Budget::new(available, ACCOUNT_CPU),
            _ => Budget::new(self.cpu, self.cpu_reason),
        };
    }
}

impl TransactionContext {
    /// What the transaction takes of NET in any case.
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

    /// Uses NET, and fails as soon as it is more than there is.
    pub(super) fn add_net(&mut self, bytes: u64) -> Result<(), ChainError> {
        self.trace.net_usage += bytes;
        check_net(
            self.trace.net_usage,
            self.limits.eager_net,
            self.limits.net_by_block,
        )
    }

    /// Takes the NET that a transaction costs that is only read. Nobody pays for it, so that only the
    /// block and the transaction itself limit it.
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

    /// Sets the limits, and takes the NET that the transaction costs in any case.
    pub(super) fn begin(&mut self, state: &mut State, net: u64) -> Result<(), ChainError> {
        let config = state.global.config;
        let header = self.input.transaction.transaction.header;
        self.limits.net = state.global.block_resources.net.left();
        self.limits.cpu = state.global.block_resources.cpu.left() as i64;
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
        self.limits.eager_net = self.limits.eager_net / 8 * 8;
        self.add_net(net)
    }

    /// The NET and the CPU that all payers have left; none for no limit.
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

    /// What the transaction may still cost.
    pub fn left(&self) -> u64 {
        self.limits.budget.left()
    }

    /// Counts what has been done.
    pub fn charge(&mut self, cost: Cost) -> Result<(), ChainError> {
        self.trace.cost += cost;
        if self.limits.budget.take(cost) {
            Ok(())
        } else {
            Err(self.exhausted())
        }
    }

    /// What it fails with when nothing is left.
    pub fn exhausted(&self) -> ChainError {
        self.limits.budget.exhausted(&self.trace.id)
    }

    /// Takes what was used from the payers, as far as the limits allow.
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

    /// Bills what does not depend on the machine: what a transaction takes here must not decide
    /// what the next one may do. The time it took is in the trace.
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
    i64::from(state.global.config.max_transaction_cpu_usage)
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
