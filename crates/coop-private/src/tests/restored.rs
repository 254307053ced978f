use super::support::{
    NOW, account, containing, document, erase, open, profile, secret, store, wrapped,
};
use crate::folder::{DATABASE, RING};
use crate::{PrivateError, PrivateStore, backup, check_backup, kill, restore};
use antelope_types::name;
use coop_index::IndexFolder;
use std::fs;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn a_backup_is_restored_into_an_empty_folder_and_over_what_is_there() {
    let (folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let (saved, other) = (folder.path().join("saved"), folder.path().join("other"));
    let made = backup(store.folder(), &saved, NOW).unwrap();
    assert_eq!(check_backup(&saved).unwrap(), made);
    store.put_profile(account(0), &profile(0, 2), NOW).unwrap();
    store.put_profile(account(1), &profile(1, 1), NOW).unwrap();
    assert!(restore(&saved, &other, false).unwrap().with_ring);
    assert_eq!(
        open(&other).profile(account(0)).unwrap(),
        Some(profile(0, 1))
    );
    let refused = restore(&saved, store.folder(), false).unwrap_err();
    assert!(matches!(refused, PrivateError::Exists { .. }));
    let restored = restore(&saved, store.folder(), true).unwrap();
    assert_eq!((restored.left_out, restored.with_ring), (0, false));
    // Also a store that was open all the time sees it.
    assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 1)));
    assert_eq!(store.people().unwrap().len(), 1);
    assert!(matches!(
        backup(store.folder(), &saved, NOW),
        Err(PrivateError::Backup { .. })
    ));
}

#[test]
fn an_index_that_somebody_writes_is_not_replaced() {
    let (folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let saved = folder.path().join("saved");
    backup(store.folder(), &saved, NOW).unwrap();
    store.put_profile(account(0), &profile(0, 2), NOW).unwrap();
    let index = IndexFolder::new(store.folder());
    let follower = index.lock().unwrap();
    let refused = restore(&saved, store.folder(), true).unwrap_err();
    assert!(matches!(refused, PrivateError::Busy { .. }), "{refused}");
    assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 2)));
    drop(follower);
    // A restoration that was prepared when the program ended waits for the follower to end, too.
    let mut points = 0;
    while !store.folder().join(".restore/ready").exists() {
        kill::after(points);
        assert!(
            restore(&saved, store.folder(), true).is_err(),
            "it was not killed"
        );
        points += 1;
    }
    kill::after(u32::MAX);
    let follower = index.lock().unwrap();
    let refused = PrivateStore::open(store.folder(), &secret(1));
    assert!(matches!(refused, Err(PrivateError::Busy { .. })));
    drop(follower);
    assert_eq!(
        open(store.folder()).profile(account(0)).unwrap(),
        Some(profile(0, 1))
    );
    index.lock().unwrap();
}

#[test]
fn a_damaged_backup_is_refused_whatever_was_changed() {
    let (folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let saved = folder.path().join("saved");
    backup(store.folder(), &saved, NOW).unwrap();
    let names: Vec<_> = fs::read_dir(&saved)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 3);
    for name in names {
        let bytes = fs::read(saved.join(&name)).unwrap();
        let mut at = 0;
        while at < bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(saved.join(&name), changed).unwrap();
            let is_manifest = name == *"manifest.json";
            let refused = restore(&saved, store.folder(), true);
            // What the manifest says of itself, such as its moment, may be any text.
            assert!(refused.is_err() || is_manifest, "{name:?} at {at}");
            at += (bytes.len() / 23).max(1);
        }
        for rest in [&bytes[..bytes.len() / 2], &[]] {
            fs::write(saved.join(&name), rest).unwrap();
            assert!(restore(&saved, store.folder(), true).is_err());
        }
        fs::remove_file(saved.join(&name)).unwrap();
        assert!(restore(&saved, store.folder(), true).is_err());
        fs::write(saved.join(&name), bytes).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(saved.join(&name), mode).unwrap();
    }
    restore(&saved, store.folder(), true).unwrap();
    assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 1)));
}

#[test]
fn the_backup_of_others_is_refused() {
    let (folder, first) = store();
    let saved = folder.path().join("saved");
    backup(first.folder(), &saved, NOW).unwrap();
    let (_other, second) = store();
    let refused = restore(&saved, second.folder(), true).unwrap_err();
    assert!(refused.to_string().contains("another store"), "{refused}");
    let third = folder.path().join("third");
    PrivateStore::create(&third, name!("anothercoop"), &secret(1)).unwrap();
    let refused = restore(&saved, &third, true).unwrap_err();
    assert!(
        refused.to_string().contains("another cooperative"),
        "{refused}"
    );
}

