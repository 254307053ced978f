//! A chain as public ones are: the system contracts of the node's package.

use super::owner;
use crate::error::NodeError;
use antelope_chain::api::Api;
use antelope_node::{Operator, package_contract};
use antelope_rpc_client::native;
use antelope_types::{Feature, FeatureSet, Name, PermissionLevel, PrivateKey, name};
use coop_demo::{Sample, SampleAccount, SampleRole};
use serde_json::json;

/// Contracts beside the system's own, which act in the name of others and are privileged for it.
const PRIVILEGED: [(Name, &str); 2] = [
    (name!("eosio.msig"), "eosio.msig"),
    (name!("eosio.wrap"), "eosio.wrap"),
];

/// Installs the system, the core token SYS, multisig proposals and `eosio.wrap`.
///
/// # Errors
/// [`NodeError::System`]: `ContractMissing` where the node's package is not on this machine.
pub(super) fn install(api: &Api, key: &PrivateKey) -> Result<Sample, NodeError> {
    let operator = Operator::new(api.client(), key.clone());
    activate(api, &operator)?;
    operator.install_system()?;
    let mut accounts = vec![owner(key)?];
    accounts.push(contract(&operator, name!("eosio.token")));
    for (account, package) in PRIVILEGED {
        let (wasm, abi) = package_contract(package)?;
        operator.deploy(account, &wasm, &abi)?;
        let doing = |source| antelope_node::NodeError::Call {
            what: format!("make {account} privileged"),
            source,
        };
        let eosio = PermissionLevel::active(name!("eosio"));
        let arguments = json!({ "account": account, "is_priv": 1 });
        let client = operator.client();
        let action = client
            .action(name!("eosio"), name!("setpriv"), eosio, &arguments)
            .map_err(doing)?;
        client.push(&[action], &[key]).map_err(doing)?;
        accounts.push(contract(&operator, account));
    }
    Ok(Sample {
        accounts,
        questions: Vec::new(),
    })
}

/// Activates the protocol features of Leap 4, in the way of every public chain: the first by the
/// producer, the others by `eosio.bios`.
fn activate(api: &Api, operator: &Operator) -> Result<(), NodeError> {
    api.with(|chain| chain.activate_features(&[Feature::PREACTIVATE_FEATURE]))?;
    api.with(|chain| chain.produce_block())?;
    operator.set_bios()?;
    let mut features: Vec<Feature> = Vec::new();
    let mut left: Vec<_> = FeatureSet::LEAP_4
        .iter()
        .filter(|feature| *feature != Feature::PREACTIVATE_FEATURE)
        .collect();
    // Each after those that it depends on.
    while !left.is_empty() {
        let (ready, waiting): (Vec<_>, Vec<_>) = left.iter().copied().partition(|feature| {
            let mut needed = feature.depends_on().iter();
            needed.all(|it| !left.contains(&it))
        });
        if ready.is_empty() {
            break;
        }
        features.extend(ready);
        left = waiting;
    }
    let actions: Vec<_> = features
        .iter()
        .map(|feature| native::activate(feature.digest))
        .collect();
    let pushed = operator.client().push(&actions, &[operator.key()]);
    pushed.map_err(|source| antelope_node::NodeError::Call {
        what: "activate the protocol features".to_owned(),
        source,
    })?;
    api.with(|chain| chain.produce_block())?;
    Ok(())
}

fn contract(operator: &Operator, account: Name) -> SampleAccount {
    SampleAccount {
        account,
        role: SampleRole::Contract,
        key: operator.public_key(),
        title: String::new(),
    }
}
