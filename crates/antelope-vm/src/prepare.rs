//! What is added to a module before it is compiled; its hash stays that of the original.
//!
//! A node sees the memory of a contract whether it is exported or not, runs its start function
//! itself, and counts calls. Here the module exports both by names of ours, and counts in a global.
//! It also exports all globals that may change, which are put back before each action. Of its own
//! exports only `apply` is left: nothing else is ever called. Some
//! instructions of floats become calls of [`floats`](super::floats).
//!
//! The global holds how many calls may be open from here on; whoever runs the module sets it. Each
//! function takes one of them when it begins, keeps in a local how many are left, and puts that
//! there before each call of its own; so nothing needs to be done when it ends, in whatever way.
//! Where none is left it fails, and so do host functions, which look for themselves.

use super::floats::Floats;
use wasm_encoder::{Encode, Instruction as I, RawSection, SectionId};
use wasmparser::{
    BinaryReaderError, CompositeInnerType, ExternalKind, FunctionBody, Operator, Parser, Payload,
};

/// The export of what is called for an action.
pub(super) const APPLY: &str = "apply";

/// The export of the memory.
pub(super) const MEMORY: &str = "antelope memory";

/// The export of the start function.
pub(super) const START: &str = "antelope start";

/// The export of the global that holds how many calls may be open.
pub(super) const CALLS: &str = "antelope calls";

/// The exports of globals that may change; their numbers follow.
const GLOBAL: &str = "antelope global";

/// A global: an i32 that may change, and begins with 0.
const NUMBER: [u8; 5] = [0x7f, 1, 0x41, 0, 0x0b];

/// The module as it is compiled.
pub(super) fn prepare(code: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let found = Found::scan(code)?;
    let mut floats = Floats::after(found.imported + found.functions());
    let bodies = bodies(code, &found, &mut floats)?;
    let mut module = wasm_encoder::Module::new();
    let mut counter_added = false;
    for payload in Parser::new(0).parse_all(code) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let raw = &code[range.start as usize..range.end as usize];
        // Custom sections, which stand anywhere, have the number 0.
        if !counter_added && id >= SectionId::Global as u8 {
            let own = id == SectionId::Global as u8;
            let old = if own { raw } else { &[0] };
            let globals = appended(old, 1, &NUMBER)?;
            section(&mut module, SectionId::Global as u8, &globals);
            counter_added = true;
            if own {
                continue;
            }
        }
        match payload {
            Payload::TypeSection(_) => {
                let types = appended(raw, floats.count(), &floats.types())?;
                section(&mut module, id, &types);
            }
            Payload::FunctionSection(_) => {
                let functions = floats.functions(found.params.len() as u32);
                section(&mut module, id, &appended(raw, floats.count(), &functions)?);
            }
            Payload::ExportSection(_) => {
                section(&mut module, id, &found.exports());
            }
            Payload::CodeSectionStart { .. } => {
                let mut out = Vec::with_capacity(bodies.len() + 8);
                number(&mut out, found.functions() + floats.count());
                out.extend(&bodies);
                floats.bodies(&mut out);
                section(&mut module, id, &out);
            }
            Payload::CustomSection(_) | Payload::StartSection { .. } => {}
            _ => section(&mut module, id, raw),
        }
    }
    Ok(module.finish())
}

/// A module with everything that [`prepare`] changes, as it is then: what tells one version of it
/// from another.
pub(super) fn sample() -> Vec<u8> {
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, MemorySection,
        MemoryType, Module, NameMap, NameSection, StartSection, TypeSection,
    };
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 0);
    let mut body = Function::new([]);
    body.instructions()
        .call(0)
        .f64_const(0.0.into())
        .f64_floor()
        .drop()
        .end();
    let mut code = CodeSection::new();
    code.function(&body);
    let mut functions_named = NameMap::new();
    functions_named.append(0, "apply");
    let mut names = NameSection::new();
    names.functions(&functions_named);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&StartSection { function_index: 0 })
        .section(&code)
        .section(&names);
    // It is a module, and its parts can be read.
    prepare(&module.finish()).unwrap_or_default()
}

/// What of the module matters here.
#[derive(Default)]
struct Found {
    /// How many parameters functions of each type have.
    params: Vec<u32>,
    imported: u32,
    /// The types of functions that are not imported.
    types: Vec<u32>,
    globals: u32,
    /// Those that may change.
    mutable: Vec<u32>,
    memory: bool,
    start: Option<u32>,
    apply: Option<u32>,
}

