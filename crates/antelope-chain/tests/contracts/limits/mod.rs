//! Modules around the limits of the libraries that read and run them, and around those of the chain:
//! only the chain's may be seen.
//!
//! The sizes that are named are tried as they are, and others are drawn around both limits.
//! `LIMITS_ROUNDS=10` draws ten times as many, and `LIMITS_SEED` others.

mod kinds;
mod parts;

use crate::shared::both::{Both, NOTHING};
use crate::shared::modules::module;
use crate::shared::random::Random;
use antelope_chain::{Chain, ChainConfig, ErrorKind, wasm};
use antelope_rpc_client::native;
use antelope_types::{Action, Encode, Name, PermissionLevel, WasmConfig, name};
use serde_json::Value;
use std::sync::Arc;
use wasm_encoder::{Instruction as I, MemArg, ValType};

const ACCOUNT: Name = name!("limits");
const SYSTEM: Name = name!("eosio");

/// How many sizes of a kind are drawn.
const DRAWN: usize = 6;

/// What has a limit of a library's and one of the chain's.
struct Kind {
    what: &'static str,
    make: fn(&mut Random, usize) -> Vec<u8>,
    /// The most that the library takes, and the chain with these parameters.
    library: usize,
    chain: usize,
    /// What is tried in any case.
    named: &'static [usize],
}

/// The parameters: above the limits of the libraries, and yet within reach.
const RAISED: WasmConfig = WasmConfig {
    max_mutable_global_bytes: 1024,
    max_table_elements: 60_000,
    max_section_elements: 110_000,
    max_linear_memory_init: 64 << 10,
    max_func_local_bytes: 480_000,
    max_nested_structures: 3000,
    max_symbol_bytes: 150_000,
    max_module_bytes: 20 << 20,
    max_code_bytes: 20 << 20,
    max_pages: 600,
    max_call_depth: CALLS,
};

const CALLS: u32 = 300;

const KINDS: [Kind; 12] = [
    Kind {
        what: "parameters",
        make: kinds::params,
        library: 1000,
        chain: 10_000,
        named: &[1001, 1023, 2048, 20_000],
    },
    Kind {
        what: "targets of a branch",
        make: kinds::targets,
        library: 65_520,
        chain: 400_000,
        named: &[70_000, 131_072],
    },
    Kind {
        what: "elements of a table",
        make: kinds::elements,
        library: 20_000,
        chain: RAISED.max_table_elements as usize,
        named: &[20_001],
    },
    Kind {
        what: "imports",
        make: kinds::imports,
        library: 16_382,
        chain: RAISED.max_section_elements as usize,
        named: &[16_383],
    },
    Kind {
        what: "locals",
        make: kinds::locals,
        library: 50_000,
        chain: RAISED.max_func_local_bytes as usize / 6,
        named: &[2048, 2049, 50_001],
    },
    Kind {
        what: "bytes of locals and operands, and calls",
        make: kinds::deep,
        library: 4096,
        chain: 60_000,
        named: &[8000, 8192, 200_000],
    },
    Kind {
        what: "bytes of a name",
        make: kinds::name,
        library: 100_000,
        chain: RAISED.max_symbol_bytes as usize,
        named: &[100_001],
    },
    Kind {
        what: "segments of data",
        make: kinds::data,
        library: 100_000,
        chain: RAISED.max_section_elements as usize,
        named: &[100_001],
    },
    Kind {
        what: "segments of elements",
        make: kinds::segments,
        library: 100_000,
        chain: RAISED.max_section_elements as usize,
        named: &[100_001],
    },
    Kind {
        what: "nested blocks",
        make: kinds::nesting,
        library: 1024,
        chain: RAISED.max_nested_structures as usize - 1,
        named: &[],
    },
    Kind {
        what: "pages",
        make: kinds::pages,
        library: 528,
        chain: RAISED.max_pages as usize,
        named: &[529],
    },
    Kind {
        what: "types, functions and globals",
        make: kinds::many,
        library: 16_382,
        chain: RAISED.max_section_elements as usize,
        named: &[],
    },
];

