//! Nodes of their own: started, refused, ended.

use antelope_node::{Node, NodeError, NodeOptions, package_contract};
use antelope_rpc_client::{Client, native, signing};
use antelope_types::{PermissionLevel, name};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Waits up to twenty seconds.
fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(20), "never: {what}");
        sleep(Duration::from_millis(50));
    }
}

fn answers(url: &str) -> bool {
    Client::new(url).is_ok_and(|client| client.get_info().is_ok())
}

#[test]
fn a_node_ends_with_its_owner_and_leaves_nothing() {
    let node = Node::start(NodeOptions::default()).unwrap();
    let (url, folder) = (node.url().to_owned(), node.folder().to_owned());
    let log = std::fs::read_to_string(node.log()).unwrap();
    assert!(log.contains("Produced block"));
    assert!(answers(&url) && folder.is_dir());
    drop(node);
    assert!(!answers(&url) && !folder.exists());
}

#[test]
fn a_new_chain_boots_once_and_again() {
    let node = Node::start(NodeOptions::default()).unwrap();
    node.boot().unwrap();
    node.boot().unwrap();
    let key = signing::generate_k1().unwrap();
    let public = signing::public_key(&key).unwrap();
    let accounts: Vec<_> = (0..150u32)
        .map(|n| {
            let letters = [n / 26 % 26, n % 26].map(|l| char::from(b'a' + l as u8));
            (
                format!("many{}{}", letters[0], letters[1]).parse().unwrap(),
                public.clone(),
            )
        })
        .collect();
    node.create_accounts(&accounts).unwrap();
    assert!(
        node.client()
            .find_account(accounts[149].0)
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_chain_with_a_market_gives_accounts_what_they_need() {
    let node = Node::start(NodeOptions::default()).unwrap();
    node.boot_system().unwrap();
    let (client, key) = (node.client(), signing::generate_k1().unwrap());
    let (alice, bob, msig) = (name!("alice"), name!("bob"), name!("alicesmsig"));
    let public = signing::public_key(&key).unwrap();
    node.create_accounts(&[(alice, public.clone()), (bob, public)])
        .unwrap();
    let account = client.get_account(alice).unwrap();
    assert!(account.ram_quota > account.ram_usage && account.ram_quota < 20_000);
    let (wasm, abi) = package_contract("eosio.msig").unwrap();
    node.deploy(msig, &wasm, &abi).unwrap();

    node.fund(alice, "5.0000 SYS").unwrap();
    let token = name!("eosio.token");
    let transfer = |quantity: &str| {
        let by = PermissionLevel::active(alice);
        let arguments = json!([alice, bob, quantity, ""]);
        client.push(
            &[client
                .action(token, name!("transfer"), by, &arguments)
                .unwrap()],
            &[&key],
        )
    };
    transfer("2.0000 SYS").unwrap();
    assert_eq!(
        transfer("4.0000 SYS").unwrap_err().assertion(),
        Some("overdrawn balance")
    );
    let liquid = client.get_account(bob).unwrap().core_liquid_balance;
    assert_eq!(liquid.as_deref(), Some("2.0000 SYS"));

    // A contract takes ten times the size of its wasm in RAM, which Alice has not bought.
    let code = native::set_code(alice, &std::fs::read(wasm).unwrap());
    let error = client.push(&[code], &[&key]).unwrap_err();
    assert_eq!(error.chain().unwrap().name(), "ram_usage_exceeded");
}

#[test]
fn two_nodes_are_two_chains() {
    let nodes = [0, 1].map(|_| Node::start(NodeOptions::default()).unwrap());
    let [a, b] = nodes
        .each_ref()
        .map(|node| node.client().chain_id().unwrap());
    assert_ne!(a, b);
    assert_ne!(nodes[0].public_key(), nodes[1].public_key());
}

#[test]
fn a_node_that_tracks_transactions_tells_how_far_they_are() {
    let tracking = "--transaction-finality-status-max-storage-size-gb=1";
    let node = Node::start(NodeOptions {
        arguments: vec![tracking.into()],
        ..Default::default()
    });
    let node = node.unwrap();
    let (client, eosio) = (node.client(), name!("eosio"));
    let auth = antelope_types::Authority::from_key(node.public_key());
    let action = native::update_auth(eosio, name!("extra"), name!("active"), auth);
    let trace = client.push(&[action], &[node.key()]).unwrap();
    let state = || client.get_transaction_status(trace.id).unwrap().state;
    assert!(["LOCALLY_APPLIED", "IN_BLOCK"].contains(&state().as_str()));
    eventually("the transaction is irreversible", || {
        state() == "IRREVERSIBLE"
    });
}

#[test]
fn a_node_that_cannot_start_shows_its_log() {
    let options = NodeOptions {
        arguments: vec!["--no-such-option".into()],
        ..NodeOptions::default()
    };
    match Node::start(options) {
        Err(NodeError::Start { what, tail, .. }) => {
            assert!(what.starts_with("ended"), "{what}");
            assert!(tail.contains("no-such-option"), "{tail}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_program_that_is_no_node_is_given_up() {
    let options = NodeOptions {
        nodeos: Some("/bin/cat".into()),
        patience: Duration::from_secs(1),
        ..NodeOptions::default()
    };
    assert!(matches!(Node::start(options), Err(NodeError::Start { .. })));
    let options = NodeOptions {
        nodeos: Some("/nowhere".into()),
        ..NodeOptions::default()
    };
    assert!(matches!(Node::start(options), Err(NodeError::Io { .. })));
}

#[test]
fn a_kept_node_lives_on() {
    let node = Node::start(NodeOptions::default()).unwrap();
    let (url, folder) = (node.url().to_owned(), node.folder().to_owned());
    let id = node.keep().to_string();
    assert!(answers(&url));
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    eventually("the kept node ends on SIGTERM", || !answers(&url));
    std::fs::remove_dir_all(folder).unwrap();
}

/// What [`a_node_does_not_outlive_a_killed_owner`] runs in a process of its own.
#[test]
#[ignore = "run by another test"]
fn owner_of_a_node() {
    let node = Node::start(NodeOptions::default()).unwrap();
    let file = std::env::var_os("VECHE_TEST_OWNER").expect("where to tell");
    let text = format!("{}\n{}", node.url(), node.folder().display());
    let partial = PathBuf::from(&file).with_extension("partial");
    std::fs::write(&partial, text).unwrap();
    std::fs::rename(partial, file).unwrap();
    sleep(Duration::from_secs(60));
}

#[test]
fn a_node_does_not_outlive_a_killed_owner() {
    let told = std::env::temp_dir().join(format!("veche-owner-{}", std::process::id()));
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "client::nodes::owner_of_a_node"])
        .env("VECHE_TEST_OWNER", &told)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the owner tells of its node", || told.exists());
    let text = std::fs::read_to_string(&told).unwrap();
    std::fs::remove_file(&told).unwrap();
    let (url, folder) = text.split_once('\n').unwrap();
    assert!(answers(url));
    owner.kill().unwrap();
    owner.wait().unwrap();
    eventually("the node ends", || !answers(url));
    eventually("its folder goes", || !Path::new(folder).exists());
}
