//! Bad days of the folder and of the machine: each is told with what to do, and nothing is lost.

use crate::support::{KEY, Running, copy, new_account, numbered, program, veche, wait_until};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

fn on(folder: &Path) -> Command {
    let mut command = veche();
    command.args(["--boot", "empty", "--data"]).arg(folder);
    command
}

/// Sends accounts from this number on until one is refused; how many were acknowledged, and why the
/// last was not.
fn accounts_until_refused(node: &Running, from: u64) -> (u64, String) {
    let client = node.client();
    for number in from.. {
        if let Err(error) = client.push(&[new_account(numbered(number))], &[&KEY]) {
            return (number - from, error.to_string());
        }
    }
    unreachable!()
}

/// Makes accounts with the first numbers.
fn accounts(node: &Running, count: u64) {
    let client = node.client();
    for number in 0..count {
        client
            .push(&[new_account(numbered(number))], &[&KEY])
            .unwrap();
    }
}

fn assert_has_accounts(node: &Running, count: u64) {
    let client = node.client();
    for number in 0..count {
        let account = numbered(number);
        assert!(
            client.find_account(account).unwrap().is_some(),
            "{account} of {count}"
        );
    }
}

/// Waits until the node says that it is well, or that it is not.
fn wait_for_health(node: &Running, status: u16) -> String {
    let mut body = String::new();
    wait_until(&format!("health {status}"), || {
        let (found, text) = node.page("/health");
        body = text;
        found == status
    });
    body
}

#[test]
fn a_full_disk_refuses_says_so_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    Running::start(on(folder.path())).stop();
    // Files of this process may not grow beyond 64 KiB, and the system tells it by an error.
    let limit = "trap '' XFSZ; ulimit -S -f 64; exec \"$0\" \"$@\"";
    let node = on(folder.path());
    let mut command = Command::new("/bin/sh");
    // The log, with a line for each request, is full as well at some time, and stops nothing.
    command.env("RUST_LOG", "info");
    command
        .args(["-c", limit])
        .arg(node.get_program())
        .args(node.get_args());
    let node = Running::start(command);
    let (first, refused) = accounts_until_refused(&node, 0);
    assert!(
        refused.contains("cannot write") && refused.contains("journal"),
        "{refused}"
    );
    assert!(first > 0);
    let health = wait_for_health(&node, 503);
    assert!(health.contains("cannot write"), "{health}");
    node.wait_for("no block can be completed");
    // Reading goes on.
    assert_has_accounts(&node, first);
    // What was acknowledged is there for whoever opens a copy of the folder now.
    let copied = tempfile::tempdir().unwrap();
    copy(folder.path(), copied.path());
    let other = Running::start(on(copied.path()));
    assert_has_accounts(&other, first);
    drop(other);
    // Room is made.
    let id = node.child.id().to_string();
    let raised = Command::new("prlimit")
        .args(["--pid", &id, "--fsize=unlimited"])
        .status();
    assert!(raised.unwrap().success());
    wait_for_health(&node, 200);
    node.wait_for("blocks are completed again");
    let client = node.client();
    client
        .push(&[new_account(numbered(first))], &[&KEY])
        .unwrap();
    node.kill();
    let node = Running::start(on(folder.path()));
    assert_has_accounts(&node, first + 1);
    node.stop();
}

#[test]
fn a_folder_that_cannot_be_written_is_told_with_the_cure() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    Running::start(on(&folder)).stop();
    let everything = [
        parent.path().to_owned(),
        folder.clone(),
        folder.join("chain"),
    ];
    for path in &everything {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let lock = folder.join("chain/lock");
    std::fs::set_permissions(&lock, std::fs::Permissions::from_mode(0o444)).unwrap();
    let mut command = on(&folder);
    if rustix::process::geteuid().is_root() {
        // Nothing is forbidden to root.
        command.uid(65_534);
    }
    let failed = Running::try_start(command).err().unwrap();
    failed.says(&[
        "chain/lock",
        "Permission denied",
        "give this user the right to write",
    ]);
    for path in &everything {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    std::fs::set_permissions(&lock, std::fs::Permissions::from_mode(0o644)).unwrap();
    Running::start(on(&folder)).stop();
}

#[test]
fn a_folder_of_another_chain_is_told_apart() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Running::start(on(one.path())).stop();
    let key = other.path().join("key");
    let generated = antelope_rpc_client::signing::generate_k1().unwrap();
    std::fs::write(&key, generated.to_text()).unwrap();
    let data = other.path().join("data");
    let mut command = on(&data);
    command.arg("--producer-key-file").arg(&key);
    Running::start(command).stop();
    // Journals of one beside checkpoints of the other.
    let chain = one.path().join("chain");
    for entry in std::fs::read_dir(data.join("chain")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("journal") {
            std::fs::copy(data.join("chain").join(&name), chain.join(&name)).unwrap();
        }
    }
    let failed = Running::try_start(on(one.path())).err();
    failed
        .unwrap()
        .says(&["belongs to the chain", "choose another"]);
    // A folder that is somebody else's altogether.
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("blocks")).unwrap();
    let failed = Running::try_start(on(folder.path())).err().unwrap();
    failed.says(&["`blocks`", "choose an empty folder"]);
}

