//! Accounts of another node.
//!
//! An authority may name permissions of other accounts, and a chain refuses one that names an account
//! which is not there. So those accounts are taken over as well, and those that they name, until there
//! are no more: with their permissions, which decide who satisfies the authority, and without code,
//! which does not.
//!
//! Links of permissions to actions are told by nodes since Leap 3; of older ones they are missing.

use super::super::import::{Account, Import, Permission};
use super::remote::{Remote, other};
use antelope_chain::Chain;
use antelope_rpc_client::base64;
use antelope_types::rpc::{self, RequiredAuth};
use antelope_types::{Authority, ChainError, KeyWeight, Name};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeSet, VecDeque};

/// The most accounts of one call, with those that authorities refer to.
const MOST: usize = 100;

/// Code and ABI in base64.
#[derive(Deserialize)]
struct Contract {
    /// Empty where the account has no code.
    wasm: String,
    /// The binary ABI, or empty.
    abi: String,
}

impl Remote {
    /// Adds the accounts that are not here, with those that they refer to; returns the wanted ones
    /// that are here already.
    ///
    /// # Errors
    /// Where the other node does not have an account, tells a key of an unknown kind, or authorities
    /// refer to more than [`MOST`] accounts.
    pub(super) fn accounts(
        &self,
        chain: &Chain,
        wanted: impl IntoIterator<Item = Name>,
        import: &mut Import,
    ) -> Result<BTreeSet<Name>, ChainError> {
        let is_here = |name: Name| chain.state().account(name).is_ok();
        let wanted: BTreeSet<Name> = wanted.into_iter().collect();
        let (existing, missing): (BTreeSet<_>, BTreeSet<_>) =
            wanted.into_iter().partition(|name| is_here(*name));
        let mut seen = missing.clone();
        let mut queue: VecDeque<_> = missing.iter().copied().collect();
        while let Some(name) = queue.pop_front() {
            if import.accounts.len() == MOST {
                let problem = format!("authorities refer to more than {MOST} accounts");
                return Err(other(problem));
            }
            let account = self.account(name, missing.contains(&name))?;
            for referred in account.refers_to() {
                if !is_here(referred) && seen.insert(referred) {
                    queue.push_back(referred);
                }
            }
            import.accounts.push(account);
        }
        Ok(existing)
    }

    /// An account, with its code where that is wanted.
    ///
    /// # Errors
    /// Where the other node does not have it, or its answer is not of the form that nodes give.
    fn account(&self, name: Name, with_code: bool) -> Result<Account, ChainError> {
        let request = json!({ "account_name": name });
        let told: rpc::Account = self.call("/v1/chain/get_account", &request)?;
        let permissions = told.permissions.into_iter().map(|permission| {
            let linked = permission.linked_actions.into_iter();
            Ok(Permission {
                name: permission.perm_name,
                parent: permission.parent,
                authority: authority(name, permission.required_auth)?,
                links: linked.map(|link| (link.account, link.action)).collect(),
            })
        });
        let mut account = Account {
            name,
            permissions: permissions.collect::<Result<_, ChainError>>()?,
            code: Vec::new(),
            abi: Vec::new(),
        };
        if with_code {
            let contract: Contract = self.call("/v1/chain/get_raw_code_and_abi", &request)?;
            let read = |text: &str| {
                let problem = || other(format!("the contract of {name} is not told in base64"));
                base64::decode(text).ok_or_else(problem)
            };
            account.code = read(&contract.wasm)?;
            account.abi = read(&contract.abi)?;
        }
        Ok(account)
    }
}

/// An authority, all of whose keys are known here.
///
/// # Errors
/// For a key of another kind: without it, somebody could not sign here who can sign there.
fn authority(account: Name, told: RequiredAuth) -> Result<Authority, ChainError> {
    let keys = told.keys.iter().map(|told| {
        let unknown = || {
            let key = &told.key;
            other(format!(
                "{account} has the key {key}, whose kind is unknown here"
            ))
        };
        Ok(KeyWeight {
            key: told.key.key().cloned().ok_or_else(unknown)?,
            weight: told.weight,
        })
    });
    Ok(Authority {
        threshold: told.threshold,
        keys: keys.collect::<Result<_, ChainError>>()?,
        accounts: told.accounts,
        waits: told.waits,
    })
}
