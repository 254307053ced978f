//! RAM, NET and CPU that accounts have.

use crate::puppets::{ALICE, BOB, act, chain, run};
use antelope_chain::{ApplyContext, Chain, ChainError, ErrorKind, ResourceLimits};
use antelope_types::{Decode, Encode, Name, PermissionLevel, name};

const SYSTEM: Name = name!("eosio");

#[derive(Encode, Decode)]
struct SetLimits {
    account: Name,
    ram_bytes: i64,
    net_weight: i64,
    cpu_weight: i64,
}

/// The system's contract: sets limits, and makes others privileged.
fn system(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    match context.action().name.to_string().as_str() {
        "setalimits" => {
            let set: SetLimits = context.action().arguments().unwrap();
            let limits = ResourceLimits {
                ram_bytes: set.ram_bytes,
                net_weight: set.net_weight,
                cpu_weight: set.cpu_weight,
            };
            context.set_resource_limits(set.account, limits)
        }
        "setparams" => {
            let data = context.action().data.clone();
            context.set_packed_parameters(&data)
        }
        "getparams" => {
            let data = context.action().data.clone();
            let packed = context.packed_parameters(&data)?;
            context.set_return_value(&packed)
        }
        "setpriv" => context.set_privileged(name!("agent"), true),
        _ => Ok(()),
    }
}

/// Stores a row that somebody else pays for.
fn agent(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    context
        .db_store(name!("x"), name!("x"), BOB, 1, &[0; 100])
        .map(drop)
}

fn with_system() -> Chain {
    let mut chain = chain(
        &[(name!("agent"), agent), (name!("sys"), system)],
        &[ALICE, BOB],
    );
    // The system's account runs the second contract.
    chain.deploy(SYSTEM, b"sys", b"").unwrap();
    chain
}

fn set(chain: &mut Chain, account: Name, ram_bytes: i64, net_weight: i64, cpu_weight: i64) {
    let limits = SetLimits {
        account,
        ram_bytes,
        net_weight,
        cpu_weight,
    };
    chain
        .push(&[act(SYSTEM, name!("setalimits"), SYSTEM, &limits)])
        .unwrap();
}

#[test]
fn an_account_cannot_use_more_ram_than_it_has() {
    let mut chain = with_system();
    set(&mut chain, BOB, 2724 + 100, -1, -1);
    let failure = run(&mut chain, name!("agent"), name!("x"), BOB).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::RamUsageExceeded);
    assert_eq!(
        failure.error().message(),
        "account bob has insufficient ram; needs 3048 bytes has 2824 bytes"
    );
    set(&mut chain, BOB, 3048, -1, -1);
    run(&mut chain, name!("agent"), name!("x"), BOB).unwrap();
}

#[test]
fn a_limit_below_what_is_used_is_refused() {
    let mut chain = with_system();
    let limits = SetLimits {
        account: BOB,
        ram_bytes: 100,
        net_weight: -1,
        cpu_weight: -1,
    };
    let action = act(SYSTEM, name!("setalimits"), SYSTEM, &limits);
    let failure = chain.push(&[action]).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::RamUsageExceeded);
    let nonsense = SetLimits {
        ram_bytes: -2,
        ..limits
    };
    let action = act(SYSTEM, name!("setalimits"), SYSTEM, &nonsense);
    let failure = chain.push(&[action]).unwrap_err();
    assert_eq!(
        failure.error().message(),
        "invalid value for ram resource limit expected [-1,INT64_MAX]"
    );
}

#[test]
fn a_privileged_contract_may_let_others_pay() {
    let mut chain = with_system();
    let failure = run(&mut chain, name!("agent"), name!("x"), ALICE).unwrap_err();
    assert_eq!(
        failure.error().kind(),
        ErrorKind::UnauthorizedRamUsageIncrease
    );
    run(&mut chain, SYSTEM, name!("setpriv"), SYSTEM).unwrap();
    run(&mut chain, name!("agent"), name!("x"), ALICE).unwrap();
}

#[test]
fn an_account_without_cpu_or_net_cannot_act() {
    for (net_weight, cpu_weight, kind) in [
        (0, 10, ErrorKind::TxNetUsageExceeded),
        (10, 0, ErrorKind::TxCpuUsageExceeded),
    ] {
        let mut chain = with_system();
        set(&mut chain, BOB, -1, 10, 10);
        set(&mut chain, ALICE, -1, net_weight, cpu_weight);
        chain.produce_block().unwrap();
        let failure = run(&mut chain, BOB, name!("x"), ALICE).unwrap_err();
        assert_eq!(failure.error().kind(), kind, "{failure}");
        run(&mut chain, ALICE, name!("x"), BOB).unwrap();
    }
}

#[test]
fn a_block_is_full_when_it_is_full() {
    let mut chain = with_system();
    let level = [PermissionLevel::active(ALICE)];
    let big = antelope_types::Action::new(BOB, name!("x"), &level, &vec![0u8; 400_000]);
    let mut sent = 0;
    let failure = loop {
        match chain.push(std::slice::from_ref(&big)) {
            Ok(_) => sent += 1,
            Err(failure) => break failure,
        }
    };
    assert_eq!(
        (sent, failure.error().kind()),
        (2, ErrorKind::BlockNetUsageExceeded)
    );
    chain.produce_block().unwrap();
    chain.push(&[big]).unwrap();
}

#[test]
fn parameters_are_read_and_set_by_number() {
    let mut chain = with_system();
    let mut run = |name, data: &[u8]| {
        let mut action = act(SYSTEM, name, SYSTEM, &());
        action.data = data.to_vec();
        chain.push(&[action])
    };
    // 15 is how deep inline actions go, 17 how much an action may return.
    let (get, set) = (name!("getparams"), name!("setparams"));
    let answer = run(get, &[2, 15, 17]).unwrap();
    let defaults = [2, 15, 4, 0, 17, 0, 1, 0, 0];
    assert_eq!(answer.action_traces[0].return_value, defaults);
    run(set, &[2, 17, 7, 0, 0, 0, 15, 2, 0]).unwrap();
    let answer = run(get, &[1, 15]).unwrap();
    assert_eq!(answer.action_traces[0].return_value, [1, 15, 2, 0]);
    let failure = run(get, &[2, 15, 17]).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::ActionReturnValue);

    for (name, data, message) in [
        (get, &[1, 18][..], "provided id 18 should be less than 18"),
        (get, &[2, 1, 1], "duplicate id provided: 1"),
        (set, &[1, 18], "provided id 18 should be less than 18"),
        (
            set,
            &[1, 16, 0, 0],
            "max authority depth should be at least 1",
        ),
    ] {
        let failure = run(name, data).unwrap_err();
        assert_eq!(failure.error().message(), message);
    }
}
