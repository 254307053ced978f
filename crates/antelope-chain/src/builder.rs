//! A chain as a test needs it: time, parameters, accounts with their RAM, contracts.

use crate::chain::{Chain, Failure};
use crate::contract::Contract;
use antelope_ledger::config::ChainConfig;
use antelope_ledger::state::ResourceLimits;
use antelope_ledger::{Executor, Genesis};
use antelope_types::{Authority, ChainError, FeatureSet, Name, PublicKey, TimePoint};
use std::sync::Arc;

/// How many transactions of the set-up go into one block.
const BLOCK: usize = 100;

/// What a chain begins with, for [`Chain::builder`].
///
/// What is built is a chain after its first transactions, with all of them in complete blocks. To
/// begin many tests with it, build it once and clone it: a clone is a fork that costs next to
/// nothing.
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
    genesis: Genesis,
    executor: Option<Arc<dyn Executor>>,
    setup: Vec<Step>,
}

#[derive(Clone)]
enum Step {
    Account(Name, Option<Authority>),
    Ram(Name, i64),
    Contract(Name, Contract),
    Privileged(Name),
}

impl Chain {
    /// A chain with more on it than [`Chain::new`] has.
    pub fn builder() -> ChainBuilder {
        ChainBuilder {
            genesis: Genesis::default(),
            executor: None,
            setup: Vec::new(),
        }
    }

    /// Deploys a contract; the account is made if it is not there.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn install(&mut self, account: Name, contract: &Contract) -> Result<(), Failure> {
        if !self.state().accounts.contains_key(&account) {
            self.create_account(account)?;
        }
        self.deploy(account, contract.wasm(), contract.abi())?;
        Ok(())
    }
}

impl ChainBuilder {
    /// How the chain begins, in place of what was set so far.
    pub fn genesis(mut self, genesis: Genesis) -> Self {
        self.genesis = genesis;
        self
    }

    /// When the chain begins; without, on 1 June 2018.
    pub fn time(mut self, time: TimePoint) -> Self {
        self.genesis.initial_timestamp = time;
        self
    }

    /// The key of `eosio`, and of accounts without a key of their own; without,
    /// [`DEVELOPMENT_KEY`](crate::DEVELOPMENT_KEY).
    pub fn key(mut self, key: PublicKey) -> Self {
        self.genesis.initial_key = key;
        self
    }

    /// Changes parameters of the chain.
    pub fn config(mut self, change: impl FnOnce(&mut ChainConfig)) -> Self {
        change(&mut self.genesis.initial_configuration);
        self
    }

    /// The protocol features that are active from the first block on; without, all.
    pub fn features(mut self, features: FeatureSet) -> Self {
        self.genesis.features = features;
        self
    }

    /// Runs contracts by this executor.
    pub fn executor(mut self, executor: Arc<dyn Executor>) -> Self {
        self.executor = Some(executor);
        self
    }

    /// An account with the chain's key and no limits.
    pub fn account(self, account: Name) -> Self {
        self.step(Step::Account(account, None))
    }

    /// Accounts with the chain's key and no limits.
    pub fn accounts(self, accounts: impl IntoIterator<Item = Name>) -> Self {
        accounts.into_iter().fold(self, Self::account)
    }

    /// An account with this authority as `owner` and `active`, and no limits.
    pub fn account_with(self, account: Name, authority: Authority) -> Self {
        self.step(Step::Account(account, Some(authority)))
    }

    /// An account with the chain's key that may use so many bytes of RAM, of which it needs 2724 for
    /// itself.
    pub fn account_with_ram(self, account: Name, bytes: u32) -> Self {
        self.account(account).ram(account, bytes)
    }

    /// The RAM that an account may use, in bytes, as a contract of the system would have set it.
    pub fn ram(self, account: Name, bytes: u32) -> Self {
        self.step(Step::Ram(account, i64::from(bytes)))
    }

    /// An account with a contract; the account is made if nothing before made it.
    pub fn contract(self, account: Name, contract: &Contract) -> Self {
        self.step(Step::Contract(account, contract.clone()))
    }

    /// Lets the contract of an account do what only the system may.
    pub fn privileged(self, account: Name) -> Self {
        self.step(Step::Privileged(account))
    }

    fn step(mut self, step: Step) -> Self {
        self.setup.push(step);
        self
    }

    /// Builds the chain, in the order of what was asked for.
    ///
    /// # Errors
    /// What a chain refuses: an account twice, code that is none, less RAM than is in use.
    pub fn build(self) -> Result<Chain, Failure> {
        let executor = self.executor.map_or_else(default_executor, Ok)?;
        let mut chain = Chain::start(self.genesis, executor)?;
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
