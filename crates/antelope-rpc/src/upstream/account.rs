//! An account of another node, as a fork takes it over.
//!
//! Links of permissions to actions are told by nodes since Leap 3; of older ones they are missing.

use super::remote::{Remote, RemoteError, other};
use antelope_chain::{FetchedAccount, FetchedPermission};
use antelope_rpc_client::base64;
use antelope_types::rpc::{self, LinkedAction, RequiredAuth};
use antelope_types::{Authority, ChainError, KeyWeight, Name, name};
use serde::Deserialize;
use serde_json::json;

/// Code and ABI in base64.
#[derive(Deserialize)]
struct Contract {
    /// Empty where the account has no code.
    wasm: String,
    /// The binary ABI, or empty.
    abi: String,
}

impl Remote {
    /// An account with its code and ABI, if it exists.
    ///
    /// # Errors
    /// As for [`ask`](Self::ask), and where answers are not of the form that nodes give.
    pub(super) fn fetch_account(&self, name: Name) -> Result<Option<FetchedAccount>, RemoteError> {
        let Some(told) = self.ask(|client| client.find_account(name))? else {
            return Ok(None);
        };
        let (code, abi) = self.contract(name)?;
        let mut permissions = Vec::new();
        for permission in told.permissions {
            permissions.push(FetchedPermission {
                name: permission.perm_name,
                parent: permission.parent,
                authority: authority(name, permission.required_auth)?,
                links: links(&permission.linked_actions),
            });
        }
        permissions.push(FetchedPermission {
            name: name!("eosio.any"),
            parent: Name::default(),
            authority: Authority::default(),
            links: links(&told.eosio_any_linked_actions),
        });
        Ok(Some(FetchedAccount {
            created: told.created,
            privileged: told.privileged,
            last_code_update: told.last_code_update,
            code,
            abi,
            permissions,
            ram_quota: told.ram_quota,
            ram_usage: u64::try_from(told.ram_usage).unwrap_or(0),
            net_weight: told.net_weight,
            cpu_weight: told.cpu_weight,
        }))
    }

    /// The code and the binary ABI of an account.
    ///
    /// # Errors
    /// As for [`call`](Self::call), and for what is not base64.
    pub(crate) fn contract(&self, name: Name) -> Result<(Vec<u8>, Vec<u8>), RemoteError> {
        let request = json!({ "account_name": name });
        let contract: Contract = self.call("/v1/chain/get_raw_code_and_abi", &request)?;
        let read = |text: &str| {
            let problem = || other(format!("the contract of {name} is not told in base64"));
            base64::decode(text).ok_or_else(problem)
        };
        Ok((read(&contract.wasm)?, read(&contract.abi)?))
    }

    /// What a node tells of an account that must exist.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    pub(crate) fn told(&self, name: Name) -> Result<rpc::Account, RemoteError> {
        self.call("/v1/chain/get_account", &json!({ "account_name": name }))
    }
}

fn links(told: &[LinkedAction]) -> Vec<(Name, Name)> {
    let links = told.iter();
    let links = links.map(|link| (link.account, link.action.unwrap_or_default()));
    links.collect()
}

/// An authority, all of whose keys are known here.
///
/// # Errors
/// For a key of another kind: without it, somebody could not sign here who can sign there.
pub(crate) fn authority(account: Name, told: RequiredAuth) -> Result<Authority, ChainError> {
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
