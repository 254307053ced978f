//! Loss of power, kills and full disks at every moment.

use super::machine::{Machine, Numbers};
use super::{expected, fingerprint, history, open, open_recording, run, run_with};
use crate::store::Durability;
use antelope_types::Checksum256;

/// Runs the script on a machine that stops in the middle of this change of its disk. Returns how
/// many steps were acknowledged, and the machine.
fn stopped_at(operation: usize, durability: Durability) -> (Option<usize>, Machine) {
    let machine = Machine::new();
    machine.stop_at(operation);
    let acknowledged = open(&machine, durability).ok().map(|mut chain| {
        let (seen, result) = run(&mut chain);
        assert!(
            result.is_err(),
            "the script has ended before change {operation}"
        );
        seen.len() - 1
    });
    (acknowledged, machine)
}

/// How many changes of its disk a machine makes for the script.
fn operations(durability: Durability) -> usize {
    let machine = Machine::new();
    let mut chain = open(&machine, durability).unwrap();
    run(&mut chain).1.unwrap();
    machine.operations()
}

#[test]
fn a_loss_of_power_at_any_moment_loses_nothing_that_was_acknowledged() {
    let expected = expected();
    let all = operations(Durability::Transaction);
    for operation in 1..=all {
        let (acknowledged, machine) = stopped_at(operation, Durability::Transaction);
        for seed in 0..6 {
            let after = machine.without_power(&mut Numbers::new((operation * 10 + seed) as u64));
            let chain = open(&after, Durability::Transaction)
                .unwrap_or_else(|error| panic!("change {operation}, seed {seed}: {error}"));
            let found = fingerprint(&chain);
            // The step that was underway may have been done, too.
            let steps = acknowledged.map_or(0..1, |steps| steps..expected.len().min(steps + 2));
            assert!(
                expected[steps].contains(&found),
                "change {operation}, seed {seed}: {acknowledged:?} steps were acknowledged"
            );
        }
    }
}

#[test]
fn a_killed_process_loses_nothing_whatever_the_durability() {
    let expected = expected();
    for durability in [Durability::Block, Durability::Process] {
        for operation in 1..=operations(durability) {
            let (acknowledged, machine) = stopped_at(operation, durability);
            let chain = open(&machine.killed(), durability)
                .unwrap_or_else(|error| panic!("change {operation}: {error}"));
            let steps = acknowledged.map_or(0..1, |steps| steps..expected.len().min(steps + 2));
            assert!(
                expected[steps].contains(&fingerprint(&chain)),
                "change {operation}"
            );
        }
    }
}

#[test]
fn a_loss_of_power_leaves_an_earlier_chain_where_only_the_process_is_safe() {
    let expected = expected();
    for durability in [Durability::Block, Durability::Process] {
        for operation in 1..=operations(durability) {
            let (_, machine) = stopped_at(operation, durability);
            for seed in 0..3 {
                let mut numbers = Numbers::new((operation * 10 + seed) as u64);
                let after = machine.without_power(&mut numbers);
                let chain = open(&after, durability)
                    .unwrap_or_else(|error| panic!("change {operation}, seed {seed}: {error}"));
                assert!(
                    expected.contains(&fingerprint(&chain)),
                    "change {operation}"
                );
            }
        }
    }
}

#[test]
fn a_full_disk_refuses_and_goes_on_when_there_is_room() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    for room in 0..200 {
        machine.set_room(room);
        let before = fingerprint(&chain);
        if let Err(error) = chain.produce_block() {
            assert!(error.is(crate::ErrorKind::Database), "{error}");
            assert!(error.message().contains("cannot write"), "{error}");
            assert_eq!(fingerprint(&chain), before);
        }
        assert!(chain.checkpoint().is_err());
        let killed = open(&machine.killed(), Durability::Transaction);
        machine.set_room(u64::MAX);
        // Opening writes nothing where the journal is whole, and it is.
        assert_eq!(fingerprint(&killed.unwrap()), fingerprint(&chain));
        chain.produce_block().unwrap();
    }
    let expected = fingerprint(&chain);
    drop(chain);
    let chain = open(&machine, Durability::Transaction).unwrap();
    assert_eq!(fingerprint(&chain), expected);
}

#[test]
fn after_a_failed_sync_nothing_more_is_taken() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    chain.produce_block().unwrap();
    let acknowledged = fingerprint(&chain);
    machine.set_sync_fails(true);
    assert!(chain.produce_block().is_err());
    machine.set_sync_fails(false);
    let error = chain.produce_block().unwrap_err();
    assert!(error.message().contains("opened again"), "{error}");
    assert_eq!(fingerprint(&chain), acknowledged);
    drop(chain);
    for seed in 0..20 {
        let machine = machine.without_power(&mut Numbers::new(seed));
        let chain = open(&machine, Durability::Transaction).unwrap();
        assert!((2..=3).contains(&chain.head().number()));
    }
}

/// The history after each step of the script, where nothing goes wrong.
fn histories() -> Vec<Checksum256> {
    let mut seen = Vec::new();
    let mut chain = history::recording();
    run_with(&mut chain, &mut |chain| {
        seen.push(history::told(chain).unwrap())
    })
    .unwrap();
    seen
}

#[test]
fn a_kill_or_a_loss_of_power_at_any_moment_leaves_the_history_of_the_chain_that_is_there() {
    let (expected, histories) = (expected(), histories());
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    run(&mut chain).1.unwrap();
    drop(chain);
    for operation in 1..=machine.operations() {
        let machine = Machine::new();
        machine.stop_at(operation);
        if let Ok(mut chain) = open_recording(&machine, Durability::Transaction) {
            let _ = run(&mut chain);
        }
        let mut numbers = Numbers::new(operation as u64);
        for after in [machine.killed(), machine.without_power(&mut numbers)] {
            let chain = open_recording(&after, Durability::Transaction)
                .unwrap_or_else(|error| panic!("change {operation}: {error}"));
            let found = fingerprint(&chain);
            let told = history::told(&chain).unwrap();
            let mut steps = expected.iter().zip(&histories);
            assert!(
                steps.any(|step| step == (&found, &told)),
                "change {operation}"
            );
        }
    }
}
