//! What is left as it is, and what becomes of the rest.

use super::*;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection,
    Function, FunctionSection, Instruction as I, Module, RefType, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{Validator, WasmFeatures};

/// What a module has so many of.
#[derive(Clone, Copy)]
struct Sizes {
    params: usize,
    locals: u32,
    targets: usize,
    elements: u32,
    name: usize,
}

/// As much as the engine takes of everything.
const MOST: Sizes = Sizes {
    params: PARAMS,
    locals: LOCALS,
    targets: TARGETS as usize,
    elements: ELEMENTS,
    name: NAME,
};

fn module(sizes: Sizes) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    types.ty().function(vec![ValType::I32; sizes.params], []);
    let mut functions = FunctionSection::new();
    functions.function(0).function(1);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: sizes.elements.into(),
        maximum: None,
        shared: false,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 0);
    exports.export(&"x".repeat(sizes.name), ExportKind::Func, 0);
    let mut elements = ElementSection::new();
    let last = ConstExpr::i32_const(sizes.elements as i32 - 1);
    elements.active(None, &last, Elements::Functions((&[1]).into()));
    let mut apply = Function::new([(sizes.locals, ValType::I64)]);
    for local in 3..sizes.locals + 3 {
        apply.instructions().i64_const(7).local_set(local);
    }
    apply
        .instruction(&I::Block(BlockType::Empty))
        .instruction(&I::I32Const(1))
        .instruction(&I::BrTable(vec![0; sizes.targets].into(), 1))
        .instruction(&I::End);
    for _ in 0..sizes.params {
        apply.instruction(&I::I32Const(1));
    }
    apply
        .instruction(&I::I32Const(sizes.elements as i32 - 1))
        .instruction(&I::CallIndirect {
            type_index: 1,
            table_index: 0,
        })
        .instruction(&I::Unreachable)
        // Never executed, and worth no bytes.
        .instruction(&I::Call(1))
        .instruction(&I::End);
    let mut callee = Function::new([]);
    callee
        .instruction(&I::LocalGet(sizes.params as u32 - 1))
        .instruction(&I::LocalSet(0))
        .instruction(&I::End);
    let mut code = CodeSection::new();
    code.function(&apply).function(&callee);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&tables)
        .section(&exports)
        .section(&elements)
        .section(&code);
    module.finish()
}

#[test]
fn what_the_engine_takes_is_left_as_it_is() {
    assert!(lower(&module(MOST)).unwrap().is_none());
}

#[test]
fn what_is_beyond_the_engine_becomes_what_it_takes() {
    let beyond = [
        Sizes {
            params: 1001,
            ..MOST
        },
        Sizes {
            params: 30_000,
            ..MOST
        },
        Sizes {
            locals: 2049,
            ..MOST
        },
        Sizes {
            locals: 60_000,
            ..MOST
        },
        Sizes {
            targets: 65_521,
            ..MOST
        },
        Sizes {
            targets: 1_000_000,
            ..MOST
        },
        Sizes {
            elements: 20_001,
            ..MOST
        },
        Sizes {
            elements: u32::MAX,
            ..MOST
        },
        Sizes {
            name: 100_001,
            ..MOST
        },
        Sizes {
            params: 1001,
            locals: 2049,
            targets: 65_521,
            elements: 20_001,
            name: 100_001,
        },
    ];
    for (case, sizes) in beyond.into_iter().enumerate() {
        let code = module(sizes);
        let lowered = lower(&code).unwrap().unwrap();
        let features = WasmFeatures::WASM1 | WasmFeatures::MULTI_MEMORY;
        Validator::new_with_features(features)
            .validate_all(&lowered.code)
            .unwrap();
        // Locals of its own may be added to those that stay, of which the engine takes more.
        let again = Shape::read(&lowered.code).unwrap();
        assert!(!again.is_wide() && !again.names_too_long, "{case}");
        for body in &again.bodies {
            assert!(!shape::has_large_branches(body).unwrap(), "{case}");
        }
        assert!(lowered.elements <= ELEMENTS);
        assert!(lowered.code.len() < 10 * code.len());
    }
}