/// A contract of the system's account that gives a host function these bytes.
fn setting(function: &str, packed: &[u8]) -> Vec<u8> {
    const AT: u64 = 256;
    let to = MemArg {
        offset: AT,
        align: 0,
        target: Default::default(),
        ordering: None,
    };
    let mut body = Vec::new();
    for (at, byte) in packed.iter().enumerate() {
        body.extend([
            I::I32Const(at as i32),
            I::I32Const(i32::from(*byte)),
            I::I32Store8(to),
        ]);
    }
    body.extend([
        I::I32Const(AT as i32),
        I::I32Const(packed.len() as i32),
        I::Call(0),
    ]);
    module(&[(function, &[ValType::I32; 2], &[])], &body, &[])
}

/// Sets the parameters of modules, and how large transactions may be and how long they may take.
fn raise(both: &mut Both, limits: &WasmConfig) {
    let chain = ChainConfig {
        max_block_net_usage: 64 << 20,
        max_transaction_net_usage: 16 << 20,
        max_block_cpu_usage: 4_000_000,
        max_transaction_cpu_usage: 2_000_000,
        ..both.chain.genesis().initial_configuration
    };
    let mut wasm = 0u32.to_bytes();
    wasm.extend(limits.to_bytes());
    // The node has had two contracts when it was booted.
    for code in [&module(&[], &[], &[])[..], NOTHING] {
        both.chain.push(&[native::set_code(SYSTEM, code)]).unwrap();
    }
    for (function, packed) in [
        ("set_blockchain_parameters_packed", chain.to_bytes()),
        ("set_wasm_parameters_packed", wasm),
    ] {
        let code = setting(function, &packed);
        both.push(function, &[native::set_code(SYSTEM, &code)]);
        both.push(function, &[action(SYSTEM, name!("set"))]);
    }
    both.push("no system's code", &[native::set_code(SYSTEM, NOTHING)]);
}

fn action(account: Name, name: Name) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(account)],
        data: Vec::new(),
    }
}

fn number(variable: &str, otherwise: usize) -> usize {
    let text = std::env::var(variable).ok();
    text.map_or(otherwise, |text| text.parse().unwrap())
}

/// The sizes to try: those named, at both limits, around them, and between.
fn sizes(kind: &Kind, random: &mut Random) -> Vec<usize> {
    let mut sizes = vec![kind.library, kind.library + 1, kind.chain, kind.chain + 1];
    sizes.extend(kind.named);
    for _ in 0..DRAWN * number("LIMITS_ROUNDS", 1) {
        let around = |limit: usize, random: &mut Random| limit.saturating_sub(4) + random.below(9);
        sizes.push(match random.below(4) {
            0 => around(kind.library, random),
            1 => around(kind.chain, random),
            2 => 1 + random.below(kind.library),
            _ => kind.library + random.below(kind.chain.saturating_sub(kind.library)),
        });
    }
    sizes
}

/// Gives the account the code on both, and runs it. Whether it was taken.
fn compare(both: &mut Both, what: &str, code: &[u8], runs: &[Name]) -> bool {
    both.chain.produce_block().unwrap();
    let [there, here] = both
        .outcomes(&[native::set_code(ACCOUNT, code)])
        .map(without_words);
    let taken = there["except"].is_null() && here["except"].is_null();
    both.judge(&format!("{what}: code"), &there, &here);
    if taken {
        for name in runs {
            both.push(
                &format!("{what} runs {}", name.raw()),
                &[action(ACCOUNT, *name)],
            );
        }
    }
    taken
}

/// What is wrong with a module is told in other words.
fn without_words(mut outcome: Value) -> Value {
    outcome.pointer_mut("/except/stack").map(Value::take);
    for action in outcome["actions"].as_array_mut().into_iter().flatten() {
        action.pointer_mut("/except/stack").map(Value::take);
    }
    outcome
}

