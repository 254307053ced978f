//! A module from its parts.

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction as I, MemorySection, MemoryType, Module, RefType, TableSection, TableType,
    TypeSection, ValType,
};

pub const TYPES: [ValType; 4] = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];

/// What a module is made of; functions are numbered from the imports on.
#[derive(Default)]
pub struct Parts {
    pub types: Vec<(Vec<ValType>, Vec<ValType>)>,
    pub imports: Vec<u32>,
    pub functions: Vec<(u32, Function)>,
    pub table: Option<u32>,
    pub elements: Vec<(u32, u32)>,
    pub pages: u64,
    pub globals: u32,
    pub exports: Vec<String>,
    pub data: Vec<(u32, u8)>,
    pub custom: String,
}

/// The types that every module begins with: those of `apply`, of `printi`, and of nothing.
pub const APPLY: u32 = 0;
pub const PRINT: u32 = 1;
pub const NOTHING: u32 = 2;

/// The number of `apply` where only `printi` is imported.
pub const FIRST: u32 = 1;

impl Parts {
    pub fn new() -> Self {
        Self {
            types: vec![
                (vec![ValType::I64; 3], vec![]),
                (vec![ValType::I64], vec![]),
                (vec![], vec![]),
            ],
            imports: vec![PRINT],
            pages: 1,
            ..Self::default()
        }
    }

    pub fn ty(&mut self, params: Vec<ValType>, results: Vec<ValType>) -> u32 {
        self.types.push((params, results));
        self.types.len() as u32 - 1
    }

    /// Adds a function; its number.
    pub fn function(&mut self, ty: u32, locals: Vec<(u32, ValType)>, body: &[I<'_>]) -> u32 {
        let mut function = Function::new(locals);
        for instruction in body {
            function.instruction(instruction);
        }
        function.instruction(&I::End);
        self.functions.push((ty, function));
        (self.imports.len() + self.functions.len()) as u32 - 1
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut module = Module::new();
        if !self.custom.is_empty() {
            module.section(&CustomSection {
                name: (&self.custom).into(),
                data: b"anything"[..].into(),
            });
        }
        let mut types = TypeSection::new();
        for (params, results) in &self.types {
            types
                .ty()
                .function(params.iter().copied(), results.iter().copied());
        }
        let mut imports = ImportSection::new();
        for ty in &self.imports {
            imports.import("env", "printi", EntityType::Function(*ty));
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for (ty, body) in &self.functions {
            functions.function(*ty);
            code.function(body);
        }
        module.section(&types).section(&imports).section(&functions);
        if let Some(minimum) = self.table {
            let mut tables = TableSection::new();
            tables.table(TableType {
                element_type: RefType::FUNCREF,
                table64: false,
                minimum: minimum.into(),
                maximum: None,
                shared: false,
            });
            module.section(&tables);
        }
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: self.pages,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        module.section(&memories);
        let mut globals = GlobalSection::new();
        for number in 0..self.globals {
            let ty = GlobalType {
                val_type: ValType::I32,
                mutable: false,
                shared: false,
            };
            globals.global(ty, &ConstExpr::i32_const(number as i32));
        }
        module.section(&globals);
        let mut exports = ExportSection::new();
        exports.export("apply", ExportKind::Func, self.imports.len() as u32);
        for name in &self.exports {
            exports.export(name, ExportKind::Func, self.imports.len() as u32);
        }
        module.section(&exports);
        let mut elements = ElementSection::new();
        for (at, function) in &self.elements {
            let at = ConstExpr::i32_const(*at as i32);
            elements.active(None, &at, Elements::Functions((&[*function]).into()));
        }
        module.section(&elements).section(&code);
        let mut data = DataSection::new();
        for (at, byte) in &self.data {
            data.active(0, &ConstExpr::i32_const(*at as i32), [*byte]);
        }
        module.section(&data);
        module.finish()
    }
}

pub fn print(body: &mut Vec<I<'static>>) {
    body.push(I::Call(0));
}

pub fn constant(ty: ValType, number: i32) -> I<'static> {
    match ty {
        ValType::I32 => I::I32Const(number),
        ValType::I64 => I::I64Const(number.into()),
        ValType::F32 => I::F32Const((number as f32).into()),
        _ => I::F64Const(f64::from(number).into()),
    }
}

pub fn to_i64(ty: ValType) -> Option<I<'static>> {
    match ty {
        ValType::I32 => Some(I::I64ExtendI32S),
        ValType::I64 => None,
        ValType::F32 => Some(I::I64TruncF32S),
        _ => Some(I::I64TruncF64S),
    }
}
