//! Modules at a limit and one beyond.

use super::build::{APPLY, NOTHING, body, body_with};
use super::{Source, Specimen, Verdict};
use wasm_encoder::{BlockType, ConstExpr, Instruction as I, ValType};

const OVER: Verdict = Verdict::Refused("wasm.limit");

fn at(name: &'static str, verdict: Verdict, source: Source) -> Specimen {
    Specimen {
        name,
        wasm: source.encode(),
        verdict,
    }
}

pub fn all() -> Vec<Specimen> {
    [memory(), tables(), functions(), operands(), counts()]
        .into_iter()
        .flatten()
        .collect()
}

fn memory() -> Vec<Specimen> {
    let pages = |pages| Source {
        pages: Some(pages),
        ..Source::default()
    };
    let data = |at, length| Source {
        data: vec![(at, vec![1; length])],
        ..Source::default()
    };
    vec![
        at("528 pages", Verdict::Accepted, pages(528)),
        at("529 pages", OVER, pages(529)),
        at("65536 bytes of data", Verdict::Accepted, data(0, 65_536)),
        at("65537 bytes of data", OVER, data(0, 65_537)),
        at("data beyond 64 KiB", OVER, data(65_536, 1)),
        at("data at a negative address", OVER, data(-1, 1)),
    ]
}

fn tables() -> Vec<Specimen> {
    let table = |size| Source {
        table: Some(size),
        ..Source::default()
    };
    let globals = |count: usize| Source {
        globals: vec![(ValType::I64, true, ConstExpr::i64_const(0)); count],
        ..Source::default()
    };
    let mut constants = globals(200);
    constants
        .globals
        .iter_mut()
        .for_each(|global| global.1 = false);
    vec![
        at("1024 table elements", Verdict::Accepted, table(1024)),
        at("1025 table elements", OVER, table(1025)),
        at(
            "1024 bytes of mutable globals",
            Verdict::Accepted,
            globals(128),
        ),
        at("1032 bytes of mutable globals", OVER, globals(129)),
        at("1600 bytes of constants", Verdict::Accepted, constants),
        at(
            "elements outside the table",
            Verdict::Useless("wasm.elements"),
            Source {
                table: Some(1),
                elements: vec![(1, vec![0])],
                ..Source::default()
            },
        ),
    ]
}

fn functions() -> Vec<Specimen> {
    let locals = |count| Source {
        functions: vec![(APPLY, body_with([(count, ValType::I64)], []))],
        ..Source::default()
    };
    // `apply` itself is one level.
    let nested = |depth: usize| {
        let open = std::iter::repeat_n(I::Block(BlockType::Empty), depth);
        let close = std::iter::repeat_n(I::End, depth);
        Source::applying(open.chain([I::Nop]).chain(close))
    };
    let mut parameters = Source {
        functions: vec![
            (APPLY, body([])),
            (3, body_with([(1024, ValType::I64)], [])),
        ],
        ..Source::default()
    };
    parameters.types.push((vec![ValType::I64; 100], vec![]));
    vec![
        at("8192 bytes of locals", Verdict::Accepted, locals(1024)),
        at("8200 bytes of locals", OVER, locals(1025)),
        at("parameters are no locals", Verdict::Accepted, parameters),
        at("1024 nested blocks", Verdict::Accepted, nested(1023)),
        at("1025 nested blocks", OVER, nested(1024)),
    ]
}

/// The operand stack shares the limit of the locals, and EOS VM counts it in its own way.
fn operands() -> Vec<Specimen> {
    let with_locals = |instructions: Vec<I<'static>>| Source {
        functions: vec![(APPLY, body_with([(1022, ValType::I64)], instructions))],
        ..Source::default()
    };
    let pushes = |count: usize| -> Vec<I<'static>> {
        let push = std::iter::repeat_n(I::I64Const(0), count);
        push.chain(std::iter::repeat_n(I::Drop, count)).collect()
    };
    // Each round drops an i64 by `br`, which the node never subtracts.
    let dropped = |rounds: usize| -> Vec<I<'static>> {
        let round = [I::Block(BlockType::Empty), I::I64Const(0), I::Br(0), I::End];
        std::iter::repeat_n(round, rounds).flatten().collect()
    };
    let unreachable: Vec<I<'static>> = [I::Return]
        .into_iter()
        .chain(std::iter::repeat_n(I::I64Const(0), 100))
        .chain(std::iter::repeat_n(I::Drop, 100))
        .collect();
    vec![
        at(
            "two operands over full locals",
            Verdict::Accepted,
            with_locals(pushes(2)),
        ),
        at(
            "three operands over full locals",
            OVER,
            with_locals(pushes(3)),
        ),
        at(
            "operands dropped by two branches",
            Verdict::Accepted,
            with_locals(dropped(2)),
        ),
        at(
            "operands dropped by three branches",
            OVER,
            with_locals(dropped(3)),
        ),
        at(
            "operands that cannot be reached",
            Verdict::Accepted,
            with_locals(unreachable),
        ),
    ]
}

fn counts() -> Vec<Specimen> {
    let functions = |count: usize| {
        let mut source = Source::default();
        source.functions.resize_with(count, || (NOTHING, body([])));
        source
    };
    let symbol = |length: usize| Source {
        exports: vec![
            ("apply".into(), wasm_encoder::ExportKind::Func, 0),
            ("x".repeat(length), wasm_encoder::ExportKind::Func, 0),
        ],
        ..Source::default()
    };
    vec![
        at("8192 functions", Verdict::Accepted, functions(8192)),
        at("8193 functions", OVER, functions(8193)),
        at("a name of 8192 bytes", Verdict::Accepted, symbol(8192)),
        at("a name of 8193 bytes", OVER, symbol(8193)),
    ]
}
