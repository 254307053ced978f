//! Many clients at a time.

use crate::process::{Process, raise_limit_of_files};
use crate::support::{GET_INFO, ask, connect, post, read, server, until};
use antelope_chain::DEVELOPMENT_KEY;
use antelope_chain::api::Api;
use antelope_keys::signing;
use antelope_rpc::Options;
use antelope_rpc_client::native;
use antelope_types::{Authority, Name, PackedTransaction, SignedTransaction, name};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Barrier;
use std::time::Duration;

/// As many connections as the issue asks for; the test says how many the limit of open files allows.
const MANY: usize = 10_000;

#[test]
fn ten_thousand_idle_connections_keep_nobody_waiting() {
    raise_limit_of_files();
    let (_api, server) = server(Options::default());
    let mut crowd = Process::dripping(server.address(), MANY, "");
    let open: usize = crowd.told("open").parse().unwrap();
    let _ = writeln!(std::io::stderr(), "{open} connections at once");
    assert_eq!(open, MANY);
    let mut stream = connect(server.address());
    for _ in 0..100 {
        stream.write_all(GET_INFO).unwrap();
        assert_eq!(read(&mut stream).unwrap().status, 200);
        assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
    }
}

#[test]
fn clients_that_send_a_byte_a_second_are_closed_and_keep_nobody_waiting() {
    let (_api, server) = server(Options {
        head_timeout: Duration::from_secs(3),
        ..Options::default()
    });
    let head = "POST /v1/chain/get_info HTTP/1.1 ";
    let mut crowd = Process::dripping(server.address(), 500, head);
    assert_eq!(crowd.told("open"), "500");
    for _ in 0..200 {
        assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
    }
    assert_eq!(crowd.told("closed"), "500");
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
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
    let (held, release) = (Barrier::new(2), Barrier::new(2));
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
        until("a refusal", || asked.iter().any(|it| it.is_finished()));
        release.wait();
        let mut statuses = asked.map(|asked| asked.join().unwrap());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 503]);
    });
}

#[test]
fn one_transaction_from_fifty_threads_is_executed_once() {
    let (api, server) = server(Options::default());
    let request = post(
        "/v1/chain/send_transaction2",
        &creating(&api, name!("alice")),
    );
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

/// A transaction that creates an account, as the body of `send_transaction2`.
fn creating(api: &Api, account: Name) -> String {
    let key = Authority::from_key(signing::public_key(&DEVELOPMENT_KEY).unwrap());
    let action = native::new_account(name!("eosio"), account, key.clone(), key);
    let (transaction, chain_id) =
        api.with(|chain| (chain.transaction(vec![action]), chain.chain_id()));
    let digest = transaction.signing_digest(&chain_id, &[]);
    let signed = SignedTransaction {
        transaction,
        signatures: vec![signing::sign_digest(&DEVELOPMENT_KEY, &digest).unwrap()],
        context_free_data: Vec::new(),
    };
    json!({ "transaction": PackedTransaction::pack(&signed) }).to_string()
}

#[test]
fn a_transaction_that_expires_while_it_waits_is_not_executed() {
    let (api, server) = server(Options::default());
    let request = post(
        "/v1/chain/send_transaction2",
        &creating(&api, name!("alice")),
    );
    let (held, release) = (Barrier::new(2), Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            api.with(|chain| {
                held.wait();
                release.wait();
                chain.advance(Duration::from_secs(7200)).unwrap();
            });
        });
        held.wait();
        let mut stream = connect(server.address());
        stream.write_all(&request).unwrap();
        release.wait();
        let answer = read(&mut stream).unwrap();
        assert_eq!(
            answer.json()["error"]["name"],
            "expired_tx_exception",
            "{answer:?}"
        );
    });
    assert!(api.fork().state().account(name!("alice")).is_err());
}

#[test]
fn thousands_of_requests_in_flight_are_answered_each_and_others_meanwhile() {
    let (most, waiting, asked) = (8, 1000, 3000);
    let (api, server) = server(Options {
        max_calls: most,
        max_waiting: waiting,
        ..Options::default()
    });
    raise_limit_of_files();
    let (held, release) = (Barrier::new(2), Barrier::new(2));
    let counts = std::thread::scope(|scope| {
        scope.spawn(|| {
            api.with(|_| {
                held.wait();
                release.wait();
            });
        });
        held.wait();
        let mut streams: Vec<_> = (0..asked).map(|_| connect(server.address())).collect();
        for stream in &mut streams {
            stream.write_all(GET_INFO).unwrap();
        }
        // What needs no chain is answered while it is held.
        let preflight = b"OPTIONS /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for _ in 0..100 {
            assert_eq!(ask(server.address(), preflight).unwrap().status, 200);
        }
        // All but those that have a place are refused at once.
        let (mut refused, mut left) = (0, Vec::new());
        for stream in streams {
            stream.set_nonblocking(true).unwrap();
            left.push(stream);
        }
        until("refusals", || {
            left.retain(|stream| {
                let refusal = stream.peek(&mut [0]).is_ok();
                refused += usize::from(refusal);
                !refusal
            });
            refused >= asked - most - waiting
        });
        release.wait();
        let mut counts: BTreeMap<u16, usize> = BTreeMap::from([(503, refused)]);
        for mut stream in left {
            stream.set_nonblocking(false).unwrap();
            *counts.entry(read(&mut stream).unwrap().status).or_default() += 1;
        }
        counts
    });
    assert_eq!(
        counts,
        BTreeMap::from([(200, most + waiting), (503, asked - most - waiting)])
    );
}
