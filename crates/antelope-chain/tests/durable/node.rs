//! A node takes the block log of a chain for its own: it executes all of it anew, checks every
//! signature, root and id, and has the same state in the end.

use crate::life::lived;
use antelope_chain::Chain;
use antelope_node::{Node, NodeError, NodeOptions, find_program};
use antelope_types::PrivateKey;
use serde_json::{Value, json};
use std::path::Path;

/// Ends a chain, and gives a node its blocks, all of which it checks.
fn given_to_node(folder: &Path, chain: Chain) -> Result<Node, NodeError> {
    chain.close().unwrap();
    Node::start(NodeOptions {
        blocks: Some(folder.join("chain/blocks.log")),
        produce: false,
        arguments: vec!["--force-all-checks".into()],
        ..NodeOptions::default()
    })
}

#[test]
fn a_node_replays_the_block_log() {
    if let Err(NodeError::ProgramMissing { .. }) = find_program("nodeos") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let chain = lived(&folder.path().join("chain"));
    let head = chain.head().clone();
    let usage: Vec<_> = chain.state().ram_usage().collect();
    let node = given_to_node(folder.path(), chain).unwrap();
    let client = node.client();
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
    match given_to_node(folder.path(), chain) {
        Ok(node) => panic!("taken: {:?}", node.client().get_info()),
        Err(NodeError::Start { tail, .. }) => {
            assert!(tail.contains("block signed by unexpected key"), "{tail}");
        }
        Err(other) => panic!("{other}"),
    }
}
