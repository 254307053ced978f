//! What transactions cost by count, and what they may.

use crate::puppets::{ALICE, BOB, act, chain_of};
use crate::shared::signing::sign;
use antelope_chain::{
    ApplyContext, Chain, ChainError, Cost, CpuBilling, ErrorKind, Genesis, ResourceLimits,
};
use antelope_types::{Action, Decode, Encode, Name, name};

const WORKER: Name = name!("worker");
const GO: Name = name!("go");

/// What an action of the worker does.
#[derive(Default, Encode, Decode)]
struct Work {
    milliseconds: u32,
    inline: bool,
}

fn worker(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let work: Work = context.action().arguments().unwrap_or_default();
    if work.inline {
        let sent = Action::new(WORKER, name!("sent"), &[], &());
        context.send_inline(&sent.to_bytes())?;
    }
    context.charge(Cost {
        instructions: u64::from(work.milliseconds) * 1000 * Cost::PER_MICROSECOND,
        ..Cost::default()
    })
}

fn system(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    for (account, cpu_weight) in [(ALICE, 1), (BOB, 1_000_000)] {
        let limits = ResourceLimits {
            cpu_weight,
            ..ResourceLimits::UNLIMITED
        };
        context.set_resource_limits(account, limits)?;
    }
    Ok(())
}

fn chain(cpu_billing: CpuBilling) -> Chain {
    let genesis = Genesis {
        cpu_billing,
        ..Genesis::default()
    };
    let contracts = [(WORKER, worker as _), (name!("sys"), system as _)];
    let mut chain = chain_of(genesis, &contracts, &[ALICE, BOB]);
    chain.produce_block().unwrap();
    chain
}

fn work(milliseconds: u32, actor: Name) -> Action {
    let work = Work {
        milliseconds,
        inline: false,
    };
    act(WORKER, GO, actor, &work)
}

#[test]
fn a_transaction_costs_what_its_actions_do() {
    let mut chain = chain(CpuBilling::Minimum);
    let inline = Work {
        milliseconds: 2,
        inline: true,
    };
    let actions = [work(1, ALICE), act(WORKER, GO, WORKER, &inline)];
    let trace = chain.push(&actions).unwrap();
    let costs: Vec<_> = trace
        .action_traces
        .iter()
        .map(|action| action.cost.micros())
        .collect();
    assert_eq!(costs, [1010, 2010, 10]);
    assert_eq!(trace.cost.micros(), 3030);
    assert_eq!(trace.cost.instructions, 3_000_000);
    assert_eq!(trace.receipt.unwrap().cpu_usage_us, 100);
    let json = serde_json::to_value(&trace).unwrap();
    assert!(json.get("cost").is_none(), "a node does not report it");
}

#[test]
fn all_actions_together_may_cost_what_a_transaction_may() {
    let mut chain = chain(CpuBilling::Minimum);
    chain.push(&[work(149, ALICE)]).unwrap();
    for actions in [
        vec![work(151, ALICE)],
        vec![work(70, ALICE), work(60, ALICE), work(20, ALICE)],
    ] {
        let failure = chain.push(&actions).unwrap_err();
        assert_eq!(failure.error().kind(), ErrorKind::TxCpuUsageExceeded);
        let id = failure.trace().unwrap().id;
        assert_eq!(
            failure.error().message(),
            format!(
                "transaction {id} was executing for too long 150000us \
                 reached on chain max_transaction_cpu_usage 150000us"
            )
        );
    }
}

#[test]
fn cost_is_billed_where_it_is_asked_for() {
    let mut chain = chain(CpuBilling::Cost);
    let trace = chain.push(&[work(5, ALICE)]).unwrap();
    assert_eq!(trace.receipt.unwrap().cpu_usage_us, 5010);
    let trace = chain.push(&[act(BOB, GO, ALICE, &())]).unwrap();
    assert_eq!(trace.receipt.unwrap().cpu_usage_us, 100);
}

#[test]
fn where_cost_is_billed_the_transaction_may_limit_it() {
    for (billing, ends) in [(CpuBilling::Minimum, true), (CpuBilling::Cost, false)] {
        let mut chain = chain(billing);
        let mut transaction = chain.transaction(&[work(2, ALICE)]);
        transaction.header.max_cpu_usage_ms = 1;
        let signed = sign(&chain, transaction);
        let result = chain.push_signed(&signed);
        assert_eq!(result.is_ok(), ends);
        if let Err(failure) = result {
            let text = failure.error().message();
            assert!(
                text.ends_with("1000us reached trx specified max_cpu_usage_ms 1000us"),
                "{text}"
            );
        }
    }
}

#[test]
fn where_cost_is_billed_a_block_is_full_in_time() {
    let mut chain = chain(CpuBilling::Cost);
    chain.push(&[work(149, ALICE)]).unwrap();
    let failure = chain.push(&[work(60, ALICE)]).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::BlockCpuUsageExceeded);
    let text = failure.error().message();
    assert!(
        text.starts_with("not enough time left in block to complete executing transaction"),
        "{text}"
    );
    chain.produce_block().unwrap();
    chain.push(&[work(60, ALICE)]).unwrap();
}

#[test]
fn where_cost_is_billed_an_account_has_what_it_has() {
    let mut chain = chain(CpuBilling::Cost);
    chain.deploy(name!("eosio"), b"sys", b"").unwrap();
    chain
        .push(&[act(name!("eosio"), GO, name!("eosio"), &())])
        .unwrap();
    chain.produce_block().unwrap();
    // A millionth of what all may use in a day.
    let failure = chain.push(&[work(149, ALICE)]).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::TxCpuUsageExceeded);
    let text = failure.error().message();
    assert!(text.contains("reached account cpu limit"), "{text}");
    chain.push(&[work(149, BOB)]).unwrap();
}
