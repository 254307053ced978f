//! A contract that fails in the way that its action is named after.

use antelope_types::{Name, name};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction as I, MemorySection, MemoryType, Module,
    TypeSection, ValType,
};

/// The account that has it.
pub const CONTRACT: Name = name!("fails");

/// Its actions, with what they show.
pub const ACTIONS: [(&str, Name); 7] = [
    ("an assertion", name!("short")),
    ("a long assertion", name!("long")),
    ("an assertion without words", name!("empty")),
    ("an assertion by number", name!("code")),
    ("an assertion after words", name!("print")),
    ("a missing authority", name!("auth")),
    ("a trap", name!("trap")),
];

/// An assertion with everything that has to be escaped.
const SHORT: &[u8] = "it \"failed\"\t\\ \u{1}\u{8}\u{c}\u{7f}\u{85}\u{436}\r\n$ ${s}".as_bytes();

/// Where the long assertion is in the memory, and how long it is: more than a node tells.
const LONG: (i32, i32) = (100, 3000);

/// The module.
pub fn fails() -> Vec<u8> {
    let (word, long) = (ValType::I32, ValType::I64);
    let mut types = TypeSection::new();
    types.ty().function([word, word, word], []);
    types.ty().function([word, long], []);
    types.ty().function([word, word], []);
    types.ty().function([long], []);
    types.ty().function([long, long, long], []);
    let mut imports = ImportSection::new();
    for (function, kind) in [
        ("eosio_assert_message", 0),
        ("eosio_assert_code", 1),
        ("prints_l", 2),
        ("require_auth", 3),
    ] {
        imports.import("env", function, EntityType::Function(kind));
    }
    let mut functions = FunctionSection::new();
    functions.function(4);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 4);
    let mut apply = Function::new([]);
    let assert = |offset: i32, length: i32| {
        [
            I::I32Const(0),
            I::I32Const(offset),
            I::I32Const(length),
            I::Call(0),
        ]
        .to_vec()
    };
    let short = SHORT.len() as i32;
    let printed = [I::I32Const(0), I::I32Const(short), I::Call(2)].into_iter();
    for (action, then) in [
        (name!("short"), assert(0, short)),
        (name!("long"), assert(LONG.0, LONG.1)),
        (name!("empty"), assert(0, 0)),
        (
            name!("code"),
            vec![I::I32Const(0), I::I64Const(42), I::Call(1)],
        ),
        (name!("print"), printed.chain(assert(0, 2)).collect()),
        (
            name!("auth"),
            vec![I::I64Const(name!("bob").raw() as i64), I::Call(3)],
        ),
        (name!("trap"), vec![I::Unreachable]),
    ] {
        apply.instruction(&I::LocalGet(2));
        apply.instruction(&I::I64Const(action.raw() as i64));
        apply.instruction(&I::I64Eq);
        apply.instruction(&I::If(wasm_encoder::BlockType::Empty));
        for instruction in &then {
            apply.instruction(instruction);
        }
        apply.instruction(&I::End);
    }
    apply.instruction(&I::End);
    let mut code = CodeSection::new();
    code.function(&apply);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), SHORT.iter().copied());
    let text = vec![b'x'; LONG.1 as usize];
    data.active(0, &ConstExpr::i32_const(LONG.0), text);
    let mut module = Module::new();
    module.section(&types).section(&imports);
    module.section(&functions).section(&memories);
    module.section(&exports).section(&code).section(&data);
    module.finish()
}
