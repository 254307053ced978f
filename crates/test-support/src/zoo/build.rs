//! A module with a sound `apply`, to be bent in one place.

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemorySection, MemoryType, Module, NameMap, NameSection, RefType, StartSection,
    TableSection, TableType, TypeSection, ValType,
};

/// Everything a specimen may want to change.
pub struct Source {
    pub imports: Vec<(&'static str, &'static str, EntityType)>,
    pub types: Vec<(Vec<ValType>, Vec<ValType>)>,
    /// Type and body of each function; the first is exported as `apply`.
    pub functions: Vec<(u32, Function)>,
    pub exports: Vec<(String, ExportKind, u32)>,
    pub pages: Option<u64>,
    pub table: Option<u64>,
    pub globals: Vec<(ValType, bool, ConstExpr)>,
    pub data: Vec<(i32, Vec<u8>)>,
    pub elements: Vec<(i32, Vec<u32>)>,
    pub start: Option<u32>,
    pub names: Vec<(u32, &'static str)>,
    pub custom: Vec<(&'static str, Vec<u8>)>,
}

/// Type 0, that of `apply`.
pub const APPLY: u32 = 0;
/// Type 1: nothing in, nothing out.
pub const NOTHING: u32 = 1;
/// Type 2: `(i32, i32)`.
pub const SPAN: u32 = 2;

impl Default for Source {
    fn default() -> Self {
        use ValType::{I32, I64};
        Self {
            imports: Vec::new(),
            types: vec![
                (vec![I64, I64, I64], vec![]),
                (vec![], vec![]),
                (vec![I32, I32], vec![]),
            ],
            functions: vec![(APPLY, body([]))],
            exports: Vec::new(),
            pages: Some(1),
            table: None,
            globals: Vec::new(),
            data: Vec::new(),
            elements: Vec::new(),
            start: None,
            names: Vec::new(),
            custom: Vec::new(),
        }
    }
}

/// A body without locals.
pub fn body<'a>(instructions: impl IntoIterator<Item = Instruction<'a>>) -> Function {
    body_with([], instructions)
}

/// A body with groups of locals.
pub fn body_with<'a>(
    locals: impl IntoIterator<Item = (u32, ValType), IntoIter: ExactSizeIterator>,
    instructions: impl IntoIterator<Item = Instruction<'a>>,
) -> Function {
    let mut function = Function::new(locals);
    for instruction in instructions {
        function.instruction(&instruction);
    }
    function.instruction(&Instruction::End);
    function
}

impl Source {
    /// A module whose `apply` has this body.
    pub fn applying<'a>(instructions: impl IntoIterator<Item = Instruction<'a>>) -> Self {
        Self {
            functions: vec![(APPLY, body(instructions))],
            ..Self::default()
        }
    }

    pub fn encode(self) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        for (params, results) in self.types {
            types.ty().function(params, results);
        }
        module.section(&types);

        let imported = self
            .imports
            .iter()
            .filter(|(_, _, ty)| matches!(ty, EntityType::Function(_)))
            .count();
        let imported = u32::try_from(imported).expect("few");
        if !self.imports.is_empty() {
            let mut imports = ImportSection::new();
            for (from, name, ty) in self.imports {
                imports.import(from, name, ty);
            }
            module.section(&imports);
        }

        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for (ty, body) in &self.functions {
            functions.function(*ty);
            code.function(body);
        }
        module.section(&functions);

        if let Some(minimum) = self.table {
            let mut tables = TableSection::new();
            let element_type = RefType::FUNCREF;
            let (maximum, table64, shared) = (None, false, false);
            tables.table(TableType {
                element_type,
                table64,
                minimum,
                maximum,
                shared,
            });
            module.section(&tables);
        }
        if let Some(minimum) = self.pages {
            let mut memories = MemorySection::new();
            let (maximum, memory64, shared, page_size_log2) = (None, false, false, None);
            memories.memory(MemoryType {
                minimum,
                maximum,
                memory64,
                shared,
                page_size_log2,
            });
            module.section(&memories);
        }
        if !self.globals.is_empty() {
            let mut globals = GlobalSection::new();
            for (val_type, mutable, value) in self.globals {
                globals.global(
                    GlobalType {
                        val_type,
                        mutable,
                        shared: false,
                    },
                    &value,
                );
            }
            module.section(&globals);
        }

        let mut exports = ExportSection::new();
        if self.exports.is_empty() {
            exports.export("apply", ExportKind::Func, imported);
        }
        for (name, kind, index) in &self.exports {
            exports.export(name, *kind, *index);
        }
        module.section(&exports);
        if let Some(function_index) = self.start {
            module.section(&StartSection { function_index });
        }
        if !self.elements.is_empty() {
            let mut elements = ElementSection::new();
            for (offset, functions) in self.elements {
                elements.active(
                    None,
                    &ConstExpr::i32_const(offset),
                    Elements::Functions(functions.into()),
                );
            }
            module.section(&elements);
        }
        module.section(&code);
        if !self.data.is_empty() {
            let mut data = DataSection::new();
            for (offset, bytes) in self.data {
                data.active(0, &ConstExpr::i32_const(offset), bytes);
            }
            module.section(&data);
        }
        if !self.names.is_empty() {
            let mut map = NameMap::new();
            for (index, name) in self.names {
                map.append(index, name);
            }
            let mut names = NameSection::new();
            names.functions(&map);
            module.section(&names);
        }
        for (name, data) in self.custom {
            module.section(&CustomSection {
                name: name.into(),
                data: data.into(),
            });
        }
        module.finish()
    }
}
