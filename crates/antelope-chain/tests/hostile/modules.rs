//! Code that accounts are given, and that then runs.

use crate::run;
use crate::shared::generate;
use crate::shared::mutate::mutate;
use crate::shared::random::Random;
use antelope_chain::{Chain, ErrorKind, Genesis, wasm};
use antelope_node::package_contract;
use antelope_rpc_client::native;
use antelope_types::{Action, Name, PermissionLevel, name};
use std::sync::Arc;

const ACCOUNT: Name = name!("anybody");

/// What one transaction may execute here: modules are many, and most that run do not end.
const MICROS: u32 = 3000;

/// A chain with an account for the code.
fn chain() -> Chain {
    let mut genesis = Genesis::default();
    genesis.initial_configuration.max_transaction_cpu_usage = MICROS;
    // What is compiled here is of no use to others.
    let engine = wasm::Engine::keeping_modules_in(None).unwrap();
    let mut chain = Chain::start(genesis, Arc::new(engine)).unwrap();
    chain.create_account(ACCOUNT).unwrap();
    chain
}

/// Gives the bytes to an account as its code; where they are taken, runs them twice. What they do
/// is the same both times, and bounded. Whether they were taken.
fn target(chain: &Chain, data: &[u8]) -> bool {
    let mut chain = chain.clone();
    match chain.push(&[native::set_code(ACCOUNT, data)]) {
        Ok(_) => {}
        Err(failure) => {
            let refused = [
                ErrorKind::WasmSerializationError,
                ErrorKind::WasmExecutionError,
                ErrorKind::SetExactCode,
                ErrorKind::TxNetUsageExceeded,
                ErrorKind::TxCpuUsageExceeded,
                ErrorKind::Wasm,
            ];
            assert!(refused.contains(&failure.error().kind()), "{failure:?}");
            return false;
        }
    }
    let outcomes = [0, 1].map(|_| {
        let mut chain = chain.clone();
        let action = Action {
            account: ACCOUNT,
            name: name!("run"),
            authorization: vec![PermissionLevel::active(ACCOUNT)],
            data: vec![7; 100],
        };
        let (trace, error) = match chain.push(&[action]) {
            Ok(trace) => (trace, None),
            Err(failure) => (
                failure.trace().unwrap().clone(),
                Some(failure.error().clone()),
            ),
        };
        // What is executed after the limit is one action's share of checking for it.
        assert!(
            trace.cost.micros() <= 2 * u64::from(MICROS),
            "{:?}",
            trace.cost
        );
        let console: Vec<_> = trace
            .action_traces
            .iter()
            .map(|action| action.console.clone())
            .collect();
        (trace.cost.total(), console, error)
    });
    assert_eq!(outcomes[0], outcomes[1]);
    true
}

#[test]
fn random_bytes_are_no_module() {
    let chain = chain();
    let make = |random: &mut Random| {
        let length = random.below(300);
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend(random.bytes(length));
        bytes.drain(..random.below(10).saturating_sub(8));
        bytes
    };
    run(400, make, |data| assert!(!target(&chain, data)));
}

#[test]
fn modules_of_all_sorts_run_within_bounds() {
    let chain = chain();
    let mut taken = 0;
    let make = |random: &mut Random| {
        let length = 500 + random.below(4000);
        let source = random.bytes(length);
        let mut module = generate::module(&source).unwrap_or_default();
        if random.below(4) == 0 {
            mutate(random, &mut module);
        }
        module
    };
    run(400, make, |data| taken += u64::from(target(&chain, data)));
    assert!(taken > 0, "no module was taken: nothing was run");
}

#[test]
fn spoilt_contracts_run_within_bounds() {
    let names = ["eosio.token", "eosio.msig", "eosio.system"];
    let contracts: Vec<_> = names
        .iter()
        .filter_map(|name| package_contract(name).ok())
        .map(|(code, _)| std::fs::read(code).unwrap())
        .collect();
    if contracts.is_empty() {
        eprintln!("skipped: no contracts of a node's package on this machine");
        return;
    }
    let chain = chain();
    let make = |random: &mut Random| {
        let mut code = random.of(&contracts).clone();
        mutate(random, &mut code);
        code
    };
    run(80, make, |data| {
        target(&chain, data);
    });
}

/// What is large in one way: sections, functions, locals, nesting, names, tables.
#[test]
fn modules_that_are_too_much_are_refused() {
    let chain = chain();
    for (what, module) in oversized() {
        let start = crate::resident();
        assert!(!target(&chain, &module), "{what}");
        let grown = crate::resident().saturating_sub(start);
        assert!(grown < 256 << 20, "{what}: {grown} bytes");
    }
}

fn oversized() -> Vec<(&'static str, Vec<u8>)> {
    let section = |id: u8, body: &[u8]| {
        let mut out = vec![id];
        leb(&mut out, body.len());
        out.extend(body);
        out
    };
    let header = b"\0asm\x01\0\0\0".to_vec();
    let module = |sections: &[Vec<u8>]| [&header[..], &sections.concat()].concat();
    let types = section(1, b"\x02\x60\x03\x7e\x7e\x7e\0\x60\0\0");
    let functions = section(3, b"\x01\0");
    let exports = section(7, b"\x01\x05apply\0\0");
    let with_body = |locals: &[u8], code: &[u8]| {
        let mut body = locals.to_vec();
        body.extend(code);
        body.push(0x0b);
        let mut out = vec![1];
        leb(&mut out, body.len());
        out.extend(body);
        module(&[
            types.clone(),
            functions.clone(),
            exports.clone(),
            section(10, &out),
        ])
    };
    let deep = |opening: &[u8], depth: usize| {
        let mut code = opening.repeat(depth);
        code.extend(vec![0x0b; depth]);
        code
    };
    vec![
        (
            "four billion types",
            module(&[section(1, b"\xff\xff\xff\xff\x0f")]),
        ),
        (
            "a section longer than the module",
            [&header[..], b"\x0a\xff\xff\xff\xff\x0f"].concat(),
        ),
        (
            "four billion locals",
            with_body(b"\x01\xff\xff\xff\xff\x0f\x7e", b""),
        ),
        (
            "locals that add up",
            with_body(
                &[&b"\x20"[..], &b"\xff\xff\xff\x0f\x7e".repeat(32)].concat(),
                b"",
            ),
        ),
        (
            "blocks 100 000 deep",
            with_body(b"\0", &deep(b"\x02\x40", 100_000)),
        ),
        (
            "loops 3 000 deep",
            with_body(b"\0", &deep(b"\x03\x40", 3_000)),
        ),
        (
            "a memory of 4 GiB",
            module(&[section(5, b"\x01\0\x80\x80\x04")]),
        ),
        (
            "a table of four billion",
            module(&[section(4, b"\x01\x70\0\xff\xff\xff\xff\x0f")]),
        ),
        (
            "a name of 4 GiB",
            module(&[section(7, b"\x01\xff\xff\xff\xff\x0fapply\0\0")]),
        ),
        (
            "a function that is not there",
            module(&[
                types.clone(),
                functions.clone(),
                section(7, b"\x01\x05apply\0\xff\xff\xff\xff\x0f"),
                section(10, b"\x01\x02\0\x0b"),
            ]),
        ),
        (
            "half a megabyte of nothing",
            [&header[..], &section(0, &vec![0; 600_000])].concat(),
        ),
        (
            "a branch table of four billion",
            with_body(b"\0", b"\x41\0\x0e\xff\xff\xff\xff\x0f\0"),
        ),
    ]
}

fn leb(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
