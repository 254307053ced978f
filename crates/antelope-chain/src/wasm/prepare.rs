//! What is added to a module before it is compiled; its hash stays that of the original.
//!
//! A node sees the memory of a contract whether it is exported or not, runs its start function
//! itself, and counts calls. Here the module exports both by names of ours, and counts in a global.
//! It also exports all globals that may change, which are put back before each action.

use wasm_encoder::{RawSection, SectionId};
use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload};

/// The export of the memory.
pub(super) const MEMORY: &str = "antelope memory";

/// The export of the start function.
pub(super) const START: &str = "antelope start";

/// The exports of globals that may change; their numbers follow.
const GLOBAL: &str = "antelope global";

/// The module as it is compiled.
pub(super) fn prepare(code: &[u8], depth: u32) -> Result<Vec<u8>, BinaryReaderError> {
    let found = Found::scan(code)?;
    let mut module = wasm_encoder::Module::new();
    let mut bodies = Bodies::new(found.globals);
    let mut counter_added = false;
    for payload in Parser::new(0).parse_all(code) {
        let payload = payload?;
        if let Payload::CodeSectionEntry(body) = &payload {
            bodies.add(code, body)?;
            if bodies.count == found.functions {
                section(&mut module, SectionId::Code as u8, &bodies.section());
            }
            continue;
        }
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let raw = &code[range.start as usize..range.end as usize];
        // Custom sections, which stand anywhere, have the number 0.
        if !counter_added && id >= SectionId::Global as u8 {
            let counter = global(depth);
            let old = if id == SectionId::Global as u8 {
                raw
            } else {
                &[0]
            };
            section(
                &mut module,
                SectionId::Global as u8,
                &appended(old, 1, &counter)?,
            );
            counter_added = true;
            if id == SectionId::Global as u8 {
                continue;
            }
        }
        match payload {
            Payload::ExportSection(_) => {
                let (count, exports) = found.exports();
                section(&mut module, id, &appended(raw, count, &exports)?);
            }
            Payload::CustomSection(_) | Payload::StartSection { .. } => {}
            Payload::CodeSectionStart { count: 0, .. } => section(&mut module, id, &[0]),
            Payload::CodeSectionStart { .. } => {}
            _ => section(&mut module, id, raw),
        }
    }
    super::floats::as_on_a_node(module.finish())
}

/// A module with everything that [`prepare`] changes, as it is then: what tells one version of it
/// from another.
pub(super) fn sample(depth: u32) -> Vec<u8> {
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
    prepare(&module.finish(), depth).unwrap_or_default()
}

/// What of the module matters here.
#[derive(Default)]
struct Found {
    globals: u32,
    /// Those that may change.
    mutable: Vec<u32>,
    functions: u32,
    memory: bool,
    start: Option<u32>,
}

impl Found {
    fn scan(code: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        for payload in Parser::new(0).parse_all(code) {
            match payload? {
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
                Payload::CodeSectionStart { count, .. } => found.functions = count,
                _ => {}
            }
        }
        Ok(found)
    }

    /// The exports to add.
    fn exports(&self) -> (u32, Vec<u8>) {
        let mut out = Vec::new();
        let mut count = 0;
        let memory = self.memory.then(|| (MEMORY.to_owned(), 2, 0));
        let start = self.start.map(|function| (START.to_owned(), 0, function));
        // The last is the counter.
        let globals = self.mutable.iter().chain([&self.globals]);
        let globals = globals.map(|index| (format!("{GLOBAL} {index}"), 3, *index));
        for (name, kind, index) in memory.into_iter().chain(start).chain(globals) {
            number(&mut out, name.len() as u32);
            out.extend(name.as_bytes());
            out.push(kind);
            number(&mut out, index);
            count += 1;
        }
        (count, out)
    }
}

/// Function bodies, in which every call takes one from the counter and gives it back.
struct Bodies {
    count: u32,
    bytes: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Bodies {
    fn new(counter: u32) -> Self {
        let mut index = Vec::new();
        number(&mut index, counter);
        let [get, set] = [0x23, 0x24].map(|opcode| [&[opcode], &index[..]].concat());
        // The counter is tested, and where it is zero nothing more is called.
        let before = [
            &get[..],
            b"\x45\x04\x40\x00\x0b",
            &get,
            b"\x41\x01\x6b",
            &set,
        ]
        .concat();
        let after = [&get[..], b"\x41\x01\x6a", &set].concat();
        Self {
            count: 0,
            bytes: Vec::new(),
            before,
            after,
        }
    }

    fn add(&mut self, code: &[u8], body: &FunctionBody<'_>) -> Result<(), BinaryReaderError> {
        let whole = body.range();
        let mut out: Vec<u8> = Vec::new();
        let mut copied = whole.start as usize;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            if matches!(
                operator,
                Operator::Call { .. } | Operator::CallIndirect { .. }
            ) {
                let (start, end) = (offset as usize, operators.original_position() as usize);
                out.extend(&code[copied..start]);
                out.extend(&self.before);
                out.extend(&code[start..end]);
                out.extend(&self.after);
                copied = end;
            }
        }
        out.extend(&code[copied..whole.end as usize]);
        number(&mut self.bytes, out.len() as u32);
        self.bytes.extend(out);
        self.count += 1;
        Ok(())
    }

    fn section(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, self.count);
        out.extend(&self.bytes);
        out
    }
}

/// A mutable i32 that begins with this value.
fn global(value: u32) -> Vec<u8> {
    let mut out = vec![0x7f, 1, 0x41];
    // A signed number of up to 35 bits; ours is small.
    let mut rest = value;
    while rest >= 0x40 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
    out.push(0x0b);
    out
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
