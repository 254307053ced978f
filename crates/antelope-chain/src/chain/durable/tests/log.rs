//! The block log: what it has, what it rebuilds, and what it tells is wrong.

use super::machine::Machine;
use super::{fingerprint, open};
use crate::chain::Chain;
use crate::store::{Disk, Durability, StoreError};
use antelope_types::Name;

/// A chain with thirty blocks and some transactions, whose log is up to date.
fn logged(machine: &Machine) -> Chain {
    let mut chain = open(machine, Durability::Process).unwrap();
    for number in 1..30 {
        if number % 3 == 0 {
            chain.create_account(Name::from_raw(number << 58)).unwrap();
        }
        chain.produce_block().unwrap();
        if number == 12 {
            chain.checkpoint().unwrap();
        }
    }
    chain.checkpoint().unwrap();
    chain
}

#[test]
fn blocks_are_read_by_number_back_to_the_first() {
    let machine = Machine::new();
    let chain = logged(&machine);
    assert_eq!(chain.image().blocks.len(), 0, "all are in the log");
    let mut previous = Default::default();
    for number in 1..=30 {
        let block = chain.block(number).unwrap();
        assert_eq!(block.header.previous, previous);
        let transactions = usize::from(number > 1 && (number - 1) % 3 == 0);
        assert_eq!(block.transactions.len(), transactions, "block {number}");
        previous = block.id;
    }
    assert_eq!(previous, chain.head().id);
    assert!(chain.block(0).is_none() && chain.block(31).is_none());
}

#[test]
fn a_lost_index_is_made_anew() {
    let machine = Machine::new();
    let chain = logged(&machine);
    let expected = fingerprint(&chain);
    let index = machine.content("blocks.index");
    drop(chain);
    for change in [
        |index: &mut Vec<u8>| index.clear(),
        |index: &mut Vec<u8>| index.truncate(100),
        |index: &mut Vec<u8>| index[29 * 8] ^= 1,
    ] {
        machine.change("blocks.index", change);
        let chain = open(&machine, Durability::Process).unwrap();
        assert_eq!(fingerprint(&chain), expected);
        assert_eq!(machine.content("blocks.index"), index);
    }
    machine.remove("blocks.index").unwrap();
    let chain = open(&machine, Durability::Process).unwrap();
    assert_eq!(fingerprint(&chain), expected);
}

#[test]
fn a_changed_byte_of_the_log_is_told_when_its_block_is_read() {
    let machine = Machine::new();
    let chain = logged(&machine);
    let length = machine.content("blocks.log").len();
    let ids: Vec<_> = (1..=30).map(|n| chain.block(n).unwrap().id).collect();
    drop(chain);
    for position in (150..length).step_by(23) {
        let machine = machine.killed();
        machine.change("blocks.log", |log| log[position] ^= 4);
        let chain = match open(&machine, Durability::Process) {
            Ok(chain) => chain,
            Err(StoreError::Damaged { .. }) => continue,
            Err(error) => panic!("{error}"),
        };
        for (id, number) in ids.iter().zip(1..) {
            match chain.read_block(number) {
                Ok(block) => assert_eq!(block.unwrap().id, *id),
                Err(error) => assert!(matches!(error, StoreError::Damaged { .. }), "{error}"),
            }
        }
    }
    // The checkpoint before it does not need the end, and the journal has the blocks.
    machine.change("blocks.log", |log| log.truncate(length - 1));
    let chain = open(&machine, Durability::Process).unwrap();
    assert_eq!(chain.head().id, ids[29]);
}

#[test]
fn a_fork_reads_the_log_as_long_as_it_is_its_own() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Process).unwrap();
    chain.produce_block().unwrap();
    chain.checkpoint().unwrap();
    let early = chain.snapshot();
    let mut other = chain.clone();
    for _ in 0..10 {
        chain.produce_block().unwrap();
    }
    chain.checkpoint().unwrap();
    let late = chain.snapshot();
    let fork = chain.clone();
    assert_eq!(fork.block(5).unwrap().id, chain.block(5).unwrap().id);
    // The chain goes back and on in another way, and so does its log.
    chain.revert(&early);
    chain.create_account(Name::from_raw(1 << 60)).unwrap();
    for _ in 0..20 {
        chain.produce_block().unwrap();
    }
    chain.checkpoint().unwrap();
    assert!(fork.read_block(5).is_err());
    assert_eq!(other.block(2).unwrap().id, chain.block(2).unwrap().id);
    other.produce_block().unwrap();
    assert!(other.block(3).is_some());
    // What the log no longer has cannot be gone back to; the folder stays as it was.
    let acknowledged = fingerprint(&chain);
    chain.revert(&late);
    let error = chain.produce_block().unwrap_err();
    assert!(error.message().contains("opened again"), "{error}");
    drop(chain);
    let chain = open(&machine, Durability::Process).unwrap();
    assert_eq!(fingerprint(&chain), acknowledged);
}