#[test]
fn a_backup_whose_manifest_names_another_cooperative_is_refused() {
    let (folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let saved = folder.path().join("saved");
    let mut manifest = backup(store.folder(), &saved, NOW).unwrap();
    for name in [Some(name!("anothercoop")), None] {
        manifest.cooperative = name;
        fs::write(saved.join("manifest.json"), manifest.bytes()).unwrap();
        let empty = folder.path().join("empty");
        for refused in [
            check_backup(&saved).map(drop),
            restore(&saved, store.folder(), true).map(drop),
            restore(&saved, &empty, false).map(drop),
        ] {
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains("another cooperative"), "{refused}");
        }
        assert!(!empty.join(DATABASE).exists());
        assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 1)));
    }
}

#[test]
fn who_was_erased_does_not_come_back_from_a_copy_that_nobody_knows() {
    let (folder, mut store) = store();
    let (anna, boris) = (account(0), account(1));
    store.put_profile(anna, &profile(0, 1), NOW).unwrap();
    store.put_profile(boris, &profile(1, 1), NOW).unwrap();
    let (saved, hidden) = (folder.path().join("saved"), folder.path().join("hidden"));
    backup(store.folder(), &saved, NOW).unwrap();
    copy(&saved, &hidden);
    let act = erase(&mut store, anna).unwrap().act.unwrap();
    let key = containing(folder.path(), &wrapped(&hidden, anna).unwrap());
    assert_eq!(key, [hidden.join(RING).display().to_string()]);
    // With the key ring that is here, without it, and without the database.
    for lost in [None, Some(RING), Some(DATABASE)] {
        let here = folder.path().join("here");
        let _ = fs::remove_dir_all(&here);
        copy(store.folder(), &here);
        if let Some(name) = lost {
            fs::remove_file(here.join(name)).unwrap();
        }
        if lost == Some(DATABASE) {
            let _ = fs::remove_file(here.join("private.db-wal"));
            let _ = fs::remove_file(here.join("private.db-shm"));
        }
        let restored = restore(&hidden, &here, true).unwrap();
        // The key of the act was made after the backup: without the key ring it is lost.
        let left_out = if lost == Some(RING) { 2 } else { 1 };
        assert_eq!(restored.left_out, left_out, "{lost:?}");
        assert_eq!(restored.with_ring, lost == Some(RING));
        let mut store = open(&here);
        assert_eq!(store.profile(anna).unwrap(), None);
        assert_eq!(store.profile(boris).unwrap(), Some(profile(1, 1)));
        assert_eq!(wrapped(&here, anna), None);
        // The act is not in the backup, and stays where it was known.
        assert_eq!(store.document(&act).is_ok(), lost.is_none());
    }
}

#[test]
fn the_archive_of_today_stays_when_a_backup_is_restored() {
    let (folder, mut store) = store();
    let saved = folder.path().join("saved");
    let protocol = document("501_admission");
    store
        .put_document(&document("600_free"), true, NOW)
        .unwrap();
    backup(store.folder(), &saved, NOW).unwrap();
    store.put_document(&protocol, true, NOW).unwrap();
    restore(&saved, store.folder(), true).unwrap();
    assert_eq!(store.document(&protocol.document.hash()).unwrap(), protocol);
    assert_eq!(store.documents(None).unwrap().len(), 2);
}

#[test]
fn a_restoration_that_is_killed_leaves_the_old_state_or_the_new_one() {
    let (folder, mut first) = store();
    let saved = folder.path().join("saved");
    for number in 0..3 {
        first
            .put_profile(account(number), &profile(number, 1), NOW)
            .unwrap();
    }
    backup(first.folder(), &saved, NOW).unwrap();
    for number in 0..3 {
        first
            .put_profile(account(number), &profile(number, 2), NOW)
            .unwrap();
    }
    let here = first.folder().to_owned();
    drop(first);
    let mut ended = [0, 0];
    for count in 0.. {
        let copied = folder.path().join(format!("copy{count}"));
        copy(&here, &copied);
        kill::after(count);
        let done = restore(&saved, &copied, true);
        kill::after(u32::MAX);
        let mut store = open(&copied);
        let versions: Vec<_> = (0..3)
            .map(|number| {
                let found = store.profile(account(number)).unwrap();
                (1..=2)
                    .find(|it| found == Some(profile(number, *it)))
                    .unwrap()
            })
            .collect();
        assert!(
            versions == [1; 3] || versions == [2; 3],
            "{count}: {versions:?}"
        );
        assert!(!copied.join(".restore").exists());
        ended[versions[0] as usize - 1] += 1;
        if done.is_ok() {
            assert_eq!(versions, [1; 3]);
            break;
        }
    }
    assert!(ended[0] > 2 && ended[1] > 2, "{ended:?}");
}
