//! What a new chain begins with.

mod system;

use crate::about::{About, KnownAccount};
use crate::error::NodeError;
use crate::options::NodeOptions;
use antelope_chain::api::{Api, Production};
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis};
use antelope_node::Operator;
use antelope_rpc_client::signing;
use antelope_types::{PrivateKey, name};
use coop_demo::{Sample, SampleAccount, SampleOptions, SampleRole, deploy_contracts, found_sample};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

/// What a new chain begins with. The genesis is that of a node without a genesis file, with all
/// protocol features: wallets know one chain id for all of them. With a producer key of one's own the
/// id is another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Boot {
    /// The three contracts and a cooperative with people and an agenda, see
    /// [`coop_demo::found_sample`].
    #[default]
    Sample,
    /// The three contracts.
    Contracts,
    /// `eosio.system`, `eosio.token`, `eosio.msig` and `eosio.wrap` from the node's package, as on a
    /// public chain: RAM is bought, CPU and NET are staked for.
    System,
    /// The account `eosio` and nothing else.
    Empty,
}

impl Boot {
    /// Its name in arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Contracts => "contracts",
            Self::System => "system",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Boot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Boot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Sample, Self::Contracts, Self::System, Self::Empty];
        let found = all.into_iter().find(|boot| boot.name() == text);
        found.ok_or_else(|| format!("expected sample, contracts, system or empty, not {text:?}"))
    }
}

/// Makes a chain in memory. What is going on is said on `progress`, a line each.
///
/// # Errors
/// [`NodeError::Boot`], [`NodeError::System`], [`NodeError::Chain`].
pub(crate) fn boot(
    options: &NodeOptions,
    documents: &Path,
    progress: &mut dyn Write,
) -> Result<(Chain, About), NodeError> {
    let boot = options.boot.unwrap_or_default();
    let key = options.producer_key.clone().unwrap_or(DEVELOPMENT_KEY);
    let public = signing::public_key(&key).map_err(|error| NodeError::Folder {
        path: documents.to_owned(),
        problem: error.to_string(),
    })?;
    let genesis = Genesis {
        initial_key: public,
        ..Genesis::default()
    };
    let mut chain = Chain::start(genesis, Engine::shared()?)?;
    chain.set_producer_key(key.clone());
    // From the first block on.
    chain.record_history();
    let api = Api::new(chain, Production::PerTransaction);
    api.jump_to(options.start_time.unwrap_or_else(|| options.clock.now()))?;
    let sample = match boot {
        Boot::Sample | Boot::Contracts => {
            set_bios(&api, &key)?;
            let from = SampleOptions {
                workspace: options.workspace.clone(),
                contracts: options.contracts.clone(),
                documents: documents.to_owned(),
            };
            match boot {
                Boot::Sample => found_sample(&api, &key, &from, progress)?,
                _ => deploy_contracts(&api, &key, &from, progress)?,
            }
        }
        Boot::System => system::install(&api, &key)?,
        Boot::Empty => Sample {
            accounts: vec![owner(&key)?],
            questions: Vec::new(),
        },
    };
    // The head is recent, and what was done is irreversible.
    api.with(|chain| chain.produce_block())?;
    api.with(|chain| chain.produce_block())?;
    let accounts = sample.accounts.into_iter().map(known).collect();
    let about = About {
        boot,
        accounts,
        questions: sample.questions,
    };
    Ok((api.fork(), about))
}

/// Deploys `eosio.bios`, where the node's package is on this machine: with it, `eosio` may set
/// resources and privileges. The three contracts do not need it.
fn set_bios(api: &Api, key: &PrivateKey) -> Result<(), NodeError> {
    let operator = Operator::new(api.client(), key.clone());
    match operator.set_bios() {
        Err(antelope_node::NodeError::ContractMissing { .. }) => Ok(()),
        other => Ok(other?),
    }
}

/// The account `eosio`.
fn owner(key: &PrivateKey) -> Result<SampleAccount, NodeError> {
    let key = signing::public_key(key).map_err(|error| StoryKey::from(error).0)?;
    Ok(SampleAccount {
        account: name!("eosio"),
        role: SampleRole::System,
        key,
        title: String::new(),
    })
}

/// An error of a key as an error of this crate.
struct StoryKey(NodeError);

impl From<signing::SigningError> for StoryKey {
    fn from(error: signing::SigningError) -> Self {
        Self(NodeError::Boot(error.into()))
    }
}

fn known(account: SampleAccount) -> KnownAccount {
    let role = match account.role {
        SampleRole::System => "owner of the chain",
        SampleRole::Contract => "contract",
        SampleRole::Cooperative => "cooperative",
        SampleRole::Chairman => "chairman",
        SampleRole::Member => "council member",
        SampleRole::Cashier => "cashier",
        SampleRole::Participant => "participant",
    };
    let mut known = KnownAccount {
        account: account.account,
        role: role.to_owned(),
        title: account.title,
        key: account.key.to_string(),
        is_development: false,
    };
    known.is_development = known.private_key().is_some();
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_others_are_refused_with_the_choice() {
        for boot in [Boot::Sample, Boot::Contracts, Boot::System, Boot::Empty] {
            assert_eq!(boot.to_string().parse(), Ok(boot));
        }
        let error = "full".parse::<Boot>().unwrap_err();
        assert!(
            error.contains("sample, contracts, system or empty"),
            "{error}"
        );
    }
}
