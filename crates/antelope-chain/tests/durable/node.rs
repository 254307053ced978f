//! A node takes the block log of a chain for its own: it executes all of it anew, checks every
//! signature, root and id, and has the same state in the end.

use crate::life::lived;
use antelope_chain::Chain;
use antelope_node::{NodeError, find_program};
use antelope_rpc_client::Client;
use antelope_types::PrivateKey;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

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
