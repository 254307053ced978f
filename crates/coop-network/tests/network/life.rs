//! The life of a network: made, a node killed, cut in two and healed, stopped and started again.

use super::{data, network, succeed};
use serde_json::Value;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// The end of a network, also of one whose test has failed.
struct Ended<'a>(&'a Path);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        network(self.0, "down");
    }
}

/// A node of a report.
fn node<'a>(report: &'a Value, name: &str) -> &'a Value {
    let nodes = report["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .find(|it| it["name"] == name)
        .expect("the node")
}

/// A number of a node's chain; 0 where it does not answer.
fn number(report: &Value, name: &str, field: &str) -> u64 {
    node(report, name)["chain"][field].as_u64().unwrap_or(0)
}

/// Looks at the network again and again until it is so. What never becomes so ends the test by the
/// number of looks, about ten minutes on a quiet machine.
fn until(folder: &Path, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..1200 {
        let report = data(folder, "status --rounds 1");
        if is_so(&report) {
            println!(
                "{what}: head {}, irreversible {}",
                report["head"], report["irreversible"]
            );
            return report;
        }
        sleep(Duration::from_millis(500));
    }
    panic!("never {what}: {:#}", data(folder, "status --rounds 1"));
}

const ALL: [&str; 6] = ["a", "b", "c", "d", "e", "api"];

#[test]
#[ignore = "minutes; scripts/test network runs it"]
fn a_network_bears_a_killed_node_and_a_partition() {
    if let Err(error) = antelope_node::find_program("nodeos") {
        println!("SKIPPED: the network of delegates ({error})");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let _ended = Ended(folder);
    succeed(folder, "up");
    let made = data(folder, "status");
    assert!(
        ALL.iter().all(|name| node(&made, name)["is_alive"] == true),
        "{made:#}"
    );
    assert_eq!(
        node(&made, "api")["peers"],
        serde_json::json!(["a", "b", "c", "d", "e"])
    );
    // Again, nothing happens.
    succeed(folder, "up");
    let again = data(folder, "status");
    for name in ALL {
        assert_eq!(node(&made, name)["process"], node(&again, name)["process"]);
    }
    nobody_has_the_key_of_eosio(folder, &made);

    // Four of five are enough.
    succeed(folder, "kill c");
    let killed = data(folder, "status");
    assert_eq!(node(&killed, "c")["is_alive"], false);
    let head = killed["head"].as_u64().expect("a head");
    until(folder, "irreversible without c", |it| {
        it["irreversible"].as_u64() > Some(head)
    });
    succeed(folder, "start c");
    until(folder, "c has the blocks", |it| {
        number(it, "c", "irreversible") > head
    });

    // Two and three of five are not.
    succeed(folder, "cut a,b c,d,e");
    let cut = until(folder, "no connection from one side to the other", |it| {
        let peers = node(it, "a")["peers"].as_array().map_or(9, Vec::len);
        peers == 1 && node(it, "api")["peers"] == serde_json::json!(["c", "d", "e"])
    });
    let head = cut["head"].as_u64().expect("a head");
    let apart = until(folder, "both sides go on, apart", |it| {
        number(it, "api", "head") > head + 100 && number(it, "a", "head") > head + 50
    });
    assert_ne!(
        node(&apart, "a")["chain"]["head_id"],
        node(&apart, "c")["chain"]["head_id"]
    );
    for name in ALL {
        assert!(
            number(&apart, name, "irreversible") <= head,
            "{name}: {apart:#}"
        );
    }
    succeed(folder, "heal");
    let longest = apart["head"].as_u64().expect("a head");
    let healed = until(folder, "one chain, irreversible", |it| {
        ALL.iter()
            .all(|name| number(it, name, "irreversible") > longest)
    });
    one_block_everywhere(&healed, longest);

    // Also a node that has been stopped by a signal ends in order.
    succeed(folder, "kill e --signal stop");
    succeed(folder, "down");
    let down = data(folder, "status");
    assert!(
        ALL.iter()
            .all(|name| node(&down, name)["is_alive"] == false),
        "{down:#}"
    );
    succeed(folder, "up");
    let up = data(folder, "status");
    assert!(
        up["head"].as_u64() >= healed["irreversible"].as_u64(),
        "{up:#}"
    );
    succeed(folder, "down --delete");
    assert!(!folder.join("network.json").exists() && !folder.join("nodes").exists());
}

#[test]
#[ignore = "minutes; scripts/test network runs it"]
fn a_delegate_joins_and_another_is_voted_out() {
    if let Err(error) = antelope_node::find_program("nodeos") {
        println!("SKIPPED: a delegate that joins ({error})");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let _ended = Ended(folder);
    succeed(folder, "up");
    let before = data(folder, "status");
    succeed(folder, "join f --from genesis --instead-of e");
    let after = data(folder, "status");
    assert_eq!(
        before["schedule"].as_u64().map(|it| it + 1),
        after["schedule"].as_u64()
    );
    let rounds = after["rounds"].as_array().expect("rounds");
    let elected: Vec<_> = rounds
        .iter()
        .filter_map(|it| it["producer"].as_str())
        .collect();
    let expected = [
        "delegateaaaa",
        "delegatebbbb",
        "delegatecccc",
        "delegatedddd",
        "delegateffff",
    ];
    assert_eq!(elected, expected);
    // Who produces cannot join again.
    let again = network(folder, "join f");
    assert_eq!(again.status.code(), Some(2));
    // The one who was voted out is not well, and a program can tell.
    let out = network(folder, "check delegateeeee --rounds 1");
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(
        out.status.code() == Some(8) && said.contains("not in the schedule"),
        "{said}"
    );
    succeed(folder, "down --delete");
}

/// All nodes have the same block of this number.
fn one_block_everywhere(report: &Value, number: u64) {
    let id = |name: &str| {
        let url = node(report, name)["url"].as_str().expect("an address");
        let client = antelope_rpc_client::Client::new(url).expect("an address");
        let request = serde_json::json!({ "block_num": number });
        let block: Value = client
            .call("/v1/chain/get_block_info", &request)
            .expect("a block");
        block["id"].clone()
    };
    let first = id("a");
    assert!(ALL.iter().all(|name| id(name) == first));
}

/// `eosio` belongs to the elected delegates, and no key is left that signs for it.
fn nobody_has_the_key_of_eosio(folder: &Path, report: &Value) {
    let url = node(report, "api")["url"].as_str().expect("an address");
    let client = antelope_rpc_client::Client::new(url).expect("an address");
    for name in ["eosio", "eosio.token", "eosio.msig"] {
        let account = client
            .get_account(name.parse().expect("a name"))
            .expect("an account");
        for permission in account.permissions {
            let authority = permission.required_auth;
            assert!(authority.keys.is_empty(), "{name}");
            let holder = authority.accounts[0].permission.actor.to_string();
            let expected = if name == "eosio" {
                "eosio.prods"
            } else {
                "eosio"
            };
            assert_eq!(holder, expected);
        }
    }
    let keys = std::fs::read_dir(folder.join("development-keys")).expect("keys");
    assert_eq!(keys.count(), 5 * 2 + 3);
}
