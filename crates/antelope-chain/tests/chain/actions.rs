//! The order of actions and notifications, and what traces say of them.

use crate::puppets::{ALICE, BOB, act, chain, fail, run, send};
use antelope_chain::{ApplyContext, ChainError, ErrorKind};
use antelope_types::{Name, name};
use std::panic::{AssertUnwindSafe, catch_unwind};

const ROOT: Name = name!("root");
const SPY: Name = name!("spy");
const LEAF: Name = name!("leaf");

/// Notifies two, and sends two actions to itself; those it sends on to `leaf`.
fn root(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let name = context.action().name;
    context.print(&format!("{name} at {};", context.receiver()));
    match name.to_string().as_str() {
        "start" => {
            send(context, ROOT, name!("one"), ROOT)?;
            context.require_recipient(SPY);
            context.require_recipient(BOB);
            context.require_recipient(SPY);
            send(context, ROOT, name!("two"), ROOT)?;
            context.set_return_value(b"started")
        }
        "one" => {
            assert_eq!(context.sender(), Some(ROOT));
            send(context, LEAF, name!("deep"), ROOT)
        }
        "fail" => send(context, LEAF, name!("refuse"), ROOT),
        "deepen" => send(context, ROOT, name!("deepen"), ROOT),
        "long" => context.set_return_value(&[0; 257]),
        _ => Ok(()),
    }
}

/// Told of `start`, sends an action of its own.
fn spy(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    if context.action().account == SPY {
        assert_eq!(context.sender(), Some(SPY));
        return Ok(());
    }
    context.print("seen;");
    send(context, SPY, name!("note"), SPY)
}

fn leaf(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    match context.action().name == name!("refuse") {
        true => fail("not today"),
        false => Ok(()),
    }
}

const CONTRACTS: &[(Name, crate::puppets::Apply)] = &[(ROOT, root), (SPY, spy), (LEAF, leaf)];

#[test]
fn notifications_come_first_then_inline_actions_in_depth() {
    let mut chain = chain(CONTRACTS, &[ALICE, BOB]);
    // `spy` and `root` act for themselves: their active permission must say so.
    for contract in [ROOT, SPY] {
        crate::inline::give_code(&mut chain, contract);
    }
    let trace = run(&mut chain, ROOT, name!("start"), ALICE).unwrap();
    let mut executed: Vec<_> = trace.action_traces.iter().collect();
    executed.sort_by_key(|action| action.receipt.as_ref().unwrap().global_sequence);
    let order: Vec<_> = executed
        .iter()
        .map(|action| {
            format!(
                "{} {}>{}",
                action.action_ordinal, action.act.name, action.receiver
            )
        })
        .collect();
    assert_eq!(
        order,
        [
            "1 start>root",
            "3 start>spy",
            "4 start>bob",
            "2 one>root",
            "7 deep>leaf",
            "5 two>root",
            "6 note>spy"
        ]
    );
    let origins: Vec<_> = trace
        .action_traces
        .iter()
        .map(|action| {
            (
                action.creator_action_ordinal,
                action.closest_unnotified_ancestor_action_ordinal,
            )
        })
        .collect();
    assert_eq!(
        origins,
        [(0, 0), (1, 1), (1, 1), (1, 1), (1, 1), (3, 1), (2, 2)]
    );
    assert_eq!(trace.action_traces[0].return_value, b"started");
    assert_eq!(
        trace.console(),
        "start at root;seen;one at root;two at root;"
    );
}

#[test]
fn sequences_count_without_gaps() {
    let mut chain = chain(CONTRACTS, &[ALICE]);
    let first = run(&mut chain, LEAF, name!("x"), ALICE).unwrap();
    run(&mut chain, LEAF, name!("refuse"), ALICE).unwrap_err();
    let second = run(&mut chain, LEAF, name!("x"), ALICE).unwrap();
    let receipt =
        |trace: &antelope_chain::TransactionTrace| trace.action_traces[0].receipt.clone().unwrap();
    let (first, second) = (receipt(&first), receipt(&second));
    assert_eq!(second.global_sequence, first.global_sequence + 1);
    assert_eq!(second.recv_sequence, first.recv_sequence + 1);
    assert_eq!(
        second.auth_sequence[&ALICE],
        first.auth_sequence[&ALICE] + 1
    );
    assert_eq!(second.act_digest, first.act_digest);
    assert_eq!((second.code_sequence, second.abi_sequence), (1, 1));
}

#[test]
fn a_failure_tells_its_way_and_leaves_nothing() {
    let mut chain = chain(CONTRACTS, &[ALICE]);
    crate::inline::give_code(&mut chain, ROOT);
    let before = chain
        .state()
        .rows(antelope_chain::TableKey {
            code: ROOT,
            scope: ROOT,
            table: ROOT,
        })
        .count();
    let failure = run(&mut chain, ROOT, name!("fail"), ALICE).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::EosioAssertMessage);
    assert_eq!(
        failure.to_string(),
        "root::fail > leaf::refuse: eosio_assert_message_exception (3050003): assertion failure with message: not today"
    );
    let trace = failure.trace().unwrap();
    assert!(trace.receipt.is_none());
    assert_eq!(trace.action_traces.len(), 2);
    assert!(trace.action_traces[0].receipt.is_some() && trace.action_traces[1].receipt.is_none());
    assert_eq!(before, 0);
}

#[test]
fn a_panic_leaves_nothing_either() {
    let contract = |context: &mut ApplyContext<'_>| {
        context.db_store(ALICE, name!("rows"), ALICE, 1, b"value")?;
        panic!("not caught by the chain")
    };
    let mut chain = chain(&[(name!("store"), contract)], &[ALICE]);
    let before = format!("{:?}", chain.state());
    let pushed = AssertUnwindSafe(|| run(&mut chain, name!("store"), name!("x"), ALICE));
    catch_unwind(pushed).unwrap_err();
    assert_eq!(before, format!("{:?}", chain.state()));
}

#[test]
fn inline_actions_go_four_deep() {
    let mut chain = chain(CONTRACTS, &[ALICE]);
    crate::inline::give_code(&mut chain, ROOT);
    let failure = run(&mut chain, ROOT, name!("deepen"), ALICE).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::Transaction);
    assert_eq!(
        failure.error().message(),
        "max inline action depth per transaction reached"
    );
    assert_eq!(failure.trace().unwrap().action_traces.len(), 6);
}

#[test]
fn returned_values_have_a_limit() {
    let mut chain = chain(CONTRACTS, &[ALICE]);
    let failure = run(&mut chain, ROOT, name!("long"), ALICE).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::ActionReturnValue);
    assert_eq!(
        failure.error().message(),
        "action return value size must be less or equal to 256 bytes"
    );
}

#[test]
fn an_action_of_an_account_without_code_is_executed() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let trace = chain.push(&[act(BOB, name!("hi"), ALICE, &7u8)]).unwrap();
    assert_eq!(trace.action_traces.len(), 1);
    assert_eq!(trace.receipt.unwrap().cpu_usage_us, 100);
}
