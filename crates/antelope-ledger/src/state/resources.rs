//! Limits and usage of RAM, NET and CPU, of accounts and of blocks.

use super::State;
use super::usage::{PRECISION, Usage};
use crate::config::{ACCOUNT_WINDOW, BLOCK_WINDOW, ChainConfig, ELASTIC_MULTIPLIER};
use antelope_types::{ChainError, ErrorKind, Name, ensure};

/// What an account may use; -1 for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// RAM, in bytes.
    pub ram_bytes: i64,
    /// Its share of NET.
    pub net_weight: i64,
    /// Its share of CPU.
    pub cpu_weight: i64,
}

impl Limits {
    /// No limits: what a new account has.
    pub const UNLIMITED: Self = Self {
        ram_bytes: -1,
        net_weight: -1,
        cpu_weight: -1,
    };
}

/// What an account may use and has used.
#[derive(Clone, Copy, Debug)]
pub struct AccountResources {
    /// The limits; new ones hold from the next block on.
    pub limits: Limits,
    /// RAM in use, in bytes.
    pub ram_usage: u64,
    /// NET used, in bytes.
    pub net_usage: Usage,
    /// CPU used, in microseconds.
    pub cpu_usage: Usage,
}

impl Default for AccountResources {
    fn default() -> Self {
        Self {
            limits: Limits::UNLIMITED,
            ram_usage: 0,
            net_usage: Usage::default(),
            cpu_usage: Usage::default(),
        }
    }
}

/// A limit of blocks that grows while they are light and shrinks while they are not.
#[derive(Clone, Copy, Debug)]
pub struct ElasticLimit {
    /// What all accounts together may use in a block.
    pub virtual_limit: u64,
    /// What this block has used.
    pub pending: u64,
    /// The sum of the accounts' shares.
    pub total_weight: u64,
    pub target: u64,
    pub max: u64,
    pub average: Usage,
}

impl ElasticLimit {
    fn new(target: u64, max: u64) -> Self {
        Self {
            virtual_limit: max,
            pending: 0,
            total_weight: 0,
            target,
            max,
            average: Usage::default(),
        }
    }

    /// What the block has left.
    pub fn left(&self) -> u64 {
        self.max.saturating_sub(self.pending)
    }

    fn end_block(&mut self, number: u32, target: u64, max: u64) -> Result<(), ChainError> {
        (self.target, self.max) = (target, max);
        self.average.add(self.pending, number, BLOCK_WINDOW)?;
        let limit = if self.average.average() > self.target {
            self.virtual_limit * 99 / 100
        } else {
            self.virtual_limit * 1000 / 999
        };
        self.virtual_limit = limit.max(self.max).min(self.max * ELASTIC_MULTIPLIER);
        self.pending = 0;
        Ok(())
    }

    /// What an account of this weight may use in the window, and `None` for no limit.
    pub fn allowed(&self, weight: i64) -> Option<u128> {
        let weight = u128::try_from(weight).ok()?;
        let total = u128::from(self.total_weight);
        (total > 0)
            .then(|| u128::from(self.virtual_limit) * u128::from(ACCOUNT_WINDOW) * weight / total)
    }

    /// What an account of this weight and usage has left, and -1 for no limit.
    fn available(&self, weight: i64, usage: &Usage) -> i64 {
        let Some(allowed) = self.allowed(weight) else {
            return -1;
        };
        let used = u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW);
        let left = allowed.saturating_sub(used.div_ceil(u128::from(PRECISION)));
        i64::try_from(left).unwrap_or(i64::MAX)
    }
}

/// The limits of blocks.
#[derive(Clone, Copy, Debug)]
pub struct BlockResources {
    pub cpu: ElasticLimit,
    pub net: ElasticLimit,
    pub total_ram_bytes: u64,
}

impl BlockResources {
    pub fn new(config: &ChainConfig) -> Self {
        Self {
            cpu: ElasticLimit::new(config.target_cpu(), u64::from(config.max_block_cpu_usage)),
            net: ElasticLimit::new(config.target_net(), config.max_block_net_usage),
            total_ram_bytes: 0,
        }
    }
}

impl State {
    fn resources_of(&self, account: Name) -> Result<&AccountResources, ChainError> {
        self.resources
            .get(&account)
            .ok_or_else(|| no_resources(account))
    }

    fn resources_mut(&mut self, account: Name) -> Result<&mut AccountResources, ChainError> {
        self.resources
            .get_mut(&account)
            .ok_or_else(|| no_resources(account))
    }

