//! Deploying contracts, and the permission that their inline actions need.
//!
//! A contract that sends inline actions in its own name needs the permission `<account>@eosio.code`
//! in its active authority; without it the node refuses them with `unsatisfied_authorization`.
//! Accounts created here have it.

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use antelope_abi::Abi;
use antelope_rpc_client::{Signer, TransactionTrace, native};
use antelope_types::{Authority, Name, PublicKey, name};
use std::fs;
use std::path::Path;

impl Operator {
    /// Sets the code and ABI of an account that belongs to the operator's key. If the account does
    /// not exist it is created first, with the permission `eosio.code`, so that the contract can
    /// send inline actions.
    ///
    /// # Errors
    /// [`NodeError::Io`] or [`NodeError::Abi`] for the files, [`NodeError::Call`] for what the node
    /// refuses.
    pub fn deploy(
        &self,
        account: Name,
        wasm: &Path,
        abi: &Path,
    ) -> Result<TransactionTrace, NodeError> {
        let found = self.client().find_account(account);
        if found.doing(|| format!("look for {account}"))?.is_none() {
            self.create_contract_account(account)?;
        }
        self.deploy_with(account, wasm, abi, self.key())
    }

    /// Sets the code and ABI of an account that belongs to another key, in one transaction. The ABI
    /// file is JSON; the client remembers it for later calls.
    ///
    /// # Errors
    /// As for [`Operator::deploy`].
    pub fn deploy_with(
        &self,
        account: Name,
        wasm: &Path,
        abi: &Path,
        owner: &dyn Signer,
    ) -> Result<TransactionTrace, NodeError> {
        let read = |path: &Path| fs::read(path).doing(|| format!("read {}", path.display()));
        let code = read(wasm)?;
        let json = String::from_utf8_lossy(&read(abi)?).into_owned();
        let parsed = Abi::from_json(&json).map_err(|source| NodeError::Abi {
            path: abi.to_owned(),
            source,
        })?;
        let actions = [
            native::set_code(account, &code),
            native::set_abi(account, &parsed.to_binary()),
        ];
        let trace = self.client().push(&actions, &[owner]);
        let trace = trace.doing(|| format!("deploy {} to {account}", wasm.display()))?;
        self.client().remember_abi(account, parsed);
        Ok(trace)
    }

    /// Sets the active authority of an account to this key plus `account@eosio.code`: the contract
    /// on it may then send inline actions in its own name.
    ///
    /// # Errors
    /// [`NodeError::Call`].
    pub fn set_code_permission(
        &self,
        account: Name,
        key: &PublicKey,
        owner: &dyn Signer,
    ) -> Result<TransactionTrace, NodeError> {
        let authority = Authority::from_key(key.clone()).with_code(account);
        let update = native::update_auth(account, name!("active"), name!("owner"), authority);
        let trace = self.client().push(&[update], &[owner]);
        trace.doing(|| format!("give the code of {account} its permission"))
    }
}
