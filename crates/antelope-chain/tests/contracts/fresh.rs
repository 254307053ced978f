//! Nothing that a contract leaves in its memory or its globals is there for the next action.

use crate::hostile::{act, calls, chain_with};
use antelope_chain::{Chain, Failure};
use antelope_types::{Name, name};
use wasm_encoder::{BlockType, Instruction as I, MemArg, MemArgTarget, ValType};

const FAILS: Name = name!("fails");
const LEAVES: Name = name!("leaves");
const GROWS: Name = name!("grows");

/// Prints what there is: a word of its text, one from the end of memory, its global, the pages. Then
/// it changes all of that, and ends as the action says.
fn untidy() -> Vec<u8> {
    let at = |offset| MemArg {
        offset,
        align: 0,
        target: MemArgTarget::default(),
        ordering: None,
    };
    let mut body = Vec::new();
    for place in [at(16), at(0xfff8)] {
        body.extend([I::I32Const(0), I::I64Load(place), I::Call(0)]);
        body.extend([I::I32Const(0), I::I64Const(-1), I::I64Store(place)]);
    }
    body.extend([I::GlobalGet(0), I::Call(0), I::I64Const(9), I::GlobalSet(0)]);
    body.extend([I::MemorySize(0), I::I64ExtendI32U, I::Call(0)]);
    let ends = [
        (FAILS, vec![I::Unreachable]),
        (LEAVES, vec![I::I32Const(0), I::Call(1)]),
        (GROWS, vec![I::I32Const(1), I::MemoryGrow(0), I::Drop]),
    ];
    for (action, end) in ends {
        body.extend([I::LocalGet(2), I::I64Const(action.raw() as i64), I::I64Eq]);
        body.push(I::If(BlockType::Empty));
        body.extend(end);
        body.push(I::End);
    }
    let printi = ("printi", &[ValType::I64][..], &[][..]);
    calls(&[printi, ("eosio_exit", &[ValType::I32], &[])], &body)
}

fn printed(chain: &mut Chain, action: Name) -> String {
    let pushed = chain.push(&[act(action)]);
    let of_failure = |failure: &Failure| failure.trace().unwrap().action_traces[0].console.clone();
    match &pushed {
        Ok(trace) => trace.action_traces[0].console.clone(),
        Err(failure) => of_failure(failure),
    }
}

#[test]
fn every_action_finds_its_contract_as_it_was_set() {
    let text = i64::from_le_bytes(*b"a text i");
    let expected = format!("{text}071");
    let mut chain = chain_with(&untidy());
    for round in 0..3 {
        for action in [name!("ends"), FAILS, name!("ends"), LEAVES, GROWS] {
            let found = printed(&mut chain, action);
            assert_eq!(found, expected, "{action} in round {round}");
        }
    }
}
