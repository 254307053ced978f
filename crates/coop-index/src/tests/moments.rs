//! Every table has what a life leaves, and shares and money are found as they were after any block.

use super::chain::{Teller, Tree};
use super::killed::scope;
use super::life::COOP;
use crate::{Follower, IndexReader, IndexWriter, Stepped, TABLES};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

#[test]
fn what_held_after_a_block_is_found_later() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let tree = Rc::new(RefCell::new(Tree::new()));
    for seed in 1..900 {
        tree.borrow_mut().grow(seed * 104_729);
    }
    let writer = IndexWriter::open(&file, scope()).unwrap();
    let mut follower = Follower::new(Teller::new(&tree, 0), writer);
    let mut reader = IndexReader::open(&file).unwrap();
    let mut held = Vec::new();
    let (mut statuses, mut left_seat, mut left_staff) = (BTreeSet::new(), false, false);
    loop {
        match follower.step(Duration::ZERO).unwrap() {
            Stepped::Applied(position) => {
                held.push((
                    position.block_num,
                    reader.balances(COOP, u32::MAX).unwrap(),
                    reader.funds(COOP, u32::MAX).unwrap(),
                ));
                let boards = reader.boards(COOP).unwrap();
                statuses.extend(boards.into_iter().map(|it| it.status));
                let (seats, staff) = (reader.seats(COOP).unwrap(), reader.staff(COOP).unwrap());
                left_seat |= seats.iter().any(|it| it.left_at.is_some());
                left_staff |= staff.iter().any(|it| it.left_at.is_some());
            }
            Stepped::Nothing => break,
            _ => {}
        }
    }
    assert!(held.iter().any(|(_, balances, _)| balances.len() > 2));
    for (block, balances, funds) in held {
        assert_eq!(reader.balances(COOP, block).unwrap(), balances, "{block}");
        assert_eq!(reader.funds(COOP, block).unwrap(), funds, "{block}");
    }
    for table in TABLES {
        let rows = reader.rows(table).unwrap();
        assert!(!rows.is_empty(), "{table}");
        // Only what was made so is unreadable.
        let is_known = |row: &String| *table != "unreadable" || row.contains("name='votefor'");
        assert!(rows.iter().all(is_known), "{rows:#?}");
    }
    // People and things that are gone are found with what ended them.
    let slice = crate::Slice::default();
    let properties = reader.properties(COOP, None, &slice).unwrap().entries;
    assert!(
        properties
            .iter()
            .any(|it| !it.is_open && it.ended_by.is_some())
    );
    let candidates = reader.candidates(COOP, None, &slice).unwrap().entries;
    assert!(candidates.iter().any(|it| it.ended_by.is_some()));
    assert!(statuses.iter().eq(["elected", "lost", "seated"]));
    assert!(left_seat && left_staff);
    assert_eq!(reader.charters(COOP).unwrap().len(), 1);
}
