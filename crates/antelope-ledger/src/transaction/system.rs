//! What only a privileged contract may do. Whether it is privileged, its engine has checked.

use super::ApplyContext;
use crate::config::ChainConfig;
use crate::reading::read;
use crate::state::Limits;
use antelope_types::{ChainError, Checksum256, Feature, Name, ensure};

impl ApplyContext<'_> {
    /// Sets what an account may use, from the next block on.
    ///
    /// # Errors
    /// For a limit below -1, or where there is no such account.
    pub fn set_resource_limits(&mut self, account: Name, limits: Limits) -> Result<(), ChainError> {
        self.require_changes("set_resource_limits")?;
        for (value, what) in [
            (limits.ram_bytes, "ram resource limit"),
            (limits.net_weight, "net resource weight"),
            (limits.cpu_weight, "cpu resource weight"),
        ] {
            ensure!(
                value >= -1,
                WasmExecutionError,
                "invalid value for {what} expected [-1,INT64_MAX]"
            );
        }
        if self.state_mut().set_limits(account, limits)? {
            self.transaction.validate_ram.insert(account);
        }
        Ok(())
    }

    /// What an account may use, with limits that hold from the next block on.
    ///
    /// # Errors
    /// Where there is no such account.
    pub fn resource_limits(&self, account: Name) -> Result<Limits, ChainError> {
        self.state().limits(account)
    }

    /// Whether an account's contract is privileged.
    ///
    /// # Errors
    /// Where there is no such account.
    pub fn is_account_privileged(&self, account: Name) -> Result<bool, ChainError> {
        Ok(self.state().account(account)?.privileged)
    }

    /// Lets an account's contract do what only the system may, or no longer.
    ///
    /// # Errors
    /// Where there is no such account.
    pub fn set_privileged(&mut self, account: Name, privileged: bool) -> Result<(), ChainError> {
        self.require_changes("set_privileged")?;
        self.state_mut().account_mut(account)?.privileged = privileged;
        Ok(())
    }

    /// The parameters of the chain.
    pub fn chain_config(&self) -> &ChainConfig {
        &self.state().global.config
    }

    /// Sets the parameters of the chain, from their encoding.
    ///
    /// # Errors
    /// Where the bytes are none, or the chain could not go on with them.
    pub fn set_chain_config(&mut self, packed: &[u8]) -> Result<(), ChainError> {
        self.require_changes("set_blockchain_parameters_packed")?;
        let config = read::<ChainConfig>(packed)?;
        config.check()?;
        self.state_mut().global.config = config;
        Ok(())
    }

    /// Whether a protocol feature is active.
    pub fn is_feature_active(&self, digest: &Checksum256) -> bool {
        Feature::by_digest(digest).is_some_and(|feature| self.state().has(feature))
    }

    /// Asks for a protocol feature, which the next block is to activate.
    ///
    /// # Errors
    /// Where the chain does not know it, it is active or asked for already, or another must come first.
    pub fn preactivate_feature(&mut self, digest: &Checksum256) -> Result<(), ChainError> {
        self.require_changes("preactivate_feature")?;
        self.state_mut().preactivate(digest)
    }

    /// Fails where the transaction must change nothing.
    pub(super) fn require_changes(&self, function: &str) -> Result<(), ChainError> {
        ensure!(
            !self.transaction.is_read_only(),
            WasmExecutionError,
            "{function} not allowed in a readonly transaction"
        );
        Ok(())
    }
}
