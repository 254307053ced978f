//! Modules that mean no good, or none at all.

use crate::shared::both::Both;
use crate::shared::modules::{Import, module};
use antelope_chain::{Chain, ErrorKind};
use antelope_rpc_client::native;
use antelope_types::{Action, Name, PermissionLevel, name};
use wasm_encoder::{
    BlockType, CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction as I,
    MemArg, MemArgTarget, Module, TypeSection, ValType,
};

pub const ACCOUNT: Name = name!("hostile");
const I32: ValType = ValType::I32;
const I64: ValType = ValType::I64;
const F64: ValType = ValType::F64;

pub fn act(action: Name) -> Action {
    Action {
        account: ACCOUNT,
        name: action,
        authorization: vec![PermissionLevel::active(ACCOUNT)],
        data: vec![1, 2, 3],
    }
}

/// Calls of a host function, and what they are called with.
pub fn calls(imports: &[Import<'_>], body: &[I<'_>]) -> Vec<u8> {
    module(imports, body, &[])
}

/// A loop that goes round as often as the name of the action says.
pub fn rounds<'a>(each: &[I<'a>]) -> Vec<I<'a>> {
    let head = [I::Loop(BlockType::Empty)];
    let tail = [
        I::LocalGet(2),
        I::I64Const(1),
        I::I64Sub,
        I::LocalTee(2),
        I::I64Eqz,
        I::I32Eqz,
        I::BrIf(0),
        I::End,
    ];
    head.iter().chain(each).chain(&tail).cloned().collect()
}

/// A call of itself until the number of the action is used up, and then this.
fn recursion(imports: &[Import<'_>], bottom: &[I<'_>]) -> Vec<u8> {
    let own = imports.len() as u32 + 1;
    let head = [I::LocalGet(0), I::I64Eqz, I::If(BlockType::Empty)];
    let tail = [
        I::Return,
        I::End,
        I::LocalGet(0),
        I::I64Const(1),
        I::I64Sub,
        I::Call(own),
    ];
    let body: Vec<_> = head.iter().chain(bottom).chain(&tail).cloned().collect();
    module(imports, &[I::LocalGet(2), I::Call(own)], &body)
}

pub fn run(both: &mut Both) {
    both.accounts(&[ACCOUNT]);
    let at_end = MemArg {
        offset: 0xffff,
        align: 0,
        target: MemArgTarget::default(),
        ordering: None,
    };
    let printi: Import<'_> = ("printi", &[I64], &[]);
    let grow = |pages| {
        vec![
            I::I32Const(pages),
            I::MemoryGrow(0),
            I::I64ExtendI32S,
            I::Call(0),
        ]
    };
    let spans = |name, pointer, length| {
        calls(
            &[(name, &[I32, I32], &[])],
            &[I::I32Const(pointer), I::I32Const(length), I::Call(0)],
        )
    };
    let copy = |name, to, from, length| {
        let body = [to, from, length].map(I::I32Const);
        let rest = [
            I::Call(0),
            I::Drop,
            I::I32Const(16),
            I::I32Const(16),
            I::Call(1),
        ];
        let body: Vec<_> = body.into_iter().chain(rest).collect();
        calls(
            &[(name, &[I32; 3], &[I32]), ("prints_l", &[I32, I32], &[])],
            &body,
        )
    };
    let ends = [
        ("unreachable", calls(&[], &[I::Unreachable])),
        (
            "a load past the end",
            calls(&[], &[I::I32Const(0), I::I32Load(at_end), I::Drop]),
        ),
        (
            "a store at -1",
            calls(&[], &[I::I32Const(-1), I::I32Const(1), I::I32Store(at_end)]),
        ),
        (
            "division by zero",
            calls(&[], &[I::I32Const(1), I::I32Const(0), I::I32DivU, I::Drop]),
        ),
        (
            "overflow",
            calls(&[], &[I::F64Const(1e300.into()), I::I32TruncF64S, I::Drop]),
        ),
        (
            "a call of nothing",
            calls(
                &[],
                &[
                    I::I64Const(0),
                    I::I32Const(1),
                    I::CallIndirect {
                        type_index: 1,
                        table_index: 0,
                    },
                ],
            ),
        ),
        (
            "a call of another type",
            calls(
                &[],
                &[
                    I::I64Const(0),
                    I::I64Const(0),
                    I::I64Const(0),
                    I::I32Const(0),
                    I::CallIndirect {
                        type_index: 0,
                        table_index: 0,
                    },
                ],
            ),
        ),
        ("growing by 527", calls(&[printi], &grow(527))),
        ("growing by 528", calls(&[printi], &grow(528))),
        ("growing by 65536", calls(&[printi], &grow(65536))),
        ("a text in memory", spans("prints_l", 16, 16)),
        ("a text past the end", spans("prints_l", 0xfff0, 17)),
        ("a text at -1", spans("prints_l", -1, 10)),
        ("a text of 4 GiB", spans("prints_l", 16, -1)),
        ("an assertion", spans("eosio_assert", 0, 16)),
        ("an assertion at -1", spans("eosio_assert", 0, -1)),
        (
            "an action that does not exist",
            spans("send_inline", 16, 16),
        ),
        ("a copy", copy("memcpy", 24, 16, 8)),
        ("a copy onto itself", copy("memcpy", 20, 16, 8)),
        ("a move onto itself", copy("memmove", 20, 16, 8)),
        ("filling all", copy("memset", 0, 7, -1)),
        ("abort", calls(&[("abort", &[], &[])], &[I::Call(0)])),
        (
            "leaving early",
            calls(
                &[("eosio_exit", &[I32], &[])],
                &[I::I32Const(7), I::Call(0), I::Unreachable],
            ),
        ),
        (
            "a privileged function",
            calls(
                &[("set_privileged", &[I64, I32], &[])],
                &[I::I64Const(1), I::I32Const(1), I::Call(0)],
            ),
        ),
        (
            "a reserved error code",
            calls(
                &[("eosio_assert_code", &[I32, I64], &[])],
                &[I::I32Const(0), I::I64Const(77), I::Call(0)],
            ),
        ),
        (
            "floats printed",
            calls(
                &[("printdf", &[F64], &[])],
                &[I::F64Const((-1.0 / 3e7).into()), I::Call(0)],
            ),
        ),
        (
            "an iterator of nothing",
            calls(
                &[("db_remove_i64", &[I32], &[])],
                &[I::I32Const(5), I::Call(0)],
            ),
        ),
    ];
    for (what, code) in ends {
        both.push(
            &format!("{what}: code"),
            &[native::set_code(ACCOUNT, &code)],
        );
        both.push(what, &[act(name!("act"))]);
    }
    let memset: Import<'_> = ("memset", &[I32; 3], &[I32]);
    let to_memory = [0, 1, 8].map(I::I32Const);
    let to_memory: Vec<_> = to_memory.into_iter().chain([I::Call(0), I::Drop]).collect();
    let indirect = [
        I::I64Const(0),
        I::I32Const(0),
        I::CallIndirect {
            type_index: 1,
            table_index: 0,
        },
    ];
    for (what, code) in [
        ("nothing", recursion(&[], &[])),
        (
            "a host function",
            recursion(&[printi], &[I::I64Const(7), I::Call(0)]),
        ),
        ("a builtin", recursion(&[memset], &to_memory)),
        ("calls by table without end", recursion(&[], &indirect)),
    ] {
        both.push(
            &format!("{what} at the bottom: code"),
            &[native::set_code(ACCOUNT, &code)],
        );
        for depth in [1, 100, 246, 247, 248, 249, 250, 251, 252, 100_000] {
            both.push(
                &format!("{what}, {depth} calls deep"),
                &[act(Name::from_raw(depth))],
            );
        }
    }
}

