//! The parameters of the chain that its producers may change.
//!
//! Privileged contracts change them by `set_blockchain_parameters_packed`, as `setparams` of the usual
//! system contract does. The encoding here is that of this host function: the fields in order, without
//! numbers or lengths.

use crate::{ChainError, Decode, Encode, ensure};

/// NET of the id of a transaction: `transaction_id_net_usage`.
///
/// In bytes: those of a SHA-256.
const TRANSACTION_ID_NET: u64 = 32;
/// The least room between what every transaction and what the largest one pays for NET.
///
/// In bytes, as `check` of nodes' `chain_config` has it.
const MIN_NET: u32 = 10 * 1024;
/// 100 % in fixed point.
///
/// `config::percent_100` of nodes: 1 % is 100.
const PERCENT_100: u64 = 10_000;

/// The parameters of the chain, as `chain_config` of a node.
///
/// It takes 68 bytes; `max_action_return_value_size`, which came later, is not among them. The defaults are
/// those of a new chain.
///
/// ```
/// use antelope_types::ChainConfig;
/// assert_eq!(ChainConfig::default().max_inline_action_depth, 4);
/// ```
// Defaults: libraries/chain/include/eosio/chain/config.hpp and genesis_state.hpp of Leap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ChainConfig {
    /// The most NET of a block, in bytes.
    /// By default 1 MiB.
    pub max_block_net_usage: u64,
    /// The share of it, in hundredths of a percent, above which the chain is congested.
    /// By default 10 %; from 0.1 % to 100 %.
    pub target_block_net_usage_pct: u32,
    /// The most NET of a transaction, in bytes.
    /// By default 512 KiB, and less than a block's.
    pub max_transaction_net_usage: u32,
    /// NET of every transaction before its size is counted.
    /// In bytes, by default 12.
    pub base_per_transaction_net_usage: u32,
    /// NET that a transaction may begin with above what its account has left.
    /// In bytes, by default 500.
    pub net_usage_leeway: u32,
    /// The share of their size that signatures and context-free data cost: numerator.
    /// By default 20 of 100.
    pub context_free_discount_net_usage_num: u32,
    /// The share of their size that signatures and context-free data cost: denominator.
    /// Not 0.
    pub context_free_discount_net_usage_den: u32,
    /// The most CPU of a block, in microseconds.
    /// By default 200 ms.
    pub max_block_cpu_usage: u32,
    /// The share of it, in hundredths of a percent, above which the chain is congested.
    /// By default 10 %; from 0.1 % to 100 %.
    pub target_block_cpu_usage_pct: u32,
    /// The most CPU of a transaction, in microseconds.
    /// By default 150 ms; with the least, it must be less than a block's.
    pub max_transaction_cpu_usage: u32,
    /// The least CPU that is billed, in microseconds.
    /// By default 100 µs.
    pub min_transaction_cpu_usage: u32,
    /// How far in the future a transaction may expire, in seconds.
    /// By default an hour.
    pub max_transaction_lifetime: u32,
    /// How long after its time a deferred transaction could run, in seconds.
    /// By default ten minutes.
    pub deferred_trx_expiration_window: u32,
    /// The longest delay of a transaction or an authority, in seconds.
    /// By default 45 days.
    pub max_transaction_delay: u32,
    /// The most bytes of the data of an inline action.
    /// By default 512 KiB.
    pub max_inline_action_size: u32,
    /// How deep inline actions may send others.
    /// By default 4.
    pub max_inline_action_depth: u16,
    /// How deep authorities may refer to others.
    /// By default 6; at least 1.
    pub max_authority_depth: u16,
}

impl Default for ChainConfig {
    fn default() -> Self {
        Self {
            max_block_net_usage: 1024 * 1024,
            target_block_net_usage_pct: 1_000,
            max_transaction_net_usage: 512 * 1024,
            base_per_transaction_net_usage: 12,
            net_usage_leeway: 500,
            context_free_discount_net_usage_num: 20,
            context_free_discount_net_usage_den: 100,
            max_block_cpu_usage: 200_000,
            target_block_cpu_usage_pct: 1_000,
            max_transaction_cpu_usage: 150_000,
            min_transaction_cpu_usage: 100,
            max_transaction_lifetime: 60 * 60,
            deferred_trx_expiration_window: 10 * 60,
            max_transaction_delay: 45 * 24 * 3600,
            max_inline_action_size: 512 * 1024,
            max_inline_action_depth: 4,
            max_authority_depth: 6,
        }
    }
}

