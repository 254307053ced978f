//! Files that nothing needs any more and that cannot be removed: they are in nobody's way.

use super::history::told;
use super::machine::Machine;
use super::{fingerprint, open_recording};
use crate::chain::Chain;
use crate::store::{Disk, Durability};
use antelope_types::{Checksum256, Name};

/// How many files of this kind there are.
fn count(machine: &Machine, kind: &str) -> usize {
    let names = machine.names().unwrap();
    names.iter().filter(|name| name.starts_with(kind)).count()
}

fn account(chain: &mut Chain, number: u64) {
    let name = Name::from_raw((number + 1) << 50 | 1 << 59);
    chain.create_account(name).unwrap();
}

/// An account and a block after it, so many times, each with a checkpoint.
fn checkpoints(chain: &mut Chain, numbers: std::ops::Range<u64>) {
    for number in numbers {
        account(chain, number);
        chain.produce_block().unwrap();
        chain.checkpoint().unwrap();
    }
}

fn all(chain: &Chain) -> (Checksum256, Option<Checksum256>) {
    (fingerprint(chain), told(chain))
}

#[test]
fn older_files_that_cannot_be_removed_stay_until_they_can() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    checkpoints(&mut chain, 0..3);
    assert_eq!(chain.leftover_files(), None);
    machine.set_remove_fails(true);
    checkpoints(&mut chain, 3..9);
    let told = chain.leftover_files().unwrap();
    assert!(
        told.contains("cannot remove") && told.contains("checkpoint-"),
        "{told}"
    );
    // The checkpoint counts all the same: nothing is kept in memory for it.
    assert_eq!(chain.records_since_checkpoint(), 0);
    assert_eq!(chain.problem(), None);
    assert_eq!(count(&machine, "checkpoint"), 8);
    let expected = all(&chain);
    // Killed, started, and killed again while nothing can be removed.
    drop(chain);
    let killed = machine.killed();
    killed.set_remove_fails(true);
    let mut chain = open_recording(&killed, Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
    account(&mut chain, 9);
    let expected = all(&chain);
    let killed = killed.killed();
    let mut chain = open_recording(&killed, Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
    // Now they can.
    chain.checkpoint().unwrap();
    assert_eq!(chain.leftover_files(), None);
    assert_eq!(count(&killed, "checkpoint"), 2);
    assert!(count(&killed, "journal") <= 3);
    assert_eq!(all(&chain), expected);
}

#[test]
fn a_kill_after_a_removal_that_failed_finds_the_logs_that_the_checkpoint_names() {
    // In every moment of the checkpoint after the one whose removal failed, and of the blocks before.
    let script = |machine: &Machine| {
        let mut chain = open_recording(machine, Durability::Transaction).ok()?;
        let mut seen = vec![all(&chain)];
        for number in 0..4 {
            chain
                .create_account(Name::from_raw((number + 1) << 50 | 1 << 59))
                .ok()?;
            seen.push(all(&chain));
            chain.produce_block().ok()?;
            seen.push(all(&chain));
            chain.checkpoint().ok()?;
        }
        Some(seen)
    };
    let machine = Machine::new();
    machine.set_remove_fails(true);
    let expected = script(&machine).unwrap();
    for operation in 1..=machine.operations() {
        let machine = Machine::new();
        machine.set_remove_fails(true);
        machine.stop_at(operation);
        assert!(script(&machine).is_none_or(|seen| seen == expected));
        let chain = open_recording(&machine.killed(), Durability::Transaction)
            .unwrap_or_else(|error| panic!("change {operation}: {error}"));
        assert!(expected.contains(&all(&chain)), "change {operation}");
    }
}

#[test]
fn a_revert_leaves_files_that_mean_nothing() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    checkpoints(&mut chain, 0..2);
    let snapshot = chain.snapshot();
    account(&mut chain, 2);
    chain.produce_block().unwrap();
    machine.set_remove_fails(true);
    chain.revert(&snapshot);
    assert!(chain.leftover_files().unwrap().contains("cannot remove"));
    account(&mut chain, 3);
    let expected = all(&chain);
    let killed = machine.killed();
    let chain = open_recording(&killed, Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
    // Without the checkpoint of the revert, the older one is not taken for it.
    let mut checkpoints = killed.names().unwrap();
    checkpoints.retain(|name| name.starts_with("checkpoint"));
    let last = checkpoints.pop().unwrap();
    drop(chain);
    killed.change(&last, |content| content.truncate(200));
    let error = open_recording(&killed, Durability::Transaction)
        .err()
        .unwrap();
    assert!(error.to_string().contains(&last), "{error}");
}

#[test]
fn a_temporary_file_that_cannot_be_removed_keeps_nobody_from_starting() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    checkpoints(&mut chain, 0..2);
    let expected = all(&chain);
    drop(chain);
    for name in [
        "checkpoint-00000000000000000099.tmp",
        "journal-1.tmp",
        ".tmp",
    ] {
        machine.create(name).unwrap();
    }
    machine.set_remove_fails(true);
    let chain = open_recording(&machine, Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
    drop(chain);
    machine.set_remove_fails(false);
    let chain = open_recording(&machine, Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
    assert!(
        !machine
            .names()
            .unwrap()
            .iter()
            .any(|name| name.ends_with(".tmp"))
    );
}

#[test]
fn a_checkpoint_of_which_it_is_unknown_whether_it_lasts_is_the_last_thing_that_is_done() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    checkpoints(&mut chain, 0..2);
    account(&mut chain, 2);
    let expected = all(&chain);
    machine.set_names_sync_fails(true);
    assert!(chain.checkpoint().is_err());
    machine.set_names_sync_fails(false);
    assert!(chain.produce_block().is_err());
    drop(chain);
    let chain = open_recording(&machine.killed(), Durability::Transaction).unwrap();
    assert_eq!(all(&chain), expected);
}
