//! What `DISABLE_DEFERRED_TRXS_STAGE_1` does with transactions that wait.
//!
//! There is no binary of Spring or Leap 5 on this machine to compare with. The facts are those of
//! Spring's sources: after that feature `controller_impl::push_scheduled_transaction` in
//! `libraries/chain/controller.cpp` retires a transaction as expired, whatever its times, and bills
//! nothing; `producer_plugin_impl::retire_deferred_trxs` of Spring 1.2 asks it to in the order of
//! expiration, from the block that activates the feature.

use crate::puppets::{ALICE, BOB, act, chain_of, run};
use crate::shared::signing::sign;
use antelope_chain::{ApplyContext, Chain, ChainError, FeatureSet, Genesis};
use antelope_types::{AccountDelta, Checksum256, Feature, Name, TransactionStatus, name};
use std::time::Duration;

const SYSTEM: Name = name!("eosio");
const HOUR: u32 = 3600;

/// Activates the feature with the next block. It runs after native actions too.
fn system(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    match context.action().name == name!("retire") {
        true => context.preactivate_feature(&Feature::DISABLE_DEFERRED_TRXS_STAGE_1.digest),
        false => Ok(()),
    }
}

fn start() -> Chain {
    let genesis = Genesis {
        features: FeatureSet::LEAP_4,
        ..Genesis::default()
    };
    let mut chain = chain_of(genesis, &[(name!("sys"), system)], &[ALICE, BOB]);
    chain.deploy(SYSTEM, b"sys", b"").unwrap();
    chain
}

/// Sends a transaction that waits for this time; its id.
fn wait(chain: &mut Chain, by: Name, seconds: u32) -> Checksum256 {
    let mut transaction = chain.transaction(&[act(BOB, name!("x"), by, &())]);
    transaction.header.delay_sec.0 = seconds;
    let signed = sign(chain, transaction);
    chain.push_signed(&signed).unwrap().id
}

#[test]
fn all_that_wait_are_retired_as_expired_by_the_block_that_activates_it() {
    let mut chain = start();
    let ram = |chain: &Chain, of: Name| chain.state().ram_usage().find(|it| it.0 == of).unwrap().1;
    let before = [ALICE, BOB].map(|of| ram(&chain, of));
    // The first is due a second later, the others long after.
    let ids =
        [(ALICE, 3 * HOUR), (ALICE, 1), (BOB, HOUR)].map(|(by, delay)| wait(&mut chain, by, delay));
    let billed = [ALICE, BOB].map(|of| ram(&chain, of));
    assert!(billed[0] > before[0] && billed[1] > before[1]);
    run(&mut chain, SYSTEM, name!("retire"), SYSTEM).unwrap();
    assert_eq!(chain.state().deferred().count(), 3);
    chain.produce_block().unwrap();

    let traces: Vec<_> = chain.scheduled_traces().cloned().collect();
    let found: Vec<_> = traces.iter().map(|trace| trace.id).collect();
    assert_eq!(found, [ids[1], ids[2], ids[0]], "by expiration");
    for trace in &traces {
        let receipt = trace.receipt.unwrap();
        assert_eq!(receipt.status, TransactionStatus::Expired);
        assert_eq!((receipt.cpu_usage_us, receipt.net_usage_words), (0, 0));
        assert!(trace.scheduled && trace.action_traces.is_empty());
        let given_back: AccountDelta = trace.account_ram_delta.unwrap();
        assert!(given_back.delta < 0, "{given_back:?}");
    }
    assert_eq!(chain.state().deferred().count(), 0);
    assert_eq!([ALICE, BOB].map(|of| ram(&chain, of)), before);
    let block = chain.produce_block().unwrap();
    assert_eq!(block.header.activated_features().unwrap().len(), 1);
    assert_eq!(block.transactions.len(), 3);
    assert!(block.transactions.iter().all(|it| it.packed.is_none()));
}

#[test]
fn without_it_they_are_executed_when_they_are_due() {
    let mut chain = start();
    wait(&mut chain, ALICE, HOUR);
    chain.advance(Duration::from_secs(HOUR.into())).unwrap();
    let trace = chain.scheduled_traces().next().unwrap();
    assert_eq!(trace.receipt.unwrap().status, TransactionStatus::Executed);
}
