//! Small modules, made here.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TypeSection,
    ValType,
};

/// A host function and its type.
pub type Import<'a> = (&'a str, &'a [ValType], &'a [ValType]);

/// The memory of these modules: one page, which may grow.
const ONE_PAGE: MemoryType = MemoryType {
    minimum: 1,
    maximum: None,
    memory64: false,
    shared: false,
    page_size_log2: None,
};

/// A module whose `apply` is this, with one page of memory that begins with the text, a global that
/// begins with 7, and after `apply` a function of one number.
pub fn module(
    imports: &[Import<'_>],
    apply: &[Instruction<'_>],
    second: &[Instruction<'_>],
) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    types.ty().function([ValType::I64], []);
    let mut import = ImportSection::new();
    for (index, (name, params, results)) in imports.iter().enumerate() {
        types
            .ty()
            .function(params.iter().copied(), results.iter().copied());
        import.import("env", name, EntityType::Function(index as u32 + 2));
    }
    let first = imports.len() as u32;
    let mut functions = FunctionSection::new();
    functions.function(0).function(1);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(ONE_PAGE);
    let mut globals = GlobalSection::new();
    let number = GlobalType {
        val_type: ValType::I64,
        mutable: true,
        shared: false,
    };
    globals.global(number, &ConstExpr::i64_const(7));
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, first);
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(0),
        Elements::Functions((&[first + 1]).into()),
    );
    let mut code = CodeSection::new();
    for body in [apply, second] {
        let mut function = Function::new([]);
        for instruction in body {
            function.instruction(instruction);
        }
        function.instruction(&Instruction::End);
        code.function(&function);
    }
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(16), *b"a text in memory\0");
    let mut module = Module::new();
    module
        .section(&types)
        .section(&import)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data);
    module.finish()
}

/// A contract with these imports whose `apply` is this, with one page of memory that begins with these
/// pieces of data at their addresses.
pub fn contract(
    imports: &[Import<'_>],
    pieces: &[(i32, Vec<u8>)],
    apply: &[Instruction<'_>],
) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    let mut import = ImportSection::new();
    for (index, (name, params, results)) in (1..).zip(imports) {
        types
            .ty()
            .function(params.iter().copied(), results.iter().copied());
        import.import("env", name, EntityType::Function(index));
    }
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut memories = MemorySection::new();
    memories.memory(ONE_PAGE);
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, imports.len() as u32);
    let mut body = Function::new([]);
    for instruction in apply {
        body.instruction(instruction);
    }
    body.instruction(&Instruction::End);
    let mut code = CodeSection::new();
    code.function(&body);
    let mut data = DataSection::new();
    for (at, piece) in pieces {
        data.active(0, &ConstExpr::i32_const(*at), piece.iter().copied());
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&import)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&code)
        .section(&data);
    module.finish()
}
