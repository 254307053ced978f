//! Backups while others write: both databases are of one moment, and a restored index goes on.

use super::support::{NOW, account, open, profile, secret, store};
use crate::{PrivateStore, backup, restore};
use antelope_follow::{BlockEvent, BlockPosition, FollowedBlock};
use antelope_types::{Checksum256, name};
use coop_client::Contracts;
use coop_index::{IndexReader, IndexScope, IndexWriter};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

fn scope() -> IndexScope {
    IndexScope {
        contracts: Contracts {
            chain_id: Checksum256([7; 32]),
            registrator: name!("registrator"),
            soviet: name!("soviet"),
            gateway: name!("gateway"),
        },
        cooperative: Some(coop_documents::samples::cooperative().account),
    }
}

fn block(number: u32) -> BlockEvent {
    let id = |number: u32| Checksum256::sha256(&number.to_le_bytes());
    BlockEvent::Apply(Box::new(FollowedBlock {
        position: BlockPosition {
            block_num: number,
            block_id: id(number),
        },
        previous: id(number - 1),
        rows: Some(Vec::new()),
        ..FollowedBlock::default()
    }))
}

fn head(folder: &Path) -> u32 {
    let mut reader = IndexReader::open(&folder.join("index.db")).unwrap();
    reader.status().unwrap().head.unwrap().block_num
}

/// The version of a profile.
fn version(store: &mut PrivateStore, number: u8) -> u32 {
    let profile = store.profile(account(number)).unwrap().unwrap();
    let name = profile.person().unwrap().last_name.clone();
    name.rsplit('-').next().unwrap().parse().unwrap()
}

#[test]
fn a_backup_under_load_is_of_one_moment_and_the_restored_index_goes_on() {
    let (folder, first) = store();
    let coop = first.folder().to_owned();
    drop(first);
    let mut index = IndexWriter::open(&coop.join("index.db"), scope()).unwrap();
    let mut writer = open(&coop);
    for number in 0..2 {
        writer
            .put_profile(account(number), &profile(number, 1), NOW)
            .unwrap();
    }
    index.store(&block(1)).unwrap();
    let is_over = AtomicBool::new(false);
    let backups: Vec<_> = (0..6)
        .map(|it| folder.path().join(format!("backup{it}")))
        .collect();
    thread::scope(|threads| {
        threads.spawn(|| {
            let mut version = 1;
            while !is_over.load(Ordering::Relaxed) {
                version += 1;
                for number in 0..2 {
                    writer
                        .put_profile(account(number), &profile(number, version), NOW)
                        .unwrap();
                }
                index.store(&block(version)).unwrap();
                if version % 8 == 0 {
                    index.store(&BlockEvent::Final(version - 4)).unwrap();
                }
            }
        });
        for path in &backups {
            backup(&coop, path, NOW).unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let mut heads = Vec::new();
    for path in &backups {
        let other = tempfile::tempdir().unwrap();
        restore(path, other.path(), false).unwrap();
        let mut store = PrivateStore::open(other.path(), &secret(1)).unwrap();
        let (first, second) = (version(&mut store, 0), version(&mut store, 1));
        let head = head(other.path());
        assert!(first == second || first == second + 1, "{first} {second}");
        // The index is written after the second profile.
        assert!(head == second || head + 1 == second, "{head} {second}");
        let mut index = IndexWriter::open(&other.path().join("index.db"), scope()).unwrap();
        index.store(&block(head + 1)).unwrap();
        drop(index);
        assert_eq!(self::head(other.path()), head + 1);
        heads.push(head);
    }
    assert!(
        heads.is_sorted() && heads[0] < heads[5],
        "nothing was written meanwhile: {heads:?}"
    );
    // The writer of an index that was restored under it stops, and goes on when it is opened again.
    let mut index = IndexWriter::open(&coop.join("index.db"), scope()).unwrap();
    let next = index.cursor().head().unwrap().block_num + 1;
    restore(&backups[0], &coop, true).unwrap();
    index.store(&block(next)).unwrap_err();
    let mut index = IndexWriter::open(&coop.join("index.db"), scope()).unwrap();
    assert_eq!(index.cursor().head().unwrap().block_num, heads[0]);
    index.store(&block(heads[0] + 1)).unwrap();
}

#[test]
fn the_backup_of_another_chain_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let saved = folder.path().join("saved");
    for path in [&here, &there] {
        std::fs::create_dir(path).unwrap();
    }
    drop(IndexWriter::open(&here.join("index.db"), scope()).unwrap());
    let mut other = scope();
    other.contracts.chain_id = Checksum256([8; 32]);
    drop(IndexWriter::open(&there.join("index.db"), other).unwrap());
    // An index without a store of personal data.
    assert_eq!(backup(&here, &saved, NOW).unwrap().ring, None);
    let refused = restore(&saved, &there, true).unwrap_err();
    assert!(refused.to_string().contains("another chain"), "{refused}");
    restore(&saved, &here, true).unwrap();
}