    /// The RAM that each account is billed for, in bytes.
    pub fn ram_usage(&self) -> impl Iterator<Item = (Name, u64)> {
        let resources = self.resources.iter();
        resources.map(|(name, resources)| (*name, resources.ram_usage))
    }

    /// The limits of the account, those included that hold from the next block on.
    pub fn limits(&self, account: Name) -> Result<Limits, ChainError> {
        match self.pending_limits.get(&account) {
            Some(limits) => Ok(*limits),
            None => match self.resources.get(&account) {
                Some(resources) => Ok(resources.limits),
                None => Err(no_limits(account)),
            },
        }
    }

    /// Sets limits from the next block on; whether RAM has become less.
    pub fn set_limits(&mut self, account: Name, limits: Limits) -> Result<bool, ChainError> {
        let before = self.limits(account)?.ram_bytes;
        self.pending_limits.insert(account, limits);
        Ok(limits.ram_bytes >= 0 && (before < 0 || limits.ram_bytes < before))
    }

    pub fn add_ram(&mut self, account: Name, delta: i64) -> Result<(), ChainError> {
        if delta == 0 {
            return Ok(());
        }
        let resources = self.resources_mut(account)?;
        let problem = if delta > 0 { "overflow" } else { "underflow" };
        resources.ram_usage = resources
            .ram_usage
            .checked_add_signed(delta)
            .ok_or_else(|| {
                ChainError::new(
                    ErrorKind::Transaction,
                    format!("Ram usage delta would {problem} UINT64_MAX"),
                )
            })?;
        Ok(())
    }

    /// Fails if the account uses more RAM than it has.
    pub fn verify_ram(&self, account: Name) -> Result<(), ChainError> {
        let available = self.limits(account)?.ram_bytes;
        let needs = self.resources_of(account)?.ram_usage;
        ensure!(
            u64::try_from(available).map_or(true, |available| needs <= available),
            RamUsageExceeded,
            "account {account} has insufficient ram; needs {needs} bytes has {available} bytes"
        );
        Ok(())
    }

    /// Brings the usage of the account forward to this block's time.
    pub fn update_usage(&mut self, account: Name, slot: u32) -> Result<(), ChainError> {
        let resources = self.resources_mut(account)?;
        resources.net_usage.add(0, slot, ACCOUNT_WINDOW)?;
        resources.cpu_usage.add(0, slot, ACCOUNT_WINDOW)
    }

    /// The NET and the CPU that the account has left; -1 for no limit.
    pub fn available(&self, account: Name) -> Result<(i64, i64), ChainError> {
        let limits = self.limits(account)?;
        let usage = self.resources_of(account)?;
        let net = &self.global.block_resources.net;
        let cpu = &self.global.block_resources.cpu;
        Ok((
            net.available(limits.net_weight, &usage.net_usage),
            cpu.available(limits.cpu_weight, &usage.cpu_usage),
        ))
    }

    /// Bills a transaction to the accounts, to each in full, and to the block.
    pub fn bill<'a>(
        &mut self,
        accounts: impl IntoIterator<Item = &'a Name>,
        cpu: u64,
        net: u64,
        slot: u32,
    ) -> Result<(), ChainError> {
        for account in accounts {
            self.bill_account(*account, cpu, net, slot)?;
        }
        let block = &mut self.global.block_resources;
        block.cpu.pending += cpu;
        block.net.pending += net;
        ensure!(
            block.cpu.pending <= block.cpu.max,
            BlockResourceExhausted,
            "Block has insufficient cpu resources"
        );
        ensure!(
            block.net.pending <= block.net.max,
            BlockResourceExhausted,
            "Block has insufficient net resources"
        );
        Ok(())
    }

    fn bill_account(
        &mut self,
        account: Name,
        cpu: u64,
        net: u64,
        slot: u32,
    ) -> Result<(), ChainError> {
        let limits = self.limits(account)?;
        let resources = self.resources_mut(account)?;
        resources.net_usage.add(net, slot, ACCOUNT_WINDOW)?;
        resources.cpu_usage.add(cpu, slot, ACCOUNT_WINDOW)?;
        let usage = *resources;
        if let Some(allowed) = self.global.block_resources.cpu.allowed(limits.cpu_weight) {
            let used = in_window(&usage.cpu_usage);
            ensure!(
                used <= allowed,
                TxCpuUsageExceeded,
                "authorizing account '{account}' has insufficient objective cpu resources for this transaction, used in window {used}us, allowed in window {allowed}us"
            );
        }
        if let Some(allowed) = self.global.block_resources.net.allowed(limits.net_weight) {
            let used = in_window(&usage.net_usage);
            ensure!(
                used <= allowed,
                TxNetUsageExceeded,
                "authorizing account '{account}' has insufficient net resources for this transaction, used in window {used}, allowed in window {allowed}"
            );
        }
        Ok(())
    }

    /// Lets new limits hold, and moves the limits of blocks.
    pub fn end_block_resources(&mut self, number: u32) -> Result<(), ChainError> {
        let pending = std::mem::take(&mut self.pending_limits);
        for (account, new) in &pending {
            let old = std::mem::replace(&mut self.resources_mut(*account)?.limits, *new);
            let block = &mut self.global.block_resources;
            replace_share(&mut block.total_ram_bytes, old.ram_bytes, new.ram_bytes);
            replace_share(&mut block.cpu.total_weight, old.cpu_weight, new.cpu_weight);
            replace_share(&mut block.net.total_weight, old.net_weight, new.net_weight);
        }
        let config = self.global.config;
        let (cpu, net) = (config.target_cpu(), config.target_net());
        let block = &mut self.global.block_resources;
        block
            .cpu
            .end_block(number, cpu, u64::from(config.max_block_cpu_usage))?;
        block.net.end_block(number, net, config.max_block_net_usage)
    }
}

