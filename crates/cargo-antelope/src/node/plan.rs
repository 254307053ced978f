//! What a deployment would change: computed from what the chain has and what was built, and nothing
//! else, so that a dry run and the real one say the same.

use super::market::market;
use crate::failure::Failure;
use antelope_build::Artifact;
use antelope_build::abi::{Change, Effect, diff_abi};
use antelope_rpc_client::native::{set_abi, set_code};
use antelope_rpc_client::{Abi, Account, Client};
use antelope_types::abi::AbiDef;
use antelope_types::{Action, Checksum256, Name, PermissionLevel, name};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// RAM bytes for each byte of code.
const CODE_RAM: i64 = antelope_build::RAM_PER_CODE_BYTE as i64;

/// What an account has of a contract.
#[derive(Debug, Serialize)]
pub(super) struct Deployed {
    /// SHA-256 of the wasm; zero for none.
    pub(super) code_hash: Checksum256,
    /// Length of the wasm.
    pub(super) wasm_bytes: usize,
    /// SHA-256 of the binary ABI; for none zero, or that of no bytes.
    pub(super) abi_hash: Checksum256,
    /// Length of the binary ABI.
    pub(super) abi_bytes: usize,
}

/// A deployment before it happens. Written as JSON it is the result of the command, so that names and
/// types of fields are part of its interface.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    /// Who gets the contract.
    pub(super) account: Name,
    /// The contract's package.
    pub(super) package: String,
    /// The chain, so that a wrong node is noticed.
    pub(super) chain_id: Checksum256,
    /// What the account has.
    pub(super) now: Deployed,
    /// What it is to have.
    pub(super) new: Deployed,
    /// Whether the code differs and is to be sent.
    pub(super) sets_code: bool,
    /// Whether the binary ABI differs and is to be sent.
    pub(super) sets_abi: bool,
    /// From the ABI of now to the new one; everything is new where there is none now.
    pub(super) abi_changes: Vec<Change>,
    pub(super) ram: Ram,
    /// The authority that must sign.
    pub(super) permission: PermissionLevel,
    /// Keys and accounts of that authority, and the weight it wants.
    pub(super) authority: Option<Authority>,
    /// What the account lacks for the contract to work.
    pub(super) lacks: Vec<String>,
    /// Whether that is the permission `eosio.code`.
    #[serde(skip)]
    pub(super) lacks_code: bool,
    /// The account as it is.
    #[serde(skip)]
    pub(super) holder: Account,
    /// The bytes to send.
    #[serde(skip)]
    wasm: Vec<u8>,
    /// The bytes to send.
    #[serde(skip)]
    abi: Vec<u8>,
}

/// Bytes of RAM, and what they cost.
#[derive(Debug, Serialize)]
pub(super) struct Ram {
    /// What the account needs more for code; negative for less.
    pub(super) code: i64,
    /// What it needs more for the ABI; negative for less.
    pub(super) abi: i64,
    /// Bytes that the account may use and does not; none for an account without a limit.
    pub(super) free: Option<i64>,
    /// Bytes to buy first.
    pub(super) to_buy: u64,
    /// What these cost on the chain's market; none for none, or on a chain without a market.
    pub(super) price: Option<String>,
}

/// A permission as people read it.
#[derive(Debug, Serialize)]
pub(super) struct Authority {
    /// The sum of weights needed.
    pub(super) threshold: u32,
    /// Public keys, with their weight if it is not 1.
    pub(super) keys: Vec<String>,
    /// `account@permission`, with its weight if it is not 1.
    pub(super) accounts: Vec<String>,
}

impl Ram {
    /// Bytes that the account needs more; negative for less.
    pub(super) fn total(&self) -> i64 {
        self.code + self.abi
    }
}

impl Plan {
    /// Compares an account with a build. All requests only read.
    ///
    /// # Errors
    /// `deploy.account` where the account does not exist, those of the client, and those of files of the
    /// build.
    pub(super) fn make(
        client: &Client,
        permission: PermissionLevel,
        artifact: &Artifact,
    ) -> Result<Self, Box<Failure>> {
        let account = permission.actor;
        let holder = client.find_account(account)?.ok_or_else(|| {
            let message = format!("account {account} does not exist on {}", client.url());
            Box::new(Failure::new("deploy.account", message))
        })?;
        let (now, old_abi) = deployed(client, account)?;
        let wasm = artifact.read_wasm()?;
        let json = artifact.read_abi()?;
        let new_abi = Abi::from_json(&json).map_err(antelope_rpc_client::ClientError::from)?;
        let abi = new_abi.to_binary();
        let new = Deployed {
            code_hash: Checksum256::sha256(&wasm),
            wasm_bytes: wasm.len(),
            abi_hash: Checksum256::sha256(&abi),
            abi_bytes: abi.len(),
        };
        let abi_changes = diff_abi(&old_abi, new_abi.definition());
        let ram = ram(client, &holder, &now, &new)?;
        Ok(Self {
            account,
            package: artifact.package.clone(),
            chain_id: client.chain_id()?,
            sets_code: now.code_hash != new.code_hash,
            sets_abi: now.abi_hash != new.abi_hash,
            abi_changes,
            ram,
            permission,
            authority: authority(&holder, permission),
            lacks: lacks(&holder, artifact),
            lacks_code: may_not_send(&holder, artifact),
            holder,
            now,
            new,
            wasm,
            abi,
        })
    }

