//! The property: whatever happened on the way, the rows are those of a rebuild from nothing.

use super::chain::{Teller, Tree};
use super::life::{CONTRACTS, COOP};
use crate::{Follower, IndexError, IndexReader, IndexScope, IndexWriter, Stepped, TABLES};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;
use tempfile::TempDir;

/// What happens to the chain, to the node or to the index.
#[derive(Clone, Debug)]
enum Happening {
    /// Blocks come.
    Grow(Vec<u64>),
    /// The node goes over to another branch.
    Fork(u32, Vec<u64>),
    /// Blocks become final.
    Settle(u32),
    /// The node is restored from an older snapshot.
    Restore(Vec<u64>),
    /// The index takes so many steps.
    Follow(u8),
    /// Another session, in which blocks are repeated and left out.
    Reconnect(u64),
    /// The program ends and begins again.
    Restart,
    /// The program is killed within its next transaction, after so many instructions of the database.
    KillWithin(u32),
    /// The program is killed and the machine has not written the end of the log: this part of it is there.
    KillTorn(u16),
}

fn happening() -> impl Strategy<Value = Happening> {
    let seeds = |most| prop::collection::vec(any::<u64>(), 1..most);
    prop_oneof![
        4 => seeds(5).prop_map(Happening::Grow),
        3 => (0u32..6, seeds(8)).prop_map(|(depth, seeds)| Happening::Fork(depth, seeds)),
        2 => (0u32..5).prop_map(Happening::Settle),
        1 => seeds(4).prop_map(Happening::Restore),
        6 => (1u8..12).prop_map(Happening::Follow),
        2 => any::<u64>().prop_map(Happening::Reconnect),
        1 => Just(Happening::Restart),
        4 => (1u32..6_000).prop_map(Happening::KillWithin),
        2 => any::<u16>().prop_map(Happening::KillTorn),
    ]
}

pub(super) fn scope() -> IndexScope {
    IndexScope {
        contracts: CONTRACTS,
        cooperative: Some(COOP),
    }
}

/// An index that follows a tree, and can be killed.
struct Killable {
    tree: Rc<RefCell<Tree>>,
    folder: TempDir,
    follower: Option<Follower<Teller>>,
    noise: u64,
}

impl Killable {
    fn new() -> Self {
        let mut new = Self {
            tree: Rc::new(RefCell::new(Tree::new())),
            folder: tempfile::tempdir().unwrap(),
            follower: None,
            noise: 0,
        };
        new.open();
        new
    }

    fn file(folder: &Path) -> PathBuf {
        folder.join("index.db")
    }

    fn open(&mut self) {
        self.follower = None;
        let writer = IndexWriter::open(&Self::file(self.folder.path()), scope()).unwrap();
        self.follower = Some(Follower::new(Teller::new(&self.tree, self.noise), writer));
    }

    fn step(&mut self) -> Result<Stepped, IndexError> {
        self.follower.as_mut().unwrap().step(Duration::ZERO)
    }

    fn happens(&mut self, happening: &Happening) {
        match happening {
            Happening::Grow(seeds) => seeds
                .iter()
                .for_each(|seed| self.tree.borrow_mut().grow(*seed)),
            Happening::Fork(depth, seeds) => self.tree.borrow_mut().fork(*depth, seeds),
            Happening::Settle(depth) => self.tree.borrow_mut().settle(*depth),
            Happening::Restore(seeds) => self.tree.borrow_mut().restore(seeds),
            Happening::Follow(steps) => {
                for _ in 0..*steps {
                    self.step().unwrap();
                }
            }
            Happening::Reconnect(noise) => {
                self.noise = *noise;
                self.open();
            }
            Happening::Restart => self.open(),
            Happening::KillWithin(instructions) => self.kill_within(*instructions),
            Happening::KillTorn(part) => self.kill_torn(*part),
        }
    }

