//! How long a node takes to be there again. Run it on an idle machine:
//! `cargo test --workspace --test node -- --ignored --nocapture restart`.

use crate::support::{KEY, Running, copy, system, transfer};
use antelope_rpc_client::Client;
use antelope_types::{Action, PermissionLevel, name};
use serde_json::json;
use std::time::Instant;

/// Rows of the chain.
const ROWS: u32 = 100_000;

/// Actions in a transaction.
const BATCH: u32 = 200;

/// A row: a token of this number.
fn token(client: &Client, number: u32) -> Action {
    let mut symbol = String::new();
    let mut rest = number;
    for _ in 0..6 {
        symbol.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let arguments = json!({ "issuer": "eosio", "maximum_supply": format!("1000000 {symbol}") });
    let token = PermissionLevel::active(name!("eosio.token"));
    client
        .action(name!("eosio.token"), name!("create"), token, &arguments)
        .unwrap()
}

fn measure(what: &str, start: impl Fn() -> Running) {
    let rounds = (0..5).map(|_| {
        let began = Instant::now();
        let node = start();
        node.client().get_info().unwrap();
        let taken = (began.elapsed(), node.processor_time());
        node.kill();
        taken
    });
    let (mut wall, mut processor): (Vec<_>, Vec<_>) = rounds.unzip();
    for (kind, times) in [("wall", &mut wall), ("processor", &mut processor)] {
        times.sort();
        println!(
            "{what}: {kind} {:?} / {:?} / {:?} (min / median / max of 5)",
            times[0], times[2], times[4]
        );
    }
}

#[test]
#[ignore = "measures; takes minutes"]
fn restart_with_100_000_rows() {
    let Some(system) = system() else { return };
    let folder = tempfile::tempdir().unwrap();
    copy(system, folder.path());
    let arguments = ["--interval", "20ms", "--durability", "process"];
    let node = Running::on(folder.path(), &arguments);
    let client = node.client();
    let eosio = PermissionLevel::active(name!("eosio"));
    let arguments = json!({ "payer": "eosio", "receiver": "eosio.token", "bytes": 40_000_000 });
    let ram = client
        .action(name!("eosio"), name!("buyrambytes"), eosio, &arguments)
        .unwrap();
    client.push(&[ram], &[&KEY]).unwrap();
    for first in (0..ROWS).step_by(BATCH as usize) {
        let actions: Vec<_> = (first..first + BATCH)
            .map(|number| token(&client, number))
            .collect();
        client.push(&actions, &[&KEY]).unwrap();
    }
    node.stop();
    measure("start after an end in order, 100 000 rows", || {
        Running::on(folder.path(), &[])
    });
    // The worst: just before a checkpoint everything since the last is in the journal.
    let node = Running::on(folder.path(), &["--durability", "process"]);
    let client = node.client();
    for number in 0..4_500 {
        client
            .push(&[transfer(&client, &number.to_string())], &[&KEY])
            .unwrap();
    }
    node.kill();
    let worst = tempfile::tempdir().unwrap();
    measure(
        "start after kill -9, 100 000 rows and 4500 transfers since the checkpoint",
        || {
            let copied = worst.path().join(format!("{:?}", Instant::now()));
            copy(folder.path(), &copied);
            Running::on(&copied, &[])
        },
    );
}
