//! Many clients at a time.

use crate::support::{GET_INFO, ask, connect, post, read, server};
use antelope_chain::DEVELOPMENT_KEY;
use antelope_keys::signing;
use antelope_rpc::Options;
use antelope_rpc_client::native;
use antelope_types::{Authority, PackedTransaction, SignedTransaction, name};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;

#[test]
fn thousands_of_idle_connections_keep_nobody_waiting() {
    let (_api, server) = server(Options::default());
    // Both ends are in this process, and the system bounds its files.
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..10_000 {
        match TcpStream::connect(server.address()) {
            Ok(stream) => idle.push(stream),
            Err(_) => break,
        }
    }
    assert!(idle.len() >= 400, "only {} connections", idle.len());
    // Leave files for what follows.
    idle.truncate(idle.len() - 20);
    let mut stream = idle.swap_remove(idle.len() / 2);
    for _ in 0..100 {
        stream.write_all(GET_INFO).unwrap();
        assert_eq!(read(&mut stream).unwrap().status, 200);
    }
    for idle in idle.iter_mut().step_by(97) {
        idle.write_all(GET_INFO).unwrap();
        assert_eq!(read(idle).unwrap().status, 200);
    }
}

#[test]
fn connections_beyond_the_bound_wait_for_a_place() {
    let (_api, server) = server(Options {
        max_connections: 2,
        ..Options::default()
    });
    let first = connect(server.address());
    let _second = connect(server.address());
    let mut third = connect(server.address());
    third.write_all(GET_INFO).unwrap();
    drop(first);
    assert_eq!(read(&mut third).unwrap().status, 200);
}

#[test]
fn requests_beyond_the_bound_are_told_to_come_later() {
    let options = Options {
        max_calls: 1,
        max_waiting: 1,
        ..Options::default()
    };
    let (api, server) = server(options);
    let (held, release) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            api.with(|_| {
                held.wait();
                release.wait();
            });
        });
        held.wait();
        let address = server.address();
        // One runs and one waits; which of the three is refused is not said.
        let asked = [0; 3].map(|_| scope.spawn(move || ask(address, GET_INFO).unwrap().status));
        while !asked.iter().any(|asked| asked.is_finished()) {
            std::thread::yield_now();
        }
        release.wait();
        let mut statuses = asked.map(|asked| asked.join().unwrap());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 503]);
    });
}

#[test]
fn one_transaction_from_fifty_threads_is_executed_once() {
    let (api, server) = server(Options::default());
    let key = Authority::from_key(signing::public_key(&DEVELOPMENT_KEY).unwrap());
    let action = native::new_account(name!("eosio"), name!("alice"), key.clone(), key);
    let (transaction, chain_id) =
        api.with(|chain| (chain.transaction(vec![action]), chain.chain_id()));
    let digest = transaction.signing_digest(&chain_id, &[]);
    let signed = SignedTransaction {
        transaction,
        signatures: vec![signing::sign_digest(&DEVELOPMENT_KEY, &digest).unwrap()],
        context_free_data: Vec::new(),
    };
    let body = json!({ "transaction": PackedTransaction::pack(&signed) }).to_string();
    let request = post("/v1/chain/send_transaction2", &body);
    let before = api.fork().head().number();
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..50)
            .map(|_| scope.spawn(|| ask(server.address(), &request).unwrap()))
            .collect();
        for asked in asked {
            *counts.entry(asked.join().unwrap().status).or_default() += 1;
        }
    });
    assert_eq!(counts, BTreeMap::from([(202, 1), (409, 49)]));
    assert_eq!(api.fork().head().number(), before + 1);
}
