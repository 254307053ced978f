//! A node takes the block log of a chain for its own: it executes all of it anew, checks every
//! signature, root and id, and has the same state in the end.

use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Feature, FeatureSet, Genesis, OpenOptions};
use antelope_client::signing::Signer;
use antelope_client::{Abi, Client, native};
use antelope_node::{NodeError, find_program, package_contract};
use antelope_types::{
    Action, Asset, Encode, Name, PermissionLevel, PrivateKey, SignedTransaction, asset, name,
};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
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

/// A chain that begins without protocol features, as those of nodes do.
fn lived(folder: &Path) -> Chain {
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

/// A node that is ended with the test.
struct Replaying(Child);

impl Drop for Replaying {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a node on the blocks in this folder.
fn replay(nodeos: &Path, folder: &Path) -> (Replaying, Client) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap();
    drop(port);
    let log = std::fs::File::create(folder.join("log")).unwrap();
    let node = Command::new(nodeos)
        .current_dir(folder)
        .args(["--data-dir=data", "--config-dir=config"])
        .args(["--hard-replay-blockchain", "--force-all-checks"])
        .args([
            "--plugin=eosio::chain_api_plugin",
            "--plugin=eosio::http_plugin",
        ])
        .arg(format!("--http-server-address={address}"))
        .arg("--http-validate-host=false")
        .arg("--resource-monitor-not-shutdown-on-threshold-exceeded")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let client = Client::new(&format!("http://{address}")).unwrap();
    (Replaying(node), client)
}

/// Ends a chain, and gives a node its blocks: the node and how to ask it, once it has taken them, or
/// what it says where it does not.
fn given_to_node(
    nodeos: &Path,
    folder: &Path,
    chain: Chain,
) -> Result<(Replaying, Client), String> {
    chain.close().unwrap();
    let blocks = folder.join("data/blocks");
    std::fs::create_dir_all(&blocks).unwrap();
    std::fs::copy(folder.join("chain/blocks.log"), blocks.join("blocks.log")).unwrap();
    let (mut node, client) = replay(nodeos, folder);
    loop {
        if client.get_info().is_ok() {
            return Ok((node, client));
        }
        if node.0.try_wait().unwrap().is_some() {
            return Err(std::fs::read_to_string(folder.join("log")).unwrap());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_node_replays_the_block_log() {
    let nodeos = match find_program("nodeos") {
        Err(NodeError::ProgramMissing { .. }) => return,
        found => found.unwrap(),
    };
    let folder = tempfile::tempdir().unwrap();
    let chain = lived(&folder.path().join("chain"));
    let head = chain.head().clone();
    let usage: Vec<_> = chain.state().ram_usage().collect();
    let (_node, client) = given_to_node(&nodeos, folder.path(), chain).unwrap();
    assert_eq!(client.get_info().unwrap().head_block_id, head.id);
    for (account, bytes) in usage {
        let request = json!({ "account_name": account.to_string() });
        let found: Value = client.call("/v1/chain/get_account", &request).unwrap();
        assert_eq!(found["ram_usage"], json!(bytes), "{account}");
    }
    let request = json!({ "code": "token", "account": "bob", "symbol": "TOK" });
    let balance: Value = client
        .call("/v1/chain/get_currency_balance", &request)
        .unwrap();
    assert_eq!(balance, json!(["60.0000 TOK"]));

    // It looks at signatures, too.
    let folder = tempfile::tempdir().unwrap();
    let mut chain = lived(&folder.path().join("chain"));
    chain.set_producer_key(PrivateKey::K1([7; 32]));
    let taken = match given_to_node(&nodeos, folder.path(), chain) {
        Ok((_, client)) => client.get_info().unwrap().head_block_id == head.id,
        Err(_) => false,
    };
    assert!(!taken, "blocks signed with another key were taken");
}
