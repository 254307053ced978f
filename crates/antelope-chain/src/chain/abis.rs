//! Actions, rows and results as JSON, by the ABI that an account has on the chain.
//!
//! Parsing an ABI takes longer than packing an action with it, so that each thread keeps parsed
//! ABIs. The cache is by the address of the ABI's bytes: the state shares them between forks, so
//! that the same bytes have the same address, and a new `setabi` has new bytes. No invalidation is
//! needed.

use super::Chain;
use antelope_abi::{Abi, AbiError};
use antelope_ledger::state::TableKey;
use antelope_types::{
    Action, ActionTrace, ChainError, ErrorKind, IntoAuthorization, Name, PrimaryKey,
};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// Parsed ABIs per thread. When there are more, all are dropped: simpler than evicting one, and
/// rare.
const READY: usize = 64;

/// Parsed ABIs by the address of their bytes. An entry holds the bytes as well, so that the address
/// cannot be reused while the entry exists.
type Abis = HashMap<usize, (Arc<[u8]>, Arc<Abi>)>;

thread_local! {
    /// The parsed ABIs of this thread.
    static ABIS: RefCell<Abis> = RefCell::default();
}

impl Chain {
    /// The parsed ABI of an account.
    ///
    /// # Errors
    /// `account_query_exception` (3060002) where the account does not exist,
    /// `abi_not_found_exception` where it has no ABI; the error of a node where the ABI cannot be
    /// read.
    pub fn abi(&self, account: Name) -> Result<Arc<Abi>, ChainError> {
        let bytes = &self.state().account(account)?.abi;
        if bytes.is_empty() {
            let message = format!("no ABI found for {account}");
            return Err(ChainError::new(ErrorKind::AbiNotFound, message));
        }
        let place = bytes.as_ptr() as usize;
        if let Some(ready) = ABIS.with_borrow(|abis| abis.get(&place).map(|(_, abi)| abi.clone())) {
            return Ok(ready);
        }
        let abi = Arc::new(Abi::from_binary(bytes).map_err(|error| of_abi(account, &error))?);
        ABIS.with_borrow_mut(|abis| {
            if abis.len() >= READY {
                abis.clear();
            }
            abis.insert(place, (Arc::clone(bytes), Arc::clone(&abi)));
        });
        Ok(abi)
    }

    /// An action with its arguments as JSON, an object by field or an array in order, packed by the
    /// ABI of its account.
    ///
    /// ```
    /// use antelope_chain::{Chain, Failure};
    /// use antelope_types::name;
    /// use serde_json::json;
    ///
    /// # fn main() -> Result<(), Failure> {
    /// let (eosio, alice) = (name!("eosio"), name!("alice"));
    /// let mut chain = Chain::builder().account(alice).build()?;
    /// let set_abi = json!({ "account": "alice", "abi": "00" });
    /// chain.push(chain.action(eosio, name!("setabi"), alice, &set_abi)?)?;
    ///
    /// let set_abi = json!({ "account": "Alice", "abi": "00" });
    /// let error = chain.action(eosio, name!("setabi"), alice, &set_abi).unwrap_err();
    /// assert!(error.message().starts_with("eosio::setabi: JSON as `setabi`: `account`: `Alice`"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// `action_validate_exception` for an action that the ABI does not have,
    /// `invalid_action_args_exception` with the field that does not fit.
    pub fn action(
        &self,
        account: Name,
        name: Name,
        authorization: impl IntoAuthorization,
        arguments: &Value,
    ) -> Result<Action, ChainError> {
        let data = self
            .abi(account)?
            .pack_action(name, arguments)
            .map_err(|error| of_action(account, name, &error))?;
        Ok(Action {
            account,
            name,
            authorization: authorization.into_authorization(),
            data,
        })
    }

    /// The arguments of an action as JSON, by the ABI of its account.
    ///
    /// # Errors
    /// `action_validate_exception` (3050000) where the ABI does not have the action,
    /// `unpack_exception` where the bytes do not match the type.
    pub fn arguments_json(&self, action: &Action) -> Result<Value, ChainError> {
        let (account, name) = (action.account, action.name);
        let arguments = self.abi(account)?.unpack_action(name, &action.data);
        arguments.map_err(|error| of_action(account, name, &error))
    }

    /// The return value of an action as JSON, by the ABI of its account.
    ///
    /// # Errors
    /// As for [`arguments_json`](Self::arguments_json), also where the ABI declares no result for
    /// the action.
    pub fn returned_json(&self, trace: &ActionTrace) -> Result<Value, ChainError> {
        let (account, name) = (trace.act.account, trace.act.name);
        let result = self.abi(account)?.unpack_result(name, &trace.return_value);
        result.map_err(|error| of_action(account, name, &error))
    }

    /// The rows of a contract's table in one scope as JSON, ascending by primary key.
    ///
    /// # Errors
    /// `contract_table_query_exception` (3060003) where the ABI does not have the table,
    /// `unpack_exception` for the first row whose bytes do not match the type.
    pub fn rows_json(
        &self,
        code: Name,
        scope: impl PrimaryKey,
        table: Name,
    ) -> Result<Vec<Value>, ChainError> {
        let abi = self.abi(code)?;
        if abi.definition().find_table(table).is_none() {
            let message = format!("{code}: ABI has no table `{table}`");
            return Err(ChainError::new(ErrorKind::ContractTableQuery, message));
        }
        let scope = Name::from_raw(scope.raw());
        let key = TableKey { code, scope, table };
        let rows = self.state().rows(key).map(|(primary, row)| {
            abi.unpack_row(table, &row.value).map_err(|error| {
                let message = format!("row {primary} of {code}, {scope}, {table}: {error}");
                ChainError::new(ErrorKind::Unpack, message)
            })
        });
        rows.collect()
    }
}

/// The chain's error for a failed packing or unpacking.
fn of_action(account: Name, name: Name, error: &AbiError) -> ChainError {
    let kind = match error {
        AbiError::Unknown { .. } => ErrorKind::ActionValidate,
        AbiError::Pack { .. } => ErrorKind::InvalidActionArgs,
        _ => ErrorKind::Unpack,
    };
    ChainError::new(kind, format!("{account}::{name}: {error}"))
}

/// The chain's error for an ABI that cannot be read, with the number that a node gives.
fn of_abi(account: Name, error: &AbiError) -> ChainError {
    let code = error.exception().map(|exception| exception.code().into());
    let kind = code.and_then(ErrorKind::from_code);
    ChainError::new(
        kind.unwrap_or(ErrorKind::Abi),
        format!("{account}: {error}"),
    )
}
