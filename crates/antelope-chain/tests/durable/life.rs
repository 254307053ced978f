//! The life of a chain in a folder.

use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Feature, FeatureSet, Genesis, OpenOptions};
use antelope_client::signing::Signer;
use antelope_client::{Abi, native};
use antelope_node::package_contract;
use antelope_types::{
    Action, Asset, Encode, Name, PermissionLevel, SignedTransaction, asset, name,
};
use std::path::Path;
use std::time::Duration;

/// Executes actions that the development key has signed.
fn push(chain: &mut Chain, actions: &[Action]) {
    let transaction = chain.transaction(actions);
    let digest = transaction.signing_digest(&chain.chain_id(), &[]);
    let signed = SignedTransaction {
        transaction,
        signatures: vec![DEVELOPMENT_KEY.sign(&digest).unwrap()],
        context_free_data: Vec::new(),
    };
    chain.push_signed(&signed).unwrap();
}

fn account(chain: &mut Chain, name: Name) {
    let key = chain.genesis().initial_key.clone();
    let authority = antelope_types::Authority::from_key(key);
    let action = native::new_account(name!("eosio"), name, authority.clone(), authority);
    push(chain, &[action]);
}

#[derive(Encode)]
struct Create {
    issuer: Name,
    maximum_supply: Asset,
}

#[derive(Encode)]
struct Issue<'a> {
    to: Name,
    quantity: Asset,
    memo: &'a str,
}

#[derive(Encode)]
struct Transfer<'a> {
    from: Name,
    to: Name,
    quantity: Asset,
    memo: &'a str,
}

fn token(by: Name, action: Name, data: &impl Encode) -> Action {
    let level = [PermissionLevel::active(by)];
    Action::new(name!("token"), action, &level, data)
}

/// A chain that begins without protocol features, as those of nodes do, and has a token. All that is
/// given to it is signed.
pub fn lived(folder: &Path) -> Chain {
    let genesis = Genesis {
        features: FeatureSet::NONE,
        ..Genesis::default()
    };
    let options = OpenOptions::new().genesis(genesis);
    let mut chain = options.open(folder, Engine::shared().unwrap()).unwrap();
    for name in [name!("token"), name!("alice"), name!("bob")] {
        account(&mut chain, name);
    }
    chain.produce_block().unwrap();
    chain
        .activate_features(&[Feature::PREACTIVATE_FEATURE])
        .unwrap();
    chain.produce_block().unwrap();
    let (wasm, abi) = package_contract("eosio.token").unwrap();
    let abi = Abi::from_json(&std::fs::read_to_string(abi).unwrap()).unwrap();
    let code = std::fs::read(wasm).unwrap();
    push(
        &mut chain,
        &[
            native::set_code(name!("token"), &code),
            native::set_abi(name!("token"), &abi.to_binary()),
        ],
    );
    let create = Create {
        issuer: name!("alice"),
        maximum_supply: asset!("1000000.0000 TOK"),
    };
    push(
        &mut chain,
        &[token(name!("token"), name!("create"), &create)],
    );
    let issue = Issue {
        to: name!("alice"),
        quantity: asset!("1000.0000 TOK"),
        memo: "first",
    };
    push(&mut chain, &[token(name!("alice"), name!("issue"), &issue)]);
    chain.advance(Duration::from_secs(60 * 60)).unwrap();
    for round in 0..30 {
        let transfer = Transfer {
            from: name!("alice"),
            to: name!("bob"),
            quantity: asset!("1.0000 TOK"),
            memo: "again and again",
        };
        let transfer = token(name!("alice"), name!("transfer"), &transfer);
        push(&mut chain, &[transfer.clone(), transfer]);
        if round % 4 == 0 {
            chain.produce_block().unwrap();
        }
    }
    chain.produce_block().unwrap();
    chain
}
