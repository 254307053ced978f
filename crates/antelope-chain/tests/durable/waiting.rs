//! A process is killed while transactions wait for the next block: what it was told to be done is
//! there afterwards, each in one block.

use crate::kill::until_killed;
use antelope_chain::api::{Api, Production, WaitingBounds};
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis, NoContracts, OpenOptions};
use antelope_rpc_client::native;
use antelope_types::Name;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Names the folder of the chain to the process that is to be killed.
const FOLDER: &str = "ANTELOPE_CHAIN_TO_KILL_WAITING";

const ROUNDS: u64 = 12;

/// Clients, each with an account.
const CLIENTS: u64 = 8;

/// A chain whose blocks have room for four transactions of the clients.
fn open(folder: &Path) -> Chain {
    let mut genesis = Genesis::default();
    let config = &mut genesis.initial_configuration;
    config.max_transaction_net_usage = 11_000;
    config.max_block_net_usage = 12_000;
    let options = OpenOptions::new().genesis(genesis).checkpoint_every(50);
    options.open(folder, Arc::new(NoContracts)).unwrap()
}

fn account(client: u64) -> Name {
    Name::from_raw((client + 1) << 59)
}

/// In the process that is killed: clients send until the end, and tell of what was acknowledged.
#[test]
fn the_process_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut chain = open(Path::new(&folder));
    for client in 0..CLIENTS {
        if chain.state().account(account(client)).is_err() {
            chain.create_account(account(client)).unwrap();
        }
    }
    chain.produce_block().unwrap();
    let api = Api::new(chain, Production::OnDemand);
    api.wait_for_room(WaitingBounds::default()).unwrap();
    let most = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                std::thread::sleep(Duration::from_millis(20));
                api.with(|chain| chain.produce_block()).unwrap();
            }
        });
        for client in 0..CLIENTS {
            let (api, most) = (&api, &most);
            scope.spawn(move || {
                let rpc = api.client();
                for number in 0..u64::MAX {
                    let load = vec![number as u8; 2500];
                    let action = native::set_abi(account(client), &load);
                    let trace = rpc.push(&[action], &[&DEVELOPMENT_KEY]).unwrap();
                    let waiting = most.fetch_max(api.waiting(), Ordering::Relaxed);
                    // Not through `println`, which tests hold back. In one piece.
                    let line = format!("done {} {waiting}\n", trace.id);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn what_was_acknowledged_after_waiting_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("chain");
    drop(open(&folder));
    let mut random = 0x2545_f491_4f6c_dd1du64;
    let (mut told, mut waited) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let lines = until_killed(
            "waiting::the_process_that_is_killed",
            &[(FOLDER, folder.as_os_str())],
            5 + random % 60,
            random >> 50,
        );
        for line in lines {
            // The last one may not be whole.
            if let Some((id, waiting)) = line.split_once(' ')
                && id.len() == 64
            {
                told.push(id.to_owned());
                waited = waited.max(waiting.parse().unwrap_or(0));
            }
        }
        let mut chain = open(&folder);
        chain.produce_block().unwrap();
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for number in 1..=chain.head().number() {
            for transaction in &chain.block(number).unwrap().transactions {
                *found.entry(transaction.id.to_string()).or_default() += 1;
            }
        }
        assert!(found.values().all(|count| *count == 1), "round {round}");
        let lost = told.iter().filter(|id| !found.contains_key(*id));
        assert_eq!(lost.count(), 0, "round {round}");
    }
    assert!(waited > 0, "nothing has waited");
}
