//! Files that are cut, changed, or another's.

use super::machine::Machine;
use super::{expected, fingerprint, open, run};
use crate::chain::OpenOptions;
use crate::store::{Disk, Durability, StoreError};
use antelope_ledger::{Genesis, NoContracts};
use antelope_types::{Name, TimePoint};
use std::sync::Arc;

/// A machine on which the script was run, and whose process was killed.
fn killed() -> Machine {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    run(&mut chain).1.unwrap();
    machine.killed()
}

/// A machine on which the script was run, and whose chain was closed in order.
fn closed() -> Machine {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    run(&mut chain).1.unwrap();
    drop(chain);
    machine
}

/// The names of the files of this kind.
fn names(machine: &Machine, kind: &str) -> Vec<String> {
    let mut names = machine.names().unwrap();
    names.retain(|name| name.starts_with(kind));
    names
}

#[test]
fn a_journal_cut_anywhere_is_the_chain_of_before() {
    let expected = expected();
    let machine = killed();
    let name = names(&machine, "journal").pop().unwrap();
    let whole = machine.content(&name).len();
    let mut last = 0;
    for length in 68..=whole {
        let machine = machine.killed();
        machine.change(&name, |content| content.truncate(length));
        let chain = open(&machine, Durability::Transaction).unwrap();
        let found = fingerprint(&chain);
        let step = expected.iter().rposition(|step| *step == found).unwrap();
        assert!(
            step >= last,
            "{length} bytes are step {step}, fewer were {last}"
        );
        last = step;
    }
    assert_eq!(last, expected.len() - 1);
}

#[test]
fn a_changed_byte_of_a_closed_journal_is_told_with_its_place() {
    let machine = closed();
    let last = *expected().last().unwrap();
    for name in names(&machine, "journal") {
        for position in 0..machine.content(&name).len() {
            let machine = machine.killed();
            machine.change(&name, |content| content[position] ^= 0x10);
            match open(&machine, Durability::Transaction) {
                // The journal before the last checkpoint, and the mark that the chain was closed.
                Ok(chain) => assert_eq!(fingerprint(&chain), last, "{name} at {position}"),
                Err(error) => assert_told(&error, &name, position),
            }
        }
    }
}

fn assert_told(error: &StoreError, name: &str, changed: usize) {
    let text = error.to_string();
    assert!(text.contains(name), "{text}");
    if let StoreError::Damaged { position, .. } = error {
        assert!(
            *position <= changed as u64,
            "{text}, but byte {changed} was changed"
        );
    }
}

#[test]
fn a_changed_byte_of_the_last_checkpoint_is_made_good_by_the_one_before_it() {
    let machine = killed();
    let last = *expected().last().unwrap();
    let checkpoints = names(&machine, "checkpoint");
    assert_eq!(checkpoints.len(), 2);
    let name = &checkpoints[1];
    let length = machine.content(name).len();
    for position in (68..length).step_by(length / 200) {
        let machine = machine.killed();
        machine.change(name, |content| content[position] ^= 1);
        let chain = open(&machine, Durability::Transaction).unwrap();
        assert_eq!(fingerprint(&chain), last, "byte {position}");
        // Without the other one there is nothing to make it good with.
        machine.change(&checkpoints[0], |content| content[68] ^= 1);
        drop(chain);
        assert!(open(&machine, Durability::Transaction).is_err());
    }
}

#[test]
fn a_missing_part_of_the_journal_is_missed() {
    let machine = killed();
    let checkpoints = names(&machine, "checkpoint");
    let journals = names(&machine, "journal");
    // The last checkpoint is gone, and the journal between it and the one before it.
    machine.remove(&checkpoints[1]).unwrap();
    machine.remove(&journals[journals.len() - 2]).unwrap();
    let error = open(&machine, Durability::Transaction).err().unwrap();
    assert!(error.to_string().contains("is missing"), "{error}");
}

#[test]
fn the_journal_is_not_carried_over_a_revert() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    let snapshot = chain.snapshot();
    let old = machine.content("checkpoint-00000000000000000000");
    chain.produce_block().unwrap();
    chain.revert(&snapshot);
    chain.produce_block().unwrap();
    let machine = machine.killed();
    // Somebody puts an old checkpoint in the place of the one that the revert has made.
    machine.remove("checkpoint-00000000000000000002").unwrap();
    machine.create("checkpoint-00000000000000000000").unwrap();
    machine.change("checkpoint-00000000000000000000", |content| *content = old);
    let error = open(&machine, Durability::Transaction).err().unwrap();
    assert!(error.to_string().contains("record 1 is missing"), "{error}");
}

