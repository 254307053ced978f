//! How a node starts, what it says, and how it ends.

use crate::support::{KEY, Running, new_account, numbered, program, root, system, veche};
use antelope_types::name;
use rustix::process::Signal;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

#[test]
fn a_signal_ends_a_node_in_order_and_the_next_start_goes_on() {
    for signal in [Signal::TERM, Signal::INT] {
        let folder = tempfile::tempdir().unwrap();
        let mut node = Running::on(folder.path(), &["--boot", "empty"]);
        assert_eq!(node.started["is_new"], json!(true));
        let client = node.client();
        client.push(&[new_account(numbered(1))], &[&KEY]).unwrap();
        node.signal(signal);
        let (status, events) = node.ended();
        assert!(status.success(), "{status}: {}", node.log());
        let names: Vec<_> = events.iter().map(|it| it["event"].clone()).collect();
        assert_eq!(names, ["stopping", "stopped"]);

        let again = Running::on(folder.path(), &[]);
        assert_eq!(again.started["is_new"], json!(false));
        assert_eq!(again.started["boot"], json!("empty"));
        assert_eq!(again.started["chain_id"], node.started["chain_id"]);
        assert!(again.client().find_account(numbered(1)).unwrap().is_some());
        let indexers = again.started["state_history"].as_str().unwrap();
        assert!(indexers.starts_with("ws://127.0.0.1:"), "{indexers}");
        again.stop();
    }
}

#[test]
fn a_second_signal_ends_a_node_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut node = Running::on(folder.path(), &["--boot", "empty"]);
    // A request that never ends keeps the server for seconds.
    let address = node.url().strip_prefix("http://").unwrap();
    let mut slow = TcpStream::connect(address).unwrap();
    let half = b"POST /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{";
    slow.write_all(half).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    node.signal(Signal::TERM);
    node.wait_for("the node ends");
    node.signal(Signal::INT);
    let (status, events) = node.ended();
    assert_eq!(status.code(), Some(1));
    assert_eq!(events.len(), 1, "{events:?}");
}

#[test]
fn a_request_that_has_come_is_answered_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut node = Running::on(folder.path(), &["--boot", "empty"]);
    let client = node.client();
    let sent = std::thread::spawn(move || {
        let mut acknowledged = Vec::new();
        for number in 0.. {
            match client.push(&[new_account(numbered(number))], &[&KEY]) {
                Ok(_) => acknowledged.push(numbered(number)),
                Err(_) => break,
            }
        }
        acknowledged
    });
    std::thread::sleep(Duration::from_millis(300));
    node.signal(Signal::TERM);
    assert!(node.ended().0.success());
    let acknowledged = sent.join().unwrap();
    assert!(!acknowledged.is_empty());
    let again = Running::on(folder.path(), &[]);
    for account in acknowledged {
        assert!(
            again.client().find_account(account).unwrap().is_some(),
            "{account}"
        );
    }
}

#[test]
fn a_person_is_told_where_it_listens_what_is_there_and_how_to_stop_it() {
    let mut command = Command::new(program());
    command.args([
        "node",
        "--listen",
        "127.0.0.1:0",
        "--boot",
        "empty",
        "--state-history",
        "off",
    ]);
    command.stdout(std::process::Stdio::piped());
    command.stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("Stop:") {
        assert!(
            std::io::BufRead::read_line(&mut out, &mut text).unwrap() > 0,
            "{text}"
        );
    }
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, Signal::TERM).unwrap();
    assert!(child.wait().unwrap().success());
    for word in [
        "http://127.0.0.1:",
        "8a34ec7df1b8cd06ff4a8abbaa7cc50300823350cadc59ab296cb00d104d2b8f",
        "in memory: nothing is kept",
        "eosio  owner of the chain  5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3",
        "anybody has these keys",
        "every 500ms",
        "/health",
    ] {
        assert!(text.contains(word), "{word}\n{text}");
    }
}

