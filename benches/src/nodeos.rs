//! The real node as a daemon.

use crate::Failed;
use crate::contracts::Files;
use antelope_abi::Abi;
use antelope_node::{Node, NodeOptions, package_contract};
use antelope_types::{Action, Name, PermissionLevel, name};
use serde_json::{Map, Value, json};
use std::time::Instant;

const TOKEN: Name = name!("eosio.token");
const EOSIO: Name = name!("eosio");
const MSIG: Name = name!("eosio.msig");
const ALICE: Name = name!("alice");

/// One run: from nothing to a transfer, contracts that it has never seen, a snapshot.
pub fn measure(soviet: &Files) -> Result<Map<String, Value>, Failed> {
    let mut figures = Map::new();
    let mut tell = |what: &str, since: Instant| {
        let ms = since.elapsed().as_secs_f64() * 1000.0;
        figures.insert(what.to_owned(), ms.into());
    };
    let start = Instant::now();
    let node = Node::start(NodeOptions::default())?;
    node.boot_system()?;
    let client = node.client();
    for account in [ALICE, name!("bob")] {
        node.create_account(account, &node.public_key())?;
    }
    let (wasm, abi) = package_contract("eosio.msig")?;
    node.deploy(MSIG, &wasm, &abi)?;
    node.fund(ALICE, "100.0000 SYS")?;
    let (_, abi) = package_contract("eosio.token")?;
    let abi = Abi::from_json(&std::fs::read_to_string(abi)?)?;
    let transfer = abi.pack_action(name!("transfer"), &json!([ALICE, "bob", "1.0000 SYS", ""]))?;
    let transfer = action_of(TOKEN, name!("transfer"), ALICE, transfer);
    client.push(&[transfer], &[node.key()])?;
    tell("cold_start_ms", start);

    let folder = tempfile::tempdir()?;
    let large = Files::large(folder.path())?;
    for (what, account, files) in [
        ("deploy_large_ms", name!("large"), &large),
        ("deploy_soviet_ms", name!("soviet"), soviet),
    ] {
        let (_, abi) = package_contract("eosio.system")?;
        let system = Abi::from_json(&std::fs::read_to_string(&abi)?)?;
        node.create_account(account, &node.public_key())?;
        let ram = system.pack_action(name!("buyrambytes"), &json!([EOSIO, account, 5 << 20]))?;
        let ram = action_of(EOSIO, name!("buyrambytes"), EOSIO, ram);
        client.push(&[ram], &[node.key()])?;
        let start = Instant::now();
        node.deploy(account, &files.wasm, &files.abi)?;
        // It refuses an action that it does not know.
        let nothing = action_of(account, name!("nothing"), account, Vec::new());
        let _ = client.push(&[nothing], &[node.key()]);
        tell(what, start);
    }

    let start = Instant::now();
    client.call::<Value>("/v1/producer/create_snapshot", &json!({}))?;
    tell("snapshot_ms", start);
    Ok(figures)
}

fn action_of(account: Name, name: Name, actor: Name, data: Vec<u8>) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(actor)],
        data,
    }
}
