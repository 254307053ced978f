//! A node whose clock jumps: blocks go on, and clients are served.

#![allow(clippy::unwrap_used)]

use antelope_rpc_client::{Client, native};
use antelope_types::{Authority, Name, TimePoint, name};
use coop_node::{Boot, Node, NodeOptions, Production, WallClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// A day, in µs.
const DAY: i64 = 86_400_000_000;

/// A slot, in µs.
const SLOT: i64 = 500_000;

/// 2026-01-01T00:00:00, in µs.
const BEGIN: i64 = 1_767_225_600_000_000;

/// A node with blocks in quick succession, and its clock, which only the test moves.
fn node() -> (Node, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(BEGIN));
    let read = Arc::clone(&time);
    let options = NodeOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        boot: Some(Boot::Empty),
        production: Production::Every(Duration::from_millis(5)),
        clock: WallClock::new(move || TimePoint::from_micros(read.load(Ordering::Relaxed))),
        ..NodeOptions::default()
    };
    (Node::start(&options, &mut std::io::sink()).unwrap(), time)
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "waited for {what}"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Waits for so many blocks more.
fn blocks(node: &Node, count: u32) {
    let until = node.chain().head().number() + count;
    wait_until("blocks", || node.chain().head().number() >= until);
}

/// Sends a transaction that a client makes with what it finds on the chain.
fn client_is_served(node: &Node, number: u64) {
    let key = Authority::from_key(node.chain().genesis().initial_key.clone());
    let name = Name::from_raw(number << 59);
    let action = native::new_account(name!("eosio"), name, key.clone(), key);
    let client = node.api().client();
    client
        .push(&[action], &[&antelope_chain::DEVELOPMENT_KEY])
        .unwrap();
}

/// What operators see of the head. How far it is behind the machine's time, which `/metrics` has, says
/// nothing here: the node has the clock of the test.
struct Shown {
    head: u64,
    /// Its time, in µs.
    time: i64,
}

/// Asks the node, and checks that it is well.
fn shown(node: &Node) -> Shown {
    let client = Client::new(node.url()).unwrap();
    let health = client.post("/health", b"").unwrap();
    assert_eq!(health.status, 200);
    let health: serde_json::Value = serde_json::from_slice(&health.body).unwrap();
    assert_eq!(
        (&health["status"], &health["problem"]),
        (&"ok".into(), &serde_json::Value::Null)
    );
    Shown {
        head: health["head_block_num"].as_u64().unwrap(),
        time: client.get_info().unwrap().head_block_time.micros(),
    }
}

/// The differences between the times of blocks, from this block on.
fn steps(node: &Node, from: u32) -> Vec<i64> {
    let chain = node.chain();
    let times = (from..=chain.head().number()).map(|number| {
        let block = chain.block(number).unwrap();
        TimePoint::from(block.header.timestamp).micros()
    });
    let times: Vec<_> = times.collect();
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn after_a_jump_of_a_day_forward_the_chain_continues_with_the_present() {
    let (node, time) = node();
    blocks(&node, 3);
    let from = node.chain().head().number();
    let before = shown(&node);
    time.fetch_add(DAY, Ordering::Relaxed);
    let present = BEGIN + DAY;
    wait_until("the present", || node.api().now().micros() >= present);
    // The head is recent: a client's transaction has not expired.
    assert!(node.chain().head_time().micros() > present - 10 * SLOT);
    client_is_served(&node, 1);
    blocks(&node, 3);
    // The head follows the clock, which goes on no more.
    let after = shown(&node);
    assert!(after.head > before.head);
    assert!(before.time < BEGIN + DAY / 2, "{}", before.time);
    assert!(after.time > present - 10 * SLOT, "{}", after.time);
    let steps = steps(&node, from);
    assert!(steps.iter().all(|step| *step > 0), "{steps:?}");
    assert_eq!(
        steps.iter().filter(|step| **step > SLOT).count(),
        1,
        "{steps:?}"
    );
    node.stop().unwrap();
}

#[test]
fn after_a_jump_of_a_day_back_blocks_go_on_from_where_they_are() {
    let (node, time) = node();
    blocks(&node, 3);
    let from = node.chain().head().number();
    let before = shown(&node);
    time.fetch_sub(DAY, Ordering::Relaxed);
    for number in 1..=5 {
        blocks(&node, 2);
        client_is_served(&node, number);
    }
    // The head does not go back with the clock.
    let after = shown(&node);
    assert!(after.head > before.head);
    assert!(after.time > before.time, "{}", after.time);
    let steps = steps(&node, from);
    assert!(steps.len() >= 10);
    assert!(steps.iter().all(|step| *step == SLOT), "{steps:?}");
    node.stop().unwrap();
}
