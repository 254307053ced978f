//! Modules that a node takes.

use super::build::{NOTHING, SPAN, body};
use super::{Source, Specimen, Verdict};
use wasm_encoder::{BlockType, ConstExpr, EntityType, ExportKind, Instruction as I, ValType};

fn good(name: &'static str, source: Source) -> Specimen {
    Specimen {
        name,
        wasm: source.encode(),
        verdict: Verdict::Accepted,
    }
}

pub fn all() -> Vec<Specimen> {
    let import = |name, ty| ("env", name, EntityType::Function(ty));
    vec![
        good("empty apply", Source::default()),
        good(
            "no memory",
            Source {
                pages: None,
                ..Source::default()
            },
        ),
        good(
            "floats",
            Source::applying([
                I::F32Const(1.5.into()),
                I::F64PromoteF32,
                I::F64Sqrt,
                I::I64TruncF64S,
                I::Drop,
            ]),
        ),
        good(
            "host call",
            Source {
                imports: vec![import("prints_l", SPAN)],
                ..Source::default()
            },
        ),
        good(
            "start function",
            Source {
                functions: vec![(0, body([])), (NOTHING, body([]))],
                start: Some(1),
                ..Source::default()
            },
        ),
        good(
            "exported mutable global",
            Source {
                globals: vec![(ValType::I32, true, ConstExpr::i32_const(0))],
                exports: vec![
                    ("apply".into(), ExportKind::Func, 0),
                    ("__stack_pointer".into(), ExportKind::Global, 0),
                ],
                ..Source::default()
            },
        ),
        good(
            "indirect call",
            Source {
                functions: vec![
                    (
                        0,
                        body([
                            I::I32Const(0),
                            I::CallIndirect {
                                type_index: NOTHING,
                                table_index: 0,
                            },
                        ]),
                    ),
                    (NOTHING, body([])),
                ],
                table: Some(2),
                elements: vec![(0, vec![1, 1])],
                ..Source::default()
            },
        ),
        good(
            "data at the edge",
            Source {
                data: vec![(65_535, vec![1])],
                ..Source::default()
            },
        ),
        good(
            "blocks with results",
            Source::applying([
                I::Block(BlockType::Result(ValType::I64)),
                I::I64Const(1),
                I::Br(0),
                I::End,
                I::Drop,
            ]),
        ),
        good(
            "custom section",
            Source {
                custom: vec![("antelope_abi", vec![1, 2, 3])],
                ..Source::default()
            },
        ),
    ]
}
