//! What is added to a module before it is compiled. The code hash stays that of the original.
//!
//! A module beyond the limits of the engine is [lowered](super::lower) first.
//!
//! A node sees a contract's memory whether it is exported or not, runs its start function before
//! each action, and limits nested calls. Wasmtime does none of these by itself, so that the module
//! is rewritten:
//!
//! | added | why |
//! |---|---|
//! | an export of the memory | host functions need it |
//! | an export of the start function, in place of the start section | it must run for each action, not once |
//! | exports of all mutable globals | they are reset before each action |
//! | a global, exported, and code that counts calls by it | nested calls are limited |
//! | functions for some floating-point instructions | see [`floats`](super::floats) |
//!
//! Of the module's own exports only `apply` is kept, since nothing else is ever called; custom
//! sections are dropped. The names of added exports contain a space, which an export of a contract
//! may have as well, but those are gone.
//!
//! # Counting nested calls
//!
//! The global holds how many more calls may be nested from here. The host sets it before it calls
//! the module. Each function reads it when it begins, traps by `unreachable` if it is 0, and keeps
//! the number minus one in a local. Before each call it writes that local back to the global. So
//! the global is right at every entry of a function, whatever was called before and however it
//! ended, and a return needs no code. Host functions read the global themselves.
//!
//! A function that calls nothing reads and tests the global, and has no local. In the unit of
//! cost, a call with its entry is 12 instructions at most.
//!
//! # Section order
//!
//! Sections of a module have a fixed order, and the rewriting is done in one pass over them: an
//! added section is written right before the first section that must come after it.
//!
//! # Example
//!
//! ```text
//! (func $double (param i32) (result i32)      (func $double (param i32) (result i32)
//!                                               (local $left i32)
//!                                               global.get $calls
//!                                               local.tee $left
//!                                               i32.eqz
//!                                               if unreachable end
//!                                               local.get $left
//!                                               i32.const 1
//!                                               i32.sub
//!                                               local.set $left
//!   local.get 0                                 local.get 0
//!                                               local.get $left
//!                                               global.set $calls
//!   call $half                                  call $half
//!   …                                           …
//! ```

use super::declared::Declared;
use super::exports::{APPLY, CALLS, FRAME, FRAMES, GLOBAL, MEMORY, START};
use super::floats::Floats;
use super::frames::{Frame, clearing};
use super::lower::{self, lower};
use super::sections::{appended, number, rewritten, section};
use wasm_encoder::{Encode, Instruction as I, SectionId};
use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload};

/// The added global: type `i32`, mutable, initialized by `i32.const 0`, `end`.
const NUMBER: [u8; 5] = [0x7f, 1, 0x41, 0, 0x0b];

/// A module as it is compiled.
pub(super) struct Prepared {
    /// Its bytes.
    pub(super) code: Vec<u8>,
    /// Whether its instances fit into the pool; others are allocated one by one.
    pub(super) pooled: bool,
}

/// Lowers a module where it must be, and rewrites it as described above.
///
/// The module has passed validation, so that errors do not occur in practice; they are returned and
/// not panicked on, since the code is a stranger's.
///
/// # Errors
/// Where the bytes cannot be parsed as a module.
pub(super) fn prepare(code: &[u8]) -> Result<Prepared, BinaryReaderError> {
    match lower(code)? {
        None => Ok(Prepared {
            code: prepared(code, None)?,
            pooled: true,
        }),
        Some(lowered) => Ok(Prepared {
            code: prepared(&lowered.code, lowered.frames)?,
            pooled: lowered.frames.is_none() && lowered.elements <= lower::ELEMENTS,
        }),
    }
}

