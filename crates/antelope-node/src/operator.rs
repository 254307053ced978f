//! Who runs a chain: the holder of the key of `eosio`.

use crate::error::{Doing, NodeError};
use crate::programs::package_contract;
use antelope_rpc_client::{Client, Signer, native};
use antelope_types::{Authority, Checksum256, Name, PrivateKey, PublicKey, name};
use std::sync::atomic::{AtomicBool, Ordering};

const EOSIO: Name = name!("eosio");

/// RAM bought for an account, in bytes: itself, some permissions, some rows.
pub(crate) const ACCOUNT_RAM: u32 = 16 << 10;
/// RAM bought for a contract's account, in bytes: 160 KiB of wasm and its rows.
pub(crate) const CONTRACT_RAM: u32 = 2 << 20;

/// Accounts made in one transaction: well below a block's limits.
const BATCH: usize = 50;

/// The holder of the key of `eosio` on a chain, whatever runs it: makes accounts and sets contracts.
///
/// Accounts that [`Operator::deploy`] and [`Operator::create_contract_account`] make belong to the
/// same key.
#[derive(Debug)]
pub struct Operator {
    client: Client,
    key: PrivateKey,
    market: AtomicBool,
}

impl Operator {
    /// The operator of the chain that the client talks to.
    #[must_use]
    pub fn new(client: Client, key: PrivateKey) -> Self {
        Self {
            client,
            key,
            market: AtomicBool::new(false),
        }
    }

    /// Talks to the chain.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The key of `eosio` and of the accounts made for contracts.
    #[must_use]
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// The public half of [`Operator::key`].
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        Signer::public_key(&self.key)
    }

    /// Sets `eosio.bios`, unless `eosio` has a contract. Accounts are free and without limits then, as
    /// on every chain before its system contract.
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

    /// Whether accounts pay for RAM here.
    pub(crate) fn has_market(&self) -> bool {
        self.market.load(Ordering::Relaxed)
    }

    pub(crate) fn set_market(&self) {
        self.market.store(true, Ordering::Relaxed);
    }

    /// Makes an account with this key as owner and active.
    ///
    /// # Errors
    /// [`NodeError::Call`].
    pub fn create_account(&self, name: Name, key: &PublicKey) -> Result<(), NodeError> {
        self.create_accounts(&[(name, key.clone())])
    }

    /// Makes accounts, many in one transaction.
    ///
    /// # Errors
    /// [`NodeError::Call`].
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

    /// Makes an account for a contract: it belongs to the operator's key, and its code may act under
    /// its active permission.
    ///
    /// # Errors
    /// [`NodeError::Call`].
    pub fn create_contract_account(&self, name: Name) -> Result<(), NodeError> {
        let owner = Authority::from_key(self.public_key());
        let active = owner.clone().with_code(name);
        self.create(vec![(name, owner, active)], CONTRACT_RAM)
    }

    /// Makes accounts of name, owner and active in one transaction.
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
