//! What contracts execute: coverage and flame graphs.

use crate::shared::modules::module;
use crate::shared::token::token;
use crate::shop::{
    ALICE, SHOP, TILL, TOKEN, abi, act, chain, failing, named, notifying, token_with_names,
};
use antelope_chain::{Chain, Contract, Cost, Failure, Genesis, TransactionTrace, wasm};
use antelope_node::package_contract;
use antelope_types::{Action, Name, asset, name};
use serde_json::Value;
use std::sync::Arc;
use wasm::Profiler;
use wasm_encoder::{BlockType, Instruction as I, ValType};

/// The chain, and one like it that counts.
struct Twins {
    plain: Chain,
    profiled: Chain,
    profiler: Arc<Profiler>,
    /// What contracts have cost, without what the chain bills for actions.
    cost: u64,
}

impl Twins {
    fn of(plain: Chain) -> Self {
        let profiler = Arc::new(Profiler::new().unwrap());
        Self {
            profiled: plain.with_executor(profiler.clone()),
            plain,
            profiler,
            cost: 0,
        }
    }

    /// Pushes to both; what they tell is equal.
    fn push(&mut self, actions: &[Action]) -> Result<TransactionTrace, Failure> {
        let one = self.plain.push(actions);
        let other = self.profiled.push(actions);
        assert_eq!(told(&one), told(&other));
        if let Ok(trace) = &one {
            for (action, profiled) in trace
                .action_traces
                .iter()
                .zip(&other.as_ref().unwrap().action_traces)
            {
                assert_eq!(action.cost, profiled.cost);
                self.cost += action.cost.total() - Cost::ACTION;
            }
        }
        one
    }

    /// All that was counted is what was billed.
    fn check(&self) {
        let coverage = self.profiler.coverage();
        let functions = coverage.contracts.iter().flat_map(|c| &c.functions);
        let instructions: u64 = functions.map(|function| function.instructions).sum();
        assert_eq!(self.profiler.flame_graph().total(), self.cost);
        assert!(instructions <= self.cost);
    }
}

/// All that is told of a transaction but times.
fn told(result: &Result<TransactionTrace, Failure>) -> (Value, String) {
    let (trace, text) = match result {
        Ok(trace) => (Some(trace), String::new()),
        Err(failure) => (failure.trace(), format!("{failure:?}")),
    };
    let mut trace = serde_json::to_value(trace).unwrap();
    crate::replay::forget_times(&mut trace);
    (trace, text)
}

/// Every way in which control flows: by the number of the action.
fn branches() -> Vec<u8> {
    let block = BlockType::Empty;
    let print = |number| [I::I64Const(number), I::Call(0)];
    let mut second = vec![
        I::Block(block),
        I::LocalGet(0),
        I::I64Eqz,
        I::BrIf(0),
        I::Loop(block),
        I::LocalGet(0),
        I::I64Const(1),
        I::I64Sub,
        I::LocalTee(0),
        I::I64Const(3),
        I::I64GtU,
        I::BrIf(0),
        I::End,
        I::Block(block),
        I::Block(block),
        I::LocalGet(0),
        I::I32WrapI64,
        I::BrTable([0, 1].as_slice().into(), 2),
        I::End,
    ];
    second.extend(print(1));
    second.extend([
        I::Return,
        // Nobody comes here.
        I::Block(block),
        I::Nop,
        I::End,
        I::End,
        I::LocalGet(0),
        I::I64Eqz,
        I::If(BlockType::Result(ValType::I64)),
        I::I64Const(2),
        I::Else,
        I::I64Const(3),
        I::End,
        I::Call(0),
        I::Unreachable,
        I::End,
    ]);
    second.extend(print(4));
    module(
        &[("printi", &[ValType::I64], &[])],
        &[I::LocalGet(2), I::Call(2)],
        &second,
    )
}

#[test]
fn a_profile_says_what_was_executed_and_changes_nothing() {
    let mut plain = chain(&[SHOP, ALICE]);
    let code = named(branches(), &[(2, "shop::turn")]);
    plain.deploy(SHOP, &code, b"").unwrap();
    let mut twins = Twins::of(plain);
    for number in [0, 1, 4, 100] {
        let turn = act(SHOP, Name::from_raw(number), b"");
        twins.push(&[turn]).unwrap();
    }
    twins.check();
    insta::assert_snapshot!("coverage", twins.profiler.coverage());
    insta::assert_snapshot!("folded", twins.profiler.flame_graph());
    // One that fails is counted too.
    let failure = twins
        .push(&[act(SHOP, Name::from_raw(2), b"")])
        .unwrap_err();
    assert!(failure.trap().unwrap().contains("unreachable"));
    let covered = |profiler: &Profiler| {
        let coverage = profiler.coverage();
        let contract = coverage.of_account(SHOP).unwrap();
        contract.function("shop::turn").unwrap().covered
    };
    assert_eq!(covered(&twins.profiler), 9);
    twins.profiler.reset();
    assert_eq!(twins.profiler.coverage().contracts, []);
}

