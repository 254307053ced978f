//! Limits and usage of RAM, NET and CPU, of accounts and of blocks.
//!
//! Mirrors `libraries/chain/resource_limits.cpp` of a node, in integers and with the same
//! roundings, because every node must come to the same verdict.
//!
//! RAM is a plain quota in bytes: what an account stores is billed to it, and given back when it is
//! removed. NET (bytes) and CPU (microseconds) are rates. Each account has a weight, its share of
//! what all accounts together may use in 24 hours, and its usage is a moving average ([`Usage`])
//! that decays over that time. What all may use in a block is a [virtual limit](ElasticLimit) which
//! grows up to 1000 times the real limit of a block while blocks are light, and falls back when
//! they are not.
//!
//! Who calls: a transaction asks [`State::available`] when it begins, calls [`State::bill`] and
//! [`State::verify_ram`] when it ends; a block calls [`State::end_block_resources`] when it ends.
//! Privileged contracts set limits by [`State::set_limits`].

use super::State;
use super::usage::{PRECISION, Usage};
use crate::config::{ACCOUNT_WINDOW, BLOCK_WINDOW, ChainConfig, ELASTIC_MULTIPLIER};
use crate::stored::stored_struct;
use antelope_types::{ChainError, ErrorKind, Name, ensure};

stored_struct! {
    /// The limits of an account. -1 means no limit; values below -1 are refused by the host
    /// function.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ResourceLimits {
        /// The RAM that it may use, in bytes.
        pub ram_bytes: i64,
        /// Its weight in the distribution of NET: its share is this over the sum of all accounts'
        /// weights. 0 means that it may use none.
        pub net_weight: i64,
        /// Its weight in the distribution of CPU, as for NET.
        pub cpu_weight: i64,
    }
}

impl ResourceLimits {
    /// No limits. A new account has these until a contract of the system sets others.
    pub const UNLIMITED: Self = Self {
        ram_bytes: -1,
        net_weight: -1,
        cpu_weight: -1,
    };
}

stored_struct! {
    /// What one account may use and has used.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AccountResources {
        /// The limits in force. Limits set by a contract wait in `State::pending_limits` until the
        /// block ends.
        pub limits: ResourceLimits,
        /// The RAM that the account is billed for, in bytes.
        pub ram_usage: u64,
        /// The NET used, in bytes, averaged over 172 800 slots of 500 ms.
        pub net_usage: Usage,
        /// The CPU used, in microseconds, averaged over 172 800 slots of 500 ms.
        pub cpu_usage: Usage,
    }
}

impl Default for AccountResources {
    /// A new account: no limits, nothing used.
    fn default() -> Self {
        Self {
            limits: ResourceLimits::UNLIMITED,
            ram_usage: 0,
            net_usage: Usage::default(),
            cpu_usage: Usage::default(),
        }
    }
}

stored_struct! {
    /// The limit of one resource for blocks, and the virtual limit that accounts share.
    ///
    /// Units are those of the resource: microseconds for CPU, bytes for NET.
    #[derive(Clone, Copy, Debug)]
    pub struct ElasticLimit {
        /// What all accounts together may use in each block, between `max` and 1000 times `max`. It
        /// grows by 1/999 after a block while the average is at most the target, and falls by 1/100
        /// otherwise.
        pub virtual_limit: u64,
        /// What transactions have used of this block so far.
        pub pending: u64,
        /// The sum of the weights of all accounts that have a limit.
        pub total_weight: u64,
        /// The average use of a block above which the chain counts as congested; by default 10 % of
        /// `max`.
        pub target: u64,
        /// The most that one block may use.
        pub max: u64,
        /// What the last blocks have used, averaged over 120 blocks.
        pub average: Usage,
    }
}

impl ElasticLimit {
    /// The limit of a chain that begins: no use, and a virtual limit equal to the real one.
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

    /// What transactions may still use in this block.
    pub fn left(&self) -> u64 {
        self.max.saturating_sub(self.pending)
    }