/// Rewrites a module, which has a memory for frames after the contract's where `frames` is given:
/// the most pages that it may have.
fn prepared(code: &[u8], frames: Option<u32>) -> Result<Vec<u8>, BinaryReaderError> {
    let mut found = Declared::scan(code)?;
    found.memory = found.memories > u32::from(frames.is_some());
    let mut floats = Floats::after(found.imported + found.functions());
    let (bodies, frame) = bodies(code, &found, &mut floats)?;
    let mut counter_added = false;
    rewritten(code, |module, payload, id, raw| {
        // The global section must come before exports, and the added global after the module's own,
        // so that no index changes. Custom sections have the id 0 and may stand anywhere.
        if !counter_added && id >= SectionId::Global as u8 {
            let own = id == SectionId::Global as u8;
            let old = if own { raw } else { &[0] };
            let globals = appended(old, 1, &NUMBER)?;
            section(module, SectionId::Global as u8, &globals);
            counter_added = true;
            if own {
                return Ok(());
            }
        }
        match payload {
            Payload::TypeSection(_) => {
                let types = appended(raw, floats.count(), &floats.types())?;
                section(module, id, &types);
            }
            Payload::FunctionSection(_) => {
                let functions = floats.functions(found.arities.len() as u32);
                section(module, id, &appended(raw, floats.count(), &functions)?);
            }
            Payload::ExportSection(_) => {
                section(module, id, &exports(&found, frame, frames));
            }
            Payload::CodeSectionStart { .. } => {
                let mut out = Vec::with_capacity(bodies.len() + 8);
                number(&mut out, found.functions() + floats.count());
                out.extend(&bodies);
                floats.bodies(&mut out);
                section(module, id, &out);
            }
            Payload::CustomSection(_) | Payload::StartSection { .. } => {}
            _ => section(module, id, raw),
        }
        Ok(())
    })
}

/// A small module that contains everything [`prepare`] changes, prepared. Its bytes are part of the
/// name under which compiled modules are kept on disk: when `prepare` changes, so do these bytes,
/// and old files are no longer found.
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
    // The sample is a valid module, so that this does not fail.
    prepared(&module.finish(), None).unwrap_or_default()
}

/// The new export section, of a module whose calls take `frame` bytes of native stack at most and
/// whose memory for frames has at most `frames` pages. The kinds are 0 for functions, 2 for
/// memories, 3 for globals.
fn exports(declared: &Declared, frame: u64, frames: Option<u32>) -> Vec<u8> {
    let apply = declared
        .apply
        .map(|function| (APPLY.to_owned(), 0, function));
    let start = declared
        .start
        .map(|function| (START.to_owned(), 0, function));
    let memory = declared.memory.then(|| (MEMORY.to_owned(), 2, 0));
    let globals = declared.mutable.iter();
    let globals = globals.map(|index| (format!("{GLOBAL} {index}"), 3, *index));
    let calls = (CALLS.to_owned(), 3, declared.globals);
    let exports = apply.into_iter().chain(start).chain(memory);
    let frame = (format!("{FRAME}{frame}"), 3, declared.globals);
    let frames = frames.map(|pages| (format!("{FRAMES}{pages}"), 3, declared.globals));
    let exports = exports.chain(globals).chain([calls, frame]);
    let exports: Vec<_> = exports.chain(frames).collect();
    let mut out = Vec::new();
    number(&mut out, exports.len() as u32);
    for (name, kind, index) in exports {
        name.as_str().encode(&mut out);
        out.push(kind);
        number(&mut out, index);
    }
    out
}

/// All function bodies, rewritten, as entries of the code section.
fn bodies(
    code: &[u8],
    found: &Declared,
    floats: &mut Floats,
) -> Result<(Vec<u8>, u64), BinaryReaderError> {
    let mut out = Vec::with_capacity(code.len());
    let mut function = found.imported;
    let mut largest = 0;
    for payload in Parser::new(0).parse_all(code) {
        if let Payload::CodeSectionEntry(body) = payload? {
            let mut frame = Frame::new(found, function);
            let body = changed(code, &body, found, &mut frame, floats)?;
            body.as_slice().encode(&mut out);
            largest = largest.max(frame.bytes());
            function += 1;
        }
    }
    Ok((out, largest))
}

/// A body with calls counted and floating-point instructions replaced. `params` is the number of
/// parameters, `counter` the index of the added global.
///
/// Instructions are copied as bytes from one change to the next, never decoded and encoded again.
fn changed(
    code: &[u8],
    body: &FunctionBody<'_>,
    found: &Declared,
    frame: &mut Frame<'_>,
    floats: &mut Floats,
) -> Result<Vec<u8>, BinaryReaderError> {
    let counter = found.globals;
    let mut locals = body.get_locals_reader()?;
    let groups = locals.get_count();
    let groups_start = locals.original_position() as usize;
    // The local with the remaining number of calls gets the index after all other locals.
    let mut left = frame.params();
    for _ in 0..groups {
        left += locals.read()?.0;
    }
    frame.has_locals(left);
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
        frame.follow(&operator);
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
    // At the entry: trap where no call is left.
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
    clearing(left - frame.params(), &mut out);
    out.extend(rest);
    Ok(out)
}
