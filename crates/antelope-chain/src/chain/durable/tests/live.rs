//! Chains that many threads share: who is told that something is done, can rely on it.

use super::machine::{Machine, Numbers};
use super::{fingerprint, open, open_recording};
use crate::chain::LiveChain;
use crate::store::Durability;
use antelope_ledger::DEVELOPMENT_KEY;
use antelope_rpc_client::native;
use antelope_rpc_client::signing::Signer;
use antelope_types::{Authority, Name, PackedTransaction, SignedTransaction, name};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const THREADS: u64 = 4;

/// Lets threads make accounts until the disk stops; the accounts that they were told are made.
fn accounts_until_it_stops(live: &LiveChain) -> Vec<Name> {
    let make = |thread: u64| {
        let mut made = Vec::new();
        for number in 1u64..60 {
            let name = Name::from_raw(1 << 62 | thread << 40 | number << 30);
            match live.with(|chain| chain.create_account(name)) {
                Ok(Ok(_)) => made.push(name),
                _ => break,
            }
        }
        made
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || make(thread)))
            .collect();
        let made = threads.into_iter().map(|thread| thread.join().unwrap());
        made.flatten().collect()
    })
}

#[test]
fn what_threads_are_told_is_there_after_a_loss_of_power() {
    for stop in (20..260).step_by(12) {
        let machine = Machine::new();
        let live = LiveChain::new(open(&machine, Durability::Transaction).unwrap());
        machine.stop_at(machine.operations() + stop);
        let made = accounts_until_it_stops(&live);
        for seed in 0..3 {
            let after = machine.without_power(&mut Numbers::new((stop + seed) as u64));
            let chain = open(&after, Durability::Transaction).unwrap();
            for name in &made {
                assert!(
                    chain.state().accounts.contains_key(name),
                    "{name} at {stop}"
                );
            }
        }
    }
}

#[test]
fn after_a_failed_sync_of_one_thread_no_other_is_told_of_success() {
    let machine = Machine::new();
    let live = LiveChain::new(open(&machine, Durability::Transaction).unwrap());
    live.with(|chain| chain.create_account(name!("alice")))
        .unwrap()
        .unwrap();
    machine.set_sync_fails(true);
    assert!(
        live.with(|chain| chain.create_account(name!("bob")))
            .is_err()
    );
    machine.set_sync_fails(false);
    assert!(accounts_until_it_stops(&live).is_empty());
    let error = live.with(|chain| chain.sync()).unwrap().unwrap_err();
    assert!(error.to_string().contains("opened again"), "{error}");
}

#[test]
fn a_batch_is_written_at_once() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    let authority = Authority::from_key(chain.genesis().initial_key.clone());
    let transactions: Vec<_> = (1u64..=10)
        .map(|number| {
            let name = Name::from_raw(number << 59);
            let (owner, active) = (authority.clone(), authority.clone());
            let action = native::new_account(name!("eosio"), name, owner, active);
            let transaction = chain.transaction(&[action]);
            let digest = transaction.signing_digest(&chain.chain_id(), &[]);
            PackedTransaction::pack(&SignedTransaction {
                transaction,
                signatures: vec![DEVELOPMENT_KEY.sign(&digest).unwrap()],
                context_free_data: Vec::new(),
            })
        })
        .collect();
    let before = machine.operations();
    let results = chain.push_batch(&transactions);
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(machine.operations() - before, 10 + 1);
    let after = open(
        &machine.without_power(&mut Numbers::new(1)),
        Durability::Transaction,
    );
    assert_eq!(fingerprint(&after.unwrap()), fingerprint(&chain));

    let again: Vec<_> = chain.push_batch(&transactions);
    assert!(again.iter().all(Result::is_err), "they are duplicates");
}

#[test]
fn blocks_are_made_by_the_clock_until_they_are_stopped() {
    let machine = Machine::new();
    let live = LiveChain::new(open(&machine, Durability::Block).unwrap());
    let present = std::time::SystemTime::now();
    let present = present
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_micros() as i64;
    let production = live.produce_every(Duration::from_millis(5)).unwrap();
    while live.fork().head().number() < 10 {
        live.with(|chain| chain.produce_block()).unwrap().unwrap();
        std::thread::yield_now();
    }
    while live.fork().now().micros() < present {
        std::thread::yield_now();
    }
    production.stop().unwrap();
    let head = live.fork().head().id;
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(live.fork().head().id, head);
    live.close().unwrap();
    assert!(live.with(|chain| chain.produce_block()).unwrap().is_err());
    let chain = open(&machine, Durability::Block).unwrap();
    assert_eq!(chain.head().id, head);
}

#[test]
fn a_clock_goes_on_when_the_disk_does() {
    let machine = Machine::new();
    let live = LiveChain::new(open(&machine, Durability::Transaction).unwrap());
    machine.set_room(0);
    let production = live.produce_every(Duration::from_millis(2)).unwrap();
    while production.problem().is_none() {
        std::thread::yield_now();
    }
    assert!(live.problem().unwrap().contains("cannot write"));
    machine.set_room(u64::MAX);
    while production.problem().is_some() {
        std::thread::yield_now();
    }
    assert_eq!(live.problem(), None);
    production.stop().unwrap();
    assert!(live.fork().head().number() > 1);
}

#[test]
fn blocks_are_told_when_they_are_on_the_disk_and_the_history_has_them() {
    let machine = Machine::new();
    let chain = open_recording(&machine, Durability::Transaction).unwrap();
    let live = LiveChain::new(chain);
    assert_eq!(live.history().unwrap().last(), 1);
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let (told, live) = (Arc::clone(&told), live.clone());
        let machine = machine.clone();
        move |number: u32| {
            // What is told is there after a loss of power.
            let after = machine.without_power(&mut Numbers::new(number.into()));
            let found = open(&after, Durability::Transaction).unwrap();
            assert!(found.head().number() >= number);
            // And no lock is held.
            assert_eq!(live.history().unwrap().last(), number);
            assert!(live.fork().head().number() >= number);
            told.lock().unwrap().push(number);
        }
    };
    live.on_block(listener);
    live.with(|chain| chain.create_account(Name::from_raw(1 << 60)).map(drop))
        .unwrap()
        .unwrap();
    assert!(told.lock().unwrap().is_empty(), "no block is complete");
    for _ in 0..3 {
        live.with(|chain| chain.produce_block().map(drop))
            .unwrap()
            .unwrap();
    }
    live.exclusively(|chain| chain.produce_block().map(drop))
        .unwrap();
    assert_eq!(*told.lock().unwrap(), [2, 3, 4, 5]);
    // A block that is not on the disk is not told.
    machine.set_sync_fails(true);
    assert!(live.with(|chain| chain.produce_block().map(drop)).is_err());
    assert_eq!(told.lock().unwrap().len(), 4);
    assert_eq!(live.history().unwrap().last(), 5);
}