pub fn chain_with(code: &[u8]) -> Chain {
    let mut chain = Chain::new().unwrap();
    chain.create_account(ACCOUNT).unwrap();
    chain.push(&[native::set_code(ACCOUNT, code)]).unwrap();
    chain
}

#[test]
fn an_endless_loop_ends_at_the_same_place_always() {
    let endless = calls(&[], &[I::Loop(BlockType::Empty), I::Br(0), I::End]);
    let mut chain = chain_with(&endless);
    let failure = chain.push(&[act(name!("act"))]).unwrap_err();
    assert!(
        failure.error().is(ErrorKind::TxCpuUsageExceeded),
        "{failure:?}"
    );
    let id = failure.trace().unwrap().id;
    assert_eq!(
        failure.error().message(),
        format!(
            "transaction {id} was executing for too long 150000us \
             reached on chain max_transaction_cpu_usage 150000us"
        )
    );
}

#[test]
fn work_of_host_functions_is_bounded_too() {
    let memset: Import<'_> = ("memset", &[I32, I32, I32], &[I32]);
    let body = [
        I::Loop(BlockType::Empty),
        I::I32Const(0),
        I::I32Const(0),
        I::I32Const(65536),
        I::Call(0),
        I::Drop,
        I::Br(0),
        I::End,
    ];
    let mut chain = chain_with(&calls(&[memset], &body));
    let failure = chain.push(&[act(name!("act"))]).unwrap_err();
    assert!(
        failure.error().is(ErrorKind::TxCpuUsageExceeded),
        "{failure:?}"
    );
}

#[test]
fn modules_that_cannot_run_are_refused() {
    let mut chain = Chain::new().unwrap();
    chain.create_account(ACCOUNT).unwrap();
    let unknown = calls(&[("no_such_function", &[], &[])], &[]);
    for (code, text) in [
        (&b"not a module"[..], ""),
        (&unknown, "no_such_function"),
        (&unknown[..unknown.len() - 9], ""),
    ] {
        let failure = chain.push(&[native::set_code(ACCOUNT, code)]).unwrap_err();
        assert!(
            failure.error().is(ErrorKind::WasmSerializationError),
            "{failure:?}"
        );
        assert!(failure.error().message().contains(text), "{failure:?}");
    }
}

#[test]
fn exports_may_have_any_name() {
    let mut exports = ExportSection::new();
    for name in [
        "apply",
        "antelope calls",
        "antelope memory",
        "antelope global 0",
    ] {
        exports.export(name, ExportKind::Func, 0);
    }
    let mut types = TypeSection::new();
    types.ty().function([I64; 3], []);
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut apply = Function::new([]);
    apply.instruction(&I::End);
    let mut code = CodeSection::new();
    code.function(&apply);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&exports)
        .section(&code);
    chain_with(&module.finish())
        .push(&[act(name!("any"))])
        .unwrap();
}

#[test]
fn chains_in_many_threads_share_an_engine() {
    let code = recursion(&[], &[]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut chain = chain_with(&code);
                for depth in 1..100 {
                    chain.push(&[act(Name::from_raw(depth))]).unwrap();
                }
            });
        }
    });
}

#[test]
fn more_actions_than_there_are_instances_wait_for_one_another() {
    // A few milliseconds, in which the others begin.
    let chain = chain_with(&calls(&[], &rounds(&[])));
    std::thread::scope(|scope| {
        for _ in 0..256 {
            let mut chain = chain.clone();
            scope.spawn(move || chain.push(&[act(Name::from_raw(10_000_000))]).unwrap());
        }
    });
}