#[test]
fn only_the_limits_of_the_chain_are_seen() {
    let Some(mut both) = crate::both() else {
        return;
    };
    both.accounts(&[ACCOUNT]);
    // As deep as calls may be, with as many locals as there may be, under the parameters of every chain.
    let depths = |calls: u32| {
        [1, calls - 4, calls - 3, calls - 2, calls - 1]
            .map(|depth: u32| Name::from_raw(depth.into()))
    };
    for bytes in [100, 4000, 8000, 8192, 8200] {
        let code = kinds::deep(&mut Random::new(1), bytes);
        let what = format!("{bytes} bytes of locals and operands");
        compare(&mut both, &what, &code, &depths(251));
    }
    for params in [1000, 1001, 1024, 1025, 2047] {
        let code = kinds::params(&mut Random::new(2), params);
        compare(
            &mut both,
            &format!("{params} parameters"),
            &code,
            &[name!("run")],
        );
    }
    raise(&mut both, &RAISED);
    let only = std::env::var("ONLY").unwrap_or_default();
    for (index, kind) in KINDS.iter().enumerate() {
        if !only.is_empty() && only != kind.what {
            continue;
        }
        let seed = number("LIMITS_SEED", 0) << 8 | index;
        let mut random = Random::new(seed as u64);
        let sizes = sizes(kind, &mut random);
        let (mut taken, mut beyond) = (0, 0);
        let begun = std::time::Instant::now();
        for size in &sizes {
            let code = (kind.make)(&mut random, *size);
            let what = format!("{size} {}", kind.what);
            let runs = match kind.what {
                "bytes of locals and operands, and calls" => depths(CALLS).to_vec(),
                _ => vec![name!("run")],
            };
            let is_taken = compare(&mut both, &what, &code, &runs);
            taken += usize::from(is_taken);
            beyond += usize::from(is_taken && *size > kind.library);
        }
        eprintln!(
            "{}: {} modules, {taken} taken, {beyond} of them beyond the library's limit, {:.1?}",
            kind.what,
            sizes.len(),
            begun.elapsed()
        );
        assert!(beyond > 0, "{}: nothing was beyond", kind.what);
    }
    both.finish();
}

/// A chain with these parameters, and an account.
fn chain_with(limits: &WasmConfig) -> Chain {
    let mut chain = Chain::new().unwrap();
    chain.create_account(ACCOUNT).unwrap();
    let mut packed = 0u32.to_bytes();
    packed.extend(limits.to_bytes());
    let code = setting("set_wasm_parameters_packed", &packed);
    chain.push(&[native::set_code(SYSTEM, &code)]).unwrap();
    chain.push(&[action(SYSTEM, name!("set"))]).unwrap();
    chain
}

/// Calls within calls without end, where the parameters allow as many as there are: the machine's
/// stack is not endless.
#[test]
fn calls_without_end_never_overflow_the_stack() {
    let limits = WasmConfig {
        max_func_local_bytes: u32::MAX,
        max_call_depth: u32::MAX,
        ..RAISED
    };
    let mut chain = chain_with(&limits);
    for bytes in [16, 1000, 8192, 60_000, 400_000] {
        let code = kinds::deep(&mut Random::new(bytes as u64), bytes);
        chain.push(&[native::set_code(ACCOUNT, &code)]).unwrap();
        for depth in [1000, u64::MAX / 2] {
            let ended = chain.push(&[action(ACCOUNT, Name::from_raw(depth))]);
            if let Err(failure) = ended {
                let kinds = [ErrorKind::WasmExecutionError, ErrorKind::TxCpuUsageExceeded];
                assert!(kinds.contains(&failure.error().kind()), "{failure:?}");
            } else {
                assert_eq!(depth, 1000, "{bytes} bytes");
            }
        }
    }
}

/// A profile counts a block as a whole, so that these end without a trap.
#[test]
fn a_profile_of_what_was_rewritten_costs_the_same() {
    let chain = chain_with(&RAISED);
    let profiler = Arc::new(wasm::Profiler::new().unwrap());
    for (index, size) in [(0, 1500), (1, 70_000), (4, 5000), (5, 8192), (10, 550)] {
        let kind = &KINDS[index];
        let code = (kind.make)(&mut Random::new(3), size);
        let mut chain = chain.clone();
        chain.push(&[native::set_code(ACCOUNT, &code)]).unwrap();
        let run = |mut chain: Chain| match chain.push(&[action(ACCOUNT, Name::from_raw(200))]) {
            Ok(trace) => (trace.cost, trace.action_traces[0].console.clone()),
            Err(failure) => {
                let trace = failure.trace().unwrap();
                (trace.cost, trace.action_traces[0].console.clone())
            }
        };
        let plain = run(chain.clone());
        let profiled = run(chain.with_executor(profiler.clone()));
        assert!(!plain.1.is_empty(), "{size} {}", kind.what);
        assert_eq!(plain, profiled, "{size} {}", kind.what);
    }
}
