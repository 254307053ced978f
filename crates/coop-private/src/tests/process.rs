//! A process that is killed by the system, while it puts, erases and backs up.

use super::support::{NOW, account, containing, erase, open, profile, store};
use crate::{backup, backup_places, forget_backup, unfinished_erasures};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const FOLDER: &str = "VECHE_PRIVATE_CHILD";
const PEOPLE: u8 = 5;
/// The file with how many rounds the process has begun.
const PROGRESS: &str = "progress";
/// How often a process is killed, and how many rounds it does before.
const KILLS: u32 = 8;
const ROUNDS: u32 = 12;
const PATIENCE: Duration = Duration::from_secs(120);

/// What the process does, until it is killed.
#[test]
#[ignore = "the process that the test below kills"]
fn child() {
    let Ok(folder) = env::var(FOLDER).map(PathBuf::from) else {
        return;
    };
    let mut store = open(&folder.join("coop"));
    for round in 0..u32::MAX {
        fs::write(folder.join(PROGRESS), round.to_string()).unwrap();
        let number = (round % u32::from(PEOPLE)) as u8;
        store
            .put_profile(account(number), &profile(number, round), NOW)
            .unwrap();
        if round % 4 == 3 {
            erase(&mut store, account(number)).unwrap();
        }
        if round % 16 == 9 {
            let path = folder.join(format!("backup-{}-{round}", std::process::id()));
            backup(store.folder(), &path, NOW).unwrap();
        }
    }
}

#[test]
fn a_process_that_is_killed_leaves_a_store_that_opens() {
    let (folder, first) = store();
    let coop = first.folder().to_owned();
    drop(first);
    let progress = folder.path().join(PROGRESS);
    for round in 0..KILLS {
        let _ = fs::remove_file(&progress);
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--ignored", "--exact", "tests::process::child"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let rounds = || fs::read_to_string(&progress).ok()?.parse::<u32>().ok();
        while rounds().unwrap_or_default() < ROUNDS {
            assert!(begun.elapsed() < PATIENCE, "the process does nothing");
            sleep(Duration::from_millis(5));
        }
        // Somewhere within the next rounds.
        sleep(Duration::from_millis(u64::from(7 * round % 40)));
        child.kill().unwrap();
        child.wait().unwrap();
        // The medium of a backup that was just begun.
        for place in backup_places(&coop).unwrap() {
            if !place.path.exists() {
                forget_backup(&coop, &place.path, NOW).unwrap();
            }
        }
        let mut store = open(&coop);
        for account in unfinished_erasures(&coop).unwrap() {
            let erased = erase(&mut store, account).unwrap();
            assert!(erased.is_complete(), "{erased:?}");
            assert_eq!(store.profile(account).unwrap(), None);
        }
        for number in 0..PEOPLE {
            let found = store.profile(account(number)).unwrap();
            let mark = format!("mark-Фамилия-{number}-");
            assert!(found.is_none_or(|it| it.name().starts_with(&mark)));
        }
    }
    // It was at work.
    assert!(backup_places(&coop).unwrap().len() as u32 >= KILLS);
    assert!(!open(&coop).people().unwrap().is_empty());
    assert_eq!(containing(folder.path(), b"mark-"), Vec::<String>::new());
}
