//! A real node takes the chain over: it executes all of it anew, checks every signature, root and id.

use crate::support::{KEY, Running, copy, system, transfer, wait_until};
use antelope_node::find_program;
use antelope_rpc_client::Client;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// A process that ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_real_node_replays_a_chain_with_the_system_contracts() {
    let (Some(system), Ok(nodeos)) = (system(), find_program("nodeos")) else {
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

    let blocks = folder.path().join("data/blocks");
    std::fs::create_dir_all(&blocks).unwrap();
    std::fs::copy(data.join("chain/blocks.log"), blocks.join("blocks.log")).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap();
    drop(port);
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let real = Command::new(nodeos)
        .current_dir(folder.path())
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
    let mut real = Ended(real);
    let client = Client::new(&format!("http://{address}")).unwrap();
    wait_until("the real node", || {
        let ended = real.0.try_wait().unwrap();
        let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
        assert!(ended.is_none(), "{}", log());
        client.get_info().is_ok()
    });
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