#[test]
fn blocks_come_with_transactions_or_only_when_asked_for() {
    let mut command = veche();
    command.args(["--boot", "empty", "--produce", "per-transaction"]);
    let node = Running::start(command);
    let client = node.client();
    let before = client.get_info().unwrap().head_block_num;
    client.push(&[new_account(numbered(1))], &[&KEY]).unwrap();
    assert_eq!(client.get_info().unwrap().head_block_num, before + 1);
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(client.get_info().unwrap().head_block_num, before + 1);
    let mut command = veche();
    command.args(["--boot", "empty", "--produce", "on-demand", "--dev"]);
    let node = Running::start(command);
    let client = node.client();
    let before = client.get_info().unwrap().head_block_num;
    client.push(&[new_account(numbered(1))], &[&KEY]).unwrap();
    assert_eq!(client.get_info().unwrap().head_block_num, before);
    let (status, _) = node.page("/v1/dev/produce_blocks");
    assert_eq!(status, 200);
    assert_eq!(client.get_info().unwrap().head_block_num, before + 1);
    // Nobody could ask for one.
    let mut command = veche();
    command.args(["--produce", "on-demand"]);
    let refused = Running::try_start(command).err().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.log.contains("add --dev"), "{}", refused.log);
}

#[test]
fn calls_for_development_are_there_only_when_asked_for() {
    let mut command = veche();
    command.args(["--boot", "empty"]);
    let node = Running::start(command);
    assert_eq!(node.page("/v1/dev/produce_blocks").0, 404);
}

#[test]
fn an_indexer_is_served_and_told_of_the_end() {
    let mut command = veche();
    command.args(["--boot", "empty"]);
    let mut node = Running::start(command);
    let address = node.started["state_history"].as_str().unwrap();
    let mut socket = TcpStream::connect(address.strip_prefix("ws://").unwrap()).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let hello = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.write_all(hello.as_bytes()).unwrap();
    let mut said = Vec::new();
    let mut part = [0; 4096];
    while !String::from_utf8_lossy(&said).contains("get_status_request_v0") {
        let count = socket.read(&mut part).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&said));
        said.extend(&part[..count]);
    }
    assert!(said.starts_with(b"HTTP/1.1 101"));
    // The first bytes after the ABI are pings or the frame that closes the session.
    node.signal(Signal::TERM);
    let mut last = Vec::new();
    socket.read_to_end(&mut last).unwrap();
    assert!(last.windows(2).any(|pair| pair[0] == 0x88), "{last:?}");
    assert!(node.ended().0.success());
}

#[test]
fn a_folder_that_was_begun_otherwise_keeps_what_it_has_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    Running::on(folder.path(), &["--boot", "empty"]).stop();
    let mut command = Command::new(program());
    command.args([
        "node",
        "--listen",
        "127.0.0.1:0",
        "--boot",
        "system",
        "--state-history",
        "off",
        "--data",
    ]);
    command.arg(folder.path());
    command.stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("Stop:") {
        assert!(
            std::io::BufRead::read_line(&mut out, &mut text).unwrap() > 0,
            "{text}"
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(text.contains("empty; --boot is for new folders"), "{text}");
}

#[test]
fn a_key_of_ones_own_is_the_key_of_the_chain_and_is_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let key = antelope_rpc_client::signing::generate_k1().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, key.to_text()).unwrap();
    let mut command = veche();
    command
        .args(["--boot", "empty", "--producer-key-file"])
        .arg(&file);
    let node = Running::start(command);
    let client = node.client();
    let signed = client.push(&[new_account(numbered(1))], &[&KEY]);
    assert!(signed.is_err());
    client.push(&[new_account(numbered(1))], &[&key]).unwrap();
    let told = format!("{}{}", node.started, node.log());
    assert!(!told.contains(&key.to_text()), "the key was shown");
}

