//! Modules that are wrong in kind: bytes, types, opcodes, imports, `apply`.

use super::build::{APPLY, NOTHING, SPAN, body};
use super::{Source, Specimen, Verdict};
use wasm_encoder::{
    BlockType, EntityType, ExportKind, GlobalType, Instruction as I, MemoryType, RefType,
    TableType, ValType,
};

fn bad(name: &'static str, code: &'static str, source: Source) -> Specimen {
    Specimen {
        name,
        wasm: source.encode(),
        verdict: Verdict::Refused(code),
    }
}

pub fn all() -> Vec<Specimen> {
    [bytes(), opcodes(), imports(), entry()]
        .into_iter()
        .flatten()
        .collect()
}

fn bytes() -> Vec<Specimen> {
    let raw = |name, wasm| Specimen {
        name,
        wasm,
        verdict: Verdict::Refused("wasm.invalid"),
    };
    let mut cut = Source::default().encode();
    cut.pop();
    vec![
        raw("no magic", b"not a module".to_vec()),
        raw("another version", b"\0asm\x02\0\0\0".to_vec()),
        raw("cut short", cut),
        bad(
            "stack underflow",
            "wasm.invalid",
            Source::applying([I::Drop]),
        ),
        bad(
            "wrong operand type",
            "wasm.invalid",
            Source::applying([I::I32Const(1), I::I64Const(1), I::I64Add, I::Drop]),
        ),
        bad(
            "store without memory",
            "wasm.invalid",
            Source {
                pages: None,
                ..Source::applying([
                    I::I32Const(0),
                    I::I32Const(0),
                    I::I32Store(wasm_encoder::MemArg {
                        offset: 0,
                        align: 0,
                        target: wasm_encoder::MemArgTarget::Memory(0),
                        ordering: None,
                    }),
                ])
            },
        ),
        bad(
            "start with parameters",
            "wasm.invalid",
            Source {
                start: Some(0),
                ..Source::default()
            },
        ),
        bad(
            "export twice",
            "wasm.invalid",
            Source {
                exports: vec![
                    ("apply".into(), ExportKind::Func, 0),
                    ("apply".into(), ExportKind::Func, 0),
                ],
                ..Source::default()
            },
        ),
    ]
}

fn opcodes() -> Vec<Specimen> {
    let post_mvp = |name, source| bad(name, "wasm.post-mvp", source);
    let copy = [
        I::I32Const(0),
        I::I32Const(0),
        I::I32Const(0),
        I::MemoryCopy {
            src_mem: 0,
            dst_mem: 0,
        },
    ];
    let fill = [
        I::I32Const(0),
        I::I32Const(0),
        I::I32Const(0),
        I::MemoryFill(0),
    ];
    vec![
        post_mvp("bulk memory copy", Source::applying(copy)),
        post_mvp("bulk memory fill", Source::applying(fill)),
        post_mvp(
            "sign extension",
            Source::applying([I::I32Const(1), I::I32Extend8S, I::Drop]),
        ),
        post_mvp(
            "saturating conversion",
            Source::applying([I::F64Const(1.0.into()), I::I32TruncSatF64S, I::Drop]),
        ),
        post_mvp("vectors", Source::applying([I::V128Const(1), I::Drop])),
        post_mvp(
            "reference types",
            Source::applying([I::RefNull(wasm_encoder::HeapType::FUNC), I::Drop]),
        ),
        post_mvp(
            "tail call",
            Source {
                functions: vec![(APPLY, body([I::ReturnCall(1)])), (NOTHING, body([]))],
                ..Source::default()
            },
        ),
        post_mvp("several results", {
            let mut source = Source::default();
            source
                .types
                .push((vec![], vec![ValType::I32, ValType::I32]));
            source
        }),
        post_mvp("block with parameters", {
            let mut source = Source::applying([
                I::I32Const(1),
                I::Block(BlockType::FunctionType(3)),
                I::End,
                I::Drop,
            ]);
            source.types.push((vec![ValType::I32], vec![ValType::I32]));
            source
        }),
    ]
}

fn imports() -> Vec<Specimen> {
    let import = |name: &'static str, code, from, field, ty| {
        bad(
            name,
            code,
            Source {
                imports: vec![(from, field, ty)],
                ..Source::default()
            },
        )
    };
    let function = EntityType::Function;
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 1,
        maximum: None,
        shared: false,
    };
    let global = GlobalType {
        val_type: ValType::I32,
        mutable: false,
        shared: false,
    };
    let mut imported_memory = import(
        "imported memory",
        "wasm.import.kind",
        "env",
        "memory",
        memory.into(),
    );
    imported_memory.wasm = Source {
        pages: None,
        imports: vec![("env", "memory", memory.into())],
        ..Source::default()
    }
    .encode();
    vec![
        import(
            "unknown import",
            "wasm.import.unknown",
            "env",
            "print_s",
            function(SPAN),
        ),
        import(
            "import of wasi",
            "wasm.import.module",
            "wasi_snapshot_preview1",
            "proc_exit",
            function(NOTHING),
        ),
        import(
            "host call of another module",
            "wasm.import.module",
            "eosio",
            "prints_l",
            function(SPAN),
        ),
        import(
            "import with a wrong type",
            "wasm.import.signature",
            "env",
            "prints_l",
            function(APPLY),
        ),
        import(
            "import of a table",
            "wasm.import.kind",
            "env",
            "table",
            table.into(),
        ),
        import(
            "import of a global",
            "wasm.import.kind",
            "env",
            "global",
            global.into(),
        ),
        imported_memory,
    ]
}

fn entry() -> Vec<Specimen> {
    let exported = |exports| Source {
        exports,
        ..Source::default()
    };
    vec![
        bad(
            "no apply",
            "wasm.apply.missing",
            exported(vec![("main".into(), ExportKind::Func, 0)]),
        ),
        bad(
            "apply is a memory",
            "wasm.apply.missing",
            exported(vec![("apply".into(), ExportKind::Memory, 0)]),
        ),
        bad(
            "apply without parameters",
            "wasm.apply.signature",
            Source {
                functions: vec![(NOTHING, body([]))],
                ..Source::default()
            },
        ),
        bad("apply with a result", "wasm.apply.signature", {
            let mut source = Source {
                functions: vec![(3, body([I::I32Const(0)]))],
                ..Source::default()
            };
            source
                .types
                .push((vec![ValType::I64; 3], vec![ValType::I32]));
            source
        }),
    ]
}
