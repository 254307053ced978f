//! Blocks, time, and chains that fork.

use crate::puppets::{ALICE, BOB, act, chain};
use crate::shared::signing::sign;
use antelope_chain::{Chain, ErrorKind};
use antelope_types::{SignedTransaction, name};
use std::time::Duration;

fn signed(chain: &mut Chain) -> SignedTransaction {
    let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &())]);
    sign(chain, transaction)
}

fn kind(chain: &mut Chain, transaction: &SignedTransaction) -> Option<ErrorKind> {
    chain
        .push_signed(transaction)
        .err()
        .map(|failure| failure.error().kind())
}

#[test]
fn blocks_follow_each_other_by_half_a_second() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let first = chain.produce_block().unwrap();
    assert_eq!((first.number(), first.transactions.len()), (2, 2));
    let second = chain.produce_block().unwrap();
    assert_eq!(second.header.previous, first.id);
    assert_eq!(
        second.header.timestamp.slot(),
        first.header.timestamp.slot() + 1
    );
    assert_eq!(chain.head().id, second.id);
    assert_eq!(chain.last_irreversible(), 2);
    assert_eq!(chain.block(2).unwrap().id, first.id);
}

#[test]
fn time_passes_in_one_block() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let before = chain.now().micros();
    let head = chain.head().number();
    chain.advance(Duration::from_secs(48 * 3600)).unwrap();
    assert_eq!(chain.now().micros() - before, 48 * 3600 * 1_000_000);
    assert_eq!(chain.head().number(), head + 1);
    chain.advance(Duration::from_millis(1)).unwrap();
    assert_eq!(
        chain.now().micros() - before,
        48 * 3600 * 1_000_000 + 500_000
    );
    // What is made after the jump is valid after the jump.
    let transaction = signed(&mut chain);
    assert_eq!(kind(&mut chain, &transaction), None);
}

#[test]
fn a_transaction_is_taken_once_and_not_after_its_time() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let (early, late) = (signed(&mut chain), signed(&mut chain));
    assert_eq!(kind(&mut chain, &early), None);
    assert_eq!(kind(&mut chain, &early), Some(ErrorKind::TxDuplicate));
    chain.produce_block().unwrap();
    assert_eq!(kind(&mut chain, &early), Some(ErrorKind::TxDuplicate));
    chain.advance(Duration::from_secs(60)).unwrap();
    assert_eq!(kind(&mut chain, &early), Some(ErrorKind::ExpiredTx));
    assert_eq!(kind(&mut chain, &late), Some(ErrorKind::ExpiredTx));
}

#[test]
fn a_transaction_holds_on_its_own_chain_only() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let mut other = chain.clone();
    other.create_account(name!("carol")).unwrap();
    chain.produce_block().unwrap();
    other.produce_block().unwrap();
    let transaction = signed(&mut chain);
    assert_eq!(
        kind(&mut other, &transaction),
        Some(ErrorKind::InvalidRefBlock)
    );
    assert_eq!(kind(&mut chain, &transaction), None);
}

#[test]
fn a_chain_goes_back_as_often_as_one_likes() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let transaction = signed(&mut chain);
    let snapshot = chain.snapshot();
    let mut heads = Vec::new();
    for _ in 0..3 {
        assert_eq!(
            kind(&mut chain, &transaction),
            None,
            "it has not been seen yet"
        );
        chain.advance(Duration::from_secs(5)).unwrap();
        heads.push(chain.head().id);
        chain.revert(&snapshot);
    }
    assert_eq!(heads[0], heads[1]);
    assert_eq!(heads[1], heads[2]);
}

#[test]
fn the_same_transactions_make_the_same_blocks() {
    let make = || {
        let mut chain = chain(&[], &[ALICE, BOB]);
        for _ in 0..3 {
            let transaction = signed(&mut chain);
            chain.push_signed(&transaction).unwrap();
            chain.produce_block().unwrap();
        }
        chain.head().id
    };
    assert_eq!(make(), make());
}

#[test]
fn delays_are_refused() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let mut transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &())]);
    transaction.header.delay_sec.0 = 1;
    let transaction = sign(&chain, transaction);
    let failure = chain.push_signed(&transaction).unwrap_err();
    assert_eq!(failure.error().message(), "transaction cannot be delayed");
}

#[test]
fn chains_go_to_other_threads() {
    let chain = chain(&[], &[ALICE, BOB]);
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let mut chain = chain.clone();
            std::thread::spawn(move || {
                let transaction = signed(&mut chain);
                chain.push_signed(&transaction).unwrap();
                chain.produce_block().unwrap().id
            })
        })
        .collect();
    let ids: Vec<_> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn a_contract_waits_for_a_block_with_room() {
    let mut chain = chain(&[(ALICE, |_| Ok(())), (BOB, |_| Ok(()))], &[]);
    let large = "x".repeat(60_000);
    let head = chain.head().number();
    for n in 0..40u8 {
        let abi = [large.as_bytes(), &[n]].concat();
        // Code that an account has already is refused.
        let code: &[u8] = if n % 2 == 0 { b"bob" } else { b"alice" };
        chain.deploy(ALICE, code, &abi).unwrap();
    }
    assert!(chain.head().number() > head, "all of it was in one block");
}
