//! A node that is a fork of another, as processes.

use crate::support::{KEY, Running, new_account, numbered, veche};
use antelope_rpc_client::Client;
use antelope_types::name;
use serde_json::{Value, json};

fn told(client: &Client) -> Value {
    client.call("/v1/dev/get_fork", &json!({})).unwrap()
}

/// It begins, is killed, and goes on; the other node is not touched and may end.
#[test]
fn a_node_begins_as_a_fork_and_goes_on_after_a_kill() {
    let mut other = veche();
    other.args(["--boot", "empty", "--produce", "per-transaction"]);
    let other = Running::start(other);
    let there = other.client();
    there.push(&[new_account(numbered(1))], &[&KEY]).unwrap();
    let head = there.get_info().unwrap().head_block_num;

    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--dev", "--fork", other.url()];
    let mut node = Running::on(folder.path(), &arguments);
    assert_eq!(node.started["fork"]["block_num"], json!(head));
    let here = node.client();
    assert!(here.find_account(numbered(1)).unwrap().is_some());
    assert!(here.find_account(numbered(2)).unwrap().is_none());
    // `eosio` is the other chain's, with its key.
    here.push(&[new_account(numbered(3))], &[&KEY]).unwrap();
    assert!(there.find_account(numbered(3)).unwrap().is_none());
    assert_eq!(there.get_info().unwrap().head_block_num, head);
    // Blocks are made by the clock, and the mode is told and changed.
    let production =
        |request: Value| -> Value { here.call("/v1/dev/production", &request).unwrap() };
    assert_eq!(production(json!({}))["interval_ms"], json!(500));
    assert_eq!(
        production(json!({ "mode": "per-transaction" }))["mode"],
        json!("per-transaction")
    );
    here.push(&[new_account(numbered(4))], &[&KEY]).unwrap();
    node.child.kill().unwrap();
    node.child.wait().unwrap();

    // The chain knows where it came from.
    let mut node = Running::on(folder.path(), &["--dev"]);
    assert_eq!(node.started["fork"]["url"], json!(other.url()));
    let here = node.client();
    for number in [1, 3, 4] {
        assert!(here.find_account(numbered(number)).unwrap().is_some());
    }
    assert_eq!(told(&here)["accounts"].as_array().unwrap().len(), 2);
    assert!(here.find_account(name!("eosio.new")).unwrap().is_none());

    // Without the other node, what is here goes on, and the rest says so.
    other.stop();
    here.push(&[new_account(numbered(3))], &[&KEY]).unwrap_err();
    let gone = here
        .find_account(name!("somebody"))
        .unwrap_err()
        .to_string();
    assert!(gone.contains("the other node"), "{gone}");
    assert!(here.find_account(numbered(1)).unwrap().is_some());
    node.child.kill().unwrap();
    node.child.wait().unwrap();
}

#[test]
fn what_cannot_be_forked_is_said_before_anything_is_made() {
    let mut other = veche();
    other.args(["--boot", "empty", "--produce", "per-transaction"]);
    let other = Running::start(other);
    let fails = |arguments: &[&str], code: &str, text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = veche();
        command.arg("--data").arg(folder.path()).args(arguments);
        let failed = Running::try_start(command).err().unwrap();
        let told = format!("{failed:?}");
        assert!(told.contains(text), "{told}");
        if !code.is_empty() {
            assert_eq!(failed.event["error"]["code"], json!(code), "{told}");
        }
        assert!(!folder.path().join("chain").exists(), "{told}");
    };
    let gone = ["--fork", "http://127.0.0.1:9"];
    fails(&gone, "fork", "the other node");
    let old = ["--fork", other.url(), "--fork-block", "1"];
    fails(&old, "fork", "newest block only");
    let both = ["--fork", other.url(), "--boot", "empty"];
    fails(&both, "", "cannot be used with");
    let word = ["--fork", other.url(), "--fork-block", "first"];
    fails(&word, "", "expected latest, or the number of a block");

    // A chain that is not a fork does not become one so.
    let folder = tempfile::tempdir().unwrap();
    Running::on(folder.path(), &["--boot", "empty"]).stop();
    let mut command = veche();
    command.arg("--data").arg(folder.path());
    command.args(["--fork", other.url()]);
    let failed = Running::try_start(command).err().unwrap();
    let failed = format!("{failed:?}");
    assert!(failed.contains("not a fork"), "{failed}");
    // It is a mistake at the start, not an error of a call.
    assert!(!failed.contains("3200006"), "{failed}");
    other.stop();
}