#[test]
fn a_folder_is_for_one_node_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = Running::start(on(folder.path()));
    let failed = Running::try_start(on(folder.path())).err().unwrap();
    failed.says(&["already open", "end the other node"]);
    first
        .client()
        .push(&[new_account(numbered(0))], &[&KEY])
        .unwrap();
    first.kill();
    let again = Running::start(on(folder.path()));
    assert_has_accounts(&again, 1);
}

#[test]
fn a_port_that_is_taken_is_told_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(program());
    let address = taken.local_addr().unwrap().to_string();
    command.args([
        "node",
        "--json",
        "--boot",
        "empty",
        "--listen",
        &address,
        "--state-history",
        "off",
    ]);
    command.arg("--data").arg(folder.path());
    let failed = Running::try_start(command).err().unwrap();
    failed.says(&[&address, "another program listens there"]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_journal_that_is_removed_under_a_node_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let node = Running::start(on(folder.path()));
    let client = node.client();
    client.push(&[new_account(numbered(0))], &[&KEY]).unwrap();
    for entry in std::fs::read_dir(folder.path().join("chain")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().starts_with("journal") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let mut acknowledged = 1;
    // Refused until the next block has made it good.
    let mut attempts = 0;
    while acknowledged < 5 {
        attempts += 1;
        assert!(attempts < 100_000, "{acknowledged} were taken");
        if client
            .push(&[new_account(numbered(acknowledged))], &[&KEY])
            .is_ok()
        {
            acknowledged += 1;
        }
    }
    wait_for_health(&node, 200);
    node.kill();
    let again = Running::start(on(folder.path()));
    assert_has_accounts(&again, acknowledged);
}

#[test]
fn without_its_block_log_a_node_takes_nothing_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    // The log has blocks after the first checkpoint.
    let node = Running::start(on(folder.path()));
    accounts(&node, 1);
    node.stop();
    let node = Running::start(on(folder.path()));
    let log = folder.path().join("chain/blocks.log");
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&log, &elsewhere).unwrap();
    let health = wait_for_health(&node, 503);
    assert!(health.contains("blocks.log"), "{health}");
    let refused = node
        .client()
        .push(&[new_account(numbered(1))], &[&KEY])
        .unwrap_err();
    assert!(refused.to_string().contains("blocks.log"), "{refused}");
    std::fs::rename(&elsewhere, &log).unwrap();
    wait_for_health(&node, 200);
    node.client()
        .push(&[new_account(numbered(1))], &[&KEY])
        .unwrap();
    node.kill();
    let again = Running::start(on(folder.path()));
    assert_has_accounts(&again, 2);
}

#[test]
fn a_copy_made_while_it_runs_or_not_is_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let node = Running::start(on(folder.path()));
    let client = node.client();
    for number in 0..10 {
        client
            .push(&[new_account(numbered(number))], &[&KEY])
            .unwrap();
    }
    // While it runs: what was acknowledged before the copy is in it.
    let running = tempfile::tempdir().unwrap();
    copy(folder.path(), running.path());
    for number in 10..20 {
        client
            .push(&[new_account(numbered(number))], &[&KEY])
            .unwrap();
    }
    node.stop();
    let stopped = tempfile::tempdir().unwrap();
    copy(folder.path(), stopped.path());
    for (backup, count) in [(running, 10), (stopped, 20)] {
        let node = Running::start(on(backup.path()));
        assert_has_accounts(&node, count);
        node.client()
            .push(&[new_account(numbered(100))], &[&KEY])
            .unwrap();
        node.stop();
    }
}
