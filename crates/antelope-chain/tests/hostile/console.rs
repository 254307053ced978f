//! Contracts that print without end.

use crate::weights::{ACCOUNT, Case, module};
use antelope_chain::{Chain, ErrorKind};
use antelope_rpc_client::native;
use antelope_types::{Action, PermissionLevel, name};
use wasm_encoder::Instruction as I;

/// Bytes that the actions of a transaction can print.
const CONSOLE: usize = 1 << 20;

/// Bytes of memory, all of which are printed at once.
const SIZE: u32 = 8 << 20;

fn act() -> Action {
    Action {
        account: ACCOUNT,
        name: name!("run"),
        authorization: vec![PermissionLevel::active(ACCOUNT)],
        data: Vec::new(),
    }
}

fn chain(function: &'static str, arguments: &[i32]) -> Chain {
    let mut each: Vec<_> = arguments.iter().map(|it| I::I32Const(*it)).collect();
    each.push(I::Call(0));
    let case = Case {
        what: function.to_owned(),
        size: SIZE,
        imports: vec![function],
        before: Vec::new(),
        each,
    };
    let mut chain = Chain::builder().account(ACCOUNT).build().unwrap();
    chain
        .push(&[native::set_code(ACCOUNT, &module(&case))])
        .unwrap();
    chain
}

#[test]
fn a_contract_that_prints_32_mib_in_a_loop_is_bounded() {
    for (function, arguments) in [
        ("prints_l", &[0, (4 * SIZE) as i32][..]),
        ("printhex", &[0, (4 * SIZE) as i32]),
        ("prints_l", &[0, 1000]),
        ("printhex", &[0, 16]),
    ] {
        let mut chain = chain(function, arguments);
        let start = crate::resident();
        let failure = chain.push(&[act()]).unwrap_err();
        let grown = crate::resident().saturating_sub(start);
        assert_eq!(failure.error().kind(), ErrorKind::TxCpuUsageExceeded);
        let trace = failure.trace().unwrap();
        assert_eq!(trace.console().len(), CONSOLE + 3, "{function}");
        assert!(trace.console().ends_with("..."));
        // The error repeats the beginning alone, and so does what a test prints of it.
        let mut messages = failure.error().messages();
        assert!(messages.all(|text| text.len() < 5000), "{function}");
        assert!(format!("{failure:?}").len() < 10_000, "{function}");
        // A zero byte is six characters of JSON.
        let json = serde_json::to_string(trace).unwrap().len();
        assert!(json < 7 * CONSOLE, "{function}: {json} bytes");
        assert!(grown < 256 << 20, "{function}: {grown} bytes of memory");
    }
}

#[test]
fn the_console_is_one_of_all_actions() {
    let case = Case {
        what: String::new(),
        size: SIZE,
        imports: vec!["prints_l", "eosio_exit"],
        before: vec![I::I32Const(0), I::I32Const(700_000), I::Call(0)],
        each: vec![I::I32Const(0), I::Call(1)],
    };
    let mut chain = Chain::builder().account(ACCOUNT).build().unwrap();
    chain
        .push(&[native::set_code(ACCOUNT, &module(&case))])
        .unwrap();
    let trace = chain.push(&[act(), act(), act()]).unwrap();
    let lengths = trace.action_traces.iter().map(|it| it.console.len());
    let lengths: Vec<_> = lengths.collect();
    assert_eq!(lengths, [700_000, CONSOLE - 700_000 + 3, 0]);
}
