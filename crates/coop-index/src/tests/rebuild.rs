//! A new index in the place of the old one.

use super::chain::{Teller, Tree};
use super::killed::{all_rows, scope};
use crate::{Follower, IndexFolder, IndexReader, IndexWriter, Rebuild, Stepped};
use antelope_follow::{BlockEvent, BlockSource, FollowCursor, FollowError, SourceProgress};
use antelope_types::Checksum256;
use std::cell::RefCell;
use std::fs;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn tree() -> Rc<RefCell<Tree>> {
    let tree = Rc::new(RefCell::new(Tree::new()));
    for seed in 0..40 {
        tree.borrow_mut().grow(seed * 31);
    }
    tree.borrow_mut().settle(3);
    tree
}

/// Follows to the head.
fn followed(tree: &Rc<RefCell<Tree>>, writer: IndexWriter) -> Follower<Teller> {
    let mut follower = Follower::new(Teller::new(tree, 0), writer);
    while follower.step(Duration::ZERO).unwrap() != Stepped::Nothing {}
    follower
}

/// A source that sets a flag with the block of this number, as a signal would.
struct Signalled<'a> {
    source: Teller,
    number: u32,
    stop: &'a AtomicBool,
}

impl BlockSource for Signalled<'_> {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        self.source.chain_id()
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        let event = self.source.next(cursor, wait)?;
        if let Some(BlockEvent::Apply(block)) = &event
            && block.position.block_num == self.number
        {
            self.stop.store(true, Ordering::Relaxed);
        }
        Ok(event)
    }

    fn progress(&self) -> Option<SourceProgress> {
        self.source.progress()
    }
}

#[test]
fn who_is_told_to_stop_ends_with_the_block_that_it_is_at() {
    let (tree, folder) = (tree(), tempfile::tempdir().unwrap());
    let file = folder.path().join("index.db");
    for number in [20, 35, 43] {
        let stop = AtomicBool::new(false);
        let source = Signalled {
            source: Teller::new(&tree, 0),
            number,
            stop: &stop,
        };
        let writer = IndexWriter::open(&file, scope()).unwrap();
        let mut follower = Follower::new(source, writer);
        follower.run(&stop, &mut |_| {}).unwrap();
        drop(follower);
        let status = IndexReader::open(&file).unwrap().status().unwrap();
        assert_eq!(status.head.unwrap().block_num, number);
    }
}

fn rebuild(tree: &Rc<RefCell<Tree>>, folder: &IndexFolder) -> Option<u32> {
    let lock = folder.lock().unwrap();
    let rebuild = Rebuild::begin(&lock).unwrap();
    let goal = rebuild.goal();
    let follower = followed(tree, rebuild.writer(scope()).unwrap());
    assert!(rebuild.is_reached(&follower.status()));
    rebuild.finish(follower.into_writer().unwrap()).unwrap();
    assert!(!folder.path().join("rebuild.db").exists());
    goal
}

#[test]
fn a_rebuild_mends_rows_and_open_readers_see_the_new_index() {
    let (tree, parent) = (tree(), tempfile::tempdir().unwrap());
    let folder = IndexFolder::new(parent.path());
    let mut follower = followed(&tree, IndexWriter::open(&folder.file(), scope()).unwrap());
    let head = follower.status().head.unwrap().block_num;
    let before = all_rows(&folder.file());
    // Somebody has spoilt a row, and somebody else reads.
    let spoil = "UPDATE participants SET status = 'nobody'";
    follower.writer().connection().execute(spoil, []).unwrap();
    drop(follower);
    let mut reader = IndexReader::open(&folder.file()).unwrap();
    assert_eq!(rebuild(&tree, &folder), Some(head));
    assert_eq!(all_rows(&folder.file()), before);
    assert_eq!(reader.rows("participants").unwrap(), before["participants"]);
    // It goes on where the new index ends.
    tree.borrow_mut().grow(7);
    let follower = followed(&tree, IndexWriter::open(&folder.file(), scope()).unwrap());
    assert_eq!(follower.status().head.unwrap().block_num, head + 1);
}

#[test]
fn a_file_that_is_no_database_any_more_is_kept_beside() {
    let (tree, parent) = (tree(), tempfile::tempdir().unwrap());
    let folder = IndexFolder::new(parent.path());
    fs::write(folder.file(), [7; 9_000]).unwrap();
    fs::write(
        parent.path().join("rebuild.db"),
        "left by a process that was killed",
    )
    .unwrap();
    assert_eq!(rebuild(&tree, &folder), None);
    assert!(!all_rows(&folder.file())["questions"].is_empty());
    let kept = fs::read(parent.path().join("index.db.damaged")).unwrap();
    assert_eq!(kept, [7; 9_000]);
}

#[test]
fn a_folder_without_an_index_gets_one() {
    let (tree, parent) = (tree(), tempfile::tempdir().unwrap());
    let folder = IndexFolder::new(parent.path().join("new"));
    assert_eq!(rebuild(&tree, &folder), None);
    assert!(folder.has_index());
}
