//! `kill -9` at any moment loses no transaction that was acknowledged.
//!
//! In each round a node is started, clients send transfers over HTTP and note the id and the block of
//! each that was acknowledged, and the node is killed after a random time. The next start must have
//! all of them. `VECHE_KILL_ROUNDS` sets the number of rounds: `scripts/kill-node` does 1000.

use crate::support::{KEY, Running, copy, system, transfer};
use antelope_rpc_client::Client;
use antelope_types::Checksum256;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Clients that send at the same time.
const CLIENTS: u64 = 3;

/// The longest life of a node in ms.
const LONGEST: u64 = 400;

/// Blocks are quick, and the chain is written often, so that nodes are killed within both.
const ARGUMENTS: [&str; 4] = ["--interval", "50ms", "--checkpoint-every", "300"];

/// What was acknowledged, by block.
type Acknowledged = BTreeMap<u32, Vec<Checksum256>>;

/// Sends transfers until the node does not answer.
fn send(client: &Client, round: u64, number: u64) -> Vec<(u32, Checksum256)> {
    let mut acknowledged = Vec::new();
    for sent in 0.. {
        let action = transfer(client, &format!("{round} {number} {sent}"));
        match client.push(&[action], &[&KEY]) {
            Ok(trace) => acknowledged.push((trace.block_num, trace.id)),
            // A block that is full makes them wait.
            Err(antelope_rpc_client::ClientError::Chain(refusal)) => panic!("{refusal}"),
            Err(_) => break,
        }
    }
    acknowledged
}

/// Looks every transaction up in its block; those that are not there.
fn lost(client: &Client, acknowledged: &Acknowledged) -> Vec<Checksum256> {
    let Some(last) = acknowledged.keys().last() else {
        return Vec::new();
    };
    while client.get_info().unwrap().head_block_num < *last {
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut lost = Vec::new();
    for (number, ids) in acknowledged {
        let block: Value = client
            .call("/v1/chain/get_block", &json!({ "block_num_or_id": number }))
            .unwrap();
        let found: BTreeSet<_> = block["transactions"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| it["trx"]["id"].as_str())
            .collect();
        lost.extend(
            ids.iter()
                .filter(|id| !found.contains(id.to_string().as_str())),
        );
    }
    lost
}

#[test]
fn kill_9_loses_nothing_that_was_acknowledged() {
    let Some(system) = system() else { return };
    let rounds = std::env::var("VECHE_KILL_ROUNDS").ok();
    let rounds: u64 = rounds.map_or(20, |text| text.parse().unwrap());
    let seed = std::env::var("VECHE_KILL_SEED").ok();
    let seed: u64 = seed.map_or_else(
        || {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap()
                .as_nanos() as u64
        },
        |text| text.parse().unwrap(),
    );
    println!("seed {seed}");
    let mut random = seed | 1;
    let folder = tempfile::tempdir().unwrap();
    copy(system, folder.path());
    let (mut last, mut all) = (Acknowledged::new(), Acknowledged::new());
    let (mut count, mut checked) = (0, 0);
    for round in 0..=rounds {
        let node = Running::on(folder.path(), &ARGUMENTS);
        let missing = lost(&node.client(), &last);
        assert!(
            missing.is_empty(),
            "seed {seed}, round {round}: {missing:?}"
        );
        checked += last.values().map(Vec::len).sum::<usize>();
        for (number, ids) in std::mem::take(&mut last) {
            all.entry(number).or_default().extend(ids);
        }
        if round == rounds {
            // Once more, from the first round on: nothing is lost later either.
            let missing = lost(&node.client(), &all);
            assert!(missing.is_empty(), "seed {seed}, at the end: {missing:?}");
            node.stop();
            break;
        }
        let client = node.client();
        // The ABI is known before anybody is killed.
        transfer(&client, "");
        let clients = (0..CLIENTS).map(|number| {
            let client = client.clone();
            std::thread::spawn(move || send(&client, round, number))
        });
        let clients: Vec<_> = clients.collect();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_millis(random % LONGEST));
        node.kill();
        for client in clients {
            for (number, id) in client.join().unwrap() {
                last.entry(number).or_default().push(id);
                count += 1;
            }
        }
        if round % 100 == 99 {
            println!(
                "{} rounds: {checked} of {count} looked up, 0 lost",
                round + 1
            );
        }
    }
    println!("{rounds} rounds of kill -9: {count} acknowledged, {checked} looked up, 0 lost");
    assert_eq!(checked, count);
    assert!(count > 0);
}
