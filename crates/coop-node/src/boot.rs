//! Makes a new chain.

mod system;

use crate::about::{About, KnownAccount};
use crate::beginning::Boot;
use crate::error::NodeError;
use crate::options::NodeOptions;
use antelope_chain::api::{Api, Production};
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis};
use antelope_node::Operator;
use antelope_rpc::ForkSource;
use antelope_rpc_client::signing;
use antelope_types::{FeatureSet, PrivateKey, name};
use coop_demo::{Sample, SampleAccount, SampleOptions, SampleRole, deploy_contracts, found_sample};
use std::io::Write;
use std::path::Path;

/// Makes a chain in memory. What is going on is said on `progress`, a line each.
///
/// # Errors
/// [`NodeError::Boot`], [`NodeError::System`], [`NodeError::Chain`], [`NodeError::Fork`].
pub(crate) fn boot(
    options: &NodeOptions,
    source: Option<&ForkSource>,
    documents: &Path,
    progress: &mut dyn Write,
) -> Result<(Chain, About), NodeError> {
    // With a fork there is nothing but what the other chain has.
    let boot = match source {
        Some(_) => Boot::Empty,
        None => options.boot.unwrap_or_default(),
    };
    let key = options.producer_key.clone().unwrap_or(DEVELOPMENT_KEY);
    let public = signing::public_key(&key).map_err(|error| NodeError::Folder {
        path: documents.to_owned(),
        problem: error.to_string(),
    })?;
    let mut genesis = Genesis {
        initial_key: public,
        ..Genesis::default()
    };
    if boot == Boot::System {
        // As on a public chain: activated by its blocks, so that a real node can replay them.
        genesis.features = FeatureSet::NONE;
    }
    if let Some(source) = source {
        genesis.features = source.features().map_err(NodeError::Fork)?;
    }
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
        // Nobody has the keys of the other chain.
        Boot::Empty if source.is_some() => Sample {
            accounts: Vec::new(),
            questions: Vec::new(),
        },
        Boot::Empty => Sample {
            accounts: vec![owner(&key)?],
            questions: Vec::new(),
        },
    };
    if let Some(source) = source {
        let begun = source.begin(&api, true);
        begun.map_err(NodeError::Fork)?;
    }
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