#[test]
fn the_sample_is_a_cooperative_with_people_and_an_agenda_and_always_the_same() {
    let arguments = [
        "--start-time",
        "2026-01-01T00:00:00",
        "--produce",
        "on-demand",
        "--dev",
    ];
    let start = || {
        let mut command = veche();
        command.args(arguments).arg("--workspace").arg(root());
        Running::start(command)
    };
    let node = start();
    let client = node.client();
    let accounts = node.started["accounts"].as_array().unwrap();
    let with_role = |role: &str| accounts.iter().filter(|it| it["role"] == role).count();
    assert_eq!(with_role("contract"), 3);
    assert_eq!(with_role("cooperative"), 1);
    assert_eq!(with_role("chairman"), 1);
    assert_eq!(with_role("council member"), 4);
    assert_eq!(with_role("participant"), 1);
    for account in accounts {
        let name = account["account"].as_str().unwrap().parse().unwrap();
        let found = client.get_account(name).unwrap();
        let key = account["public_key"].as_str().unwrap();
        let active = found.permissions.iter();
        let mut active = active.filter(|it| it.perm_name == name!("active"));
        let keys = &active.next().unwrap().required_auth.keys;
        assert!(keys.iter().any(|it| it.key.to_string() == key), "{account}");
        assert!(account["development_key"].is_string(), "{account}");
    }
    let cooperative = accounts
        .iter()
        .find(|it| it["role"] == "cooperative")
        .unwrap();
    let decisions: Value = client
        .call(
            "/v1/chain/get_table_rows",
            &json!({
                "code": "soviet", "scope": cooperative["account"], "table": "decisions",
                "json": true,
            }),
        )
        .unwrap();
    let open = decisions["rows"].as_array().unwrap();
    let ids: Vec<_> = open.iter().map(|row| row["id"].clone()).collect();
    assert_eq!(json!(ids.len()), json!(2), "{decisions}");
    assert_eq!(node.started["questions"].as_array().unwrap().len(), 2);

    let other = start();
    assert_eq!(
        other.started["head_block_id"],
        node.started["head_block_id"]
    );
    assert_eq!(other.started["accounts"], node.started["accounts"]);
}

#[test]
fn contracts_alone_have_no_cooperative() {
    let mut command = veche();
    command
        .args(["--boot", "contracts", "--workspace"])
        .arg(root());
    let node = Running::start(command);
    let client = node.client();
    for account in [name!("registrator"), name!("soviet"), name!("gateway")] {
        assert_ne!(
            client.get_code_hash(account).unwrap().0,
            [0; 32],
            "{account}"
        );
    }
    assert_eq!(node.started["accounts"].as_array().unwrap().len(), 4);
}

#[test]
fn the_system_sells_ram_and_has_multisig() {
    let Some(folder) = system() else { return };
    let copied = tempfile::tempdir().unwrap();
    crate::support::copy(folder, copied.path());
    let node = Running::on(copied.path(), &[]);
    let client = node.client();
    for account in ["eosio", "eosio.token", "eosio.msig", "eosio.wrap"] {
        let account = account.parse().unwrap();
        assert_ne!(
            client.get_code_hash(account).unwrap().0,
            [0; 32],
            "{account}"
        );
    }
    let market: Value = client
        .call(
            "/v1/chain/get_table_rows",
            &json!({ "code": "eosio", "scope": "eosio", "table": "rammarket", "json": true }),
        )
        .unwrap();
    assert_eq!(market["rows"].as_array().unwrap().len(), 1);
    // Nobody gets RAM for nothing.
    let refused = client
        .push(&[new_account(numbered(1))], &[&KEY])
        .unwrap_err();
    assert!(refused.to_string().contains("ram"), "{refused}");
}

#[test]
fn a_node_that_is_killed_before_every_checkpoint_does_not_start_ever_more_slowly() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "--produce",
        "on-demand",
        "--dev",
        "--checkpoint-every",
        "10",
    ];
    Running::on(folder.path(), &["--boot", "empty"]).stop();
    let journals = || {
        let entries = std::fs::read_dir(folder.path().join("chain")).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.starts_with("journal"))
            .collect::<Vec<_>>()
    };
    let before = journals();
    for round in 0..8 {
        let node = Running::on(folder.path(), &arguments);
        let client = node.client();
        for number in 0..4 {
            let account = new_account(numbered(round * 4 + number));
            client.push(&[account], &[&KEY]).unwrap();
        }
        node.kill();
    }
    // What 32 transactions left is not all executed again.
    assert_ne!(journals(), before);
    let node = Running::on(folder.path(), &arguments);
    for number in 0..32 {
        assert!(
            node.client()
                .find_account(numbered(number))
                .unwrap()
                .is_some()
        );
    }
}