    /// The actions that are still to be done: `setcode` before `setabi`, none where the account has all
    /// of it.
    pub(super) fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.sets_code {
            actions.push(set_code(self.account, &self.wasm));
        }
        if self.sets_abi {
            actions.push(set_abi(self.account, &self.abi));
        }
        for action in &mut actions {
            action.authorization = vec![self.permission];
        }
        actions
    }

    /// Changes of the interface after which old actions or rows are not understood any more.
    pub(super) fn breaking(&self) -> usize {
        let breaking = self.abi_changes.iter();
        breaking.filter(|it| it.effect == Effect::Breaking).count()
    }
}

/// What an account has, and its interface. The hashes come from `get_raw_abi`; the length of code, which
/// RAM is billed by, only from the code itself, so that it is fetched where there is some.
pub(super) fn deployed(client: &Client, account: Name) -> Result<(Deployed, AbiDef), Box<Failure>> {
    #[derive(Deserialize)]
    struct Answer {
        wasm: String,
    }
    let raw = client.get_raw_abi(account)?;
    let wasm_bytes = if raw.code_hash == Checksum256::ZERO {
        0
    } else {
        let path = "/v1/chain/get_raw_code_and_abi";
        let answer: Answer = client.call(path, &json!({ "account_name": account }))?;
        let wasm = antelope_rpc_client::base64::decode(&answer.wasm);
        wasm.map_or(0, |wasm| wasm.len())
    };
    let deployed = Deployed {
        code_hash: raw.code_hash,
        wasm_bytes,
        abi_hash: raw.abi_hash,
        abi_bytes: raw.abi.len(),
    };
    // An ABI that nobody can read is replaced like none.
    let abi = Abi::from_binary(&raw.abi).ok();
    let definition = abi.map(|abi| abi.definition().clone()).unwrap_or_default();
    Ok((deployed, definition))
}

/// What the deployment takes of RAM, and the price of what is missing.
fn ram(
    client: &Client,
    holder: &Account,
    now: &Deployed,
    new: &Deployed,
) -> Result<Ram, Box<Failure>> {
    let code = (new.wasm_bytes as i64 - now.wasm_bytes as i64) * CODE_RAM;
    let abi = new.abi_bytes as i64 - now.abi_bytes as i64;
    let free = (holder.ram_quota >= 0).then(|| holder.ram_quota - holder.ram_usage);
    let missing = free.map_or(0, |free| code + abi - free);
    let to_buy = u64::try_from(missing).unwrap_or(0);
    let price = match to_buy {
        0 => None,
        bytes => market(client)?.map(|market| market.of(bytes)),
    };
    Ok(Ram {
        code,
        abi,
        free,
        to_buy,
        price,
    })
}

/// Who satisfies the permission that is to sign; `None` where the account does not have it. Keys have
/// the text that the node gives them.
fn authority(holder: &Account, level: PermissionLevel) -> Option<Authority> {
    let auth = &holder.permission(level.permission)?.required_auth;
    let weighted = |what: String, weight: u16| match weight {
        1 => what,
        more => format!("{what} (weight {more})"),
    };
    Some(Authority {
        threshold: auth.threshold,
        keys: auth
            .keys
            .iter()
            .map(|it| weighted(it.key.to_string(), it.weight))
            .collect(),
        accounts: auth
            .accounts
            .iter()
            .map(|it| weighted(it.permission.to_string(), it.weight))
            .collect(),
    })
}

/// What the account should get for the contract to work.
fn lacks(holder: &Account, artifact: &Artifact) -> Vec<String> {
    let account = holder.account_name;
    let code = PermissionLevel::new(account, name!("eosio.code"));
    let lack =
        || format!("the contract sends inline actions: they need {code} in {account}@active");
    let lacks = may_not_send(holder, artifact).then(lack);
    lacks.into_iter().collect()
}

/// Whether a contract sends inline actions and its account does not let it. A contract sends them in
/// its own name by the permission `eosio.code`, which its `active` must list with a weight that reaches
/// the threshold; privileged accounts need none.
fn may_not_send(holder: &Account, artifact: &Artifact) -> bool {
    let code = PermissionLevel::new(holder.account_name, name!("eosio.code"));
    let may_send = holder.permission(name!("active")).is_some_and(|active| {
        let auth = &active.required_auth;
        let mut accounts = auth.accounts.iter();
        accounts.any(|it| it.permission == code && u32::from(it.weight) >= auth.threshold)
    });
    artifact.info.imports.contains(&"send_inline") && !may_send && !holder.privileged
}