#[test]
fn a_flame_graph_leads_through_actions_and_functions() {
    let mut plain = chain(&[SHOP, TILL, ALICE]);
    plain.deploy(SHOP, &notifying(), &abi()).unwrap();
    plain
        .deploy(TILL, &named(branches(), &[(2, "till::<count>")]), b"")
        .unwrap();
    let mut twins = Twins::of(plain);
    twins.push(&[act(SHOP, Name::from_raw(9), b"")]).unwrap();
    twins.check();
    insta::assert_snapshot!("through", twins.profiler.flame_graph());
    insta::assert_snapshot!("picture", twins.profiler.flame_graph().to_svg());
}

#[test]
fn calls_end_at_the_same_depth() {
    let deep = module(
        &[],
        &[I::LocalGet(2), I::Call(1)],
        &[
            I::LocalGet(0),
            I::I64Eqz,
            I::If(BlockType::Empty),
            I::Return,
            I::End,
            I::LocalGet(0),
            I::I64Const(1),
            I::I64Sub,
            I::Call(1),
        ],
    );
    let mut plain = chain(&[SHOP, ALICE]);
    plain.deploy(SHOP, &deep, b"").unwrap();
    let mut twins = Twins::of(plain);
    for depth in [1, 100, 247, 248, 249, 250] {
        let _ = twins.push(&[act(SHOP, Name::from_raw(depth), b"")]);
    }
}

#[test]
fn instructions_that_cannot_be_executed_are_told_alike() {
    let number = |number| I::I64Const(number);
    let overflow = [number(i64::MIN), number(-1), I::I64DivS, I::Drop];
    let conversion = [I::F64Const(1e300.into()), I::I32TruncF64S, I::Drop];
    let nothing = [number(1), number(0), I::I64RemU, I::Drop];
    let mut plain = chain(&[SHOP, ALICE]);
    for body in [&overflow[..], &conversion, &nothing] {
        plain.deploy(SHOP, &module(&[], body, &[]), b"").unwrap();
        let mut twins = Twins::of(plain.clone());
        twins.push(&[act(SHOP, name!("buy"), b"")]).unwrap_err();
    }
}

#[test]
fn what_never_ends_costs_the_same() {
    let endless = module(&[], &[I::Loop(BlockType::Empty), I::Br(0), I::End], &[]);
    let mut genesis = Genesis::default();
    // Two million instructions.
    genesis.initial_configuration.max_transaction_cpu_usage = 2000;
    let mut plain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
    plain.create_account(SHOP).unwrap();
    plain.create_account(ALICE).unwrap();
    plain.deploy(SHOP, &endless, b"").unwrap();
    let mut twins = Twins::of(plain);
    let failure = twins.push(&[act(SHOP, name!("buy"), b"")]).unwrap_err();
    assert_eq!(failure.error().name(), "tx_cpu_usage_exceeded");
}

#[test]
fn contracts_of_rust_and_cpp_are_profiled_as_they_are() {
    let artifact = token_with_names();
    wasm::add_names(&std::fs::read(&artifact.debug_wasm).unwrap()).unwrap();
    let ours = (artifact.wasm, artifact.abi);
    let theirs = package_contract("eosio.token").ok();
    for (code, abi) in [Some(ours), theirs].into_iter().flatten() {
        let mut plain = chain(&[TOKEN, ALICE, SHOP]);
        let contract = Contract::read(code, abi).unwrap();
        plain.install(TOKEN, &contract).unwrap();
        let mut twins = Twins::of(plain);
        let alice = token(TOKEN, ALICE);
        let create = token(TOKEN, TOKEN).create(ALICE, asset!("100.0000 TOK"));
        let issue = alice.issue(ALICE, asset!("10.0000 TOK"), "issued".into());
        twins.push(&[create.to_action()]).unwrap();
        twins.push(&[issue.to_action()]).unwrap();
        twins.check();
        for quantity in [asset!("1.0000 TOK"), asset!("100.0000 TOK")] {
            let transfer = alice.transfer(ALICE, SHOP, quantity, "a memo".into());
            let _ = twins.push(&[transfer.to_action()]);
        }
        let coverage = twins.profiler.coverage();
        let (covered, all) = coverage.of_account(TOKEN).unwrap().blocks();
        assert!(0 < covered && covered < all, "{covered} of {all}");
    }
}

#[test]
fn an_assertion_has_the_same_backtrace_under_a_profile() {
    let mut plain = chain(&[SHOP, ALICE]);
    plain.deploy(SHOP, &failing(), &abi()).unwrap();
    let mut twins = Twins::of(plain);
    let failure = twins.push(&[act(SHOP, name!("buy"), b"data")]).unwrap_err();
    assert_eq!(failure.backtrace().len(), 3);
}