    /// Accounts for the block with this number, and moves the virtual limit
    /// (`resource_limits_state_object::update_virtual_cpu_limit` and `…net_limit` of a node).
    ///
    /// # Errors
    /// As [`Usage::add`].
    fn end_block(&mut self, number: u32, target: u64, max: u64) -> Result<(), ChainError> {
        (self.target, self.max) = (target, max);
        self.average.add(self.pending, number, BLOCK_WINDOW)?;
        // `elastic_limit_parameters` of a node: contract by 99/100, expand by 1000/999.
        let limit = if self.average.average() > self.target {
            self.virtual_limit * 99 / 100
        } else {
            self.virtual_limit * 1000 / 999
        };
        self.virtual_limit = limit.max(self.max).min(self.max * ELASTIC_MULTIPLIER);
        self.pending = 0;
        Ok(())
    }

    /// What an account of this weight may use in 24 hours. `None` if it has no limit (a negative
    /// weight), and if no account has a weight.
    pub fn allowed(&self, weight: i64) -> Option<u128> {
        let weight = u128::try_from(weight).ok()?;
        let total = u128::from(self.total_weight);
        (total > 0)
            .then(|| u128::from(self.virtual_limit) * u128::from(ACCOUNT_WINDOW) * weight / total)
    }

    /// What an account of this weight and usage may still use now, or -1 for no limit.
    ///
    /// The use is rounded up and the remainder cut at 0, as in
    /// `resource_limits_manager::get_account_cpu_limit_ex`.
    fn available(&self, weight: i64, usage: &Usage) -> i64 {
        let Some(allowed) = self.allowed(weight) else {
            return -1;
        };
        let used = u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW);
        let left = allowed.saturating_sub(used.div_ceil(u128::from(PRECISION)));
        i64::try_from(left).unwrap_or(i64::MAX)
    }
}

stored_struct! {
    /// The limits of blocks and what has been used of them: `resource_limits_state_object` of a
    /// node.
    #[derive(Clone, Copy, Debug)]
    pub struct BlockResources {
        /// CPU, in microseconds.
        pub cpu: ElasticLimit,
        /// NET, in bytes.
        pub net: ElasticLimit,
        /// The sum of the RAM quotas of all accounts that have one, in bytes.
        pub total_ram_bytes: u64,
    }
}

impl BlockResources {
    /// The limits that these parameters give, with nothing used.
    pub fn new(config: &ChainConfig) -> Self {
        Self {
            cpu: ElasticLimit::new(config.target_cpu(), u64::from(config.max_block_cpu_usage)),
            net: ElasticLimit::new(config.target_net(), config.max_block_net_usage),
            total_ram_bytes: 0,
        }
    }
}

impl State {
    /// The resources of an account.
    fn resources_of(&self, account: Name) -> Result<&AccountResources, ChainError> {
        self.resources
            .get(&account)
            .ok_or_else(|| no_resources(account))
    }

    /// The resources of an account, to be changed.
    fn resources_mut(&mut self, account: Name) -> Result<&mut AccountResources, ChainError> {
        self.resources
            .get_mut(&account)
            .ok_or_else(|| no_resources(account))
    }

    /// The RAM that each account is billed for, in bytes, ascending by account.
    pub fn ram_usage(&self) -> impl Iterator<Item = (Name, u64)> {
        let resources = self.resources.iter();
        resources.map(|(name, resources)| (*name, resources.ram_usage))
    }

    /// The limits of the account: those that wait for the end of the block, if it has any,
    /// otherwise those in force (`resource_limits_manager::get_account_limits` of a node).
    ///
    /// # Errors
    /// `std::out_of_range` of the node's database (`std_exception`, 13) if there is no such
    /// account.
    pub fn limits(&self, account: Name) -> Result<ResourceLimits, ChainError> {
        match self.pending_limits.get(&account) {
            Some(limits) => Ok(*limits),
            None => match self.resources.get(&account) {
                Some(resources) => Ok(resources.limits),
                None => Err(no_limits(account)),
            },
        }
    }

    /// Sets the limits of an account from the next block on. Returns `true` if its RAM quota has
    /// become smaller, or finite; the caller must then check at the end of the transaction that it
    /// suffices.
    ///
    /// # Errors
    /// As [`limits`](Self::limits).
    pub fn set_limits(
        &mut self,
        account: Name,
        limits: ResourceLimits,
    ) -> Result<bool, ChainError> {
        let before = self.limits(account)?.ram_bytes;
        self.pending_limits.insert(account, limits);
        Ok(limits.ram_bytes >= 0 && (before < 0 || limits.ram_bytes < before))
    }

