//! The operator of a chain: the holder of the key of `eosio`.

use crate::error::{Doing, NodeError};
use crate::programs::package_contract;
use antelope_rpc_client::{Client, Signer, native};
use antelope_types::{Authority, Checksum256, Name, PrivateKey, PublicKey, Symbol, name};
use std::sync::OnceLock;

/// The system account.
const EOSIO: Name = name!("eosio");

/// RAM bought for an account, in bytes: for itself, some permissions, and some rows.
pub(crate) const ACCOUNT_RAM: u32 = 16 << 10;
/// RAM bought for the account of a contract, in bytes. Code is billed tenfold, so that this is
/// enough for 160 KiB of it and some rows.
pub(crate) const CONTRACT_RAM: u32 = 2 << 20;

/// Accounts created in one transaction: well within the limits of a block.
const BATCH: usize = 50;

/// The holder of the key of `eosio` on a chain: creates accounts and deploys contracts.
///
/// The chain may be a [`Node`](crate::Node) or an embedded one behind a client. Accounts created by
/// [`Operator::deploy`] and [`Operator::create_contract_account`] belong to the same key.
///
/// ```no_run
/// use antelope_node::{Node, NodeOptions};
/// use antelope_types::name;
///
/// let node = Node::start(NodeOptions::default())?;
/// node.boot_system()?;
/// // `eosio` pays for the account's RAM and stake.
/// node.create_contract_account(name!("shop"))?;
/// node.fund(name!("shop"), "100.0000 SYS")?;
/// # Ok::<(), antelope_node::NodeError>(())
/// ```
#[derive(Debug)]
pub struct Operator {
    /// Talks to the chain.
    client: Client,
    /// The key of `eosio`.
    key: PrivateKey,
    /// The core token, once accounts must buy RAM: after `install_system`.
    core: OnceLock<Symbol>,
}

impl Operator {
    /// The operator of the chain that this client talks to.
    #[must_use]
    pub fn new(client: Client, key: PrivateKey) -> Self {
        Self {
            client,
            key,
            core: OnceLock::new(),
        }
    }

    /// The client of the chain.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The private key of `eosio` and of the accounts created for contracts.
    #[must_use]
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// The public key that belongs to [`Operator::key`].
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        Signer::public_key(&self.key)
    }

    /// Deploys `eosio.bios`, unless `eosio` has a contract. Accounts are then free of charge and
    /// unlimited.
    ///
    /// # Errors
    /// [`NodeError::ContractMissing`], [`NodeError::Call`].
    pub fn set_bios(&self) -> Result<(), NodeError> {
        let code = self.client().get_code_hash(EOSIO);
        if code.doing(|| format!("look for {EOSIO}'s code"))? == Checksum256::ZERO {
            let (wasm, abi) = package_contract("eosio.bios")?;
            self.deploy(EOSIO, &wasm, &abi)?;
        }
        Ok(())
    }

    /// The core token of a chain where accounts must buy RAM.
    pub(crate) fn core(&self) -> Option<Symbol> {
        self.core.get().copied()
    }

    /// From now on, accounts must buy RAM with this token.
    pub(crate) fn set_core(&self, core: Symbol) {
        // The system contract is installed once.
        let _ = self.core.set(core);
    }

    /// Creates an account with this key as owner and active.
    ///
    /// # Errors
    /// [`NodeError::Call`], as for a name that is taken.
    pub fn create_account(&self, name: Name, key: &PublicKey) -> Result<(), NodeError> {
        self.create_accounts(&[(name, key.clone())])
    }

    /// Creates accounts, 50 in each transaction. After a failure, earlier batches exist.
    ///
    /// # Errors
    /// [`NodeError::Call`].
    ///
    /// On a chain with a RAM market, `eosio` buys 16 KiB of RAM and stakes 10 tokens each for NET and
    /// CPU for every account.
    pub fn create_accounts(&self, accounts: &[(Name, PublicKey)]) -> Result<(), NodeError> {
        for batch in accounts.chunks(BATCH) {
            let batch = batch.iter().map(|(name, key)| {
                let authority = Authority::from_key(key.clone());
                (*name, authority.clone(), authority)
            });
            self.create(batch.collect(), ACCOUNT_RAM)?;
        }
        Ok(())
    }

    /// Creates an account for a contract: it belongs to the operator's key, and its active
    /// permission includes `eosio.code`, so that the contract can send inline actions.
    ///
    /// # Errors
    /// [`NodeError::Call`].
    ///
    /// On a chain with a RAM market it gets 2 MiB of RAM.
    pub fn create_contract_account(&self, name: Name) -> Result<(), NodeError> {
        let owner = Authority::from_key(self.public_key());
        let active = owner.clone().with_code(name);
        self.create(vec![(name, owner, active)], CONTRACT_RAM)
    }

    /// Creates accounts with these owner and active authorities in one transaction, and buys their
    /// resources where that is needed.
    fn create(
        &self,
        accounts: Vec<(Name, Authority, Authority)>,
        ram: u32,
    ) -> Result<(), NodeError> {
        let names: Vec<_> = accounts.iter().map(|(name, ..)| name.to_string()).collect();
        let what = || format!("create {}", names.join(", "));
        let mut actions = Vec::with_capacity(accounts.len());
        for (name, owner, active) in accounts {
            actions.push(native::new_account(EOSIO, name, owner, active));
            actions.extend(self.provisions(name, ram).doing(what)?);
        }
        self.client()
            .push(&actions, &[self.key()])
            .doing(what)
            .map(drop)
    }
}
