//! Tiny contracts an attacker would write, assembled here: no build step, nothing to trust.

use antelope_types::{Name, name};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, InstructionSink, MemArg, MemArgTarget, MemorySection,
    MemoryType, Module, TypeSection, ValType,
};

/// Fails whatever is asked of it or told to it.
pub(crate) fn veto() -> Vec<u8> {
    contract(&[], |body| {
        body.instructions().unreachable();
    })
}

/// Runs until the chain stops it, whatever is asked of it or told to it.
pub(crate) fn spin() -> Vec<u8> {
    contract(&[], |body| {
        body.instructions()
            .loop_(BlockType::Empty)
            .br(0)
            .end()
            .unreachable();
    })
}

/// Stores four kilobytes at its own expense, whatever is asked of it or told to it.
pub(crate) fn hoard() -> Vec<u8> {
    use ValType::{I32, I64};
    let store: Import<'_> = ("db_store_i64", &[I64, I64, I64, I64, I32, I32], &[I32]);
    let time: Import<'_> = ("current_time", &[], &[I64]);
    contract(&[store, time], |body| {
        body.instructions()
            .local_get(0)
            .i64_const(1)
            .local_get(0)
            .call(1)
            .i32_const(0)
            .i32_const(4096)
            .call(0)
            .drop();
    })
}

/// Passes every action on, as a notification, to `victim` (an account name).
pub(crate) fn relay(victim: u64) -> Vec<u8> {
    contract(&[("require_recipient", &[ValType::I64], &[])], |body| {
        body.instructions().i64_const(victim.cast_signed()).call(0);
    })
}

/// Sends the packed action that it finds in its action data as an inline action.
pub(crate) fn sender() -> Vec<u8> {
    let pair = [ValType::I32, ValType::I32];
    let imports: [Import<'_>; 3] = [
        ("action_data_size", &[], &[ValType::I32]),
        ("read_action_data", &pair, &[ValType::I32]),
        ("send_inline", &pair, &[]),
    ];
    contract(&imports, |body| {
        body.instructions()
            .i32_const(0)
            .call(0)
            .call(1)
            .drop()
            .i32_const(0)
            .call(0)
            .call(2);
    })
}

/// Sends the packed action in the data of its action `send`; takes every other action, and does nothing.
pub(crate) fn owner() -> Vec<u8> {
    let send: Import<'_> = ("send_inline", &[ValType::I32; 2], &[]);
    with_action(name!("send"), send, |then| {
        then.i32_const(0).call(DATA_SIZE).call(GIVEN);
    })
}

/// Stores what its action `keep` brings: table, key and bytes of a row of its own; takes every other action, and
/// does nothing.
pub(crate) fn keeper() -> Vec<u8> {
    use ValType::{I32, I64};
    let store: Import<'_> = ("db_store_i64", &[I64, I64, I64, I64, I32, I32], &[I32]);
    let at = |offset| MemArg {
        offset,
        align: 0,
        target: MemArgTarget::Memory(0),
        ordering: None,
    };
    with_action(name!("keep"), store, |then| {
        then.local_get(0)
            .i32_const(0)
            .i64_load(at(0))
            .local_get(0)
            .i32_const(0)
            .i64_load(at(8))
            .i32_const(16)
            .call(DATA_SIZE)
            .i32_const(16)
            .i32_sub()
            .call(GIVEN)
            .drop();
    })
}

/// Functions of [`with_action`]: the size of the data, and the host function that it is given.
const DATA_SIZE: u32 = 0;
const GIVEN: u32 = 2;

/// Takes every action and does nothing, but for this one: its data is read to the beginning of the memory, and
/// `write` says what is done with it.
fn with_action(
    action: Name,
    given: Import<'_>,
    write: impl FnOnce(&mut InstructionSink<'_>),
) -> Vec<u8> {
    let imports: [Import<'_>; 3] = [
        ("action_data_size", &[], &[ValType::I32]),
        ("read_action_data", &[ValType::I32; 2], &[ValType::I32]),
        given,
    ];
    contract(&imports, |body| {
        let mut then = body.instructions();
        then.local_get(2)
            .i64_const(action.raw().cast_signed())
            .i64_eq()
            .if_(BlockType::Empty)
            .i32_const(0)
            .call(DATA_SIZE)
            .call(1)
            .drop();
        write(&mut then);
        then.end();
    })
}

/// Answers everything by sending this packed action inline.
pub(crate) fn repeater(action: &[u8]) -> Vec<u8> {
    let length = action.len() as i32;
    let imports: [Import<'_>; 1] = [("send_inline", &[ValType::I32; 2], &[])];
    with_data(&imports, action, |body| {
        body.instructions().i32_const(0).i32_const(length).call(0);
    })
}

/// Name, parameters and results of a host function.
type Import<'a> = (&'a str, &'a [ValType], &'a [ValType]);

/// A module with one page of memory, the imports, and an `apply` of the given body.
fn contract(imports: &[Import<'_>], write: impl FnOnce(&mut Function)) -> Vec<u8> {
    with_data(imports, &[], write)
}

/// The same, with these bytes at the beginning of the memory.
fn with_data(imports: &[Import<'_>], bytes: &[u8], write: impl FnOnce(&mut Function)) -> Vec<u8> {
    let mut types = TypeSection::new();
    let mut imported = ImportSection::new();
    for (index, (name, parameters, results)) in imports.iter().enumerate() {
        types
            .ty()
            .function(parameters.iter().copied(), results.iter().copied());
        imported.import("env", name, EntityType::Function(index as u32));
    }
    let apply = imports.len() as u32;
    types.ty().function([ValType::I64; 3], []);
    let mut functions = FunctionSection::new();
    functions.function(apply);
    let mut memory = MemorySection::new();
    memory.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, apply);
    exports.export("memory", ExportKind::Memory, 0);
    let mut body = Function::new([]);
    write(&mut body);
    body.instructions().end();
    let mut code = CodeSection::new();
    code.function(&body);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), bytes.iter().copied());
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imported)
        .section(&functions)
        .section(&memory)
        .section(&exports)
        .section(&code)
        .section(&data);
    module.finish()
}
