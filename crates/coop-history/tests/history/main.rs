//! The log of a real node: as it was written, with any byte changed, cut, and begun later.

use antelope_node::{Node, NodeOptions, find_program};
use antelope_types::{Checksum256, name};
use coop_history::{
    BlockLog, HistoryError, HistoryMatch, HistorySearch, LogField, compare, verify,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Blocks that the node makes: about ten seconds.
const BLOCKS: u32 = 20;

/// The log of a node that has made some accounts, and the id of a transaction in it.
struct Written {
    folder: TempDir,
    bytes: Vec<u8>,
    /// Where each block begins, and the end of the file.
    starts: Vec<usize>,
}

impl Written {
    /// Runs a node for a moment; none without one on this machine.
    fn by_a_node() -> Option<Self> {
        if let Err(error) = find_program("nodeos") {
            println!("SKIPPED: the log of a real node ({error})");
            return None;
        }
        let node = Node::start(NodeOptions::default()).expect("a node");
        node.boot().expect("eosio.bios");
        for letter in "abcdefghijkl".chars() {
            let account = format!("account{letter}").parse().expect("a name");
            node.create_account(account, &node.public_key())
                .expect("an account");
        }
        node.client()
            .wait_for_block(BLOCKS, Duration::from_secs(60))
            .expect("blocks");
        let folder = tempfile::tempdir().expect("a folder");
        let blocks = node.folder().join("data/blocks");
        // The index is written after the log: the blocks that it has are whole.
        let index = fs::read(blocks.join("blocks.index")).expect("an index");
        let mut starts: Vec<_> = index
            .chunks_exact(8)
            .map(|it| u64::from_le_bytes(it.try_into().expect("eight bytes")) as usize)
            .collect();
        let mut bytes = fs::read(blocks.join("blocks.log")).expect("a log");
        // The last of them is where the others end.
        bytes.truncate(*starts.last().expect("blocks"));
        drop(node);
        fs::write(folder.path().join("blocks.log"), &bytes).expect("a copy");
        starts.dedup();
        Some(Self {
            folder,
            bytes,
            starts,
        })
    }

    fn log(&self) -> BlockLog {
        BlockLog::open(self.folder.path()).expect("a log")
    }

    /// Another file with these bytes.
    fn with(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("changed.log");
        fs::write(&path, bytes).expect("a changed log");
        path
    }

    /// The number of the block that has the byte at this place, its position included; 0 for the preamble.
    fn block_of(&self, place: usize) -> u32 {
        let blocks = self.starts.iter().take_while(|start| **start <= place);
        blocks.count() as u32
    }
}

fn verified(path: &Path) -> Option<coop_history::LogDamage> {
    let log = BlockLog::open(path).expect("a log");
    verify(&log, &mut HistorySearch::default())
        .expect("it is read")
        .damage
}

#[test]
fn any_byte_of_a_real_log_that_is_changed_is_found_and_located() {
    let Some(written) = Written::by_a_node() else {
        return;
    };
    let original = written.log();
    let mut search = HistorySearch::default();
    let report = verify(&original, &mut search).expect("it is read");
    assert_eq!(report.damage, None);
    assert_eq!(report.last as usize, written.starts.len() - 1);
    assert_eq!(report.signatures, report.last - 1);
    assert!(report.transactions > 10, "{report:?}");
    assert_eq!(report.producers[&name!("eosio")], report.last - 1);

    // The blocks and the transactions are found by their ids, and something else is not.
    let mut search = HistorySearch::of(vec![report.last_id, Checksum256([7; 32])]);
    verify(&original, &mut search).expect("it is read");
    let found: Vec<_> = search.found().iter().map(|it| (it.how, it.block)).collect();
    assert_eq!(found, [(HistoryMatch::Block, report.last)]);
    assert_eq!(search.missing(), [Checksum256([7; 32])]);

    let one_byte = |place: usize, change: u8| {
        let mut bytes = written.bytes.clone();
        bytes[place] ^= change;
        let path = written.with(&bytes);
        let block = written.block_of(place);
        let log = match BlockLog::open(&path) {
            Ok(log) => log,
            Err(HistoryError::NotALog { .. }) => {
                assert_eq!(block, 0, "byte {place}");
                return;
            }
            Err(error) => panic!("{error}"),
        };
        let report = verify(&log, &mut HistorySearch::default()).expect("it is read");
        let damage = report.damage.expect("damage");
        assert_eq!(damage.block, block, "byte {place} ^ {change}: {damage:?}");
        assert_eq!(report.last, block.saturating_sub(1));
        if place < 8 {
            return;
        }
        let compared = compare(&original, &log).expect("both are read");
        let difference = compared.difference.expect("a difference");
        assert_eq!(difference.offsets, [place as u64; 2], "{difference:?}");
        assert_eq!(difference.block, block, "{difference:?}");
        let expected = [written.bytes[place], bytes[place]].map(Some);
        assert_eq!(difference.bytes, expected);
        // By itself the log tells where, or at least in which part of the block.
        let place = place as u64;
        let covers = (damage.offset..damage.offset + damage.length).contains(&place);
        let field = difference.field;
        assert!(
            covers
                || field == LogField::Transactions
                || damage.length == 0
                || damage.offset > place,
            "byte {place}, {field:?}: {damage:?}"
        );
    };
    // A byte of each field of some block, then any bytes.
    let start = written.starts[3];
    for place in 0..200 {
        one_byte(start + place, 1);
    }
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let places = (0..written.bytes.len(), 1u8..);
    let blocks = (0..written.starts.len() - 1, 0..260usize, 1u8..);
    let blocks = blocks.prop_map(|(block, place, change)| {
        let start = written.starts[block];
        (start + place % (written.starts[block + 1] - start), change)
    });
    let run = runner.run(&prop_oneof![places, blocks], |(place, change)| {
        one_byte(place, change);
        Ok(())
    });
    run.expect("every change is found");
}

#[test]
fn logs_that_end_or_begin_elsewhere_are_told_from_changed_ones() {
    let Some(written) = Written::by_a_node() else {
        return;
    };
    let original = written.log();
    let last = written.starts.len() - 1;

    // A shorter one is the same as far as it goes.
    let path = written.with(&written.bytes[..written.starts[last - 2]]);
    let shorter = BlockLog::open(&path).expect("a log");
    let compared = compare(&original, &shorter).expect("both are read");
    assert_eq!(
        (compared.difference, compared.last as usize),
        (None, last - 2)
    );
    assert_eq!(verified(&path), None);

    // One that ends within a block is not whole.
    let path = written.with(&written.bytes[..written.starts[last] - 20]);
    let damage = verified(&path).expect("damage");
    assert_eq!(damage.block as usize, last);

    // One that begins later, as that of a node which began with a snapshot, has the chain's id in the
    // place of the genesis, and other positions.
    let from = 5;
    let mut later = 3u32.to_le_bytes().to_vec();
    later.extend((from as u32 + 1).to_le_bytes());
    later.extend(original.chain_id().0);
    later.extend([0xff; 8]);
    for block in from..last {
        let (start, end) = (written.starts[block], written.starts[block + 1] - 8);
        let position = later.len() as u64;
        later.extend(&written.bytes[start..end]);
        later.extend(position.to_le_bytes());
    }
    let path = written.with(&later);
    let log = BlockLog::open(&path).expect("a log");
    let report = verify(&log, &mut HistorySearch::default()).expect("it is read");
    assert_eq!((report.damage, report.signatures), (None, 0));
    let compared = compare(&original, &log).expect("both are read");
    assert_eq!((compared.difference, compared.last as usize), (None, last));
    // A header of it that was changed is found by the next block.
    later[48 + 10] ^= 1;
    let damage = verified(&written.with(&later)).expect("damage");
    assert_eq!(damage.field, LogField::Previous);

    // Something else is no log.
    for bytes in [
        &b""[..],
        b"text that is long enough to be a log of a node",
        &[0; 64],
    ] {
        let error = BlockLog::open(&written.with(bytes)).err().expect("refused");
        assert!(error.to_string().contains("changed.log"), "{error}");
    }
}
