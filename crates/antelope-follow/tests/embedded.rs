//! A chain in this process that is followed: what happens when it goes back, and before it has recorded anything.
#![allow(clippy::unwrap_used)]

use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
use antelope_follow::{
    BlockEvent, BlockPosition, BlockSource, ChainSource, FollowCursor, FollowError, Interest,
};
use antelope_types::name;
use std::sync::Arc;
use std::time::Duration;

/// Short: whatever is there to tell is told at once.
const WAIT: Duration = Duration::from_millis(50);

fn chain(records: bool) -> LiveChain {
    let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    if records {
        chain.record_history();
    }
    LiveChain::new(chain)
}

fn interest() -> Interest {
    Interest::of([name!("eosio")])
}

/// Tells the cursor of all events, until there is none; what they were.
fn follow(source: &mut ChainSource, cursor: &mut FollowCursor) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(event) = source.next(cursor, WAIT).unwrap() {
        match event {
            BlockEvent::Apply(block) => {
                told.push(format!("apply {}", block.position.block_num));
                cursor.apply(block.position, block.is_final);
            }
            BlockEvent::Undo(to) => {
                told.push(format!("undo to {}", to.block_num));
                cursor.undo(to.block_num);
            }
            BlockEvent::Final(number) => cursor.finalize(number),
        }
    }
    told
}

/// Makes a block, so long after the one before that those of one number differ; its number.
fn block(live: &LiveChain, slots: u64) -> u32 {
    let time = Duration::from_millis(slots * 500);
    let block = live.with(|chain| chain.advance(time)).unwrap();
    block.unwrap().number()
}

#[test]
fn a_chain_that_goes_back_is_undone_to_the_last_block_in_common() {
    let live = chain(true);
    let mut source = ChainSource::new(live.clone(), interest());
    let mut cursor = FollowCursor::default();
    for _ in 0..3 {
        block(&live, 1);
    }
    follow(&mut source, &mut cursor);
    let kept = live.with(|chain| chain.snapshot()).unwrap();
    let (kept_head, last) = (cursor.head().unwrap(), block(&live, 1));
    assert_eq!(follow(&mut source, &mut cursor), [format!("apply {last}")]);

    // It has lost a block, which no other replaces.
    live.with(|chain| chain.revert(&kept)).unwrap();
    assert_eq!(
        follow(&mut source, &mut cursor),
        [format!("undo to {}", kept_head.block_num)]
    );
    assert_eq!(cursor.head(), Some(kept_head));

    // It goes on otherwise, also where the follower was not running meanwhile. The time of the next block is
    // known when the one before is complete, so that the second is another one.
    block(&live, 1);
    block(&live, 1);
    follow(&mut source, &mut cursor);
    drop(source);
    live.with(|chain| chain.revert(&kept)).unwrap();
    block(&live, 3);
    block(&live, 1);
    let mut source = ChainSource::new(live.clone(), interest());
    assert_eq!(
        follow(&mut source, &mut cursor),
        [format!("undo to {last}"), format!("apply {}", last + 1)]
    );
    let head = live.history().unwrap().head();
    let head = BlockPosition {
        block_num: head.0,
        block_id: head.1,
    };
    assert_eq!(
        (cursor.head(), source.progress().unwrap().head),
        (Some(head), head)
    );

    // Below what is final it says so, and undoes nothing.
    for _ in 0..3 {
        block(&live, 1);
    }
    follow(&mut source, &mut cursor);
    let before = cursor.clone();
    live.with(|chain| chain.revert(&kept)).unwrap();
    for _ in 0..6 {
        block(&live, 5);
    }
    let error = source.next(&cursor, WAIT).unwrap_err();
    assert!(matches!(error, FollowError::Diverged { .. }), "{error}");
    assert!(!error.is_transient());
    assert_eq!(cursor, before);
}

#[test]
fn a_chain_that_records_later_has_nothing_to_tell_before_its_first_recorded_block() {
    let live = chain(false);
    for _ in 0..3 {
        block(&live, 1);
    }
    let mut source = ChainSource::new(live.clone(), interest());
    let mut cursor = FollowCursor::default();
    let error = source.next(&cursor, WAIT).unwrap_err();
    assert!(error.to_string().contains("does not record"), "{error}");
    live.with(|chain| chain.record_history()).unwrap();
    assert_eq!(follow(&mut source, &mut cursor), Vec::<String>::new());
    assert_eq!(cursor.head(), None);
    let first = block(&live, 1);
    assert_eq!(follow(&mut source, &mut cursor), [format!("apply {first}")]);
    assert!(first > 1);
}
