//! The loud stop.

use super::chain::{Teller, Tree};
use super::killed::{all_rows, scope};
use crate::{Follower, IndexError, IndexScope, IndexWriter, Stepped};
use antelope_follow::{BlockEvent, FollowError, FollowedBlock};
use antelope_types::{Checksum256, name};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

#[test]
fn a_fork_below_what_is_final_stops_the_follower() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let tree = Rc::new(RefCell::new(Tree::new()));
    for seed in 1..9 {
        tree.borrow_mut().grow(seed);
    }
    tree.borrow_mut().settle(2);
    let follower = || {
        Follower::new(
            Teller::new(&tree, 0),
            IndexWriter::open(&file, scope()).unwrap(),
        )
    };
    let mut first = follower();
    while first.step(Duration::ZERO).unwrap() != Stepped::Nothing {}
    let ours = first.status().last_irreversible.unwrap();
    drop(first);
    let before = all_rows(&file);
    tree.borrow_mut()
        .fork_at(ours.block_num - 2, &[91, 92, 93, 94, 95, 96]);
    let mut again = follower();
    let error = loop {
        match again.step(Duration::ZERO) {
            Ok(Stepped::Nothing) => panic!("it goes on"),
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(!error.is_transient());
    let IndexError::Follow(FollowError::Diverged {
        ours: named,
        theirs,
    }) = &error
    else {
        panic!("{error}")
    };
    assert_eq!(*named, ours);
    let text = error.to_string();
    for part in [
        ours.block_id.to_string(),
        theirs.to_string(),
        "rebuild".to_owned(),
    ] {
        assert!(text.contains(&part), "{text}");
    }
    drop(again);
    assert_eq!(all_rows(&file), before);
}

#[test]
fn an_index_has_one_subject_and_one_writer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut one = IndexWriter::open(&file, scope()).unwrap();
    let other = IndexScope {
        cooperative: Some(name!("another")),
        ..scope()
    };
    let error = IndexWriter::open(&file, other).unwrap_err().to_string();
    assert!(
        error.contains("zarechyekoop") && error.contains("another"),
        "{error}"
    );
    let block = |number, previous: u8| {
        let mut block = FollowedBlock::default();
        block.position.block_num = number;
        block.position.block_id = Checksum256([number as u8; 32]);
        block.previous = Checksum256([previous; 32]);
        BlockEvent::Apply(Box::new(block))
    };
    let mut two = IndexWriter::open(&file, scope()).unwrap();
    one.store(&block(7, 6)).unwrap();
    assert!(matches!(
        two.store(&block(7, 6)),
        Err(IndexError::AnotherWriter)
    ));
    assert!(matches!(
        one.store(&block(9, 8)),
        Err(IndexError::NotNext { .. })
    ));
    one.store(&block(8, 7)).unwrap();
}
