//! The contract that does what it is told: its action's data are a program of calls.
//!
//! | operation | what follows | what it does |
//! |---|---|---|
//! | 0 | anything | nothing, so that two programs can differ |
//! | 1 | address, bytes | writes the bytes |
//! | 2 | number of a function, its arguments, 8 bytes each | calls it and prints the result |
//! | 3 | address, length | prints the bytes |
//! | 4 | | ends here but for contracts that are notified |
//!
//! Each operation is a number, the length of what follows, and that.

use crate::opcodes::opcodes;
use antelope_build::chain::{INTRINSICS, ValueType};
use antelope_chain::{CodeRules, Executor, wasm};
use antelope_types::Checksum256;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, ImportSection, Instruction as I, MemArg,
    MemArgTarget, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TypeSection,
    ValType,
};

/// Where the program lies. Below it is room for what is called.
const PROGRAM: i32 = 0x8000;

/// The longest program.
pub const ROOM: usize = 0x7f00;

/// Where results are put to print them.
const RESULT: i32 = 0xfff0;

/// The end of memory: two pages.
pub const END: u32 = 0x2_0000;

/// What the node of the tests has not: later nodes do.
const NEWER: [&str; 11] = [
    "set_finalizers",
    "bls_g1_add",
    "bls_g2_add",
    "bls_g1_weighted_sum",
    "bls_g2_weighted_sum",
    "bls_pairing",
    "bls_g1_map",
    "bls_g2_map",
    "bls_fp_mod",
    "bls_fp_mul",
    "bls_fp_exp",
];

/// Results that two chains cannot share; they are not printed.
const OWN: [&str; 5] = [
    "current_time",
    "publication_time",
    "get_block_num",
    "get_permission_last_used",
    "get_account_creation_time",
];

/// What can be called.
#[derive(Clone)]
pub struct Callee {
    pub name: &'static str,
    pub params: Vec<ValueType>,
    pub result: Option<ValueType>,
    instruction: Option<I<'static>>,
}

/// The contract, and what it can call by number.
pub struct Probe {
    pub callees: Vec<Callee>,
    pub code: Vec<u8>,
    /// Host functions that the node has and this chain has not.
    pub missing: Vec<&'static str>,
}

impl Probe {
    pub fn new() -> Self {
        let engine = wasm::Engine::shared().unwrap();
        let mut missing = Vec::new();
        let mut callees: Vec<Callee> = Vec::new();
        for intrinsic in INTRINSICS {
            let callee = Callee {
                name: intrinsic.name,
                params: intrinsic.params().collect(),
                result: intrinsic.result(),
                instruction: None,
            };
            if NEWER.contains(&callee.name) {
                continue;
            }
            let module = module(std::slice::from_ref(&callee));
            let hash = Checksum256::sha256(&module);
            if engine
                .validate(&hash, &module, &CodeRules::default())
                .is_ok()
            {
                callees.push(callee);
            } else {
                missing.push(callee.name);
            }
        }
        callees.extend(opcodes().into_iter().map(|opcode| Callee {
            name: opcode.name,
            params: opcode.params,
            result: Some(opcode.result),
            instruction: Some(opcode.instruction),
        }));
        let code = module(&callees);
        Self {
            callees,
            code,
            missing,
        }
    }

    /// The number and the type of what has this name.
    pub fn find(&self, name: &str) -> Option<(u32, &Callee)> {
        let index = self.callees.iter().position(|callee| callee.name == name)?;
        Some((index as u32, &self.callees[index]))
    }
}

fn value(of: ValueType) -> ValType {
    match of {
        ValueType::I32 => ValType::I32,
        ValueType::I64 => ValType::I64,
        ValueType::F32 => ValType::F32,
        ValueType::F64 => ValType::F64,
    }
}

fn at(offset: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align: 0,
        target: MemArgTarget::default(),
        ordering: None,
    }
}

/// A module that can call these.
fn module(callees: &[Callee]) -> Vec<u8> {
    let own = ["read_action_data", "printhex"].map(|name| {
        let intrinsic = antelope_build::chain::intrinsic(name).unwrap();
        Callee {
            name,
            params: intrinsic.params().collect(),
            result: intrinsic.result(),
            instruction: None,
        }
    });
    let hosts: Vec<&Callee> = own
        .iter()
        .chain(callees.iter().filter(|callee| callee.instruction.is_none()))
        .collect();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::I32; 2], []);
    let mut imports = ImportSection::new();
    for (index, host) in hosts.iter().enumerate() {
        types.ty().function(
            host.params.iter().copied().map(value),
            host.result.map(value),
        );
        imports.import("env", host.name, EntityType::Function(index as u32 + 3));
    }
    let imported = hosts.len() as u32;
    let mut functions = FunctionSection::new();
    functions.function(0).function(2);
    for _ in callees {
        functions.function(1);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: callees.len() as u64,
        maximum: Some(callees.len() as u64),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: u64::from(END >> 16),
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, imported);
    let wrappers: Vec<u32> = (0..callees.len() as u32)
        .map(|n| imported + 2 + n)
        .collect();
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(0),
        Elements::Functions(wrappers.into()),
    );
    let mut code = CodeSection::new();
    code.function(&interpreter(imported + 1));
    code.function(&write());
    let mut host = own.len() as u32;
    for callee in callees {
        let call = callee.instruction.clone().unwrap_or_else(|| {
            host += 1;
            I::Call(host - 1)
        });
        code.function(&wrapper(callee, call));
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&exports)
        .section(&elements)
        .section(&code);
    module.finish()
}

