//! The life of a chain in a folder.

use crate::shared::package::package;
use crate::shared::signing::sign;
use crate::shared::token::token;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Feature, FeatureSet, Genesis, OpenOptions};
use antelope_rpc_client::native;
use antelope_types::{Authority, IntoActions, Name, asset, name};
use std::path::Path;
use std::time::Duration;

const TOKEN: Name = name!("token");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");

/// Executes actions that the development key has signed.
fn push(chain: &mut Chain, actions: impl IntoActions) {
    let transaction = chain.transaction(actions);
    let signed = sign(chain, transaction);
    chain.push_signed(&signed).unwrap();
}

fn account(chain: &mut Chain, name: Name) {
    let key = chain.genesis().initial_key.clone();
    let authority = Authority::from_key(key);
    let action = native::new_account(name!("eosio"), name, authority.clone(), authority);
    push(chain, action);
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
    for name in [TOKEN, ALICE, BOB] {
        account(&mut chain, name);
    }
    chain.produce_block().unwrap();
    chain
        .activate_features(&[Feature::PREACTIVATE_FEATURE])
        .unwrap();
    chain.produce_block().unwrap();
    let contract = package("eosio.token");
    push(
        &mut chain,
        [
            native::set_code(TOKEN, contract.wasm()),
            native::set_abi(TOKEN, contract.abi()),
        ],
    );
    let all = asset!("1000000.0000 TOK");
    push(&mut chain, token(TOKEN, TOKEN).create(ALICE, all));
    let alice = token(TOKEN, ALICE);
    let some = asset!("1000.0000 TOK");
    push(&mut chain, alice.issue(ALICE, some, "first".into()));
    chain.advance(Duration::from_secs(60 * 60)).unwrap();
    for round in 0..30 {
        let one = asset!("1.0000 TOK");
        let transfer = || alice.transfer(ALICE, BOB, one, "again and again".into());
        push(&mut chain, [transfer(), transfer()]);
        if round % 4 == 0 {
            chain.produce_block().unwrap();
        }
    }
    chain.produce_block().unwrap();
    chain
}
