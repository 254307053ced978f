//! What a good client gets.

use crate::history::reader::{Reader, Seen, range, recorded};
use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
use antelope_history::{GetBlocks, Request, abi};
use antelope_rpc::{ServeError, StateHistory, StateHistoryOptions};
use std::sync::Arc;

#[test]
fn a_session_begins_with_the_abi_and_tells_its_status() {
    let (live, server) = recorded(10, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    assert_eq!(reader.abi, abi());
    let status = reader.status();
    let chain = live.fork();
    assert_eq!(status.chain_id, chain.chain_id());
    assert_eq!(status.head.block_num, 10);
    assert_eq!(status.head.block_id, chain.head().id);
    assert_eq!(
        status.last_irreversible.block_num,
        chain.last_irreversible()
    );
    assert_eq!(
        (status.chain_state_begin_block, status.chain_state_end_block),
        (1, 11)
    );
    assert_eq!((status.trace_begin_block, status.trace_end_block), (2, 11));
    assert_eq!(server.counts().sessions(), 1);
}

#[test]
fn results_are_what_the_history_has() {
    let (live, server) = recorded(300, StateHistoryOptions::default());
    let history = live.history().unwrap();
    let mut reader = Reader::connect(server.address());
    reader.blocks(&range(0, u32::MAX, u32::MAX));
    for number in 1..=300 {
        let result = reader.next();
        let this = result.this_block.unwrap();
        assert_eq!(this.block_num, number);
        assert_eq!(Some(this.block_id), history.position(number).unwrap());
        let previous = result.prev_block.map(|it| it.block_id);
        let expected = history.position(number - 1).unwrap();
        assert_eq!(previous, expected.filter(|_| number > 1));
        assert_eq!(result.head.block_num, 300);
        assert_eq!(result.block, history.block(number).unwrap());
        assert_eq!(result.traces.is_some(), number > 1);
        assert_eq!(result.traces, history.traces(number).unwrap());
        assert_eq!(result.deltas, history.deltas(number).unwrap());
    }
    assert_eq!(reader.settle(), []);
    assert_eq!(server.counts().blocks(), 300);
    assert!(server.counts().bytes() > 300 * 300);
}

#[test]
fn new_blocks_are_sent_to_all_who_follow() {
    let (live, server) = recorded(3, StateHistoryOptions::default());
    let mut readers: Vec<_> = (0..8).map(|_| Reader::connect(server.address())).collect();
    for reader in &mut readers {
        reader.blocks(&range(1, u32::MAX, u32::MAX));
        assert_eq!(reader.numbers(3), [1, 2, 3]);
    }
    for number in 4..20 {
        let made = live.with(Chain::produce_block).unwrap().unwrap();
        for reader in &mut readers {
            let result = reader.next();
            assert_eq!(result.this_block.unwrap().block_num, number);
            assert_eq!(result.head.block_id, made.id);
            assert!(result.traces.is_some() && result.deltas.is_some());
        }
    }
}

#[test]
fn sessions_do_not_wait_for_the_chain() {
    let (live, server) = recorded(50, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    let numbers = live.with(|_| {
        assert_eq!(reader.status().head.block_num, 50);
        reader.blocks(&range(1, u32::MAX, u32::MAX));
        reader.numbers(50)
    });
    assert_eq!(numbers.unwrap(), (1..=50).collect::<Vec<_>>());
}

#[test]
fn a_client_that_follows_irreversible_blocks_is_behind_the_head() {
    let (live, server) = recorded(5, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.blocks(&GetBlocks {
        irreversible_only: true,
        ..range(3, u32::MAX, u32::MAX)
    });
    assert_eq!(reader.numbers(2), [3, 4]);
    for number in 5..10 {
        assert_eq!(reader.settle(), []);
        live.with(Chain::produce_block).unwrap().unwrap();
        let result = reader.next();
        assert_eq!(result.this_block, Some(result.last_irreversible));
        assert_eq!(result.last_irreversible.block_num, number);
    }
}

#[test]
fn acknowledgements_let_results_through() {
    let (_live, server) = recorded(50, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.blocks(&range(1, u32::MAX, 1));
    for number in 1..=50 {
        assert_eq!(reader.numbers(1), [number]);
        reader.send(&Request::Ack(1));
    }
    reader.blocks(&range(1, u32::MAX, 0));
    assert_eq!(reader.settle(), []);
    reader.send(&Request::Ack(7));
    assert_eq!(reader.settle().len(), 7);
}

#[test]
fn a_new_request_replaces_the_old_one() {
    let (_live, server) = recorded(500, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.blocks(&range(1, u32::MAX, u32::MAX));
    reader.blocks(&range(400, 403, 9));
    let numbers: Vec<_> = reader
        .settle()
        .iter()
        .map(|it| it.this_block.unwrap().block_num)
        .collect();
    // So many of the first had been sent when the second came.
    let first = numbers.len() - 3;
    assert_eq!(numbers[..first], (1..=first as u32).collect::<Vec<_>>());
    assert_eq!(numbers[first..], [400, 401, 402]);
}

#[test]
fn a_revert_is_told_as_another_branch() {
    let (live, server) = recorded(5, StateHistoryOptions::default());
    let snapshot = live.with(|chain| chain.snapshot()).unwrap();
    live.with(|chain| (0..3).for_each(|_| drop(chain.produce_block().unwrap())))
        .unwrap();
    let mut reader = Reader::connect(server.address());
    reader.blocks(&range(4, u32::MAX, u32::MAX));
    assert_eq!(reader.numbers(5), [4, 5, 6, 7, 8]);
    live.with(|chain| chain.revert(&snapshot)).unwrap();
    // Block 6 is made again as it was, and 7 at another time.
    let time = std::time::Duration::from_secs(3);
    live.with(|chain| chain.advance(time)).unwrap().unwrap();
    let made = live.with(Chain::produce_block).unwrap().unwrap();
    let mut this = reader.next().this_block.unwrap();
    if this.block_num == 6 {
        // The session has looked before there was a block 6 again.
        this = reader.next().this_block.unwrap();
    }
    assert_eq!((this.block_num, this.block_id), (7, made.id));
}

#[test]
fn the_end_is_told_to_everybody() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    let mut readers: Vec<_> = (0..8).map(|_| Reader::connect(server.address())).collect();
    for reader in &mut readers {
        reader.blocks(&range(1, u32::MAX, u32::MAX));
        assert_eq!(reader.numbers(5).len(), 5);
    }
    let counts = server.counts().clone();
    let ends: Vec<_> = readers
        .into_iter()
        .map(|mut reader| std::thread::spawn(move || reader.read()))
        .collect();
    server.shut_down();
    for end in ends {
        assert_eq!(end.join().unwrap(), Seen::Closed);
    }
    assert_eq!(counts.sessions(), 0);
}

#[test]
fn a_chain_that_records_nothing_has_no_state_history() {
    let chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    let started = StateHistory::start(
        &LiveChain::new(chain),
        "127.0.0.1:0".parse().unwrap(),
        StateHistoryOptions::default(),
    );
    assert!(matches!(started, Err(ServeError::NoHistory)), "{started:?}");
}