/// `apply`: reads the program and does one operation after the other.
fn interpreter(write: u32) -> Function {
    const RECEIVER: u32 = 0;
    const CODE: u32 = 1;
    const AT: u32 = 3;
    const STOP: u32 = 4;
    let is = |kind| {
        [
            I::LocalGet(AT),
            I::I32Load(at(0)),
            I::I32Const(kind),
            I::I32Eq,
        ]
    };
    let mut body = vec![
        I::I32Const(PROGRAM),
        I::I32Const(ROOM as i32),
        I::Call(0),
        I::I32Const(PROGRAM),
        I::LocalTee(AT),
        I::I32Add,
        I::LocalSet(STOP),
        I::Block(BlockType::Empty),
        I::Loop(BlockType::Empty),
        I::LocalGet(AT),
        I::LocalGet(STOP),
        I::I32GeU,
        I::BrIf(1),
    ];
    body.extend(is(1));
    body.extend([
        I::If(BlockType::Empty),
        I::LocalGet(AT),
        I::LocalGet(AT),
        I::I32Load(at(4)),
        I::Call(write),
        I::End,
    ]);
    body.extend(is(2));
    body.extend([
        I::If(BlockType::Empty),
        I::LocalGet(AT),
        I::I32Const(12),
        I::I32Add,
        I::LocalGet(AT),
        I::I32Load(at(8)),
        I::CallIndirect {
            type_index: 1,
            table_index: 0,
        },
        I::End,
    ]);
    body.extend(is(3));
    body.extend([
        I::If(BlockType::Empty),
        I::LocalGet(AT),
        I::I32Load(at(8)),
        I::LocalGet(AT),
        I::I32Load(at(12)),
        I::Call(1),
        I::End,
    ]);
    body.extend(is(4));
    body.extend([
        I::If(BlockType::Empty),
        I::LocalGet(RECEIVER),
        I::LocalGet(CODE),
        I::I64Eq,
        I::BrIf(2),
        I::End,
        I::LocalGet(AT),
        I::I32Const(8),
        I::I32Add,
        I::LocalGet(AT),
        I::I32Load(at(4)),
        I::I32Add,
        I::LocalSet(AT),
        I::Br(0),
        I::End,
        I::End,
    ]);
    function(&[(2, ValType::I32)], &body)
}

/// Copies what follows an operation at the first address, so many bytes, to where it says.
fn write() -> Function {
    const TO: u32 = 2;
    let body = [
        I::LocalGet(0),
        I::I32Load(at(8)),
        I::LocalSet(TO),
        // From here on the second is where the bytes end.
        I::LocalGet(0),
        I::I32Const(8),
        I::I32Add,
        I::LocalGet(1),
        I::I32Add,
        I::LocalSet(1),
        I::LocalGet(0),
        I::I32Const(12),
        I::I32Add,
        I::LocalSet(0),
        I::Block(BlockType::Empty),
        I::Loop(BlockType::Empty),
        I::LocalGet(0),
        I::LocalGet(1),
        I::I32GeU,
        I::BrIf(1),
        I::LocalGet(TO),
        I::LocalGet(0),
        I::I32Load8U(at(0)),
        I::I32Store8(at(0)),
        I::LocalGet(0),
        I::I32Const(1),
        I::I32Add,
        I::LocalSet(0),
        I::LocalGet(TO),
        I::I32Const(1),
        I::I32Add,
        I::LocalSet(TO),
        I::Br(0),
        I::End,
        I::End,
    ];
    function(&[(1, ValType::I32)], &body)
}

/// Calls with the arguments that lie at the address, and prints the result.
fn wrapper(callee: &Callee, call: I<'static>) -> Function {
    let printed = callee.result.filter(|_| !OWN.contains(&callee.name));
    let mut body = Vec::new();
    if printed.is_some() {
        body.push(I::I32Const(RESULT));
    }
    for (index, param) in callee.params.iter().enumerate() {
        let from = at(index as u32 * 8);
        body.push(I::LocalGet(0));
        body.push(match param {
            ValueType::I32 => I::I32Load(from),
            ValueType::I64 => I::I64Load(from),
            ValueType::F32 => I::F32Load(from),
            ValueType::F64 => I::F64Load(from),
        });
    }
    body.push(call);
    match printed {
        Some(result) => {
            let (store, size) = match result {
                ValueType::I32 => (I::I32Store(at(0)), 4),
                ValueType::I64 => (I::I64Store(at(0)), 8),
                ValueType::F32 => (I::F32Store(at(0)), 4),
                ValueType::F64 => (I::F64Store(at(0)), 8),
            };
            body.extend([store, I::I32Const(RESULT), I::I32Const(size), I::Call(1)]);
        }
        None if callee.result.is_some() => body.push(I::Drop),
        None => {}
    }
    function(&[], &body)
}

fn function(locals: &[(u32, ValType)], body: &[I<'_>]) -> Function {
    let mut function = Function::new(locals.iter().copied());
    for instruction in body {
        function.instruction(instruction);
    }
    function.instruction(&I::End);
    function
}
