//! Contracts onto accounts.

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use antelope_abi::Abi;
use antelope_rpc_client::{Signer, TransactionTrace, native};
use antelope_types::{Authority, Name, PublicKey, name};
use std::fs;
use std::path::Path;

impl Operator {
    /// Sets code and ABI of an account that belongs to the operator's key; makes the account first,
    /// with the code permission, if there is none of that name.
    ///
    /// # Errors
    /// [`NodeError::Io`] or [`NodeError::Abi`] for the files, [`NodeError::Call`].
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

    /// Sets code and ABI of an account that belongs to `owner`, in one transaction.
    ///
    /// # Errors
    /// As [`Operator::deploy`].
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

    /// Lets the code of `account` act under its active permission, beside this key.
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