impl ChainConfig {
    /// Fails for parameters that a chain could not go on with.
    ///
    /// # Errors
    /// `action_validate_exception`, which names the parameter.
    /// The conditions and texts are those of `chain_config_v0::validate` of nodes.
    pub fn check(&self) -> Result<(), ChainError> {
        for (percentage, what) in [
            (self.target_block_net_usage_pct, "net"),
            (self.target_block_cpu_usage_pct, "cpu"),
        ] {
            ensure!(
                u64::from(percentage) <= PERCENT_100,
                ActionValidate,
                "target block {what} usage percentage cannot exceed 100%"
            );
            ensure!(
                u64::from(percentage) >= PERCENT_100 / 1000,
                ActionValidate,
                "target block {what} usage percentage must be at least 0.1%"
            );
        }
        let max_net = self.max_transaction_net_usage;
        let base_net = self.base_per_transaction_net_usage;
        ensure!(
            u64::from(max_net) < self.max_block_net_usage,
            ActionValidate,
            "max transaction net usage must be less than max block net usage"
        );
        ensure!(
            self.max_transaction_cpu_usage < self.max_block_cpu_usage,
            ActionValidate,
            "max transaction cpu usage must be less than max block cpu usage"
        );
        ensure!(
            base_net < max_net,
            ActionValidate,
            "base net usage per transaction must be less than the max transaction net usage"
        );
        ensure!(
            max_net - base_net >= MIN_NET,
            ActionValidate,
            "max transaction net usage must be at least {MIN_NET} bytes larger than base net usage per transaction"
        );
        ensure!(
            self.context_free_discount_net_usage_den > 0,
            ActionValidate,
            "net usage discount ratio for context free data cannot have a 0 denominator"
        );
        ensure!(
            self.context_free_discount_net_usage_num <= self.context_free_discount_net_usage_den,
            ActionValidate,
            "net usage discount ratio for context free data cannot exceed 1"
        );
        ensure!(
            self.min_transaction_cpu_usage <= self.max_transaction_cpu_usage,
            ActionValidate,
            "min transaction cpu usage cannot exceed max transaction cpu usage"
        );
        ensure!(
            self.max_transaction_cpu_usage
                < self.max_block_cpu_usage - self.min_transaction_cpu_usage,
            ActionValidate,
            "max transaction cpu usage must be at less than the difference between the max block cpu usage and the min transaction cpu usage"
        );
        ensure!(
            self.max_authority_depth >= 1,
            ActionValidate,
            "max authority depth should be at least 1"
        );
        Ok(())
    }

    /// NET that retires a deferred transaction: what every transaction costs, and its id.
    ///
    /// In bytes.
    pub fn deferred_net(&self) -> u64 {
        u64::from(self.base_per_transaction_net_usage) + TRANSACTION_ID_NET
    }

    /// The CPU of a block, in microseconds, above which the chain is congested.
    pub fn target_cpu(&self) -> u64 {
        u64::from(self.max_block_cpu_usage) * u64::from(self.target_block_cpu_usage_pct)
            / PERCENT_100
    }

    /// The NET of a block, in bytes, above which the chain is congested.
    pub fn target_net(&self) -> u64 {
        self.max_block_net_usage * u64::from(self.target_block_net_usage_pct) / PERCENT_100
    }

    /// What signatures and context-free data of so many bytes cost.
    ///
    /// Rounded up to whole bytes; all of them where the ratio is no discount.
    ///
    /// ```
    /// use antelope_types::ChainConfig;
    /// assert_eq!(ChainConfig::default().discounted(100), 20);
    /// assert_eq!(ChainConfig::default().discounted(101), 21);
    /// ```
    pub fn discounted(&self, bytes: u64) -> u64 {
        let numerator = u64::from(self.context_free_discount_net_usage_num);
        let denominator = u64::from(self.context_free_discount_net_usage_den);
        if denominator > 0 && numerator < denominator {
            (bytes * numerator).div_ceil(denominator)
        } else {
            bytes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_costs_a_fifth_rounded_up() {
        let config = ChainConfig::default();
        assert_eq!(config.discounted(67), 14);
        assert_eq!(
            (config.target_cpu(), config.target_net()),
            (20_000, 104_857)
        );
    }

    #[test]
    fn the_encoding_is_that_of_the_first_version() {
        assert_eq!(ChainConfig::default().encoded_len(), 68);
    }
}