    /// Ends the program at some instruction of the next transactions.
    fn kill_within(&mut self, instructions: u32) {
        let follower = self.follower.as_mut().unwrap();
        let mut left = instructions;
        let handler = move || {
            left = left.saturating_sub(1);
            left == 0
        };
        let connection = follower.writer().connection();
        connection.progress_handler(1, Some(handler)).unwrap();
        for _ in 0..4 {
            if self.step().is_err() {
                break;
            }
        }
        self.open();
    }

    /// Goes on with a copy of the files, in which the end of the log is missing.
    fn kill_torn(&mut self, part: u16) {
        let copy = tempfile::tempdir().unwrap();
        let (from, to) = (Self::file(self.folder.path()), Self::file(copy.path()));
        fs::copy(&from, &to).unwrap();
        let log = fs::read(from.with_extension("db-wal")).unwrap_or_default();
        let kept = log.len() * usize::from(part) / usize::from(u16::MAX);
        fs::write(to.with_extension("db-wal"), &log[..kept]).unwrap();
        self.follower = None;
        self.folder = copy;
        self.open();
    }

    /// Follows to the head, and returns all rows.
    fn rows(&mut self) -> BTreeMap<&'static str, Vec<String>> {
        while self.step().unwrap() != Stepped::Nothing {}
        let head = self.follower.as_mut().unwrap().status();
        let tree = self.tree.borrow();
        assert_eq!(head.head.unwrap().block_num, tree.head_number());
        assert_eq!(
            head.last_irreversible.unwrap().block_num,
            tree.final_number()
        );
        all_rows(&Self::file(self.folder.path()))
    }
}

pub(super) fn all_rows(file: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let mut reader = IndexReader::open(file).unwrap();
    TABLES
        .iter()
        .map(|table| (*table, reader.rows(table).unwrap()))
        .collect()
}

/// The rows of an index that begins now.
fn rebuilt(tree: &Rc<RefCell<Tree>>) -> BTreeMap<&'static str, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = Killable::file(folder.path());
    let writer = IndexWriter::open(&file, scope()).unwrap();
    let mut follower = Follower::new(Teller::new(tree, 0), writer);
    while follower.step(Duration::ZERO).unwrap() != Stepped::Nothing {}
    all_rows(&file)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rows_equal_a_rebuild(life in prop::collection::vec(happening(), 4..40)) {
        let mut index = Killable::new();
        for (at, happening) in life.iter().enumerate() {
            index.happens(happening);
            if at % 13 == 12 {
                let rows = index.rows();
                prop_assert_eq!(&rows, &rebuilt(&index.tree));
            }
        }
        let rows = index.rows();
        prop_assert_eq!(&rows, &rebuilt(&index.tree));
        // Nothing is left of what cannot be undone any more, and the index can be built again in its place.
        index.tree.borrow_mut().settle(0);
        while index.step().unwrap() != Stepped::Nothing {}
        let follower = index.follower.as_mut().unwrap();
        let connection = follower.writer().connection();
        let left: i64 = connection.query_row("SELECT count(*) FROM undo", [], |row| row.get(0)).unwrap();
        prop_assert_eq!(left, 0);
        follower.writer().clear().unwrap();
        index.open();
        prop_assert_eq!(index.rows(), rows);
    }
}

/// Killed further and further in the transactions of a fork: from their first instruction to beyond the last.
#[test]
fn killed_anywhere_in_a_fork() {
    let mut index = Killable::new();
    for seed in 0..12 {
        index.happens(&Happening::Grow(vec![seed * 77]));
    }
    index.happens(&Happening::Follow(30));
    let mut tried = 0;
    for at in (1..9_000).step_by(67) {
        // The branch changes each time, so that there is something to undo and to apply.
        index.happens(&Happening::Fork(5, vec![at; 5]));
        let number = u32::try_from(at).unwrap();
        index.happens(&Happening::KillWithin(number));
        tried += 1;
        let rows = index.rows();
        if tried % 8 == 0 {
            assert_eq!(rows, rebuilt(&index.tree), "after {at} instructions");
        }
    }
    assert!(tried > 100);
}
