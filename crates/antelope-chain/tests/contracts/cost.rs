//! What contracts cost by count.

use crate::hostile::{ACCOUNT, act, calls, chain_with, rounds};
use antelope_chain::{Chain, Cost, Genesis, wasm};
use antelope_rpc_client::native;
use antelope_types::Name;
use std::sync::Arc;
use wasm_encoder::{Instruction as I, ValType};

/// So many calls of a host function as the name of the action says.
fn host_calls() -> Vec<u8> {
    let imports = [("current_receiver", &[][..], &[ValType::I64][..])];
    calls(&imports, &rounds(&[I::Call(0), I::Drop]))
}

fn cost(chain: &mut Chain, rounds: u64) -> Cost {
    let trace = chain.push(&[act(Name::from_raw(rounds))]).unwrap();
    let action = &trace.action_traces[0];
    assert_eq!(action.cost, trace.cost);
    action.cost
}

#[test]
fn instructions_and_calls_are_counted_exactly() {
    let mut chain = chain_with(&host_calls());
    let once = cost(&mut chain, 1);
    assert_eq!(once.host_calls, 1);
    for rounds in [2, 3, 1000] {
        let more = cost(&mut chain, rounds);
        assert_eq!(more.host_calls, rounds);
        // Seven instructions of the loop, the call, and two that tell how many calls are left.
        let round = 7 + 3;
        assert_eq!(more.instructions - once.instructions, (rounds - 1) * round);
        assert_eq!(more.work, Cost::ACTION);
    }
    let again = cost(&mut chain_with(&host_calls()), 1);
    assert_eq!(again, once);
}

#[test]
fn a_module_from_the_disk_costs_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    // Large enough to be worth a file.
    let code = [&host_calls()[..], &[0, 0x83, 0x40, 1, b'x'], &[0; 8193]].concat();
    let mut costs = Vec::new();
    for _ in 0..2 {
        let engine = wasm::Engine::keeping_modules_in(Some(folder.path())).unwrap();
        let mut chain = Chain::start(Genesis::default(), Arc::new(engine)).unwrap();
        chain.create_account(ACCOUNT).unwrap();
        chain.push(&[native::set_code(ACCOUNT, &code)]).unwrap();
        costs.push(cost(&mut chain, 9));
        // An engine ends when what it keeps is written.
        drop(chain);
        let kept = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(kept, 1);
    }
    assert_eq!(costs[0], costs[1]);
}
