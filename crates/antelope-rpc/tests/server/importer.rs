//! The contract by which `/v1/dev/fork` writes rows, assembled: `src/dev/importer.wasm`. What it is told
//! is described in `src/dev/import.rs`.

use antelope_types::name;
use wasm_encoder::{
    BlockType, CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, MemArg, MemorySection, MemoryType, Module, TypeSection, ValType,
};

/// Where the records are in its memory.
const START: i32 = 8;

/// Functions of the host by their numbers.
const SIZE: u32 = 0;
const READ: u32 = 1;
const STORE: u32 = 2;
const STORE_64: u32 = 3;
const STORE_128: u32 = 4;
const STORE_256: u32 = 5;
const STORE_FLOAT: u32 = 6;
const STORE_LONG_FLOAT: u32 = 7;

/// Parameters of `apply`, and its variables.
const RECEIVER: u32 = 0;
const CODE: u32 = 1;
const ACTION: u32 = 2;
const PLACE: u32 = 3;
const END: u32 = 4;

fn at(offset: u64, align: u32) -> MemArg {
    MemArg {
        offset,
        align,
        target: Default::default(),
        ordering: None,
    }
}

/// Calls a function that stores the record at `PLACE`, with these arguments after the first five.
fn store(apply: &mut Function, kind: i64, function: u32, more: impl Fn(&mut Function)) {
    let mut code = apply.instructions();
    code.local_get(PLACE)
        .i64_load(at(0, 3))
        .i64_const(kind)
        .i64_eq()
        .if_(BlockType::Empty);
    // Scope, table, payer, primary key.
    for offset in [8, 16, 24, 32] {
        code.local_get(PLACE).i64_load(at(offset, 3));
    }
    code.local_get(PLACE).i32_const(48).i32_add();
    more(apply);
    apply.instructions().call(function).drop().end();
}

fn assembled() -> Vec<u8> {
    let (word, long) = (ValType::I32, ValType::I64);
    let mut types = TypeSection::new();
    types.ty().function([], [word]);
    types.ty().function([word, word], [word]);
    types
        .ty()
        .function([long, long, long, long, word, word], [word]);
    types.ty().function([long, long, long, long, word], [word]);
    types.ty().function([long, long, long], []);
    let mut imports = ImportSection::new();
    for (name, ty) in [
        ("action_data_size", 0),
        ("read_action_data", 1),
        ("db_store_i64", 2),
        ("db_idx64_store", 3),
        ("db_idx128_store", 3),
        ("db_idx256_store", 2),
        ("db_idx_double_store", 3),
        ("db_idx_long_double_store", 3),
    ] {
        imports.import("env", name, EntityType::Function(ty));
    }
    let mut functions = FunctionSection::new();
    functions.function(4);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        // A transaction is not longer than that.
        minimum: 16,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 8);

    let mut apply = Function::new([(2, word)]);
    let import = name!("import").raw().cast_signed();
    apply
        .instructions()
        .local_get(RECEIVER)
        .local_get(CODE)
        .i64_ne()
        .local_get(ACTION)
        .i64_const(import)
        .i64_ne()
        .i32_or()
        .if_(BlockType::Empty)
        .return_()
        .end()
        .i32_const(START)
        .call(SIZE)
        .call(READ)
        .i32_const(START)
        .i32_add()
        .local_set(END)
        .i32_const(START)
        .local_set(PLACE)
        .block(BlockType::Empty)
        .loop_(BlockType::Empty)
        .local_get(PLACE)
        .local_get(END)
        .i32_ge_u()
        .br_if(1);
    store(&mut apply, 0, STORE, |apply| {
        apply.instructions().local_get(PLACE).i32_load(at(40, 2));
    });
    store(&mut apply, 1, STORE_64, |_| {});
    store(&mut apply, 2, STORE_128, |_| {});
    store(&mut apply, 3, STORE_256, |apply| {
        apply.instructions().i32_const(2);
    });
    store(&mut apply, 4, STORE_FLOAT, |_| {});
    store(&mut apply, 5, STORE_LONG_FLOAT, |_| {});
    apply
        .instructions()
        .local_get(PLACE)
        .local_get(PLACE)
        .i32_load(at(40, 2))
        .i32_const(48 + 7)
        .i32_add()
        .i32_const(-8)
        .i32_and()
        .i32_add()
        .local_set(PLACE)
        .br(0)
        .end()
        .end()
        .end();
    let mut code = CodeSection::new();
    code.function(&apply);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&code);
    module.finish()
}

/// With `VECHE_BLESS` set, the file is written.
#[test]
fn the_importer_is_what_is_assembled_here() {
    let assembled = assembled();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/dev/importer.wasm");
    if std::env::var_os("VECHE_BLESS").is_some() {
        std::fs::write(path, &assembled).unwrap();
        return;
    }
    assert_eq!(std::fs::read(path).unwrap(), assembled);
}
