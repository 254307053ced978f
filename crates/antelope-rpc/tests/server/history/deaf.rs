//! Indexers that ask for everything and read nothing, very many of them, while an honest one follows.

use crate::history::reader::{Reader, range};
use crate::support::{PATIENCE, until};
use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
use antelope_history::Request;
use antelope_rpc::{StateHistory, StateHistoryOptions};
use antelope_types::{Action, PermissionLevel, name};
use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpSocket;

/// Clients that read nothing.
const DEAF: u64 = 200;

/// Blocks with something in them, and how many bytes each has of it: more than twice what the system
/// holds for a connection.
const BLOCKS: u64 = 100;
const BYTES: usize = 30_000;

/// As `queue.rs` has them: a batch is full with so many bytes or results.
const BATCH: u64 = 256 << 10;
const BATCH_RESULTS: usize = 64;

/// A chain whose blocks are large, but the first ones.
fn large() -> LiveChain {
    let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    chain.record_history();
    for number in 0..BLOCKS {
        // An account's ABI may be any bytes.
        let abi = vec![number as u8; BYTES];
        let eosio = [PermissionLevel::active(name!("eosio"))];
        let set = Action::new(
            name!("eosio"),
            name!("setabi"),
            &eosio,
            &(name!("eosio"), abi),
        );
        chain.push(&[set]).unwrap();
        chain.produce_block().unwrap();
    }
    LiveChain::new(chain)
}

/// A connection whose system takes only a few KiB for a client that does not read.
fn narrow(address: SocketAddr) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        socket.connect(address).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// What the queue of a session holds after each batch of the whole chain, from its first block on.
fn batches(live: &LiveChain) -> Vec<u64> {
    let history = live.history().unwrap();
    let mut all = vec![0];
    let mut results = 0;
    for number in 1..=history.last() {
        let string = |bytes: Option<Vec<u8>>| {
            bytes.map_or(1, |bytes| {
                // The length is of three bytes from 16384 on, and of two from 128 on.
                let length = if bytes.len() < 128 {
                    1
                } else if bytes.len() < 16_384 {
                    2
                } else {
                    3
                };
                1 + length + bytes.len() as u64
            })
        };
        let positions = 1 + 36 + 36 + 37 + if number > 1 { 37 } else { 1 };
        let result = positions
            + string(history.block(number).unwrap())
            + string(history.traces(number).unwrap())
            + string(history.deltas(number).unwrap());
        let last = all.last_mut().unwrap();
        *last += result;
        results += 1;
        if *last >= BATCH || results == BATCH_RESULTS {
            all.push(0);
            results = 0;
        }
    }
    all
}

/// Waits until a figure has not changed for a while, and returns it.
fn settled(figure: impl Fn() -> u64) -> u64 {
    let (mut last, mut same) = (figure(), 0);
    until("a figure that stands still", || {
        std::thread::sleep(Duration::from_millis(20));
        let now = figure();
        same = if now == last { same + 1 } else { 0 };
        last = now;
        same >= 20
    });
    last
}

#[test]
fn two_hundred_clients_that_read_nothing_cost_a_batch_each_and_keep_nobody_waiting() {
    let live = large();
    let listen = "127.0.0.1:0".parse().unwrap();
    let options = StateHistoryOptions {
        max_sessions: DEAF as usize + 1,
        ..StateHistoryOptions::default()
    };
    let server = StateHistory::start(&live, listen, options).unwrap();
    let counts = server.counts().clone();
    let batches = batches(&live);
    let largest = batches.iter().copied().max().unwrap();
    assert!(batches.len() > 4 && largest >= BATCH, "{batches:?}");

    let mut deaf = Vec::new();
    for number in 0..DEAF {
        let mut reader = Reader::over(narrow(server.address()));
        reader.blocks(&range(1, u32::MAX, u32::MAX));
        if number % 3 == 0 {
            // Some acknowledge what they have not read.
            reader.send(&Request::Ack(u32::MAX));
        }
        deaf.push(reader);
    }
    // Each holds part of a batch, none more than the largest: exactly what a batch is made of.
    let queued = settled(|| counts.queued());
    assert!(
        batches.contains(&counts.longest_queue()),
        "{} {batches:?}",
        counts.longest_queue()
    );
    assert!(queued <= DEAF * largest, "{queued}");
    assert!(queued > DEAF * BATCH / 20, "they are not deaf: {queued}");
    assert_eq!(counts.sessions(), DEAF);

    // An honest one gets all, and each new block, while the deaf are there.
    let mut honest = Reader::connect(server.address());
    honest.blocks(&range(1, u32::MAX, u32::MAX));
    let head = live.fork().head().number();
    assert_eq!(
        honest.numbers(head as usize),
        (1..=head).collect::<Vec<_>>()
    );
    for number in head + 1..head + 40 {
        live.with(Chain::produce_block).unwrap().unwrap();
        assert_eq!(honest.numbers(1), [number]);
    }
    let queued = settled(|| counts.queued());
    assert!(queued <= (DEAF + 1) * largest, "{queued}");
    assert!(
        counts.longest_queue() <= largest,
        "{}",
        counts.longest_queue()
    );

    // With the sessions their queues go, to the last byte.
    drop(deaf);
    until("the end of the deaf sessions", || {
        live.with(Chain::produce_block).unwrap().unwrap();
        counts.sessions() <= 1
    });
    assert_eq!(settled(|| counts.queued()), 0);
    drop(honest);
    server.shut_down();
    assert_eq!((counts.queued(), counts.sessions()), (0, 0));
}

#[test]
fn clients_that_go_away_in_the_middle_take_nothing_from_others() {
    let live = large();
    let listen = "127.0.0.1:0".parse().unwrap();
    let server = StateHistory::start(&live, listen, StateHistoryOptions::default()).unwrap();
    let head = live.fork().head().number();
    let mut honest = Reader::connect(server.address());
    for number in 0..120 {
        let mut leaving = Reader::over(narrow(server.address()));
        leaving.blocks(&range(1, u32::MAX, u32::MAX));
        match number % 4 {
            // At once, after a result, in the middle of a frame, and in the middle of a request.
            0 => {}
            1 => drop(leaving.next()),
            2 => drop(leaving.stream().read(&mut [0; 999]).unwrap()),
            _ => leaving.raw(&[0x82, 0x91, 0, 0, 0, 0, 1]),
        }
        drop(leaving);
        if number % 10 == 0 {
            honest.blocks(&range(1, head + 1, u32::MAX));
            assert_eq!(
                honest.numbers(head as usize),
                (1..=head).collect::<Vec<_>>()
            );
        }
    }
    until("the end of the other sessions", || {
        live.with(Chain::produce_block).unwrap().unwrap();
        server.counts().sessions() <= 1
    });
    assert_eq!(settled(|| server.counts().queued()), 0);
    assert_eq!(honest.status().head.block_num, live.fork().head().number());
}