#[test]
fn another_chain_another_version_and_other_files_are_told_apart() {
    let machine = closed();
    let other = Genesis {
        initial_timestamp: TimePoint::from_micros(0),
        ..Genesis::default()
    };
    let disk = Arc::new(machine.clone());
    let options = OpenOptions::new().genesis(other);
    let opened = options.open_on(disk, Arc::new(NoContracts));
    assert!(matches!(opened, Err(StoreError::OtherChain { .. })));

    let name = names(&machine, "checkpoint").pop().unwrap();
    let version = machine.killed();
    let before = version.content(&name);
    for (found, writer) in [
        (9, "a newer version wrote it"),
        (4, "chains could be forks of another wrote it"),
        (3, "the states of reversible blocks wrote it"),
        (2, "recorded what their blocks did wrote it"),
        (0, "another version wrote it"),
    ] {
        version.change(&name, |content| content[16] = found);
        let error = open(&version, Durability::Transaction).err().unwrap();
        let text = error.to_string();
        let told = format!("`disk/{name}` has format version {found}, expected 5");
        assert!(text.contains(&told) && text.contains(writer), "{text}");
        assert!(text.contains("nothing was changed"), "{text}");
    }
    // It is as the version that wrote it has left it.
    version.change(&name, |content| content[16] = 5);
    assert_eq!(version.content(&name), before);
    open(&version, Durability::Transaction).unwrap();

    let foreign = machine.killed();
    foreign.change(&name, |content| *content = vec![b'?'; 1000]);
    let error = open(&foreign, Durability::Transaction).err().unwrap();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");

    let bare = machine.killed();
    for name in names(&bare, "checkpoint") {
        bare.remove(&name).unwrap();
    }
    let error = open(&bare, Durability::Transaction).err().unwrap();
    assert!(error.to_string().contains("no checkpoint"), "{error}");
}

#[test]
fn a_journal_that_is_removed_under_the_chain_is_made_good_with_the_next_block() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    chain.create_account(Name::from_raw(1 << 59)).unwrap();
    for name in names(&machine, "journal") {
        machine.remove(&name).unwrap();
    }
    // What could be lost is not accepted.
    let refused = chain.create_account(Name::from_raw(2 << 59)).unwrap_err();
    assert!(refused.to_string().contains("it was removed"), "{refused}");
    assert!(chain.problem().unwrap().contains("it was removed"));
    chain.produce_block().unwrap();
    assert_eq!(chain.problem(), None);
    chain.create_account(Name::from_raw(2 << 59)).unwrap();
    let expected = fingerprint(&chain);
    let chain = open(&machine.killed(), Durability::Transaction).unwrap();
    assert_eq!(fingerprint(&chain), expected);
}

#[test]
fn without_its_block_log_a_chain_accepts_nothing_until_it_is_back() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    chain.produce_block().unwrap();
    chain.checkpoint().unwrap();
    machine.rename("blocks.log", "elsewhere").unwrap();
    let refused = chain.produce_block().unwrap_err();
    assert!(refused.message().contains("blocks.log"), "{refused}");
    assert!(chain.create_account(Name::from_raw(1 << 59)).is_err());
    assert!(chain.problem().unwrap().contains("blocks.log"));
    machine.rename("elsewhere", "blocks.log").unwrap();
    chain.produce_block().unwrap();
    assert_eq!(chain.problem(), None);
    chain.create_account(Name::from_raw(1 << 59)).unwrap();
}

#[test]
fn a_folder_of_another_version_is_left_as_it_is() {
    let machine = killed();
    machine
        .create("checkpoint-00000000000000000099.tmp")
        .unwrap();
    for name in names(&machine, "checkpoint") {
        machine.change(&name, |content| {
            if let Some(version) = content.get_mut(16..20) {
                version.copy_from_slice(&4u32.to_le_bytes());
            }
        });
    }
    let before = machine.names().unwrap();
    let error = open(&machine, Durability::Transaction).err().unwrap();
    assert!(matches!(error, StoreError::Version { .. }), "{error}");
    assert_eq!(machine.names().unwrap(), before);
}