    /// Bills `delta` bytes of RAM to the account, or gives them back if `delta` is negative. The
    /// quota is checked once, at the end of the transaction, by [`verify_ram`](Self::verify_ram).
    ///
    /// # Errors
    /// `std_exception` (13) if there is no such account, and `transaction_exception` (3040000) if
    /// the usage would fall below 0 or exceed 64 bits.
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

    /// Checks that the account uses no more RAM than its quota.
    ///
    /// # Errors
    /// `ram_usage_exceeded` (3080001) if it does, and `std_exception` (13) if there is no such
    /// account.
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

    /// Lets the averages of the account decay to this slot, without using anything.
    ///
    /// # Errors
    /// `std_exception` (13) if there is no such account, and as [`Usage::add`].
    pub fn update_usage(&mut self, account: Name, slot: u32) -> Result<(), ChainError> {
        let resources = self.resources_mut(account)?;
        resources.net_usage.add(0, slot, ACCOUNT_WINDOW)?;
        resources.cpu_usage.add(0, slot, ACCOUNT_WINDOW)
    }

    /// The NET in bytes and the CPU in microseconds that the account may still use, each -1 for no
    /// limit. Call [`update_usage`](Self::update_usage) for the current slot before.
    ///
    /// # Errors
    /// `std_exception` (13) if there is no such account.
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

    /// Bills a transaction: `cpu` microseconds and `net` bytes, to each of the accounts in full and
    /// to the block once (`resource_limits_manager::add_transaction_usage` of a node).
    ///
    /// # Errors
    /// - `tx_cpu_usage_exceeded` (3080004) or `tx_net_usage_exceeded` (3080002) if an account would
    ///   exceed its share.
    /// - `block_resource_exhausted` (3030005) if the block would exceed its limit.
    /// - As [`Usage::add`].
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

    /// Bills one account, and checks that it stays within its share.
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

    /// Puts the limits in force that were set in this block, and moves the virtual limits: what a
    /// node does in `process_account_limit_updates` and `process_block_usage`.
    ///
    /// # Errors
    /// `std_exception` (13) if limits were set for an account that does not exist, and as
    /// [`Usage::add`].
    pub fn end_block_resources(&mut self, number: u32) -> Result<(), ChainError> {
        let pending = std::mem::take(&mut self.pending_limits);
        for (account, new) in &pending {
            let old = std::mem::replace(&mut self.resources_mut(*account)?.limits, *new);
            let block = &mut self.global.block_resources;
            replace_share(&mut block.total_ram_bytes, old.ram_bytes, new.ram_bytes);
            replace_share(&mut block.cpu.total_weight, old.cpu_weight, new.cpu_weight);
            replace_share(&mut block.net.total_weight, old.net_weight, new.net_weight);
        }
        // The parameters may have changed within the block, so the targets are computed anew.
        let config = self.global.config;
        let (cpu, net) = (config.target_cpu(), config.target_net());
        let block = &mut self.global.block_resources;
        block
            .cpu
            .end_block(number, cpu, u64::from(config.max_block_cpu_usage))?;
        block.net.end_block(number, net, config.max_block_net_usage)
    }
}

/// The use within the window of an account, rounded down: what nodes report as "used in window".
fn in_window(usage: &Usage) -> u128 {
    u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW) / u128::from(PRECISION)
}

/// Replaces one account's part of a sum; a negative part is no limit and counts as 0.
fn replace_share(total: &mut u64, old: i64, new: i64) {
    *total = total.saturating_sub(u64::try_from(old).unwrap_or(0));
    *total = total.saturating_add(u64::try_from(new).unwrap_or(0));
}

/// The error of a node's database for limits that it does not have. The key is a pair: whether the
/// limits are pending, and the account.
fn no_limits(account: Name) -> ChainError {
    let rest = ["boost::tuples::null_type"; 8].join(", ");
    let of = format!("boost::tuples::tuple<bool, eosio::chain::name, {rest}>");
    ChainError::unknown_key(&of, format!("(0 {account})"))
}

/// The error of a node's database for an account whose usage it does not have.
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

    fn limits(ram_bytes: i64, cpu_weight: i64) -> ResourceLimits {
        ResourceLimits {
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
