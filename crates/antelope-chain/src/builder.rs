//! A chain as a test needs it: a start time, parameters, accounts with their RAM, contracts.
//!
//! [`ChainBuilder`] collects the genesis, which is fixed when a chain begins, and a list of steps,
//! which are carried out on the new chain in the order in which they were given. Nothing is
//! executed before [`build`](ChainBuilder::build), so that a builder can be cloned and extended.

use crate::chain::{Chain, Failure};
use crate::contract::Contract;
use antelope_ledger::config::ChainConfig;
use antelope_ledger::state::ResourceLimits;
use antelope_ledger::{Executor, Genesis};
use antelope_types::{Authority, ChainError, FeatureSet, Name, PublicKey, TimePoint};
use std::sync::Arc;

/// Steps carried out in one block. A block has room for some 2000 transactions of the minimum CPU,
/// and less where contracts are deployed.
const BLOCK: usize = 100;

/// A builder of chains; begin with [`Chain::builder`].
///
/// The result is a chain after its first transactions, all of them in complete blocks. To begin
/// many tests with the same chain, build it once and clone it: a clone is a fork that shares its
/// data.
///
/// ```
/// use antelope_chain::{Chain, Failure};
/// use antelope_types::name;
/// use std::sync::LazyLock;
///
/// static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
///     let chain = Chain::builder()
///         .time("2026-01-01T00:00:00".parse().expect("a time"))
///         .account(name!("alice"))
///         .account_with_ram(name!("bob"), 4000)
///         .build();
///     chain.expect("a chain")
/// });
///
/// let mut chain = BOOTED.clone();
/// assert!(chain.create_account(name!("alice")).is_err());
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct ChainBuilder {
    /// What the chain begins with.
    genesis: Genesis,
    /// What runs contracts; `None` for the default.
    executor: Option<Arc<dyn Executor>>,
    /// What is done on the new chain, in order.
    setup: Vec<Step>,
    /// Whether what blocks do is recorded.
    recorded: bool,
}

/// A step of the set-up.
#[derive(Clone)]
enum Step {
    /// Creates an account; without an authority, with the chain's key.
    Account(Name, Option<Authority>),
    /// Sets an account's RAM quota in bytes.
    Ram(Name, i64),
    /// Deploys a contract, creating the account if need be.
    Contract(Name, Contract),
    /// Makes an account privileged.
    Privileged(Name),
}

impl Chain {
    /// A builder for a chain with more on it than [`Chain::new`] has.
    pub fn builder() -> ChainBuilder {
        ChainBuilder {
            genesis: Genesis::default(),
            executor: None,
            setup: Vec::new(),
            recorded: false,
        }
    }

    /// Deploys a contract, and creates the account first if it does not exist.
    ///
    /// # Errors
    /// [`Failure`] of `newaccount`, `setcode` or `setabi`: for example `wasm_serialization_error`
    /// (3070003) for code that the chain's rules refuse.
    pub fn install(&mut self, account: Name, contract: &Contract) -> Result<(), Failure> {
        if !self.state().accounts.contains_key(&account) {
            self.create_account(account)?;
        }
        self.deploy(account, contract.wasm(), contract.abi())?;
        Ok(())
    }
}

impl ChainBuilder {
    /// Sets the genesis. It replaces what [`time`](Self::time), [`key`](Self::key),
    /// [`config`](Self::config) and
    /// [`features`](Self::features) have set before.
    pub fn genesis(mut self, genesis: Genesis) -> Self {
        self.genesis = genesis;
        self
    }

    /// The time of the first block. Default: 2018-06-01T12:00:00.
    pub fn time(mut self, time: TimePoint) -> Self {
        self.genesis.initial_timestamp = time;
        self
    }

    /// The key of `eosio`, and of accounts that are created without an authority. Default:
    /// [`DEVELOPMENT_KEY`](crate::DEVELOPMENT_KEY).
    pub fn key(mut self, key: PublicKey) -> Self {
        self.genesis.initial_key = key;
        self
    }

    /// Changes chain parameters, for example limits on CPU and NET.
    pub fn config(mut self, change: impl FnOnce(&mut ChainConfig)) -> Self {
        change(&mut self.genesis.initial_configuration);
        self
    }

