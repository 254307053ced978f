//! The real node as a daemon.

use crate::Failed;
use antelope_client::{Abi, Client, native};
use antelope_node::{Node, NodeOptions, package_contract};
use antelope_types::{Action, Name, PermissionLevel, name};
use serde_json::{Map, Value, json};
use std::time::Instant;

const TOKEN: Name = name!("eosio.token");
const ALICE: Name = name!("alice");

/// One run: from nothing to a transfer, a large contract, a snapshot.
pub fn measure() -> Result<Map<String, Value>, Failed> {
    let mut figures = Map::new();
    let mut tell = |what: &str, since: Instant| {
        let ms = since.elapsed().as_secs_f64() * 1000.0;
        figures.insert(what.to_owned(), ms.into());
    };
    let start = Instant::now();
    let node = Node::start(NodeOptions::default())?;
    let client = node.client();
    for account in [TOKEN, ALICE, name!("bob"), name!("large")] {
        node.create_account(account, &node.public_key())?;
    }
    let (wasm, abi) = package_contract("eosio.token")?;
    let abi = Abi::from_json(&std::fs::read_to_string(abi)?)?;
    let act = |actor: Name, action: Name, arguments: Value| -> Result<Action, Failed> {
        let data = abi.pack_action(action, &arguments)?;
        Ok(action_of(TOKEN, action, actor, data))
    };
    let setup = [
        native::set_code(TOKEN, &std::fs::read(wasm)?),
        native::set_abi(TOKEN, &abi.to_binary()),
    ];
    client.push(&setup, &[node.key()])?;
    let first = [
        act(TOKEN, name!("create"), json!([ALICE, "1000000.0000 EOS"]))?,
        act(ALICE, name!("issue"), json!([ALICE, "1000.0000 EOS", ""]))?,
        act(
            ALICE,
            name!("transfer"),
            json!([ALICE, "bob", "1.0000 EOS", ""]),
        )?,
    ];
    client.push(&first, &[node.key()])?;
    tell("cold_start_ms", start);

    let start = Instant::now();
    deploy_large(client, &node)?;
    tell("deploy_large_ms", start);

    let start = Instant::now();
    client.call::<Value>("/v1/producer/create_snapshot", &json!({}))?;
    tell("snapshot_ms", start);
    Ok(figures)
}

/// `eosio.system` on an account that it does nothing for: what matters is that it is loaded.
fn deploy_large(client: &Client, node: &Node) -> Result<(), Failed> {
    let (wasm, abi) = package_contract("eosio.system")?;
    let abi = Abi::from_json(&std::fs::read_to_string(abi)?)?;
    let account = name!("large");
    let setup = [
        native::set_code(account, &std::fs::read(wasm)?),
        native::set_abi(account, &abi.to_binary()),
    ];
    client.push(&setup, &[node.key()])?;
    let nothing = action_of(account, name!("nothing"), account, Vec::new());
    // It refuses an action that it does not know.
    let _ = client.push(&[nothing], &[node.key()]);
    Ok(())
}

fn action_of(account: Name, name: Name, actor: Name, data: Vec<u8>) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(actor)],
        data,
    }
}
