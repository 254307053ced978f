//! What only a privileged contract may do: resource limits, privileges, parameters and protocol
//! features.
//!
//! Mirrors `libraries/chain/webassembly/privileged.cpp` of a node. The methods do not check that
//! the receiver is privileged: the executor does so for each host function, since it also has to
//! refuse the call before it reads arguments.

use super::ApplyContext;
use crate::config::ChainConfig;
use crate::reading::read;
use crate::state::ResourceLimits;
use antelope_types::{ChainError, Checksum256, Feature, Name, ensure};

impl ApplyContext<'_> {
    /// Sets what an account may use, from the next block on. If its quota of RAM shrinks, the
    /// transaction fails in the end unless the account keeps to it.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) for a limit below -1 or in a read-only transaction, and
    /// `std_exception` (13) if there is no such account.
    pub fn set_resource_limits(
        &mut self,
        account: Name,
        limits: ResourceLimits,
    ) -> Result<(), ChainError> {
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

    /// The limits of an account, those included that come into force when the block ends.
    ///
    /// # Errors
    /// `std_exception` (13) if there is no such account.
    pub fn resource_limits(&self, account: Name) -> Result<ResourceLimits, ChainError> {
        self.state().limits(account)
    }

    /// Whether an account is privileged.
    ///
    /// # Errors
    /// `std_exception` (13) if there is no such account.
    pub fn is_account_privileged(&self, account: Name) -> Result<bool, ChainError> {
        Ok(self.state().account(account)?.privileged)
    }

    /// Makes an account privileged, or no longer so. It takes effect with the next action of the
    /// account.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) in a read-only transaction, and `std_exception` (13) if
    /// there is no such account.
    pub fn set_privileged(&mut self, account: Name, privileged: bool) -> Result<(), ChainError> {
        self.require_changes("set_privileged")?;
        self.state_mut().account_mut(account)?.privileged = privileged;
        Ok(())
    }

    /// The parameters of the chain.
    pub fn chain_config(&self) -> &ChainConfig {
        &self.state().global.config
    }

    /// Sets the parameters of the chain, from their packed form. They hold at once.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) in a read-only transaction, as [`read`] if the bytes cannot
    /// be decoded, and `action_validate_exception` (3050000) if the values contradict each other.
    pub fn set_chain_config(&mut self, packed: &[u8]) -> Result<(), ChainError> {
        self.require_changes("set_blockchain_parameters_packed")?;
        let config = read::<ChainConfig>(packed)?;
        config.check()?;
        let global = &mut self.state_mut().global;
        global.config = config;
        global.parameters_set += 1;
        Ok(())
    }

    /// Whether the protocol feature with this digest is active; `false` for an unknown one.
    pub fn is_feature_active(&self, digest: &Checksum256) -> bool {
        Feature::by_digest(digest).is_some_and(|feature| self.state().has(feature))
    }

    /// Preactivates the protocol feature with this digest: the next block will activate it.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) in a read-only transaction, and as
    /// [`State::preactivate`](crate::State::preactivate).
    pub fn preactivate_feature(&mut self, digest: &Checksum256) -> Result<(), ChainError> {
        self.require_changes("preactivate_feature")?;
        self.state_mut().preactivate(digest)
    }

    /// Checks that the transaction may change the state; the error names the host function.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) in a read-only transaction.
    pub(super) fn require_changes(&self, function: &str) -> Result<(), ChainError> {
        ensure!(
            !self.transaction.is_read_only(),
            WasmExecutionError,
            "{function} not allowed in a readonly transaction"
        );
        Ok(())
    }
}