fn in_window(usage: &Usage) -> u128 {
    u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW) / u128::from(PRECISION)
}

fn replace_share(total: &mut u64, old: i64, new: i64) {
    *total = total.saturating_sub(u64::try_from(old).unwrap_or(0));
    *total = total.saturating_add(u64::try_from(new).unwrap_or(0));
}

/// Limits are found by whether they are pending, and by account.
fn no_limits(account: Name) -> ChainError {
    let rest = ["boost::tuples::null_type"; 8].join(", ");
    let of = format!("boost::tuples::tuple<bool, eosio::chain::name, {rest}>");
    ChainError::unknown_key(&of, format!("(0 {account})"))
}

fn no_resources(account: Name) -> ChainError {
    ChainError::unknown_key("eosio::chain::name", account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    const ALICE: Name = name!("alice");

    fn state() -> State {
        let mut state = State::new(ChainConfig::default());
        state.resources.insert(ALICE, AccountResources::default());
        state
    }

    fn limits(ram_bytes: i64, cpu_weight: i64) -> Limits {
        Limits {
            ram_bytes,
            net_weight: -1,
            cpu_weight,
        }
    }

    #[test]
    fn ram_is_refused_in_the_words_of_a_node() {
        let mut state = state();
        state.add_ram(ALICE, 500).unwrap();
        state.verify_ram(ALICE).unwrap();
        assert!(state.set_limits(ALICE, limits(499, -1)).unwrap());
        let error = state.verify_ram(ALICE).unwrap_err();
        assert!(error.is(ErrorKind::RamUsageExceeded));
        assert_eq!(
            error.message(),
            "account alice has insufficient ram; needs 500 bytes has 499 bytes"
        );
    }

    #[test]
    fn ram_does_not_fall_below_nothing() {
        let error = state().add_ram(ALICE, -1).unwrap_err();
        assert_eq!(
            error.message(),
            "Ram usage delta would underflow UINT64_MAX"
        );
    }

    #[test]
    fn shares_hold_from_the_next_block_on() {
        let mut state = state();
        state.set_limits(ALICE, limits(-1, 10)).unwrap();
        assert_eq!(state.available(ALICE).unwrap(), (-1, -1));
        state.end_block_resources(2).unwrap();
        let (net, cpu) = state.available(ALICE).unwrap();
        assert_eq!(net, -1);
        assert!(cpu > 0);
    }

    #[test]
    fn an_account_without_a_share_cannot_be_billed() {
        let mut state = state();
        state
            .resources
            .insert(name!("bob"), AccountResources::default());
        state.set_limits(name!("bob"), limits(-1, 10)).unwrap();
        state.set_limits(ALICE, limits(-1, 0)).unwrap();
        state.end_block_resources(2).unwrap();
        let error = state.bill([&ALICE], 100, 96, 5).unwrap_err();
        assert!(error.is(ErrorKind::TxCpuUsageExceeded), "{error}");
    }

    #[test]
    fn limits_of_light_blocks_grow() {
        let mut state = state();
        let before = state.global.block_resources.cpu.virtual_limit;
        state.end_block_resources(2).unwrap();
        assert_eq!(
            state.global.block_resources.cpu.virtual_limit,
            before * 1000 / 999
        );
    }
}
