//! A real node takes the chain over: it executes all of it anew, checks every signature, root and id.

use crate::support::{KEY, Running, copy, system, transfer};
use antelope_node::{Node as RealNode, NodeOptions, find_program};

#[test]
fn a_real_node_replays_a_chain_with_the_system_contracts() {
    let (Some(system), Ok(_)) = (system(), find_program("nodeos")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("veche");
    copy(system, &data);
    let node = Running::on(&data, &["--interval", "20ms"]);
    let client = node.client();
    for number in 0..20 {
        let action = transfer(&client, &number.to_string());
        client.push(&[action], &[&KEY]).unwrap();
    }
    node.stop();
    // What the end has written is the whole chain up to its head.
    let node = Running::on(&data, &["--produce", "per-transaction"]);
    let client = node.client();
    let head = client.get_info().unwrap();
    let supply = client
        .post(
            "/v1/chain/get_currency_stats",
            br#"{"code":"eosio.token","symbol":"SYS"}"#,
        )
        .unwrap();
    node.stop();

    let real = RealNode::start(NodeOptions {
        blocks: Some(data.join("chain/blocks.log")),
        produce: false,
        arguments: vec!["--force-all-checks".into()],
        ..NodeOptions::default()
    });
    let real = real.unwrap();
    let client = real.client();
    let found = client.get_info().unwrap();
    assert!(
        found.head_block_num + 1 >= head.head_block_num,
        "{found:?} {head:?}"
    );
    assert_eq!(found.chain_id, head.chain_id);
    let found = client
        .post(
            "/v1/chain/get_currency_stats",
            br#"{"code":"eosio.token","symbol":"SYS"}"#,
        )
        .unwrap();
    let read = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap();
    assert_eq!(read(&found.body), read(&supply.body));
}