    /// The protocol features active from the first block on. Default: all that this library knows.
    pub fn features(mut self, features: FeatureSet) -> Self {
        self.genesis.features = features;
        self
    }

    /// The executor that runs contracts. Default: the engine of this process, or with the crate
    /// feature `wasm` turned off an executor that refuses all code.
    pub fn executor(mut self, executor: Arc<dyn Executor>) -> Self {
        self.executor = Some(executor);
        self
    }

    /// Keeps what every block does, from the genesis on: see [`Chain::history`].
    pub fn record_history(mut self) -> Self {
        self.recorded = true;
        self
    }

    /// Creates an account with the chain's key and unlimited resources.
    pub fn account(self, account: Name) -> Self {
        self.step(Step::Account(account, None))
    }

    /// Creates accounts with the chain's key and unlimited resources.
    pub fn accounts(self, accounts: impl IntoIterator<Item = Name>) -> Self {
        accounts.into_iter().fold(self, Self::account)
    }

    /// Creates an account with this authority as `owner` and `active`, and unlimited resources.
    pub fn account_with(self, account: Name, authority: Authority) -> Self {
        self.step(Step::Account(account, Some(authority)))
    }

    /// Creates an account with the chain's key and a RAM quota in bytes. The account itself takes
    /// 2724 of them.
    pub fn account_with_ram(self, account: Name, bytes: u32) -> Self {
        self.account(account).ram(account, bytes)
    }

    /// Sets an account's RAM quota in bytes, as a system contract would. Fails in
    /// [`build`](Self::build) where the account uses more already.
    pub fn ram(self, account: Name, bytes: u32) -> Self {
        self.step(Step::Ram(account, i64::from(bytes)))
    }

    /// Deploys a contract; the account is created if no earlier step has.
    pub fn contract(self, account: Name, contract: &Contract) -> Self {
        self.step(Step::Contract(account, contract.clone()))
    }

    /// Makes an account's contract privileged, so that it may call the privileged host functions.
    pub fn privileged(self, account: Name) -> Self {
        self.step(Step::Privileged(account))
    }

    /// Appends a step.
    fn step(mut self, step: Step) -> Self {
        self.setup.push(step);
        self
    }

    /// Starts the chain and carries out all steps in order.
    ///
    /// # Errors
    /// [`Failure`] of the first step that the chain refuses: `account_name_exists_exception`
    /// (3050001) for an account that is created twice, `wasm_serialization_error` (3070003) for
    /// code that is not a valid module, `ram_usage_exceeded` (3080001) for a quota below what is in
    /// use.
    pub fn build(self) -> Result<Chain, Failure> {
        let executor = self.executor.map_or_else(default_executor, Ok)?;
        let mut chain = Chain::start(self.genesis, executor)?;
        if self.recorded {
            chain.record_history();
        }
        for (number, step) in self.setup.into_iter().enumerate() {
            if number % BLOCK == BLOCK - 1 {
                chain.produce_block()?;
            }
            chain.set_up(step)?;
        }
        // Limits hold from the next block on.
        chain.produce_block()?;
        Ok(chain)
    }
}

impl Chain {
    /// Carries out one step. Quotas and privileges are set directly in the state: on a node the
    /// system contract does that, which a test chain need not have.
    fn set_up(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Account(account, None) => self.create_account(account).map(drop),
            Step::Account(account, Some(authority)) => self
                .create_account_with(account, &authority, &authority)
                .map(drop),
            Step::Contract(account, contract) => self.install(account, &contract),
            Step::Ram(account, ram_bytes) => {
                let limits = ResourceLimits {
                    ram_bytes,
                    ..self.state.limits(account)?
                };
                self.state.set_limits(account, limits)?;
                Ok(self.state.verify_ram(account)?)
            }
            Step::Privileged(account) => {
                self.state.account_mut(account)?.privileged = true;
                Ok(())
            }
        }
    }
}

#[cfg(feature = "wasm")]
fn default_executor() -> Result<Arc<dyn Executor>, ChainError> {
    let engine: Arc<dyn Executor> = antelope_vm::Engine::shared()?;
    Ok(engine)
}

#[cfg(not(feature = "wasm"))]
fn default_executor() -> Result<Arc<dyn Executor>, ChainError> {
    Ok(Arc::new(antelope_ledger::NoContracts))
}