impl Found {
    fn scan(code: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        for payload in Parser::new(0).parse_all(code) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        found.params.extend(group?.types().map(
                            |ty| match &ty.composite_type.inner {
                                CompositeInnerType::Func(ty) => ty.params().len() as u32,
                                _ => 0,
                            },
                        ));
                    }
                }
                // Functions are all that Antelope has to import.
                Payload::ImportSection(section) => found.imported = section.count(),
                Payload::FunctionSection(section) => {
                    found.types = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::GlobalSection(section) => {
                    found.globals = section.count();
                    for (index, global) in (0..).zip(section) {
                        if global?.ty.mutable {
                            found.mutable.push(index);
                        }
                    }
                }
                Payload::MemorySection(section) => found.memory = section.count() > 0,
                Payload::StartSection { func, .. } => found.start = Some(func),
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.name == APPLY && export.kind == ExternalKind::Func {
                            found.apply = Some(export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { .. } => break,
                _ => {}
            }
        }
        Ok(found)
    }

    /// How many functions there are that are not imported.
    fn functions(&self) -> u32 {
        self.types.len() as u32
    }

    /// How many parameters the function has that is the one with this number of those.
    fn params(&self, function: usize) -> u32 {
        let ty = self.types.get(function);
        let params = ty.and_then(|ty| self.params.get(*ty as usize));
        params.copied().unwrap_or_default()
    }

    /// The section of exports.
    fn exports(&self) -> Vec<u8> {
        let apply = self.apply.map(|function| (APPLY.to_owned(), 0, function));
        let start = self.start.map(|function| (START.to_owned(), 0, function));
        let memory = self.memory.then(|| (MEMORY.to_owned(), 2, 0));
        let globals = self.mutable.iter();
        let globals = globals.map(|index| (format!("{GLOBAL} {index}"), 3, *index));
        let calls = (CALLS.to_owned(), 3, self.globals);
        let exports = apply.into_iter().chain(start).chain(memory);
        let exports: Vec<_> = exports.chain(globals).chain([calls]).collect();
        let mut out = Vec::new();
        number(&mut out, exports.len() as u32);
        for (name, kind, index) in exports {
            name.as_str().encode(&mut out);
            out.push(kind);
            number(&mut out, index);
        }
        out
    }
}

/// All function bodies, which count calls and do with floats what a node does.
fn bodies(code: &[u8], found: &Found, floats: &mut Floats) -> Result<Vec<u8>, BinaryReaderError> {
    let mut out = Vec::with_capacity(code.len());
    let mut function = 0;
    for payload in Parser::new(0).parse_all(code) {
        if let Payload::CodeSectionEntry(body) = payload? {
            let body = changed(code, &body, found.params(function), found.globals, floats)?;
            body.as_slice().encode(&mut out);
            function += 1;
        }
    }
    Ok(out)
}

/// A body that counts calls, of a function with so many parameters.
fn changed(
    code: &[u8],
    body: &FunctionBody<'_>,
    params: u32,
    counter: u32,
    floats: &mut Floats,
) -> Result<Vec<u8>, BinaryReaderError> {
    let mut locals = body.get_locals_reader()?;
    let groups = locals.get_count();
    let groups_start = locals.original_position() as usize;
    // The local for what is left comes after all others.
    let mut left = params;
    for _ in 0..groups {
        left += locals.read()?.0;
    }
    let groups_bytes = &code[groups_start..locals.original_position() as usize];

    let mut before_call = Vec::new();
    I::LocalGet(left).encode(&mut before_call);
    I::GlobalSet(counter).encode(&mut before_call);
    let mut operators = body.get_operators_reader()?;
    let mut copied = operators.original_position() as usize;
    let mut rest = Vec::with_capacity(body.range().end as usize - copied + 16);
    let mut calls = false;
    while !operators.eof() {
        let (operator, start) = operators.read_with_offset()?;
        if matches!(
            operator,
            Operator::Call { .. } | Operator::CallIndirect { .. }
        ) {
            rest.extend(&code[copied..start as usize]);
            rest.extend(&before_call);
            copied = start as usize;
            calls = true;
        } else if let Some(function) = floats.instead_of(&operator) {
            rest.extend(&code[copied..start as usize]);
            I::Call(function).encode(&mut rest);
            copied = operators.original_position() as usize;
        }
    }
    rest.extend(&code[copied..body.range().end as usize]);

    let mut out = Vec::with_capacity(groups_bytes.len() + rest.len() + 32);
    number(&mut out, groups + u32::from(calls));
    out.extend(groups_bytes);
    if calls {
        out.extend([1, 0x7f]);
    }
    let test = [
        I::I32Eqz,
        I::If(wasm_encoder::BlockType::Empty),
        I::Unreachable,
        I::End,
    ];
    I::GlobalGet(counter).encode(&mut out);
    if calls {
        I::LocalTee(left).encode(&mut out);
    }
    test.iter().for_each(|part| part.encode(&mut out));
    if calls {
        let take = [
            I::LocalGet(left),
            I::I32Const(1),
            I::I32Sub,
            I::LocalSet(left),
        ];
        take.iter().for_each(|part| part.encode(&mut out));
    }
    out.extend(rest);
    Ok(out)
}

/// A section's entries with more at the end.
pub(super) fn appended(
    raw: &[u8],
    more: u32,
    entries: &[u8],
) -> Result<Vec<u8>, BinaryReaderError> {
    let mut reader = wasmparser::BinaryReader::new(raw, 0);
    let count = reader.read_var_u32()?;
    let mut out = Vec::new();
    number(&mut out, count + more);
    out.extend(&raw[reader.original_position() as usize..]);
    out.extend(entries);
    Ok(out)
}

pub(super) fn section(module: &mut wasm_encoder::Module, id: u8, data: &[u8]) {
    module.section(&RawSection { id, data });
}

pub(super) fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
